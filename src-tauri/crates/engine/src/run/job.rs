//! One task at work, from the moment its inputs are there: look whether its result is there already, wait for the same
//! work in flight elsewhere, for the person at a review stop, for resources; make, carry over, keep. It holds what it
//! holds by values that give it back when they are dropped, so a job can be cut off anywhere.

use std::sync::Arc;

use tokio::sync::OwnedMutexGuard;
use tokio_util::sync::CancellationToken;

use super::calls::Caller;
use super::contained::contained;
use super::desk::{Cancelled, Desk};
use super::finding::{Found, find};
use super::flights::Place;
use super::gathering::Number;
use super::graph::{Ended, Planned};
use super::pool::Permit;
use super::sampler::Sampler;
use crate::scratch::Scratch;
use crate::{
    AgentName, Artifact, Block, Event, Expand, FailureKind, Inputs, Kept, Key, KeyForm, Leaf, Line, Slot, StoreError,
    TaskContext, TaskError, TaskState, Work,
};

/// What a job tells its run.
pub(super) enum Word {
    /// Its state changed.
    Now(Number, TaskState),
    /// It waits for the person. Its token gives it up.
    Blocked(Number, Block, CancellationToken),
    /// Something for the stream.
    Told(Event),
    /// It ended, `None` when it was stopped; with what it held.
    Over(Number, Option<Ended>, Vec<Arc<Permit>>),
}

pub(super) struct Job {
    pub(super) desk: Arc<Desk>,
    pub(super) slot: Slot,
    pub(super) agent: AgentName,
    pub(super) work: Work,
    pub(super) inputs: Inputs,
}

/// Why a job gave nothing.
pub(super) enum Stop {
    Failed(TaskError),
    Cancelled,
}

impl From<TaskError> for Stop {
    fn from(error: TaskError) -> Self {
        Self::Failed(error)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(store_failure(error))
    }
}

impl From<Cancelled> for Stop {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

/// What a store that could not remember means for a task or a run.
pub(super) fn store_failure(error: StoreError) -> TaskError {
    TaskError::new(FailureKind::Local, error.message).hint(error.hint)
}

impl Job {
    /// Does the task and tells the run how it ended, also when it panics.
    pub(super) async fn work(mut self) {
        let fault = self.fault();
        let ended = contained(self.attempt()).await.unwrap_or_else(|panic| Err(fault(&panic)));
        let ended = match ended {
            Ok(ended) => Some(ended),
            Err(Stop::Failed(error)) if !self.desk.is_cancelled() => Some(Ended::failed(error)),
            Err(_) => None,
        };
        self.desk.send(Word::Over(self.desk.number, ended, self.desk.pass_on()));
    }

    async fn attempt(&mut self) -> Result<Ended, Stop> {
        let inputs = std::mem::take(&mut self.inputs);
        match self.work.clone() {
            Work::Leaf(leaf) => self.leaf(leaf.as_ref(), inputs).await,
            Work::Expand(expand) => self.expand(expand.as_ref(), &inputs).await,
        }
    }

    async fn expand(&self, expand: &dyn Expand, inputs: &Inputs) -> Result<Ended, Stop> {
        if self.desk.uses_any() {
            self.desk.take_up().await?;
        }
        self.desk.at_work();
        let history = &self.desk.facts.history;
        Ok(Ended::Gave { tasks: expand.expand(inputs)?.into_iter().map(|task| Planned::new(task, history)).collect() })
    }

    async fn leaf(&self, leaf: &dyn Leaf, inputs: Inputs) -> Result<Ended, Stop> {
        let facts = &self.desk.facts;
        if let Some(artifact) = facts.store.pinned(&self.slot).await? {
            return Ok(Ended::Reused { artifact, refreshable: false });
        }
        let view = leaf.view(&inputs)?;
        drop(inputs);
        let form = KeyForm { agent: self.agent.0.clone(), version: leaf.version(), model: leaf.model(), view };
        let key = form.key();

        let place = Arc::new(facts.shared.flights.line_up(&facts.store, &key));
        let mut turn = match place.try_turn() {
            Some(turn) => turn,
            // Boxed, as is all that most tasks never come to, or not while they wait by the thousand.
            None => Box::pin(self.in_line(&place)).await?,
        };
        if let Some(failure) = turn.clone() {
            return Err(Stop::Failed(failure));
        }
        if let Some(Found { artifact, refreshable }) = find(&facts.store, &self.slot, &form, &key).await? {
            facts.store.reuse(&facts.run, &self.slot, &artifact.key).await?;
            return Ok(Ended::Reused { artifact, refreshable });
        }
        if leaf.review() {
            Box::pin(self.reviewed(&key, &place)).await?;
        }

        self.desk.take_up().await?;
        let caller = Arc::new(Caller::new(Arc::clone(&self.desk), place, &self.slot, &self.agent, key));
        let fault = self.fault();
        let made = contained(Box::pin(self.make(leaf, form, &caller))).await;
        let panicked = made.is_err();
        match made.unwrap_or_else(|panic| Err(fault(&panic))) {
            Ok((artifact, took_ms)) => Ok(Ended::Made { artifact, took_ms, spent: caller.spent() }),
            Err(Stop::Failed(error)) if !self.desk.is_cancelled() => {
                *turn = Some(error.clone());
                caller.give_up(&error, panicked).await?;
                Ok(Ended::Failed { error, spent: caller.spent() })
            }
            Err(stop) => Err(stop),
        }
    }

    /// Waits for the same work that is being done elsewhere; what holds that up holds this up.
    async fn in_line(&self, place: &Place) -> Result<OwnedMutexGuard<Option<TaskError>>, Stop> {
        self.desk.let_go();
        let mut blocks = place.blocks();
        let mut turn = std::pin::pin!(place.turn());
        loop {
            match blocks.borrow_and_update().clone() {
                Some(block) => self.desk.say_blocked(block),
                None => self.desk.say(TaskState::Queued { line: Line::SameWork }),
            }
            tokio::select! {
                biased;
                turn = &mut turn => return Ok(turn),
                () = self.desk.token().cancelled() => return Err(Stop::Cancelled),
                // The sender lives as long as the place.
                _ = blocks.changed() => {}
            }
        }
    }

    /// Waits at a review stop until the person approves.
    async fn reviewed(&self, key: &Key, place: &Place) -> Result<(), Stop> {
        loop {
            let looks = self.desk.looks();
            if self.desk.facts.store.approved(key).await? {
                return Ok(());
            }
            self.desk.blocked(Block::Review { key: key.clone() }, place, looks).await?;
        }
    }

    async fn make(&self, leaf: &dyn Leaf, form: KeyForm, caller: &Arc<Caller>) -> Result<(Artifact, u64), Stop> {
        if self.desk.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        self.desk.at_work();
        let facts = &self.desk.facts;
        let (started, waited) = (facts.shared.clock.now_ms(), self.desk.waited_ms());
        let _open = OpenSamples::new(&facts.sampler, &self.slot);
        let (sampler, slot) = (Arc::clone(&facts.sampler), self.slot.clone());
        let context = TaskContext {
            store: Arc::clone(&facts.store),
            cancel: self.desk.token().clone(),
            progress: Arc::new(move |done| sampler.put(&slot, done)),
            scratch: Scratch::new(Arc::clone(&facts.store)),
            caller: Arc::clone(caller),
        };
        let made = leaf.make(form.view.clone(), &context).await;
        let mut output = made.map_err(|error| context.scratch.failure().map_or(error, store_failure))?;
        if let Some(last) = facts.store.last(&self.slot).await?
            && last.key != form.key()
        {
            output = leaf.carry(&last, output);
        }
        // What it waited for others says nothing of how long the work takes.
        let waited = self.desk.waited_ms() - waited;
        let took_ms = facts.shared.clock.now_ms().saturating_sub(started + waited);
        let kept = Kept { run: facts.run.clone(), slot: self.slot.clone(), form, output, took_ms };
        Ok((facts.store.keep(kept).await?, took_ms))
    }

    /// What a panic means for the task.
    fn fault(&self) -> impl Fn(&str) -> Stop + use<> {
        let (agent, slot, run) = (self.agent.clone(), self.slot.clone(), self.desk.facts.run.clone());
        move |panic| {
            tracing::error!(%run, %slot, %agent, panic, "a fault in an agent");
            let error = TaskError::new(FailureKind::Local, format!("a fault in {agent} while making {slot}: {panic}"));
            Stop::Failed(error.hint("The rest goes on. Try this part again; if it fails again, please report it."))
        }
    }
}

/// The time in which a task's progress counts.
struct OpenSamples<'a>(&'a Sampler, &'a Slot);

impl<'a> OpenSamples<'a> {
    fn new(sampler: &'a Sampler, slot: &'a Slot) -> Self {
        sampler.open(slot);
        Self(sampler, slot)
    }
}

impl Drop for OpenSamples<'_> {
    fn drop(&mut self) {
        self.0.close(self.1);
    }
}
