//! How tasks come into the graph: checked, told, and tied to what they wait for.

use std::collections::HashSet;

use super::gathering::{Number, Waiter};
use super::graph::{Ended, Graph, Node, Planned};
use crate::{Event, FailureKind, Need, Slot, TaskError, Work};

impl Graph {
    /// Brings tasks in, from the order or from an expand task: all of them, or none and an error.
    pub(super) fn add(&mut self, tasks: Vec<Planned>, giver: Option<Number>) -> Result<(), TaskError> {
        self.check(&tasks, giver)?;
        let first = self.nodes.len();
        let by = giver.map(|giver| &self.nodes[giver]);
        let (above, by) = by.map(|node| (node.place.clone(), node.spec.slot.clone())).unzip();
        let above: Vec<u32> = above.unwrap_or_default();
        self.nodes.reserve(tasks.len());
        self.numbers.reserve(tasks.len());
        for (at, planned) in tasks.into_iter().enumerate() {
            let place = above.iter().copied().chain([at as u32]).collect();
            self.put_in(planned, place, by.clone());
        }
        for number in first..self.nodes.len() {
            self.link(number);
        }
        for number in (first..self.nodes.len()).rev() {
            self.rank_new(number);
        }
        Ok(())
    }

    fn put_in(&mut self, Planned { spec, feeds, ahead_ms }: Planned, place: Vec<u32>, by: Option<Slot>) {
        let number = self.nodes.len();
        let expands = matches!(spec.work, Work::Expand(_));
        self.numbers.insert(spec.slot.clone(), number);
        if !self.gatherings.contains_key(spec.slot.collection_name()) {
            self.gatherings.insert(spec.slot.collection(), super::gathering::Gathering::default());
        }
        let home = self.gatherings.get_mut(spec.slot.collection_name());
        let mut waiters = Vec::new();
        if let Some(home) = home {
            waiters = home.absent.remove(&spec.slot).unwrap_or_default();
            if !expands {
                home.members.push(number);
                home.open += 1;
            }
        }
        for name in &feeds {
            self.gatherings.entry(name.clone()).or_default().feeders.insert(number);
        }
        self.events.push(Event::TaskPlanned {
            slot: spec.slot.clone(),
            agent: spec.agent.clone(),
            title: spec.title.clone(),
            needs: spec.needs.clone(),
            weight_ms: spec.weight_ms,
            expands,
            by,
        });
        let history = std::sync::Arc::clone(self.history());
        self.tally.add_task(&spec, &history);
        self.total_ms += u64::from(spec.weight_ms) + ahead_ms;
        self.unsettled += 1;
        self.unexpanded += usize::from(expands);
        self.nodes.push(Node {
            spec,
            feeds,
            ahead_ms,
            place,
            unmet: 0,
            waiters,
            rank: 0,
            settled: false,
            cause: None,
            result: None,
        });
    }

    /// A slot is planned once, and an expand task gives only what it announced.
    fn check(&self, tasks: &[Planned], giver: Option<Number>) -> Result<(), TaskError> {
        let blame = giver.map_or_else(|| "the order".to_owned(), |number| self.nodes[number].spec.slot.to_string());
        let wrong = |what: String| {
            let hint = "This is a fault in the plan, not in what you asked for. Please report it.";
            Err(TaskError::new(FailureKind::Invalid, what).hint(hint))
        };
        let mut seen = HashSet::new();
        for Planned { spec, feeds, .. } in tasks {
            if self.numbers.contains_key(&spec.slot) || !seen.insert(&spec.slot) {
                return wrong(format!("{blame} plans {}, which is planned already", spec.slot));
            }
            let Some(giver) = giver else { continue };
            let announced = &self.nodes[giver].feeds;
            let own = matches!(spec.work, Work::Leaf(_)).then(|| spec.slot.collection());
            if let Some(name) = own.iter().chain(feeds).find(|name| !announced.contains(name)) {
                return wrong(format!("{blame} plans {}, but did not announce that it adds to {name}", spec.slot));
            }
        }
        Ok(())
    }

    /// Finds out what a new task waits for.
    fn link(&mut self, number: Number) {
        let mut unmet = 0;
        for need in self.nodes[number].spec.needs.clone() {
            let waiter = Waiter { number, can_do_without: need.can_do_without() };
            let tie = match need {
                Need::One(slot) | Need::IfMade(slot) => self.tie_to_slot(waiter, slot),
                Need::Every(_) | Need::AllMade(_) => self.tie_to_all(waiter, need.collection_name()),
            };
            if let Tie::Open | Tie::Never(_) = tie {
                unmet += 1;
            }
            if let Tie::Never(ended) = tie {
                self.ends.push_back((number, ended));
            }
        }
        self.nodes[number].unmet = unmet;
        if unmet == 0 {
            self.ready.push(number);
        }
    }

    fn tie_to_slot(&mut self, waiter: Waiter, slot: Slot) -> Tie {
        if let Some(giver) = self.numbers.get(&slot).copied() {
            let giver = &mut self.nodes[giver];
            if !giver.settled {
                giver.waiters.push(waiter);
                return Tie::Open;
            }
            return Tie::settled(waiter, giver.cause.as_ref());
        }
        let home = self.gatherings.entry(slot.collection()).or_default();
        if !home.feeders.is_empty() {
            home.absent.entry(slot).or_default().push(waiter);
            return Tie::Open;
        }
        if waiter.can_do_without {
            return Tie::Met;
        }
        let broken = home.broken.clone();
        Tie::Never(broken.map_or_else(|| missing(waiter.number, &slot, self), |because| Ended::Skipped { because }))
    }

    fn tie_to_all(&mut self, waiter: Waiter, name: &str) -> Tie {
        // A collection that nobody adds to is complete.
        let Some(gathering) = self.gatherings.get_mut(name) else { return Tie::Met };
        if gathering.is_settled() || (gathering.broken.is_some() && !waiter.can_do_without) {
            return Tie::settled(waiter, gathering.broken.as_ref());
        }
        if waiter.can_do_without { &mut gathering.lenient } else { &mut gathering.waiters }.push(waiter.number);
        Tie::Open
    }
}

/// How a task stands to one of its needs.
enum Tie {
    Met,
    Open,
    Never(Ended),
}

impl Tie {
    /// To something that is settled, and that was not made when there is a cause.
    fn settled(waiter: Waiter, cause: Option<&Slot>) -> Self {
        match cause {
            Some(because) if !waiter.can_do_without => Self::Never(Ended::Skipped { because: because.clone() }),
            _ => Self::Met,
        }
    }
}

/// What becomes of a task that needs a slot that nothing makes.
pub(super) fn missing(number: Number, slot: &Slot, graph: &Graph) -> Ended {
    let error = TaskError::new(
        FailureKind::Invalid,
        format!("{} needs {slot}, which nothing in this run makes", graph.nodes[number].spec.slot),
    );
    Ended::failed(error.hint("This is a fault in the plan, not in what you asked for. Please report it."))
}
