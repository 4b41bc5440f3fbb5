//! What remembers for the engine. One store is one project: its results, its pins and its stream of events.

use std::path::PathBuf;

use async_trait::async_trait;

use crate::{Artifact, Blob, BlobHash, Event, Key, KeyForm, Meter, Output, RunId, Slot};

/// A store that could not remember.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct StoreError {
    /// What happened, naming the path.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

/// A result to be kept.
#[derive(Debug)]
pub struct Kept {
    /// The run that made it.
    pub run: RunId,
    /// Where it belongs.
    pub slot: Slot,
    /// What decided it.
    pub form: KeyForm,
    /// What was made.
    pub output: Output,
    /// How long it took, in milliseconds; 0 when nobody measured it.
    pub took_ms: u64,
}

/// Remembers results, events and calls of one project.
#[async_trait]
pub trait Store: Meter + Send + Sync {
    /// The result of a key, if it was made before and all its blobs are still there.
    async fn find(&self, key: &Key) -> Result<Option<Artifact>, StoreError>;

    /// What the key of a stored result was made of.
    async fn form(&self, key: &Key) -> Result<Option<KeyForm>, StoreError>;

    /// The result that a slot had last, whatever its key; an agent that runs again carries ids over from it.
    async fn last(&self, slot: &Slot) -> Result<Option<Artifact>, StoreError>;

    /// The result that the person chose for a slot.
    async fn pinned(&self, slot: &Slot) -> Result<Option<Artifact>, StoreError>;

    /// Stores a result: blobs first (temporary file, fsync, rename), then the rows in one transaction that also makes
    /// it the slot's last one and settles the replies that were kept for its key. When this returns, a kill cannot lose
    /// it. The same key twice keeps the first.
    async fn keep(&self, kept: Kept) -> Result<Artifact, StoreError>;

    /// Notes that a slot's current result is one that was made before.
    async fn reuse(&self, run: &RunId, slot: &Slot, key: &Key) -> Result<(), StoreError>;

    /// Appends to the project's stream; gives the gapless sequence number.
    async fn record(&self, run: &RunId, event: &Event) -> Result<u64, StoreError>;

    /// Appends several, in order; gives the number of the last one, 0 when there is none.
    async fn record_all(&self, run: &RunId, events: &[Event]) -> Result<u64, StoreError> {
        let mut last = 0;
        for event in events {
            last = self.record(run, event).await?;
        }
        Ok(last)
    }

    /// Where a blob lies, for reading.
    fn path(&self, hash: &BlobHash, media: &str) -> PathBuf;

    /// A new empty folder on the same disk as the blobs. It is removed when the task ends, and at the next start
    /// after a kill.
    fn scratch(&self) -> Result<PathBuf, StoreError>;

    /// The path of a stored blob.
    fn blob_path(&self, blob: &Blob) -> PathBuf {
        self.path(&blob.hash, &blob.media)
    }
}
