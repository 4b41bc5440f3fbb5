//! What the engine tells the world: stored state changes, and samples that are gone when the next one comes.

use serde::{Deserialize, Serialize};

use crate::{AgentName, Key, Need, RunId, Slot, TaskError};

/// The state of a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum TaskState {
    /// Some of its inputs are not there yet.
    Waiting,
    /// Its inputs are there; a resource is not.
    Queued,
    /// At work.
    Running,
    /// Made.
    Done {
        /// The result.
        key: Key,
        /// How long it took, in milliseconds.
        took_ms: u64,
    },
    /// Made before, or chosen by the person; nothing was done.
    Cached {
        /// The result.
        key: Key,
    },
    /// An expand task that gave its tasks.
    Expanded {
        /// How many.
        tasks: u32,
    },
    /// Went wrong; the rest goes on.
    Failed {
        /// How.
        error: TaskError,
    },
    /// Could not start because something it needs failed.
    Skipped {
        /// The slot that failed.
        because: Slot,
    },
    /// Stopped by the person.
    Cancelled,
}

impl TaskState {
    /// True when the task will not change any more in this run.
    pub fn is_settled(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Queued | Self::Running)
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    /// Everything was made.
    Finished,
    /// Something failed; the rest was made.
    Failed,
    /// The person stopped it; what was made is kept.
    Cancelled,
}

/// A state change; stored, in order, with a gapless number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Event {
    /// A run began.
    RunStarted,
    /// A task came into the graph.
    TaskPlanned {
        /// Its slot.
        slot: Slot,
        /// Who does it.
        agent: AgentName,
        /// What it is about, for a person ("Scene 2").
        title: String,
        /// What it waits for.
        needs: Vec<Need>,
        /// How long it is expected to take, in milliseconds.
        weight_ms: u32,
        /// True when it only gives more tasks.
        expands: bool,
    },
    /// A task's state changed.
    Task {
        /// Its slot.
        slot: Slot,
        /// Its new state.
        #[serde(flatten)]
        state: TaskState,
        /// When, in milliseconds since 1970.
        at_ms: u64,
    },
    /// The run ended.
    RunEnded {
        /// How.
        outcome: RunOutcome,
        /// When, in milliseconds since 1970.
        at_ms: u64,
    },
}

/// The progress of a running task; latest wins, never stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// The run.
    pub run: RunId,
    /// The task.
    pub slot: Slot,
    /// How much is done, 0 to 1.
    pub done: f32,
}
