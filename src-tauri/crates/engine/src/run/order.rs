//! What is asked of a run, and of an engine for all its runs.

use crate::{Caps, History, RunId, TaskSpec};

/// What to run.
#[derive(Debug, Clone)]
pub struct RunOrder {
    /// The run's name in the project's stream.
    pub run: RunId,
    /// The tasks known at the start, each with a slot of its own.
    pub tasks: Vec<TaskSpec>,
    /// What may be spent.
    pub caps: Caps,
    /// What becomes of tasks that wait for the person.
    pub patience: Patience,
    /// How long tasks took before; it goes before their weights.
    pub history: History,
}

impl RunOrder {
    /// An order without caps and history, that waits for the person.
    pub fn new(run: RunId, tasks: Vec<TaskSpec>) -> Self {
        Self { run, tasks, caps: Caps::default(), patience: Patience::Wait, history: History::default() }
    }
}

/// What becomes of tasks that wait for the person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Patience {
    /// They wait until they are answered or the run is stopped.
    #[default]
    Wait,
    /// They are given up as soon as nothing else is at work.
    Settle,
}

/// How much a provider takes; `None` is no limit, and less than one counts as one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Calls at once; a job counts from its sending to its end.
    pub at_once: Option<u32>,
    /// Calls in any minute.
    pub per_minute: Option<u32>,
    /// Tokens in any minute.
    pub tokens_per_minute: Option<u32>,
}
