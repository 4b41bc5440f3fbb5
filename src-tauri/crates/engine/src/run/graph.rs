//! The graph of one run: a plain state machine. It knows who waits for whom, says who can start, and writes down every
//! change of state as an event. It runs nothing and waits for nothing. How tasks come in is in [`super::joining`], how
//! they end in [`super::settling`].

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use super::gathering::{Gathering, Number, Waiter};
use super::ranks::Urgency;
use crate::tally::Tally;
use crate::{
    Artifact, Block, Clock, Collection, Event, History, Inputs, Micros, Need, Plan, RunOutcome, Slot, TaskError,
    TaskSpec, TaskState, Work,
};

/// A task as it comes in, with what its expand part says of itself.
pub(crate) struct Planned {
    pub(super) spec: TaskSpec,
    pub(super) feeds: Vec<Collection>,
    pub(super) ahead_ms: u64,
}

impl Planned {
    /// A task, weighed by what was measured.
    pub(crate) fn new(mut spec: TaskSpec, history: &History) -> Self {
        let (feeds, ahead_ms) = match &spec.work {
            Work::Leaf(leaf) => {
                spec.weight_ms = spec.expected_ms(leaf.as_ref(), history);
                (Vec::new(), 0)
            }
            Work::Expand(expand) => {
                let ahead = expand.promises().into_iter().map(|promise| u64::from(promise.expected_ms(history)));
                (expand.feeds(), ahead.max().unwrap_or(0))
            }
        };
        Self { spec, feeds, ahead_ms }
    }
}

/// How a task ended, as the graph hears it.
pub(crate) enum Ended {
    Made {
        artifact: Artifact,
        took_ms: u64,
        spent: Spent,
    },
    Reused {
        artifact: Artifact,
        /// True when an older version of the agent made it.
        refreshable: bool,
    },
    Gave {
        tasks: Vec<Planned>,
    },
    Failed {
        error: TaskError,
        spent: Spent,
    },
    Skipped {
        because: Slot,
    },
    GivenUp(Block),
    /// Nobody knows what it would give; for a dry run.
    Unmade,
}

impl Ended {
    pub(super) fn failed(error: TaskError) -> Self {
        Self::Failed { error, spent: Spent::default() }
    }
}

/// What a task's calls came to in this run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spent {
    pub(crate) calls: u32,
    pub(crate) cost: Micros,
}

pub(super) struct Node {
    pub(super) spec: TaskSpec,
    pub(super) feeds: Vec<Collection>,
    /// How long what an expand task will give takes, as far as it can tell.
    pub(super) ahead_ms: u64,
    /// Its place in the plan: among the tasks of the order, then among those that its expand task gave, and so on.
    /// Numbers tell who came first; places are the same in every run.
    pub(super) place: Vec<u32>,
    /// How many needs are not met.
    pub(super) unmet: usize,
    /// The tasks that need this one's result.
    pub(super) waiters: Vec<Waiter>,
    /// The longest path from here to an end, in milliseconds, itself included.
    pub(super) rank: u64,
    pub(super) settled: bool,
    /// When it was not made: the slot where that began.
    pub(super) cause: Option<Slot>,
    pub(super) result: Option<Artifact>,
}

pub(crate) struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) numbers: HashMap<Slot, Number>,
    pub(super) gatherings: HashMap<Collection, Gathering>,
    /// The weights of all tasks: no path is longer.
    pub(super) total_ms: u64,
    pub(super) unsettled: usize,
    /// How many of them are expand tasks.
    pub(super) unexpanded: usize,
    pub(super) ready: Vec<Number>,
    /// Ends that were heard of and not worked in yet: a queue, because one may bring thousands.
    pub(super) ends: VecDeque<(Number, Ended)>,
    pub(super) events: Vec<Event>,
    pub(super) failures: Vec<(Slot, TaskError)>,
    pub(super) given_up: Vec<(Slot, Block)>,
    pub(super) tally: Tally,
    /// True when promises became facts that nobody was told of.
    pub(super) narrowed: bool,
    history: Arc<History>,
    clock: Arc<dyn Clock>,
}

/// What a graph gave in the end.
pub(super) struct Harvest {
    pub(super) outcome: RunOutcome,
    pub(super) failures: Vec<(Slot, TaskError)>,
    pub(super) blocked: Vec<(Slot, Block)>,
    pub(super) results: BTreeMap<Slot, Artifact>,
}

impl Graph {
    pub(crate) fn new(clock: Arc<dyn Clock>, history: Arc<History>) -> Self {
        Self {
            nodes: Vec::new(),
            numbers: HashMap::new(),
            gatherings: HashMap::new(),
            total_ms: 0,
            unsettled: 0,
            unexpanded: 0,
            ready: Vec::new(),
            ends: VecDeque::new(),
            events: Vec::new(),
            failures: Vec::new(),
            given_up: Vec::new(),
            tally: Tally::default(),
            narrowed: false,
            history,
            clock,
        }
    }

    /// Brings in the tasks known at the start.
    pub(crate) fn begin(&mut self, tasks: Vec<TaskSpec>) -> Result<(), TaskError> {
        let history = Arc::clone(&self.history);
        self.add(tasks.into_iter().map(|task| Planned::new(task, &history)).collect(), None)?;
        self.work_in();
        Ok(())
    }

    /// A task ended.
    pub(crate) fn end(&mut self, number: Number, ended: Ended) {
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

    /// The tasks that can start, the most urgent first; each is told once.
    pub(crate) fn take_ready(&mut self) -> Vec<Number> {
        let mut ready = std::mem::take(&mut self.ready);
        ready.sort_by_key(|number| (std::cmp::Reverse(self.urgency(*number)), *number));
        ready
    }

    /// Tells something of the run itself.
    pub(super) fn tell(&mut self, event: Event) {
        self.events.push(event);
    }

    /// The events since the last call.
    pub(super) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// The plan as it is known now, if promises became facts since the last call.
    pub(super) fn take_narrowed(&mut self) -> Option<Plan> {
        std::mem::take(&mut self.narrowed).then(|| self.tally.plan())
    }

    /// True when no task can bring more in.
    pub(super) fn is_known(&self) -> bool {
        self.unexpanded == 0
    }

    pub(super) fn is_settled(&self) -> bool {
        self.unsettled == 0
    }

    pub(crate) fn spec(&self, number: Number) -> &TaskSpec {
        &self.nodes[number].spec
    }

    pub(super) fn urgency(&self, number: Number) -> Urgency {
        let node = &self.nodes[number];
        Urgency::new(node.rank, u64::from(node.spec.weight_ms))
    }

    /// Whose results a task's needs gave, in the order of the plan; some may have none.
    pub(crate) fn givers(&self, number: Number) -> Vec<Number> {
        let mut given = Vec::<Number>::new();
        for need in &self.nodes[number].spec.needs {
            match need {
                Need::One(slot) | Need::IfMade(slot) => given.extend(self.numbers.get(slot)),
                Need::Every(name) | Need::AllMade(name) => {
                    given.extend(self.gatherings.get(name).into_iter().flat_map(|g| &g.members));
                }
            }
        }
        given.sort_unstable_by_key(|giver| &self.nodes[*giver].place);
        given.dedup();
        given
    }

    /// What a task's needs gave.
    pub(crate) fn inputs(&self, number: Number) -> Inputs {
        let givers = self.givers(number).into_iter().map(|giver| &self.nodes[giver]);
        Inputs::new(givers.filter_map(|node| Some((node.spec.slot.clone(), node.result.clone()?))))
    }

    /// What came of it all.
    pub(super) fn finish(self) -> Harvest {
        let outcome = match (self.failures.is_empty(), self.given_up.is_empty()) {
            (false, _) => RunOutcome::Failed,
            (true, false) => RunOutcome::Waiting,
            (true, true) => RunOutcome::Finished,
        };
        let results = self.nodes.into_iter().filter_map(|node| Some((node.spec.slot, node.result?))).collect();
        Harvest { outcome, failures: self.failures, blocked: self.given_up, results }
    }

    pub(super) fn history(&self) -> &Arc<History> {
        &self.history
    }

    pub(super) fn say(&mut self, number: Number, state: TaskState) {
        let slot = self.nodes[number].spec.slot.clone();
        self.events.push(Event::Task { slot, state, at_ms: self.clock.now_ms() });
    }
}
