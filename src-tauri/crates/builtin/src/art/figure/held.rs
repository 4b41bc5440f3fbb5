//! Things in a hand: how big they are there and where the hand takes them.
//!
//! Owns the grip. Does not know arms.

use crate::art::figure::limbs::Point;
use crate::art::{Picture, Rect, colour_of, find, natural_height, recolour, svg};

/// Where the hand takes a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grip {
    /// At its top: it hangs.
    Hangs,
    /// In the middle.
    Middle,
    /// Near its lower end: it stands up from the fist.
    Foot,
}

/// A thing ready to be put into a hand.
#[derive(Debug, Clone)]
pub(super) struct Held {
    picture: Picture,
    height: f32,
    pub grip: Grip,
    pub shines: bool,
}

const HANGS: &[&str] = &[
    "own:lantern",
    "red-paper-lantern",
    "bucket",
    "basket",
    "luggage",
    "briefcase",
    "backpack",
    "handbag",
    "bell",
    "shopping-bags",
    "clutch-bag",
    "purse",
];
const STANDS_UP: &[&str] = &[
    "own:sword",
    "own:shepherds-crook",
    "own:walking-stick",
    "own:pitchfork",
    "own:scythe",
    "own:oar",
    "own:candy-cane",
    "dagger",
    "magic-wand",
    "umbrella",
    "closed-umbrella",
    "flashlight",
    "candle",
    "balloon",
    "fishing-pole",
    "kite",
    "broom",
    "rose",
    "tulip",
    "blossom",
    "hibiscus",
    "sunflower",
    "bouquet",
    "axe",
    "hammer",
    "wrench",
    "kitchen-knife",
    "lollipop",
    "paintbrush",
    "pencil",
    "feather",
    "triangular-flag",
    "trophy",
    "noto:net-with-handle",
    "seedling",
    "fire",
];

/// The thing a noun means, at a size that a body of this height can hold; `None` when there is no picture of it.
pub(super) fn held(noun: &str, height: f32) -> Option<Held> {
    let found = find(noun)?;
    let mut picture = svg(&found.picture);
    if let Some(colour) = colour_of(noun) {
        picture = recolour(&picture, colour);
    }
    let name = found.picture.as_str();
    let grip = if HANGS.contains(&name) {
        Grip::Hangs
    } else if STANDS_UP.contains(&name) {
        Grip::Foot
    } else {
        Grip::Middle
    };
    // Small things are shown a little larger than life, or nobody would see them.
    let natural = natural_height(noun) * 1.25;
    let most = height * if grip == Grip::Hangs { 0.36 } else { 0.5 };
    Some(Held { picture, height: natural.clamp(height * 0.13, most), grip, shines: found.shines })
}

impl Held {
    /// The fragment with the thing in a hand at a point, and what it covers.
    pub(super) fn at(&self, palm: Point) -> (String, Rect) {
        let ink = self.picture.ink;
        let k = self.height / ink.h.max(0.01);
        let share = match self.grip {
            Grip::Hangs => 0.04,
            Grip::Middle => 0.55,
            Grip::Foot => 0.86,
        };
        let (x, y) = (palm.0 - (ink.x + ink.w / 2.0) * k, palm.1 - (ink.y + ink.h * share) * k);
        let body = &self.picture.body;
        let svg = format!("<g transform='translate({x:.3} {y:.3}) scale({k:.4})'>{body}</g>");
        (svg, Rect { x: x + ink.x * k, y: y + ink.y * k, w: ink.w * k, h: ink.h * k })
    }
}
