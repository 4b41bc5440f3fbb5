//! The timeline: every shot, line and card at its place in the film, in frames and milliseconds.

use serde::{Deserialize, Serialize};

use crate::{LineId, ShotId, Size};

/// When one word of a line is spoken, in milliseconds from the start of the line's sound.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WordTime {
    /// The word as it is written in the line.
    pub word: String,
    /// When it starts.
    pub start_ms: u32,
    /// When it ends.
    pub end_ms: u32,
}

/// A line at its place in the film.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimedLine {
    /// The line.
    pub line: LineId,
    /// What is said.
    pub text: String,
    /// When its sound starts, in milliseconds from the start of the film.
    pub start_ms: u32,
    /// When its sound ends.
    pub end_ms: u32,
    /// The words; empty when nobody speaks it.
    pub words: Vec<WordTime>,
}

/// A caption as it is shown: at most two short lines of text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Caption {
    /// The words shown.
    pub text: String,
    /// When it appears, in milliseconds from the start of the film.
    pub start_ms: u32,
    /// When it goes.
    pub end_ms: u32,
    /// When each of its words, as spaces part them, begins to be heard, in milliseconds from the start of the film;
    /// empty where that is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said_ms: Vec<u32>,
}

/// The words of a title or end card, shown over the picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CardText {
    /// The large words.
    pub title: String,
    /// The small words under them; may be empty.
    pub subtitle: String,
}

/// A shot at its place in the film.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimedShot {
    /// The shot.
    pub shot: ShotId,
    /// Its first frame in the film.
    pub start_frame: u32,
    /// How many frames it fills; the next shot starts right after.
    pub frames: u32,
    /// Over how many of its first frames the shot before fades into it; 0 is a cut. The clip of the shot before is
    /// that much longer than its `frames`.
    pub fade_in_frames: u32,
    /// How many frames the clip needs beyond `frames`, for the fade into the next shot.
    pub tail_frames: u32,
    /// A card over it.
    pub card: Option<CardText>,
    /// The captions shown during it, in film time.
    pub captions: Vec<Caption>,
}

/// The whole film, laid out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Timeline {
    /// Frames a second.
    pub fps: u32,
    /// The picture size.
    pub size: Size,
    /// The shots, without gap or overlap.
    pub shots: Vec<TimedShot>,
    /// What is heard, in order.
    pub lines: Vec<TimedLine>,
}

impl Timeline {
    /// The length in frames.
    pub fn frames(&self) -> u32 {
        self.shots.iter().map(|s| s.frames).sum()
    }

    /// The length in milliseconds, rounded.
    pub fn duration_ms(&self) -> u32 {
        self.ms_at(self.frames())
    }

    /// The time of a frame in milliseconds, rounded.
    pub fn ms_at(&self, frame: u32) -> u32 {
        ((u64::from(frame) * 1000 + u64::from(self.fps) / 2) / u64::from(self.fps.max(1))) as u32
    }
}
