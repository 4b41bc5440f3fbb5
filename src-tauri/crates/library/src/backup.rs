//! Backups of the database: made before every migration and once a day, five kept.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::LibraryError;
use crate::check::{Found, check};
use crate::home::{Home, sync_folder};
use crate::stamp::{stamp, unstamp};

/// How many backups are kept.
pub const BACKUPS_KEPT: usize = 5;

const DAY_MS: u64 = 86_400_000;

/// A copy of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// When it was made, in milliseconds since 1970.
    pub made_ms: u64,
    /// Its size.
    pub bytes: u64,
}

/// The backups, the newest first.
pub(crate) fn list(home: &Home) -> Result<Vec<Backup>, LibraryError> {
    let folder = home.backups();
    let fault = |e: std::io::Error| LibraryError::io(&folder, &e);
    let mut backups = Vec::new();
    for entry in fs::read_dir(&folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let made = name.strip_prefix("library-").and_then(|n| n.strip_suffix(".db")).and_then(unstamp);
        if let Some(made_ms) = made {
            backups.push(Backup { path: entry.path(), made_ms, bytes: entry.metadata().map_err(fault)?.len() });
        }
    }
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.made_ms));
    Ok(backups)
}

/// True when none was made today (in UTC).
pub(crate) fn is_due(home: &Home, now_ms: u64) -> Result<bool, LibraryError> {
    Ok(list(home)?.first().is_none_or(|newest| newest.made_ms / DAY_MS < now_ms / DAY_MS))
}

/// The newest backup that is sound.
pub(crate) fn newest_good(home: &Home, known: u32) -> Result<Option<Backup>, LibraryError> {
    Ok(list(home)?.into_iter().find(|backup| matches!(check(&backup.path, known), Ok(Found::Library(_)))))
}

/// Makes one.
pub(crate) fn make(connection: &Connection, home: &Home, now_ms: u64) -> Result<Backup, LibraryError> {
    let name = |ms: u64, ending: &str| home.backups().join(format!("library-{}.{ending}", stamp(ms)));
    let mut made_ms = now_ms;
    while name(made_ms, "db").exists() {
        made_ms += 1;
    }
    let (path, part) = (name(made_ms, "db"), name(made_ms, "part"));
    let fault = |e: std::io::Error| LibraryError::io(&path, &e);
    if part.exists() {
        fs::remove_file(&part).map_err(fault)?;
    }
    let target = part.to_str().ok_or_else(|| LibraryError::Disk {
        path: part.clone(),
        why: "the name of the folder is not Unicode".to_owned(),
    })?;
    let copied = connection.execute("vacuum into ?1", [target]).map_err(|e| LibraryError::sql(&path, &e));
    let sync = |_| fs::File::options().write(true).open(&part).and_then(|file| file.sync_all()).map_err(fault);
    let synced = copied.and_then(sync);
    if let Err(error) = synced {
        // What is left of it must not fill the disk; the error counts more than whether this works.
        let _ = fs::remove_file(&part);
        return Err(error);
    }
    fs::rename(&part, &path).map_err(fault)?;
    sync_folder(&home.backups())?;
    let bytes = fs::metadata(&path).map_err(fault)?.len();
    Ok(Backup { path, made_ms, bytes })
}

/// Removes all but the newest, and what a kill left half made.
pub(crate) fn rotate(home: &Home) -> Result<(), LibraryError> {
    let remove = |path: &Path| fs::remove_file(path).map_err(|e| LibraryError::io(path, &e));
    for old in list(home)?.iter().skip(BACKUPS_KEPT) {
        remove(&old.path)?;
    }
    let folder = home.backups();
    for entry in fs::read_dir(&folder).map_err(|e| LibraryError::io(&folder, &e))?.flatten() {
        if entry.path().extension().is_some_and(|e| e == "part") {
            remove(&entry.path())?;
        }
    }
    Ok(())
}
