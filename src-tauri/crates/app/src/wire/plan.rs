//! The plan before a run.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The calls of one model that a step makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CallsView {
    /// Who is called.
    pub provider: String,
    /// Which model.
    pub model: String,
    /// "chat", "image", "video" or "speech".
    pub kind: String,
    /// How many, at least.
    pub least: u32,
    /// How many, at most.
    pub most: u32,
}

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
    /// The calls that its tasks make together.
    pub calls: Vec<CallsView>,
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
    /// The price in millionths of a US dollar, at most; 0 for the built-in studio.
    pub price_micros: u32,
    /// What text costs, at least. It is quoted first.
    pub text_least_micros: u32,
    /// What text costs, at most.
    pub text_most_micros: u32,
    /// What pictures, clips and voices cost, at least.
    pub media_least_micros: u32,
    /// What pictures, clips and voices cost, at most.
    pub media_most_micros: u32,
    /// The lowest cap that holds for this run.
    pub cap_micros: Option<u32>,
    /// How many results are there already.
    pub cached: u32,
    /// True for "review each stage", false for "straight through".
    pub review: bool,
    /// The expected time to make it, in seconds, from.
    pub seconds_least: u32,
    /// The expected time to make it, in seconds, to.
    pub seconds_most: u32,
    /// True when it can be started now.
    pub can_start: bool,
}
