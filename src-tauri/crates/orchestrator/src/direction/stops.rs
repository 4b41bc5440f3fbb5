//! What holds a run up until the person says a word: review stops, caps, calls of which nobody knows.

use std::collections::BTreeMap;

use engine::{Block, CallId, Event, RunId, Slot, TaskState};
use library::{Change, ProjectId, UnknownCall};

use super::Direction;
use crate::replies::Reply;
use crate::{Change as Wanted, ConversationError};

/// Something that waits for the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// The task.
    pub slot: Slot,
    /// What it cannot get past.
    pub block: Block,
}

/// What an answer led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The run that goes on with it: the one that waited, or a new one.
    pub run: Option<RunId>,
}

impl Direction {
    /// What waits for the person in the project's last run.
    pub async fn waiting(&self, project: &ProjectId) -> Result<Vec<Waiting>, ConversationError> {
        let snapshot = self.library().snapshot(project).await?;
        let Some(run) = snapshot.runs.last() else { return Ok(Vec::new()) };
        let mut states: BTreeMap<Slot, TaskState> = BTreeMap::new();
        for stored in self.library().standing(project, &run.id).await? {
            if let Event::Task { slot, state, .. } = stored.event {
                states.insert(slot, state);
            }
        }
        let waits = states.into_iter().filter_map(|(slot, state)| {
            let block = match state {
                TaskState::NeedsApproval { block } => block,
                TaskState::Unknown { call, may_cost } => Block::Unknown { call, may_cost },
                _ => return None,
            };
            Some(Waiting { slot, block })
        });
        Ok(waits.collect())
    }

    /// The person lets a review stop pass; the run goes on, or is started again when it had ended.
    pub async fn approve_stop(&self, project: &ProjectId, slot: &Slot) -> Result<Answered, ConversationError> {
        let waits = self.waiting(project).await?;
        let key = waits.into_iter().find_map(|w| match w.block {
            Block::Review { key } if w.slot == *slot => Some(key),
            _ => None,
        });
        let key = key.ok_or_else(|| ConversationError::NothingWaits(slot.to_string()))?;
        self.library().commit(project, vec![Change::Approve { key }]).await?;
        self.go_on(project).await
    }

    /// The person's yes to a call of which nobody knows whether it was done: it is made again, and may cost again.
    pub async fn send_again(&self, project: &ProjectId, call: &CallId) -> Result<Answered, ConversationError> {
        self.library().write_off(project, call).await?;
        self.go_on(project).await
    }

    /// The calls of which nobody knows whether they were done.
    pub async fn unknown_calls(&self, project: &ProjectId) -> Result<Vec<UnknownCall>, ConversationError> {
        Ok(self.library().unknown_calls(project).await?)
    }

    /// To stop after each stage, or not. A run that is going on takes it up: what it made stays.
    pub async fn set_review(&self, project: &ProjectId, review: bool) -> Result<(), ConversationError> {
        let mut desk = self.desk(project).await?;
        let mut edition = desk.edition().cloned().ok_or(ConversationError::NothingToStart)?;
        if edition.review == review {
            return Ok(());
        }
        edition.review = review;
        let what = crate::describe::described(
            &Wanted::Review(review),
            &crate::documents::Documents::default(),
            desk.language(),
        );
        desk.decide_the_same(edition, &Reply::Words(what))?;
        self.plan_into(&mut desk).await?;
        self.commit(&mut desk).await?;
        drop(desk);
        if self.run_of(project).is_some() {
            self.restart(project, super::Start::default()).await?;
        }
        Ok(())
    }

    /// A fact changed that a run waits for: it looks again, or a new one goes on where it ended.
    pub(super) async fn go_on(&self, project: &ProjectId) -> Result<Answered, ConversationError> {
        if self.with_run(project, engine::RunHandle::look_again) {
            return Ok(Answered { run: self.run_of(project) });
        }
        Ok(Answered { run: Some(self.start(project).await?) })
    }
}
