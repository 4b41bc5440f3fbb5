//! The conform: a clip of any shape becomes its segment of the film – size, speed, length, fade, captions, card – so
//! that all segments can be joined by copying.

use std::fmt::Write as _;
use std::path::Path;

use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::draft::Draft;
use crate::ffmpeg::Quality;
use crate::plate::{Panel, Plate, card_plate};
use crate::{Ffmpeg, FilmError, Probe, Progress, Segment, SegmentCaption, probe};

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
    for (i, (plate, _)) in overlays.iter().flat_map(|overlay| &overlay.plates).enumerate() {
        let path = plates.path().join(format!("{i}.png"));
        std::fs::write(&path, &plate.png).map_err(FilmError::file("drawing captions", &path))?;
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
