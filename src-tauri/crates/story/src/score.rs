//! What the composer is asked for: moods over time.

use serde::{Deserialize, Serialize};

use crate::{Mood, Seed};

/// A stretch of the film with one feeling.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ScoreSection {
    /// Where it starts, in milliseconds from the start of the film.
    pub start_ms: u32,
    /// Its feeling.
    pub mood: Mood,
}

/// The order for a score.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ScoreSheet {
    /// The feeling of the whole film; decides key and tempo.
    pub mood: Mood,
    /// Length in milliseconds; the music ends there.
    pub duration_ms: u32,
    /// The scenes, in order.
    pub sections: Vec<ScoreSection>,
    /// The chance in it.
    pub seed: Seed,
}

/// What the maker wished for the music.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ScoreWish {
    /// A feeling of its own; `None` follows the film.
    pub mood: Option<Mood>,
    /// True for no music.
    pub off: bool,
}
