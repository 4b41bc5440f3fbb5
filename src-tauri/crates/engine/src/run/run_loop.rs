//! The loop of one run. It alone owns the graph: it starts a job for each task that can start, hears from the jobs and
//! from the person, and writes every change of state to the store, in order.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use super::control::{Control, Halt};
use super::desk::{Desk, RunFacts};
use super::gathering::Number;
use super::graph::{Ended, Graph, Harvest, Spent};
use super::job::{Job, Word, store_failure};
use super::pool::Permit;
use super::{RunReport, Shared};
use crate::{Block, Event, History, Patience, RunId, RunOutcome, Sample, Store, TaskError, TaskSpec};

/// How long a stopped run waits for what is at work.
const PATIENCE: Duration = Duration::from_secs(2);

/// So many of the tasks that can start, the most urgent ones, are waited for before what others freed is given away.
/// More would keep it idle for longer than the better order is worth.
const HEIRS: usize = 16;

/// How long a plan that was told stands before the next one is.
const NARROWING: Duration = Duration::from_millis(300);

pub(super) struct RunLoop {
    facts: Arc<RunFacts>,
    control: watch::Receiver<Control>,
    paused: bool,
    graph: Graph,
    /// Cut off when the loop is dropped.
    jobs: JoinSet<()>,
    at_work: usize,
    /// Those at work that wait for the person, and what gives them up.
    blocked: BTreeMap<Number, (Block, CancellationToken)>,
    /// What the jobs held that were just heard to be over.
    freed: Vec<Arc<Permit>>,
    words: UnboundedReceiver<Word>,
    narrowed: Option<Instant>,
    made: u32,
    reused: u32,
    spent: Spent,
}

/// Why a run's work ended.
enum Left {
    Settled,
    Stopped(Halt),
}

impl RunLoop {
    pub(super) fn new(
        shared: Arc<Shared>,
        number: u64,
        run: RunId,
        store: Arc<dyn Store>,
        history: History,
        control: Arc<watch::Sender<Control>>,
        token: CancellationToken,
    ) -> Self {
        let (tell, words) = unbounded_channel();
        let history = Arc::new(history);
        let graph = Graph::new(Arc::clone(&shared.clock), Arc::clone(&history));
        let heard = control.subscribe();
        let till = super::till::Till::default();
        let sampler = Arc::default();
        let facts = RunFacts { shared, number, run, store, history, control, till, sampler, token, tell };
        Self {
            facts: Arc::new(facts),
            control: heard,
            paused: false,
            graph,
            jobs: JoinSet::new(),
            at_work: 0,
            blocked: BTreeMap::new(),
            freed: Vec::new(),
            words,
            narrowed: None,
            made: 0,
            reused: 0,
            spent: Spent::default(),
        }
    }

    /// Runs the tasks to their end.
    pub(super) async fn drive(mut self, tasks: Vec<TaskSpec>, samples: Arc<dyn Fn(Sample) + Send + Sync>) -> RunReport {
        self.jobs.spawn(Arc::clone(&self.facts.sampler).tell(self.facts.run.clone(), samples));
        let ended = self.work(tasks).await;
        let (stopped, fault) = match ended {
            Ok(Left::Settled) => (None, None),
            Ok(Left::Stopped(halt)) => (Some(halt), None),
            Err(error) => {
                self.facts.token.cancel();
                self.graph.cancel();
                (None, Some(error))
            }
        };
        self.wind_up().await;
        if stopped == Some(Halt::Leave) {
            // What ended while it was waited for is told; more than that is not known to have ended.
            let _ = self.flush().await;
        }
        self.report(stopped, fault).await
    }

    async fn report(mut self, stopped: Option<Halt>, mut fault: Option<TaskError>) -> RunReport {
        // Cuts off what is still at work.
        self.jobs.abort_all();
        let facts = Arc::clone(&self.facts);
        let (made, reused, Spent { calls, cost }) = (self.made, self.reused, self.spent);
        let Harvest { outcome, failures, blocked, results } = self.graph.finish();
        let mut outcome = match (stopped, fault.is_some()) {
            (Some(Halt::Cancel), _) => RunOutcome::Cancelled,
            (Some(Halt::Leave), _) => RunOutcome::Left,
            (None, true) => RunOutcome::Failed,
            (None, false) => outcome,
        };
        if outcome != RunOutcome::Left {
            let ended = Event::RunEnded { outcome, at_ms: facts.shared.clock.now_ms() };
            if let Err(error) = facts.store.record(&facts.run, &ended).await
                && fault.is_none()
            {
                outcome = RunOutcome::Failed;
                fault = Some(store_failure(error));
            }
        }
        RunReport { outcome, failures, blocked, fault, made, reused, calls, cost, results }
    }

    /// Works until every task is settled, or the run is stopped.
    async fn work(&mut self, tasks: Vec<TaskSpec>) -> Result<Left, TaskError> {
        self.record(&Event::RunStarted).await?;
        self.graph.begin(tasks)?;
        loop {
            self.listen();
            if self.paused {
                self.freed.clear();
            } else {
                self.start_ready();
            }
            self.narrow();
            self.flush().await?;
            if self.graph.is_settled() {
                return Ok(Left::Settled);
            }
            if self.facts.token.is_cancelled() {
                return self.stop().await;
            }
            if self.at_work == 0 && !self.paused {
                self.graph.break_circles();
                continue;
            }
            if self.gives_up() {
                continue;
            }
            tokio::select! {
                biased;
                () = self.facts.token.cancelled() => {}
                // The facts hold the sender.
                _ = self.control.changed() => {}
                word = self.words.recv() => self.hear(word),
            }
            // What came in meanwhile is worked in together, so that the most urgent of all that it frees starts first.
            while let Ok(word) = self.words.try_recv() {
                self.hear(Some(word));
            }
            while self.jobs.try_join_next().is_some() {}
        }
    }

    async fn stop(&mut self) -> Result<Left, TaskError> {
        let halt = self.control.borrow().stop.unwrap_or(Halt::Cancel);
        if halt == Halt::Cancel {
            self.graph.cancel();
            self.flush().await?;
        }
        Ok(Left::Stopped(halt))
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

    /// What the person said.
    fn listen(&mut self) {
        let paused = self.control.borrow_and_update().paused;
        if paused != self.paused {
            self.paused = paused;
            let at_ms = self.facts.shared.clock.now_ms();
            self.graph.tell(if paused { Event::Paused { at_ms } } else { Event::Resumed { at_ms } });
        }
    }

    fn start_ready(&mut self) {
        let freed = std::mem::take(&mut self.freed);
        for (at, number) in self.graph.take_ready().into_iter().enumerate() {
            self.start(number, if at < HEIRS { freed.clone() } else { Vec::new() });
        }
    }

    fn start(&mut self, number: Number, held: Vec<Arc<Permit>>) {
        let spec = self.graph.spec(number);
        let desk = Desk::new(Arc::clone(&self.facts), number, self.graph.urgency(number), &spec.uses, held);
        let job = Job {
            desk: Arc::new(desk),
            slot: spec.slot.clone(),
            agent: spec.agent.clone(),
            work: spec.work.clone(),
            inputs: self.graph.inputs(number),
        };
        self.jobs.spawn(job.work());
        self.at_work += 1;
    }

    /// Tells the plan anew when promises became facts, but not all the time.
    fn narrow(&mut self) {
        let rested = self.narrowed.is_none_or(|told| told.elapsed() >= NARROWING);
        if (rested || self.graph.is_known())
            && let Some(plan) = self.graph.take_narrowed()
        {
            self.narrowed = Some(Instant::now());
            self.graph.tell(Event::Narrowed { plan });
        }
    }

    /// Gives up those that wait for the person, when nothing else is at work and the run does not wait for them.
    fn gives_up(&mut self) -> bool {
        let idle = self.at_work > 0 && self.at_work == self.blocked.len() && !self.paused;
        if !idle || self.control.borrow().patience != Patience::Settle {
            return false;
        }
        for (number, (block, token)) in std::mem::take(&mut self.blocked) {
            token.cancel();
            self.graph.end(number, Ended::GivenUp(block));
        }
        true
    }

    fn hear(&mut self, word: Option<Word>) {
        match word {
            Some(Word::Now(number, state)) => {
                self.blocked.remove(&number);
                self.graph.note(number, state);
            }
            Some(Word::Blocked(number, block, token)) => {
                self.graph.note(number, block.clone().into());
                self.blocked.insert(number, (block, token));
            }
            Some(Word::Told(event)) => {
                if let Event::Spent { cost, .. } = &event {
                    self.spent.calls += 1;
                    self.spent.cost = self.spent.cost + *cost;
                }
                self.graph.tell(event);
            }
            Some(Word::Over(number, ended, held)) => {
                self.at_work -= 1;
                self.blocked.remove(&number);
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
        let events = self.graph.take_events();
        if events.is_empty() {
            return Ok(());
        }
        self.facts.store.record_all(&self.facts.run, &events).await.map(drop).map_err(store_failure)
    }

    async fn record(&self, event: &Event) -> Result<(), TaskError> {
        self.facts.store.record(&self.facts.run, event).await.map(|_| ()).map_err(store_failure)
    }
}
