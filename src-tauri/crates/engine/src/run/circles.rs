//! Tasks that wait for each other: a plan that cannot be done, found when nothing is at work and nothing can start.

use super::gathering::Number;
use super::graph::{Ended, Graph};
use crate::{FailureKind, Need, TaskError};

impl Graph {
    /// Nothing is at work and nothing can start: fails one task of every circle.
    pub(super) fn break_circles(&mut self) {
        while self.unsettled > 0 && self.ready.is_empty() {
            let circle = self.circle();
            let Some(first) = circle.first().copied() else { return };
            let names: Vec<_> = circle.iter().map(|number| self.nodes[*number].spec.slot.as_str()).collect();
            let error = TaskError::new(
                FailureKind::Invalid,
                format!("{} waits for itself: {} → {}", names[0], names.join(" → "), names[0]),
            )
            .hint("This is a fault in the plan, not in what you asked for. Please report it.");
            self.end(first, Ended::failed(error));
        }
    }

    /// Tasks that wait for each other in a circle, when nothing else can be what holds the graph up.
    fn circle(&self) -> Vec<Number> {
        let mut path: Vec<Number> = self.nodes.iter().position(|node| !node.settled).into_iter().collect();
        while let Some(next) = path.last().and_then(|last| self.holder(*last)) {
            if let Some(start) = path.iter().position(|number| *number == next) {
                let mut circle = path.split_off(start);
                // From its first task, so that the message is the same whoever was met first.
                let least = circle.iter().enumerate().min_by_key(|(_, number)| **number).map_or(0, |(at, _)| at);
                circle.rotate_left(least);
                return circle;
            }
            path.push(next);
        }
        path
    }

    /// An unsettled task that this one waits for.
    fn holder(&self, number: Number) -> Option<Number> {
        let open = |number: &Number| !self.nodes[*number].settled;
        self.nodes[number].spec.needs.iter().find_map(|need| match need {
            Need::One(slot) | Need::IfMade(slot) => match self.numbers.get(slot) {
                Some(giver) => Some(*giver).filter(open),
                None => self.gatherings.get(&slot.collection())?.feeders.first().copied(),
            },
            Need::Every(name) | Need::AllMade(name) => {
                let gathering = self.gatherings.get(name)?;
                gathering.members.iter().copied().find(open).or_else(|| gathering.feeders.first().copied())
            }
        })
    }
}
