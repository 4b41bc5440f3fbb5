//! Taking something out, as a front end asks for it and is told of it.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Problem;

/// What something is taken out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// The film, a scene or a shot of it, as MP4.
    Mp4,
    /// Its sound, uncompressed.
    Wav,
    /// Its sound, for listening.
    Mp3,
    /// The subtitles, SubRip.
    Srt,
    /// The subtitles, WebVTT.
    Vtt,
    /// The script for screenwriting programs.
    Fountain,
    /// The script as plain text.
    Text,
    /// The script on pages.
    ScriptPdf,
    /// The storyboard on pages.
    StoryboardPdf,
    /// The drawn frames, as a folder of PNG files.
    Pictures,
    /// The shot list, as CSV.
    ShotList,
    /// A shot, a scene or the film as a moving picture.
    Gif,
    /// One picture: of a shot, or of a moment of the film.
    Still,
    /// The whole project, to be opened elsewhere.
    Project,
}

/// What becomes of the captions of a film that is taken out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExportCaptions {
    /// As the film has them.
    #[default]
    AsMade,
    /// In the picture.
    Burned,
    /// As a track that players can switch on.
    Track,
    /// None.
    Off,
}

/// What is taken out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ExportOrder {
    /// As what.
    pub format: ExportFormat,
    /// The shorter side of the picture in pixels (720, 1080); none leaves it as it is.
    #[serde(default)]
    pub height: Option<u32>,
    /// What becomes of the captions.
    #[serde(default)]
    pub captions: ExportCaptions,
    /// One scene alone, from 1.
    #[serde(default)]
    pub scene: Option<u32>,
    /// One shot alone: its number in the scene or, without a scene, in the film, from 1.
    #[serde(default)]
    pub shot: Option<u32>,
    /// The moment of a still, in milliseconds.
    #[serde(default)]
    pub at_ms: Option<u32>,
    /// Of a project: with earlier takes, decisions and runs.
    #[serde(default)]
    pub history: bool,
}

impl ExportOrder {
    /// All of it, as it is.
    pub fn of(format: ExportFormat) -> Self {
        let captions = ExportCaptions::AsMade;
        Self { format, height: None, captions, scene: None, shot: None, at_ms: None, history: true }
    }
}

/// How an export stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    /// It is going on.
    Going,
    /// It is there.
    Done,
    /// It did not come about.
    Failed,
    /// The person stopped it.
    Cancelled,
}

/// How an export stands; the latest wins, none is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ExportTold {
    /// The request it was asked for with.
    pub request: String,
    /// Its project.
    pub project: String,
    /// As what.
    pub format: ExportFormat,
    /// Where it goes.
    pub path: String,
    /// How it stands.
    pub state: ExportState,
    /// How much is done, in percent.
    pub percent: u32,
    /// What went wrong, when it failed.
    pub problem: Option<Problem>,
}
