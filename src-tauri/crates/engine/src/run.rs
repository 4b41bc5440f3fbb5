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
mod pool;
mod ranks;
mod run_loop;
mod sampler;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{Artifact, Clock, FailureKind, Resource, RunId, RunOutcome, Sample, Slot, Store, TaskError, TaskSpec};
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
}

/// What came of a run.
#[derive(Debug, Clone)]
pub struct RunReport {
    /// How it ended.
    pub outcome: RunOutcome,
    /// The tasks that failed, in the order in which they did. What was skipped because of them is not among them.
    pub failures: Vec<(Slot, TaskError)>,
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
        let RunOrder { run, tasks } = order;
        let token = CancellationToken::new();
        let number = self.shared.runs.fetch_add(1, Ordering::Relaxed);
        let (tell, report) = watch::channel(None);
        let handle = RunHandle { run: run.clone(), token: token.clone(), report };
        let shared = Arc::clone(&self.shared);
        tokio::spawn(async move {
            let run_loop = RunLoop::new(Arc::clone(&shared), number, run.clone(), store, samples, token);
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

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}
