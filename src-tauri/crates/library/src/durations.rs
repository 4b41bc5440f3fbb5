//! How long work took, by agent, collection and model: a short history that is kept up to date with every new result, so
//! that the question costs the same in a large library.

use std::collections::BTreeMap;

use engine::{Collection, History, KeyForm, TaskKind};
use rusqlite::{Connection, params};

use crate::error::Fault;

/// How many results of a kind are remembered.
const REMEMBERED: u32 = 64;

/// Adds one, and forgets the oldest.
pub(crate) fn note(
    connection: &Connection,
    collection: &Collection,
    form: &KeyForm,
    took_ms: u64,
) -> Result<(), Fault> {
    let kind = TaskKind::new(form.agent.as_str().into(), collection.clone(), &form.model);
    let (agent, collection, model) = (&kind.agent.0, kind.collection.as_str(), &kind.model);
    let place: i64 = connection
        .prepare_cached(
            "insert into durations (agent, collection, model, place, took_ms)
             select ?1, ?2, ?3, coalesce(max(place), 0) + 1, ?4 from durations
             where agent = ?1 and collection = ?2 and model = ?3
             returning place",
        )?
        .query_row(params![agent, collection, model, took_ms as i64], |row| row.get(0))?;
    connection
        .prepare_cached("delete from durations where agent = ?1 and collection = ?2 and model = ?3 and place <= ?4")?
        .execute(params![agent, collection, model, place - i64::from(REMEMBERED)])?;
    Ok(())
}

/// The medians.
pub(crate) fn medians(connection: &Connection) -> Result<History, Fault> {
    let mut sorted: BTreeMap<TaskKind, Vec<u32>> = BTreeMap::new();
    let sql = "select agent, collection, model, took_ms from durations order by took_ms";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = |at| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
        let (agent, collection) = (text(0)?.into(), Collection::new(text(1)?));
        let kind = TaskKind { agent, collection, model: text(2)?.to_owned() };
        let took_ms: i64 = row.get(3)?;
        sorted.entry(kind).or_default().push(u32::try_from(took_ms).unwrap_or(u32::MAX));
    }
    Ok(sorted.into_iter().map(|(kind, took)| (kind, took[took.len() / 2])).collect())
}
