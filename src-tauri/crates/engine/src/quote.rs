//! Quotes: which calls a task will probably make, and what they may cost, before it runs.

use serde::{Deserialize, Serialize};

use crate::{Micros, Provider};

/// The calls of one kind that one task will make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Who is called.
    pub provider: Provider,
    /// The model's name at the provider.
    pub model: String,
    /// What kind of call, as in [`crate::CallOrder::kind`].
    pub kind: String,
    /// At least so many calls.
    pub least: u32,
    /// At most so many.
    pub most: u32,
    /// What one costs, at least.
    pub each_least: Micros,
    /// What one costs, at most.
    pub each_most: Micros,
}

/// The calls of one kind to one model in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedCalls {
    /// Who is called.
    pub provider: Provider,
    /// The model's name at the provider.
    pub model: String,
    /// What kind of call ("chat").
    pub kind: String,
    /// At least so many calls.
    pub least: u32,
    /// At most so many.
    pub most: u32,
    /// What they cost together, at least.
    pub price_least: Micros,
    /// What they cost together, at most.
    pub price_most: Micros,
}
