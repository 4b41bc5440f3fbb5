//! From the library's stream to a front end's events: each stored event becomes one, in order, gapless per project.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::{Artifact, Event, Key, Plan, RunId, Slot, TaskState};
use library::{Library, LibraryError, Message, ProjectId, StoredEvent};
use orchestrator::{Author, Body, Edition, ProjectRecord, ProposalId, ProposalState};
use serde::Deserialize;
use story::{Cast, Script, Storyboard};
use tokio::sync::broadcast;

use crate::view::documents::{self, Spoken};
use crate::view::project::{Results, callees};
use crate::view::tasks::{RunFold, name_callee};
use crate::view::{brief, history, media, messages, micros, proposal, seconds, stage};
use crate::wire::{MessageBody, ProjectEvent, ProjectEventBody as Body_, RunState};

/// How many of the last messages are looked through for a proposal that was decided about.
const LAST_MESSAGES: u32 = 200;

/// An event that the orchestrator stored.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Told {
    Message {
        id: String,
        author: Author,
        body: Body,
    },
    Record {
        record: Box<ProjectRecord>,
        #[serde(default)]
        edition: Option<Box<Edition>>,
    },
    Project {
        title: String,
        stage: String,
    },
    History {},
    Proposal {
        id: ProposalId,
        state: ProposalState,
    },
    Takes {
        slot: String,
    },
    Spent {},
}

/// Passes the stream on until the library is closed. A slow moment loses nothing: what the broadcast dropped is read
/// from the disk.
pub(crate) async fn relay(
    library: Library,
    mut stored: broadcast::Receiver<StoredEvent>,
    events: broadcast::Sender<Arc<ProjectEvent>>,
    side_by_side: u32,
) {
    let mut relay = Relay { library, side_by_side, heads: BTreeMap::new(), runs: BTreeMap::new() };
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

/// A run on its way.
#[derive(Default)]
struct Followed {
    fold: RunFold,
    /// How it was told to stand last, and how many tasks waited for the person.
    told: Option<(RunState, u32)>,
}

struct Relay {
    library: Library,
    side_by_side: u32,
    heads: BTreeMap<ProjectId, u32>,
    runs: BTreeMap<RunId, Followed>,
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
            return match Event::deserialize(&*stored.body) {
                Ok(event) => self.run_changes(stored, run.clone(), &event).await,
                Err(_) => Ok(Vec::new()),
            };
        }
        let Ok(told) = Told::deserialize(&*stored.body) else { return Ok(Vec::new()) };
        Ok(match told {
            Told::Message { id, author, body } => self.message(stored, &id, author, body).await?,
            Told::Record { record, edition } => self.record_changes(stored, &record, edition.as_deref()).await?,
            Told::Project { title, stage: word } => vec![Body_::Project { title, stage: stage(&word) }],
            Told::History {} => {
                let editions = self.library.editions(&stored.project).await?;
                vec![Body_::History { history: history::history_view(&editions) }]
            }
            Told::Proposal { id, state } => self.decided(stored, &id, state).await?.into_iter().collect(),
            Told::Takes { slot } => vec![Body_::Takes { slot }],
            Told::Spent {} => vec![self.spent(stored).await?],
        })
    }

    async fn message(
        &self,
        stored: &StoredEvent,
        id: &str,
        author: Author,
        body: Body,
    ) -> Result<Vec<Body_>, LibraryError> {
        let keys = match &body {
            Body::Film { key, .. } => vec![key.clone()],
            Body::Proposal { proposal, .. } => proposal::shows(proposal).collect(),
            _ => Vec::new(),
        };
        let results = self.library.artifacts(keys).await?;
        // It was just said, so the proposal in it waits for a word; what became of it is told after it.
        let mut record = ProjectRecord::default();
        if let Body::Proposal { proposal, .. } = &body {
            record.proposal = Some(proposal.id.clone());
        }
        let shown = match &body {
            Body::Film { key, .. } => results.get(key).and_then(|film| documents::film_view(film, false)),
            _ => None,
        };
        let message = messages::message_view(id, author, seconds(stored.at_ms), body, &results, &record);
        let mut changes = vec![Body_::Message { message }];
        changes.extend(shown.map(|film| Body_::Film { film }));
        Ok(changes)
    }

    /// The message of a proposal again, as it stands now.
    async fn decided(
        &self,
        stored: &StoredEvent,
        id: &ProposalId,
        state: ProposalState,
    ) -> Result<Option<Body_>, LibraryError> {
        let last = self.library.messages_before(&stored.project, None, LAST_MESSAGES).await?;
        let found = last.into_iter().rev().find_map(|message| match Body::deserialize(&message.body) {
            Ok(Body::Proposal { text, proposal }) if proposal.id == *id => Some((message, text, proposal)),
            _ => None,
        });
        let Some((Message { id, role, at_ms, .. }, text, proposal)) = found else { return Ok(None) };
        let proposal = Box::new(proposal::read(&self.library, &proposal).await?);
        let body = MessageBody::Proposal { text, proposal, state: proposal::told(state) };
        let author = messages::author_view(messages::author(&role));
        let message = crate::wire::MessageView { id: id.as_str().to_owned(), author, at_s: seconds(at_ms), body };
        Ok(Some(Body_::Message { message }))
    }

    async fn record_changes(
        &self,
        stored: &StoredEvent,
        record: &ProjectRecord,
        edition: Option<&Edition>,
    ) -> Result<Vec<Body_>, LibraryError> {
        let mut changes = Vec::new();
        if let (Some(edition), Some(plan)) = (edition, &record.plan) {
            changes.push(Body_::Brief { brief: brief::of_edition(edition), plan: brief::plan_view(plan) });
        }
        if record.has_film {
            let results = Results::read(&self.library, &stored.project, &["film"]).await?;
            let film = results.get("film").and_then(|film| documents::film_view(film, record.film_outdated));
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
        let followed = self.runs.entry(run.clone()).or_default();
        let task = followed.fold.apply(event, stored.at_ms).cloned();
        let stands = (followed.fold.state(true), followed.fold.waits_for_you());
        let changed = followed.told.replace(stands) != Some(stands);
        let mut changes = Vec::new();
        if let Some(mut task) = task {
            if task.block.is_some() {
                name_callee(&mut task, &callees(&self.library, &stored.project).await?);
            }
            changes.push(Body_::Task { task });
        }
        if changed || matches!(event, Event::RunStarted | Event::RunEnded { .. }) {
            let fold = &followed.fold;
            changes.push(Body_::Run {
                id: run.0.clone(),
                state: stands.0,
                started_s: seconds(fold.started_ms()),
                took_ms: fold.took_ms(),
                cost_micros: fold.cost_micros(),
                waits_for_you: stands.1,
            });
        }
        match event {
            Event::Task { slot, state: TaskState::Done { key, .. } | TaskState::Cached { key, .. }, .. } => {
                changes.extend(self.made(stored, slot, key).await?);
                if matches!(slot.collection().as_str(), "frame" | "clip" | "portrait" | "voice") {
                    changes.push(Body_::Takes { slot: slot.to_string() });
                }
            }
            Event::Narrowed { plan } => changes.extend(self.narrowed(stored, plan).await?),
            Event::Spent { .. } => {
                changes.push(self.spent(stored).await?);
            }
            Event::RunEnded { .. } => {
                self.runs.remove(&run);
            }
            _ => {}
        }
        Ok(changes)
    }

    async fn spent(&self, stored: &StoredEvent) -> Result<Body_, LibraryError> {
        let ledger = self.library.ledger(&stored.project).await?;
        Ok(Body_::Spent { total_micros: micros(ledger.spent) })
    }

    /// The plan of the project as the run knows it now.
    async fn narrowed(&self, stored: &StoredEvent, plan: &Plan) -> Result<Option<Body_>, LibraryError> {
        let record = self.library.document(&stored.project, "record").await?;
        let record = record.and_then(|record| ProjectRecord::deserialize(record).ok());
        let planned = record.and_then(|record| record.plan);
        Ok(planned.map(|planned| Body_::Plan { plan: brief::narrowed(&planned, plan, self.side_by_side) }))
    }

    /// What a new result changes on the screen.
    async fn made(&self, stored: &StoredEvent, slot: &Slot, key: &Key) -> Result<Option<Body_>, LibraryError> {
        let collection = slot.collection();
        if !matches!(collection.as_str(), "script" | "cast" | "board" | "portrait" | "frame" | "clip" | "segment") {
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
            "segment" if self.has_a_file(stored, slot.member()).await? => None,
            _ => blob(&artifact, "video").map(|video| Body_::Clip { shot: slot.member().to_owned(), video }),
        })
    }

    /// Whether the clip of a shot has a file; one that is drawn is shown by its part of the film.
    async fn has_a_file(&self, stored: &StoredEvent, shot: &str) -> Result<bool, LibraryError> {
        let slot = format!("clip/{shot}");
        let results = Results::read(&self.library, &stored.project, &[&slot]).await?;
        Ok(results.get(&slot).is_some_and(|clip| clip.blob("video").is_ok()))
    }
}
