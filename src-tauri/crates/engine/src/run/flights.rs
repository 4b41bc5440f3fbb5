//! Identical work in flight is done once: who comes first does it, the others wait and then find the result.
//!
//! Each key in work has one lock. The holder looks for the result and makes it when it is not there. When the holder
//! is cancelled, the lock passes to the next in line, who finds nothing and makes it. A failure is left in the lock for
//! those who wait behind it: the same work would fail the same way.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

use crate::{Key, Store, TaskError};

/// One key of one store; the store by its address, which is its own as long as a run holds it.
type Work = (usize, Key);
type Failure = Option<TaskError>;

#[derive(Default)]
pub(super) struct Flights {
    open: Mutex<HashMap<Work, Arc<Turn<Failure>>>>,
}

impl Flights {
    /// Lines up for a piece of work.
    pub(super) fn line_up(self: &Arc<Self>, store: &Arc<dyn Store>, key: &Key) -> Place {
        let work = (Arc::as_ptr(store).cast::<()>() as usize, key.clone());
        let turn = Arc::clone(self.lock().entry(work.clone()).or_default());
        Place { flights: Arc::clone(self), work, turn }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Work, Arc<Turn<Failure>>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the line; dropping it leaves the line.
pub(super) struct Place {
    flights: Arc<Flights>,
    work: Work,
    turn: Arc<Turn<Failure>>,
}

impl Place {
    /// The turn, if nobody else has it.
    pub(super) fn try_turn(&self) -> Option<OwnedMutexGuard<Failure>> {
        Arc::clone(&self.turn).try_lock_owned().ok()
    }

    /// The turn, when it comes.
    pub(super) async fn turn(&self) -> OwnedMutexGuard<Failure> {
        Arc::clone(&self.turn).lock_owned().await
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.flights.lock();
        // The map holds one and this place holds one. A turn that is held counts too, but it is dropped before its
        // place is; new ones are only made under the map's lock.
        if Arc::strong_count(&self.turn) <= 2 {
            open.remove(&self.work);
        }
    }
}
