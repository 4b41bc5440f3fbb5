//! What a run would do, before it is started: what a change makes anew, what stays, and at most how much of it.

use serde::{Deserialize, Serialize};

use crate::{AgentName, Plan, Quote, Slot};

/// What a run would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// Every task that is known now, in the order of the plan.
    pub tasks: Vec<ForecastTask>,
    /// What would be made, at least and at most, with its calls, money and time. What is kept or free is not in it. At
    /// least holds as long as nothing fails and nothing new turns out to be what was made elsewhere before.
    pub plan: Plan,
}

/// One task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForecastTask {
    /// Its slot.
    pub slot: Slot,
    /// Who does it.
    pub agent: AgentName,
    /// What it is about, for a person.
    pub title: String,
    /// What would become of it.
    pub state: ForecastState,
    /// Why, in a few words; empty when it is kept.
    pub why: String,
    /// The calls it would make.
    pub quotes: Vec<Quote>,
}

/// What would become of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForecastState {
    /// Its result is there and stays, or the person chose one.
    Kept,
    /// It is made anew.
    Stale,
    /// It is made anew if what it reads turns out other than it was.
    Maybe,
    /// It was never made.
    New,
}
