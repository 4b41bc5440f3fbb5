//! From a noun to a picture.

use crate::art::PictureId;

/// How sure a find is, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exactness {
    /// The picture has this very name, in one of the languages.
    Exact,
    /// The hand-made table of words says so.
    Alias,
    /// The head noun of the phrase was found ("old brass lamp" → lamp).
    Head,
    /// Only a keyword of the picture says so.
    Keyword,
}

/// How a thing is in the world when nobody holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Ground {
    /// On the ground.
    #[default]
    Stands,
    /// On the water, partly in it.
    Floats,
    /// Under the water.
    Swims,
    /// In the air.
    Flies,
    /// From above, on a thread or in the sky.
    Hangs,
}

/// A picture for a noun.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Which picture.
    pub picture: PictureId,
    /// How sure that is.
    pub exactness: Exactness,
    /// Where such a thing is.
    pub ground: Ground,
    /// Which way the drawing looks: mirror it to turn it. `None` when it has no side.
    pub facing: Option<story::Facing>,
    /// True when it gives light (a lamp, a candle, a fire).
    pub shines: bool,
}

/// The picture for a noun or a short noun phrase, in English, Spanish, French, German, Chinese or Japanese.
///
/// `None` for places and weather (they choose a backdrop), for abstract words, for persons (see [`crate::art::person`]) and for an
/// animal of which there is no true picture.
pub fn find(_noun: &str) -> Option<Found> {
    None
}
