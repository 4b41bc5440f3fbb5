//! Plans, schedules, runs and remembers a graph of typed, cached, costed tasks.
//!
//! There is no film word in this room: it could run any such graph. A *leaf* task knows all its inputs before it
//! starts and gives one value; an *expand* task gives more tasks. A task starts the moment its own inputs are there.
//! A result is stored under the hash of what went into it, so resume, redo and sharing need no code of their own.
//! The engine touches no disk and no network: a [`Store`] remembers for it, a [`Clock`] tells it the time.

mod artifact;
mod block;
mod call;
mod clock;
mod difference;
mod event;
mod failure;
mod forecast;
mod history;
mod key;
mod meter;
mod plan;
mod quote;
mod run;
mod scratch;
mod slot;
mod store;
mod tally;
mod task;

pub use artifact::{Artifact, Blob, BlobHash, BlobSource, Inputs, NewBlob, Output};
pub use block::Block;
pub use call::{
    Call, CallError, CallId, CallIntent, CallOrder, CallRecord, CallReply, CallState, CallUsage, Cap, Caps, Delivery,
    Micros, OverCap, Polled, Provider, Sent,
};
pub use clock::{Clock, SystemClock};
pub use difference::Difference;
pub use event::{Event, Line, RunOutcome, Sample, TaskState};
pub use failure::{FailureKind, TaskError};
pub use forecast::{Forecast, ForecastState, ForecastTask};
pub use history::{History, TaskKind};
pub use key::{Key, KeyForm, canonical};
pub use meter::{Lapse, Meter};
pub use plan::{Plan, PlanStep, plan, plan_with};
pub use quote::{PlannedCalls, Quote};
pub use run::{Engine, Limits, Patience, RunHandle, RunOrder, RunReport, forecast};
pub use slot::{Collection, Need, Resource, RunId, Slot, SlotError};
pub use store::{Kept, Store, StoreError};
pub use task::{AgentName, Expand, Leaf, Promise, TaskContext, TaskSpec, Work};
