//! What the engine tells the world: stored state changes, and samples that are gone when the next one comes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AgentName, Block, CallId, Key, Micros, Need, Plan, Provider, RunId, Slot, TaskError};

/// The state of a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum TaskState {
    /// Some of its inputs are not there yet.
    Waiting,
    /// Its inputs are there; it stands in a line.
    Queued {
        /// For what.
        #[serde(default)]
        line: Line,
    },
    /// At work.
    Running,
    /// A call failed and is made again by itself.
    Retrying {
        /// Which try comes next; the first one was 1.
        attempt: u32,
        /// When, in milliseconds since 1970.
        again_ms: u64,
        /// What went wrong.
        why: TaskError,
    },
    /// It waits for the person's yes. When the run has ended, it was given up like this.
    NeedsApproval {
        /// To what: a review, or a call that would pass a cap.
        block: Block,
    },
    /// Nobody knows whether a paid call was done; it waits for the person's word. When the run has ended, it was given
    /// up like this.
    Unknown {
        /// The call.
        call: CallId,
        /// The most it may have cost; `None` when nobody knows.
        may_cost: Option<Micros>,
    },
    /// Made.
    Done {
        /// The result.
        key: Key,
        /// How long it took, in milliseconds.
        took_ms: u64,
        /// How many calls were sent for it in this run.
        #[serde(default)]
        calls: u32,
        /// What they cost.
        #[serde(default)]
        cost: Micros,
    },
    /// Made before, or chosen by the person; nothing was done.
    Cached {
        /// The result.
        key: Key,
        /// True when an older version of the agent made it from the same inputs: it could be refreshed.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        refreshable: bool,
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
        /// How many calls were sent for it in this run.
        #[serde(default)]
        calls: u32,
        /// What they cost.
        #[serde(default)]
        cost: Micros,
    },
    /// Could not start because something it needs failed or was given up.
    Skipped {
        /// The slot where that began.
        because: Slot,
    },
    /// Stopped by the person.
    Cancelled,
}

impl TaskState {
    /// True when the task will not change any more in this run. One that waits for the person may still change until
    /// its run has ended.
    pub fn is_settled(&self) -> bool {
        !matches!(self, Self::Waiting | Self::Queued { .. } | Self::Running | Self::Retrying { .. })
            && !self.waits_for_person()
    }

    /// True when only the person's word can help it on.
    pub fn waits_for_person(&self) -> bool {
        matches!(self, Self::NeedsApproval { .. } | Self::Unknown { .. })
    }
}

/// What a task stands in line for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// Something that is not named.
    #[default]
    Unnamed,
    /// Something of this machine ("cores").
    Resource(String),
    /// A place in the limits of a provider.
    Provider(Provider),
    /// The same work, which is being done elsewhere.
    SameWork,
    /// Money that calls under way have reserved and may give back.
    Money,
    /// The run is paused.
    Pause,
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
    /// Nothing failed, but something waits for the person; the rest was made.
    Waiting,
    /// The program was closed; the run has no end in the stream and goes on when it is started again.
    Left,
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
        /// The expand task that gave it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Slot>,
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
    /// Promises became facts: the plan of the whole run as it is known now. Told at most a few times a second, and once
    /// when no promise is left.
    Narrowed {
        /// The plan.
        plan: Plan,
    },
    /// A call was done, and what it cost is known.
    Spent {
        /// For which task.
        slot: Slot,
        /// The call.
        call: CallId,
        /// Who was called.
        provider: Provider,
        /// The model's name at the provider.
        model: String,
        /// What it cost.
        cost: Micros,
        /// Counted units, by name ("input_tokens", "images").
        units: BTreeMap<String, u64>,
        /// When, in milliseconds since 1970.
        at_ms: u64,
    },
    /// The person paused the run: nothing new starts, what is at work ends.
    Paused {
        /// When, in milliseconds since 1970.
        at_ms: u64,
    },
    /// The run goes on.
    Resumed {
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
