//! Garbage collection: what no project and no backup uses any more.

use std::collections::HashSet;
use std::fs;

use engine::{BlobHash, Key};
use rusqlite::Connection;

use crate::error::Fault;
use crate::home::Home;
use crate::rows::{key, named};
use crate::writer::Writing;
use crate::{LibraryError, backup, blobs, connection, retention};

/// What a garbage collection removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Collected {
    /// How many takes.
    pub takes: u64,
    /// How many results.
    pub artifacts: u64,
    /// How many blob files.
    pub files: u64,
    /// How many bytes of disk.
    pub bytes: u64,
}

/// Removes the takes that are not kept, and the rows of results that nothing uses; gives what it removed, and the hashes
/// still used.
pub(crate) fn rows(writing: &Writing<'_>, spared: &HashSet<Key>) -> Result<(Collected, HashSet<BlobHash>), Fault> {
    let connection = writing.connection;
    let held = retention::held(connection)?;
    let takes = retention::thin(connection, retention::setting(connection)?, &held, writing.now_ms)?;
    let unused: Vec<Key> = connection
        .prepare("select key from artifacts where key not in (select key from takes)")?
        .query_map([], |row| key(row, 0))?
        .collect::<Result<_, _>>()?;
    let mut artifacts = 0;
    let mut delete = connection.prepare("delete from artifacts where key = ?1")?;
    for key in unused.iter().filter(|key| !spared.contains(key) && !held.contains(key)) {
        delete.execute([key.as_str()])?;
        artifacts += 1;
    }
    let mut used = hashes(connection, OF_RESULTS)?;
    used.extend(hashes(connection, OF_CALLS)?);
    Ok((Collected { takes, artifacts, ..Collected::default() }, used))
}

/// The blobs of all results that there are.
const OF_RESULTS: &str = "select hash from artifact_blobs
    union select cover_hash from projects where cover_hash is not null";

/// The blobs of results that a project uses.
const OF_PROJECTS: &str = "select hash from artifact_blobs
    where key in (select key from takes union select key from pins)
    union select cover_hash from projects where cover_hash is not null";

/// The replies that are kept for their tasks.
const OF_CALLS: &str = "select reply_hash from calls where reply_hash is not null";

/// The blobs that a backup uses.
fn of_backup(connection: &Connection) -> Result<HashSet<BlobHash>, Fault> {
    let mut used = hashes(connection, OF_PROJECTS)?;
    // The first format had no calls.
    if connection.prepare("select 1 from sqlite_schema where name = 'calls'")?.exists([])? {
        used.extend(hashes(connection, OF_CALLS)?);
    }
    Ok(used)
}

fn hashes(connection: &Connection, sql: &str) -> Result<HashSet<BlobHash>, Fault> {
    Ok(connection.prepare(sql)?.query_map([], |row| named(row, 0))?.collect::<Result<_, _>>()?)
}

/// Removes blob files that are not used, now or in a backup: a restored project must find its film.
pub(crate) fn files(home: &Home, mut still: HashSet<BlobHash>) -> Result<Collected, LibraryError> {
    for backup in backup::list(home)? {
        let used = connection::to_read(&backup.path).map_err(Fault::from).and_then(|c| of_backup(&c));
        match used {
            Ok(used) => still.extend(used),
            Err(fault) => tracing::warn!(error = %fault.at(&backup.path), "this backup does not protect its blobs"),
        }
    }
    let mut collected = Collected::default();
    for (hash, path, bytes) in blobs::files(home)? {
        if !still.contains(&hash) {
            fs::remove_file(&path).map_err(|e| LibraryError::io(&path, &e))?;
            collected.files += 1;
            collected.bytes += bytes;
        }
    }
    Ok(collected)
}
