//! The calls of a task, each from the moment it is wanted to the moment its reply is kept.
//!
//! Every step is written down before the next one: a call that was cut off anywhere is found in the journal as it
//! stands, and goes on from there. How one is sent is in [`super::sending`], how a job is followed in
//! [`super::following`].

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::backoff::Backoff;
use super::desk::Desk;
use super::flights::Place;
use super::graph::Spent;
use super::job::{Stop, Word, store_failure};
use super::ranks::Urgency;
use super::ware::Ware;
use crate::{
    AgentName, Block, Call, CallError, CallId, CallOrder, CallRecord, CallReply, CallState, CallUsage, Delivery, Event,
    FailureKind, Key, Lapse, Slot, Store, TaskError, TaskState,
};

/// What a task has for making calls.
pub(crate) struct Caller {
    pub(super) desk: Arc<Desk>,
    pub(super) place: Arc<Place>,
    pub(super) slot: Slot,
    pub(super) agent: AgentName,
    pub(super) key: Key,
    spent: Mutex<Spent>,
    /// The requests that are being made.
    open: Mutex<BTreeSet<String>>,
    /// True when any call was wanted.
    called: AtomicBool,
}

/// A call that is wanted.
pub(super) struct Wanted<'a> {
    pub(super) caller: &'a Caller,
    pub(super) call: &'a dyn Call,
    pub(super) progress: &'a (dyn Fn(f32) + Send + Sync),
    pub(super) order: CallOrder,
    /// The hash of the order's request.
    pub(super) request: String,
}

/// What one step gave.
pub(super) enum Step {
    Done(CallReply),
    /// It failed, cost nothing, and may be made again after so long.
    Again(TaskError, Option<Duration>),
    /// It failed.
    Over(TaskError),
    /// The journal says what comes next.
    Look,
}

impl Caller {
    pub(super) fn new(desk: Arc<Desk>, place: Arc<Place>, slot: &Slot, agent: &AgentName, key: Key) -> Self {
        Self {
            desk,
            place,
            slot: slot.clone(),
            agent: agent.clone(),
            key,
            spent: Mutex::default(),
            open: Mutex::default(),
            called: AtomicBool::new(false),
        }
    }

    /// Makes a call; see [`crate::TaskContext::call`].
    pub(crate) async fn call(
        &self,
        call: &dyn Call,
        progress: &(dyn Fn(f32) + Send + Sync),
    ) -> Result<CallReply, TaskError> {
        let order = call.order();
        let request = blake3::hash(order.request.as_bytes()).to_hex().to_string();
        self.called.store(true, Ordering::Relaxed);
        let _once = Once::new(&self.open, &request).ok_or_else(|| {
            let what = format!("{} makes the same call twice at once", self.slot);
            TaskError::new(FailureKind::Invalid, what).hint("This is a fault in the program. Please report it.")
        })?;
        let wanted = Wanted { caller: self, call, progress, order, request };
        wanted.get_away().await.map_err(|stop| match stop {
            Stop::Failed(error) => error,
            Stop::Cancelled => TaskError::new(FailureKind::Cancelled, "stopped"),
        })
    }

    /// What its calls came to in this run.
    pub(super) fn spent(&self) -> Spent {
        *self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The task failed. When what its calls gave was to blame, or may have been, another try asks anew; otherwise
    /// another try goes on with what was paid for.
    pub(super) async fn give_up(&self, error: &TaskError, panicked: bool) -> Result<(), Stop> {
        let to_blame = matches!(error.kind, FailureKind::Invalid | FailureKind::Spoilt | FailureKind::Refused);
        if self.called.load(Ordering::Relaxed) && (to_blame || panicked) {
            self.store().settle(&self.key).await?;
        }
        Ok(())
    }

    pub(super) fn store(&self) -> &Arc<dyn Store> {
        &self.desk.facts.store
    }
}

impl Wanted<'_> {
    /// Gets the reply; while that takes long, the task holds nothing here.
    async fn get_away(&self) -> Result<CallReply, Stop> {
        if let Some(CallRecord { id, state: CallState::Replied, .. }) = self.recall().await? {
            return self.kept(&id).await;
        }
        let desk = &self.caller.desk;
        desk.go_away();
        let got = self.get().await;
        desk.come_back().await?;
        desk.at_work();
        got
    }

    async fn get(&self) -> Result<CallReply, Stop> {
        let mut backoff = Backoff::new(&format!("{} {}", self.caller.key, self.request));
        loop {
            let looks = self.caller.desk.looks();
            let step = match self.recall().await? {
                Some(record) => self.go_on(record, looks).await?,
                None => self.send(looks).await?,
            };
            match step {
                Step::Done(reply) => return Ok(reply),
                Step::Look => {}
                Step::Again(error, asked) => match backoff.next(asked) {
                    Some((wait, attempt)) => self.wait_to_retry(error, wait, attempt).await?,
                    None => return Err(Stop::Failed(tried(error, backoff.made()))),
                },
                Step::Over(error) => return Err(Stop::Failed(error)),
            }
        }
    }

    async fn recall(&self) -> Result<Option<CallRecord>, Stop> {
        Ok(self.caller.store().recall(&self.caller.key, &self.request).await?)
    }

    async fn kept(&self, id: &CallId) -> Result<CallReply, Stop> {
        let lost = || {
            let error = TaskError::new(FailureKind::Spoilt, format!("the kept reply of the call {id} is gone"));
            Stop::Failed(error.hint("Trying again asks anew, and may cost again."))
        };
        self.caller.store().reply(id).await?.ok_or_else(lost)
    }

    /// Goes on with a call that was made before.
    async fn go_on(&self, record: CallRecord, looks: u64) -> Result<Step, Stop> {
        let CallRecord { id, state, most, .. } = record;
        match state {
            CallState::Replied => Ok(Step::Done(self.kept(&id).await?)),
            CallState::Handled { handle } => {
                // It is in flight already, whatever the limits say: it goes first.
                let _place = self.caller.desk.permit(&Ware::of_followed(&self.order), Urgency::FIRST).await?;
                let _open = self.caller.desk.facts.till.open();
                self.caller.desk.at_work();
                self.follow(&id, &handle, true).await
            }
            CallState::Unknown | CallState::Intended if self.order.is_paid() => {
                let block = Block::Unknown { call: id, may_cost: most };
                self.caller.desk.blocked(block, &self.caller.place, looks).await?;
                Ok(Step::Look)
            }
            CallState::Unknown | CallState::Intended => {
                self.lapse(&id, Lapse::Failed).await?;
                Ok(Step::Look)
            }
            CallState::Settled | CallState::Failed | CallState::WrittenOff => self.send(looks).await,
        }
    }

    async fn wait_to_retry(&self, why: TaskError, wait: Duration, attempt: u32) -> Result<(), Stop> {
        let desk = &self.caller.desk;
        let again_ms = desk.facts.shared.clock.now_ms() + wait.as_millis() as u64;
        tracing::info!(slot = %self.caller.slot, provider = %self.order.provider, %why, attempt, "a call is tried again");
        desk.say(TaskState::Retrying { attempt, again_ms, why });
        Ok(desk.unless_cancelled(tokio::time::sleep(wait)).await?)
    }

    /// A reply came.
    pub(super) async fn replied(&self, id: &CallId, reply: CallReply) -> Result<Step, Stop> {
        self.caller.store().replied(id, &reply).await?;
        self.paid(id, reply.usage.clone());
        Ok(Step::Done(reply))
    }

    /// A call failed, or its job did.
    pub(super) async fn failed(&self, id: &CallId, failed: CallError) -> Result<Step, Stop> {
        let CallError { error, delivery, retry_after } = failed;
        let may_help = matches!(error.kind, FailureKind::Transport | FailureKind::RateLimited);
        if let (FailureKind::RateLimited, Some(time)) = (error.kind, retry_after) {
            self.caller.desk.facts.shared.quiet.ask(&self.order.provider, time);
        }
        let paid = self.order.is_paid();
        match delivery {
            Delivery::Unknown if paid => {
                self.lapse(id, Lapse::Unknown).await?;
                Ok(Step::Look)
            }
            Delivery::NotTaken | Delivery::Unknown => {
                self.lapse(id, Lapse::Failed).await?;
                let again = may_help || delivery == Delivery::Unknown;
                Ok(if again { Step::Again(error, retry_after) } else { Step::Over(error) })
            }
            Delivery::Spoilt(usage) => {
                self.lapse(id, Lapse::Spoilt(usage.clone())).await?;
                self.paid(id, usage);
                Ok(if paid { Step::Over(spoilt(error)) } else { Step::Again(error, retry_after) })
            }
            Delivery::Vanished => {
                self.lapse(id, Lapse::Failed).await?;
                Ok(if paid { Step::Over(spoilt(error)) } else { Step::Again(error, retry_after) })
            }
        }
    }

    pub(super) async fn lapse(&self, id: &CallId, lapse: Lapse) -> Result<(), Stop> {
        self.caller.store().lapsed(id, lapse).await.map_err(|e| Stop::Failed(store_failure(e)))
    }

    /// A call was done: counts it and tells what it cost.
    fn paid(&self, id: &CallId, usage: CallUsage) {
        let CallUsage { units, cost } = usage;
        {
            let mut spent = self.caller.spent.lock().unwrap_or_else(PoisonError::into_inner);
            spent.calls += 1;
            spent.cost = spent.cost + cost;
        }
        let facts = &self.caller.desk.facts;
        self.caller.desk.send(Word::Told(Event::Spent {
            slot: self.caller.slot.clone(),
            call: id.clone(),
            provider: self.order.provider.clone(),
            model: self.order.model.clone(),
            cost,
            units,
            at_ms: facts.shared.clock.now_ms(),
        }));
    }
}

/// The time in which one request is being made.
struct Once<'a>(&'a Mutex<BTreeSet<String>>, String);

impl<'a> Once<'a> {
    fn new(open: &'a Mutex<BTreeSet<String>>, request: &str) -> Option<Self> {
        let new = open.lock().unwrap_or_else(PoisonError::into_inner).insert(request.to_owned());
        new.then(|| Self(open, request.to_owned()))
    }
}

impl Drop for Once<'_> {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

/// It was tried often enough.
fn tried(mut error: TaskError, times: u32) -> TaskError {
    error.message = format!("{} (tried {times} times)", error.message);
    error
}

/// It was paid for, or may have been, and there is nothing to show: it is not made again without the person's word.
fn spoilt(error: TaskError) -> TaskError {
    let kind = match error.kind {
        FailureKind::Refused | FailureKind::Auth | FailureKind::Quota => error.kind,
        _ => FailureKind::Spoilt,
    };
    let hint = if error.hint.is_empty() { "Trying again may cost again.".to_owned() } else { error.hint };
    TaskError { kind, hint, ..error }
}
