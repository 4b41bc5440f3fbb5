//! One task at work, from the moment its inputs are there: look whether its result is there already, wait for the same
//! work in flight elsewhere, wait for resources, make, carry over, keep. It holds what it holds by values that give it
//! back when they are dropped, so a job can be cut off anywhere.

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;
use tokio_util::sync::CancellationToken;

use super::Shared;
use super::contained::contained;
use super::gathering::Number;
use super::graph::{Ended, Planned, Spent};
use super::pool::Permit;
use super::sampler::Sampler;
use crate::scratch::Scratch;
use crate::{
    AgentName, Artifact, Expand, FailureKind, History, Inputs, Kept, KeyForm, Leaf, Resource, RunId, Slot, Store,
    StoreError, TaskContext, TaskError, Work,
};

/// What a job tells its run.
pub(super) enum Word {
    /// It waits for a resource, or for the same work in flight elsewhere.
    Queued(Number),
    /// It is at work.
    Running(Number),
    /// It ended, `None` when it was stopped; with what it holds, see [`Job::held`].
    Over(Number, Option<Ended>, Vec<Arc<Permit>>),
}

pub(super) struct Job {
    pub(super) shared: Arc<Shared>,
    pub(super) run_number: u64,
    pub(super) run: RunId,
    pub(super) number: Number,
    pub(super) slot: Slot,
    pub(super) agent: AgentName,
    pub(super) uses: Vec<(Resource, u32)>,
    pub(super) rank: u64,
    pub(super) work: Work,
    pub(super) inputs: Inputs,
    pub(super) store: Arc<dyn Store>,
    pub(super) sampler: Arc<Sampler>,
    pub(super) history: Arc<History>,
    pub(super) token: CancellationToken,
    pub(super) tell: UnboundedSender<Word>,
    /// What it uses; before that, what those held whose end let it start. It gives that back when it stands in line
    /// itself. So what a task frees goes to the most urgent of all, those that waited for this very task included.
    pub(super) held: Vec<Arc<Permit>>,
}

/// Why a job gave nothing.
enum Stop {
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
            Err(Stop::Failed(error)) if !self.token.is_cancelled() => Some(Ended::failed(error)),
            Err(_) => None,
        };
        let held = std::mem::take(&mut self.held);
        self.say(Word::Over(self.number, ended, held));
    }

    async fn attempt(&mut self) -> Result<Ended, Stop> {
        let inputs = std::mem::take(&mut self.inputs);
        match self.work.clone() {
            Work::Leaf(leaf) => self.leaf(leaf.as_ref(), inputs).await,
            Work::Expand(expand) => self.expand(expand.as_ref(), &inputs).await,
        }
    }

    async fn expand(&mut self, expand: &dyn Expand, inputs: &Inputs) -> Result<Ended, Stop> {
        if !self.uses.is_empty() {
            self.take_up().await?;
        }
        self.say(Word::Running(self.number));
        Ok(Ended::Gave {
            tasks: expand.expand(inputs)?.into_iter().map(|task| Planned::new(task, &self.history)).collect(),
        })
    }

    async fn leaf(&mut self, leaf: &dyn Leaf, inputs: Inputs) -> Result<Ended, Stop> {
        if let Some(artifact) = self.store.pinned(&self.slot).await? {
            return Ok(Ended::Reused { artifact });
        }
        let view = leaf.view(&inputs)?;
        drop(inputs);
        let form = KeyForm { agent: self.agent.0.clone(), version: leaf.version(), model: leaf.model(), view };
        let key = form.key();

        let place = self.shared.flights.line_up(&self.store, &key);
        let mut turn = if let Some(turn) = place.try_turn() {
            turn
        } else {
            self.held.clear();
            self.say(Word::Queued(self.number));
            self.unless_cancelled(place.turn()).await?
        };
        if let Some(failure) = turn.clone() {
            return Err(Stop::Failed(failure));
        }
        if let Some(artifact) = self.store.find(&key).await? {
            self.store.reuse(&self.run, &self.slot, &key).await?;
            return Ok(Ended::Reused { artifact });
        }

        self.take_up().await?;
        let fault = self.fault();
        let made = contained(self.make(leaf, form)).await.unwrap_or_else(|panic| Err(fault(&panic)));
        if let Err(Stop::Failed(error)) = &made
            && !self.token.is_cancelled()
        {
            *turn = Some(error.clone());
        }
        let (artifact, took_ms) = made?;
        Ok(Ended::Made { artifact, took_ms, spent: Spent::default() })
    }

    async fn make(&self, leaf: &dyn Leaf, form: KeyForm) -> Result<(Artifact, u64), Stop> {
        if self.token.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        self.say(Word::Running(self.number));
        let started = self.shared.clock.now_ms();
        let _open = OpenSamples::new(&self.sampler, &self.slot);
        let (sampler, slot) = (Arc::clone(&self.sampler), self.slot.clone());
        let context = TaskContext {
            store: Arc::clone(&self.store),
            cancel: self.token.child_token(),
            progress: Arc::new(move |done| sampler.put(&slot, done)),
            scratch: Scratch::new(Arc::clone(&self.store)),
        };
        let made = leaf.make(form.view.clone(), &context).await;
        let mut output = made.map_err(|error| context.scratch.failure().map_or(error, store_failure))?;
        if let Some(last) = self.store.last(&self.slot).await?
            && last.key != form.key()
        {
            output = leaf.carry(&last, output);
        }
        let took_ms = self.shared.clock.now_ms().saturating_sub(started);
        let kept = Kept { run: self.run.clone(), slot: self.slot.clone(), form, output, took_ms };
        Ok((self.store.keep(kept).await?, took_ms))
    }

    /// Takes what the task uses, as soon as it can be had.
    async fn take_up(&mut self) -> Result<(), Stop> {
        let asked = self.shared.pool.ask(self.run_number, &self.uses, self.rank, self.number as u64);
        self.held.clear();
        let permit = match asked.now() {
            Ok(permit) => permit,
            Err(ticket) => {
                self.say(Word::Queued(self.number));
                self.unless_cancelled(ticket.permit()).await?.ok_or(Stop::Cancelled)?
            }
        };
        self.held.push(Arc::new(permit));
        Ok(())
    }

    async fn unless_cancelled<T>(&self, future: impl Future<Output = T>) -> Result<T, Stop> {
        self.token.run_until_cancelled(future).await.ok_or(Stop::Cancelled)
    }

    fn say(&self, word: Word) {
        // Nobody listens when the run was given up.
        let _ = self.tell.send(word);
    }

    /// What a panic means for the task.
    fn fault(&self) -> impl Fn(&str) -> Stop + use<> {
        let (agent, slot, run) = (self.agent.clone(), self.slot.clone(), self.run.clone());
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
