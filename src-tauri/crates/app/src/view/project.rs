//! A project as a whole, from its snapshot and its results.

use std::collections::{BTreeMap, BTreeSet};

use engine::{Artifact, RunId, Slot};
use library::{Judged, Library, LibraryError, ProjectId, Snapshot, Verdict};
use orchestrator::{Body, PROPOSAL, ProjectRecord, Proposal, edition_of};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use story::{Cast, Script, Storyboard};

use super::documents::{self, Spoken};
use super::tasks::{Callees, RunFold};
use super::{brief, history, media, messages, proposal, seconds, stage};
use crate::wire::{MediaRef, ProjectCard, ProjectView, Stage};

/// The record of a project; an unreadable one counts as none, so that the project can still be opened.
fn record(snapshot: &Snapshot) -> ProjectRecord {
    document(snapshot, "record").unwrap_or_default()
}

fn document<T: DeserializeOwned>(snapshot: &Snapshot, name: &str) -> Option<T> {
    T::deserialize(snapshot.documents.get(name)?).ok()
}

/// Who was called with what, of the calls of which nobody knows whether they were done.
pub(crate) async fn callees(library: &Library, project: &ProjectId) -> Result<Callees, LibraryError> {
    let unknown = library.unknown_calls(project).await?;
    Ok(unknown.into_iter().map(|call| (call.id, (engine::Provider(call.provider), call.model))).collect())
}

/// Current results by slot.
pub(crate) struct Results(BTreeMap<Slot, Artifact>);

impl Results {
    /// Those of some slots that there are.
    pub(crate) async fn read(library: &Library, project: &ProjectId, slots: &[&str]) -> Result<Self, LibraryError> {
        let slots = slots.iter().filter_map(|slot| Slot::new(*slot).ok()).collect();
        library.results(project, slots).await.map(Self)
    }

    /// The result of a slot.
    pub(crate) fn get(&self, slot: &str) -> Option<&Artifact> {
        self.0.iter().find(|(s, _)| s.as_str() == slot).map(|(_, artifact)| artifact)
    }

    /// The document of a slot; one that does not fit its reader counts as none.
    pub(crate) fn document<T: DeserializeOwned>(&self, slot: &str) -> Option<T> {
        self.get(slot)?.read().ok()
    }
}

/// A run folded from what its stored events come to.
async fn fold_run(library: &Library, project: &ProjectId, run: &RunId) -> Result<RunFold, LibraryError> {
    let mut fold = RunFold::default();
    for stored in library.standing(project, run).await? {
        fold.apply(&stored.event, stored.at_ms);
    }
    Ok(fold)
}

/// The pictures of the members of a collection, by member: of what was chosen, otherwise of what was made last.
async fn pictures(
    library: &Library,
    snapshot: &Snapshot,
    collection: &str,
    role: &str,
) -> Result<BTreeMap<String, MediaRef>, LibraryError> {
    let blobs = library.collection_blobs(&snapshot.project.id, collection, role).await?;
    let mut pictures: BTreeMap<_, _> =
        blobs.iter().map(|(slot, blob)| (slot.member().to_owned(), media(blob))).collect();
    let pins: Vec<_> = snapshot.pins.iter().filter(|(slot, _)| slot.collection().as_str() == collection).collect();
    if !pins.is_empty() {
        let chosen = library.artifacts(pins.iter().map(|(_, key)| (*key).clone()).collect()).await?;
        for (slot, key) in pins {
            let picture = chosen.get(key).and_then(|artifact| artifact.blob(role).ok()).map(media);
            pictures.extend(picture.map(|picture| (slot.member().to_owned(), picture)));
        }
    }
    Ok(pictures)
}

/// A project on the home screen.
pub(crate) fn card(project: &library::Project, alive: bool) -> ProjectCard {
    let stored = stage(&project.stage);
    ProjectCard {
        id: project.id.to_string(),
        title: project.title.clone(),
        changed_s: seconds(project.updated_ms),
        // "Making" is true only while somebody makes it.
        stage: if stored == Stage::Making && !alive { Stage::Unfinished } else { stored },
        cover: project.cover.as_ref().map(media),
        duration_ms: project.duration_ms.unwrap_or_default() as u32,
        sample: false,
    }
}

/// True when the take that was judged is the one that the film uses.
fn is_used(snapshot: &Snapshot, judged: &Judged) -> bool {
    let chosen = snapshot.pins.get(&judged.slot).or_else(|| snapshot.slots.get(&judged.slot));
    chosen == Some(&judged.key)
}

/// A project with everything in it. `alive` is whether its last run is going on in this process.
pub(crate) async fn project_view(library: &Library, id: &ProjectId, alive: bool) -> Result<ProjectView, LibraryError> {
    let snapshot = library.snapshot(id).await?;
    let record = record(&snapshot);
    let editions = library.editions(id).await?;
    let edition = edition_of(library, &snapshot).await?;

    let mut bodies = Vec::new();
    for message in &snapshot.messages {
        if let Ok(body) = Body::deserialize(&message.body) {
            bodies.push((message, body));
        }
    }
    let films = bodies.iter().filter_map(|(_, body)| match body {
        Body::Film { key, .. } => Some(key.clone()),
        _ => None,
    });
    // Of proposals only the open one is looked at closely; the pictures of the others would be read for nothing.
    let open: Option<Proposal> =
        document(&snapshot, PROPOSAL).filter(|p: &Proposal| record.proposal.as_ref() == Some(&p.id));
    let keys = films.chain(open.iter().flat_map(proposal::shows));
    let results_shown = library.artifacts(keys.collect()).await?;
    let shown = bodies.into_iter().map(|(message, body)| {
        let author = messages::author(&message.role);
        messages::message_view(message.id.as_str(), author, seconds(message.at_ms), body, &results_shown, &record)
    });
    let shown = shown.collect();

    let results = Results::read(library, id, &["script", "cast", "film"]).await?;
    let script: Option<Script> = results.document("script");
    let cast: Option<Cast> = results.document("cast");
    let mut cast_shown = cast.as_ref().map(documents::cast).unwrap_or_default();
    let mut portraits = pictures(library, &snapshot, "portrait", "picture").await?;
    for member in &mut cast_shown {
        member.portrait = portraits.remove(&format!("{}-front", member.id));
    }
    let boards = Results(library.collection(id, "board").await?);
    let mut frames = pictures(library, &snapshot, "frame", "picture").await?;
    let mut clips = pictures(library, &snapshot, "clip", "video").await?;
    // A clip that is drawn where it is shown has no file; its part of the film shows it.
    let mut segments = pictures(library, &snapshot, "segment", "video").await?;
    let judged = library.verdicts(id).await?;
    let approved: BTreeSet<&str> = judged
        .iter()
        .filter(|j| j.verdict == Verdict::Approved && is_used(&snapshot, j))
        .map(|j| j.slot.as_str())
        .collect();
    let film = results.get("film").filter(|_| record.has_film);
    let mut missing = film.map(documents::missing).unwrap_or_default();
    let spoken = script.as_ref().map(Spoken::of).unwrap_or_default();
    let mut shots = Vec::new();
    for scene in script.iter().flat_map(|s| &s.scenes) {
        let board: Option<Storyboard> = boards.document(&format!("board/{}", scene.id));
        for mut shot in board.iter().flat_map(|board| documents::shots(board, &spoken, cast.as_ref())) {
            shot.frame = frames.remove(&shot.id);
            shot.clip = clips.remove(&shot.id).or_else(|| segments.remove(&shot.id));
            shot.approved = [&shot.frame_slot, &shot.clip_slot].iter().any(|slot| approved.contains(slot.as_str()));
            shot.missing = missing.remove(&shot.id).unwrap_or_default();
            shots.push(shot);
        }
    }
    let film = film.and_then(|film| documents::film_view(film, record.film_outdated));
    let run = match snapshot.runs.last() {
        Some(run) => {
            let callees = callees(library, id).await?;
            Some(fold_run(library, id, &run.id).await?.view(&run.id.0, alive, &callees))
        }
        None => None,
    };
    let card = card(&snapshot.project, alive);
    Ok(ProjectView {
        id: card.id,
        title: card.title,
        seq: snapshot.project.head,
        stage: card.stage,
        messages: shown,
        brief: edition.as_ref().map(brief::of_edition),
        plan: record.plan.as_ref().map(brief::plan_view),
        run,
        cast: cast_shown,
        scenes: script.as_ref().map(documents::scenes).unwrap_or_default(),
        shots,
        film,
        proposal: open.as_ref().map(|open| proposal::proposal_view(open, &results_shown)),
        history: history::history_view(&editions),
    })
}
