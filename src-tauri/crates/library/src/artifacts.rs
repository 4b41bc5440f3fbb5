//! Results as rows: an artifact by its key, shared by all projects.

use std::collections::BTreeMap;
use std::path::PathBuf;

use engine::{Artifact, Blob, Collection, Key, KeyForm};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

use crate::blobs::is_whole;
use crate::error::Fault;
use crate::home::Home;
use crate::rows::{count, json, named, to_json};
use crate::writer::Writing;
use crate::{LibraryError, durations};

/// A result to be stored; its blobs are in place.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) form: KeyForm,
    pub(crate) value: Value,
    pub(crate) blobs: Vec<Blob>,
    pub(crate) took_ms: u64,
    /// What it was made for.
    pub(crate) collection: Collection,
}

pub(crate) fn load(connection: &Connection, of: &Key) -> Result<Option<Artifact>, Fault> {
    let value = connection
        .prepare_cached("select value_json from artifacts where key = ?1")?
        .query_row([of.as_str()], |row| json(row, 0))
        .optional()?;
    let Some(value) = value else { return Ok(None) };
    let blobs = connection
        .prepare_cached("select role, hash, bytes, media from artifact_blobs where key = ?1 order by place")?
        .query_map([of.as_str()], |row| blob(row, 0))?
        .collect::<Result<_, _>>()?;
    Ok(Some(Artifact { key: of.clone(), value, blobs }))
}

/// Those results of some keys that there are.
pub(crate) fn load_all(connection: &Connection, keys: Vec<Key>) -> Result<BTreeMap<Key, Artifact>, Fault> {
    let mut found = BTreeMap::new();
    for key in keys {
        if let Some(artifact) = load(connection, &key)? {
            found.insert(key, artifact);
        }
    }
    Ok(found)
}

/// A blob from four columns: role, hash, bytes, media.
pub(crate) fn blob(row: &Row<'_>, at: usize) -> rusqlite::Result<Blob> {
    Ok(Blob { role: row.get(at)?, hash: named(row, at + 1)?, bytes: count(row, at + 2)?, media: row.get(at + 3)? })
}

/// An error when there is no such result.
pub(crate) fn must_exist(connection: &Connection, of: &Key) -> Result<(), Fault> {
    if connection.prepare_cached("select 1 from artifacts where key = ?1")?.exists([of.as_str()])? {
        Ok(())
    } else {
        Err(LibraryError::NoArtifact(of.to_string()).into())
    }
}

/// The first blob of a result whose file is gone or was cut short.
pub(crate) fn lost(home: &Home, artifact: &Artifact) -> Option<PathBuf> {
    let path = |blob: &Blob| home.blob(&blob.hash, &blob.media);
    artifact.blobs.iter().find(|blob| !is_whole(&path(blob), blob.bytes)).map(path)
}

pub(crate) fn form(connection: &Connection, of: &Key) -> Result<Option<KeyForm>, Fault> {
    let sql = "select form_json from artifacts where key = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([of.as_str()], |row| json(row, 0)).optional()?)
}

/// Stores a result. The same key twice keeps the first, unless the first lost a file.
pub(crate) fn insert(writing: &Writing<'_>, home: &Home, made: Made) -> Result<Artifact, Fault> {
    let connection = writing.connection;
    let of = made.form.key();
    if let Some(first) = load(connection, &of)?
        && lost(home, &first).is_none()
    {
        return Ok(first);
    }
    connection
        .prepare_cached(
            "insert into artifacts (key, form_json, value_json, took_ms, made_at) values (?1, ?2, ?3, ?4, ?5)
             on conflict do update set value_json = excluded.value_json, took_ms = excluded.took_ms,
             made_at = excluded.made_at",
        )?
        .execute(params![
            of.as_str(),
            to_json(&made.form)?,
            to_json(&made.value)?,
            made.took_ms as i64,
            writing.now_ms as i64
        ])?;
    if made.took_ms > 0 {
        durations::note(connection, &made.collection, &made.form, made.took_ms)?;
    }
    connection.prepare_cached("delete from artifact_blobs where key = ?1")?.execute([of.as_str()])?;
    let mut statement = connection.prepare_cached(
        "insert into artifact_blobs (key, place, role, hash, bytes, media) values (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (place, blob) in made.blobs.iter().enumerate() {
        let Blob { role, hash, bytes, media } = blob;
        statement.execute(params![of.as_str(), place as i64, role, hash.as_str(), *bytes as i64, media])?;
    }
    Ok(Artifact { key: of, value: made.value, blobs: made.blobs })
}
