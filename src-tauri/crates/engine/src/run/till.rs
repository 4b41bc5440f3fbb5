//! Which calls of a run may still give money back. A call that would pass a cap need not trouble the person while
//! others are under way: they reserved the most they may cost, and will mostly cost less.

use tokio::sync::{Mutex, watch};

/// The calls of one run that hold a reservation.
#[derive(Default)]
pub(super) struct Till {
    state: watch::Sender<State>,
    /// Who waits for money stands here; only the first asks again.
    line: Mutex<()>,
}

#[derive(Clone, Copy, Default)]
struct State {
    /// How many have a reservation, or are about to get one.
    open: u64,
    /// How many gave theirs back.
    ended: u64,
}

impl Till {
    /// A reservation is asked for; dropping the answer says that nothing of it is held any more.
    pub(super) fn open(&self) -> Open<'_> {
        self.state.send_modify(|state| state.open += 1);
        Open { till: self, given: true }
    }

    /// The first place in the line of those who wait for money.
    pub(super) async fn first(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.line.lock().await
    }

    /// How many reservations were given back until now.
    pub(super) fn ended(&self) -> u64 {
        self.state.borrow().ended
    }

    /// Waits until something was given back since `ended`; false when nothing will be.
    pub(super) async fn more_since(&self, ended: u64) -> bool {
        let mut state = self.state.subscribe();
        let settled = state.wait_for(|state| state.ended != ended || state.open == 0).await;
        settled.is_ok_and(|state| state.ended != ended)
    }
}

/// A reservation.
pub(super) struct Open<'a> {
    till: &'a Till,
    given: bool,
}

impl Open<'_> {
    /// It was not given.
    pub(super) fn refused(mut self) {
        self.given = false;
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.till.state.send_modify(|state| {
            state.open -= 1;
            state.ended += u64::from(self.given);
        });
    }
}
