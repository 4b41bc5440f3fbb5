//! The animator: makes a clip from a frame, moving the layers behind it, or the still itself when there are none.
//!
//! This module owns motion and the compositor. It must not decide what is in a picture; that is the illustrator's work. Every
//! frame is a function of its index, so frames can be drawn in any order and in parallel.
#![expect(
    clippy::inline_always,
    reason = "only what is inlined into it is compiled for the widest vectors (crate::widest)"
)]

mod affine;
mod clip;
pub(crate) mod compositor;
mod kept;
mod lay;
mod measure;
mod motion;
mod particles;
mod still;
#[cfg(test)]
mod tests;
mod walk;
mod yuv;

pub use measure::{Measured, measure};
use models::{Failure, FailureKind, FrameSource, ModelIdentity, Motion};

use crate::illustrator;

/// Changes whenever an equal request would give another clip.
pub const VERSION: &str = "4";

/// Makes clips on this machine, for nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Animator;

impl Animator {
    /// An animator.
    pub fn new() -> Self {
        Self
    }
}

impl models::Animator for Animator {
    fn identity(&self) -> ModelIdentity {
        ModelIdentity { provider: "builtin".into(), model: "animator".into(), version: VERSION.into() }
    }

    fn animate(&self, frame: &[u8], layers: Option<&[u8]>, motion: Motion) -> Result<Box<dyn FrameSource>, Failure> {
        let size = motion.size;
        let side = |length: u32| length.is_multiple_of(2) && (16..=8192).contains(&length);
        if !side(size.width) || !side(size.height) {
            return Err(Failure::new(FailureKind::Invalid, format!("a clip of {size} cannot be made"))
                .hint("Choose an even size between 16 and 8192 pixels a side."));
        }
        clip::source(frame, layers, motion)
    }
}

/// The first frame of a layered scene as a PNG: what the illustrator shows.
pub(crate) fn first_frame(scene: &illustrator::RasterScene) -> Result<Vec<u8>, Failure> {
    let mut frame = compositor::Frame::new(scene);
    compositor::compose(scene, 0.0, 0.0, &mut frame);
    let pixels = yuv::show(scene, &frame);
    illustrator::png::encode(scene.size, &pixels)
}
