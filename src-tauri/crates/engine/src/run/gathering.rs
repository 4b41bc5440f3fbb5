//! A collection while its members come in: who may still add to it, who is not done, who waits for it.

use std::collections::{BTreeMap, BTreeSet};

use crate::Slot;

/// The number of a task in its graph: tasks are numbered in the order in which they came in.
pub(super) type Number = usize;

/// A task that waits for another one.
#[derive(Clone, Copy)]
pub(super) struct Waiter {
    pub(super) number: Number,
    /// True when it goes on without.
    pub(super) can_do_without: bool,
}

#[derive(Default)]
pub(super) struct Gathering {
    /// The leaf tasks in it.
    pub(super) members: Vec<Number>,
    /// How many of them are not settled.
    pub(super) open: usize,
    /// The unsettled expand tasks that may add to it.
    pub(super) feeders: BTreeSet<Number>,
    /// The slot whose failure makes it incomplete for good.
    pub(super) broken: Option<Slot>,
    /// The tasks that wait for all of it.
    pub(super) waiters: Vec<Number>,
    /// The tasks that wait until it is known what of it was made.
    pub(super) lenient: Vec<Number>,
    /// The tasks that wait for a member that nobody has planned yet.
    pub(super) absent: BTreeMap<Slot, Vec<Waiter>>,
    /// The longest path behind it, in milliseconds.
    pub(super) rank: u64,
}

impl Gathering {
    /// True when every member is settled and none can come.
    pub(super) fn is_settled(&self) -> bool {
        self.open == 0 && self.feeders.is_empty()
    }
}
