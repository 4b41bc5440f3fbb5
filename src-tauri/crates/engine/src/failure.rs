//! How a task fails: by kind, because each kind is retried, asked about or shown in its own way.

use serde::{Deserialize, Serialize};

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// The network or a server did not answer.
    Transport,
    /// Too many calls.
    RateLimited,
    /// A model refused the content.
    Refused,
    /// A key is wrong or missing.
    Auth,
    /// An account is empty.
    Quota,
    /// A reply or an input could not be understood.
    Invalid,
    /// A call was done and what came is of no use, or its job was lost. Asking again may give a good one, and may cost
    /// again.
    Spoilt,
    /// Something on this machine is missing or full.
    Local,
    /// The person stopped it.
    Cancelled,
}

impl FailureKind {
    /// True when trying the same again may help.
    pub fn is_retryable(self) -> bool {
        !matches!(self, Self::Invalid | Self::Cancelled)
    }
}

/// A task that failed, in words that a person can read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct TaskError {
    /// The kind.
    pub kind: FailureKind,
    /// What happened, naming the thing it happened to.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

impl TaskError {
    /// A failure of a kind.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: String::new() }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}
