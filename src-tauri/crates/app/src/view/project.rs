//! A project as a whole, from its snapshot and its results.

use engine::{Artifact, Event};
use library::{Library, LibraryError, ProjectId, Snapshot};
use orchestrator::{Body, ProjectRecord};
use story::{Cast, Script, Storyboard};

use super::{documents, media, messages, seconds, stage, tasks::RunFold};
use crate::wire::{CastView, ProjectCard, ProjectView, ShotView, Stage};

/// How many events are read at a time.
const PAGE: u32 = 2000;

/// The record of a project; an unreadable one counts as none, so that the project can still be opened.
pub(crate) fn record(snapshot: &Snapshot) -> ProjectRecord {
    snapshot.documents.get("record").and_then(|v| serde_json::from_value(v.clone()).ok()).unwrap_or_default()
}

/// The current result of a slot.
pub(crate) async fn result(
    library: &Library,
    snapshot: &Snapshot,
    slot: &str,
) -> Result<Option<Artifact>, LibraryError> {
    match snapshot.slots.iter().find(|(s, _)| s.as_str() == slot) {
        Some((_, key)) => library.artifact(key).await,
        None => Ok(None),
    }
}

/// A run folded from its stored events.
pub(crate) async fn fold_run(
    library: &Library,
    project: &ProjectId,
    run: &engine::RunId,
) -> Result<RunFold, LibraryError> {
    let mut fold = RunFold::default();
    let mut after = 0;
    loop {
        let events = library.events_after(project, after, PAGE).await?;
        for stored in &events {
            after = stored.seq;
            if stored.run.as_ref() == Some(run)
                && let Ok(event) = serde_json::from_value::<Event>((*stored.body).clone())
            {
                fold.apply(&event, stored.at_ms);
            }
        }
        if events.len() < PAGE as usize {
            return Ok(fold);
        }
    }
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

    let mut shown = Vec::new();
    for message in &snapshot.messages {
        let Ok(body) = serde_json::from_value::<Body>(message.body.clone()) else { continue };
        let film = match &body {
            Body::Film { key, .. } => library.artifact(key).await?,
            _ => None,
        };
        shown.push(messages::message_view(
            message.id.as_str(),
            messages::author(&message.role),
            seconds(message.at_ms),
            body,
            film.as_ref(),
        ));
    }

    let script: Option<Script> = result(library, &snapshot, "script").await?.and_then(|a| a.read().ok());
    let cast: Option<Cast> = result(library, &snapshot, "cast").await?.and_then(|a| a.read().ok());
    let mut cast_shown = cast.as_ref().map(documents::cast).unwrap_or_default();
    for member in &mut cast_shown {
        add_portrait(library, &snapshot, member).await?;
    }
    let mut shots = Vec::new();
    for scene in script.iter().flat_map(|s| &s.scenes) {
        let board: Option<Storyboard> =
            result(library, &snapshot, &format!("board/{}", scene.id)).await?.and_then(|a| a.read().ok());
        for mut shot in board.iter().flat_map(|b| documents::shots(b, script.as_ref(), cast.as_ref())) {
            add_pictures(library, &snapshot, &mut shot).await?;
            shots.push(shot);
        }
    }
    let film = if record.has_film {
        result(library, &snapshot, "film").await?.and_then(|a| documents::film_view(&a, record.film_outdated))
    } else {
        None
    };
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

async fn add_portrait(library: &Library, snapshot: &Snapshot, member: &mut CastView) -> Result<(), LibraryError> {
    let sheet = result(library, snapshot, &format!("portrait/{}-front", member.id)).await?;
    member.portrait = sheet.and_then(|a| a.blob("picture").ok().map(media));
    Ok(())
}

async fn add_pictures(library: &Library, snapshot: &Snapshot, shot: &mut ShotView) -> Result<(), LibraryError> {
    let frame = result(library, snapshot, &format!("frame/{}", shot.id)).await?;
    shot.frame = frame.and_then(|a| a.blob("picture").ok().map(media));
    let clip = result(library, snapshot, &format!("clip/{}", shot.id)).await?;
    shot.clip = clip.and_then(|a| a.blob("video").ok().map(media));
    Ok(())
}
