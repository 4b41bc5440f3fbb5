//! What a task at work has of its run: what it holds, what it says of itself, and the ways in which it waits.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::Shared;
use super::control::Control;
use super::flights::Place;
use super::gathering::Number;
use super::job::Word;
use super::pool::Permit;
use super::ranks::Urgency;
use super::sampler::Sampler;
use super::till::Till;
use super::ware::Ware;
use crate::{Block, FailureKind, History, Line, Resource, RunId, Store, TaskError, TaskState};

/// What all tasks of a run share.
pub(super) struct RunFacts {
    pub(super) shared: Arc<Shared>,
    pub(super) number: u64,
    pub(super) run: RunId,
    pub(super) store: Arc<dyn Store>,
    pub(super) history: Arc<History>,
    pub(super) control: Arc<watch::Sender<Control>>,
    pub(super) till: Till,
    pub(super) sampler: Arc<Sampler>,
    /// Cancelled when the run stops before its end.
    pub(super) token: CancellationToken,
    pub(super) tell: UnboundedSender<Word>,
}

/// A task at work.
pub(super) struct Desk {
    pub(super) facts: Arc<RunFacts>,
    pub(super) number: Number,
    pub(super) urgency: Urgency,
    uses: Vec<(Ware, u32)>,
    token: OnceLock<CancellationToken>,
    held: Mutex<Held>,
    standing: Mutex<Standing>,
}

/// Whether it is at work, and how long it was not.
#[derive(Default)]
struct Standing {
    at_work: bool,
    /// When it last began to wait, in milliseconds since 1970.
    since_ms: Option<u64>,
    waited_ms: u64,
}

struct Held {
    /// What it uses; before that, what those held whose end let it start. It gives that back when it stands in line
    /// itself. So what a task frees goes to the most urgent of all, those that waited for this very task included.
    permits: Vec<Arc<Permit>>,
    /// How many calls it waits for.
    away: u32,
}

/// The task was stopped.
#[derive(Debug)]
pub(super) struct Cancelled;

impl From<Cancelled> for TaskError {
    fn from(_: Cancelled) -> Self {
        Self::new(FailureKind::Cancelled, "stopped")
    }
}

impl Desk {
    pub(super) fn new(
        facts: Arc<RunFacts>,
        number: Number,
        urgency: Urgency,
        uses: &[(Resource, u32)],
        inherited: Vec<Arc<Permit>>,
    ) -> Self {
        Self {
            facts,
            number,
            urgency,
            uses: uses.iter().map(|(resource, amount)| (Ware::Local(*resource), *amount)).collect(),
            token: OnceLock::new(),
            held: Mutex::new(Held { permits: inherited, away: 0 }),
            standing: Mutex::default(),
        }
    }

    /// Stops this task alone.
    pub(super) fn token(&self) -> &CancellationToken {
        self.token.get_or_init(|| self.facts.token.child_token())
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.facts.token.is_cancelled() || self.token.get().is_some_and(CancellationToken::is_cancelled)
    }

    pub(super) async fn unless_cancelled<T>(&self, future: impl Future<Output = T>) -> Result<T, Cancelled> {
        self.token().run_until_cancelled(future).await.ok_or(Cancelled)
    }

    /// It is at work; told once until it waits for something.
    pub(super) fn at_work(&self) {
        let mut standing = self.standing();
        if !std::mem::replace(&mut standing.at_work, true) {
            if let Some(since) = standing.since_ms {
                standing.waited_ms += self.facts.shared.clock.now_ms().saturating_sub(since);
            }
            self.send(Word::Now(self.number, TaskState::Running));
        }
    }

    /// It waits.
    pub(super) fn say(&self, state: TaskState) {
        self.wait();
        self.send(Word::Now(self.number, state));
    }

    fn wait(&self) {
        let mut standing = self.standing();
        if std::mem::replace(&mut standing.at_work, false) || standing.since_ms.is_none() {
            standing.since_ms = Some(self.facts.shared.clock.now_ms());
        }
    }

    /// How long it waited for something, for somebody or to try again, in milliseconds.
    pub(super) fn waited_ms(&self) -> u64 {
        self.standing().waited_ms
    }

    pub(super) fn send(&self, word: Word) {
        // Nobody listens when the run was given up.
        let _ = self.facts.tell.send(word);
    }

    /// Takes what the task uses, as soon as it can be had.
    pub(super) async fn take_up(&self) -> Result<(), Cancelled> {
        let permit = self.permit(&self.uses, self.urgency).await?;
        self.held().permits.push(Arc::new(permit));
        Ok(())
    }

    /// True when it uses anything of this machine.
    pub(super) fn uses_any(&self) -> bool {
        !self.uses.is_empty()
    }

    /// Gives back what it holds.
    pub(super) fn let_go(&self) {
        // Outside the lock: what is given back may go to others.
        let permits = std::mem::take(&mut self.held().permits);
        drop(permits);
    }

    /// What it holds, to be passed on at its end.
    pub(super) fn pass_on(&self) -> Vec<Arc<Permit>> {
        std::mem::take(&mut self.held().permits)
    }

    /// It turns to something elsewhere and needs nothing here meanwhile.
    pub(super) fn go_away(&self) {
        self.held().away += 1;
        self.let_go();
    }

    /// It goes on here, when nothing else keeps it away.
    pub(super) async fn come_back(&self) -> Result<(), Cancelled> {
        let away = {
            let mut held = self.held();
            held.away -= 1;
            held.away > 0
        };
        if away || self.uses.is_empty() { Ok(()) } else { self.take_up().await }
    }

    /// A permit for something, when it can be had and the run is not paused.
    pub(super) async fn permit(&self, uses: &[(Ware, u32)], urgency: Urgency) -> Result<Permit, Cancelled> {
        loop {
            self.unpaused().await?;
            let asked = self.facts.shared.pool.ask(self.facts.number, uses, urgency, self.number as u64);
            self.let_go();
            let permit = match asked.now() {
                Ok(permit) => permit,
                Err(ticket) => {
                    let line = uses.first().map_or(Line::Unnamed, |(ware, _)| ware.line());
                    self.say(TaskState::Queued { line });
                    self.unless_cancelled(ticket.permit()).await?.ok_or(Cancelled)?
                }
            };
            if !self.facts.control.borrow().paused {
                return Ok(permit);
            }
        }
    }

    /// Waits while the run is paused.
    async fn unpaused(&self) -> Result<(), Cancelled> {
        if !self.facts.control.borrow().paused {
            return Ok(());
        }
        self.let_go();
        self.say(TaskState::Queued { line: Line::Pause });
        let mut control = self.facts.control.subscribe();
        let resumed = control.wait_for(|control| !control.paused);
        self.unless_cancelled(resumed).await?.map(drop).map_err(|_| Cancelled)
    }

    /// How often it was said that facts changed. To be read before the facts are.
    pub(super) fn looks(&self) -> u64 {
        self.facts.control.borrow().looks
    }

    /// Waits for the person, until it is said that facts changed since `looks`. Those in line for the same work wait
    /// with it.
    pub(super) async fn blocked(&self, block: Block, place: &Place, looks: u64) -> Result<(), Cancelled> {
        self.let_go();
        let _held_up = place.held_up(block.clone());
        self.say_blocked(block);
        let mut control = self.facts.control.subscribe();
        let looked = control.wait_for(|control| control.looks != looks);
        self.unless_cancelled(looked).await?.map(drop).map_err(|_| Cancelled)
    }

    pub(super) fn say_blocked(&self, block: Block) {
        self.wait();
        self.send(Word::Blocked(self.number, block, self.token().clone()));
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
