//! Editions: what the maker decided, step by step, so that it can be undone and done again. They form a tree: whoever
//! goes back and decides otherwise begins another branch, and the one before stays reachable by its number.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde_json::Value;

use crate::error::Fault;
use crate::rows::{count, json, to_json};
use crate::writer::Writing;
use crate::{LibraryError, ProjectId};

/// All that the maker had decided at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Edition {
    /// Its number: 1, 2, 3 … in the order they were made.
    pub number: u32,
    /// The one it was made from; none for the first.
    pub parent: Option<u32>,
    /// What was decided.
    pub value: Value,
    /// What was changed, in words.
    pub words: String,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

/// The editions of a project.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Editions {
    /// All of them, by number.
    pub all: Vec<Edition>,
    /// The number of the one that counts; none before the first.
    pub current: Option<u32>,
}

impl Editions {
    /// Where undo leads: the edition that the current one was made from.
    pub fn undo(&self) -> Option<u32> {
        self.all.iter().find(|edition| Some(edition.number) == self.current)?.parent
    }

    /// Where redo leads: the last edition that was made from the current one.
    pub fn redo(&self) -> Option<u32> {
        self.all.iter().rev().find(|edition| edition.parent.is_some() && edition.parent == self.current)?.number.into()
    }
}

/// Makes a new edition from the current one, and makes it the current one.
pub(crate) fn commit(writing: &Writing<'_>, project: &ProjectId, value: &Value, words: &str) -> Result<(), Fault> {
    let connection = writing.connection;
    connection
        .prepare_cached(
            "insert into editions (project, number, parent, value_json, words, at)
             select ?1, coalesce(max(number), 0) + 1, (select edition from projects where id = ?1), ?2, ?3, ?4
             from editions where project = ?1",
        )?
        .execute(params![project.as_str(), to_json(value)?, words, writing.now_ms as i64])?;
    connection
        .prepare_cached(
            "update projects set edition = (select max(number) from editions where project = ?1) where id = ?1",
        )?
        .execute([project.as_str()])?;
    Ok(())
}

/// Makes another edition the current one.
pub(crate) fn go_to(writing: &Writing<'_>, project: &ProjectId, number: u32) -> Result<(), Fault> {
    let sql = "update projects set edition = ?2
               where id = ?1 and exists (select 1 from editions where project = ?1 and number = ?2)";
    let changed = writing.connection.prepare_cached(sql)?.execute(params![project.as_str(), number])?;
    if changed == 0 { Err(LibraryError::NoEdition { project: project.clone(), number }.into()) } else { Ok(()) }
}

const COLUMNS: &str = "number, parent, value_json, words, at";

fn edition(row: &Row<'_>) -> rusqlite::Result<Edition> {
    Ok(Edition {
        number: row.get(0)?,
        parent: row.get(1)?,
        value: json(row, 2)?,
        words: row.get(3)?,
        at_ms: count(row, 4)?,
    })
}

/// All editions of a project.
pub(crate) fn all(connection: &Connection, project: &ProjectId) -> Result<Editions, Fault> {
    let sql = format!("select {COLUMNS} from editions where project = ?1 order by number");
    let all = connection.prepare_cached(&sql)?.query_map([project.as_str()], edition)?.collect::<Result<_, _>>()?;
    let sql = "select edition from projects where id = ?1";
    let current = connection.prepare_cached(sql)?.query_row([project.as_str()], |row| row.get(0)).optional()?;
    Ok(Editions { all, current: current.flatten() })
}

/// The current edition of a project.
pub(crate) fn current(connection: &Connection, project: &ProjectId) -> Result<Option<Edition>, Fault> {
    let sql = format!(
        "select {COLUMNS} from editions
         where project = ?1 and number = (select edition from projects where id = ?1)"
    );
    Ok(connection.prepare_cached(&sql)?.query_row([project.as_str()], edition).optional()?)
}
