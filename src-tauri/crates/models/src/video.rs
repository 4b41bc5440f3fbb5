//! Moving pictures: a clip from a frame and its motion, filmed by a model or drawn from the frame's layers.

use std::collections::BTreeSet;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use story::{CameraMove, Look, Place, Seed, Shot, Size};

use crate::{Failure, Job, ModelIdentity, Price};

/// Which lengths of clip a model makes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lengths {
    /// Any, to the frame.
    #[default]
    Any,
    /// Any number of whole seconds.
    WholeSeconds,
    /// These, in seconds.
    Seconds(BTreeSet<u32>),
}

impl Lengths {
    /// The length to order for a clip that must last `ms`, in milliseconds: the shortest that is long enough, or the longest
    /// there is when none is. Whoever orders cuts the clip to what it needs.
    pub fn order(&self, ms: u32) -> u32 {
        match self {
            Self::Any => ms,
            Self::WholeSeconds => ms.div_ceil(1000).max(1).saturating_mul(1000),
            Self::Seconds(list) => {
                let enough = list.iter().find(|s| s.saturating_mul(1000) >= ms).or(list.last());
                enough.map_or(ms, |s| s.saturating_mul(1000))
            }
        }
    }
}

/// An order for a clip.
#[derive(Debug, Clone, PartialEq)]
pub struct ClipRequest {
    /// The first frame, PNG.
    pub frame: Vec<u8>,
    /// The shot: its camera move and who does what in it.
    pub shot: Shot,
    /// Where it is.
    pub place: Place,
    /// How it looks.
    pub look: Look,
    /// The same in words, for models that read.
    pub prompt: String,
    /// The picture size.
    pub size: Size,
    /// Frames a second.
    pub fps: u32,
    /// How many frames.
    pub frames: u32,
    /// The chance in it.
    pub seed: Seed,
}

/// How a frame moves when it is drawn on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Motion {
    /// What the camera does.
    pub camera: CameraMove,
    /// The number of the take: from the second on, the camera does something else.
    pub take: u32,
    /// The picture size.
    pub size: Size,
    /// Frames a second.
    pub fps: u32,
    /// How many frames.
    pub frames: u32,
}

/// Frames that are drawn when they are asked for, each independent of the others.
pub trait FrameSource: Send + Sync {
    /// The picture size.
    fn size(&self) -> Size;
    /// How many frames there are.
    fn frames(&self) -> u32;
    /// Draws frame `index` (below [`FrameSource::frames`]) into `out` as planar YUV 4:2:0, BT.709, limited range:
    /// width × height luma bytes, then two planes of a quarter of that. `out` has exactly that length.
    fn draw(&self, index: u32, out: &mut [u8]);
}

/// Makes clips.
#[async_trait]
pub trait VideoModel: Send + Sync {
    /// Which model this is.
    fn identity(&self) -> ModelIdentity;
    /// What its calls cost.
    fn price(&self) -> Price {
        Price::Free
    }
    /// Which lengths it makes.
    fn lengths(&self) -> Lengths {
        Lengths::Any
    }
    /// Makes one clip: a video file's bytes, as the provider sent them, of its own size, frame rate and length, perhaps
    /// with sound. Whoever ordered it brings it to what was asked for.
    async fn animate(&self, request: ClipRequest, job: Job) -> Result<Vec<u8>, Failure>;
}

/// Moves frames on this machine, for nothing and the same way every time, so that nothing of it has to be kept.
pub trait Animator: Send + Sync {
    /// Which animator this is; another one when the same frame and motion would give other pictures.
    fn identity(&self) -> ModelIdentity;
    /// Makes ready to draw, from a frame (PNG) and the layered scene behind it, when its illustrator gave one. Takes as
    /// long as drawing some frames: call it where it may block.
    fn animate(&self, frame: &[u8], layers: Option<&[u8]>, motion: Motion) -> Result<Box<dyn FrameSource>, Failure>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_longer_clip_is_ordered() {
        let some = Lengths::Seconds([4, 8, 12].into());
        assert_eq!([1, 4_000, 4_001, 8_500, 20_000].map(|ms| some.order(ms)), [4_000, 4_000, 8_000, 12_000, 12_000]);
        assert_eq!([0, 1_000, 1_001].map(|ms| Lengths::WholeSeconds.order(ms)), [1_000, 1_000, 2_000]);
        assert_eq!(Lengths::Any.order(3_217), 3_217);
    }
}
