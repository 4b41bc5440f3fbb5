//! Moving pictures: a clip from a frame and its motion.

use async_trait::async_trait;
use story::{Look, Place, Seed, Shot, Size};

use crate::{Failure, Job, ModelIdentity};

/// An order for a clip.
#[derive(Debug, Clone, PartialEq)]
pub struct ClipRequest {
    /// The first frame, PNG.
    pub frame: Vec<u8>,
    /// The layered scene behind the frame, when its illustrator gave one.
    pub companion: Option<Vec<u8>>,
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

/// A clip, either encoded by the model or as frames that the cut encodes.
pub enum ClipReply {
    /// A video file's bytes, as the provider sent them.
    File(Vec<u8>),
    /// Frames drawn on demand.
    Frames(Box<dyn FrameSource>),
}

impl std::fmt::Debug for ClipReply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(bytes) => write!(f, "File({} bytes)", bytes.len()),
            Self::Frames(source) => write!(f, "Frames({} of {})", source.frames(), source.size()),
        }
    }
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
    /// Makes one clip.
    async fn animate(&self, request: ClipRequest, job: Job) -> Result<ClipReply, Failure>;
}
