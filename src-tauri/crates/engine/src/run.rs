//! A run: what is asked for, how it is watched and stopped, and what came of it.
//!
//! Each run is one loop that alone owns its graph ([`graph`]); every task is a job of its own ([`job`]) that talks to
//! the loop by messages. Four things are shared by all runs of an engine: the resources and limits ([`pool`]), the work
//! in flight ([`flights`]), who asked to be left alone ([`quiet`]), and how long jobs take ([`pace`]). Nothing here
//! knows what a task makes.

mod alone;
mod backoff;
mod calls;
mod circles;
mod contained;
mod control;
mod desk;
mod dry_run;
mod finding;
mod flights;
mod following;
mod gathering;
pub(crate) mod graph;
mod handle;
mod job;
mod joining;
mod order;
mod pace;
mod pool;
mod quiet;
mod ranks;
mod report;
mod run_loop;
mod sampler;
mod sending;
mod settling;
mod till;
mod ware;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{Clock, Provider, Resource, Sample, Store};
use contained::contained;
use control::Control;
use flights::Flights;
use pace::Paces;
use pool::Pool;
use quiet::Quiet;
use run_loop::RunLoop;
use ware::{Taker, Ware};

pub(crate) use calls::Caller;
pub use dry_run::forecast;
pub use handle::RunHandle;
pub use order::{Limits, Patience, RunOrder};
pub use report::RunReport;

/// Runs graphs of tasks. Cheap to clone; all clones share resources, limits and work in flight. Runs of one project must
/// be given clones of one `Arc` of its store: identical work in flight is known by store and key.
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
}

struct Shared {
    pool: Arc<Pool>,
    flights: Arc<Flights>,
    quiet: Quiet,
    paces: Paces,
    clock: Arc<dyn Clock>,
    runs: AtomicU64,
    calls: AtomicU64,
    /// Tells the calls of this life of the program from those of others.
    nonce: u64,
}

impl Shared {
    fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            pool: Arc::default(),
            flights: Arc::default(),
            quiet: Quiet::default(),
            paces: Paces::default(),
            clock,
            runs: AtomicU64::new(0),
            calls: AtomicU64::new(0),
            nonce: RandomState::new().build_hasher().finish(),
        }
    }
}

impl Engine {
    /// An engine with so much of each resource. What is not named is not limited; less than one counts as one.
    pub fn new(resources: impl IntoIterator<Item = (Resource, u32)>, clock: Arc<dyn Clock>) -> Self {
        let shared = Shared::new(clock);
        for (resource, amount) in resources {
            shared.pool.limit(Ware::Local(resource), Some(amount));
        }
        Self { shared: Arc::new(shared) }
    }

    /// From now on a provider takes so much, of one kind of calls or, without a kind, of all of them together; what is in
    /// flight stays. Must be called inside a tokio runtime when runs are under way.
    pub fn limit(&self, provider: &Provider, kind: Option<&str>, limits: Limits) {
        for (ware, amount) in Ware::limits(&Taker::new(provider, kind), limits) {
            self.shared.pool.limit(ware, amount);
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
        let RunOrder { run, tasks, caps, patience, history } = order;
        let token = CancellationToken::new();
        let number = self.shared.runs.fetch_add(1, Ordering::Relaxed);
        let control = Arc::new(Control::new(patience, caps));
        let (tell, report) = watch::channel(None);
        let handle = RunHandle::new(run.clone(), token.clone(), Arc::clone(&control), report);
        let shared = Arc::clone(&self.shared);
        tokio::spawn(async move {
            let run_loop = RunLoop::new(Arc::clone(&shared), number, run.clone(), store, history, control, token);
            let report = contained(run_loop.drive(tasks, samples)).await.unwrap_or_else(|panic| {
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
