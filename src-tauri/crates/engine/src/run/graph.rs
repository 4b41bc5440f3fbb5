//! The graph of one run: a plain state machine. It knows who waits for whom, says who can start, and writes down every
//! change of state as an event. It runs nothing and waits for nothing.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::gathering::{Gathering, Number};
use crate::{
    Artifact, Clock, Collection, Event, FailureKind, Inputs, Need, Slot, TaskError, TaskSpec, TaskState, Work,
};

/// A task as it comes in, with what its expand part says of itself.
pub(super) struct Planned {
    spec: TaskSpec,
    feeds: Vec<Collection>,
    ahead_ms: u64,
}

impl From<TaskSpec> for Planned {
    fn from(spec: TaskSpec) -> Self {
        let (feeds, ahead_ms) = match &spec.work {
            Work::Leaf(_) => (Vec::new(), 0),
            Work::Expand(expand) => {
                let ahead = expand.promises().iter().map(|promise| u64::from(promise.weight_ms)).max();
                (expand.feeds(), ahead.unwrap_or(0))
            }
        };
        Self { spec, feeds, ahead_ms }
    }
}

/// How a task ended, as the graph hears it.
pub(super) enum Ended {
    Made { artifact: Artifact, took_ms: u64 },
    Reused { artifact: Artifact },
    Gave { tasks: Vec<Planned> },
    Failed(TaskError),
    Skipped { because: Slot },
}

pub(super) struct Node {
    pub(super) spec: TaskSpec,
    pub(super) feeds: Vec<Collection>,
    /// How long what an expand task will give takes, as far as it can tell.
    pub(super) ahead_ms: u64,
    /// Its place in the plan: among the tasks of the order, then among those that its expand task gave, and so on.
    /// Numbers tell who came first; places are the same in every run.
    place: Vec<u32>,
    /// How many needs are not met.
    unmet: usize,
    /// The tasks that need this one's result.
    pub(super) waiters: Vec<Number>,
    /// The longest path from here to an end, in milliseconds, itself included.
    pub(super) rank: u64,
    pub(super) settled: bool,
    /// When it went wrong: the slot where that began.
    cause: Option<Slot>,
    result: Option<Artifact>,
}

pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) numbers: HashMap<Slot, Number>,
    pub(super) gatherings: HashMap<Collection, Gathering>,
    /// The weights of all tasks: no path is longer.
    pub(super) total_ms: u64,
    pub(super) unsettled: usize,
    pub(super) ready: Vec<Number>,
    /// Ends that were heard of and not worked in yet: a queue, because one may bring thousands.
    ends: VecDeque<(Number, Ended)>,
    events: Vec<Event>,
    failures: Vec<(Slot, TaskError)>,
    clock: Arc<dyn Clock>,
}

impl Graph {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            nodes: Vec::new(),
            numbers: HashMap::new(),
            gatherings: HashMap::new(),
            total_ms: 0,
            unsettled: 0,
            ready: Vec::new(),
            ends: VecDeque::new(),
            events: Vec::new(),
            failures: Vec::new(),
            clock,
        }
    }

    /// Brings in the tasks known at the start.
    pub(super) fn begin(&mut self, tasks: Vec<Planned>) -> Result<(), TaskError> {
        self.add(tasks, None)?;
        self.work_in();
        Ok(())
    }

    /// A task ended.
    pub(super) fn end(&mut self, number: Number, ended: Ended) {
        self.ends.push_back((number, ended));
        self.work_in();
    }

    /// Every unsettled task is cancelled.
    pub(super) fn cancel(&mut self) {
        self.ready.clear();
        for number in 0..self.nodes.len() {
            if !self.nodes[number].settled {
                self.settle(number, TaskState::Cancelled);
            }
        }
    }

    /// A state between waiting and settled; of no account when the task is settled already.
    pub(super) fn note(&mut self, number: Number, state: TaskState) {
        if !self.nodes[number].settled {
            self.say(number, state);
        }
    }

    /// The tasks that can start, the longest remaining path first; each is told once.
    pub(super) fn take_ready(&mut self) -> Vec<Number> {
        let mut ready = std::mem::take(&mut self.ready);
        ready.sort_by_key(|number| (std::cmp::Reverse(self.nodes[*number].rank), *number));
        ready
    }

    /// The events since the last call.
    pub(super) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    pub(super) fn is_settled(&self) -> bool {
        self.unsettled == 0
    }

    /// True when every task gave what it should.
    pub(super) fn is_whole(&self) -> bool {
        self.nodes.iter().all(|node| node.settled && node.cause.is_none())
    }

    pub(super) fn spec(&self, number: Number) -> &TaskSpec {
        &self.nodes[number].spec
    }

    pub(super) fn rank(&self, number: Number) -> u64 {
        self.nodes[number].rank
    }

    /// What a task's needs gave.
    pub(super) fn inputs(&self, number: Number) -> Inputs {
        let mut given = Vec::<Number>::new();
        for need in &self.nodes[number].spec.needs {
            match need {
                Need::One(slot) => given.extend(self.numbers.get(slot)),
                Need::Every(name) => given.extend(self.gatherings.get(name).into_iter().flat_map(|g| &g.members)),
            }
        }
        given.sort_unstable_by_key(|giver| &self.nodes[*giver].place);
        given.dedup();
        let results = given.into_iter().map(|giver| &self.nodes[giver]);
        Inputs::new(results.filter_map(|node| Some((node.spec.slot.clone(), node.result.clone()?))))
    }

    /// The failures, and all results by slot.
    pub(super) fn finish(self) -> (Vec<(Slot, TaskError)>, BTreeMap<Slot, Artifact>) {
        let results = self.nodes.into_iter().filter_map(|node| Some((node.spec.slot, node.result?)));
        (self.failures, results.collect())
    }

    fn add(&mut self, tasks: Vec<Planned>, giver: Option<Number>) -> Result<(), TaskError> {
        self.check(&tasks, giver)?;
        let first = self.nodes.len();
        let above = giver.map(|giver| self.nodes[giver].place.clone()).unwrap_or_default();
        for (at, Planned { spec, feeds, ahead_ms }) in tasks.into_iter().enumerate() {
            let number = self.nodes.len();
            self.numbers.insert(spec.slot.clone(), number);
            let home = self.gatherings.entry(spec.slot.collection()).or_default();
            let waiters = home.absent.remove(&spec.slot).unwrap_or_default();
            if matches!(spec.work, Work::Leaf(_)) {
                home.members.push(number);
                home.open += 1;
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
                expands: matches!(spec.work, Work::Expand(_)),
            });
            self.total_ms += u64::from(spec.weight_ms) + ahead_ms;
            self.unsettled += 1;
            let node = Node {
                spec,
                feeds,
                ahead_ms,
                place: above.iter().copied().chain([at as u32]).collect(),
                unmet: 0,
                waiters,
                rank: 0,
                settled: false,
                cause: None,
                result: None,
            };
            self.nodes.push(node);
        }
        for number in first..self.nodes.len() {
            self.link(number);
        }
        for number in (first..self.nodes.len()).rev() {
            self.rank_new(number);
        }
        Ok(())
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
            let cause = match need {
                Need::One(slot) => match self.numbers.get(&slot).copied() {
                    Some(giver) if !self.nodes[giver].settled => {
                        self.nodes[giver].waiters.push(number);
                        unmet += 1;
                        None
                    }
                    Some(giver) => self.nodes[giver].cause.clone(),
                    None => {
                        let home = self.gatherings.entry(slot.collection()).or_default();
                        unmet += 1;
                        if home.feeders.is_empty() {
                            let ended = home.broken.clone().map_or_else(|| missing(number, &slot, self), skipped);
                            self.ends.push_back((number, ended));
                        } else {
                            home.absent.entry(slot).or_default().push(number);
                        }
                        None
                    }
                },
                Need::Every(name) => {
                    let gathering = self.gatherings.entry(name).or_default();
                    if !gathering.is_complete() {
                        gathering.waiters.push(number);
                        unmet += 1;
                    }
                    gathering.broken.clone()
                }
            };
            if let Some(because) = cause {
                unmet += 1;
                self.ends.push_back((number, Ended::Skipped { because }));
            }
        }
        self.nodes[number].unmet = unmet;
        if unmet == 0 {
            self.ready.push(number);
        }
    }

    /// Works in every end, and the ends that follow from it.
    fn work_in(&mut self) {
        while let Some((number, ended)) = self.ends.pop_front() {
            if self.nodes[number].settled {
                // Cancelled, but finished all the same: its state stands, its result is there.
                if let Ended::Made { artifact, .. } | Ended::Reused { artifact } = ended {
                    self.nodes[number].result = Some(artifact);
                }
                continue;
            }
            let cause = match ended {
                Ended::Made { artifact, took_ms } => {
                    self.settle(number, TaskState::Done { key: artifact.key.clone(), took_ms });
                    self.nodes[number].result = Some(artifact);
                    None
                }
                Ended::Reused { artifact } => {
                    self.settle(number, TaskState::Cached { key: artifact.key.clone() });
                    self.nodes[number].result = Some(artifact);
                    None
                }
                Ended::Gave { tasks } => {
                    let count = tasks.len() as u32;
                    // The giver still counts as feeding while its tasks come in, so no join can slip through between;
                    // its own state is told first.
                    let before = self.events.len();
                    match self.add(tasks, Some(number)) {
                        Ok(()) => {
                            self.settle(number, TaskState::Expanded { tasks: count });
                            self.events[before..].rotate_right(1);
                            None
                        }
                        Err(error) => Some(self.fail(number, error)),
                    }
                }
                Ended::Failed(error) => Some(self.fail(number, error)),
                Ended::Skipped { because } => {
                    self.settle(number, TaskState::Skipped { because: because.clone() });
                    Some(because)
                }
            };
            self.nodes[number].cause.clone_from(&cause);
            self.pass_on(number, cause.as_ref());
        }
    }

    fn fail(&mut self, number: Number, error: TaskError) -> Slot {
        let slot = self.nodes[number].spec.slot.clone();
        self.failures.push((slot.clone(), error.clone()));
        self.settle(number, TaskState::Failed { error });
        slot
    }

    fn settle(&mut self, number: Number, state: TaskState) {
        self.nodes[number].settled = true;
        self.unsettled -= 1;
        self.say(number, state);
    }

    fn say(&mut self, number: Number, state: TaskState) {
        let slot = self.nodes[number].spec.slot.clone();
        self.events.push(Event::Task { slot, state, at_ms: self.clock.now_ms() });
    }

    /// Tells those who wait for a task that it is there, or that it never will be.
    fn pass_on(&mut self, number: Number, cause: Option<&Slot>) {
        for waiter in std::mem::take(&mut self.nodes[number].waiters) {
            self.answer(waiter, cause);
        }
        if matches!(self.nodes[number].spec.work, Work::Leaf(_)) {
            let home = self.nodes[number].spec.slot.collection();
            self.update(&home, cause, |gathering| gathering.open -= usize::from(cause.is_none()));
        } else {
            for name in std::mem::take(&mut self.nodes[number].feeds) {
                self.update(&name, cause, |gathering| {
                    gathering.feeders.remove(&number);
                });
            }
        }
    }

    /// A collection changed: answers those whose wait is over.
    fn update(&mut self, name: &Collection, cause: Option<&Slot>, change: impl FnOnce(&mut Gathering)) {
        let gathering = self.gatherings.entry(name.clone()).or_default();
        change(gathering);
        if gathering.broken.is_none() {
            gathering.broken = cause.cloned();
        }
        let broken = gathering.broken.clone();
        let over = broken.is_some() || gathering.is_complete();
        let waiters = if over { std::mem::take(&mut gathering.waiters) } else { Vec::new() };
        let absent =
            if gathering.feeders.is_empty() { std::mem::take(&mut gathering.absent) } else { BTreeMap::default() };
        for waiter in waiters {
            self.answer(waiter, broken.as_ref());
        }
        for (slot, waiters) in absent {
            for waiter in waiters {
                let ended = broken.clone().map_or_else(|| missing(waiter, &slot, self), skipped);
                self.ends.push_back((waiter, ended));
            }
        }
    }

    /// One need of a task is met, or cannot be.
    fn answer(&mut self, waiter: Number, cause: Option<&Slot>) {
        if let Some(because) = cause {
            self.ends.push_back((waiter, Ended::Skipped { because: because.clone() }));
            return;
        }
        let node = &mut self.nodes[waiter];
        node.unmet -= 1;
        if node.unmet == 0 && !node.settled {
            self.ready.push(waiter);
        }
    }
}

fn skipped(because: Slot) -> Ended {
    Ended::Skipped { because }
}

fn missing(number: Number, slot: &Slot, graph: &Graph) -> Ended {
    let error = TaskError::new(
        FailureKind::Invalid,
        format!("{} needs {slot}, which nothing in this run makes", graph.nodes[number].spec.slot),
    );
    Ended::Failed(error.hint("This is a fault in the plan, not in what you asked for. Please report it."))
}
