//! Each kind of export: from what was gathered to its file.

use std::path::PathBuf;
use std::sync::Arc;

use film::export::{Captions, Over, Papers, Part, Recut, SoundFormat, copy_new, write_new};
use film::{Ffmpeg, Segment};
use story::Timeline;
use tempfile::TempDir;

use super::gather::{Film, film, need_film, papers, used};
use super::parts::{Parts, footage_of, opened, parts};
use super::{Export, blocking};
use crate::problem::{internal, not_found, not_now};
use crate::wire::{ExportCaptions, ExportFormat, Problem};

/// Makes the file.
pub(super) async fn make(export: &Export<'_>) -> Result<(), Problem> {
    match export.order.format {
        ExportFormat::Mp4 => video(export).await,
        ExportFormat::Gif => moving(export).await,
        ExportFormat::Wav => sound(export, SoundFormat::Wav).await,
        ExportFormat::Mp3 => sound(export, SoundFormat::Mp3).await,
        ExportFormat::Srt => subtitles(export, film::srt).await,
        ExportFormat::Vtt => subtitles(export, film::vtt).await,
        ExportFormat::Still => still(export).await,
        ExportFormat::Project => project(export).await,
        ExportFormat::Fountain => words(export, |papers| Ok(film::export::fountain(papers).into_bytes())).await,
        ExportFormat::Text => words(export, |papers| Ok(film::export::script_text(papers).into_bytes())).await,
        ExportFormat::ScriptPdf => words(export, |papers| Ok(film::export::script_pdf(papers)?)).await,
        ExportFormat::ShotList => words(export, |papers| Ok(film::export::shot_list(papers)?)).await,
        ExportFormat::StoryboardPdf => storyboard(export).await,
        ExportFormat::Pictures => pictures(export).await,
    }
}

/// The documents, of one scene alone when that is wanted.
async fn wanted_papers(export: &Export<'_>) -> Result<Papers, Problem> {
    let papers = papers(export.app.library(), &export.project).await?;
    match export.order.scene {
        Some(scene) if papers.of_scene(scene).is_none() => Err(not_found(format!("There is no scene {scene}."))),
        Some(scene) => Ok(papers.only_scene(scene)),
        None => Ok(papers),
    }
}

async fn words(
    export: &Export<'_>,
    make: impl FnOnce(&Papers) -> Result<Vec<u8>, Problem> + Send + 'static,
) -> Result<(), Problem> {
    let papers = wanted_papers(export).await?;
    let (out, over) = (export.out.clone(), export.over);
    blocking(move || Ok(write_new(&make(&papers)?, &out, over)?)).await
}

async fn storyboard(export: &Export<'_>) -> Result<(), Problem> {
    let papers = wanted_papers(export).await?;
    if papers.boards.is_empty() {
        return Err(not_now(
            "The project has no storyboard yet.",
            "Start the film; the storyboard follows the script.",
        ));
    }
    let first = papers.pictures.values().next().cloned();
    let ratio = papers.timeline.as_ref().map(|timeline| timeline.size.ratio());
    let (out, over, cancel, tell) = (export.out.clone(), export.over, export.cancel.clone(), Arc::clone(&export.tell));
    blocking(move || {
        let ratio = ratio.or_else(|| first.as_deref().and_then(film::export::ratio_of)).unwrap_or(16.0 / 9.0);
        let pdf = film::export::storyboard_pdf(&papers, ratio, &cancel, &*tell)?;
        Ok(write_new(&pdf, &out, over)?)
    })
    .await
}

async fn pictures(export: &Export<'_>) -> Result<(), Problem> {
    let papers = wanted_papers(export).await?;
    if papers.pictures.is_empty() {
        return Err(not_now("Nothing is drawn yet.", "Start the film; the frames are drawn after the storyboard."));
    }
    let (out, cancel, tell) = (export.out.clone(), export.cancel.clone(), Arc::clone(&export.tell));
    blocking(move || Ok(film::export::picture_folder(&papers, &out, &cancel, &*tell).map(drop)?)).await
}

async fn subtitles(export: &Export<'_>, write: fn(&Timeline) -> String) -> Result<(), Problem> {
    let film = need_film(export.app.library(), &export.project).await?;
    let (out, over) = (export.out.clone(), export.over);
    blocking(move || Ok(write_new(write(&film.facts.timeline).as_bytes(), &out, over)?)).await
}

async fn copy(from: PathBuf, export: &Export<'_>) -> Result<(), Problem> {
    let (out, over) = (export.out.clone(), export.over);
    blocking(move || Ok(copy_new(&from, &out, over)?)).await
}

async fn sound(export: &Export<'_>, format: SoundFormat) -> Result<(), Problem> {
    let film = need_film(export.app.library(), &export.project).await?;
    let about = (format, film.facts.title.as_str(), film.facts.timeline.duration_ms());
    let ffmpeg = Ffmpeg::discover().await?;
    let to = (export.out.as_path(), export.over);
    Ok(film::export::sound_of(&ffmpeg, &film.video, about, to, export.cancel, &*export.tell).await?)
}

/// What of a film is wanted: a file, and a stretch of it when it is not the whole.
struct Stretch {
    file: PathBuf,
    part: Part,
    whole: bool,
}

fn frames(timeline: &Timeline, from: u32, frames: u32, file: PathBuf) -> Stretch {
    Stretch { file, part: Part { from, frames, fps: timeline.fps }, whole: false }
}

/// Where the scene or the shot that is wanted is in the film.
async fn stretch(export: &Export<'_>, film: &Film, file: PathBuf) -> Result<Option<Stretch>, Problem> {
    let timeline = &film.facts.timeline;
    let order = export.order;
    if order.scene.is_none() && order.shot.is_none() {
        let part = Part { from: 0, frames: timeline.frames(), fps: timeline.fps };
        return Ok(Some(Stretch { file, part, whole: true }));
    }
    let papers = papers(export.app.library(), &export.project).await?;
    if let Some(number) = order.shot {
        let shot = papers.shot(order.scene, number).ok_or_else(|| not_found(format!("There is no shot {number}.")))?;
        let timed = timeline.shots.iter().find(|timed| timed.shot == shot.id);
        return Ok(timed.map(|timed| frames(timeline, timed.start_frame, timed.frames, file)));
    }
    let number = order.scene.unwrap_or_default();
    let scene = papers.of_scene(number).ok_or_else(|| not_found(format!("There is no scene {number}.")))?;
    let board = papers.boards.iter().find(|board| board.scene == scene.id);
    let shots: Vec<_> = board.iter().flat_map(|board| &board.shots).map(|shot| &shot.id).collect();
    let timed: Vec<_> = timeline.shots.iter().filter(|timed| shots.contains(&&timed.shot)).collect();
    let (Some(first), Some(last)) = (timed.first(), timed.last()) else {
        return Err(not_now(
            format!("Scene {number} is not in the film."),
            "Start again to bring the film up to date.",
        ));
    };
    let end = last.start_frame + last.frames;
    Ok(Some(frames(timeline, first.start_frame, end - first.start_frame, file)))
}

/// The clip of a shot that is in no film yet.
async fn clip(export: &Export<'_>, ffmpeg: &Ffmpeg, work: &TempDir) -> Result<Stretch, Problem> {
    let library = export.app.library();
    let papers = papers(library, &export.project).await?;
    let number = export.order.shot.unwrap_or_default();
    let shot =
        papers.shot(export.order.scene, number).ok_or_else(|| not_found(format!("There is no shot {number}.")))?;
    let clips = used(library, &export.project, "clip").await?;
    let none = || not_now("The clip of this shot is not made yet.", "Start the film.");
    match opened(library, &footage_of(&clips, &shot.id).ok_or_else(none)?).await? {
        film::Footage::File { path, .. } => {
            let found = film::probe(ffmpeg, &path, export.cancel).await?;
            let video = found.video.ok_or_else(|| internal("A clip has no picture."))?;
            let part = Part { from: 0, frames: video.frames, fps: (video.fps.round() as u32).max(1) };
            Ok(Stretch { file: path, part, whole: false })
        }
        film::Footage::Frames(order) => {
            let file = work.path().join("clip.mp4");
            let part = Part { from: 0, frames: order.frames, fps: order.fps };
            let plain = Segment::plain(order.size, order.fps, order.frames);
            let drawn = film::Footage::Frames(order);
            film::conform_shot(ffmpeg, &plain, &drawn, None, &file, export.cancel, &*export.tell).await?;
            Ok(Stretch { file, part, whole: false })
        }
    }
}

async fn video(export: &Export<'_>) -> Result<(), Problem> {
    export.over_check()?;
    let ffmpeg = Ffmpeg::discover().await?;
    let work = work_folder()?;
    let stretch = wanted(export, &ffmpeg, &work).await?;
    match (stretch.whole, export.order.height) {
        // In its size already, or saved as it is.
        (true, _) => copy(stretch.file, export).await,
        (false, height) => {
            let to = (export.out.as_path(), export.over);
            Ok(film::export::part(&ffmpeg, &stretch.file, stretch.part, height, to, export.cancel, &*export.tell)
                .await?)
        }
    }
}

async fn moving(export: &Export<'_>) -> Result<(), Problem> {
    export.over_check()?;
    let ffmpeg = Ffmpeg::discover().await?;
    let work = work_folder()?;
    let stretch = wanted(export, &ffmpeg, &work).await?;
    let to = (export.out.as_path(), export.over);
    Ok(film::export::animated(&ffmpeg, &stretch.file, stretch.part, to, export.cancel, &*export.tell).await?)
}

fn work_folder() -> Result<TempDir, Problem> {
    let folder = std::env::temp_dir();
    TempDir::with_prefix("workprint-").map_err(|e| crate::problem::unwritable(&folder, &e))
}

/// The film as it is wanted, with the captions that are wanted, and where in it what is wanted is.
async fn wanted(export: &Export<'_>, ffmpeg: &Ffmpeg, work: &TempDir) -> Result<Stretch, Problem> {
    let Some(film) = film(export.app.library(), &export.project).await? else {
        if export.order.shot.is_some() {
            return clip(export, ffmpeg, work).await;
        }
        return need_film(export.app.library(), &export.project).await.map(|film| Stretch {
            part: Part { from: 0, frames: film.facts.timeline.frames(), fps: film.facts.timeline.fps },
            file: film.video,
            whole: true,
        });
    };
    let whole = export.order.scene.is_none() && export.order.shot.is_none();
    let size = film.facts.timeline.size;
    let height = export.order.height.filter(|height| whole && *height != size.width.min(size.height));
    let file = match (export.order.captions, height) {
        (ExportCaptions::AsMade, None) => film.video.clone(),
        (captions, height) => match parts(export, &film).await? {
            Some(parts) => cut_again(export, ffmpeg, &film, &parts, (captions, height), work).await?,
            None if captions == ExportCaptions::AsMade => return Ok(resized(&film)),
            None => {
                return Err(not_now(
                    "The captions of this film cannot be changed: what it was cut from is not known here.",
                    "Make another version of it, or save it with its captions as they are.",
                ));
            }
        },
    };
    match stretch(export, &film, file).await? {
        Some(stretch) => Ok(stretch),
        None => clip(export, ffmpeg, work).await,
    }
}

/// The film itself, to be encoded in another size.
fn resized(film: &Film) -> Stretch {
    let timeline = &film.facts.timeline;
    frames(timeline, 0, timeline.frames(), film.video.clone())
}

async fn cut_again(
    export: &Export<'_>,
    ffmpeg: &Ffmpeg,
    film: &Film,
    parts: &Parts,
    (captions, height): (ExportCaptions, Option<u32>),
    work: &TempDir,
) -> Result<PathBuf, Problem> {
    let as_made = if parts.burned { Captions::Burned } else { Captions::Off };
    let captions = match captions {
        ExportCaptions::AsMade => as_made,
        ExportCaptions::Burned => Captions::Burned,
        ExportCaptions::Track => Captions::Track,
        ExportCaptions::Off => Captions::Off,
    };
    if captions == as_made && height.is_none() {
        return Ok(film.video.clone());
    }
    let order = Recut {
        timeline: &film.facts.timeline,
        shots: &parts.shots,
        sound: &film.video,
        title: &film.facts.title,
        chapters: &parts.chapters,
        captions,
        short_side: height,
        at_once: crate::app::cores() as usize,
    };
    let (file, _) = film::export::recut(ffmpeg, &order, work.path(), export.cancel, &export.tell).await?;
    Ok(file)
}

/// A picture: the frame of a shot, a moment of the film, or what stands for the film.
async fn still(export: &Export<'_>) -> Result<(), Problem> {
    export.over_check()?;
    let library = export.app.library();
    if let Some(number) = export.order.shot {
        let papers = papers(library, &export.project).await?;
        let shot =
            papers.shot(export.order.scene, number).ok_or_else(|| not_found(format!("There is no shot {number}.")))?;
        let picture = papers.pictures.get(&shot.id).cloned();
        let picture = picture.ok_or_else(|| not_now("This shot is not drawn yet.", "Start the film."))?;
        let (out, over) = (export.out.clone(), export.over);
        return blocking(move || Ok(film::export::picture(&picture, &out, over)?)).await;
    }
    let film = need_film(library, &export.project).await?;
    let at_ms = match (export.order.at_ms, export.order.scene) {
        (None, None) => return copy(film.poster, export).await,
        (Some(at), _) => {
            at.min(film.facts.timeline.duration_ms().saturating_sub(1000 / film.facts.timeline.fps.max(1)))
        }
        (None, Some(_)) => {
            let found = stretch(export, &film, film.video.clone()).await?;
            let part = found.ok_or_else(|| not_now("The scene is not in the film.", ""))?.part;
            film.facts.timeline.ms_at(part.from + part.frames / 2)
        }
    };
    let ffmpeg = Ffmpeg::discover().await?;
    let work = work_folder()?;
    let picture = work.path().join("still.png");
    film::still(&ffmpeg, &film.video, at_ms, None, &picture, export.cancel).await?;
    copy(picture, export).await
}

async fn project(export: &Export<'_>) -> Result<(), Problem> {
    export.over_check()?;
    let work = work_folder()?;
    let file = work.path().join("project.workprint");
    let (cancel, tell) = (export.cancel.clone(), Arc::clone(&export.tell));
    let onward = Arc::new(move |done: f32| {
        tell(done * 0.9);
        !cancel.is_cancelled()
    });
    let history = export.order.history;
    export.app.library().write_project(&export.project, history, &file, (crate::export::travel, onward)).await?;
    copy(file, export).await
}

impl Export<'_> {
    /// Refuses a place that is taken before any work is done for it.
    fn over_check(&self) -> Result<(), Problem> {
        let taken = self.over == Over::Never && self.out.symlink_metadata().is_ok();
        if taken { Err(film::FilmError::Exists { path: self.out.clone() }.into()) } else { Ok(()) }
    }
}
