//! Takes: the results that a project's slots had. The last one of a slot is its current one.

use std::collections::BTreeMap;

use engine::{Artifact, Blob, Key, KeyForm, RunId, Slot};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use crate::error::Fault;
use crate::rows::{count, json, key, maybe_key, named};
use crate::writer::Writing;
use crate::{Judged, LibraryError, ProjectId, artifacts, verdicts};

/// A result that a slot had.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Take {
    /// The result.
    pub key: Key,
    /// What decided it.
    pub form: KeyForm,
    /// The result that the slot used when this one was made; none for the first. It may be gone by now.
    pub parent: Option<Key>,
    /// The run that made it or used it last.
    pub run: RunId,
    /// When that was, in milliseconds since 1970.
    pub at_ms: u64,
    /// True for the one that the slot has now.
    pub current: bool,
    /// True for the one that the person chose.
    pub pinned: bool,
    /// What the person thinks of it.
    pub verdict: Option<Judged>,
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
    if !connection.prepare_cached("select 1 from projects where id = ?1")?.exists([project.as_str()])? {
        return Err(LibraryError::NoProject(project.clone()).into());
    }
    artifacts::must_exist(connection, of)?;
    let before = current(connection, project, slot)?;
    if before.as_ref() == Some(of) {
        return Ok(());
    }
    let parent = match pinned(connection, project, slot)?.or(before) {
        Some(parent) if parent != *of => Some(parent),
        _ => None,
    };
    connection
        .prepare_cached(
            "insert into takes (project, slot, place, key, run, at, parent)
             select ?1, ?2, coalesce(max(place), 0) + 1, ?3, ?4, ?5, ?6 from takes where project = ?1 and slot = ?2",
        )?
        .execute(params![
            project.as_str(),
            slot.as_str(),
            of.as_str(),
            run.0,
            writing.now_ms as i64,
            parent.as_ref().map(Key::as_str)
        ])?;
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

/// The current results of some slots, where they have one.
pub(crate) fn results(
    connection: &Connection,
    project: &ProjectId,
    slots: Vec<Slot>,
) -> Result<BTreeMap<Slot, Artifact>, Fault> {
    let mut found = BTreeMap::new();
    for slot in slots {
        let Some(key) = current(connection, project, &slot)? else { continue };
        found.extend(artifacts::load(connection, &key)?.map(|artifact| (slot, artifact)));
    }
    Ok(found)
}

/// The slots of a collection lie between these two texts.
fn bounds(collection: &str) -> (String, String) {
    (format!("{collection}/"), format!("{collection}0"))
}

/// The current result of every member of a collection.
pub(crate) fn collection(
    connection: &Connection,
    project: &ProjectId,
    name: &str,
) -> Result<BTreeMap<Slot, Artifact>, Fault> {
    let sql = "select slot, key, max(place) from takes where project = ?1 and slot > ?2 and slot < ?3 group by slot";
    let (from, to) = bounds(name);
    let pair = |row: &Row<'_>| Ok((named(row, 0)?, key(row, 1)?));
    let members: Vec<(Slot, Key)> =
        connection.prepare_cached(sql)?.query_map([project.as_str(), &from, &to], pair)?.collect::<Result<_, _>>()?;
    let mut found = BTreeMap::new();
    for (slot, key) in members {
        found.extend(artifacts::load(connection, &key)?.map(|artifact| (slot, artifact)));
    }
    Ok(found)
}

/// The blob with a role of the current result of every member of a collection.
pub(crate) fn blobs(
    connection: &Connection,
    project: &ProjectId,
    collection: &str,
    role: &str,
) -> Result<BTreeMap<Slot, Blob>, Fault> {
    let sql = "select t.slot, b.role, b.hash, b.bytes, b.media from
               (select slot, key, max(place) from takes where project = ?1 and slot > ?2 and slot < ?3 group by slot) t
               join artifact_blobs b on b.key = t.key and b.role = ?4";
    let (from, to) = bounds(collection);
    let pair = |row: &Row<'_>| Ok((named(row, 0)?, artifacts::blob(row, 1)?));
    let of = [project.as_str(), &from, &to, role];
    Ok(connection.prepare_cached(sql)?.query_map(of, pair)?.collect::<Result<_, _>>()?)
}

/// Every result that a slot had, each once; what was used last comes first.
pub(crate) fn of_slot(connection: &Connection, project: &ProjectId, slot: &Slot) -> Result<Vec<Take>, Fault> {
    // Of its uses the last one tells when, the first one after what it was made.
    let sql = "select t.key, a.form_json, t.parent, t.run, t.at from takes t join artifacts a on a.key = t.key
               where t.project = ?1 and t.slot = ?2 order by t.place desc";
    let pinned = pinned(connection, project, slot)?;
    let mut verdicts: BTreeMap<Key, Judged> =
        verdicts::of_slot(connection, project, slot)?.into_iter().map(|judged| (judged.key.clone(), judged)).collect();
    let mut takes: Vec<Take> = Vec::new();
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([project.as_str(), slot.as_str()])?;
    while let Some(row) = rows.next()? {
        let key = key(row, 0)?;
        let parent = maybe_key(row, 2)?;
        match takes.iter_mut().find(|take| take.key == key) {
            Some(take) => take.parent = parent,
            None => takes.push(Take {
                form: json(row, 1)?,
                parent,
                run: RunId(row.get(3)?),
                at_ms: count(row, 4)?,
                current: takes.is_empty(),
                pinned: pinned.as_ref() == Some(&key),
                verdict: verdicts.remove(&key),
                key,
            }),
        }
    }
    Ok(takes)
}
