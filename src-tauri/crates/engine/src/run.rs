//! A run: what is asked for, how it is watched and stopped, and what came of it.
//!
//! Each run is one loop that alone owns its graph ([`graph`]); every task is a job of its own ([`job`]) that talks to
//! the loop by messages. Two things are shared by all runs of an engine: the resources ([`pool`]) and the work in
//! flight ([`flights`]). Nothing here knows what a task makes.

mod circles;
mod contained;
mod flights;
mod gathering;
mod graph;
mod job;
mod joining;
mod pool;
mod ranks;
mod run_loop;
mod sampler;
mod settling;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{
    Artifact, Block, Call, CallReply, Caps, Clock, FailureKind, History, Polled, Provider, Resource, RunId, RunOutcome,
    Sample, Sent, Slot, Store, TaskContext, TaskError, TaskSpec,
};
use contained::contained;
use flights::Flights;
use pool::Pool;
use run_loop::RunLoop;

/// Runs graphs of tasks. Cheap to clone; all clones share resources and work in flight. Runs of one project must be
/// given clones of one `Arc` of its store: identical work in flight is known by store and key.
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
}

struct Shared {
    pool: Arc<Pool>,
    flights: Arc<Flights>,
    clock: Arc<dyn Clock>,
    runs: AtomicU64,
}

/// What to run.
#[derive(Debug, Clone)]
pub struct RunOrder {
    /// The run's name in the project's stream.
    pub run: RunId,
    /// The tasks known at the start, each with a slot of its own.
    pub tasks: Vec<TaskSpec>,
    /// What may be spent.
    pub caps: Caps,
    /// What becomes of tasks that wait for the person.
    pub patience: Patience,
    /// How long tasks took before; it goes before their weights.
    pub history: History,
}

impl RunOrder {
    /// An order without caps and history, that waits for the person.
    pub fn new(run: RunId, tasks: Vec<TaskSpec>) -> Self {
        Self { run, tasks, caps: Caps::default(), patience: Patience::Wait, history: History::default() }
    }
}

/// What becomes of tasks that wait for the person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Patience {
    /// They wait until they are answered or the run is cancelled.
    #[default]
    Wait,
    /// They are given up as soon as nothing else is at work.
    Settle,
}

/// How much a provider takes; `None` is no limit, and less than one counts as one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Calls at once; a job counts from its sending to its end.
    pub at_once: Option<u32>,
    /// Calls in any minute.
    pub per_minute: Option<u32>,
    /// Tokens in any minute.
    pub tokens_per_minute: Option<u32>,
}

/// What came of a run.
#[derive(Debug, Clone)]
pub struct RunReport {
    /// How it ended.
    pub outcome: RunOutcome,
    /// The tasks that failed, in the order in which they did. What was skipped because of them is not among them.
    pub failures: Vec<(Slot, TaskError)>,
    /// The tasks that waited for the person and were given up.
    pub blocked: Vec<(Slot, Block)>,
    /// What ended the run itself before its time: the order was wrong, or its events could not be recorded.
    pub fault: Option<TaskError>,
    /// How many results were made.
    pub made: u32,
    /// How many results were there already, or chosen by the person.
    pub reused: u32,
    /// The results, by slot.
    pub results: BTreeMap<Slot, Artifact>,
}

impl RunReport {
    fn broken(message: String) -> Self {
        Self {
            outcome: RunOutcome::Failed,
            failures: Vec::new(),
            blocked: Vec::new(),
            fault: Some(TaskError::new(FailureKind::Local, message).hint("Start it again: what was made is kept.")),
            made: 0,
            reused: 0,
            results: BTreeMap::new(),
        }
    }
}

/// A run on its way. Clones speak of the same run; dropping them all does not stop it.
#[derive(Debug, Clone)]
pub struct RunHandle {
    run: RunId,
    token: CancellationToken,
    report: watch::Receiver<Option<RunReport>>,
}

impl RunHandle {
    /// The run.
    pub fn id(&self) -> &RunId {
        &self.run
    }

    /// Stops the run: its unsettled tasks are cancelled at once, what is at work is asked to stop and given up after
    /// two seconds. What was made is kept. Has no effect on a run that ended.
    pub fn cancel(&self) {
        self.token.cancel();
    }

    /// Stops the run because the program closes: nothing is cancelled, at providers neither. The stream gets no end, as
    /// after a crash, and the run goes on when it is started again.
    pub fn leave(&self) {
        self.token.cancel();
    }

    /// From now on nothing new starts and no new call is sent. What is at work or in flight ends and is kept.
    pub fn pause(&self) {}

    /// The run goes on.
    pub fn resume(&self) {}

    /// Facts changed: something was approved, or a call written off. Tasks that wait for the person check again.
    pub fn look_again(&self) {}

    /// From now on so much may be spent; tasks that wait for the person check again.
    pub fn set_caps(&self, caps: Caps) {
        let _ = caps;
    }

    /// From now on the run is [`Patience::Settle`]: it ends with what there is.
    pub fn settle(&self) {}

    /// Waits for the end of the run.
    pub async fn wait(&self) -> RunReport {
        let mut report = self.report.clone();
        let ended = report.wait_for(Option::is_some).await.ok().and_then(|report| report.clone());
        ended.unwrap_or_else(|| RunReport::broken(format!("the run {} was cut off before its end", self.run)))
    }
}

impl Engine {
    /// An engine with so much of each resource. What is not named is not limited; less than one counts as one.
    pub fn new(resources: impl IntoIterator<Item = (Resource, u32)>, clock: Arc<dyn Clock>) -> Self {
        Self {
            shared: Arc::new(Shared {
                pool: Arc::new(Pool::new(resources)),
                flights: Arc::default(),
                clock,
                runs: AtomicU64::new(0),
            }),
        }
    }

    /// From now on a provider takes so much; what is in flight stays.
    pub fn limit(&self, provider: Provider, limits: Limits) {
        let _ = (self, provider, limits);
    }

    /// Starts a run and returns at once. Must be called inside a tokio runtime with its timer on.
    ///
    /// A planned task counts as waiting until the stream says otherwise. State changes go to the store, samples of
    /// progress to `samples`, which is called at most 20 times a second for a task and must return quickly.
    pub fn start(
        &self,
        order: RunOrder,
        store: Arc<dyn Store>,
        samples: Arc<dyn Fn(Sample) + Send + Sync>,
    ) -> RunHandle {
        let RunOrder { run, tasks, history, .. } = order;
        let history = Arc::new(history);
        let token = CancellationToken::new();
        let number = self.shared.runs.fetch_add(1, Ordering::Relaxed);
        let (tell, report) = watch::channel(None);
        let handle = RunHandle { run: run.clone(), token: token.clone(), report };
        let shared = Arc::clone(&self.shared);
        tokio::spawn(async move {
            let run_loop = RunLoop::new(Arc::clone(&shared), number, run.clone(), store, samples, history, token);
            let report = contained(run_loop.drive(tasks)).await.unwrap_or_else(|panic| {
                tracing::error!(%run, panic, "a fault in the store or the order ended a run");
                RunReport::broken(format!("a fault ended the run {run}: {panic}"))
            });
            shared.pool.forget(number);
            tell.send_replace(Some(report));
        });
        handle
    }
}

pub(crate) async fn call(_context: &TaskContext, call: &dyn Call) -> Result<CallReply, TaskError> {
    let mut sent = call.send().await.map_err(|failed| failed.error)?;
    loop {
        match sent {
            Sent::Reply(reply) => return Ok(reply),
            Sent::Handle(handle) => match call.poll(&handle).await.map_err(|failed| failed.error)? {
                Polled::Done(reply) => sent = Sent::Reply(reply),
                Polled::Pending { after, .. } => {
                    tokio::time::sleep(after.unwrap_or(std::time::Duration::from_secs(1))).await;
                    sent = Sent::Handle(handle);
                }
            },
        }
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}
