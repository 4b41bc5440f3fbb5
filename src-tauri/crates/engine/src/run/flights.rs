//! Identical work in flight is done once: who comes first does it, the others wait and then find the result.
//!
//! Each key in work has one lock. The holder looks for the result and makes it when it is not there. When the holder
//! is cancelled, the lock passes to the next in line, who finds nothing and makes it. A failure is left in the lock for
//! those who wait behind it: the same work would fail the same way. What holds the holder up holds up all of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Mutex as Turn, OwnedMutexGuard, watch};

use crate::{Block, Key, Store, TaskError};

/// One key of one store; the store by its address, which is its own as long as a run holds it.
type Work = (usize, Key);
type Failure = Option<TaskError>;

#[derive(Default)]
pub(super) struct Flights {
    open: Mutex<HashMap<Work, Arc<Flight>>>,
}

struct Flight {
    turn: Arc<Turn<Failure>>,
    /// What holds up whoever has the turn.
    block: watch::Sender<Option<Block>>,
}

impl Default for Flight {
    fn default() -> Self {
        Self { turn: Arc::default(), block: watch::Sender::new(None) }
    }
}

impl Flights {
    /// Lines up for a piece of work.
    pub(super) fn line_up(self: &Arc<Self>, store: &Arc<dyn Store>, key: &Key) -> Place {
        let work = (Arc::as_ptr(store).cast::<()>() as usize, key.clone());
        let flight = Arc::clone(self.lock().entry(work.clone()).or_default());
        Place { flights: Arc::clone(self), work, flight }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Work, Arc<Flight>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the line; dropping it leaves the line.
pub(super) struct Place {
    flights: Arc<Flights>,
    work: Work,
    flight: Arc<Flight>,
}

impl Place {
    /// The turn, if nobody else has it.
    pub(super) fn try_turn(&self) -> Option<OwnedMutexGuard<Failure>> {
        Arc::clone(&self.flight.turn).try_lock_owned().ok()
    }

    /// The turn, when it comes.
    pub(super) async fn turn(&self) -> OwnedMutexGuard<Failure> {
        Arc::clone(&self.flight.turn).lock_owned().await
    }

    /// What holds up whoever has the turn, as it changes.
    pub(super) fn blocks(&self) -> watch::Receiver<Option<Block>> {
        self.flight.block.subscribe()
    }

    /// Tells those in line what holds this one up, until the answer is dropped.
    pub(super) fn held_up(&self, block: Block) -> HeldUp<'_> {
        self.flight.block.send_replace(Some(block));
        HeldUp(&self.flight)
    }

    /// True when nobody else stands in the line.
    pub(super) fn is_alone(&self) -> bool {
        let _closed = self.flights.lock();
        Arc::strong_count(&self.flight) <= 2
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.flights.lock();
        // The map holds one and this place holds one; new ones are only made under the map's lock.
        if Arc::strong_count(&self.flight) <= 2 {
            open.remove(&self.work);
        }
    }
}

/// The time in which the holder of a turn is held up.
pub(super) struct HeldUp<'a>(&'a Flight);

impl Drop for HeldUp<'_> {
    fn drop(&mut self) {
        self.0.block.send_replace(None);
    }
}
