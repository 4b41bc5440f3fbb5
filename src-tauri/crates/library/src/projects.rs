//! Projects as rows: making, listing, copying, throwing away and fetching back.

use engine::{Blob, RunOutcome};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use crate::error::Fault;
use crate::rows::{count, maybe_json, named, to_json};
use crate::stream;
use crate::writer::Writing;
use crate::{LibraryError, ProjectId, ledger};

/// How many days a deleted project can be fetched back.
pub const TRASH_DAYS: u64 = 30;

/// The longest title, in characters.
const LONGEST_TITLE: usize = 200;

/// A project as a list shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// Its title; may be empty.
    pub title: String,
    /// How far it is, in the front end's words; may be empty.
    pub stage: String,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: u64,
    /// When anything in it last changed, in milliseconds since 1970.
    pub updated_ms: u64,
    /// When it was deleted, in milliseconds since 1970; none when it is not in the trash.
    pub deleted_ms: Option<u64>,
    /// Its picture.
    pub cover: Option<Blob>,
    /// How long its film is, in milliseconds.
    pub duration_ms: Option<u64>,
    /// The number of the last event of its stream; 0 when there is none.
    pub head: u32,
}

const COLUMNS: &str = "id, title, stage, created_at, updated_at, deleted_at, cover_json, duration_ms, head";

fn project(row: &Row<'_>) -> rusqlite::Result<Project> {
    Ok(Project {
        id: named(row, 0)?,
        title: row.get(1)?,
        stage: row.get(2)?,
        created_ms: count(row, 3)?,
        updated_ms: count(row, 4)?,
        deleted_ms: row.get::<_, Option<i64>>(5)?.map(|n| n as u64),
        cover: maybe_json(row, 6)?,
        duration_ms: row.get::<_, Option<i64>>(7)?.map(|n| n as u64),
        head: row.get(8)?,
    })
}

/// A title as it is stored.
pub(crate) fn title(text: &str) -> String {
    story::clean_text(text, LONGEST_TITLE)
}

pub(crate) fn get(connection: &Connection, id: &ProjectId) -> Result<Option<Project>, Fault> {
    let sql = format!("select {COLUMNS} from projects where id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id.as_str()], project).optional()?)
}

/// What is in the trash, or what is not; what changed last comes first.
pub(crate) fn list(connection: &Connection, trash: bool) -> Result<Vec<Project>, Fault> {
    let sql =
        format!("select {COLUMNS} from projects where (deleted_at is not null) = ?1 order by updated_at desc, id desc");
    Ok(connection.prepare_cached(&sql)?.query_map([trash], project)?.collect::<Result<_, _>>()?)
}

pub(crate) fn create(writing: &Writing<'_>, id: &ProjectId, text: &str) -> Result<(), Fault> {
    writing
        .connection
        .prepare_cached("insert into projects (id, title, created_at, updated_at) values (?1, ?2, ?3, ?3)")?
        .execute(params![id.as_str(), title(text), writing.now_ms as i64])?;
    Ok(())
}

/// Copies all rows of a project; its results and blobs are shared. A run that did not end is over in the copy: it
/// goes on in the original, and so do the calls. The copy has spent nothing.
pub(crate) fn duplicate(writing: &mut Writing<'_>, of: &ProjectId, id: &ProjectId, text: &str) -> Result<(), Fault> {
    let connection = writing.connection;
    let (from, to, now) = (of.as_str(), id.as_str(), writing.now_ms as i64);
    let made = connection.execute(
        "insert into projects
         (id, title, stage, created_at, updated_at, cover_json, cover_hash, duration_ms, head, edition)
         select ?2, ?3, stage, ?4, ?4, cover_json, cover_hash, duration_ms, head, edition from projects where id = ?1",
        params![from, to, title(text), now],
    )?;
    if made == 0 {
        return Err(LibraryError::NoProject(of.clone()).into());
    }
    for (table, columns) in [
        ("documents", "name, value_json"),
        ("messages", "place, id, role, body_json, at"),
        ("runs", "id, order_json, started_at, ended_at, outcome_json"),
        ("events", "seq, run, body_json, at"),
        ("takes", "slot, place, key, run, at, parent"),
        ("pins", "slot, key, at"),
        ("editions", "number, parent, value_json, words, at"),
        ("verdicts", "slot, key, verdict, reason, at"),
        ("approvals", "key, at"),
        ("standing", "run, slot, type, seq, body_json, at"),
    ] {
        connection.execute(
            &format!("insert into {table} (project, {columns}) select ?2, {columns} from {table} where project = ?1"),
            [from, to],
        )?;
    }
    end_open_runs(writing, id)
}

/// Ends the runs of a project that goes on nowhere: of a copy, of one from elsewhere.
pub(crate) fn end_open_runs(writing: &mut Writing<'_>, id: &ProjectId) -> Result<(), Fault> {
    let (connection, to, now) = (writing.connection, id.as_str(), writing.now_ms as i64);
    let open: Vec<String> = connection
        .prepare(
            "update runs set ended_at = ?2, outcome_json = ?3 where project = ?1 and ended_at is null returning id",
        )?
        .query_map(params![to, now, to_json(&RunOutcome::Cancelled)?], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for run in open {
        let ended = engine::Event::RunEnded { outcome: RunOutcome::Cancelled, at_ms: writing.now_ms };
        let body = serde_json::to_value(ended).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
        stream::append(writing, id, Some(&engine::RunId(run)), body)?;
    }
    Ok(())
}

/// Puts a project into the trash, or takes it out.
pub(crate) fn set_deleted(writing: &Writing<'_>, id: &ProjectId, deleted: bool) -> Result<(), Fault> {
    let changed = writing.connection.execute(
        "update projects set deleted_at = iif(?2, coalesce(deleted_at, ?3), null) where id = ?1",
        params![id.as_str(), deleted, writing.now_ms as i64],
    )?;
    if changed == 0 { Err(LibraryError::NoProject(id.clone()).into()) } else { Ok(()) }
}

/// Deletes for good what was in the trash for long. The blobs go with the next garbage collection; what was spent stays
/// in the ledger, and so does what open calls may have cost.
pub(crate) fn purge(connection: &Connection, now_ms: u64) -> Result<usize, Fault> {
    let before = now_ms.saturating_sub(TRASH_DAYS * 86_400_000) as i64;
    let transaction = connection.unchecked_transaction()?;
    let of_them = "project in (select id from projects where deleted_at < ?2)";
    ledger::book_open(&transaction, of_them, &before, now_ms)?;
    let purged = transaction.execute("delete from projects where deleted_at < ?1", [before])?;
    transaction.commit()?;
    Ok(purged)
}
