//! The animator: makes a clip from a frame, moving the layers behind it, or the still itself when there are none.
//!
//! This module owns motion and the compositor. It must not decide what is in a picture; that is the illustrator's work. Every
//! frame is a function of its index, so frames can be drawn in any order and in parallel.

mod affine;
mod clip;
pub(crate) mod compositor;
mod measure;
mod motion;
mod particles;
mod still;
#[cfg(test)]
mod tests;
mod yuv;

use async_trait::async_trait;
pub use measure::{Measured, measure};
use models::{ClipReply, ClipRequest, Failure, FailureKind, Job, ModelIdentity, VideoModel};

use crate::illustrator;

/// Changes whenever an equal request would give another clip.
pub const VERSION: &str = "1";

/// Makes clips on this machine, for nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Animator;

impl Animator {
    /// An animator.
    pub fn new() -> Self {
        Self
    }
}

#[async_trait]
impl VideoModel for Animator {
    fn identity(&self) -> ModelIdentity {
        ModelIdentity { provider: "builtin".into(), model: "animator".into(), version: VERSION.into() }
    }

    async fn animate(&self, request: ClipRequest, job: Job) -> Result<ClipReply, Failure> {
        job.check()?;
        let size = request.size;
        if size.width < 16
            || size.height < 16
            || size.width % 2 == 1
            || size.height % 2 == 1
            || size.width > 8192
            || size.height > 8192
        {
            return Err(Failure::new(FailureKind::Invalid, format!("a clip of {size} cannot be made"))
                .hint("Choose an even size between 16 and 8192 pixels a side."));
        }
        let watched = job.clone();
        let source = tokio::task::spawn_blocking(move || {
            let source = clip::source(&request)?;
            watched.check()?;
            watched.progress(1.0);
            Ok::<_, Failure>(source)
        })
        .await
        .map_err(|error| {
            Failure::new(FailureKind::Local, format!("the animator stopped in the middle of its work: {error}"))
        })??;
        Ok(ClipReply::Frames(source))
    }
}

/// The first frame of a layered scene as a PNG: what the illustrator shows.
pub(crate) fn first_frame(scene: &illustrator::RasterScene) -> Result<Vec<u8>, Failure> {
    let mut frame = compositor::Frame::new(scene);
    compositor::compose(scene, 0.0, 0.0, &mut frame);
    let pixels = yuv::show(scene, &frame);
    illustrator::png::encode(scene.size, &pixels)
}
