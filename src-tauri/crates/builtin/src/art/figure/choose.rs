//! Chooses how a character is drawn: which head, which body, or one whole picture.
//!
//! Owns the tables of heads. Where no true picture is known it chooses a stand-in, never a likeness of something else.

use story::{Age, Gender, Nature};

use crate::art::figure::animal::own_colour;
use crate::art::figure::clothes::{self, Cut, Hat, own_number};
use crate::art::figure::human::Body;
use crate::art::figure::{Figure, FigureOrder, Part, animal, human};
use crate::art::recolour::dominant;
use crate::art::scale::height_at;
use crate::art::{Colour, Motion, Person, PictureId, Rect, colour_of, find, natural_height, person, svg};

/// Skin tones, the lightest first, as the pictures name them.
const TONES: [&str; 5] = ["light", "medium-light", "medium", "medium-dark", "dark"];

/// Roles whose picture is a bust with a hat or something else that tells the profession by the head alone.
const BUSTS: &[&str] = &[
    "detective",
    "astronaut",
    "cook",
    "farmer",
    "construction-worker",
    "firefighter",
    "health-worker",
    "judge",
    "student",
    "police-officer",
    "pilot",
    "mechanic",
    "factory-worker",
    "scientist",
    "artist",
    "mage",
    "elf",
    "guard",
    "ninja",
    "superhero",
    "supervillain",
    "vampire",
    "prince",
    "princess",
    "singer",
    "teacher",
];

/// Pictures that are a face alone: they get a body.
const FACES: &[&str] = &[
    "fox",
    "bear",
    "lion",
    "wolf",
    "panda",
    "raccoon",
    "frog",
    "hamster",
    "koala",
    "polar-bear",
    "robot",
    "alien",
    "goblin",
    "ogre",
    "skull",
    "clown-face",
    "tiger-face",
    "cat-face",
    "dog-face",
    "cow-face",
    "mouse-face",
    "pig-face",
    "rabbit-face",
    "monkey-face",
    "jack-o-lantern",
];

/// Animals shown whole that also have a face, for when they wear or hold something.
const FACE_OF: &[(&str, &str)] = &[
    ("dog", "dog-face"),
    ("cat", "cat-face"),
    ("black-cat", "cat-face"),
    ("cow", "cow-face"),
    ("mouse", "mouse-face"),
    ("rat", "mouse-face"),
    ("pig", "pig-face"),
    ("rabbit", "rabbit-face"),
    ("monkey", "monkey-face"),
    ("tiger", "tiger-face"),
];

/// Animals with a long tail that shows beside the body.
const TAILS: &[&str] = &["fox", "wolf", "raccoon", "cat-face", "dog-face"];

pub(super) fn figure(order: &FigureOrder) -> Figure {
    let c = order.character;
    let by_words = person(&c.features.profession).or_else(|| person(&c.noun)).or_else(|| person(&c.name));
    match c.nature {
        Nature::Human => human::draw(order, &human_body(order, by_words.as_ref())),
        Nature::Creature if find(&c.noun).is_none() && person(&c.noun).is_some() => {
            human::draw(order, &human_body(order, by_words.as_ref()))
        }
        _ => being(order),
    }
}

/// Somebody human.
fn human_body(order: &FigureOrder, words: Option<&Person>) -> Body {
    let c = order.character;
    let features = &c.features;
    let mut age = features.age;
    let mut gender = features.gender;
    let role = words.map_or("", |w| w.role);
    if let Some(w) = words {
        // Words of the profession fill what the features leave open.
        if gender == Gender::Neutral {
            gender = w.gender;
        }
        if age == Age::Adult && person(&c.noun).and_then(|p| p.age).is_some() {
            age = w.age.unwrap_or(age);
        }
    }
    let hair = features.hair.to_lowercase();
    let (head, bust) = human_head(features.skin, age, gender, role, &hair);
    let mut outfit = clothes::outfit(c, role, None);
    if bust && matches!(outfit.hat, Some((hat, _)) if hat != Hat::Hood) {
        // The bust brings its own hat.
        outfit.hat = None;
    }
    let beard = beard(&hair, age, role, gender, bust).filter(|_| !head.as_str().contains("beard"));
    let child = age == Age::Child;
    Body {
        head,
        bust,
        outfit,
        height: height_at(age),
        head_share: if child { 0.385 } else { 0.295 },
        stout: if child {
            1.18
        } else if gender == Gender::Female {
            0.95
        } else {
            1.06
        },
        beard,
        tail: None,
        hands: None,
    }
}

const BEARD: &[&str] = &["beard", "barba", "barbe", "bart", "胡子", "胡须", "ひげ", "whisker", "moustache"];

fn beard(hair: &str, age: Age, role: &str, gender: Gender, bust: bool) -> Option<Colour> {
    let said = BEARD.iter().any(|w| hair.contains(w));
    let bearded = age == Age::Old && (matches!(role, "captain" | "fisherman" | "king") || bust && role == "mage");
    let fits =
        gender != Gender::Female && hair.is_empty() && (bearded || matches!(role, "viking" | "gnome" | "caveman"));
    let colour = colour_of(hair).map(|c| if c.luma() > 0.75 { Colour { r: 0.94, g: 0.93, b: 0.92 } } else { c });
    (said || fits).then(|| {
        colour.unwrap_or(if age == Age::Old {
            Colour { r: 0.90, g: 0.89, b: 0.88 }
        } else {
            Colour { r: 0.36, g: 0.24, b: 0.17 }
        })
    })
}

/// The picture of a human head and whether it is a bust.
fn human_head(skin: u8, age: Age, gender: Gender, role: &str, hair: &str) -> (PictureId, bool) {
    let tone = TONES[usize::from(skin).min(4)];
    let who = match gender {
        Gender::Female => "woman",
        Gender::Male => "man",
        Gender::Neutral => "person",
    };
    let named = |stem: &str| PictureId::named(&format!("{stem}-{tone}"));
    if age != Age::Child && BUSTS.contains(&role) {
        let gendered = named(&format!("{who}-{role}"));
        if let Some(id) = gendered.or_else(|| named(role)).or_else(|| named(&format!("person-{role}"))) {
            return (id, true);
        }
    }
    let says = |words: &[&str]| words.iter().any(|w| hair.contains(w));
    let style = match role {
        "king" | "queen" => Some(("person-with-crown".to_owned(), true)),
        "bride" => Some((format!("{who}-with-veil"), true)),
        "santa-claus" if gender == Gender::Female => Some(("mrs-claus".to_owned(), false)),
        "santa-claus" => Some(("santa-claus".to_owned(), false)),
        _ => None,
    };
    let style = style.or_else(|| {
        let stem = if says(&["bald", "calvo", "chauve", "kahl", "glatze", "秃"]) {
            format!("{who}-bald")
        } else if age == Age::Old {
            match gender {
                Gender::Female => "old-woman".to_owned(),
                Gender::Male => "old-man".to_owned(),
                Gender::Neutral => "older-person".to_owned(),
            }
        } else if says(&["turban"]) {
            format!("{who}-wearing-turban")
        } else if says(&["headscarf", "hijab"]) {
            "woman-with-headscarf".to_owned()
        } else if says(&["curly", "curls", "rizado", "bouclé", "lockig", "卷"]) {
            format!("{who}-curly-hair")
        } else if says(&["red", "ginger", "auburn", "pelirroj", "roux", "rousse", "rot", "红"]) {
            format!("{who}-red-hair")
        } else if says(&["blond", "golden", "fair", "rubi", "金"]) {
            format!("{who}-blonde-hair")
        } else if says(&["white", "grey", "gray", "silver", "blanc", "gris", "weiß", "grau", "白"]) {
            format!("{who}-white-hair")
        } else if says(BEARD) && colour_of(hair).is_none() && gender != Gender::Female {
            format!("{who}-beard")
        } else if age == Age::Child {
            match gender {
                Gender::Female => "girl".to_owned(),
                Gender::Male => "boy".to_owned(),
                Gender::Neutral => "child".to_owned(),
            }
        } else {
            who.to_owned()
        };
        Some((stem, false))
    });
    let (stem, bust) = style.unwrap_or((who.to_owned(), false));
    let plain = || PictureId::named("person-medium");
    let id = named(&stem).or_else(|| named(who)).or_else(plain);
    // The plain heads are in every pack (a test holds it).
    id.map_or_else(|| (PictureId::any(), false), |id| (id, bust))
}

/// An animal, a machine, a creature or a thing.
fn being(order: &FigureOrder) -> Figure {
    let c = order.character;
    let Some(found) = find(&c.noun).or_else(|| find(&c.name)) else { return stand_in(order) };
    let natural = natural_height(if find(&c.noun).is_some() { &c.noun } else { &c.name });
    let name = found.picture.as_str();
    let dressed = order.holding.is_some_and(|h| !h.is_empty())
        || !c.features.clothes.is_empty()
        || !c.features.profession.is_empty();
    let face = if FACES.contains(&name) {
        Some(name)
    } else if dressed && matches!(c.nature, Nature::Animal | Nature::Creature | Nature::Robot) {
        FACE_OF.iter().find(|(whole, _)| *whole == name).map(|(_, face)| *face)
    } else {
        None
    };
    match face.and_then(PictureId::named) {
        Some(head) if c.nature != Nature::Thing => {
            human::draw(order, &beast_body(order, head, natural, name == "black-cat"))
        }
        _ => animal::draw(order, &found, natural),
    }
}

/// The colour of the body under a face, where it is not the one that covers most of the picture.
const FUR: &[(&str, &str)] = &[
    ("lion", "#dd9a3a"),
    ("panda", "#e9e6ee"),
    ("dog-face", "#c98f5a"),
    ("skull", "#3c3a48"),
    ("clown-face", "#f0b93a"),
    ("jack-o-lantern", "#4a3b52"),
];

fn fur_of(head: &PictureId) -> Colour {
    let listed = FUR.iter().find(|(name, _)| *name == head.as_str()).and_then(|(_, hex)| Colour::from_hex(hex));
    listed.unwrap_or_else(|| dominant(&svg(head)))
}

/// An animal or a machine on two legs.
fn beast_body(order: &FigureOrder, head: PictureId, natural: f32, black: bool) -> Body {
    let c = order.character;
    let fur =
        own_colour(order).unwrap_or_else(|| if black { Colour { r: 0.16, g: 0.15, b: 0.19 } } else { fur_of(&head) });
    let role = person(&c.features.profession).map_or("", |p| p.role);
    let fur = match c.nature {
        Nature::Robot => fur.mix(Colour { r: 0.72, g: 0.75, b: 0.82 }, 0.6),
        _ => fur,
    };
    let outfit = clothes::outfit(c, role, Some(fur));
    let tail = TAILS.contains(&head.as_str()).then_some(fur);
    // On its hind legs an animal is taller than on four, and the small ones must still be seen.
    let upright = outfit.cut != Cut::Fur || order.holding.is_some_and(|h| !h.is_empty());
    let height = if upright || natural < 60.0 { (natural * 1.4).clamp(30.0, 104.0) } else { natural.min(150.0) };
    Body {
        head,
        bust: false,
        outfit,
        height,
        head_share: if c.nature == Nature::Robot { 0.36 } else { 0.44 },
        stout: if natural > 80.0 { 1.6 } else { 1.3 },
        beard: None,
        tail,
        hands: Some(fur.shade(0.12)),
    }
}

/// What is shown when nothing is known: a cloaked somebody for a being that may walk, a small light for all else.
fn stand_in(order: &FigureOrder) -> Figure {
    let c = order.character;
    let tag = human::tag(order);
    let phase = order.seed.fork("phase").rng().unit();
    let hue = own_number(c, "stand-in") as f32 * 360.0 / 256.0;
    let colour = Colour::from_hex(&c.features.colour).unwrap_or(Colour::from_hsl(hue, 0.42, 0.46));
    if matches!(c.nature, Nature::Creature | Nature::Robot) {
        let (hem, dark) = (colour.shade(0.45).to_hex(), colour.shade(0.85).to_hex());
        let svg = format!(
            "<linearGradient id='{tag}a' x1='0' x2='1' y1='0' y2='0'><stop offset='0' stop-color='{hem}'/><stop offset='.6' stop-color='{}'/><stop offset='1' stop-color='{}'/></linearGradient>\
             <path fill='url(#{tag}a)' d='M0 -92C15 -92 20 -78 18 -66C24 -50 27 -22 28 0Q0 5 -28 0C-27 -22 -24 -50 -18 -66C-20 -78 -15 -92 0 -92Z'/>\
             <path fill='{dark}' d='M0 -84C10 -84 13 -76 12 -68C11 -60 6 -56 0 -56C-6 -56 -11 -60 -12 -68C-13 -76 -10 -84 0 -84Z'/>\
             <circle cx='-4.5' cy='-70' r='1.6' fill='#fff6d0'/><circle cx='4.5' cy='-70' r='1.6' fill='#fff6d0'/>\
             <path d='M-8 -50Q-11 -24 -12 -2M9 -50Q13 -24 13 -2' stroke='{hem}' stroke-width='1.2' fill='none' opacity='.6'/>",
            colour.to_hex(),
            colour.light(0.18).to_hex()
        );
        let bounds = Rect { x: -30.0, y: -94.0, w: 60.0, h: 96.0 };
        let part = Part {
            svg,
            bounds,
            pivot: (0.0, 0.0),
            motion: Motion::Sway { degrees: 1.2, period_s: 3.4, phase },
            parent: None,
        };
        return Figure::of(vec![part], Rect { x: -14.0, y: -86.0, w: 28.0, h: 30.0 }, None);
    }
    let light = colour.light(0.75).to_hex();
    let svg = format!(
        "<radialGradient id='{tag}a'><stop offset='0' stop-color='#fffef6'/><stop offset='.35' stop-color='{light}'/><stop offset='.6' stop-color='{}' stop-opacity='.55'/><stop offset='1' stop-color='{}' stop-opacity='0'/></radialGradient>\
         <circle cx='0' cy='-24' r='20' fill='url(#{tag}a)'/><path d='M0 -38Q1.500 -25.500 14 -24Q1.500 -22.500 0 -10Q-1.500 -22.500 -14 -24Q-1.500 -25.500 0 -38Z' fill='#fffdf0' opacity='.9'/>",
        colour.to_hex(),
        colour.to_hex()
    );
    let bounds = Rect { x: -21.0, y: -45.0, w: 42.0, h: 45.0 };
    let motion = Motion::Bob { amount: 2.0, period_s: 2.8, phase };
    let part = Part { svg, bounds, pivot: (0.0, -24.0), motion, parent: None };
    Figure::of(vec![part], Rect { x: -12.0, y: -36.0, w: 24.0, h: 24.0 }, Some((0.0, -24.0)))
}
