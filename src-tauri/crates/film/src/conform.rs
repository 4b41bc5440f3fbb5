//! The conform: a clip of any shape becomes its segment of the film – size, speed, length, fade, captions, card – so
//! that all segments can be joined by copying.

use std::fmt::Write as _;
use std::path::Path;

use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::draft::Draft;
use crate::ffmpeg::Quality;
use crate::plate::{Plate, caption_plate, card_plate};
use crate::{Ffmpeg, FilmError, Probe, Progress, Segment, probe};

/// A plate and when it is shown, in frames of the segment.
struct Overlay {
    plate: Plate,
    from: u32,
    to: u32,
    fade_in: u32,
    fade_out: u32,
}

/// A clip that becomes a segment.
#[derive(Debug, Clone, Copy)]
pub struct Footage<'a> {
    /// The file.
    pub path: &'a Path,
    /// What is in it, where that is known; else the file is looked at, which costs as much as encoding a second of it.
    pub seen: Option<&'a Probe>,
}

impl<'a> From<&'a Path> for Footage<'a> {
    fn from(path: &'a Path) -> Self {
        Self { path, seen: None }
    }
}

/// A clip and how it is read.
struct Source<'a> {
    path: &'a Path,
    /// Seconds that are skipped without decoding them.
    skip: u32,
    filters: String,
}

/// Makes the segment of a shot at `out` (MP4) from its clip. `previous` is the clip of the shot before; it is only
/// read when the segment fades in, and a segment without it then starts with a cut. A clip that is too short holds its
/// last picture.
pub async fn conform_shot(
    ffmpeg: &Ffmpeg,
    segment: &Segment,
    clip: Footage<'_>,
    previous: Option<Footage<'_>>,
    out: &Path,
    cancel: &CancellationToken,
    progress: &Progress,
) -> Result<(), FilmError> {
    let mut sources = vec![source(ffmpeg, segment, clip, 0, segment.frames, cancel).await?];
    if let Some(before) = previous.filter(|_| segment.fade_in_frames > 0) {
        let (from, count) = (segment.previous_from, segment.fade_in_frames);
        sources.push(source(ffmpeg, segment, before, from, count, cancel).await?);
    }
    let drawn = segment.clone();
    let overlays = tokio::task::spawn_blocking(move || overlays(&drawn))
        .await
        .map_err(|e| FilmError::Draw { detail: e.to_string() })??;
    let draft = Draft::of(out)?;
    let plates = TempDir::with_prefix("plates-").map_err(FilmError::file("drawing captions", out))?;

    let mut call = ffmpeg.call("conforming a shot", clip.path).args(["-filter_complex_threads", "1"]);
    for source in &sources {
        call = call.args(["-threads", "1", "-ss", &source.skip.to_string(), "-i"]).file(source.path);
    }
    for (i, overlay) in overlays.iter().enumerate() {
        let path = plates.path().join(format!("{i}.png"));
        std::fs::write(&path, &overlay.plate.png).map_err(FilmError::file("drawing captions", &path))?;
        call = call.args(["-f", "image2", "-pattern_type", "none", "-framerate", &segment.fps.to_string(), "-i"]);
        call = call.file(&path);
    }
    let written = call
        .args(["-filter_complex", &graph(segment, &sources, &overlays), "-map", "[film]", "-an"])
        .args(ffmpeg.h264_args(segment.size, segment.fps, Quality::Film))
        .args(["-frames:v", &segment.frames.to_string()])
        .file(draft.path())
        .frames(segment.frames, cancel, progress)
        .await?;
    if written != segment.frames {
        let detail = format!("{written} of {} frames came out of it", segment.frames);
        return Err(FilmError::Unusable { path: clip.path.to_owned(), detail });
    }
    draft.keep()
}

/// How frames `from`..`from + count` of a clip, counted at the film's speed, are read in the film's shape.
async fn source<'a>(
    ffmpeg: &Ffmpeg,
    segment: &Segment,
    footage: Footage<'a>,
    from: u32,
    count: u32,
    cancel: &CancellationToken,
) -> Result<Source<'a>, FilmError> {
    let path = footage.path;
    let found = match footage.seen {
        Some(seen) => seen.clone(),
        None => probe(ffmpeg, path, cancel).await?,
    };
    let no_picture = || FilmError::Unusable { path: path.to_owned(), detail: "there is no picture in it".to_owned() };
    let video = found.video.ok_or_else(no_picture)?;
    let fps = segment.fps;
    // Whole seconds keep the frames on the film's grid; a clip that ends before is read from its last second.
    let skip = (from / fps).min(found.duration_ms.saturating_sub(1000) / 1000);
    let start = from - skip * fps;
    let size = segment.size;
    // A still is shorter than one frame of a slow film, and would give none.
    let still = if found.duration_ms < 1000 / fps.max(1) { "tpad=stop_mode=clone:stop_duration=1," } else { "" };
    let mut filters = format!("setpts=PTS-STARTPTS,{still}fps={fps}:start_time=0,");
    if video.size != size || video.matrix != "bt709" {
        // Files that do not tell their matrix are taken for what nearly all of them are.
        let matrix = if video.matrix.is_empty() { ":in_color_matrix=bt709" } else { "" };
        let _ = write!(
            filters,
            "scale={0}:{1}:force_original_aspect_ratio=increase:flags=bicubic{matrix}:out_color_matrix=bt709:\
             out_range=tv,crop={0}:{1},",
            size.width, size.height
        );
    }
    let end = start + count;
    let _ = write!(
        filters,
        "format=yuv420p,setsar=1,tpad=stop=-1:stop_mode=clone,trim=start_frame={start}:end_frame={end},\
         setpts=PTS-STARTPTS"
    );
    Ok(Source { path, skip, filters })
}

/// The plates of a segment, the card below the captions.
fn overlays(segment: &Segment) -> Result<Vec<Overlay>, FilmError> {
    let mut found = Vec::new();
    if let Some(card) = &segment.card
        && let Some(plate) = card_plate(&card.text, segment.size)?
    {
        let (from, to) = (card.from, card.to.max(card.from + 1));
        let fade = (segment.fps * 6 / 10).min((to - from) / 3);
        found.push(Overlay { plate, from, to, fade_in: fade, fade_out: if card.soft_out { fade } else { 0 } });
    }
    for caption in &segment.captions {
        if let Some(plate) = caption_plate(&caption.text, segment.size)? {
            let (from, to) = (caption.from, caption.to);
            let fade = |soft: bool| if soft { (segment.fps / 8).min((to - from) / 4) } else { 0 };
            let (fade_in, fade_out) = (fade(caption.soft_in), fade(caption.soft_out));
            found.push(Overlay { plate, from, to, fade_in, fade_out });
        }
    }
    Ok(found)
}

/// The filter graph. It holds numbers only: words reach ffmpeg as pictures.
fn graph(segment: &Segment, sources: &[Source], overlays: &[Overlay]) -> String {
    let mut graph = format!("[0:v:0]{}[v0]", sources[0].filters);
    let mut last = 0;
    if let Some(before) = sources.get(1) {
        let fade = segment.fade_in_frames;
        let _ = write!(
            graph,
            ";[1:v:0]{},format=yuva420p,fade=t=out:start_frame=0:nb_frames={fade}:alpha=1[before];\
             [v0][before]overlay=0:0:eof_action=pass[v1]",
            before.filters
        );
        last = 1;
    }
    for (i, overlay) in overlays.iter().enumerate() {
        let input = sources.len() + i;
        let length = overlay.to - overlay.from;
        let _ = write!(graph, ";[{input}:v]format=yuva420p,loop=loop={}:size=1:start=0", length - 1);
        if overlay.fade_in > 0 {
            let _ = write!(graph, ",fade=t=in:start_frame=0:nb_frames={}:alpha=1", overlay.fade_in);
        }
        if overlay.fade_out > 0 {
            let (start, frames) = (length - overlay.fade_out, overlay.fade_out);
            let _ = write!(graph, ",fade=t=out:start_frame={start}:nb_frames={frames}:alpha=1");
        }
        let _ = write!(
            graph,
            ",setpts=(N+{})/({}*TB)[p{i}];[v{last}][p{i}]overlay={}:{}:eof_action=pass[v{}]",
            overlay.from,
            segment.fps,
            overlay.plate.x,
            overlay.plate.y,
            last + 1
        );
        last += 1;
    }
    let _ = write!(graph, ";[v{last}]");
    if segment.from_black > 0 {
        let _ = write!(graph, "fade=t=in:start_frame=0:nb_frames={},", segment.from_black);
    }
    if segment.to_black > 0 {
        // The fade counts from its first darkened frame; the very last is black.
        let start = segment.frames.saturating_sub(segment.to_black + 1);
        let _ = write!(graph, "fade=t=out:start_frame={start}:nb_frames={},", segment.to_black);
    }
    graph.push_str("setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,format=yuv420p[film]");
    graph
}
