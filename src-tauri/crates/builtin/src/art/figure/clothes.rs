//! Clothes: what somebody wears, from their profession, the words about them, and their id.
//!
//! Owns the wardrobe as data. The same character always wears the same. Does not draw.

use story::{Age, Character, Gender, Nature};

use crate::art::{Colour, colour_of};

/// The cut of what covers the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// To the hips, over trousers.
    Shirt,
    /// To the hips, open at the collar, over trousers.
    Jacket,
    /// To the knees.
    Coat,
    /// A skirt to below the knees.
    Dress,
    /// To the ankles.
    Robe,
    /// One thick piece, arms and legs too.
    Suit,
    /// Nothing: fur.
    Fur,
}

/// What is on the chest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Mark {
    None,
    Buttons,
    DoubleButtons,
    Tie,
    Bow,
    Stripes,
    Overalls,
    Bands,
    Panel,
    Plate,
    Emblem,
}

/// A drawn hat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hat {
    Peaked,
    SouWester,
    Sailor,
    Tricorn,
    Helmet,
    Brim,
    Beanie,
    Hood,
    Top,
}

/// Everything somebody wears.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Outfit {
    pub cut: Cut,
    pub main: Colour,
    pub legs: Colour,
    pub trim: Colour,
    pub shoes: Colour,
    pub mark: Mark,
    pub apron: Option<Colour>,
    pub scarf: Option<Colour>,
    pub cape: Option<Colour>,
    pub hat: Option<(Hat, Colour)>,
}

fn hex(text: &str) -> Colour {
    Colour::from_hex(text).unwrap_or(Colour::BLACK)
}

/// A number that belongs to the character alone.
pub(super) fn own_number(character: &Character, of: &str) -> usize {
    let mut hasher = blake3::Hasher::new();
    hasher.update(character.id.as_str().as_bytes());
    hasher.update(of.as_bytes());
    usize::from(hasher.finalize().as_bytes()[0])
}

/// Colours that go with the skies of the studio: clear, not shrill.
const TOPS: &[&str] =
    &["#c8503c", "#2f7f8c", "#d99a2b", "#4a6fb0", "#5d8a4a", "#8a5a9e", "#b5485d", "#3f6d6b", "#d2764a", "#536a9c"];
const LEGS: &[&str] = &["#3d4660", "#4b4038", "#2f4a58", "#5a4a3a", "#38404a"];
const SHOES: &[&str] = &["#4a2f20", "#33302f", "#5b3a26", "#3a3f4c"];

/// What a profession wears: cut, main colour, legs, trim, mark.
fn uniform(role: &str) -> Option<(Cut, &'static str, &'static str, &'static str, Mark)> {
    use Cut::{Coat, Dress, Jacket, Robe, Shirt, Suit};
    Some(match role {
        "detective" => (Coat, "#6b5b49", "#38404a", "#b8323a", Mark::Tie),
        "astronaut" => (Suit, "#e6e6ee", "#e6e6ee", "#e0563c", Mark::Panel),
        "cook" => (Jacket, "#f2efe9", "#4a4f5c", "#d8372f", Mark::DoubleButtons),
        "farmer" => (Shirt, "#3f9a52", "#3f74c4", "#3f74c4", Mark::Overalls),
        "construction-worker" => (Shirt, "#f2902f", "#3d4f73", "#ffe24a", Mark::Bands),
        "firefighter" => (Coat, "#c92f3c", "#3a3436", "#f5d33b", Mark::Bands),
        "health-worker" | "scientist" => (Coat, "#f0f0f4", "#4b6386", "#5fa8c8", Mark::Buttons),
        "judge" => (Robe, "#3a3640", "#2c2a30", "#f2f0ea", Mark::Tie),
        "student" => (Robe, "#413b52", "#2c2a30", "#e0b03c", Mark::None),
        "teacher" => (Jacket, "#7a5b42", "#4b4038", "#3f74c4", Mark::Tie),
        "technologist" => (Shirt, "#5b7fae", "#3d4660", "#e8e8ee", Mark::None),
        "plain-student" => (Shirt, "#4a6fb0", "#3d4660", "#f2efe9", Mark::Emblem),
        "police-officer" => (Jacket, "#2f6fc0", "#23406e", "#e0b03c", Mark::Buttons),
        "pilot" => (Jacket, "#3b3f58", "#2e3146", "#e0b03c", Mark::DoubleButtons),
        "mechanic" => (Suit, "#3f78c0", "#3f78c0", "#d8372f", Mark::Overalls),
        "factory-worker" => (Suit, "#356fb5", "#356fb5", "#e0b03c", Mark::Buttons),
        "office-worker" => (Jacket, "#4a4a62", "#3a3a4e", "#7d4bb0", Mark::Tie),
        "in-tuxedo" => (Jacket, "#2b2a33", "#26252d", "#f4f2ee", Mark::Bow),
        "singer" => (Jacket, "#e06a2c", "#4a3a6a", "#f6cf3a", Mark::None),
        "artist" => (Shirt, "#e9e4da", "#4a4f5c", "#d8372f", Mark::Buttons),
        "mage" => (Robe, "#2f74c4", "#24508c", "#f0d27a", Mark::None),
        "elf" => (Shirt, "#4f8a3c", "#6b5138", "#8a5a33", Mark::Buttons),
        "guard" => (Jacket, "#d6324a", "#2c2b3a", "#f0d27a", Mark::DoubleButtons),
        "ninja" => (Suit, "#3c3654", "#3c3654", "#22202e", Mark::None),
        "superhero" => (Suit, "#2f78c8", "#2f78c8", "#f6cf3a", Mark::Emblem),
        "supervillain" => (Suit, "#5a3f86", "#3a2c58", "#7ed957", Mark::Emblem),
        "vampire" => (Jacket, "#2b2630", "#26222b", "#f4f2ee", Mark::Bow),
        "king" => (Robe, "#a82a4a", "#6a2038", "#f3e6c8", Mark::Buttons),
        "queen" => (Robe, "#7a3fa0", "#5a2c7a", "#f3e6c8", Mark::Emblem),
        "prince" => (Jacket, "#c8324e", "#f0ece2", "#e8c15a", Mark::DoubleButtons),
        "princess" => (Robe, "#9a62d0", "#7d4bb0", "#f6d6ea", Mark::None),
        "santa-claus" => (Coat, "#d2303a", "#b52630", "#f6f4f0", Mark::Buttons),
        "clown" => (Suit, "#f0b93a", "#f0b93a", "#d8372f", Mark::Buttons),
        "captain" => (Coat, "#27395c", "#22304c", "#e0b03c", Mark::DoubleButtons),
        "fisherman" => (Coat, "#e2b32f", "#3f4f5c", "#b8862a", Mark::Buttons),
        "sailor" => (Shirt, "#f2f1ec", "#27466e", "#27466e", Mark::Stripes),
        "pirate" => (Coat, "#7a2a35", "#3a3440", "#e0b03c", Mark::Buttons),
        "knight" => (Suit, "#aab4c0", "#97a2b0", "#c8323e", Mark::Plate),
        "samurai" => (Robe, "#8a2b30", "#3a2a2a", "#e0b03c", Mark::Plate),
        "soldier" => (Jacket, "#5d6b42", "#4c5838", "#3d452d", Mark::Buttons),
        "cowboy" => (Shirt, "#b5543c", "#44597a", "#6b4630", Mark::Buttons),
        "mail" => (Jacket, "#3f5f9a", "#2c3f66", "#e0b03c", Mark::Buttons),
        "driver" => (Jacket, "#4a5568", "#333b48", "#e8e8ee", Mark::Tie),
        "lumberjack" => (Shirt, "#b5382f", "#44597a", "#2b2a2f", Mark::Bands),
        "beekeeper" => (Suit, "#f4f1e6", "#f4f1e6", "#d9a53a", Mark::Buttons),
        "viking" => (Coat, "#7a5a3c", "#4b3a2c", "#c9a06c", Mark::Plate),
        "gladiator" => (Dress, "#a83232", "#b98a62", "#e0b03c", Mark::Plate),
        "caveman" => (Dress, "#a9733c", "#b98a62", "#6a4628", Mark::None),
        "gnome" => (Coat, "#3f7fb0", "#5b4630", "#e0b03c", Mark::Buttons),
        "magician" => (Jacket, "#2b2a33", "#26252d", "#f4f2ee", Mark::Bow),
        "monk" => (Robe, "#7a5638", "#5b3f28", "#d9c8a4", Mark::None),
        "nun" => (Robe, "#2a2930", "#26252d", "#f4f2ee", Mark::Tie),
        "explorer" => (Shirt, "#c2a871", "#8a7448", "#6b4630", Mark::Buttons),
        "thief" => (Shirt, "#e8e6e0", "#33323c", "#33323c", Mark::Stripes),
        "apron" => (Shirt, "#7d8f62", "#5a4a3a", "#c9a06c", Mark::None),
        "dancer" => (Dress, "#e86a92", "#f3d3c0", "#f7c6d6", Mark::None),
        "bride" => (Robe, "#f6f3ee", "#f6f3ee", "#e7d9c4", Mark::None),
        "hood" => (Dress, "#e9dfd0", "#6b4a3a", "#c8323e", Mark::None),
        _ => return None,
    })
}

/// What a character wears. `fur` is the colour of an animal's or a machine's own body.
pub(super) fn outfit(character: &Character, role: &str, fur: Option<Colour>) -> Outfit {
    let features = &character.features;
    let pick = |of: &str, list: &[&str]| hex(list[own_number(character, of) % list.len()]);
    let woman = features.gender == Gender::Female;
    let mut out = Outfit {
        cut: if woman && features.age != Age::Young && !own_number(character, "cut").is_multiple_of(3) {
            Cut::Dress
        } else {
            Cut::Shirt
        },
        main: pick("top", TOPS),
        legs: pick("legs", LEGS),
        trim: hex("#f0e6d2"),
        shoes: pick("shoes", SHOES),
        mark: Mark::None,
        apron: None,
        scarf: None,
        cape: None,
        hat: None,
    };
    if features.age == Age::Old && out.cut == Cut::Shirt {
        (out.cut, out.mark, out.main) = (Cut::Jacket, Mark::Buttons, out.main.mix(hex("#6a5a4a"), 0.45));
    }
    if let Some((cut, main, legs, trim, mark)) = uniform(role) {
        (out.cut, out.main, out.legs, out.trim, out.mark) = (cut, hex(main), hex(legs), hex(trim), mark);
    }
    match role {
        "astronaut" | "ninja" | "superhero" | "supervillain" => out.shoes = out.trim.mix(out.main, 0.3).shade(0.25),
        "cook" => out.apron = Some(hex("#fbfaf6")),
        "apron" => out.apron = Some(hex("#c9a06c")),
        "captain" => out.hat = Some((Hat::Peaked, hex("#22304c"))),
        "fisherman" => out.hat = Some((Hat::SouWester, hex("#e2b32f"))),
        "sailor" => out.hat = Some((Hat::Sailor, hex("#f6f5f0"))),
        "pirate" => out.hat = Some((Hat::Tricorn, hex("#2b2830"))),
        "knight" | "samurai" => (out.hat, out.shoes) = (Some((Hat::Helmet, out.main)), out.main.shade(0.3)),
        "soldier" => out.hat = Some((Hat::Helmet, hex("#55633c"))),
        "cowboy" => out.hat = Some((Hat::Brim, hex("#8a5a33"))),
        "thief" => out.hat = Some((Hat::Beanie, hex("#33323c"))),
        "mail" => out.hat = Some((Hat::Peaked, hex("#2c3f66"))),
        "driver" => out.hat = Some((Hat::Peaked, hex("#333b48"))),
        "lumberjack" => out.hat = Some((Hat::Beanie, hex("#44597a"))),
        "beekeeper" => out.hat = Some((Hat::Brim, hex("#f4f1e6"))),
        "explorer" => out.hat = Some((Hat::Brim, hex("#a98c54"))),
        "viking" => (out.hat, out.cape) = (Some((Hat::Helmet, hex("#8d98a3"))), Some(hex("#5b4630"))),
        "gladiator" => out.hat = Some((Hat::Helmet, hex("#d9a53a"))),
        "gnome" => out.hat = Some((Hat::Hood, hex("#d8372f"))),
        "monk" => out.hat = Some((Hat::Hood, hex("#7a5638"))),
        "nun" => out.hat = Some((Hat::Hood, hex("#2a2930"))),
        "magician" => (out.hat, out.cape) = (Some((Hat::Top, hex("#2b2a33"))), Some(hex("#8a1f30"))),
        "hood" => (out.hat, out.cape) = (Some((Hat::Hood, hex("#c8323e"))), Some(hex("#c8323e"))),
        _ => {}
    }
    match role {
        "vampire" => out.cape = Some(hex("#8a1f30")),
        "superhero" => out.cape = Some(hex("#d8323e")),
        "supervillain" => out.cape = Some(hex("#3a2c58")),
        "king" | "prince" => out.cape = Some(hex("#7a1f38")),
        "cook" => out.scarf = Some(out.trim),
        _ => {}
    }
    if let Some(fur) = fur {
        if uniform(role).is_none() {
            (out.cut, out.main, out.legs, out.mark) = (Cut::Fur, fur, fur, Mark::None);
            out.trim = fur.light(0.5);
            if character.nature == Nature::Robot {
                (out.cut, out.mark) = (Cut::Suit, Mark::Panel);
            }
        }
        out.shoes = fur.shade(0.45);
    }
    if let Some(colour) = Colour::from_hex(&features.colour) {
        if out.cut == Cut::Fur {
            (out.main, out.legs, out.trim) = (colour, colour, colour.light(0.5));
        } else {
            out.main = colour;
        }
    }
    words(&features.clothes, &mut out);
    out
}

/// What the words about the clothes say, garment by garment.
fn words(clothes: &str, out: &mut Outfit) {
    let clothes = clothes
        .to_lowercase()
        .replace(" and ", ",")
        .replace(" with ", ",")
        .replace(" over ", ",")
        .replace(" und ", ",");
    for garment in clothes.split([',', ';', '，', '、']) {
        let colour = colour_of(garment);
        let says = |list: &[&str]| list.iter().any(|w| garment.contains(w));
        if says(&["scarf", "bufanda", "écharpe", "schal", "围巾", "マフラー"]) {
            out.scarf = Some(colour.unwrap_or_else(|| hex("#c8323e")));
        } else if says(&["apron", "delantal", "tablier", "schürze", "围裙"]) {
            out.apron = Some(colour.unwrap_or_else(|| hex("#f4efe4")));
        } else if says(&["cape", "cloak", "capa", "umhang", "披风", "マント"]) {
            out.cape = Some(colour.unwrap_or_else(|| hex("#7a2a45")));
        } else if says(&["hood", "kapuze", "capuche", "capucha"]) {
            let colour = colour.unwrap_or(out.main);
            (out.hat, out.cape) = (Some((Hat::Hood, colour)), Some(colour));
        } else if says(&["sou'wester", "sou’wester", "southwester"]) {
            out.hat = Some((Hat::SouWester, colour.unwrap_or_else(|| hex("#e2b32f"))));
        } else if says(&["peaked cap", "captain's cap", "captain’s cap", "keeper's cap"]) {
            out.hat = Some((Hat::Peaked, colour.unwrap_or_else(|| hex("#22304c"))));
        } else if says(&["top hat"]) {
            out.hat = Some((Hat::Top, colour.unwrap_or_else(|| hex("#2b2a33"))));
        } else if says(&["beanie", "woolly hat", "wool hat", "knit cap", "cap", "mütze", "gorro", "bonnet", "帽子"])
        {
            out.hat = Some((Hat::Beanie, colour.unwrap_or_else(|| hex("#b5485d"))));
        } else if says(&["helmet", "helm", "casco"]) {
            out.hat = Some((Hat::Helmet, colour.unwrap_or_else(|| hex("#9aa6b4"))));
        } else if says(&["hat", "sombrero", "chapeau", "hut"]) {
            out.hat = Some((Hat::Brim, colour.unwrap_or_else(|| hex("#7a5a3c"))));
        } else if says(&["boots", "shoes", "botas", "zapatos", "bottes", "stiefel", "靴"]) {
            out.shoes = colour.unwrap_or(out.shoes);
        } else if says(&["trousers", "pants", "jeans", "pantalon", "pantalón", "hose", "裤"]) {
            out.legs = colour.unwrap_or_else(|| hex("#44597a"));
        } else {
            let cut = if says(&["dress", "skirt", "gown", "vestido", "falda", "robe bleue", "kleid", "rock", "裙"]) {
                Some((Cut::Dress, Mark::None))
            } else if says(&["robe", "kimono", "toga", "habit", "túnica"]) {
                Some((Cut::Robe, Mark::None))
            } else if says(&["coat", "raincoat", "abrigo", "manteau", "mantel", "外套", "大衣", "コート"]) {
                Some((Cut::Coat, Mark::Buttons))
            } else if says(&["jacket", "suit", "blazer", "chaqueta", "veste", "jacke", "anzug"]) {
                Some((Cut::Jacket, Mark::Buttons))
            } else if says(&["overalls", "dungarees"]) {
                Some((Cut::Shirt, Mark::Overalls))
            } else if says(&["striped"]) {
                Some((Cut::Shirt, Mark::Stripes))
            } else if says(&["sweater", "jumper", "shirt", "pullover", "vest", "camisa", "chemise", "hemd", "毛衣"]) {
                Some((Cut::Shirt, Mark::None))
            } else {
                None
            };
            if let Some((cut, mark)) = cut {
                // A uniform of one piece keeps its mark when only its colour is told again.
                if out.cut != cut || matches!(mark, Mark::Stripes | Mark::Overalls) {
                    (out.cut, out.mark) = (cut, mark);
                }
                if mark == Mark::Overalls {
                    (out.trim, out.legs) =
                        (colour.unwrap_or_else(|| hex("#3f74c4")), colour.unwrap_or_else(|| hex("#3f74c4")));
                } else {
                    out.main = colour.unwrap_or(out.main);
                }
            }
        }
    }
}
