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
