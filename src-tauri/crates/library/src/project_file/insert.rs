//! The rows of a project file that was looked through, as a new project in one transaction.

use engine::{Blob, RunOutcome};
use rusqlite::params;

use super::read::Checked;
use super::rows::Row;
use crate::ProjectId;
use crate::error::Fault;
use crate::home::Home;
use crate::rows::to_json;
use crate::writer::Writing;
use crate::{LibraryError, artifacts, blobs, projects};

/// A project file whose blobs are in place.
#[derive(Debug)]
pub(crate) struct Ready {
    checked: Checked,
}

impl Ready {
    /// Puts the blobs in place, each under its own hash. Blocks.
    pub(crate) fn place(home: &Home, mut checked: Checked) -> Result<Self, LibraryError> {
        for (blob, file) in std::mem::take(&mut checked.blobs) {
            blobs::adopt(home, &blob, &file)?;
        }
        Ok(Self { checked })
    }
}

/// Makes the project. What the library has of its results already stays as it is.
pub(crate) fn insert(writing: &mut Writing<'_>, home: &Home, id: &ProjectId, ready: Ready) -> Result<(), Fault> {
    let Checked { about, rows, .. } = ready.checked;
    let (cover, hash) = match &about.cover {
        Some(blob) => (Some(to_json(blob)?), Some(blob.hash.as_str())),
        None => (None, None),
    };
    let head = rows.iter().filter(|row| matches!(row, Row::Event { .. })).count();
    let ms = |at: u64| i64::try_from(at).unwrap_or(i64::MAX);
    writing.connection.execute(
        "insert into projects
         (id, title, stage, created_at, updated_at, cover_json, cover_hash, duration_ms, head, edition)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            id.as_str(),
            projects::title(&about.title),
            story::clean_text(&about.stage, 40),
            ms(about.created_at),
            writing.now_ms as i64,
            cover,
            hash,
            about.duration_ms.map(ms),
            head as i64,
            about.edition
        ],
    )?;
    let (results, rest): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| matches!(row, Row::Artifact { .. }));
    for row in results.into_iter().chain(rest) {
        put(writing, home, id, row)?;
    }
    stand(writing, id)?;
    projects::end_open_runs(writing, id)
}

fn put(writing: &Writing<'_>, home: &Home, id: &ProjectId, row: Row) -> Result<(), Fault> {
    let project = id.as_str();
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| writing.connection.prepare_cached(sql)?.execute(values);
    let ms = |at: u64| i64::try_from(at).unwrap_or(i64::MAX);
    match row {
        Row::Artifact { key, form, value, took_ms, made_at, blobs } => {
            if let Some(here) = artifacts::load(writing.connection, &key)?
                && artifacts::lost(home, &here).is_none()
            {
                return Ok(());
            }
            run(
                "insert into artifacts (key, form_json, value_json, took_ms, made_at) values (?1, ?2, ?3, ?4, ?5)
                 on conflict do update set value_json = excluded.value_json",
                params![key.as_str(), to_json(&form)?, to_json(&value)?, ms(took_ms), ms(made_at)],
            )?;
            run("delete from artifact_blobs where key = ?1", params![key.as_str()])?;
            for (place, Blob { role, hash, bytes, media }) in blobs.iter().enumerate() {
                run(
                    "insert into artifact_blobs (key, place, role, hash, bytes, media) values (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![key.as_str(), place as i64, role, hash.as_str(), ms(*bytes), media],
                )?;
            }
        }
        Row::Take { slot, place, key, run: of, at, parent } => {
            run(
                "insert into takes (project, slot, place, key, run, at, parent) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    project,
                    slot.as_str(),
                    place,
                    key.as_str(),
                    of,
                    ms(at),
                    parent.as_ref().map(engine::Key::as_str)
                ],
            )?;
        }
        Row::Pin { slot, key, at } => {
            run(
                "insert into pins (project, slot, key, at) values (?1, ?2, ?3, ?4)",
                params![project, slot.as_str(), key.as_str(), ms(at)],
            )?;
        }
        Row::Document { name, value } => {
            run(
                "insert into documents (project, name, value_json) values (?1, ?2, ?3)",
                params![project, name, to_json(&value)?],
            )?;
        }
        Row::Message { place, id: message, role, body, at } => {
            run(
                "insert into messages (project, place, id, role, body_json, at) values (?1, ?2, ?3, ?4, ?5, ?6)",
                params![project, place, message.as_str(), role, to_json(&body)?, ms(at)],
            )?;
        }
        Row::Run { id: of, order, started_at, ended_at, outcome } => {
            let outcome: Option<RunOutcome> = outcome;
            run(
                "insert into runs (project, id, order_json, started_at, ended_at, outcome_json)
                 values (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    project,
                    of,
                    to_json(&order)?,
                    ms(started_at),
                    ended_at.map(ms),
                    outcome.map(|outcome| to_json(&outcome)).transpose()?
                ],
            )?;
        }
        Row::Event { seq, run: of, body, at } => {
            run(
                "insert into events (project, seq, run, body_json, at) values (?1, ?2, ?3, ?4, ?5)",
                params![project, seq, of, to_json(&body)?, ms(at)],
            )?;
        }
        Row::Edition { number, parent, value, words, at } => {
            run(
                "insert into editions (project, number, parent, value_json, words, at) values (?1, ?2, ?3, ?4, ?5, ?6)",
                params![project, number, parent, to_json(&value)?, words, ms(at)],
            )?;
        }
        Row::Verdict { slot, key, verdict, reason, at } => {
            run(
                "insert into verdicts (project, slot, key, verdict, reason, at) values (?1, ?2, ?3, ?4, ?5, ?6)",
                params![project, slot.as_str(), key.as_str(), verdict.as_str(), reason, ms(at)],
            )?;
        }
        Row::Approval { key, at } => {
            run(
                "insert into approvals (project, key, at) values (?1, ?2, ?3)",
                params![project, key.as_str(), ms(at)],
            )?;
        }
    }
    Ok(())
}

/// How the last run stands, worked out from its events.
fn stand(writing: &Writing<'_>, id: &ProjectId) -> Result<(), Fault> {
    writing.connection.execute(
        "insert into standing (project, run, slot, type, seq, body_json, at)
         select project, run, coalesce(body_json ->> 'slot', ''), coalesce(body_json ->> 'type', ''), max(seq),
         body_json, at from events where project = ?1 and run = (
             select id from runs where runs.project = ?1 order by started_at desc, id desc limit 1
         ) group by 1, 2, 3, 4",
        [id.as_str()],
    )?;
    Ok(())
}
