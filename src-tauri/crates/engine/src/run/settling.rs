//! How tasks end, and what follows for those who wait for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::gathering::{Gathering, Number, Waiter};
use super::graph::{Ended, Graph, Planned, Spent};
use super::joining::missing;
use crate::{Slot, TaskError, TaskState, Work};

impl Graph {
    /// Works in every end, and the ends that follow from it.
    pub(super) fn work_in(&mut self) {
        while let Some((number, ended)) = self.ends.pop_front() {
            if self.nodes[number].settled {
                // Cancelled, but finished all the same: its state stands, its result is there.
                if let Ended::Made { artifact, .. } | Ended::Reused { artifact, .. } = ended {
                    self.nodes[number].result = Some(artifact);
                }
                continue;
            }
            let cause = self.work_in_one(number, ended);
            self.nodes[number].cause.clone_from(&cause);
            self.pass_on(number, cause.as_ref());
        }
    }

    /// Settles a task; gives the slot where it began when it was not made.
    fn work_in_one(&mut self, number: Number, ended: Ended) -> Option<Slot> {
        match ended {
            Ended::Made { artifact, took_ms, spent: Spent { calls, cost } } => {
                self.settle(number, TaskState::Done { key: artifact.key.clone(), took_ms, calls, cost });
                self.nodes[number].result = Some(artifact);
                None
            }
            Ended::Reused { artifact, refreshable } => {
                self.settle(number, TaskState::Cached { key: artifact.key.clone(), refreshable });
                self.nodes[number].result = Some(artifact);
                None
            }
            Ended::Gave { tasks } => self.work_in_tasks(number, tasks),
            Ended::Failed { error, spent } => Some(self.fail(number, error, spent)),
            Ended::Skipped { because } => {
                self.settle(number, TaskState::Skipped { because: because.clone() });
                Some(because)
            }
            Ended::GivenUp(block) => {
                // Its state was told when it began to wait.
                let slot = self.nodes[number].spec.slot.clone();
                self.given_up.push((slot.clone(), block));
                self.close(number);
                Some(slot)
            }
            Ended::Unmade => {
                self.close(number);
                None
            }
        }
    }

    fn work_in_tasks(&mut self, number: Number, tasks: Vec<Planned>) -> Option<Slot> {
        let count = tasks.len() as u32;
        // The giver still counts as feeding while its tasks come in, so no join can slip through between; its own
        // state is told first.
        let before = self.events.len();
        match self.add(tasks, Some(number)) {
            Ok(()) => {
                let history = Arc::clone(self.history());
                self.tally.take_back(&self.nodes[number].spec, &history);
                self.narrowed = true;
                self.settle(number, TaskState::Expanded { tasks: count });
                self.events[before..].rotate_right(1);
                None
            }
            Err(error) => Some(self.fail(number, error, Spent::default())),
        }
    }

    fn fail(&mut self, number: Number, error: TaskError, Spent { calls, cost }: Spent) -> Slot {
        let slot = self.nodes[number].spec.slot.clone();
        self.failures.push((slot.clone(), error.clone()));
        self.settle(number, TaskState::Failed { error, calls, cost });
        slot
    }

    pub(super) fn settle(&mut self, number: Number, state: TaskState) {
        self.close(number);
        self.say(number, state);
    }

    fn close(&mut self, number: Number) {
        let node = &mut self.nodes[number];
        node.settled = true;
        self.unsettled -= 1;
        self.unexpanded -= usize::from(matches!(node.spec.work, Work::Expand(_)));
    }

    /// Tells those who wait for a task that it is there, or that it never will be.
    fn pass_on(&mut self, number: Number, cause: Option<&Slot>) {
        for waiter in std::mem::take(&mut self.nodes[number].waiters) {
            self.answer(waiter, cause);
        }
        let node = &mut self.nodes[number];
        if matches!(node.spec.work, Work::Leaf(_)) {
            let home = self.gatherings.get_mut(node.spec.slot.collection_name());
            let over = home.map(|home| Over::after(home, cause, |home| home.open -= 1));
            self.answer_all(over);
        } else {
            for name in std::mem::take(&mut node.feeds) {
                let fed = self.gatherings.get_mut(&name);
                let over = fed.map(|fed| {
                    Over::after(fed, cause, |fed| {
                        fed.feeders.remove(&number);
                    })
                });
                self.answer_all(over);
            }
        }
    }

    /// Answers those whose wait for a collection is over.
    fn answer_all(&mut self, over: Option<Over>) {
        let Some(Over { broken, strict, lenient, absent }) = over else { return };
        for number in strict {
            self.answer(Waiter { number, can_do_without: false }, broken.as_ref());
        }
        for number in lenient {
            self.answer(Waiter { number, can_do_without: true }, None);
        }
        for (slot, waiter) in absent {
            if waiter.can_do_without {
                self.answer(waiter, None);
                continue;
            }
            let skipped = broken.clone().map(|because| Ended::Skipped { because });
            let ended = skipped.unwrap_or_else(|| missing(waiter.number, &slot, self));
            self.ends.push_back((waiter.number, ended));
        }
    }

    /// One need of a task is met, or cannot be.
    fn answer(&mut self, waiter: Waiter, cause: Option<&Slot>) {
        if let Some(because) = cause.filter(|_| !waiter.can_do_without) {
            self.ends.push_back((waiter.number, Ended::Skipped { because: because.clone() }));
            return;
        }
        let node = &mut self.nodes[waiter.number];
        node.unmet -= 1;
        if node.unmet == 0 && !node.settled {
            self.ready.push(waiter.number);
        }
    }
}

/// Whose wait for a collection is over.
struct Over {
    broken: Option<Slot>,
    strict: Vec<Number>,
    lenient: Vec<Number>,
    absent: Vec<(Slot, Waiter)>,
}

impl Over {
    /// After a change of the collection.
    fn after(gathering: &mut Gathering, cause: Option<&Slot>, change: impl FnOnce(&mut Gathering)) -> Self {
        change(gathering);
        if gathering.broken.is_none() {
            gathering.broken = cause.cloned();
        }
        let settled = gathering.is_settled();
        let strict = settled || gathering.broken.is_some();
        let absent = if gathering.feeders.is_empty() { std::mem::take(&mut gathering.absent) } else { BTreeMap::new() };
        Self {
            broken: gathering.broken.clone(),
            strict: if strict { std::mem::take(&mut gathering.waiters) } else { Vec::new() },
            lenient: if settled { std::mem::take(&mut gathering.lenient) } else { Vec::new() },
            absent: absent
                .into_iter()
                .flat_map(|(slot, waiters)| waiters.into_iter().map(move |waiter| (slot.clone(), waiter)))
                .collect(),
        }
    }
}
