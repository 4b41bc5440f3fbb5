//! Calls: what a task asks of somebody else's machine, which takes a place in a limit and may cost money.
//!
//! A task never sends by itself. It hands a [`Call`] to its context, and the engine sends it under the provider's
//! limits and the person's caps, writes down each step before it goes on, tries again what is safe to try again, and
//! goes on after a crash with what was paid for.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{Key, RunId, Slot, TaskError};

/// Who is called. Limits, caps and the ledger go by it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Provider(pub String);

impl std::fmt::Display for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Money, in millionths of a US dollar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Micros(pub u64);

impl Micros {
    /// Nothing.
    pub const ZERO: Self = Self(0);
}

impl std::ops::Add for Micros {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::ops::Mul<u32> for Micros {
    type Output = Self;
    fn mul(self, times: u32) -> Self {
        Self(self.0.saturating_mul(u64::from(times)))
    }
}

impl std::iter::Sum for Micros {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, std::ops::Add::add)
    }
}

impl std::fmt::Display for Micros {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "${}.{:04}", self.0 / 1_000_000, self.0 % 1_000_000 / 100)
    }
}

/// What is said of a call before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallOrder {
    /// Who is called.
    pub provider: Provider,
    /// The model's name at the provider.
    pub model: String,
    /// What kind of call ("chat", "image"), for the ledger.
    pub kind: String,
    /// The canonical text of the request, without secrets. The same task that sends the same request finds the call
    /// it made before.
    pub request: String,
    /// The most it may cost; `None` when nobody knows, which counts as paid but not against a cap.
    pub most: Option<Micros>,
    /// How many tokens it may take, for limits a minute; 0 when it takes none.
    pub tokens: u32,
    /// How long it may take, from sending to the end of the reply or of the job, in milliseconds.
    pub deadline_ms: u64,
}

impl CallOrder {
    /// True when sending it twice may cost twice.
    pub fn is_paid(&self) -> bool {
        self.most != Some(Micros::ZERO)
    }
}

/// What a call used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallUsage {
    /// Counted units, by name ("input_tokens", "images", "seconds").
    pub units: BTreeMap<String, u64>,
    /// What it cost.
    pub cost: Micros,
}

/// The raw reply of a call: kept before anybody reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallReply {
    /// Its bytes, as they came.
    pub body: Vec<u8>,
    /// Their media type.
    pub media: String,
    /// What the call used.
    pub usage: CallUsage,
}

/// What sending gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// The reply itself.
    Reply(CallReply),
    /// A job's handle: the reply is fetched with it, after a crash as well.
    Handle(String),
}

/// How a job stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Polled {
    /// Not done yet.
    Pending {
        /// How much is done, 0 to 1, when the provider says so.
        progress: Option<f32>,
        /// How long to wait before asking again, when the provider says so.
        after: Option<Duration>,
    },
    /// Done.
    Done(CallReply),
}

/// What is known of a call that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// It was not sent, or the provider said that it did not do it. It cost nothing.
    NotTaken,
    /// It was cut off after it was sent. It may have been done, and may cost.
    Unknown,
    /// It was done, and what came is of no use.
    Spoilt(CallUsage),
    /// The provider does not know the job any more.
    Vanished,
}

/// A call that failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct CallError {
    /// How, in words.
    pub error: TaskError,
    /// What is known of it.
    pub delivery: Delivery,
    /// How long the provider asks to be left alone.
    pub retry_after: Option<Duration>,
}

/// One request to a provider, made ready but not sent.
#[async_trait]
pub trait Call: Send + Sync {
    /// What is said of it before it is sent.
    fn order(&self) -> CallOrder;

    /// Sends it once; never tries again by itself.
    async fn send(&self) -> Result<Sent, CallError>;

    /// Asks how its job stands. Called only when `send` gave a handle, in this life of the program or an earlier one,
    /// as often as it takes. Of an error, [`Delivery::Unknown`] says that the question itself failed (it is asked again),
    /// [`Delivery::NotTaken`] that the job failed and cost nothing.
    async fn poll(&self, handle: &str) -> Result<Polled, CallError>;

    /// Asks the provider to stop its job; best effort.
    async fn cancel(&self, handle: &str);
}

/// The identity of a call in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallId(pub String);

impl std::fmt::Display for CallId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is written down before a call is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct CallIntent {
    /// A new id.
    pub id: CallId,
    /// The run.
    pub run: RunId,
    /// The task.
    pub slot: Slot,
    /// Who does the task.
    pub agent: String,
    /// What decides the task's result.
    pub key: Key,
    /// The BLAKE3 hash of the order's `request`, 64 hex digits.
    pub request: String,
    /// The order.
    pub order: CallOrder,
    /// What may be spent.
    pub caps: Caps,
}

/// How much money may be spent; `None` is no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caps {
    /// In this run.
    pub run: Option<Micros>,
    /// In this project.
    pub project: Option<Micros>,
    /// On this day, in all projects (days end at midnight UTC).
    pub day: Option<Micros>,
}

/// Which cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cap {
    /// Of a run.
    Run,
    /// Of a project.
    Project,
    /// Of a day.
    Day,
}

/// A call that would pass a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverCap {
    /// Which.
    pub cap: Cap,
    /// The cap.
    pub limit: Micros,
    /// What is spent or reserved already, what is unknown included.
    pub spent: Micros,
    /// The most that the call may cost.
    pub wanted: Micros,
}

/// How a call stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum CallState {
    /// Written down, perhaps sent.
    Intended,
    /// Its job has a handle.
    Handled {
        /// The handle.
        handle: String,
    },
    /// Its reply is kept until the task's result is.
    Replied,
    /// Done with: its result is kept, or its reply was of no use.
    Settled,
    /// It failed and cost nothing.
    Failed,
    /// Nobody knows whether it was done. Waits for the person's word.
    Unknown,
    /// It was unknown, and the person said that it may be sent again. Counts as spent.
    WrittenOff,
}

/// A call as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRecord {
    /// Which.
    pub id: CallId,
    /// How it stands.
    pub state: CallState,
    /// The most it may cost.
    pub most: Option<Micros>,
    /// When it was intended, in milliseconds since 1970.
    pub at_ms: u64,
}
