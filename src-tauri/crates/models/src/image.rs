//! Still pictures: portraits, set sheets and frames.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use story::{Character, Look, Place, Seed, Shot, Size};

use crate::{Failure, Job, ModelIdentity};

/// The side a portrait is drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PortraitView {
    /// Facing the viewer.
    Front,
    /// In profile.
    Side,
    /// From behind.
    Back,
}

/// What the picture is of, as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "of")]
pub enum Purpose {
    /// One character alone on a plain ground.
    Portrait {
        /// Who.
        character: Character,
        /// From which side.
        view: PortraitView,
    },
    /// A place with nobody in it.
    SetSheet {
        /// Where.
        place: Place,
    },
    /// The first still of a shot.
    Frame {
        /// The shot.
        shot: Shot,
        /// The characters in the shot, in the order of its subjects.
        cast: Vec<Character>,
        /// Where it is.
        place: Place,
    },
}

/// An order for a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImageRequest {
    /// What it is of.
    pub purpose: Purpose,
    /// The same in words, for models that read.
    pub prompt: String,
    /// How it looks.
    pub look: Look,
    /// Its size.
    pub size: Size,
    /// The chance in it. Frames of one film share the film's seed, so that places and people stay themselves.
    pub seed: Seed,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageReply {
    /// The picture, PNG, 8 bits, of the size asked for.
    pub png: Vec<u8>,
    /// The layered scene behind it, for an animator of the same provider; `None` when there is only the picture.
    pub companion: Option<Vec<u8>>,
}

/// Draws pictures.
#[async_trait]
pub trait ImageModel: Send + Sync {
    /// Which model this is.
    fn identity(&self) -> ModelIdentity;
    /// Draws one picture.
    async fn draw(&self, request: ImageRequest, job: Job) -> Result<ImageReply, Failure>;
}
