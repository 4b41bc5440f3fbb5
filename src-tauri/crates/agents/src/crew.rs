//! Who the crew works with: the models that are set up, the cut, and the format of the film.

use std::sync::Arc;

use film::Ffmpeg;
use models::{ImageModel, MusicModel, SpeechModel, VideoModel};
use serde::{Deserialize, Serialize};
use story::Size;

/// The models and tools that agents call. Cheap to clone.
#[derive(Clone)]
pub struct Crew {
    /// Draws.
    pub image: Arc<dyn ImageModel>,
    /// Animates.
    pub video: Arc<dyn VideoModel>,
    /// Speaks.
    pub speech: Arc<dyn SpeechModel>,
    /// Composes.
    pub music: Arc<dyn MusicModel>,
    /// Encodes and cuts.
    pub ffmpeg: Arc<Ffmpeg>,
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
