//! The cut: segments and sound become one file, which counts only when it has been looked at.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use story::{Timeline, clean_text};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::draft::Draft;
use crate::{Ffmpeg, FilmError, Probe, Progress, probe, srt};

/// A chapter of the film.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Where it starts, in milliseconds from the start of the film.
    pub start_ms: u32,
    /// Its name.
    pub title: String,
}

/// Everything the film is joined from.
#[derive(Debug, Clone, Copy)]
pub struct CutOrder<'a> {
    /// What the film must be.
    pub timeline: &'a Timeline,
    /// The segments of its shots, in order, as [`crate::conform_shot`] made them.
    pub segments: &'a [PathBuf],
    /// The sound, as [`crate::mix()`] made it.
    pub sound: &'a Path,
    /// The title that players show.
    pub title: &'a str,
    /// The chapters in order; may be empty.
    pub chapters: &'a [Chapter],
    /// Whether the captions are put into the file as a track that can be switched on.
    pub caption_track: bool,
}

/// Joins the film at `out` (MP4) without encoding anything again, and checks that it is what was laid out.
pub async fn cut(
    ffmpeg: &Ffmpeg,
    order: &CutOrder<'_>,
    out: &Path,
    cancel: &CancellationToken,
    progress: &Progress,
) -> Result<Probe, FilmError> {
    let draft = Draft::of(out)?;
    let notes = TempDir::with_prefix("cut-").map_err(FilmError::file("joining the film", out))?;
    let note = |name: &str, text: String| {
        let path = notes.path().join(name);
        std::fs::write(&path, text).map_err(FilmError::file("joining the film", &path)).map(|()| path)
    };
    let list = note("segments.txt", segment_list(order, out)?)?;
    let about = note("about.txt", metadata(order))?;
    let captions = if order.caption_track { srt(order.timeline) } else { String::new() };

    let mut call = ffmpeg.call("joining the film", out).args(["-f", "concat", "-safe", "0"]).arg_input(&list);
    call = call.arg_input(order.sound).args(["-f", "ffmetadata"]).arg_input(&about);
    let mut maps = vec!["-map", "0:v:0", "-map", "1:a:0", "-map_metadata", "2", "-map_chapters", "2", "-c", "copy"];
    if !captions.is_empty() {
        call = call.args(["-f", "srt"]).arg_input(&note("captions.srt", captions)?);
        maps.extend(["-map", "3:s:0", "-c:s", "mov_text"]);
    }
    // Never -shortest: with captions it cuts the picture. The sound has the film's length already.
    let scale = (order.timeline.fps * 512).to_string();
    call.args(maps)
        .args(["-movflags", "+faststart", "-fflags", "+bitexact", "-video_track_timescale", &scale])
        .file(draft.path())
        .frames(order.timeline.frames(), cancel, progress)
        .await?;
    let found = probe(ffmpeg, draft.path(), cancel).await?;
    if let Some(detail) = found.differs_from(order.timeline) {
        return Err(FilmError::Unusable { path: out.to_owned(), detail });
    }
    draft.keep()?;
    Ok(found)
}

/// The list the concat demuxer reads (<https://ffmpeg.org/ffmpeg-formats.html#concat-1>). It tells how long every
/// segment is, because the file's own length is rounded to milliseconds, and a film of many shots would drift.
fn segment_list(order: &CutOrder, out: &Path) -> Result<String, FilmError> {
    let shots = &order.timeline.shots;
    if order.segments.len() != shots.len() {
        let detail = format!("there are segments for {} of {} shots", order.segments.len(), shots.len());
        return Err(FilmError::Unusable { path: out.to_owned(), detail });
    }
    let mut list = "ffconcat version 1.0\n".to_owned();
    for (segment, shot) in order.segments.iter().zip(shots) {
        let path = std::path::absolute(segment).map_err(FilmError::file("joining the film", segment))?;
        let name = path.to_str().filter(|name| !name.contains(['\n', '\r'])).ok_or_else(|| FilmError::Unusable {
            path: path.clone(),
            detail: "its folder has a name that ffmpeg cannot read".to_owned(),
        })?;
        let seconds = f64::from(shot.frames) / f64::from(order.timeline.fps);
        let _ = writeln!(list, "file 'file:{}'\nduration {seconds:.6}", name.replace('\'', "'\\''"));
    }
    Ok(list)
}

/// Title and chapters (<https://ffmpeg.org/ffmpeg-formats.html#Metadata-2>).
fn metadata(order: &CutOrder) -> String {
    let mut text = format!(";FFMETADATA1\ntitle={}\n", metadata_value(order.title));
    for (i, chapter) in order.chapters.iter().enumerate() {
        let end = order.chapters.get(i + 1).map_or(order.timeline.duration_ms(), |next| next.start_ms);
        let title = metadata_value(&chapter.title);
        let _ = write!(text, "[CHAPTER]\nTIMEBASE=1/1000\nSTART={}\nEND={end}\ntitle={title}\n", chapter.start_ms);
    }
    text
}

fn metadata_value(text: &str) -> String {
    let mut value = String::new();
    for c in clean_text(text, 200).chars() {
        if matches!(c, '=' | ';' | '#' | '\\') {
            value.push('\\');
        }
        value.push(c);
    }
    value
}
