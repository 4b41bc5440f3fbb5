//! The data folder: what lies where in it.

use std::fs;
use std::path::{Path, PathBuf};

use engine::BlobHash;
use uuid::Uuid;

use crate::LibraryError;
use crate::stamp::stamp;

/// The paths of one data folder.
#[derive(Debug, Clone)]
pub(crate) struct Home {
    root: PathBuf,
}

const DAMAGED: &str = "library.damaged-";

impl Home {
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.root.join("library.db")
    }

    pub(crate) fn blobs(&self) -> PathBuf {
        self.root.join("blobs")
    }

    pub(crate) fn backups(&self) -> PathBuf {
        self.root.join("backups")
    }

    pub(crate) fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    pub(crate) fn holder(&self) -> PathBuf {
        self.root.join("lock.json")
    }

    pub(crate) fn scratch(&self) -> PathBuf {
        self.root.join("scratch")
    }

    /// Where a blob lies. The hash is checked hex and the ending comes from a table, so no text from outside is in it.
    pub(crate) fn blob(&self, hash: &BlobHash, media: &str) -> PathBuf {
        let hash = hash.as_str();
        self.blobs().join(&hash[..2]).join(format!("{hash}.{}", crate::blobs::ending(media)))
    }

    /// Makes the folders that are not there yet.
    pub(crate) fn prepare(&self) -> Result<(), LibraryError> {
        for folder in [self.root.clone(), self.blobs(), self.backups(), self.scratch()] {
            fs::create_dir_all(&folder).map_err(|e| match e.kind() {
                std::io::ErrorKind::AlreadyExists => LibraryError::NotAFolder { path: folder.clone() },
                _ => LibraryError::io(&folder, &e),
            })?;
        }
        Ok(())
    }

    /// A new folder for work in progress.
    pub(crate) fn new_scratch(&self) -> Result<PathBuf, LibraryError> {
        let folder = self.scratch().join(format!("{}-{}", std::process::id(), Uuid::now_v7().simple()));
        fs::create_dir_all(&folder).map_err(|e| LibraryError::io(&folder, &e))?;
        Ok(folder)
    }

    /// Empties the scratch folder. Only the holder of the lock may: then whatever is in it is of a process that died.
    pub(crate) fn clear_scratch(&self) -> Result<(), LibraryError> {
        let scratch = self.scratch();
        let fault = |e: std::io::Error| LibraryError::io(&scratch, &e);
        for entry in fs::read_dir(&scratch).map_err(fault)? {
            let path = entry.map_err(fault)?.path();
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            if let Err(error) = removed {
                tracing::warn!(path = %path.display(), %error, "work in progress of a dead process stays");
            }
        }
        Ok(())
    }

    /// The damaged database that waits for a decision; the newest when there are several.
    pub(crate) fn damaged(&self) -> Result<Option<PathBuf>, LibraryError> {
        let fault = |e: std::io::Error| LibraryError::io(&self.root, &e);
        let mut newest = None;
        for entry in fs::read_dir(&self.root).map_err(fault)? {
            let name = entry.map_err(fault)?.file_name();
            let ends = Path::new(&name).extension().is_some_and(|e| e == "db");
            if ends && name.to_string_lossy().starts_with(DAMAGED) {
                newest = newest.max(Some(self.root.join(name)));
            }
        }
        Ok(newest)
    }

    /// Moves a damaged database out of the way, with its write-ahead log, which may hold what the file lacks.
    pub(crate) fn set_aside(&self, now_ms: u64) -> Result<PathBuf, LibraryError> {
        let kept = self.root.join(format!("{DAMAGED}{}.db", stamp(now_ms)));
        move_database(&self.database(), &kept)?;
        Ok(kept)
    }

    /// Moves every damaged database to the backups: the person decided.
    pub(crate) fn settle(&self) -> Result<(), LibraryError> {
        while let Some(kept) = self.damaged()? {
            if let Some(name) = kept.file_name() {
                move_database(&kept, &self.backups().join(name))?;
            }
        }
        Ok(())
    }
}

/// The files that SQLite keeps beside a database.
pub(crate) fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn move_database(from: &Path, to: &Path) -> Result<(), LibraryError> {
    for ending in ["-wal", "-shm", ""] {
        let (from, to) = (beside(from, ending), beside(to, ending));
        if from.exists() {
            fs::rename(&from, &to).map_err(|e| LibraryError::io(&from, &e))?;
        }
    }
    if let Some(folder) = to.parent() { sync_folder(folder) } else { Ok(()) }
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), LibraryError> {
    // Windows cannot open a folder as a file; its renames are in the journal.
    if cfg!(unix) {
        fs::File::open(folder).and_then(|f| f.sync_all()).map_err(|e| LibraryError::io(folder, &e))?;
    }
    Ok(())
}
