//! How long work took, by agent and model: a short history that is kept up to date with every new result, so that the
//! question costs the same in a large library.

use std::collections::BTreeMap;

use engine::{KeyForm, canonical};
use rusqlite::{Connection, params};

use crate::error::Fault;
use crate::rows::count;

/// How many results of an agent with a model are remembered.
const REMEMBERED: u32 = 64;

/// Adds one, and forgets the oldest.
pub(crate) fn note(connection: &Connection, form: &KeyForm, took_ms: u64) -> Result<(), Fault> {
    let model = canonical(&form.model);
    let place: i64 = connection
        .prepare_cached(
            "insert into durations (agent, model, place, took_ms)
             select ?1, ?2, coalesce(max(place), 0) + 1, ?3 from durations where agent = ?1 and model = ?2
             returning place",
        )?
        .query_row(params![form.agent, model, took_ms as i64], |row| row.get(0))?;
    connection
        .prepare_cached("delete from durations where agent = ?1 and model = ?2 and place <= ?3")?
        .execute(params![form.agent, model, place - i64::from(REMEMBERED)])?;
    Ok(())
}

/// The median by agent and canonical text of the model's identity, in milliseconds.
pub(crate) fn medians(connection: &Connection) -> Result<BTreeMap<(String, String), u64>, Fault> {
    let mut sorted: BTreeMap<(String, String), Vec<u64>> = BTreeMap::new();
    let mut statement = connection.prepare_cached("select agent, model, took_ms from durations order by took_ms")?;
    for row in statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), count(row, 2)?)))? {
        let (of, took_ms) = row?;
        sorted.entry(of).or_default().push(took_ms);
    }
    Ok(sorted.into_iter().map(|(of, took)| (of, took[took.len() / 2])).collect())
}
