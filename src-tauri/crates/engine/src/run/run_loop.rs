//! The loop of one run. It alone owns the graph: it starts a job for each task that can start, hears from the jobs,
//! and writes every change of state to the store, in order.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use super::gathering::Number;
use super::graph::{Ended, Graph, Harvest};
use super::job::{Job, Word, store_failure};
use super::pool::Permit;
use super::sampler::Sampler;
use super::{RunReport, Shared};
use crate::{Event, History, Line, RunId, RunOutcome, Sample, Store, TaskError, TaskSpec, TaskState};

/// How long a stopped run waits for what is at work.
const PATIENCE: Duration = Duration::from_secs(2);

/// So many of the tasks that can start, the most urgent ones, are waited for before what others freed is given away.
/// More would keep it idle for longer than the better order is worth.
const HEIRS: usize = 16;

pub(super) struct RunLoop {
    shared: Arc<Shared>,
    run_number: u64,
    run: RunId,
    store: Arc<dyn Store>,
    samples: Arc<dyn Fn(Sample) + Send + Sync>,
    history: Arc<History>,
    token: CancellationToken,
    sampler: Arc<Sampler>,
    graph: Graph,
    /// Cut off when the loop is dropped.
    jobs: JoinSet<()>,
    at_work: usize,
    /// What the jobs held that were just heard to be over.
    freed: Vec<Arc<Permit>>,
    tell: UnboundedSender<Word>,
    words: UnboundedReceiver<Word>,
    made: u32,
    reused: u32,
}

impl RunLoop {
    pub(super) fn new(
        shared: Arc<Shared>,
        run_number: u64,
        run: RunId,
        store: Arc<dyn Store>,
        samples: Arc<dyn Fn(Sample) + Send + Sync>,
        history: Arc<History>,
        token: CancellationToken,
    ) -> Self {
        let (tell, words) = unbounded_channel();
        let graph = Graph::new(Arc::clone(&shared.clock), Arc::clone(&history));
        Self {
            shared,
            run_number,
            run,
            store,
            samples,
            history,
            token,
            sampler: Arc::default(),
            graph,
            jobs: JoinSet::new(),
            at_work: 0,
            freed: Vec::new(),
            tell,
            words,
            made: 0,
            reused: 0,
        }
    }

    /// Runs the tasks to their end.
    pub(super) async fn drive(mut self, tasks: Vec<TaskSpec>) -> RunReport {
        self.jobs.spawn(Arc::clone(&self.sampler).tell(self.run.clone(), Arc::clone(&self.samples)));
        let ended = self.work(tasks).await;
        let (cancelled, mut fault) = match ended {
            Ok(cancelled) => (cancelled, None),
            Err(error) => {
                self.token.cancel();
                self.graph.cancel();
                (false, Some(error))
            }
        };
        self.wind_up().await;
        let shared = Arc::clone(&self.shared);
        let (store, run, made, reused) = (Arc::clone(&self.store), self.run.clone(), self.made, self.reused);
        // Cuts off what is still at work.
        self.jobs.abort_all();
        let Harvest { outcome, failures, blocked, results } = self.graph.finish();
        let outcome = match (cancelled, fault.is_some()) {
            (true, _) => RunOutcome::Cancelled,
            (false, true) => RunOutcome::Failed,
            (false, false) => outcome,
        };
        let ended = Event::RunEnded { outcome, at_ms: shared.clock.now_ms() };
        let mut outcome = outcome;
        if let Err(error) = store.record(&run, &ended).await
            && fault.is_none()
        {
            outcome = RunOutcome::Failed;
            fault = Some(store_failure(error));
        }
        RunReport { outcome, failures, blocked, fault, made, reused, results }
    }

    /// Works until every task is settled; true when the run was cancelled before that.
    async fn work(&mut self, tasks: Vec<TaskSpec>) -> Result<bool, TaskError> {
        self.record(&Event::RunStarted).await?;
        self.graph.begin(tasks)?;
        loop {
            let freed = std::mem::take(&mut self.freed);
            for (at, number) in self.graph.take_ready().into_iter().enumerate() {
                self.start(number, if at < HEIRS { freed.clone() } else { Vec::new() });
            }
            drop(freed);
            self.flush().await?;
            if self.graph.is_settled() {
                return Ok(false);
            }
            if self.token.is_cancelled() {
                self.graph.cancel();
                self.flush().await?;
                return Ok(true);
            }
            if self.at_work == 0 {
                self.graph.break_circles();
                continue;
            }
            tokio::select! {
                biased;
                () = self.token.cancelled() => {}
                word = self.words.recv() => self.hear(word),
            }
            // What came in meanwhile is worked in together, so that the most urgent of all that it frees starts first.
            while let Ok(word) = self.words.try_recv() {
                self.hear(Some(word));
            }
            while self.jobs.try_join_next().is_some() {}
        }
    }

    /// Waits for what is at work, but not for ever.
    async fn wind_up(&mut self) {
        let end = Instant::now() + PATIENCE;
        while self.at_work > 0
            && let Ok(word) = timeout_at(end, self.words.recv()).await
        {
            self.hear(word);
            self.freed.clear();
        }
    }

    fn start(&mut self, number: Number, held: Vec<Arc<Permit>>) {
        let spec = self.graph.spec(number);
        let job = Job {
            shared: Arc::clone(&self.shared),
            run_number: self.run_number,
            run: self.run.clone(),
            number,
            slot: spec.slot.clone(),
            agent: spec.agent.clone(),
            uses: spec.uses.clone(),
            rank: self.graph.rank(number),
            work: spec.work.clone(),
            inputs: self.graph.inputs(number),
            store: Arc::clone(&self.store),
            sampler: Arc::clone(&self.sampler),
            history: Arc::clone(&self.history),
            token: self.token.clone(),
            tell: self.tell.clone(),
            held,
        };
        self.jobs.spawn(job.work());
        self.at_work += 1;
    }

    fn hear(&mut self, word: Option<Word>) {
        match word {
            Some(Word::Queued(number)) => self.graph.note(number, TaskState::Queued { line: Line::Unnamed }),
            Some(Word::Running(number)) => self.graph.note(number, TaskState::Running),
            Some(Word::Over(number, ended, held)) => {
                self.at_work -= 1;
                self.freed.extend(held);
                match &ended {
                    Some(Ended::Made { .. }) => self.made += 1,
                    Some(Ended::Reused { .. }) => self.reused += 1,
                    _ => {}
                }
                if let Some(ended) = ended {
                    self.graph.end(number, ended);
                }
            }
            None => {}
        }
    }

    async fn flush(&mut self) -> Result<(), TaskError> {
        for event in self.graph.take_events() {
            self.record(&event).await?;
        }
        Ok(())
    }

    async fn record(&self, event: &Event) -> Result<(), TaskError> {
        self.store.record(&self.run, event).await.map(|_| ()).map_err(store_failure)
    }
}
