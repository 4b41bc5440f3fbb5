//! Who stands where in a shot, what they do with their bodies, and what they hold.
//!
//! Puts nobody where they cannot be: no keeper under water, no whale in a kitchen.

use story::{Cast, Character, Facing, Framing, Nature, Place, PlaceKind, Pose, Rng, Scene, Subject, SubjectOf, words};

use super::lexicon;
use super::places::noun_of;
use super::vocabulary::is_water;

/// Those of a scene who can be in its place, the most important first.
pub(super) fn present<'a>(scene: &Scene, cast: &'a Cast, place: &Place) -> Vec<&'a Character> {
    let mut all: Vec<&Character> = Vec::new();
    for who in &scene.who {
        if let Some(member) = cast.named(who).filter(|m| m.visible && !all.iter().any(|a| a.id == m.id)) {
            all.push(member);
        }
    }
    let fitting: Vec<&Character> = all.iter().copied().filter(|m| can_be(m, place.kind)).collect();
    // A film whose only hero is out of place was meant so ("a whale in the city"), except that nobody drowns.
    if fitting.is_empty() && place.kind != PlaceKind::Underwater { all.into_iter().take(1).collect() } else { fitting }
}

fn can_be(member: &Character, kind: PlaceKind) -> bool {
    match (member.nature, kind) {
        (Nature::SeaAnimal, kind) => is_water(kind) || kind == PlaceKind::Sky || kind == PlaceKind::Space,
        (Nature::Human, PlaceKind::Underwater) => member.noun == "diver",
        (Nature::Animal | Nature::Bird, PlaceKind::Underwater) | (Nature::Animal, PlaceKind::Sea) => false,
        _ => true,
    }
}

/// The things of a scene and its place, as nouns.
pub(super) fn things(scene: &Scene, place: &Place) -> Vec<String> {
    let mut things: Vec<String> = Vec::new();
    for prop in scene.props.iter().chain(&place.props) {
        let noun = noun_of(prop);
        if !noun.is_empty() && !things.contains(&noun) {
            things.push(noun);
        }
    }
    things
}

/// True for things that fit in a hand.
fn is_small(thing: &str) -> bool {
    lexicon::is_tool(thing) && !matches!(thing, "piano" | "telescope" | "bicycle" | "clock" | "surfboard")
        || matches!(
            thing,
            "lantern"
                | "lamp"
                | "map"
                | "letter"
                | "key"
                | "book"
                | "candle"
                | "bread"
                | "cup"
                | "coffee cup"
                | "flower"
                | "kite"
                | "balloon"
                | "umbrella"
                | "ring"
                | "bottle"
                | "feather"
                | "apple"
                | "ball"
                | "bell"
                | "camera"
                | "sword"
                | "shoe"
                | "suitcase"
        )
}

/// Those of the present whom a text names; everybody when it names nobody.
pub(super) fn focus<'a>(text: &str, present: &[&'a Character]) -> Vec<&'a Character> {
    let named = named(text, present);
    if named.is_empty() { present.to_vec() } else { named }
}

/// Those of the present whom a text names.
pub(super) fn named<'a>(text: &str, present: &[&'a Character]) -> Vec<&'a Character> {
    let lower = format!(" {} ", words(text).join(" "));
    present
        .iter()
        .copied()
        .filter(|m| {
            std::iter::once(&m.name).chain(&m.aliases).any(|n| {
                let n = words(n).join(" ");
                !n.is_empty() && lower.contains(&format!(" {n} "))
            })
        })
        .collect()
}

/// What a text makes somebody do.
pub(super) fn pose(text: &str, nature: Nature) -> Pose {
    let said = words(text)
        .iter()
        .filter_map(|w| lexicon::verb(w))
        .map(|v| v.pose)
        .find(|p| *p != Pose::Stand)
        .unwrap_or_default();
    match (nature, said) {
        (Nature::SeaAnimal, Pose::Run | Pose::Point | Pose::Hold | Pose::Sit)
        | (Nature::Bird, Pose::Run | Pose::Point | Pose::Hold) => Pose::Walk,
        (Nature::Animal, Pose::Point | Pose::Hold) | (Nature::Thing, _) => Pose::Stand,
        (_, said) => said,
    }
}

/// The subjects of a shot of `people`, posed for a text and turned to each other.
pub(super) fn subjects(
    people: &[&Character],
    framing: Framing,
    text: &str,
    things: &[String],
    calm: bool,
    rng: &mut Rng,
) -> Vec<Subject> {
    let spoken = words(text);
    let flip = rng.chance(0.5);
    people
        .iter()
        .enumerate()
        .map(|(at, member)| {
            let mut pose = pose(text, member.nature);
            if at > 0 && matches!(pose, Pose::Talk | Pose::Hold | Pose::Point) {
                pose = Pose::Stand;
            }
            if calm && pose == Pose::Run {
                pose = Pose::Stand;
            }
            let hands = matches!(member.nature, Nature::Human | Nature::Robot | Nature::Creature);
            let thing = things.iter().find(|t| is_small(t) && spoken.iter().any(|w| w == *t));
            let held = if at > 0 || !hands {
                None
            } else {
                thing.or_else(|| things.iter().find(|t| pose == Pose::Hold && is_small(t)))
            };
            if let Some(thing) = held {
                pose = Pose::Hold;
                return subject(member, pose, facing(at, people.len(), framing, flip), thing);
            }
            // Nothing at hand is nothing held.
            if pose == Pose::Hold {
                pose = Pose::Stand;
            }
            subject(member, pose, facing(at, people.len(), framing, flip), "")
        })
        .collect()
}

fn subject(member: &Character, pose: Pose, facing: Facing, holding: &str) -> Subject {
    Subject { of: SubjectOf::Cast(member.id.clone()), pose, facing, holding: holding.to_owned() }
}

/// A thing alone in the picture.
pub(super) fn thing(noun: &str) -> Subject {
    Subject { of: SubjectOf::Prop(noun.to_owned()), pose: Pose::Stand, facing: Facing::Camera, holding: String::new() }
}

// Two look at each other; over a shoulder the first is seen and the second is seen from behind.
fn facing(at: usize, count: usize, framing: Framing, flip: bool) -> Facing {
    match (framing, count, at) {
        (Framing::OverShoulder, _, 0) => {
            if flip {
                Facing::Camera
            } else {
                Facing::Left
            }
        }
        (Framing::OverShoulder, _, _) => Facing::Away,
        (Framing::CloseUp, 1, _) if flip => Facing::Camera,
        (_, 1, _) => {
            if flip {
                Facing::Left
            } else {
                Facing::Right
            }
        }
        (_, _, 0) => Facing::Right,
        (_, _, 1) => Facing::Left,
        _ => Facing::Camera,
    }
}
