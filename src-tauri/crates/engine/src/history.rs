//! How long tasks took before, which tells better how long they will take than any guess.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{AgentName, Collection, canonical};

/// Tasks that take about as long: one agent's for one collection, with one model. An agent may make things of several
/// kinds with the same model, and a film takes longer than one of its segments.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskKind {
    /// Who does them.
    pub agent: AgentName,
    /// What they are for.
    pub collection: Collection,
    /// The canonical text of the model's identity.
    pub model: String,
}

impl TaskKind {
    /// `model` is what [`crate::Leaf::model`] gives, and what a [`crate::KeyForm`] has.
    pub fn new(agent: AgentName, collection: Collection, model: &Value) -> Self {
        Self { agent, collection, model: canonical(model) }
    }
}

/// Measured durations in milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History(BTreeMap<TaskKind, u32>);

impl History {
    /// Notes how long a task of this kind takes, in milliseconds.
    pub fn note(&mut self, kind: TaskKind, took_ms: u32) {
        self.0.insert(kind, took_ms);
    }

    /// How long a task of this kind takes, in milliseconds, when it was measured.
    pub fn of(&self, kind: &TaskKind) -> Option<u32> {
        self.0.get(kind).copied()
    }

    /// How long it takes, in milliseconds; `guess` when nobody measured.
    pub(crate) fn expected_ms(
        &self,
        agent: &AgentName,
        collection: &str,
        model: impl FnOnce() -> Value,
        guess: u32,
    ) -> u32 {
        if self.0.is_empty() {
            return guess;
        }
        self.of(&TaskKind::new(agent.clone(), Collection::new(collection), &model())).unwrap_or(guess)
    }
}

impl FromIterator<(TaskKind, u32)> for History {
    fn from_iter<T: IntoIterator<Item = (TaskKind, u32)>>(measured: T) -> Self {
        Self(measured.into_iter().collect())
    }
}
