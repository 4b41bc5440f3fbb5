//! The documents that agents give beside those of `story`.

use serde::{Deserialize, Serialize};
use story::{LineId, SceneId, ShotId, Timeline, WordTime};

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

/// What the mix gives beside its sound.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Mixed {
    /// Integrated loudness in LUFS; `None` when nothing is heard.
    pub(crate) loudness: Option<f32>,
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
    /// Its loudness in LUFS, as measured; `None` when nothing is heard in it.
    pub loudness: Option<f32>,
    /// What could not be made, so that the film was cut without it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
}

/// A part that the film was cut without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Which.
    pub part: MissingPart,
    /// Why, in a few words.
    pub why: String,
}

/// The parts that a film can be cut without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingPart {
    /// A slate stands in its place.
    Shot(ShotId),
    /// It is left out.
    Scene(SceneId),
    /// It is heard nowhere; the captions carry it.
    Line(LineId),
    /// Nothing is played.
    Music,
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
