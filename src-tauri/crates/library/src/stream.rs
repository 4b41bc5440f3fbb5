//! The streams of events: per project, in order, numbered 1, 2, 3 … without a gap.

use std::sync::Arc;

use engine::RunId;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde_json::Value;

use crate::error::Fault;
use crate::rows::{count, json, to_json};
use crate::writer::Writing;
use crate::{LibraryError, ProjectId, standing};

/// An event that is on the disk.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoredEvent {
    /// Whose stream it is in.
    pub project: ProjectId,
    /// Its number: one more than that of the event before it; the first is 1.
    pub seq: u32,
    /// The run that it is about.
    pub run: Option<RunId>,
    /// What happened.
    pub body: Arc<Value>,
    /// When it was stored, in milliseconds since 1970.
    pub at_ms: u64,
}

/// Appends inside a transaction; the event is sent out once the transaction is on the disk.
pub(crate) fn append(
    writing: &mut Writing<'_>,
    project: &ProjectId,
    run: Option<&RunId>,
    body: Value,
) -> Result<u32, Fault> {
    let head: Option<i64> = writing
        .connection
        .prepare_cached("update projects set head = head + 1, updated_at = ?2 where id = ?1 returning head")?
        .query_row(params![project.as_str(), writing.now_ms as i64], |row| row.get(0))
        .optional()?;
    let head = head.ok_or_else(|| LibraryError::NoProject(project.clone()))?;
    let seq = u32::try_from(head).map_err(|_| LibraryError::StreamFull(project.clone()))?;
    let text = to_json(&body)?;
    writing
        .connection
        .prepare_cached("insert into events (project, seq, run, body_json, at) values (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![project.as_str(), seq, run.map(|r| r.0.as_str()), text, writing.now_ms as i64])?;
    if let Some(run) = run {
        standing::note(writing, project, run, seq, &body, &text)?;
    }
    writing.events.push(StoredEvent {
        project: project.clone(),
        seq,
        run: run.cloned(),
        body: Arc::new(body),
        at_ms: writing.now_ms,
    });
    Ok(seq)
}

/// The events after a number, in order.
pub(crate) fn after(
    connection: &Connection,
    project: &ProjectId,
    seq: u32,
    limit: u32,
) -> Result<Vec<StoredEvent>, Fault> {
    let events = connection
        .prepare_cached(
            "select seq, run, body_json, at from events where project = ?1 and seq > ?2 order by seq limit ?3",
        )?
        .query_map(params![project.as_str(), seq, limit], |row| event(project, row))?
        .collect::<Result<_, _>>()?;
    Ok(events)
}

/// All events of one run, in order.
pub(crate) fn of_run(connection: &Connection, project: &ProjectId, run: &RunId) -> Result<Vec<StoredEvent>, Fault> {
    // Without being told, SQLite would read the whole stream in its order.
    let sql = "select seq, run, body_json, at from events indexed by events_run
               where project = ?1 and run = ?2 order by seq";
    let of = [project.as_str(), &run.0];
    Ok(connection.prepare_cached(sql)?.query_map(of, |row| event(project, row))?.collect::<Result<_, _>>()?)
}

/// An event from four columns: seq, run, body, at.
pub(crate) fn event(project: &ProjectId, row: &Row<'_>) -> rusqlite::Result<StoredEvent> {
    Ok(StoredEvent {
        project: project.clone(),
        seq: row.get(0)?,
        run: row.get::<_, Option<String>>(1)?.map(RunId),
        body: Arc::new(json(row, 2)?),
        at_ms: count(row, 3)?,
    })
}
