//! From the library's stream to a front end's events: each stored event becomes one, in order, gapless per project.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::{Artifact, Event, Key, RunId, Slot, TaskState};
use library::{Library, LibraryError, ProjectId, StoredEvent};
use orchestrator::{Author, Body, ProjectRecord};
use serde::Deserialize;
use story::{Cast, Script, Storyboard};
use tokio::sync::broadcast;

use crate::view::documents::{self, Spoken};
use crate::view::project::Results;
use crate::view::{brief, media, messages, seconds, stage, tasks::RunFold};
use crate::wire::{ProjectEvent, ProjectEventBody as Body_};

/// An event that the orchestrator stored.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Told {
    Message { id: String, author: Author, body: Body },
    Record { record: Box<ProjectRecord> },
    Project { title: String, stage: String },
}

/// Passes the stream on until the library is closed. A slow moment loses nothing: what the broadcast dropped is read
/// from the disk.
pub(crate) async fn relay(
    library: Library,
    mut stored: broadcast::Receiver<StoredEvent>,
    events: broadcast::Sender<Arc<ProjectEvent>>,
) {
    let mut relay = Relay { library, heads: BTreeMap::new(), folds: BTreeMap::new() };
    loop {
        match stored.recv().await {
            Ok(event) => {
                for event in relay.with_missed(event).await {
                    let told = relay.translate(&event).await;
                    // Nobody listening is no fault.
                    let _ = events.send(Arc::new(told));
                }
            }
            Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => return,
        }
    }
}

struct Relay {
    library: Library,
    heads: BTreeMap<ProjectId, u32>,
    folds: BTreeMap<RunId, RunFold>,
}

impl Relay {
    /// The event, and before it those of its project that were dropped on the way.
    async fn with_missed(&mut self, event: StoredEvent) -> Vec<StoredEvent> {
        let head = self.heads.insert(event.project.clone(), event.seq);
        match head {
            Some(head) if event.seq <= head => {
                self.heads.insert(event.project.clone(), head);
                Vec::new()
            }
            Some(head) if event.seq > head + 1 => {
                match self.library.events_after(&event.project, head, event.seq - head).await {
                    Ok(missed) => missed,
                    Err(error) => {
                        tracing::warn!(%error, "events that were dropped could not be read back");
                        vec![event]
                    }
                }
            }
            _ => vec![event],
        }
    }

    async fn translate(&mut self, stored: &StoredEvent) -> ProjectEvent {
        let changes = match self.changes(stored).await {
            Ok(changes) => changes,
            Err(error) => {
                tracing::warn!(%error, seq = stored.seq, "an event could not be shown");
                Vec::new()
            }
        };
        ProjectEvent {
            project: stored.project.to_string(),
            seq: stored.seq,
            run: stored.run.as_ref().map(|r| r.0.clone()).unwrap_or_default(),
            changes,
        }
    }

    async fn changes(&mut self, stored: &StoredEvent) -> Result<Vec<Body_>, LibraryError> {
        if let Some(run) = &stored.run {
            return match serde_json::from_value::<Event>((*stored.body).clone()) {
                Ok(event) => self.run_changes(stored, run.clone(), &event).await,
                Err(_) => Ok(Vec::new()),
            };
        }
        Ok(match serde_json::from_value::<Told>((*stored.body).clone()) {
            Ok(Told::Message { id, author, body }) => {
                let film = match &body {
                    Body::Film { key, .. } => self.library.artifact(key).await?,
                    _ => None,
                };
                let shown = film.as_ref().and_then(|f| documents::film_view(f, false));
                let message = messages::message_view(&id, author, seconds(stored.at_ms), body, film.as_ref());
                let mut changes = vec![Body_::Message { message }];
                changes.extend(shown.map(|film| Body_::Film { film }));
                changes
            }
            Ok(Told::Record { record }) => self.record_changes(stored, &record).await?,
            Ok(Told::Project { title, stage: word }) => vec![Body_::Project { title, stage: stage(&word) }],
            Err(_) => Vec::new(),
        })
    }

    async fn record_changes(&self, stored: &StoredEvent, record: &ProjectRecord) -> Result<Vec<Body_>, LibraryError> {
        let mut changes = Vec::new();
        if let (Some(brief), Some(plan)) = brief::of_record(record) {
            changes.push(Body_::Brief { brief, plan });
        }
        if record.has_film && record.film_outdated {
            let results = Results::read(&self.library, &stored.project, &["film"]).await?;
            let film = results.get("film").and_then(|film| documents::film_view(film, true));
            changes.extend(film.map(|film| Body_::Film { film }));
        }
        Ok(changes)
    }

    async fn run_changes(
        &mut self,
        stored: &StoredEvent,
        run: RunId,
        event: &Event,
    ) -> Result<Vec<Body_>, LibraryError> {
        let fold = self.folds.entry(run.clone()).or_default();
        let mut changes: Vec<Body_> =
            fold.apply(event, stored.at_ms).map(|task| Body_::Task { task: task.clone() }).into_iter().collect();
        if matches!(event, Event::RunStarted | Event::RunEnded { .. }) {
            changes.push(Body_::Run {
                id: run.0.clone(),
                state: fold.state(true),
                started_s: seconds(fold.started_ms()),
                took_ms: fold.took_ms(),
            });
        }
        match event {
            Event::Task { slot, state: TaskState::Done { key, .. } | TaskState::Cached { key }, .. } => {
                changes.extend(self.made(stored, slot, key).await?);
            }
            Event::RunEnded { .. } => {
                self.folds.remove(&run);
            }
            _ => {}
        }
        Ok(changes)
    }

    /// What a new result changes on the screen.
    async fn made(&self, stored: &StoredEvent, slot: &Slot, key: &Key) -> Result<Option<Body_>, LibraryError> {
        let collection = slot.collection();
        if !matches!(collection.as_str(), "script" | "cast" | "board" | "portrait" | "frame" | "clip") {
            return Ok(None);
        }
        let Some(artifact) = self.library.artifact(key).await? else { return Ok(None) };
        let blob = |artifact: &Artifact, role: &str| artifact.blob(role).ok().map(media);
        Ok(match collection.as_str() {
            "script" => artifact.read::<Script>().ok().map(|s| Body_::Scenes { scenes: documents::scenes(&s) }),
            "cast" => artifact.read::<Cast>().ok().map(|c| Body_::Cast { cast: documents::cast(&c) }),
            "board" => {
                let results = Results::read(&self.library, &stored.project, &["script", "cast"]).await?;
                let (script, cast) = (results.document("script"), results.document("cast"));
                let spoken = script.as_ref().map(Spoken::of).unwrap_or_default();
                artifact.read::<Storyboard>().ok().map(|board| Body_::Shots {
                    scene: board.scene.to_string(),
                    shots: documents::shots(&board, &spoken, cast.as_ref()),
                })
            }
            "portrait" => slot
                .member()
                .strip_suffix("-front")
                .and_then(|cast| Some(Body_::Portrait { cast: cast.to_owned(), picture: blob(&artifact, "picture")? })),
            "frame" => {
                blob(&artifact, "picture").map(|picture| Body_::Frame { shot: slot.member().to_owned(), picture })
            }
            _ => blob(&artifact, "video").map(|video| Body_::Clip { shot: slot.member().to_owned(), video }),
        })
    }
}
