//! The plan before a run.

use serde::{Deserialize, Serialize};
use specta::Type;

/// One agent's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanStepView {
    /// The agent ("storyboard_artist").
    pub agent: String,
    /// How many tasks, at least.
    pub least: u32,
    /// How many tasks, at most.
    pub most: u32,
    /// The agents it waits for.
    pub after: Vec<String>,
    /// Agents of one group can work side by side.
    pub group: u32,
}

/// The plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanView {
    /// The steps in order.
    pub steps: Vec<PlanStepView>,
    /// "simple", "medium" or "complex".
    pub complexity: String,
    /// Why it is graded so.
    pub why: String,
    /// The price in millionths of a US dollar; 0 for the built-in studio.
    pub price_micros: u32,
    /// The expected time to make it, in seconds, from.
    pub seconds_least: u32,
    /// The expected time to make it, in seconds, to.
    pub seconds_most: u32,
    /// True when it can be started now.
    pub can_start: bool,
}
