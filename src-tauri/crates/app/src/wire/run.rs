//! A run and its tasks.

use serde::{Deserialize, Serialize};
use specta::Type;

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// At work.
    Running,
    /// The app was closed or died in mid-run; it can go on.
    Interrupted,
    /// Everything was made.
    Finished,
    /// Something failed; the rest was made; it can be tried again.
    Failed,
    /// Stopped by the person; what was made is kept; it can go on.
    Cancelled,
}

/// How a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TaskStateView {
    /// Waits for other tasks.
    Waiting,
    /// Waits for its turn.
    Queued,
    /// At work.
    Running,
    /// Made in this run.
    Done,
    /// Was there already.
    Cached,
    /// Went wrong.
    Failed,
    /// Could not start because another task failed.
    Skipped,
    /// Stopped.
    Cancelled,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TaskView {
    /// Its slot; unique in the run.
    pub slot: String,
    /// Who does it.
    pub agent: String,
    /// What it is about ("Scene 2"); may be empty.
    pub title: String,
    /// The slots and collections it waits for.
    pub needs: Vec<String>,
    /// Its state.
    pub state: TaskStateView,
    /// What went wrong, or why it was skipped; empty otherwise.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
    /// How long it took, in milliseconds; 0 when it is not done.
    pub took_ms: u32,
    /// How long it is expected to take, in milliseconds.
    pub weight_ms: u32,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunView {
    /// Identity.
    pub id: String,
    /// How it stands.
    pub state: RunState,
    /// When it started, in seconds since 1970.
    pub started_s: u32,
    /// How long it took, in milliseconds; 0 while it is running.
    pub took_ms: u32,
    /// Its tasks, in the order they came into the graph; expand tasks are left out.
    pub tasks: Vec<TaskView>,
}
