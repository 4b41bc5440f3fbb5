//! What the person thinks of takes.

use engine::{Key, Slot};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use crate::error::Fault;
use crate::rows::{count, key, named};
use crate::writer::Writing;
use crate::{ProjectId, artifacts};

/// What the person thinks of a take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is good.
    Approved,
    /// It will not do.
    Rejected,
}

impl Verdict {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Rejected => "rejected",
        }
    }
}

/// A verdict as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// The slot.
    pub slot: Slot,
    /// The take.
    pub key: Key,
    /// The verdict.
    pub verdict: Verdict,
    /// Why, in the person's words; may be empty.
    pub reason: String,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

/// Gives a verdict, in place of the one before.
pub(crate) fn give(
    writing: &Writing<'_>,
    project: &ProjectId,
    slot: &Slot,
    key: &Key,
    verdict: Verdict,
    reason: &str,
) -> Result<(), Fault> {
    artifacts::must_exist(writing.connection, key)?;
    let sql = "insert into verdicts (project, slot, key, verdict, reason, at) values (?1, ?2, ?3, ?4, ?5, ?6)
               on conflict do update set verdict = excluded.verdict, reason = excluded.reason, at = excluded.at";
    let now = writing.now_ms as i64;
    let values = params![project.as_str(), slot.as_str(), key.as_str(), verdict.as_str(), reason, now];
    writing.connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// Takes a verdict back.
pub(crate) fn withdraw(writing: &Writing<'_>, project: &ProjectId, slot: &Slot, key: &Key) -> Result<(), Fault> {
    let sql = "delete from verdicts where project = ?1 and slot = ?2 and key = ?3";
    writing.connection.prepare_cached(sql)?.execute([project.as_str(), slot.as_str(), key.as_str()])?;
    Ok(())
}

/// The verdicts of a project, by slot.
pub(crate) fn list(connection: &Connection, project: &ProjectId) -> Result<Vec<Judged>, Fault> {
    let sql = "select slot, key, verdict, reason, at from verdicts where project = ?1 order by slot, at, key";
    Ok(connection.prepare_cached(sql)?.query_map([project.as_str()], judged)?.collect::<Result<_, _>>()?)
}

/// The verdicts on the takes of one slot.
pub(crate) fn of_slot(connection: &Connection, project: &ProjectId, slot: &Slot) -> Result<Vec<Judged>, Fault> {
    let sql = "select slot, key, verdict, reason, at from verdicts where project = ?1 and slot = ?2";
    let of = [project.as_str(), slot.as_str()];
    Ok(connection.prepare_cached(sql)?.query_map(of, judged)?.collect::<Result<_, _>>()?)
}

/// The verdict in a column.
pub(crate) fn verdict(row: &Row<'_>, column: usize) -> rusqlite::Result<Verdict> {
    // The table allows two words.
    Ok(if row.get_ref(column)?.as_str()? == "approved" { Verdict::Approved } else { Verdict::Rejected })
}

fn judged(row: &Row<'_>) -> rusqlite::Result<Judged> {
    Ok(Judged {
        slot: named(row, 0)?,
        key: key(row, 1)?,
        verdict: verdict(row, 2)?,
        reason: row.get(3)?,
        at_ms: count(row, 4)?,
    })
}
