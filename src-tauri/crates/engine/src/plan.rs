//! The plan before a run: who will do what, in which order, what can go on side by side, and for how long.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::tally::Tally;
use crate::{AgentName, History, Micros, PlannedCalls, TaskSpec};

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
    /// The calls that its tasks make together, by model.
    #[serde(default)]
    pub calls: Vec<PlannedCalls>,
}

/// The plan of a run: an estimate until the first expand task ran.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The steps, in an order in which they can be done.
    pub steps: Vec<PlanStep>,
}

impl Plan {
    /// What all calls cost, at least and at most.
    pub fn price(&self) -> (Micros, Micros) {
        self.price_of(|_| true)
    }

    /// What the calls of some kinds cost, at least and at most. Money is quoted in two steps, text (the kind `chat`)
    /// before the rest.
    pub fn price_of(&self, kinds: impl Fn(&str) -> bool) -> (Micros, Micros) {
        let calls = self.steps.iter().flat_map(|step| &step.calls).filter(|calls| kinds(&calls.kind));
        calls.fold((Micros::ZERO, Micros::ZERO), |(least, most), calls| {
            (least + calls.price_least, most + calls.price_most)
        })
    }

    /// How many calls it makes, at least and at most.
    pub fn calls(&self) -> (u32, u32) {
        let calls = self.steps.iter().flat_map(|step| &step.calls);
        calls.fold((0, 0), |(least, most), calls| {
            (u32::saturating_add(least, calls.least), u32::saturating_add(most, calls.most))
        })
    }

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
/// tasks, review stops and free tasks make none. A step waits for every agent that can add to a collection that it needs
/// something of.
pub fn plan(tasks: &[TaskSpec]) -> Plan {
    plan_with(tasks, &History::default())
}

/// The plan of a graph, with measured durations in place of weights.
pub fn plan_with(tasks: &[TaskSpec], history: &History) -> Plan {
    let mut tally = Tally::default();
    for task in tasks {
        tally.add_task(task, history);
    }
    tally.plan()
}
