//! The frames of a clip, drawn when they are asked for.

use std::sync::{Arc, Mutex, PoisonError};

use models::{Failure, FrameSource, Motion};
use story::{CameraMove, Seed, Size};

use super::compositor::{self, Frame};
use super::still::Still;
use super::yuv;
use crate::illustrator::{self, LayeredScene, RasterScene};

/// A layered scene in motion.
struct Clip {
    scene: Arc<RasterScene>,
    frames: u32,
    fps: f32,
    /// Frames that are not being drawn into at the moment.
    idle: Mutex<Vec<Frame>>,
}

/// The frames for an order: of its layers when it has them, else of its still.
pub(super) fn source(frame: &[u8], layers: Option<&[u8]>, motion: Motion) -> Result<Box<dyn FrameSource>, Failure> {
    let frames = motion.frames.max(1);
    let camera = camera_of(motion);
    match layers.and_then(LayeredScene::read) {
        Some(mut scene) if fits(&scene, motion.size) => {
            if motion.take > 0 {
                scene.camera = illustrator::path(camera, Seed::new(motion.take));
            }
            let scene = illustrator::raster_of(&scene, motion.size);
            Ok(Box::new(Clip { scene, frames, fps: motion.fps.max(1) as f32, idle: Mutex::new(vec![]) }))
        }
        _ => Ok(Box::new(Still::new(frame, motion.size, frames, camera)?)),
    }
}

/// What the camera does in a take: what the shot says, then each of the other moves in turn.
fn camera_of(motion: Motion) -> CameraMove {
    let others: Vec<_> =
        CameraMove::ALL.iter().filter(|other| ![motion.camera, CameraMove::Hold].contains(other)).collect();
    match motion.take.checked_sub(1) {
        Some(take) => *others[take as usize % others.len()],
        None => motion.camera,
    }
}

/// True when the scene was composed for the clip's shape; another shape is cut from the still.
fn fits(scene: &LayeredScene, size: Size) -> bool {
    (scene.width - LayeredScene::width_for(size)).abs() < 8.0
}

impl FrameSource for Clip {
    fn size(&self) -> Size {
        self.scene.size
    }

    fn frames(&self) -> u32 {
        self.frames
    }

    fn draw(&self, index: u32, out: &mut [u8]) {
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut frame = kept.unwrap_or_else(|| Frame::new(&self.scene));
        let done = if self.frames > 1 { index as f32 / (self.frames - 1) as f32 } else { 0.0 };
        compositor::compose(&self.scene, done, index as f32 / self.fps, &mut frame);
        yuv::planes(&self.scene, &frame, out);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(frame);
    }
}
