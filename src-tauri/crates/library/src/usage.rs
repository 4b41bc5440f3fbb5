//! How much disk the library takes.

use std::fs;
use std::path::Path;

use crate::home::{Home, beside};
use crate::{LibraryError, blobs};

/// Disk space by what it is for, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// The database with its log.
    pub database: u64,
    /// Pictures, sounds and films.
    pub blobs: u64,
    /// How many of them.
    pub blob_count: u64,
    /// The backups, and damaged databases that were set aside.
    pub backups: u64,
    /// Work in progress.
    pub scratch: u64,
}

pub(crate) fn measure(home: &Home) -> Result<Usage, LibraryError> {
    let size = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
    let mut usage = Usage {
        database: ["", "-wal", "-shm"].iter().map(|ending| size(&beside(&home.database(), ending))).sum(),
        backups: folder(&home.backups())? + home.damaged()?.map_or(0, |kept| size(&kept)),
        scratch: folder(&home.scratch())?,
        ..Usage::default()
    };
    for (_, _, bytes) in blobs::files(home)? {
        usage.blobs += bytes;
        usage.blob_count += 1;
    }
    Ok(usage)
}

fn folder(path: &Path) -> Result<u64, LibraryError> {
    let mut bytes = 0;
    for entry in fs::read_dir(path).map_err(|e| LibraryError::io(path, &e))?.flatten() {
        // A task may end, and its folder go, while this looks.
        let Ok(found) = entry.metadata() else { continue };
        bytes += if found.is_dir() { folder(&entry.path()).unwrap_or(0) } else { found.len() };
    }
    Ok(bytes)
}
