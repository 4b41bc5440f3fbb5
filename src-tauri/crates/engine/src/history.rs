//! How long tasks took before, which tells better how long they will take than any guess.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{AgentName, canonical};

/// Measured durations, by agent and by the identity of its model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History(BTreeMap<(AgentName, String), u32>);

impl History {
    /// Notes how long a task of this agent with this model takes, in milliseconds. `model` is what
    /// [`crate::Leaf::model`] gives, and what a [`crate::KeyForm`] has.
    pub fn note(&mut self, agent: AgentName, model: &Value, took_ms: u32) {
        self.0.insert((agent, canonical(model)), took_ms);
    }

    /// How long it takes, in milliseconds; `guess` when nobody measured.
    pub(crate) fn expected_ms(&self, agent: &AgentName, model: impl FnOnce() -> Value, guess: u32) -> u32 {
        if self.0.is_empty() {
            return guess;
        }
        self.0.get(&(agent.clone(), canonical(&model()))).copied().unwrap_or(guess)
    }
}

impl FromIterator<((AgentName, String), u32)> for History {
    /// From durations by agent and canonical text of the model's identity.
    fn from_iter<T: IntoIterator<Item = ((AgentName, String), u32)>>(measured: T) -> Self {
        Self(measured.into_iter().collect())
    }
}
