//! A project's store as it would be with other pins: a forecast looks through it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{Artifact, BlobHash, Event, Kept, Key, KeyForm, RunId, Slot, Store, StoreError};

pub(super) struct WithPins {
    pub(super) store: Arc<dyn Store>,
    pub(super) pins: BTreeMap<Slot, Key>,
}

#[async_trait]
impl Store for WithPins {
    async fn find(&self, key: &Key) -> Result<Option<Artifact>, StoreError> {
        self.store.find(key).await
    }
    async fn form(&self, key: &Key) -> Result<Option<KeyForm>, StoreError> {
        self.store.form(key).await
    }
    async fn last(&self, slot: &Slot) -> Result<Option<Artifact>, StoreError> {
        self.store.last(slot).await
    }
    async fn pinned(&self, slot: &Slot) -> Result<Option<Artifact>, StoreError> {
        match self.pins.get(slot) {
            Some(key) => self.store.find(key).await,
            None => Ok(None),
        }
    }
    async fn keep(&self, kept: Kept) -> Result<Artifact, StoreError> {
        self.store.keep(kept).await
    }
    async fn reuse(&self, run: &RunId, slot: &Slot, key: &Key) -> Result<(), StoreError> {
        self.store.reuse(run, slot, key).await
    }
    async fn record(&self, run: &RunId, event: &Event) -> Result<u64, StoreError> {
        self.store.record(run, event).await
    }
    fn path(&self, hash: &BlobHash, media: &str) -> PathBuf {
        self.store.path(hash, media)
    }
    fn scratch(&self) -> Result<PathBuf, StoreError> {
        self.store.scratch()
    }
}
