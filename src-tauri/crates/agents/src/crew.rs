//! Who the crew works with: the models that are set up, the cut, and the format of the film.

use std::sync::Arc;

use film::Ffmpeg;
use models::{Animator, ChatModel, ImageModel, MusicModel, SpeechModel, VideoModel};
use serde::{Deserialize, Serialize};
use story::Size;

/// The models and tools that agents call. Cheap to clone.
#[derive(Clone)]
pub struct Crew {
    /// Thinks. Without one the agents that think go by rules.
    pub chat: Option<Arc<dyn ChatModel>>,
    /// Draws.
    pub image: Arc<dyn ImageModel>,
    /// Films a frame on another machine. Without one the animator moves it.
    pub video: Option<Arc<dyn VideoModel>>,
    /// Moves a frame on this machine, wherever its clip is shown.
    pub animator: Arc<dyn Animator>,
    /// Speaks.
    pub speech: Arc<dyn SpeechModel>,
    /// Composes.
    pub music: Arc<dyn MusicModel>,
    /// Encodes and cuts.
    pub ffmpeg: Arc<Ffmpeg>,
    /// Which of the other models run on other machines. (One that thinks always does.)
    pub remote: Remote,
}

impl Crew {
    /// How many references frames are drawn by; none by a model of this machine, which draws from data.
    pub(crate) fn references(&self) -> usize {
        if self.remote.image { self.image.sees() } else { 0 }
    }

    /// How long a picture takes that takes so long here, in milliseconds.
    pub(crate) fn picture_ms(&self, here: u32) -> u32 {
        if self.remote.image { elsewhere::PICTURE } else { here }
    }

    /// How long a line takes to be spoken that takes so long here, in milliseconds.
    pub(crate) fn line_ms(&self, here: u32) -> u32 {
        if self.remote.speech { elsewhere::LINE } else { here }
    }

    /// How long a score takes that takes so long here, in milliseconds.
    pub(crate) fn score_ms(&self, here: u32) -> u32 {
        if self.remote.music { elsewhere::SCORE } else { here }
    }
}

/// How long a thought takes, in milliseconds: by a model that thinks, or so long by rules.
pub(crate) fn thought_ms(chat: Option<&Arc<dyn ChatModel>>, by_rule: u32) -> u32 {
    if chat.is_some() { elsewhere::ANSWER } else { by_rule }
}

/// Which models run on other machines: their tasks hold no core of this one, are asked in words as well as by data, and
/// look at references where they can.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Remote {
    /// The one that draws.
    pub image: bool,
    /// The one that speaks.
    pub speech: bool,
    /// The one that composes.
    pub music: bool,
}

/// How long one piece of work takes on another machine until that was measured, in milliseconds: about what the large
/// providers take. What is asked for first follows from how they compare.
pub(crate) mod elsewhere {
    pub(crate) const ANSWER: u32 = 6_000;
    pub(crate) const PICTURE: u32 = 12_000;
    pub(crate) const LINE: u32 = 3_000;
    pub(crate) const SCORE: u32 = 30_000;
    pub(crate) const CLIP: u32 = 60_000;
}

/// The format of a film.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilmFormat {
    /// The picture size.
    pub size: Size,
    /// Frames a second.
    pub fps: u32,
}

/// How much a request asks for; decides what is switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// One front sheet for each character.
    Simple,
    /// Character sheets from three sides, and a sheet for each place.
    Medium,
    /// All that medium has; the agents that only complex films need come with their own models.
    Complex,
}
