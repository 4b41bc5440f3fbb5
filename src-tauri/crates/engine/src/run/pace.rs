//! When to ask how a job stands: seldom while it cannot be done yet, often when it should be. How long jobs of a model
//! take is learnt from those that were followed to their end.
//!
//! Until one was, a few scouts are asked often and all others seldom; the first that is done tells the others when to ask.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::{CallOrder, Provider};

/// The shortest pause between two questions while nothing is known.
pub(super) const SHORTEST: Duration = Duration::from_millis(100);
/// The same when a job should be done.
const QUICKEST: Duration = Duration::from_millis(25);
/// No pause is longer.
pub(super) const LONGEST: Duration = Duration::from_secs(10);
/// Who is no scout pauses no less.
const PATIENT: Duration = Duration::from_secs(1);
/// How many jobs of a model are asked often at once.
const SCOUTS: usize = 4;
/// How many durations are remembered.
const MEMORY: usize = 8;

/// A provider's model.
type Model = (Provider, String);

/// The paces of all models.
#[derive(Default)]
pub(super) struct Paces {
    models: Mutex<HashMap<Model, Pace>>,
}

#[derive(Default)]
struct Pace {
    scouts: usize,
    lately: VecDeque<Duration>,
    /// The shortest of them.
    expected: watch::Sender<Option<Duration>>,
}

impl Paces {
    /// A job of an order is followed from now on.
    pub(super) fn follow(&self, order: &CallOrder) -> Followed<'_> {
        let model = (order.provider.clone(), order.model.clone());
        let mut models = self.lock();
        let pace = models.entry(model.clone()).or_default();
        let is_scout = pace.scouts < SCOUTS;
        pace.scouts += usize::from(is_scout);
        let expected = pace.expected.subscribe();
        drop(models);
        Followed { paces: self, model, is_scout, expected }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Model, Pace>> {
        self.models.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A job that is being followed.
pub(super) struct Followed<'a> {
    paces: &'a Paces,
    model: Model,
    is_scout: bool,
    expected: watch::Receiver<Option<Duration>>,
}

impl Followed<'_> {
    /// How long to pause before the next question, `so_far` after the job was ordered and `asked` after that when it was last
    /// asked about.
    pub(super) fn pause(&mut self, so_far: Duration, asked: Duration) -> Duration {
        let expected = *self.expected.borrow_and_update();
        let pause = match expected {
            // Eight questions tell how far it is. Towards the end they come closer, so that a quicker job is noticed.
            Some(expected) if so_far < expected => {
                let left = expected.saturating_sub(so_far);
                let closer = (left / 2).min((expected / 8).max(SHORTEST)).max((expected / 64).max(QUICKEST));
                closer.min(left).max(Duration::from_millis(1))
            }
            Some(expected) if asked < expected => Duration::ZERO,
            Some(expected) => (expected / 64).max(so_far.saturating_sub(expected) / 8).max(QUICKEST),
            None if self.is_scout => (so_far / 30).max(SHORTEST),
            None => (so_far / 8).max(PATIENT),
        };
        pause.min(LONGEST)
    }

    /// Ends when more is known of how long jobs of this model take.
    pub(super) async fn learnt(&mut self) {
        if self.expected.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// The job was done after so long.
    pub(super) fn done(&self, took: Duration) {
        let mut models = self.paces.lock();
        let Some(pace) = models.get_mut(&self.model) else { return };
        pace.lately.push_back(took);
        if pace.lately.len() > MEMORY {
            pace.lately.pop_front();
        }
        let shortest = pace.lately.iter().min().copied();
        pace.expected.send_if_modified(|expected| {
            let news = *expected != shortest;
            *expected = shortest;
            news
        });
    }
}

impl Drop for Followed<'_> {
    fn drop(&mut self) {
        if self.is_scout
            && let Some(pace) = self.paces.lock().get_mut(&self.model)
        {
            pace.scouts -= 1;
        }
    }
}
