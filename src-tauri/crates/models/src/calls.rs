//! One call to a remote model: what is said of it before it is sent, how it goes out, and what is known when it fails.
//!
//! An adapter makes a [`RemoteCall`] ready and hands it to its [`crate::Job`]. Whoever runs the job does the rest through
//! [`Calls`]: it writes the call down before and after, keeps budget and limits, sends again what may be sent again, and
//! goes on with a job after a crash by its handle.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::Failure;

/// How calls go out to providers. Whoever runs jobs implements it.
#[async_trait]
pub trait Calls: Send + Sync {
    /// Does one call: journal, budget, limits, retries and re-attachment are its business. Gives the reply once.
    async fn call(&self, call: &dyn RemoteCall) -> Result<CallReply, Failure>;
}

/// One request to a provider, made ready but not sent.
#[async_trait]
pub trait RemoteCall: Send + Sync {
    /// What is said of it before it is sent.
    fn order(&self) -> CallOrder;

    /// Sends once; never sends again by itself.
    async fn send(&self) -> Result<Sent, CallError>;

    /// Asks for a job's state; may be asked as often as one likes and from another process than the one that sent.
    /// Only for calls whose `send` gives a handle. Of an error, [`Delivery::Unknown`] says that the question failed and
    /// the job may be well (ask again when it was the network or too many calls; for another kind, when that is put
    /// right), [`Delivery::NotTaken`] that the job failed, [`Delivery::Vanished`] that the provider does not know the
    /// job, [`Delivery::Spoilt`] that it was done in vain.
    async fn poll(&self, handle: &str) -> Result<Polled, CallError>;

    /// Asks the provider to stop a job. Best effort: a job that is done already stays done.
    async fn cancel(&self, handle: &str);
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallKind {
    /// Words.
    Chat,
    /// A still picture.
    Image,
    /// A clip.
    Video,
    /// A spoken line.
    Speech,
}

impl CallKind {
    /// The kind in one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Image => "image",
            Self::Video => "video",
            Self::Speech => "speech",
        }
    }
}

/// What is said of a call before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallOrder {
    /// Who is called: the name that limits and the ledger know.
    pub provider: String,
    /// The model's name at the provider.
    pub model: String,
    /// What is asked for.
    pub kind: CallKind,
    /// The request as canonical text, without secrets and with hashes in place of long bytes: equal requests give equal
    /// text, on any machine and at any time.
    pub request: String,
    /// The most it may cost, in millionths of a US dollar; `None` when nobody said a price.
    pub most_micros: Option<u64>,
    /// About how many tokens it counts for, for limits of tokens a minute.
    pub tokens: u32,
    /// How long it may take, from sending to the end of the reply or of the job.
    pub deadline: Duration,
}

/// What a provider gave for a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// The reply.
    Reply(CallReply),
    /// A job's handle. It holds all that [`RemoteCall::poll`] needs, and is kept as it is.
    Handle(String),
}

/// How a job stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Polled {
    /// Not done yet.
    Pending {
        /// How much is done, 0 to 1, where the provider says it.
        progress: Option<f32>,
        /// When the provider wants to be asked again.
        after: Option<Duration>,
    },
    /// Done.
    Done(CallReply),
}

/// A reply as it came. `body` and `media` suffice to read it, so it can be kept and read later, by another process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallReply {
    /// The bytes.
    pub body: Vec<u8>,
    /// Their media type ("application/json").
    pub media: String,
    /// What it took.
    pub usage: Usage,
}

/// What a call took.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// How much of which unit, by the names of [`crate::Unit`] ("input_tokens", "images", "seconds").
    pub units: BTreeMap<String, u64>,
    /// What it cost, in millionths of a US dollar: by the provider's word, else by the model's price; 0 when nobody
    /// said a price.
    pub micros: u64,
}

/// A call that failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{failure}")]
pub struct CallError {
    /// What happened, for a person.
    pub failure: Failure,
    /// What became of the request.
    pub delivery: Delivery,
    /// How long the provider wants to be left alone.
    pub retry_after: Option<Duration>,
}

impl CallError {
    /// A failure of which this much is known.
    pub fn new(failure: Failure, delivery: Delivery) -> Self {
        Self { failure, delivery, retry_after: None }
    }

    /// Adds how long the provider wants to be left alone.
    #[must_use]
    pub fn after(mut self, wait: Option<Duration>) -> Self {
        self.retry_after = wait;
        self
    }
}

/// What is known of a request that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Not sent, or the provider answered that it failed: costs nothing.
    NotTaken,
    /// Cut off or timed out after it was sent: nobody knows whether it was done and billed.
    Unknown,
    /// Done (and billed) but of no use: truncated, malformed.
    Spoilt(Usage),
    /// A job that the provider no longer knows.
    Vanished,
}
