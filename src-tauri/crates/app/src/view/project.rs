//! A project as a whole, from its snapshot and its results.

use std::collections::BTreeMap;

use engine::{Artifact, Event, RunId, Slot};
use library::{Library, LibraryError, ProjectId, Snapshot};
use orchestrator::{Body, ProjectRecord};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use story::{Cast, Script, Storyboard};

use super::documents::{self, Spoken};
use super::{media, messages, seconds, stage, tasks::RunFold};
use crate::wire::{MediaRef, ProjectCard, ProjectView, Stage};

/// The record of a project; an unreadable one counts as none, so that the project can still be opened.
fn record(snapshot: &Snapshot) -> ProjectRecord {
    snapshot.documents.get("record").and_then(|v| serde_json::from_value(v.clone()).ok()).unwrap_or_default()
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
        if let Ok(event) = Event::deserialize(&*stored.body) {
            fold.apply(&event, stored.at_ms);
        }
    }
    Ok(fold)
}

/// The pictures of the members of a collection, by member.
async fn pictures(
    library: &Library,
    project: &ProjectId,
    collection: &str,
    role: &str,
) -> Result<BTreeMap<String, MediaRef>, LibraryError> {
    let blobs = library.collection_blobs(project, collection, role).await?;
    Ok(blobs.iter().map(|(slot, blob)| (slot.member().to_owned(), media(blob))).collect())
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

/// A project with everything in it. `alive` is whether its last run is going on in this process.
pub(crate) async fn project_view(library: &Library, id: &ProjectId, alive: bool) -> Result<ProjectView, LibraryError> {
    let snapshot = library.snapshot(id).await?;
    let record = record(&snapshot);
    let (brief, plan) = super::brief::of_record(&record);

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
    let films = library.artifacts(films.collect()).await?;
    let shown = bodies.into_iter().map(|(message, body)| {
        let film = match &body {
            Body::Film { key, .. } => films.get(key),
            _ => None,
        };
        let author = messages::author(&message.role);
        messages::message_view(message.id.as_str(), author, seconds(message.at_ms), body, film)
    });
    let shown = shown.collect();

    let results = Results::read(library, id, &["script", "cast", "film"]).await?;
    let script: Option<Script> = results.document("script");
    let cast: Option<Cast> = results.document("cast");
    let mut cast_shown = cast.as_ref().map(documents::cast).unwrap_or_default();
    let mut portraits = pictures(library, id, "portrait", "picture").await?;
    for member in &mut cast_shown {
        member.portrait = portraits.remove(&format!("{}-front", member.id));
    }
    let boards = Results(library.collection(id, "board").await?);
    let mut frames = pictures(library, id, "frame", "picture").await?;
    let mut clips = pictures(library, id, "clip", "video").await?;
    let spoken = script.as_ref().map(Spoken::of).unwrap_or_default();
    let mut shots = Vec::new();
    for scene in script.iter().flat_map(|s| &s.scenes) {
        let board: Option<Storyboard> = boards.document(&format!("board/{}", scene.id));
        for mut shot in board.iter().flat_map(|board| documents::shots(board, &spoken, cast.as_ref())) {
            shot.frame = frames.remove(&shot.id);
            shot.clip = clips.remove(&shot.id);
            shots.push(shot);
        }
    }
    let film = results.get("film").filter(|_| record.has_film);
    let film = film.and_then(|film| documents::film_view(film, record.film_outdated));
    let run = match snapshot.runs.last() {
        Some(run) => Some(fold_run(library, id, &run.id).await?.view(&run.id.0, alive)),
        None => None,
    };
    let card = card(&snapshot.project, alive);
    Ok(ProjectView {
        id: card.id,
        title: card.title,
        seq: snapshot.project.head,
        stage: card.stage,
        messages: shown,
        brief,
        plan,
        run,
        cast: cast_shown,
        scenes: script.as_ref().map(documents::scenes).unwrap_or_default(),
        shots,
        film,
    })
}
