//! Frames that are drawn while ffmpeg takes them, without a file between.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use story::Size;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio_util::sync::CancellationToken;

use crate::FilmError;

/// Draws a frame as planar YUV 4:2:0, BT.709, limited range: width × height luma bytes, then two planes of a quarter
/// of that. Called for any frame in any order from several threads.
pub type Draw = dyn Fn(u32, &mut [u8]) + Send + Sync;

/// Makes ready to draw; says in words why it cannot. Called on a thread that may be blocked, when the first frame is
/// about to be drawn; what it gives is dropped with the last, so that no layer is held for longer.
pub type Open = dyn Fn() -> Result<Arc<Draw>, String> + Send + Sync;

/// Frames to be drawn.
#[derive(Clone)]
pub struct FrameOrder {
    /// The picture size; both sides even.
    pub size: Size,
    /// Frames a second.
    pub fps: u32,
    /// How many frames.
    pub frames: u32,
    /// Draws them.
    pub open: Arc<Open>,
}

impl std::fmt::Debug for FrameOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FrameOrder({} of {} at {})", self.frames, self.size, self.fps)
    }
}

impl FrameOrder {
    /// Draws up to `count` frames from `from` into a pipe or file, one after another. The next are drawn on all cores
    /// while the last are taken. Errors are about the file that is made.
    pub(crate) async fn feed(
        &self,
        (from, count): (u32, u32),
        mut into: impl AsyncWrite + Unpin,
        about: &Path,
        cancel: &CancellationToken,
    ) -> Result<(), FilmError> {
        let failed = || FilmError::file("drawing frames", about);
        let open = Arc::clone(&self.open);
        let opened = tokio::task::spawn_blocking(move || open()).await;
        let broken = |detail: String| FilmError::Draw { detail };
        let draw = opened.map_err(|e| broken(e.to_string()))?.map_err(broken)?;
        let end = from.saturating_add(count).min(self.frames);
        let batch = (rayon::current_num_threads() as u32 * 2).clamp(2, 8);
        let mut ready = self.draw(&draw, from..end.min(from + batch), Vec::new(), cancel).await?;
        let (mut spare, mut at) = (Vec::new(), from + batch);
        while !ready.is_empty() {
            let next = self.draw(&draw, at..end.min(at + batch), std::mem::take(&mut spare), cancel);
            let write = async {
                for frame in &ready {
                    into.write_all(frame).await.map_err(failed())?;
                }
                Ok(())
            };
            let (written, drawn) = tokio::join!(write, next);
            written?;
            spare = std::mem::replace(&mut ready, drawn?);
            at += batch;
        }
        into.shutdown().await.map_err(failed())
    }

    /// Draws a range of frames into the buffers of an earlier one.
    async fn draw(
        &self,
        draw: &Arc<Draw>,
        range: std::ops::Range<u32>,
        mut buffers: Vec<Vec<u8>>,
        cancel: &CancellationToken,
    ) -> Result<Vec<Vec<u8>>, FilmError> {
        let bytes = (self.size.width * self.size.height * 3 / 2) as usize;
        let (draw, cancel, from) = (Arc::clone(draw), cancel.clone(), range.start);
        let drawn = tokio::task::spawn_blocking(move || {
            buffers.resize_with(range.len(), Vec::new);
            buffers.par_iter_mut().zip(range).for_each(|(buffer, index)| {
                buffer.resize(bytes, 0);
                if !cancel.is_cancelled() {
                    draw(index, buffer);
                }
            });
            buffers
        });
        drawn.await.map_err(|e| FilmError::Draw { detail: format!("a frame after {from} could not be drawn ({e})") })
    }
}
