//! A part of a film (a shot, a scene) or the whole of it in another size, encoded again; and as a moving GIF.

use std::path::Path;

use story::Size;
use tokio_util::sync::CancellationToken;

use super::put::Over;
use crate::draft::Draft;
use crate::{Ffmpeg, FilmError, Progress, probe};

/// A GIF is at most so many pixels on its longer side, and so many frames a second: more only makes it large.
const GIF_SIDE: u32 = 640;
const GIF_FPS: u32 = 12;

/// A stretch of a film, in its own frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The first frame.
    pub from: u32,
    /// How many frames.
    pub frames: u32,
    /// Frames a second.
    pub fps: u32,
}

impl Part {
    /// From where ffmpeg reads: a little before the first frame, so that rounding never skips it.
    fn start(self) -> String {
        let frames = (f64::from(self.from) - 0.25).max(0.0);
        format!("{:.6}", frames / f64::from(self.fps.max(1)))
    }

    fn seconds(self) -> String {
        format!("{:.6}", f64::from(self.frames) / f64::from(self.fps.max(1)))
    }
}

/// A size with the same shape whose shorter side is `short` pixels, both even.
pub(super) fn resized(size: Size, short: u32) -> Size {
    let least = size.width.min(size.height).max(1);
    let side =
        |n: u32| (((u64::from(n) * u64::from(short) + u64::from(least)) / u64::from(2 * least)) as u32 * 2).max(2);
    Size { width: side(size.width), height: side(size.height) }
}

/// Saves a part of a film as MP4; `short_side` is the shorter side of its picture in pixels, otherwise it stays as it is.
pub async fn part(
    ffmpeg: &Ffmpeg,
    film: &Path,
    wanted: Part,
    short_side: Option<u32>,
    (out, over): (&Path, Over),
    cancel: &CancellationToken,
    progress: &Progress,
) -> Result<(), FilmError> {
    over.check(out)?;
    let found = probe(ffmpeg, film, cancel).await?;
    let unusable = |detail: String| FilmError::Unusable { path: film.to_owned(), detail };
    let size = found.video.as_ref().ok_or_else(|| unusable("there is no picture in it".to_owned()))?.size;
    let size = short_side.map_or(size, |short| resized(size, short));
    let draft = Draft::of(out)?;
    let scale = format!("scale={}:{}:flags=lanczos,setsar=1", size.width, size.height);
    let mut call = ffmpeg
        .call("saving a part of the film", film)
        .args(["-ss", &wanted.start()])
        .arg_input(film)
        .args(["-map", "0:v:0", "-map", "0:a:0?", "-t", &wanted.seconds(), "-vf", &scale])
        .args(ffmpeg.h264_args(size, wanted.fps));
    if found.audio.is_some() {
        call = call.args(ffmpeg.aac_args());
    }
    let written = call
        .args(["-frames:v", &wanted.frames.to_string(), "-movflags", "+faststart", "-f", "mp4"])
        .file(draft.path())
        .frames(wanted.frames, cancel, progress)
        .await?;
    if written != wanted.frames {
        return Err(unusable(format!("{written} of {} frames were there", wanted.frames)));
    }
    draft.keep_as(over)
}

/// Saves a part of a film as a GIF that moves for ever.
pub async fn animated(
    ffmpeg: &Ffmpeg,
    film: &Path,
    wanted: Part,
    (out, over): (&Path, Over),
    cancel: &CancellationToken,
    progress: &Progress,
) -> Result<(), FilmError> {
    over.check(out)?;
    let draft = Draft::of(out)?;
    let fps = GIF_FPS.min(wanted.fps);
    let graph = format!(
        "[0:v:0]fps={fps},scale='min({GIF_SIDE},iw)':'min({GIF_SIDE},ih)':force_original_aspect_ratio=decrease:\
         flags=lanczos,split[a][b];[a]palettegen=stats_mode=diff[colours];\
         [b][colours]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle[moving]"
    );
    let frames = wanted.frames * fps / wanted.fps.max(1);
    ffmpeg
        .call("saving a moving picture", film)
        .args(["-ss", &wanted.start(), "-t", &wanted.seconds()])
        .arg_input(film)
        .args(["-filter_complex", &graph, "-map", "[moving]", "-an", "-loop", "0", "-f", "gif"])
        .file(draft.path())
        .frames(frames.max(1), cancel, progress)
        .await?;
    draft.keep_as(over)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use story::Aspect;

    use super::*;

    proptest! {
        #[test]
        fn another_size_keeps_the_shape_and_is_even(
            aspect in prop::sample::select(Aspect::ALL.to_vec()),
            from in prop::sample::select(vec![144u32, 240, 480, 720, 1080]),
            to in prop::sample::select(vec![480u32, 720, 1080]),
        ) {
            let (size, made) = (aspect.size(from), resized(aspect.size(from), to));
            prop_assert_eq!((made.width % 2, made.height % 2), (0, 0));
            prop_assert_eq!(made.width.min(made.height), to);
            prop_assert!((made.ratio() / size.ratio() - 1.0).abs() < 0.02, "{} {}", size, made);
        }
    }
}
