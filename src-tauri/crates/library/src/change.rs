//! What can change in a project. Changes that belong together are committed together: all of them or none.

use std::collections::BTreeMap;

use engine::{Blob, Key, RunId, RunOutcome, Slot};
use rusqlite::params;
use serde_json::Value;

use crate::error::Fault;
use crate::rows::to_json;
use crate::writer::Writing;
use crate::{
    LibraryError, MessageId, ProjectId, Verdict, approvals, artifacts, editions, projects, standing, stream, verdicts,
};

/// One change of a project.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Another title.
    Title(String),
    /// How far the project is, in the front end's words.
    Stage(String),
    /// Its picture, or none. The blob must be one of a stored result.
    Cover(Option<Blob>),
    /// How long its film is, in milliseconds.
    Duration(Option<u64>),
    /// A document by name ("brief"), new or in place of the one before.
    Document {
        /// The name.
        name: String,
        /// All of it.
        value: Value,
    },
    /// One more message of the conversation.
    Message {
        /// A new id.
        id: MessageId,
        /// Who said it ("user").
        role: String,
        /// What was said.
        body: Value,
    },
    /// A run begins.
    RunStarted {
        /// A new id.
        id: RunId,
        /// What it needs to go on after a kill.
        order: Value,
    },
    /// A run ended. The first end counts.
    RunEnded {
        /// Which.
        id: RunId,
        /// How.
        outcome: RunOutcome,
    },
    /// The person chose a result for a slot.
    Pin {
        /// The slot.
        slot: Slot,
        /// The result.
        key: Key,
    },
    /// The person chose nothing for a slot any more.
    Unpin {
        /// The slot.
        slot: Slot,
    },
    /// All that the person chose, in place of all that was chosen before.
    Pins(BTreeMap<Slot, Key>),
    /// The maker decided something: a new edition, made from the current one, becomes the current one.
    Edition {
        /// All that is decided now.
        value: Value,
        /// What was changed, in words.
        words: String,
    },
    /// Undo, redo or a jump: another edition becomes the current one.
    EditionMove {
        /// Its number.
        to: u32,
    },
    /// The person judged a take; the last word counts.
    Verdict {
        /// The slot.
        slot: Slot,
        /// The take.
        key: Key,
        /// The verdict.
        verdict: Verdict,
        /// Why, in the person's words; may be empty.
        reason: String,
    },
    /// The person took a verdict back.
    VerdictWithdrawn {
        /// The slot.
        slot: Slot,
        /// The take.
        key: Key,
    },
    /// The person let a review stop pass.
    Approve {
        /// The key of what it shows.
        key: Key,
    },
    /// One more event of the stream.
    Event {
        /// The run that it is about.
        run: Option<RunId>,
        /// What happened.
        body: Value,
    },
}

/// Makes changes in order inside a transaction; gives the numbers of the events among them.
pub(crate) fn apply(writing: &mut Writing<'_>, project: &ProjectId, changes: Vec<Change>) -> Result<Vec<u32>, Fault> {
    let touched = writing
        .connection
        .prepare_cached("update projects set updated_at = ?2 where id = ?1")?
        .execute(params![project.as_str(), writing.now_ms as i64])?;
    if touched == 0 {
        return Err(LibraryError::NoProject(project.clone()).into());
    }
    let mut seqs = Vec::new();
    for change in changes {
        seqs.extend(make(writing, project, change)?);
    }
    Ok(seqs)
}

/// Makes one change; gives the number of an event.
fn make(writing: &mut Writing<'_>, project: &ProjectId, change: Change) -> Result<Option<u32>, Fault> {
    let (connection, id, now) = (writing.connection, project.as_str(), writing.now_ms as i64);
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(values);
    match change {
        Change::Title(text) => {
            run("update projects set title = ?2 where id = ?1", params![id, projects::title(&text)])?;
        }
        Change::Stage(stage) => {
            run("update projects set stage = ?2 where id = ?1", params![id, stage])?;
        }
        Change::Cover(cover) => {
            let (json, hash) = match &cover {
                Some(blob) => (Some(to_json(blob)?), Some(blob.hash.as_str())),
                None => (None, None),
            };
            run("update projects set cover_json = ?2, cover_hash = ?3 where id = ?1", params![id, json, hash])?;
        }
        Change::Duration(ms) => {
            run("update projects set duration_ms = ?2 where id = ?1", params![id, ms.map(|ms| ms as i64)])?;
        }
        Change::Document { name, value } => {
            run(
                "insert into documents (project, name, value_json) values (?1, ?2, ?3)
                 on conflict do update set value_json = excluded.value_json",
                params![id, name, to_json(&value)?],
            )?;
        }
        Change::Message { id: message, role, body } => {
            run(
                "insert into messages (project, place, id, role, body_json, at)
                 select ?1, coalesce(max(place), 0) + 1, ?2, ?3, ?4, ?5 from messages where project = ?1",
                params![id, message.as_str(), role, to_json(&body)?, now],
            )?;
        }
        Change::RunStarted { id: started, order } => {
            standing::begin(writing, project)?;
            run(
                "insert into runs (project, id, order_json, started_at) values (?1, ?2, ?3, ?4)",
                params![id, started.0, to_json(&order)?, now],
            )?;
        }
        Change::RunEnded { id: ended, outcome } => {
            let changed = run(
                "update runs set outcome_json = iif(ended_at is null, ?4, outcome_json),
                 ended_at = coalesce(ended_at, ?3) where project = ?1 and id = ?2",
                params![id, ended.0, now, to_json(&outcome)?],
            )?;
            if changed == 0 {
                return Err(LibraryError::NoRun { project: project.clone(), run: ended.0 }.into());
            }
        }
        Change::Pin { slot, key } => {
            artifacts::must_exist(connection, &key)?;
            run(
                "insert into pins (project, slot, key, at) values (?1, ?2, ?3, ?4)
                 on conflict do update set key = excluded.key, at = excluded.at",
                params![id, slot.as_str(), key.as_str(), now],
            )?;
        }
        Change::Unpin { slot } => {
            run("delete from pins where project = ?1 and slot = ?2", params![id, slot.as_str()])?;
        }
        Change::Pins(pins) => {
            for key in pins.values() {
                artifacts::must_exist(connection, key)?;
            }
            run("delete from pins where project = ?1", params![id])?;
            for (slot, key) in &pins {
                run(
                    "insert into pins (project, slot, key, at) values (?1, ?2, ?3, ?4)",
                    params![id, slot.as_str(), key.as_str(), now],
                )?;
            }
        }
        Change::Edition { value, words } => editions::commit(writing, project, &value, &words)?,
        Change::EditionMove { to } => editions::go_to(writing, project, to)?,
        Change::Verdict { slot, key, verdict, reason } => {
            verdicts::give(writing, project, &slot, &key, verdict, &reason)?;
        }
        Change::VerdictWithdrawn { slot, key } => verdicts::withdraw(writing, project, &slot, &key)?,
        Change::Approve { key } => approvals::approve(writing, project, &key)?,
        Change::Event { run, body } => return stream::append(writing, project, run.as_ref(), body).map(Some),
    }
    Ok(None)
}
