//! A project's store as it would be with other pins: a forecast looks through it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{
    Artifact, BlobHash, CallId, CallIntent, CallRecord, CallReply, Event, Kept, Key, KeyForm, Lapse, Meter, OverCap,
    RunId, Slot, Store, StoreError,
};

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

#[async_trait]
impl Meter for WithPins {
    async fn recall(&self, key: &Key, request: &str) -> Result<Option<CallRecord>, StoreError> {
        self.store.recall(key, request).await
    }
    async fn intend(&self, intent: CallIntent) -> Result<Result<(), OverCap>, StoreError> {
        self.store.intend(intent).await
    }
    async fn handled(&self, call: &CallId, handle: &str) -> Result<(), StoreError> {
        self.store.handled(call, handle).await
    }
    async fn replied(&self, call: &CallId, reply: &CallReply) -> Result<(), StoreError> {
        self.store.replied(call, reply).await
    }
    async fn reply(&self, call: &CallId) -> Result<Option<CallReply>, StoreError> {
        self.store.reply(call).await
    }
    async fn lapsed(&self, call: &CallId, lapse: Lapse) -> Result<(), StoreError> {
        self.store.lapsed(call, lapse).await
    }
    async fn settle(&self, key: &Key) -> Result<(), StoreError> {
        self.store.settle(key).await
    }
    async fn approved(&self, key: &Key) -> Result<bool, StoreError> {
        self.store.approved(key).await
    }
}
