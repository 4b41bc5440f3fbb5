//! The scratch folder of one task: made when the task starts, gone when it ends, however it ends.

use std::path::{Path, PathBuf};

use crate::{Store, StoreError};

pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new(store: &dyn Store) -> Result<Self, StoreError> {
        store.scratch().map(Self)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // The store clears what stays behind at the next start.
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(path = %self.0.display(), %error, "a scratch folder could not be removed");
        }
    }
}
