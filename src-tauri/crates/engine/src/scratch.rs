//! The scratch folder of one task: made when it is first asked for, since most tasks never do and a disk is slow; gone
//! when the task ends, however it ends.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::{Store, StoreError};

/// Where a task is sent whose folder could not be made: no system lets a name with a zero byte be opened, so nothing
/// lands in a wrong place. The task fails, and [`Scratch::failure`] says why.
const NOWHERE: &str = "no scratch folder\0";

pub(crate) struct Scratch {
    store: Arc<dyn Store>,
    folder: OnceLock<Result<PathBuf, StoreError>>,
    /// True when the folder belongs to somebody else.
    lent: bool,
}

impl Scratch {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, folder: OnceLock::new(), lent: false }
    }

    /// A folder that is there and stays.
    pub(crate) fn lent(store: Arc<dyn Store>, folder: PathBuf) -> Self {
        Self { store, folder: OnceLock::from(Ok(folder)), lent: true }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.get_or_init(|| self.store.scratch()).as_deref().unwrap_or(Path::new(NOWHERE))
    }

    /// Why the folder could not be made.
    pub(crate) fn failure(&self) -> Option<StoreError> {
        self.folder.get().and_then(|folder| folder.as_ref().err().cloned())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let Some(Ok(folder)) = self.folder.get() else { return };
        // The store clears what stays behind at the next start. A task may have moved the whole folder.
        if !self.lent
            && let Err(error) = std::fs::remove_dir_all(folder)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(path = %folder.display(), %error, "a scratch folder could not be removed");
        }
    }
}
