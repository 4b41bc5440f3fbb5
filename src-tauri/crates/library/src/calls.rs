//! The journal: what is known of every paid call, written down before each of its steps goes on.

use engine::{CallId, CallIntent, CallRecord, CallState, CallUsage, Key, Lapse, Micros, OverCap, RunId, Slot};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use crate::error::Fault;
use crate::rows::{count, named, to_json};
use crate::writer::Writing;
use crate::{LibraryError, ProjectId, ledger};

/// A call of which nobody knows whether it was done. It is sent again only when the person says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownCall {
    /// Which.
    pub id: CallId,
    /// The run that made it.
    pub run: RunId,
    /// The task that made it.
    pub slot: Slot,
    /// Who does the task.
    pub agent: String,
    /// Who was called.
    pub provider: String,
    /// The model's name there.
    pub model: String,
    /// What kind of call.
    pub kind: String,
    /// The most it may have cost; none when nobody knows.
    pub most: Option<Micros>,
    /// When it was intended, in milliseconds since 1970.
    pub at_ms: u64,
}

/// Where the kept reply of a call lies.
#[derive(Debug, Clone)]
pub(crate) struct KeptReply {
    pub(crate) hash: engine::BlobHash,
    pub(crate) bytes: u64,
    pub(crate) media: String,
}

/// The call that a task has open for a request, with its kept reply.
pub(crate) fn open(
    connection: &Connection,
    project: &ProjectId,
    key: &Key,
    request: &str,
) -> Result<Option<(CallRecord, Option<KeptReply>)>, Fault> {
    let sql = "select id, state, handle, most, at, reply_hash, reply_bytes, reply_media from calls
               where project = ?1 and key = ?2 and request = ?3
               and state in ('intended', 'handled', 'unknown', 'replied') order by place desc limit 1";
    let record = |row: &Row<'_>| {
        let record =
            CallRecord { id: CallId(row.get(0)?), state: state(row, 1)?, most: micros(row, 3)?, at_ms: count(row, 4)? };
        Ok((record, kept_reply(row, 5)?))
    };
    let of = params![project.as_str(), key.as_str(), request];
    Ok(connection.prepare_cached(sql)?.query_row(of, record).optional()?)
}

/// The kept reply of a replied call, and what the call used.
pub(crate) fn reply(
    connection: &Connection,
    project: &ProjectId,
    call: &CallId,
) -> Result<Option<(KeptReply, CallUsage)>, Fault> {
    let sql = "select reply_hash, reply_bytes, reply_media, usage_json from calls
               where project = ?1 and id = ?2 and state = 'replied'";
    let found = |row: &Row<'_>| Ok(kept_reply(row, 0)?.zip(crate::rows::maybe_json(row, 3)?));
    Ok(connection.prepare_cached(sql)?.query_row([project.as_str(), &call.0], found).optional()?.flatten())
}

fn kept_reply(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<KeptReply>> {
    if row.get_ref(column)? == rusqlite::types::ValueRef::Null {
        return Ok(None);
    }
    Ok(Some(KeptReply { hash: named(row, column)?, bytes: count(row, column + 1)?, media: row.get(column + 2)? }))
}

/// The state in a column; its handle is in the next one.
fn state(row: &Row<'_>, column: usize) -> rusqlite::Result<CallState> {
    Ok(match row.get_ref(column)?.as_str()? {
        "intended" => CallState::Intended,
        "handled" => CallState::Handled { handle: row.get(column + 1)? },
        "replied" => CallState::Replied,
        "settled" => CallState::Settled,
        "failed" => CallState::Failed,
        "written_off" => CallState::WrittenOff,
        // The table allows no other word.
        _ => CallState::Unknown,
    })
}

fn micros(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Micros>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(|n| Micros(n as u64)))
}

/// Writes an intent and reserves the most that it may cost, or says which cap that would pass.
pub(crate) fn intend(
    writing: &Writing<'_>,
    project: &ProjectId,
    intent: &CallIntent,
) -> Result<Result<(), OverCap>, Fault> {
    let connection = writing.connection;
    if !connection.prepare_cached("select 1 from projects where id = ?1")?.exists([project.as_str()])? {
        return Err(LibraryError::NoProject(project.clone()).into());
    }
    let order = &intent.order;
    if let Some(over) = ledger::passed(connection, project, intent, writing.now_ms)? {
        return Ok(Err(over));
    }
    connection
        .prepare_cached(
            "insert into calls (id, project, run, slot, agent, key, request, provider, model, kind, most, state, at,
             changed_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'intended', ?12, ?12)",
        )?
        .execute(params![
            intent.id.0,
            project.as_str(),
            intent.run.0,
            intent.slot.as_str(),
            intent.agent,
            intent.key.as_str(),
            intent.request,
            order.provider.0,
            order.model,
            order.kind,
            order.most.map(ledger::column),
            writing.now_ms as i64,
        ])?;
    Ok(Ok(()))
}

/// A job was given a handle.
pub(crate) fn handled(writing: &Writing<'_>, project: &ProjectId, call: &CallId, handle: &str) -> Result<(), Fault> {
    step(writing, project, call, "state = 'handled', handle = ?4", &[&handle])
}

/// A reply came and is kept. The same call twice keeps the first.
pub(crate) fn replied(
    writing: &Writing<'_>,
    project: &ProjectId,
    call: &CallId,
    kept: &KeptReply,
    usage: &CallUsage,
) -> Result<(), Fault> {
    if reply(writing.connection, project, call)?.is_some() {
        return Ok(());
    }
    let set = "state = 'replied', usage_json = ?4, reply_hash = ?5, reply_bytes = ?6, reply_media = ?7";
    let bytes = kept.bytes as i64;
    step(writing, project, call, set, &[&to_json(usage)?, &kept.hash.as_str(), &bytes, &kept.media])?;
    ledger::book(writing, call, usage)
}

/// A call is over without a reply that can be used.
pub(crate) fn lapsed(writing: &Writing<'_>, project: &ProjectId, call: &CallId, lapse: &Lapse) -> Result<(), Fault> {
    match lapse {
        Lapse::Failed => step(writing, project, call, "state = 'failed'", &[]),
        Lapse::Unknown => step(writing, project, call, "state = 'unknown'", &[]),
        Lapse::Spoilt(usage) => {
            step(writing, project, call, "state = 'settled', usage_json = ?4", &[&to_json(usage)?])?;
            ledger::book(writing, call, usage)
        }
    }
}

/// Changes a call that is open. One that is over stays as it is.
fn step(
    writing: &Writing<'_>,
    project: &ProjectId,
    call: &CallId,
    set: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<(), Fault> {
    let sql = format!(
        "update calls set changed_at = ?3, {set} where project = ?1 and id = ?2
         and state in ('intended', 'handled', 'unknown')"
    );
    let (project, now) = (project.as_str(), writing.now_ms as i64);
    let values: Vec<&dyn rusqlite::ToSql> =
        [&project as &dyn rusqlite::ToSql, &call.0, &now].into_iter().chain(values.iter().copied()).collect();
    let changed = writing.connection.prepare_cached(&sql)?.execute(&*values)?;
    if changed == 0 { Err(LibraryError::NoOpenCall(call.0.clone()).into()) } else { Ok(()) }
}

/// The replies that were kept for a task are not needed any more.
pub(crate) fn settle(writing: &Writing<'_>, project: &ProjectId, key: &Key) -> Result<(), Fault> {
    writing
        .connection
        .prepare_cached(
            "update calls set state = 'settled', reply_hash = null, reply_bytes = null, reply_media = null,
             changed_at = ?3 where project = ?1 and key = ?2 and state = 'replied'",
        )?
        .execute(params![project.as_str(), key.as_str(), writing.now_ms as i64])?;
    Ok(())
}

/// A call is asked for that nobody awaits any more, or whose kept reply is gone from the disk. It may have been paid
/// for, so only the person can say that it is sent again.
pub(crate) fn lose(writing: &Writing<'_>, project: &ProjectId, call: &CallId) -> Result<(), Fault> {
    writing
        .connection
        .prepare_cached(
            "update calls set state = 'unknown', reply_hash = null, reply_bytes = null, reply_media = null,
             changed_at = ?3 where project = ?1 and id = ?2 and state in ('intended', 'replied')",
        )?
        .execute(params![project.as_str(), call.0, writing.now_ms as i64])?;
    Ok(())
}

/// Nobody is alive who awaits what an earlier process sent: whether it was done is unknown.
pub(crate) fn orphan(connection: &Connection, now_ms: u64) -> Result<usize, Fault> {
    let sql = "update calls set state = 'unknown', changed_at = ?1
               where state in ('intended', 'handled', 'unknown') and state = 'intended'";
    Ok(connection.execute(sql, [now_ms as i64])?)
}

/// The calls of a project that are unknown, in the order they were made.
pub(crate) fn unknown(connection: &Connection, project: &ProjectId) -> Result<Vec<UnknownCall>, Fault> {
    let sql = "select id, run, slot, agent, provider, model, kind, most, at from calls
               where project = ?1 and state in ('intended', 'handled', 'unknown') and state = 'unknown'
               order by place";
    let call = |row: &Row<'_>| {
        Ok(UnknownCall {
            id: CallId(row.get(0)?),
            run: RunId(row.get(1)?),
            slot: named(row, 2)?,
            agent: row.get(3)?,
            provider: row.get(4)?,
            model: row.get(5)?,
            kind: row.get(6)?,
            most: micros(row, 7)?,
            at_ms: count(row, 8)?,
        })
    };
    Ok(connection.prepare_cached(sql)?.query_map([project.as_str()], call)?.collect::<Result<_, _>>()?)
}

/// The person said that an unknown call may be sent again. The most that it can have cost counts as spent.
pub(crate) fn write_off(writing: &Writing<'_>, project: &ProjectId, call: &CallId) -> Result<(), Fault> {
    let connection = writing.connection;
    let is = |state: &str| {
        connection.prepare_cached("select 1 from calls where project = ?1 and id = ?2 and state = ?3")?.exists([
            project.as_str(),
            &call.0,
            state,
        ])
    };
    if is("written_off")? {
        return Ok(());
    }
    if !is("unknown")? {
        return Err(LibraryError::NoOpenCall(call.0.clone()).into());
    }
    ledger::book_open(connection, "id = ?2", &call.0, writing.now_ms)?;
    step(writing, project, call, "state = 'written_off'", &[])
}
