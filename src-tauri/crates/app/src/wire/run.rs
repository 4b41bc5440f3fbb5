//! A run and its tasks.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Cap;

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
    /// Held by the person: nothing new starts.
    Paused,
    /// It waits for the person, or ended with something that does.
    Waiting,
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
    /// A call failed and is made again by itself.
    Retrying,
    /// It waits for the person's yes.
    NeedsApproval,
    /// Nobody knows whether a paid call was done; it waits for the person's word.
    Unknown,
    /// Made in this run.
    Done,
    /// Was there already.
    Cached,
    /// Was there already, made by an older version of its agent: a new take would be made by the newer one.
    Refreshable,
    /// Went wrong.
    Failed,
    /// Could not start because another task failed.
    Skipped,
    /// Stopped.
    Cancelled,
}

/// Where a film waits to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ReviewStop {
    /// Script and look.
    Outline,
    /// The cast and its portraits.
    Cast,
    /// The storyboards and the stills.
    Storyboard,
    /// The clips.
    Shots,
}

/// Why a task waits for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "kind")]
pub enum BlockView {
    /// Something is to be looked at.
    Review {
        /// What is approved.
        key: String,
        /// Which stop.
        stop: ReviewStop,
    },
    /// The next call would pass a cap.
    OverCap {
        /// Which.
        cap: Cap,
        /// The cap.
        limit_micros: u32,
        /// What is spent or reserved already.
        spent_micros: u32,
        /// The most that the call may cost.
        wanted_micros: u32,
    },
    /// Nobody knows whether a call was done.
    Unknown {
        /// The call.
        call: String,
        /// The most it may have cost.
        may_cost_micros: Option<u32>,
        /// Who was called; may be empty.
        provider: String,
        /// Which model; may be empty.
        model: String,
    },
}

/// A task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
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
    /// How often it was tried again; 0 is the first try.
    pub attempt: u32,
    /// When it is tried again, in milliseconds since 1970; 0 for never. Always a whole number, and more than a `u32` holds.
    #[specta(type = u32)]
    pub retry_at_ms: f64,
    /// The resource, provider or slot that it waits for, in words; may be empty.
    pub waits_for: String,
    /// True when trying again may help.
    pub retryable: bool,
    /// How many calls were sent for it.
    pub calls: u32,
    /// What they cost.
    pub cost_micros: u32,
    /// Why it waits for the person.
    pub block: Option<BlockView>,
    /// The kind of its failure ("transport"); may be empty.
    pub kind: String,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
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
    /// What its tasks cost.
    pub cost_micros: u32,
    /// How many tasks wait for the person.
    pub waits_for_you: u32,
}
