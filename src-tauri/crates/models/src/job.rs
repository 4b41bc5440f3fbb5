//! What every call of a model shares: who is called, how it is watched and stopped, how it fails.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::direct::Direct;
use crate::{CallReply, Calls, RemoteCall};

/// Which model made something. Part of the key of every result, so a new version never passes for an old one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ModelIdentity {
    /// Who runs it ("builtin", the name of a configured server).
    pub provider: String,
    /// The model's name at the provider.
    pub model: String,
    /// What must change for an equal request to give another result (code version, fixed parameters).
    pub version: String,
}

impl std::fmt::Display for ModelIdentity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.provider, self.model)
    }
}

/// How a call can fail; each kind is retried, asked about or shown in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// The network or the server did not answer.
    Transport,
    /// Too many calls.
    RateLimited,
    /// The request was refused for its content.
    Refused,
    /// The key is wrong or missing.
    Auth,
    /// The account is empty.
    Quota,
    /// The reply could not be understood.
    Invalid,
    /// Something on this machine is missing or full.
    Local,
    /// The person stopped it.
    Cancelled,
}

/// A call that failed, in words that a person can read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// The kind.
    pub kind: FailureKind,
    /// What happened, naming the thing it happened to.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

impl Failure {
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

    /// The person stopped it.
    pub fn cancelled() -> Self {
        Self::new(FailureKind::Cancelled, "stopped")
    }
}

/// A running job: how it is told to stop, where it reports progress, and how its calls go out to providers. Cheap to
/// clone.
#[derive(Clone)]
pub struct Job {
    cancel: CancellationToken,
    progress: Arc<dyn Fn(f32) + Send + Sync>,
    calls: Arc<dyn Calls>,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job").field("cancelled", &self.cancel.is_cancelled()).finish_non_exhaustive()
    }
}

impl Job {
    /// A job that stops with `cancel` and reports its progress, 0 to 1, to `progress`. Its calls are sent once each, and
    /// nobody writes them down.
    pub fn new(cancel: CancellationToken, progress: impl Fn(f32) + Send + Sync + 'static) -> Self {
        let progress: Arc<dyn Fn(f32) + Send + Sync> = Arc::new(progress);
        let calls = Arc::new(Direct { cancel: cancel.clone(), progress: Arc::clone(&progress) });
        Self { cancel, progress, calls }
    }

    /// A job whose calls go out through `calls`, which also stops them and reports their progress.
    pub fn with_calls(
        cancel: CancellationToken,
        progress: impl Fn(f32) + Send + Sync + 'static,
        calls: Arc<dyn Calls>,
    ) -> Self {
        Self { cancel, progress: Arc::new(progress), calls }
    }

    /// A job that nobody watches; for tests and tools.
    pub fn unwatched() -> Self {
        Self::new(CancellationToken::new(), |_| {})
    }

    /// Says how much is done, 0 to 1.
    pub fn progress(&self, done: f32) {
        (self.progress)(done.clamp(0.0, 1.0));
    }

    /// Ends the work here when it was stopped. Long work calls this often (at least every 100 ms).
    pub fn check(&self) -> Result<(), Failure> {
        if self.cancel.is_cancelled() { Err(Failure::cancelled()) } else { Ok(()) }
    }

    /// Does one call to a provider, if the job was not stopped.
    pub async fn call(&self, call: &dyn RemoteCall) -> Result<CallReply, Failure> {
        self.check()?;
        self.calls.call(call).await
    }

    /// The token that stops it.
    pub fn token(&self) -> &CancellationToken {
        &self.cancel
    }
}
