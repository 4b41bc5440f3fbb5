//! One project as the engine's [`Store`]. (As its [`engine::Meter`]: `meter.rs`.)

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{Artifact, Blob, BlobHash, Event, Kept, Key, KeyForm, NewBlob, RunId, Slot, Store, StoreError};

use crate::artifacts::{self, Made};
use crate::error::Fault;
use crate::home::Home;
use crate::library::Shared;
use crate::{LibraryError, ProjectId, blobs, calls, stream, takes};

#[derive(Debug)]
pub(crate) struct ProjectStore {
    pub(crate) shared: Arc<Shared>,
    pub(crate) project: ProjectId,
}

impl ProjectStore {
    /// The result that a slot has by some rule, whether or not its files are there.
    async fn of_slot(
        &self,
        slot: &Slot,
        rule: impl FnOnce(&rusqlite::Connection, &ProjectId, &Slot) -> Result<Option<Key>, Fault> + Send + 'static,
    ) -> Result<Option<Artifact>, LibraryError> {
        let (project, slot) = (self.project.clone(), slot.clone());
        let read = move |connection: &rusqlite::Connection| match rule(connection, &project, &slot)? {
            Some(key) => artifacts::load(connection, &key),
            None => Ok(None),
        };
        self.shared.readers.read(read).await
    }
}

#[async_trait]
impl Store for ProjectStore {
    async fn find(&self, key: &Key) -> Result<Option<Artifact>, StoreError> {
        // What was found is spared by the garbage collection until it is used, or the program ends.
        let _gate = self.shared.gate.read().await;
        self.shared.spare(key);
        let (home, key) = (self.shared.home.clone(), key.clone());
        let found = self.shared.readers.read(move |connection| {
            let artifact = artifacts::load(connection, &key)?;
            Ok(artifact.filter(|artifact| artifacts::lost(&home, artifact).is_none()))
        });
        Ok(found.await?)
    }

    async fn form(&self, key: &Key) -> Result<Option<KeyForm>, StoreError> {
        let key = key.clone();
        Ok(self.shared.readers.read(move |connection| artifacts::form(connection, &key)).await?)
    }

    async fn last(&self, slot: &Slot) -> Result<Option<Artifact>, StoreError> {
        Ok(self.of_slot(slot, takes::current).await?)
    }

    async fn pinned(&self, slot: &Slot) -> Result<Option<Artifact>, StoreError> {
        let Some(artifact) = self.of_slot(slot, takes::pinned).await? else { return Ok(None) };
        match artifacts::lost(&self.shared.home, &artifact) {
            None => Ok(Some(artifact)),
            Some(path) => Err(LibraryError::LostBlob { slot: slot.to_string(), path }.into()),
        }
    }

    async fn keep(&self, kept: Kept) -> Result<Artifact, StoreError> {
        // No garbage collection between the files and their rows.
        let _gate = self.shared.gate.read().await;
        let writer = self.shared.writer()?;
        let home = self.shared.home.clone();
        let Kept { run, slot, form, output, took_ms } = kept;
        let new = output.blobs;
        let placed = if new.is_empty() { Vec::new() } else { place_all(home.clone(), new).await? };
        let project = self.project.clone();
        let made = Made { form, value: output.value, blobs: placed, took_ms, collection: slot.collection() };
        let artifact = writer.write(move |writing| {
            let artifact = artifacts::insert(writing, &home, made)?;
            takes::make_current(writing, &project, &run, &slot, &artifact.key)?;
            calls::settle(writing, &project, &artifact.key)?;
            Ok(artifact)
        });
        Ok(artifact.await?)
    }

    async fn reuse(&self, run: &RunId, slot: &Slot, key: &Key) -> Result<(), StoreError> {
        let (project, run, slot, key) = (self.project.clone(), run.clone(), slot.clone(), key.clone());
        let reused = self.shared.writer()?.write(move |w| takes::make_current(w, &project, &run, &slot, &key)).await;
        Ok(reused?)
    }

    async fn record(&self, run: &RunId, event: &Event) -> Result<u64, StoreError> {
        let body = serde_json::to_value(event)
            .map_err(|e| StoreError { message: format!("an event cannot be stored: {e}"), hint: String::new() })?;
        let (project, run) = (self.project.clone(), run.clone());
        let seq = self.shared.writer()?.write(move |w| stream::append(w, &project, Some(&run), body)).await?;
        Ok(u64::from(seq))
    }

    async fn record_all(&self, run: &RunId, events: &[Event]) -> Result<u64, StoreError> {
        let unfit = |e| StoreError { message: format!("an event cannot be stored: {e}"), hint: String::new() };
        let bodies = events.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>().map_err(unfit)?;
        let (project, run) = (self.project.clone(), run.clone());
        let append = move |w: &mut crate::writer::Writing<'_>| {
            let mut last = 0;
            for body in bodies {
                last = stream::append(w, &project, Some(&run), body)?;
            }
            Ok(last)
        };
        Ok(u64::from(self.shared.writer()?.write(append).await?))
    }

    fn path(&self, hash: &BlobHash, media: &str) -> PathBuf {
        self.shared.home.blob(hash, media)
    }

    fn scratch(&self) -> Result<PathBuf, StoreError> {
        Ok(self.shared.home.new_scratch()?)
    }
}

/// Puts new blobs in place.
pub(crate) async fn place_all(home: Home, new: Vec<NewBlob>) -> Result<Vec<Blob>, LibraryError> {
    let place = move || {
        let scratch = home.new_scratch()?;
        let placed =
            new.into_iter().enumerate().map(|(number, blob)| blobs::place(&home, &scratch, number, blob)).collect();
        if let Err(error) = std::fs::remove_dir_all(&scratch) {
            tracing::warn!(path = %scratch.display(), %error, "work in progress stays until the next start");
        }
        placed
    };
    tokio::task::spawn_blocking(place).await.map_err(|_| LibraryError::Closed)?
}
