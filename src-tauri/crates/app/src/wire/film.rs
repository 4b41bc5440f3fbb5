//! The film and its parts as they are shown.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A stored picture, sound or video, served by its id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MediaRef {
    /// The hash of its bytes; the last part of its URL.
    pub id: String,
    /// Its media type.
    pub media: String,
}

/// A member of the cast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CastView {
    /// Identity.
    pub id: String,
    /// The name.
    pub name: String,
    /// The front sheet, when it is drawn.
    pub portrait: Option<MediaRef>,
}

/// A scene.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SceneView {
    /// Identity.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What happens.
    pub summary: String,
    /// Its narration, line by line.
    pub lines: Vec<String>,
    /// Its length.
    pub duration_ms: u32,
}

/// A shot of the storyboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ShotView {
    /// Identity.
    pub id: String,
    /// The scene it belongs to.
    pub scene: String,
    /// "wide", "close_up"…
    pub framing: String,
    /// "eye", "low"…
    pub angle: String,
    /// "push_in", "hold"…
    pub camera: String,
    /// What happens.
    pub action: String,
    /// What is heard during it.
    pub narration: String,
    /// The line that this is; empty for none or several.
    pub line: String,
    /// Who is in it.
    pub cast: Vec<String>,
    /// The length the storyboard wants.
    pub duration_ms: u32,
    /// The still, when it is drawn.
    pub frame: Option<MediaRef>,
    /// The clip, when it is made.
    pub clip: Option<MediaRef>,
    /// Where its frame belongs.
    pub frame_slot: String,
    /// Where its clip belongs.
    pub clip_slot: String,
    /// True when the person approved of its frame or its clip.
    pub approved: bool,
    /// Why it is missing in the film; empty when it is not.
    pub missing: String,
}

/// A shot on the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ShotSpan {
    /// The shot.
    pub shot: String,
    /// Where it starts.
    pub start_ms: u32,
    /// Where it ends.
    pub end_ms: u32,
}

/// A line on the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LineView {
    /// What is said.
    pub text: String,
    /// Where it starts.
    pub start_ms: u32,
    /// Where it ends.
    pub end_ms: u32,
}

/// A finished film.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FilmView {
    /// Its title.
    pub title: String,
    /// The video file.
    pub video: MediaRef,
    /// A still of it.
    pub poster: MediaRef,
    /// The subtitles, SubRip.
    pub srt: MediaRef,
    /// The subtitles, WebVTT.
    pub vtt: MediaRef,
    /// Its length.
    pub duration_ms: u32,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Its shots in time.
    pub shots: Vec<ShotSpan>,
    /// Its lines in time.
    pub lines: Vec<LineView>,
    /// True when somebody speaks in it.
    pub voiced: bool,
    /// True when the brief changed since it was made.
    pub outdated: bool,
}
