//! The film once more from its clips: in another size, or with its captions burned in, as a track, or left out. The sound is
//! the film's own, copied.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use futures::{StreamExt, TryStreamExt};
use story::{CardText, Timeline};
use tokio_util::sync::CancellationToken;

use super::part::resized;
use crate::{Chapter, CutOrder, Ffmpeg, FilmError, Footage, Probe, Progress, Segment, conform_shot, cut, slate};

/// What becomes of the captions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Captions {
    /// They are part of the picture.
    Burned,
    /// They are a track that players can switch on.
    Track,
    /// There are none.
    Off,
}

/// What a shot of the film was conformed from.
#[derive(Debug, Clone)]
pub struct RecutShot {
    /// Its clip; without one, a slate stands in its place.
    pub clip: Option<Footage>,
    /// The clip of the shot before, where it fades into this one.
    pub before: Option<Footage>,
    /// The words on its slate.
    pub slate: Option<CardText>,
}

/// Everything a film is cut again from.
#[derive(Debug, Clone, Copy)]
pub struct Recut<'a> {
    /// The film, laid out.
    pub timeline: &'a Timeline,
    /// Its shots, in order.
    pub shots: &'a [RecutShot],
    /// A file with its sound: the film itself.
    pub sound: &'a Path,
    /// The title that players show.
    pub title: &'a str,
    /// Its chapters.
    pub chapters: &'a [Chapter],
    /// What becomes of the captions.
    pub captions: Captions,
    /// The shorter side of the picture in pixels, when it is to be another.
    pub short_side: Option<u32>,
    /// How many shots are worked on at once.
    pub at_once: usize,
}

/// Cuts the film again, inside an empty folder `scratch`; gives the file in it.
pub async fn recut(
    ffmpeg: &Ffmpeg,
    order: &Recut<'_>,
    scratch: &Path,
    cancel: &CancellationToken,
    progress: &Arc<Progress>,
) -> Result<(PathBuf, Probe), FilmError> {
    let mut timeline = order.timeline.clone();
    if let Some(short) = order.short_side {
        timeline.size = resized(timeline.size, short);
    }
    if order.shots.len() != timeline.shots.len() {
        let detail = format!("there are clips for {} of {} shots", order.shots.len(), timeline.shots.len());
        return Err(FilmError::Unusable { path: order.sound.to_owned(), detail });
    }
    let parts = Arc::new(Mutex::new(vec![0.0f32; timeline.shots.len()]));
    let all = timeline.frames().max(1) as f32;
    let (timeline, parts) = (&timeline, &parts);
    let conform = |index: usize| async move {
        let shot = &order.shots[index];
        let out = scratch.join(format!("{index}.mp4"));
        let mut segment = Segment::of(timeline, index)
            .ok_or_else(|| FilmError::Unusable { path: out.clone(), detail: "the film has no such shot".to_owned() })?;
        if order.captions != Captions::Burned {
            segment.captions.clear();
        }
        let clip = match (&shot.clip, &shot.slate) {
            (Some(clip), _) => clip.clone(),
            (None, words) => {
                // The words of the card are on the slate.
                segment.card = None;
                let words = words.clone().unwrap_or(CardText { title: String::new(), subtitle: String::new() });
                let path = scratch.join(format!("{index}.png"));
                let png = slate(&words, segment.size)?;
                std::fs::write(&path, png).map_err(FilmError::file("drawing a slate", &path))?;
                path.as_path().into()
            }
        };
        let share = segment.frames as f32 / all;
        let (parts, progress) = (Arc::clone(parts), Arc::clone(progress));
        let tell = move |done: f32| {
            let mut parts = parts.lock().unwrap_or_else(PoisonError::into_inner);
            parts[index] = done * share;
            progress(parts.iter().sum::<f32>() * 0.95);
        };
        conform_shot(ffmpeg, &segment, &clip, shot.before.as_ref(), &out, cancel, &tell).await?;
        Ok::<_, FilmError>(out)
    };
    let segments: Vec<PathBuf> = futures::stream::iter((0..timeline.shots.len()).map(conform))
        .buffered(order.at_once.max(1))
        .try_collect()
        .await?;
    let whole = CutOrder {
        timeline,
        segments: &segments,
        sound: order.sound,
        title: order.title,
        chapters: order.chapters,
        caption_track: order.captions == Captions::Track,
    };
    let film = scratch.join("film.mp4");
    let progress = Arc::clone(progress);
    let found = cut(ffmpeg, &whole, &film, cancel, &move |done| progress(0.95 + done * 0.05)).await?;
    Ok((film, found))
}
