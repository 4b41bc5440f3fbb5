//! The documents that agents give beside those of `story`.

use serde::{Deserialize, Serialize};
use story::{LineId, Timeline, WordTime};

/// A spoken line: what the voice gives beside its sound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpokenLine {
    /// The line.
    pub line: LineId,
    /// How long its sound is, in milliseconds.
    pub duration_ms: u32,
    /// When each word is spoken.
    pub words: Vec<WordTime>,
}

/// The facts of a finished film, beside its files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FilmFacts {
    /// The title.
    pub title: String,
    /// The film, laid out.
    pub timeline: Timeline,
    /// True when somebody speaks in it.
    pub voiced: bool,
    /// Its loudness in LUFS, as measured.
    pub loudness: f32,
}

/// Roles of blobs, the same for writers and readers.
pub(crate) mod role {
    pub(crate) const PICTURE: &str = "picture";
    pub(crate) const COMPANION: &str = "companion";
    pub(crate) const SOUND: &str = "sound";
    pub(crate) const VIDEO: &str = "video";
    pub(crate) const SRT: &str = "srt";
    pub(crate) const VTT: &str = "vtt";
    pub(crate) const POSTER: &str = "poster";
}
