//! Results as rows: an artifact by its key, shared by all projects, and the takes that a project's slots had.

use std::path::PathBuf;

use engine::{Artifact, Blob, Key, KeyForm, RunId, Slot};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde_json::Value;

use crate::blobs::is_whole;
use crate::error::Fault;
use crate::home::Home;
use crate::rows::{count, json, key, named, to_json};
use crate::writer::Writing;
use crate::{LibraryError, ProjectId};

/// A result that a slot had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Take {
    /// The result.
    pub key: Key,
    /// The run that made or reused it.
    pub run: RunId,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

/// A result to be stored; its blobs are in place.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) form: KeyForm,
    pub(crate) value: Value,
    pub(crate) blobs: Vec<Blob>,
    pub(crate) took_ms: u64,
}

pub(crate) fn load(connection: &Connection, of: &Key) -> Result<Option<Artifact>, Fault> {
    let value = connection
        .prepare_cached("select value_json from artifacts where key = ?1")?
        .query_row([of.as_str()], |row| json(row, 0))
        .optional()?;
    let Some(value) = value else { return Ok(None) };
    let blob =
        |row: &Row<'_>| Ok(Blob { role: row.get(0)?, hash: named(row, 1)?, bytes: count(row, 2)?, media: row.get(3)? });
    let blobs = connection
        .prepare_cached("select role, hash, bytes, media from artifact_blobs where key = ?1 order by place")?
        .query_map([of.as_str()], blob)?
        .collect::<Result<_, _>>()?;
    Ok(Some(Artifact { key: of.clone(), value, blobs }))
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

/// Makes a stored result the current one of a slot.
pub(crate) fn make_current(
    writing: &Writing<'_>,
    project: &ProjectId,
    run: &RunId,
    slot: &Slot,
    of: &Key,
) -> Result<(), Fault> {
    let connection = writing.connection;
    let exists = |sql: &str, id: &str| connection.prepare_cached(sql)?.exists([id]);
    if !exists("select 1 from projects where id = ?1", project.as_str())? {
        return Err(LibraryError::NoProject(project.clone()).into());
    }
    if !exists("select 1 from artifacts where key = ?1", of.as_str())? {
        return Err(LibraryError::NoArtifact(of.to_string()).into());
    }
    if current(connection, project, slot)?.as_ref() == Some(of) {
        return Ok(());
    }
    connection
        .prepare_cached(
            "insert into takes (project, slot, place, key, run, at)
             select ?1, ?2, coalesce(max(place), 0) + 1, ?3, ?4, ?5 from takes where project = ?1 and slot = ?2",
        )?
        .execute(params![project.as_str(), slot.as_str(), of.as_str(), run.0, writing.now_ms as i64])?;
    Ok(())
}

/// The current result of a slot.
pub(crate) fn current(connection: &Connection, project: &ProjectId, slot: &Slot) -> Result<Option<Key>, Fault> {
    let sql = "select key from takes where project = ?1 and slot = ?2 order by place desc limit 1";
    Ok(connection.prepare_cached(sql)?.query_row([project.as_str(), slot.as_str()], |row| key(row, 0)).optional()?)
}

/// The result that the person chose for a slot.
pub(crate) fn pinned(connection: &Connection, project: &ProjectId, slot: &Slot) -> Result<Option<Key>, Fault> {
    let sql = "select key from pins where project = ?1 and slot = ?2";
    Ok(connection.prepare_cached(sql)?.query_row([project.as_str(), slot.as_str()], |row| key(row, 0)).optional()?)
}

/// Every result that a slot had, the current one first.
pub(crate) fn takes(connection: &Connection, project: &ProjectId, slot: &Slot) -> Result<Vec<Take>, Fault> {
    let sql = "select key, run, at from takes where project = ?1 and slot = ?2 order by place desc";
    let take = |row: &Row<'_>| Ok(Take { key: key(row, 0)?, run: RunId(row.get(1)?), at_ms: count(row, 2)? });
    let of = [project.as_str(), slot.as_str()];
    Ok(connection.prepare_cached(sql)?.query_map(of, take)?.collect::<Result<_, _>>()?)
}
