//! The mezzanine: drawn frames encoded fast and nearly without loss, to be conformed later.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use story::Size;
use tokio::io::AsyncWriteExt;
use tokio::process::ChildStdin;
use tokio_util::sync::CancellationToken;

use crate::draft::Draft;
use crate::ffmpeg::Quality;
use crate::{Ffmpeg, FilmError, Probe, Progress, VideoStream};

/// Draws a frame as planar YUV 4:2:0, BT.709, limited range: width × height luma bytes, then two planes of a quarter
/// of that. Called for any frame in any order from several threads.
pub type Draw = dyn Fn(u32, &mut [u8]) + Send + Sync;

/// Frames to be encoded.
#[derive(Clone)]
pub struct FrameOrder {
    /// The picture size; both sides even.
    pub size: Size,
    /// Frames a second.
    pub fps: u32,
    /// How many frames.
    pub frames: u32,
    /// Draws them.
    pub draw: Arc<Draw>,
}

impl std::fmt::Debug for FrameOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FrameOrder({} of {} at {})", self.frames, self.size, self.fps)
    }
}

/// Draws frames and encodes them to `out` (MP4); tells what is in it. The next frames are drawn on all cores while
/// ffmpeg takes the last.
pub async fn encode_frames(
    ffmpeg: &Ffmpeg,
    order: &FrameOrder,
    out: &Path,
    cancel: &CancellationToken,
    progress: &Progress,
) -> Result<Probe, FilmError> {
    let draft = Draft::of(out)?;
    let size = order.size.to_string();
    ffmpeg
        .call("encoding frames", out)
        .args(["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", &size, "-r", &order.fps.to_string()])
        .args(["-color_range", "tv", "-colorspace", "bt709", "-i", "pipe:0"])
        .args(ffmpeg.h264_args(order.size, order.fps, Quality::Mezzanine))
        .file(draft.path())
        .fed(cancel, |stdin| feed(order, stdin, out, cancel, progress))
        .await?;
    draft.keep()?;
    let video = VideoStream {
        codec: "h264".to_owned(),
        size: order.size,
        fps: f64::from(order.fps),
        frames: order.frames,
        matrix: "bt709".to_owned(),
    };
    let duration_ms = (u64::from(order.frames) * 1000 / u64::from(order.fps.max(1))) as u32;
    Ok(Probe { duration_ms, video: Some(video), audio: None })
}

async fn feed(
    order: &FrameOrder,
    mut stdin: ChildStdin,
    out: &Path,
    cancel: &CancellationToken,
    progress: &Progress,
) -> Result<(), FilmError> {
    let batch = (rayon::current_num_threads() as u32 * 2).clamp(2, 8);
    let mut ready = draw(order, 0, batch, Vec::new(), cancel).await?;
    let mut spare = Vec::new();
    let mut done = 0;
    while done < order.frames {
        let next = draw(order, done + batch, batch, std::mem::take(&mut spare), cancel);
        let write = async {
            for frame in &ready {
                stdin.write_all(frame).await.map_err(FilmError::file("encoding frames", out))?;
            }
            Ok(())
        };
        let (written, drawn) = tokio::join!(write, next);
        written?;
        done = (done + batch).min(order.frames);
        progress(done as f32 / order.frames as f32);
        spare = std::mem::replace(&mut ready, drawn?);
    }
    stdin.shutdown().await.map_err(FilmError::file("encoding frames", out))
}

/// Draws up to `count` frames from `from`, into the buffers of an earlier batch.
async fn draw(
    order: &FrameOrder,
    from: u32,
    count: u32,
    mut buffers: Vec<Vec<u8>>,
    cancel: &CancellationToken,
) -> Result<Vec<Vec<u8>>, FilmError> {
    let count = count.min(order.frames.saturating_sub(from));
    let bytes = (order.size.width * order.size.height * 3 / 2) as usize;
    let (draw, cancel) = (order.draw.clone(), cancel.clone());
    let drawn = tokio::task::spawn_blocking(move || {
        buffers.resize_with(count as usize, Vec::new);
        buffers.par_iter_mut().enumerate().for_each(|(i, buffer)| {
            buffer.resize(bytes, 0);
            if !cancel.is_cancelled() {
                draw(from + i as u32, buffer);
            }
        });
        buffers
    });
    drawn.await.map_err(|e| FilmError::Draw { detail: format!("a frame after {from} could not be drawn ({e})") })
}
