//! The conform: a clip of any shape becomes its segment of the film – size, speed, length, fade, captions, card – so
//! that all segments can be joined by copying.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use story::Size;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::draft::Draft;
use crate::plate::{Panel, Plate, card_plate};
use crate::{Ffmpeg, FilmError, FrameOrder, Probe, Progress, Segment, SegmentCaption, probe};

/// Plates of one size and place, shown one after another without a gap, and when, in frames of the segment.
struct Overlay {
    /// Each with how many frames it is shown.
    plates: Vec<(Plate, u32)>,
    from: u32,
    to: u32,
    fade_in: u32,
    fade_out: u32,
}

/// A clip that becomes a segment.
#[derive(Debug, Clone)]
pub enum Footage {
    /// A video file.
    File {
        /// Where it is.
        path: PathBuf,
        /// What is in it, where that is known; else the file is looked at, which costs as much as encoding a second of it.
        seen: Option<Probe>,
    },
    /// Frames that are drawn as they are encoded.
    Frames(FrameOrder),
}

impl From<&Path> for Footage {
    fn from(path: &Path) -> Self {
        Self::File { path: path.to_owned(), seen: None }
    }
}

impl Footage {
    /// What errors are about: the file, or what is made from the frames.
    fn about<'a>(&'a self, out: &'a Path) -> &'a Path {
        match self {
            Self::File { path, .. } => path,
            Self::Frames(_) => out,
        }
    }
}

/// A clip and how it is read.
struct Source {
    /// The arguments of ffmpeg up to and with the input.
    input: Vec<OsString>,
    filters: String,
}

impl Source {
    /// Frames without a file around them.
    fn raw(order: &FrameOrder, from: impl Into<OsString>, segment: &Segment, (start, count): (u32, u32)) -> Self {
        let (size, fps) = (order.size.to_string(), order.fps.to_string());
        let how = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", &size, "-framerate", &fps];
        let how = how.into_iter().chain(["-color_range", "tv", "-colorspace", "bt709", "-i"]);
        let input = how.map(OsString::from).chain([from.into()]).collect();
        Self { input, filters: filters(segment, (order.size, "bt709"), order.fps != segment.fps, (start, count)) }
    }
}

/// Makes the segment of a shot at `out` (MP4) from its clip. `previous` is the clip of the shot before; it is only
/// read when the segment fades in, and a segment without it then starts with a cut. A clip that is too short holds its
/// last picture.
pub async fn conform_shot(
    ffmpeg: &Ffmpeg,
    segment: &Segment,
    clip: &Footage,
    previous: Option<&Footage>,
    out: &Path,
    cancel: &CancellationToken,
    progress: &Progress,
) -> Result<(), FilmError> {
    let about = clip.about(out);
    let work = TempDir::with_prefix("conform-").map_err(FilmError::file("conforming a shot", out))?;
    let mut sources = vec![match clip {
        Footage::File { path, seen } => {
            filmed(ffmpeg, segment, (path, seen.as_ref()), 0, segment.frames, cancel).await?
        }
        Footage::Frames(order) => Source::raw(order, "pipe:0", segment, (0, segment.frames)),
    }];
    if let Some(before) = previous.filter(|_| segment.fade_in_frames > 0) {
        let (from, count) = (segment.previous_from, segment.fade_in_frames);
        sources.push(match before {
            Footage::File { path, seen } => filmed(ffmpeg, segment, (path, seen.as_ref()), from, count, cancel).await?,
            Footage::Frames(order) => faded(order, segment, work.path(), cancel).await?,
        });
    }
    let drawn = segment.clone();
    let overlays = tokio::task::spawn_blocking(move || overlays(&drawn))
        .await
        .map_err(|e| FilmError::Draw { detail: e.to_string() })??;
    let draft = Draft::of(out)?;

    let mut call = ffmpeg.call("conforming a shot", about).args(["-filter_complex_threads", "1"]);
    for source in &sources {
        call = call.args(source.input.iter().cloned());
    }
    for (i, (plate, _)) in overlays.iter().flat_map(|overlay| &overlay.plates).enumerate() {
        let path = work.path().join(format!("{i}.png"));
        std::fs::write(&path, &plate.png).map_err(FilmError::file("drawing captions", &path))?;
        call = call.args(["-f", "image2", "-pattern_type", "none", "-framerate", &segment.fps.to_string(), "-i"]);
        call = call.file(&path);
    }
    let call = call
        .args(["-filter_complex", &graph(segment, &sources, &overlays), "-map", "[film]", "-an"])
        .args(ffmpeg.h264_args(segment.size, segment.fps))
        .args(["-frames:v", &segment.frames.to_string()])
        .file(draft.path());
    let written = match clip {
        Footage::File { .. } => call.frames(segment.frames, cancel, progress).await?,
        Footage::Frames(order) => {
            let feed = |stdin| order.feed((0, frames_of(order, segment, segment.frames)), stdin, out, cancel);
            call.frames_fed(segment.frames, feed, cancel, progress).await?
        }
    };
    if written != segment.frames {
        let detail = format!("{written} of {} frames came out of it", segment.frames);
        return Err(FilmError::Unusable { path: about.to_owned(), detail });
    }
    draft.keep()
}

/// How many of its own frames an order shows in `count` frames of a segment.
fn frames_of(order: &FrameOrder, segment: &Segment, count: u32) -> u32 {
    let own = (u64::from(count) * u64::from(order.fps)).div_ceil(u64::from(segment.fps.max(1)));
    u32::try_from(own).unwrap_or(u32::MAX).clamp(1, order.frames.max(1))
}

/// The frames of a drawn clip that fade into the segment after it, in a file: a process has one standard input.
async fn faded(
    order: &FrameOrder,
    segment: &Segment,
    folder: &Path,
    cancel: &CancellationToken,
) -> Result<Source, FilmError> {
    let path = folder.join("before.yuv");
    let failed = || FilmError::file("drawing frames", &path);
    // A clip that ends before holds its last picture.
    let from = frames_of(order, segment, segment.previous_from + 1) - 1;
    let count = frames_of(order, segment, segment.fade_in_frames);
    let file = tokio::fs::File::create(&path).await.map_err(failed())?;
    order.feed((from, count), file, &path, cancel).await?;
    let mut from = OsString::from("file:");
    from.push(&path);
    Ok(Source::raw(order, from, segment, (0, segment.fade_in_frames)))
}

/// How frames `from`..`from + count` of a file, counted at the film's speed, are read in the film's shape.
async fn filmed(
    ffmpeg: &Ffmpeg,
    segment: &Segment,
    (path, seen): (&Path, Option<&Probe>),
    from: u32,
    count: u32,
    cancel: &CancellationToken,
) -> Result<Source, FilmError> {
    let found = match seen {
        Some(seen) => seen.clone(),
        None => probe(ffmpeg, path, cancel).await?,
    };
    let no_picture = || FilmError::Unusable { path: path.to_owned(), detail: "there is no picture in it".to_owned() };
    let video = found.video.ok_or_else(no_picture)?;
    let fps = segment.fps;
    // Whole seconds keep the frames on the film's grid; a clip that ends before is read from its last second.
    let skip = (from / fps).min(found.duration_ms.saturating_sub(1000) / 1000);
    // A still is shorter than one frame of a slow film, and would give none.
    let still = if found.duration_ms < 1000 / fps.max(1) { "tpad=stop_mode=clone:stop_duration=1," } else { "" };
    let shape = filters(segment, (video.size, &video.matrix), true, (from - skip * fps, count));
    let mut file = OsString::from("file:");
    file.push(path);
    let input = ["-threads", "1", "-ss", &skip.to_string(), "-i"].map(OsString::from).into_iter().chain([file]);
    Ok(Source { input: input.collect(), filters: format!("setpts=PTS-STARTPTS,{still}{shape}") })
}

/// Brings pictures of a size and colour matrix to a segment's, `count` of them from `start`.
fn filters(segment: &Segment, (is, matrix): (Size, &str), paced: bool, (start, count): (u32, u32)) -> String {
    let size = segment.size;
    let mut filters = if paced { format!("fps={}:start_time=0,", segment.fps) } else { String::new() };
    if is != size || matrix != "bt709" {
        // Files that do not tell their matrix are taken for what nearly all of them are.
        let matrix = if matrix.is_empty() { ":in_color_matrix=bt709" } else { "" };
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
    filters
}

/// The plates of a segment, the card below the captions.
fn overlays(segment: &Segment) -> Result<Vec<Overlay>, FilmError> {
    let mut found = Vec::new();
    if let Some(card) = &segment.card
        && let Some(plate) = card_plate(&card.text, segment.size)?
    {
        let (from, to) = (card.from, card.to.max(card.from + 1));
        let fade = (segment.fps * 6 / 10).min((to - from) / 3);
        let fade_out = if card.soft_out { fade } else { 0 };
        found.push(Overlay { plates: vec![(plate, to - from)], from, to, fade_in: fade, fade_out });
    }
    for caption in &segment.captions {
        let Some(panel) = Panel::of(&caption.text, segment.size)? else { continue };
        let (from, to) = (caption.from, caption.to);
        let mut plates = Vec::new();
        for (lit, frames) in lit(caption) {
            plates.extend(panel.plate(lit)?.map(|plate| (plate, frames)));
        }
        let fade = |soft: bool| if soft { (segment.fps / 8).min((to - from) / 4) } else { 0 };
        let (fade_in, fade_out) = (fade(caption.soft_in), fade(caption.soft_out));
        found.push(Overlay { plates, from, to, fade_in, fade_out });
    }
    Ok(found)
}

/// Which word of a caption is lit, and for how many frames: none until the first is heard, then each until the next.
fn lit(caption: &SegmentCaption) -> Vec<(Option<usize>, u32)> {
    let mut shown = Vec::new();
    let mut at = caption.from;
    let mut word = None;
    for (next, from) in caption.said.iter().enumerate() {
        if *from > at {
            shown.push((word, from - at));
            at = *from;
        }
        word = Some(next);
    }
    shown.push((word, caption.to - at));
    shown.retain(|(_, frames)| *frames > 0);
    shown
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
    let mut input = sources.len();
    for (i, overlay) in overlays.iter().enumerate() {
        let length = overlay.to - overlay.from;
        let Some((first, _)) = overlay.plates.first() else { continue };
        let mut parts = String::new();
        for (part, (_, frames)) in overlay.plates.iter().enumerate() {
            let _ = write!(
                graph,
                ";[{input}:v]format=yuva420p,loop=loop={}:size=1:start=0,setpts=N/({}*TB)[p{i}-{part}]",
                frames - 1,
                segment.fps
            );
            let _ = write!(parts, "[p{i}-{part}]");
            input += 1;
        }
        let _ = write!(graph, ";{parts}concat=n={}", overlay.plates.len());
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
            first.x,
            first.y,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_caption_is_shown_all_its_time_and_each_word_once(
            from in 0u32..50,
            length in 1u32..200,
            said in prop::collection::vec(0.0f64..=1.0, 0..12),
        ) {
            let mut said: Vec<u32> = said.iter().map(|share| from + (f64::from(length) * share) as u32).collect();
            said.sort_unstable();
            let caption =
                SegmentCaption { text: String::new(), from, to: from + length, soft_in: true, soft_out: true, said };
            let shown = lit(&caption);
            prop_assert_eq!(shown.iter().map(|(_, frames)| frames).sum::<u32>(), length);
            let mut at = from;
            for (word, frames) in shown {
                prop_assert!(frames > 0);
                match word {
                    Some(word) => prop_assert_eq!(caption.said[word], at),
                    None => prop_assert!(at == from && caption.said.first().is_none_or(|first| *first > at)),
                }
                at += frames;
                prop_assert!(caption.said.iter().filter(|said| **said < at).count() <= word.map_or(0, |word| word + 1));
            }
        }
    }
}
