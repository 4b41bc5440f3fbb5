//! The plan before a run: who will do what, in which order, what can go on side by side, and for how long.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{AgentName, Collection, Need, Slot, TaskSpec, Work};

/// One agent's part in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanStep {
    /// Who.
    pub agent: AgentName,
    /// How many tasks, at least.
    pub least: u32,
    /// How many tasks, at most.
    pub most: u32,
    /// The agents whose results it waits for, by name.
    pub after: Vec<AgentName>,
    /// Agents of one group can work side by side; groups start at 0.
    pub group: u32,
    /// How long one task takes, in milliseconds.
    pub weight_ms: u32,
}

/// The plan of a run: an estimate until the first expand task ran.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The steps, in an order in which they can be done.
    pub steps: Vec<PlanStep>,
}

impl Plan {
    /// How long the plan will take, in milliseconds, from and to, when so many tasks can go on side by side (none
    /// counts as one).
    ///
    /// No run can be shorter than its longest chain, or than all its work shared out evenly; a run that leaves nobody
    /// idle while a task can start is at most work/m + longest chain × (m − 1)/m long (R. L. Graham, "Bounds on
    /// Multiprocessing Timing Anomalies", 1969). The first bound is taken with the least counts, the second with the
    /// most. A chain holds one task of each agent.
    pub fn expected_ms(&self, side_by_side: u32) -> (u32, u32) {
        let side = u64::from(side_by_side.max(1));
        let work = |count: fn(&PlanStep) -> u32| {
            self.steps.iter().map(|step| u64::from(count(step)) * u64::from(step.weight_ms)).sum::<u64>()
        };
        let from = self.longest_chain(|step| step.least).max(work(|step| step.least).div_ceil(side));
        let to = (work(|step| step.most) + self.longest_chain(|step| step.most) * (side - 1)).div_ceil(side);
        let short = |ms: u64| u32::try_from(ms).unwrap_or(u32::MAX);
        (short(from), short(to.max(from)))
    }

    /// The longest chain through the steps that have any task, in milliseconds.
    fn longest_chain(&self, count: fn(&PlanStep) -> u32) -> u64 {
        let mut ends = BTreeMap::<&AgentName, u64>::new();
        for step in &self.steps {
            let before = step.after.iter().filter_map(|agent| ends.get(agent)).max().copied().unwrap_or(0);
            let own = if count(step) > 0 { u64::from(step.weight_ms) } else { 0 };
            ends.insert(&step.agent, before + own);
        }
        ends.into_values().max().unwrap_or(0)
    }
}

/// The plan of a graph, from its tasks and the promises of its expand tasks. Tasks of one agent make one step; expand
/// tasks make none. A step waits for every agent that can give one of its needs.
pub fn plan(tasks: &[TaskSpec]) -> Plan {
    let parts: Vec<Part> = tasks.iter().flat_map(parts).collect();
    let mut drafts: Vec<Draft> = Vec::new();
    for part in &parts {
        let at = drafts.iter().position(|draft| draft.step.agent == part.agent).unwrap_or_else(|| {
            drafts.push(Draft::new(part));
            drafts.len() - 1
        });
        drafts[at].add(part, &parts);
    }
    Plan { steps: in_order(drafts) }
}

/// Tasks of one kind, as they are known before a run.
struct Part {
    agent: AgentName,
    /// The slot they give, when there is one and it is known.
    slot: Option<Slot>,
    collection: Collection,
    least: u32,
    most: u32,
    needs: Vec<Need>,
    weight_ms: u32,
}

impl Part {
    fn gives(&self, need: &Need) -> bool {
        match need {
            Need::One(slot) => match &self.slot {
                Some(own) => own == slot,
                None => self.collection == slot.collection(),
            },
            Need::Every(collection) => self.collection == *collection,
        }
    }
}

fn parts(task: &TaskSpec) -> Vec<Part> {
    match &task.work {
        Work::Leaf(_) => vec![Part {
            agent: task.agent.clone(),
            slot: Some(task.slot.clone()),
            collection: task.slot.collection(),
            least: 1,
            most: 1,
            needs: task.needs.clone(),
            weight_ms: task.weight_ms,
        }],
        Work::Expand(expand) => expand
            .promises()
            .into_iter()
            .filter(|promise| promise.most > 0)
            .map(|promise| Part {
                agent: promise.agent,
                slot: None,
                collection: promise.collection,
                least: promise.least.min(promise.most),
                most: promise.most,
                needs: task.needs.iter().cloned().chain(promise.needs).collect(),
                weight_ms: promise.weight_ms,
            })
            .collect(),
    }
}

/// A step while its parts come together.
struct Draft {
    step: PlanStep,
    after: BTreeSet<AgentName>,
    work_ms: u64,
}

impl Draft {
    fn new(part: &Part) -> Self {
        let step = PlanStep { agent: part.agent.clone(), least: 0, most: 0, after: Vec::new(), group: 0, weight_ms: 0 };
        Self { step, after: BTreeSet::new(), work_ms: 0 }
    }

    fn add(&mut self, part: &Part, all: &[Part]) {
        self.step.least += part.least;
        self.step.most += part.most;
        self.work_ms += u64::from(part.most) * u64::from(part.weight_ms);
        // Rounded; `most` is never 0, see `parts`.
        let mean = (self.work_ms + u64::from(self.step.most) / 2) / u64::from(self.step.most.max(1));
        self.step.weight_ms = u32::try_from(mean).unwrap_or(u32::MAX);
        let givers = all.iter().filter(|giver| part.needs.iter().any(|need| giver.gives(need)));
        self.after.extend(givers.map(|giver| giver.agent.clone()).filter(|agent| *agent != self.step.agent));
    }
}

/// The steps in an order in which they can be done; among those that can be next, the first named goes first. Agents
/// whose tasks wait for each other's in turn are taken in the order in which they came.
fn in_order(mut drafts: Vec<Draft>) -> Vec<PlanStep> {
    let mut groups = BTreeMap::<AgentName, u32>::new();
    let mut steps = Vec::new();
    while !drafts.is_empty() {
        let free = |draft: &Draft| draft.after.iter().all(|agent| groups.contains_key(agent));
        let Draft { mut step, after, .. } = drafts.remove(drafts.iter().position(free).unwrap_or(0));
        step.group = after.iter().filter_map(|agent| groups.get(agent)).map(|group| group + 1).max().unwrap_or(0);
        step.after = after.into_iter().collect();
        groups.insert(step.agent.clone(), step.group);
        steps.push(step);
    }
    steps.sort_by_key(|step| step.group);
    steps
}
