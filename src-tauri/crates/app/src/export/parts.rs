//! What a finished film was cut from, clip by clip, as the forms of its results tell.

use std::collections::BTreeMap;
use std::sync::Arc;

use agents::Footage;
use builtin::animator::Animator;
use engine::{Artifact, BlobHash, Slot};
use film::Chapter;
use film::export::RecutShot;
use library::Library;
use serde::Deserialize;
use story::{CardText, ShotId};

use super::Export;
use super::gather::{Film, file, used};
use crate::wire::Problem;

/// The parts of a film.
pub(crate) struct Parts {
    pub(crate) shots: Vec<RecutShot>,
    pub(crate) chapters: Vec<Chapter>,
    /// Whether its captions are in its picture.
    pub(crate) burned: bool,
}

/// What the cut read.
#[derive(Deserialize)]
struct CutForm {
    segments: Vec<BlobHash>,
    #[serde(default)]
    chapters: Vec<(u32, String)>,
}

/// What the conform of a shot read.
#[derive(Deserialize)]
struct ConformForm {
    clip: Option<Footage>,
    before: Option<Footage>,
    segment: film::Segment,
    #[serde(default)]
    slate: Option<CardText>,
}

/// The parts of a film; `None` when they are not known (of a film that came in another way).
pub(crate) async fn parts(export: &Export<'_>, film: &Film) -> Result<Option<Parts>, Problem> {
    let library = export.app.library();
    let form = library.key_form(&film.key).await?;
    let Some(form) = form.and_then(|form| CutForm::deserialize(form.view).ok()) else {
        return from_clips(export, film).await;
    };
    let timeline = &film.facts.timeline;
    if form.segments.len() != timeline.shots.len() {
        return Ok(None);
    }
    let mut shots = Vec::new();
    let mut burned = None;
    for (timed, segment) in timeline.shots.iter().zip(&form.segments) {
        let slot = Slot::new(format!("segment/{}", timed.shot)).ok();
        let Some(conform) = conform_of(export, slot, segment).await? else { return Ok(None) };
        if !timed.captions.is_empty() {
            burned.get_or_insert(!conform.segment.captions.is_empty());
        }
        shots.push(RecutShot {
            clip: maybe(library, conform.clip).await?,
            before: maybe(library, conform.before).await?,
            slate: conform.slate,
        });
    }
    let chapters = form.chapters.into_iter().map(|(start_ms, title)| Chapter { start_ms, title }).collect();
    Ok(Some(Parts { shots, chapters, burned: burned.unwrap_or(true) }))
}

async fn maybe(library: &Library, footage: Option<Footage>) -> Result<Option<film::Footage>, Problem> {
    match footage {
        Some(footage) => opened(library, &footage).await.map(Some),
        None => Ok(None),
    }
}

/// The clip of a shot among clips; `None` when there is none.
pub(crate) fn footage_of(clips: &BTreeMap<Slot, Artifact>, shot: &ShotId) -> Option<Footage> {
    clips.iter().find(|(slot, _)| slot.member() == shot.as_str()).and_then(|(_, clip)| Footage::of(clip))
}

/// How the cut reads a clip, all of whose files are there.
pub(crate) async fn opened(library: &Library, footage: &Footage) -> Result<film::Footage, Problem> {
    let mut files = BTreeMap::new();
    for hash in footage.blobs() {
        files.insert(hash.clone(), file(library, hash).await?);
    }
    let animator: Arc<dyn models::Animator> = Arc::new(Animator::new());
    Ok(footage.open(None, &animator, |hash, _| files.get(hash).cloned().unwrap_or_default()))
}

/// What decided a segment, which is known by the bytes of its file.
async fn conform_of(
    export: &Export<'_>,
    slot: Option<Slot>,
    segment: &BlobHash,
) -> Result<Option<ConformForm>, Problem> {
    let Some(slot) = slot else { return Ok(None) };
    let library = export.app.library();
    let takes = library.takes_of(&export.project, &slot).await?;
    let results = library.artifacts(takes.iter().map(|take| take.key.clone()).collect()).await?;
    let made = takes.into_iter().find(|take| {
        let blob = results.get(&take.key).and_then(|artifact| artifact.blob("video").ok());
        blob.is_some_and(|blob| blob.hash == *segment)
    });
    Ok(made.and_then(|take| ConformForm::deserialize(take.form.view).ok()))
}

/// The parts of a film that does not tell what it was cut from: the clips that its shots have now, if all have one.
async fn from_clips(export: &Export<'_>, film: &Film) -> Result<Option<Parts>, Problem> {
    let library = export.app.library();
    let clips = used(library, &export.project, "clip").await?;
    let mut shots: Vec<RecutShot> = Vec::new();
    for timed in &film.facts.timeline.shots {
        let Some(footage) = footage_of(&clips, &timed.shot) else { return Ok(None) };
        let before = shots.last().and_then(|shot| shot.clip.clone()).filter(|_| timed.fade_in_frames > 0);
        shots.push(RecutShot { clip: Some(opened(library, &footage).await?), before, slate: None });
    }
    Ok(Some(Parts { shots, chapters: Vec::new(), burned: true }))
}
