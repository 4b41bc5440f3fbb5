//! How a run stands, without its whole stream: the last event of each type about each slot, and about the run itself.
//! What folds a run's events so that a later one of a kind takes the place of an earlier one comes to the same end
//! with these alone. They are kept for the last run of a project, and for runs that go on beside it.

use engine::{Event, RunId};
use rusqlite::{Connection, params};
use serde_json::Value;

use crate::ProjectId;
use crate::error::Fault;
use crate::rows::count;
use crate::writer::Writing;

/// The last event of its type about a slot, or about the run itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// What happened.
    pub event: Event,
    /// When it was stored, in milliseconds since 1970.
    pub at_ms: u64,
}

/// Notes an event that was just appended; `text` is its body as it is stored.
pub(crate) fn note(
    writing: &Writing<'_>,
    project: &ProjectId,
    run: &RunId,
    seq: u32,
    body: &Value,
    text: &str,
) -> Result<(), Fault> {
    let word = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    writing
        .connection
        .prepare_cached(
            "insert into standing (project, run, slot, type, seq, body_json, at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             on conflict do update set seq = excluded.seq, body_json = excluded.body_json, at = excluded.at",
        )?
        .execute(params![project.as_str(), run.0, word("slot"), word("type"), seq, text, writing.now_ms as i64])?;
    Ok(())
}

/// A run begins: what ended before it is not the last one any more.
pub(crate) fn begin(writing: &Writing<'_>, project: &ProjectId) -> Result<(), Fault> {
    writing
        .connection
        .prepare_cached(
            "delete from standing where project = ?1
             and run in (select id from runs where project = ?1 and ended_at is not null)",
        )?
        .execute([project.as_str()])?;
    Ok(())
}

/// How a run stands, in order; nothing when it is not the last one. Read straight from the stored text, as a run of
/// thousands of tasks is read whenever its project is shown; what is no event of a run is left out.
pub(crate) fn of(connection: &Connection, project: &ProjectId, run: &RunId) -> Result<Vec<Standing>, Fault> {
    let sql = "select body_json, at from standing where project = ?1 and run = ?2 order by seq";
    let mut query = connection.prepare_cached(sql)?;
    let mut rows = query.query([project.as_str(), &run.0])?;
    let mut standing = Vec::new();
    while let Some(row) = rows.next()? {
        let event = row.get_ref(0)?.as_str().ok().and_then(|text| serde_json::from_str(text).ok());
        if let Some(event) = event {
            standing.push(Standing { event, at_ms: count(row, 1)? });
        }
    }
    Ok(standing)
}
