//! How urgent a task is: the longest path from it to an end of the graph, by expected time. Kept up to date as expand
//! tasks bring in more, by lifting only what lies before the new tasks.
//!
//! Where several want the same thing, what lies behind a task counts before its own time: whoever is short and holds up
//! much goes before whoever is long and holds up little (the largest-tail-first rule for machines that share work with
//! heads and tails; Carlier 1987).

use super::gathering::Number;
use super::graph::Graph;
use crate::{Collection, Need, Work};

/// Who goes first; the greater one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Urgency {
    /// The longest path behind the task, in milliseconds.
    behind: u64,
    /// The same with the task itself.
    whole: u64,
}

impl Urgency {
    /// Before all others.
    pub(super) const FIRST: Self = Self { behind: u64::MAX, whole: u64::MAX };

    /// A longest path, and what of it is the task's own time.
    pub(super) fn new(whole: u64, own: u64) -> Self {
        Self { behind: whole.saturating_sub(own), whole }
    }
}

/// What a path leads through.
enum Step {
    Task(Number),
    Gathering(Collection),
}

impl Graph {
    /// Ranks a new task, and lifts what it waits for.
    pub(super) fn rank_new(&mut self, number: Number) {
        let node = &self.nodes[number];
        let behind = node.waiters.iter().map(|waiter| self.nodes[waiter.number].rank);
        let home = matches!(node.spec.work, Work::Leaf(_)).then(|| node.spec.slot.collection());
        let gathered = node.feeds.iter().chain(&home).filter_map(|name| self.gatherings.get(name)).map(|g| g.rank);
        let behind = behind.chain(gathered).max().unwrap_or(0);
        self.lift(number, behind);
    }

    /// Something of this rank lies behind a task.
    fn lift(&mut self, number: Number, behind: u64) {
        let mut lifts = vec![(Step::Task(number), behind)];
        while let Some((step, behind)) = lifts.pop() {
            match step {
                Step::Task(number) => {
                    let node = &self.nodes[number];
                    let rank = behind + u64::from(node.spec.weight_ms) + node.ahead_ms;
                    // A rank above the sum of all weights means a circle, which would lift itself for ever.
                    if !node.settled && rank > node.rank && rank <= self.total_ms {
                        self.nodes[number].rank = rank;
                        self.before(number, rank, &mut lifts);
                    }
                }
                Step::Gathering(name) => {
                    let Some(gathering) = self.gatherings.get_mut(&name) else { continue };
                    if behind > gathering.rank {
                        gathering.rank = behind;
                        let before = gathering.members.iter().chain(&gathering.feeders);
                        lifts.extend(before.map(|giver| (Step::Task(*giver), behind)));
                    }
                }
            }
        }
    }

    /// What a task of this rank waits for.
    fn before(&self, number: Number, rank: u64, lifts: &mut Vec<(Step, u64)>) {
        for need in &self.nodes[number].spec.needs {
            match need {
                Need::One(slot) | Need::IfMade(slot) => match self.numbers.get(slot) {
                    Some(giver) => lifts.push((Step::Task(*giver), rank)),
                    // Whoever may still give it: anybody who feeds its collection.
                    None => lifts.push((Step::Gathering(slot.collection()), rank)),
                },
                Need::Every(name) | Need::AllMade(name) => lifts.push((Step::Gathering(name.clone()), rank)),
            }
        }
    }
}
