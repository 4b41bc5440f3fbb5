//! A store that remembers in memory; blobs and scratch folders lie in a temporary folder that goes with it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use engine::{
    Artifact, Blob, BlobHash, BlobSource, Event, Kept, Key, KeyForm, NewBlob, RunId, Slot, Store, StoreError,
};
use tempfile::TempDir;

use crate::memory_meter::Journal;

/// A project in memory.
#[derive(Debug)]
pub struct MemoryStore {
    folder: TempDir,
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
pub(crate) struct Memory {
    results: HashMap<Key, Artifact>,
    forms: HashMap<Key, KeyForm>,
    last: BTreeMap<Slot, Key>,
    pins: BTreeMap<Slot, Artifact>,
    kept: Vec<(Slot, Key)>,
    events: Vec<(RunId, Event)>,
    broken: BTreeSet<&'static str>,
    scratches: u64,
    pub(crate) journal: Journal,
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl MemoryStore {
    /// An empty project.
    #[expect(clippy::expect_used, reason = "a test without a temporary folder cannot go on")]
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { folder, memory: Mutex::default() }
    }

    /// The person chooses a result for a slot.
    pub fn pin(&self, slot: &Slot, artifact: Artifact) {
        self.memory().pins.insert(slot.clone(), artifact);
    }

    /// From now on, calls of this method of [`Store`] or [`engine::Meter`] fail.
    pub fn break_down(&self, call: &'static str) {
        self.memory().broken.insert(call);
    }

    /// From now on, all calls work again.
    pub fn mend(&self) {
        self.memory().broken.clear();
    }

    /// All recorded events, in order.
    pub fn events(&self) -> Vec<(RunId, Event)> {
        self.memory().events.clone()
    }

    /// The recorded events of one run, in order.
    pub fn events_of(&self, run: &RunId) -> Vec<Event> {
        self.memory().events.iter().filter(|(of, _)| of == run).map(|(_, event)| event.clone()).collect()
    }

    /// What was kept, in order: one entry for each result that was made.
    pub fn kept(&self) -> Vec<(Slot, Key)> {
        self.memory().kept.clone()
    }

    /// How many scratch folders are there now.
    pub fn scratch_folders(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("scratch")).map_or(0, Iterator::count)
    }

    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn call(&self, name: &'static str) -> Result<MutexGuard<'_, Memory>, StoreError> {
        let memory = self.memory();
        if memory.broken.contains(name) {
            return Err(StoreError {
                message: format!("the store in memory was told to fail at {name}"),
                hint: "Mend it.".to_owned(),
            });
        }
        Ok(memory)
    }

    fn take_over(&self, blob: NewBlob) -> Result<Blob, StoreError> {
        let failure = |e: std::io::Error| StoreError { message: format!("{}: {e}", blob.role), hint: String::new() };
        let bytes = match &blob.source {
            BlobSource::Bytes(bytes) => bytes.clone(),
            BlobSource::File(path) => std::fs::read(path).map_err(failure)?,
        };
        let hash = BlobHash::from(blake3::hash(&bytes));
        std::fs::write(self.path(&hash, &blob.media), &bytes).map_err(failure)?;
        Ok(Blob { role: blob.role, hash, bytes: bytes.len() as u64, media: blob.media })
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn find(&self, key: &Key) -> Result<Option<Artifact>, StoreError> {
        Ok(self.call("find")?.results.get(key).cloned())
    }

    async fn form(&self, key: &Key) -> Result<Option<KeyForm>, StoreError> {
        Ok(self.call("form")?.forms.get(key).cloned())
    }

    async fn last(&self, slot: &Slot) -> Result<Option<Artifact>, StoreError> {
        let memory = self.call("last")?;
        Ok(memory.last.get(slot).and_then(|key| memory.results.get(key)).cloned())
    }

    async fn pinned(&self, slot: &Slot) -> Result<Option<Artifact>, StoreError> {
        Ok(self.call("pinned")?.pins.get(slot).cloned())
    }

    async fn keep(&self, kept: Kept) -> Result<Artifact, StoreError> {
        drop(self.call("keep")?);
        let key = kept.form.key();
        let blobs = kept.output.blobs.into_iter().map(|blob| self.take_over(blob)).collect::<Result<_, _>>()?;
        let fresh = Artifact { key: key.clone(), value: kept.output.value, blobs };
        let mut memory = self.memory();
        memory.journal.settle(&key);
        memory.kept.push((kept.slot.clone(), key.clone()));
        memory.last.insert(kept.slot, key.clone());
        memory.forms.insert(key.clone(), kept.form);
        Ok(memory.results.entry(key).or_insert(fresh).clone())
    }

    async fn reuse(&self, _run: &RunId, slot: &Slot, key: &Key) -> Result<(), StoreError> {
        self.call("reuse")?.last.insert(slot.clone(), key.clone());
        Ok(())
    }

    async fn record(&self, run: &RunId, event: &Event) -> Result<u64, StoreError> {
        let mut memory = self.call("record")?;
        memory.events.push((run.clone(), event.clone()));
        Ok(memory.events.len() as u64)
    }

    fn path(&self, hash: &BlobHash, _media: &str) -> PathBuf {
        self.folder.path().join(hash.as_str())
    }

    fn scratch(&self) -> Result<PathBuf, StoreError> {
        let number = {
            let mut memory = self.call("scratch")?;
            memory.scratches += 1;
            memory.scratches
        };
        let path = self.folder.path().join("scratch").join(number.to_string());
        std::fs::create_dir_all(&path)
            .map_err(|e| StoreError { message: format!("{}: {e}", path.display()), hint: String::new() })?;
        Ok(path)
    }
}
