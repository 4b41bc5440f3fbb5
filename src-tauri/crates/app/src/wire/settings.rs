//! Settings that matter to films, and what `doctor` found.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What new films start from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Length in seconds.
    pub seconds: u32,
    /// Aspect ratio ("16:9").
    pub ratio: String,
    /// Two-letter language; empty follows the message.
    pub language: String,
    /// Burn captions into the picture.
    pub captions: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seconds: 30, ratio: "16:9".to_owned(), language: String::new(), captions: true }
    }
}

/// How something on this machine stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// Good.
    Good,
    /// Films can be made, but less well.
    Poor,
    /// Films cannot be made.
    Missing,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DoctorLine {
    /// What was looked at ("ffmpeg").
    pub what: String,
    /// How it stands.
    pub health: Health,
    /// What was found.
    pub found: String,
    /// How to get what is missing; empty when nothing is.
    pub hint: String,
}

/// Everything that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DoctorReport {
    /// The findings.
    pub lines: Vec<DoctorLine>,
    /// Where the data is.
    pub home: String,
}
