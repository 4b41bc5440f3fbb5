//! One trait a modality (image, video, speech, music) over one shared job life cycle.
//!
//! This room owns what is asked of a model and what it gives back. Requests carry the `story` data beside the prompt,
//! so that the built-in studio draws from data and nobody parses a prompt. It must not know the engine, a project or
//! a file on disk; an adapter never retries by itself what may have been paid for.

mod image;
mod job;
mod music;
mod speech;
mod video;

pub use image::{ImageModel, ImageReply, ImageRequest, PortraitView, Purpose};
pub use job::{Failure, FailureKind, Job, ModelIdentity};
pub use music::{MusicModel, MusicRequest};
pub use speech::{SpeechModel, SpeechReply, SpeechRequest, VoiceSpec};
pub use video::{ClipReply, ClipRequest, FrameSource, VideoModel};
