//! A project as it is at one moment: what a front end shows before it follows the stream from `project.head` on.

use std::collections::BTreeMap;

use engine::{Key, RunId, RunOutcome, Slot};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde_json::Value;

use crate::error::Fault;
use crate::rows::{count, json, key, maybe_json, named};
use crate::{MessageId, Project, ProjectId, projects};

/// A message of a conversation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Who said it.
    pub role: String,
    /// What was said.
    pub body: Value,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

/// A run as its project remembers it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Run {
    /// Its id.
    pub id: RunId,
    /// Its project.
    pub project: ProjectId,
    /// What it was asked to do.
    pub order: Value,
    /// When it began, in milliseconds since 1970.
    pub started_ms: u64,
    /// When it ended, in milliseconds since 1970; none while it runs, and after a kill.
    pub ended_ms: Option<u64>,
    /// How it ended.
    pub outcome: Option<RunOutcome>,
}

/// One state of a project; everything in it belongs to the same moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Snapshot {
    /// The project; its `head` is the number of the last event that this state holds.
    pub project: Project,
    /// Its documents by name.
    pub documents: BTreeMap<String, Value>,
    /// Its conversation, in order.
    pub messages: Vec<Message>,
    /// Its runs, in order of their start.
    pub runs: Vec<Run>,
    /// The current result of each slot.
    pub slots: BTreeMap<Slot, Key>,
    /// What the person chose.
    pub pins: BTreeMap<Slot, Key>,
}

pub(crate) fn take(connection: &Connection, id: &ProjectId) -> Result<Option<Snapshot>, Fault> {
    let Some(project) = projects::get(connection, id)? else { return Ok(None) };
    Ok(Some(Snapshot {
        project,
        documents: documents(connection, id)?,
        messages: messages(connection, id)?,
        runs: runs(connection, id)?,
        slots: slots(connection, id)?,
        pins: pins(connection, id)?,
    }))
}

pub(crate) fn document(connection: &Connection, id: &ProjectId, name: &str) -> Result<Option<Value>, Fault> {
    let sql = "select value_json from documents where project = ?1 and name = ?2";
    Ok(connection.prepare_cached(sql)?.query_row([id.as_str(), name], |row| json(row, 0)).optional()?)
}

pub(crate) fn setting(connection: &Connection, name: &str) -> Result<Option<Value>, Fault> {
    let sql = "select value_json from settings where name = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([name], |row| json(row, 0)).optional()?)
}

fn documents(connection: &Connection, id: &ProjectId) -> Result<BTreeMap<String, Value>, Fault> {
    let sql = "select name, value_json from documents where project = ?1";
    let pair = |row: &Row<'_>| Ok((row.get(0)?, json(row, 1)?));
    Ok(connection.prepare_cached(sql)?.query_map([id.as_str()], pair)?.collect::<Result<_, _>>()?)
}

fn message(row: &Row<'_>) -> rusqlite::Result<Message> {
    Ok(Message { id: named(row, 0)?, role: row.get(1)?, body: json(row, 2)?, at_ms: count(row, 3)? })
}

pub(crate) fn messages(connection: &Connection, id: &ProjectId) -> Result<Vec<Message>, Fault> {
    let sql = "select id, role, body_json, at from messages where project = ?1 order by place";
    Ok(connection.prepare_cached(sql)?.query_map([id.as_str()], message)?.collect::<Result<_, _>>()?)
}

/// The last messages before one, or of all, in order.
pub(crate) fn messages_before(
    connection: &Connection,
    id: &ProjectId,
    before: Option<&MessageId>,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    let sql = "select id, role, body_json, at from messages where project = ?1 and
               (?2 is null or place < (select place from messages where project = ?1 and id = ?2))
               order by place desc limit ?3";
    let of = params![id.as_str(), before.map(MessageId::as_str), limit];
    let mut found: Vec<Message> = connection.prepare_cached(sql)?.query_map(of, message)?.collect::<Result<_, _>>()?;
    found.reverse();
    Ok(found)
}

const RUN: &str = "r.id, r.project, r.order_json, r.started_at, r.ended_at, r.outcome_json";

fn run(row: &Row<'_>) -> rusqlite::Result<Run> {
    Ok(Run {
        id: RunId(row.get(0)?),
        project: named(row, 1)?,
        order: json(row, 2)?,
        started_ms: count(row, 3)?,
        ended_ms: row.get::<_, Option<i64>>(4)?.map(|n| n as u64),
        outcome: maybe_json(row, 5)?,
    })
}

pub(crate) fn runs(connection: &Connection, id: &ProjectId) -> Result<Vec<Run>, Fault> {
    let sql = format!("select {RUN} from runs r where r.project = ?1 order by r.started_at, r.id");
    Ok(connection.prepare_cached(&sql)?.query_map([id.as_str()], run)?.collect::<Result<_, _>>()?)
}

/// The run that began last.
pub(crate) fn last_run(connection: &Connection, id: &ProjectId) -> Result<Option<Run>, Fault> {
    let sql = format!("select {RUN} from runs r where r.project = ?1 order by r.started_at desc, r.id desc limit 1");
    Ok(connection.prepare_cached(&sql)?.query_row([id.as_str()], run).optional()?)
}

/// Runs without an end, the newest first; not those of projects in the trash.
pub(crate) fn unfinished(connection: &Connection) -> Result<Vec<Run>, Fault> {
    let sql = format!(
        "select {RUN} from runs r join projects p on p.id = r.project
         where r.ended_at is null and p.deleted_at is null order by r.started_at desc, r.id desc"
    );
    Ok(connection.prepare_cached(&sql)?.query_map([], run)?.collect::<Result<_, _>>()?)
}

fn slot_and_key(row: &Row<'_>) -> rusqlite::Result<(Slot, Key)> {
    Ok((named(row, 0)?, key(row, 1)?))
}

pub(crate) fn slots(connection: &Connection, id: &ProjectId) -> Result<BTreeMap<Slot, Key>, Fault> {
    let sql = "select slot, key, max(place) from takes where project = ?1 group by slot";
    Ok(connection.prepare_cached(sql)?.query_map([id.as_str()], slot_and_key)?.collect::<Result<_, _>>()?)
}

pub(crate) fn pins(connection: &Connection, id: &ProjectId) -> Result<BTreeMap<Slot, Key>, Fault> {
    let sql = "select slot, key from pins where project = ?1";
    Ok(connection.prepare_cached(sql)?.query_map([id.as_str()], slot_and_key)?.collect::<Result<_, _>>()?)
}
