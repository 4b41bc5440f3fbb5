//! The brief as chips, and the ways to change it.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A field of the brief that is shown as a chip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ChipField {
    /// What the film is about.
    Theme,
    /// The way of drawing.
    Style,
    /// The feeling.
    Mood,
    /// The length.
    Length,
    /// The shape of the picture.
    Ratio,
    /// Who acts.
    Cast,
    /// The language.
    Language,
    /// Narration or no voice.
    Sound,
    /// Captions on or off.
    Captions,
    /// Further demands.
    Special,
}

/// A quick choice for a chip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChipChoice {
    /// What is sent when it is taken.
    pub value: String,
    /// What is shown ("30 s").
    pub label: String,
}

/// One understood or assumed value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Chip {
    /// The field.
    pub field: ChipField,
    /// The value as it is sent back in an edit.
    pub value: String,
    /// The value as it is shown.
    pub label: String,
    /// True when the person did not say it.
    pub assumed: bool,
    /// Quick choices; empty when it is edited as text.
    pub choices: Vec<ChipChoice>,
    /// True when any text can be given.
    pub free: bool,
}

/// One film of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EpisodeView {
    /// Its title.
    pub title: String,
    /// Its length in seconds.
    pub seconds: u32,
    /// How it feels; empty when as the series does.
    pub mood: String,
    /// True for the one that the brief is of.
    pub chosen: bool,
}

/// The brief as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BriefView {
    /// The chips, in the order they are shown.
    pub chips: Vec<Chip>,
    /// "another version" counts up from 1.
    pub version: u32,
    /// The films of the series that the brief belongs to; empty for a film of its own.
    pub episodes: Vec<EpisodeView>,
}

/// A change to one field of the brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BriefEdit {
    /// The field.
    pub field: ChipField,
    /// The new value: one of the chip's choices or, where it is free, any text.
    pub value: String,
}

/// The Idea2Video form: the same brief, filled by hand. Empty texts leave the default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BriefForm {
    /// What the film is about.
    pub idea: String,
    /// A style word, or empty.
    pub style: String,
    /// Seconds, or 0.
    pub seconds: u32,
    /// "16:9" and so on, or empty.
    pub ratio: String,
    /// A mood word, or empty.
    pub mood: String,
    /// True for narration.
    pub voice: bool,
}
