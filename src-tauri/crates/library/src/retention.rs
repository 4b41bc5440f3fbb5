//! Which takes are kept. What a film uses, what the person decided, and what any document, message or edition names
//! stays for good. Of the other takes with blobs, which is what fills a disk, each slot keeps the last few.

use std::collections::{BTreeMap, HashSet};

use engine::Key;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::ProjectId;
use crate::error::Fault;
use crate::rows::{key, maybe_json, text};

/// What is kept of takes that nothing uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Retention {
    /// How many takes of a slot are kept, those that are used included.
    pub takes: u32,
    /// For how many days a rejected take is kept.
    pub rejected_days: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self { takes: 20, rejected_days: 30 }
    }
}

/// The name of the setting.
pub(crate) const SETTING: &str = "retention";

pub(crate) fn setting(connection: &Connection) -> Result<Retention, Fault> {
    let sql = "select value_json from settings where name = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([SETTING])?;
    let stored = rows.next()?.map(|row| maybe_json(row, 0)).transpose()?;
    Ok(stored.flatten().unwrap_or_default())
}

/// A use of a result by a slot.
struct Use {
    project: String,
    slot: String,
    key: String,
    parent: Option<String>,
}

/// Removes the takes that are not kept; gives how many results of slots that were. `held` are results that something
/// names.
pub(crate) fn thin(
    connection: &Connection,
    retention: Retention,
    held: &HashSet<Key>,
    now_ms: u64,
) -> Result<u64, Fault> {
    let before = now_ms.saturating_sub(u64::from(retention.rejected_days) * 86_400_000) as i64;
    let rejected: HashSet<(String, String, String)> = connection
        .prepare("select project, slot, key from verdicts where verdict = 'rejected' and at < ?1")?
        .query_map([before], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let mut slots: BTreeMap<(String, String), Vec<Use>> = BTreeMap::new();
    let sql = "select project, slot, key, parent from takes order by project, slot, place desc";
    let mut statement = connection.prepare(sql)?;
    let uses = statement.query_map([], |row| {
        Ok(Use { project: row.get(0)?, slot: row.get(1)?, key: row.get(2)?, parent: row.get(3)? })
    })?;
    for used in uses {
        let used = used?;
        slots.entry((used.project.clone(), used.slot.clone())).or_default().push(used);
    }
    let held: HashSet<&str> = held.iter().map(Key::as_str).collect();
    let mut has_blobs = connection.prepare("select 1 from artifact_blobs where key = ?1")?;
    let mut remove = connection.prepare("delete from takes where project = ?1 and slot = ?2 and key = ?3")?;
    let mut removed = 0;
    for uses in slots.values() {
        let in_use = |key: &str| held.contains(key) || uses[0].key == key;
        let parents: HashSet<&str> =
            uses.iter().filter(|used| in_use(&used.key)).filter_map(|used| used.parent.as_deref()).collect();
        let mut seen: HashSet<&str> = HashSet::new();
        for Use { project, slot, key, .. } in uses {
            if !seen.insert(key) || in_use(key) || parents.contains(key.as_str()) {
                continue;
            }
            let old = seen.len() > retention.takes as usize;
            let rejected = rejected.contains(&(project.clone(), slot.clone(), key.clone()));
            if (old || rejected) && has_blobs.exists([key])? {
                remove.execute(params![project, slot, key])?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}

/// The results that something holds whatever their slots do: pins, approved takes, and every one that an edition, a
/// document or a message names, wherever in it.
pub(crate) fn held(connection: &Connection) -> Result<HashSet<Key>, Fault> {
    let mut held: HashSet<Key> = connection
        .prepare("select key from pins union select key from verdicts where verdict = 'approved'")?
        .query_map([], |row| key(row, 0))?
        .collect::<Result<_, _>>()?;
    for sql in NAMING {
        note_named(connection, sql, [], &mut held)?;
    }
    Ok(held)
}

/// What can name results.
const NAMING: [&str; 3] =
    ["select value_json from editions", "select value_json from documents", "select body_json from messages"];

/// The results that the editions, documents and messages of one project name.
pub(crate) fn named_by(connection: &Connection, project: &ProjectId) -> Result<HashSet<Key>, Fault> {
    let mut named = HashSet::new();
    for sql in NAMING {
        note_named(connection, &format!("{sql} where project = ?1"), [project.as_str()], &mut named)?;
    }
    Ok(named)
}

/// Adds the results that the texts of a query name.
fn note_named(
    connection: &Connection,
    sql: &str,
    of: impl rusqlite::Params,
    named: &mut HashSet<Key>,
) -> Result<(), Fault> {
    let mut known = connection.prepare_cached("select key from artifacts where key = ?1")?;
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query(of)?;
    while let Some(row) = rows.next()? {
        for name in names(text(row, 0)?) {
            let mut found = known.query([name])?;
            if let Some(row) = found.next()? {
                named.insert(key(row, 0)?);
            }
        }
    }
    Ok(())
}

/// Everything in a text that could be a key: 64 hex digits in a row.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !matches!(c, '0'..='9' | 'a'..='f')).filter(|run| run.len() == 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_wherever_they_are_named() {
        let (a, b) = ("a1".repeat(32), "0f".repeat(32));
        let text = format!("{{\"pins\":{{\"frame/sh_1\":\"{a}\"}},\"film\":\"{b}\",\"no\":\"{a}{b}\",\"x\":\"abc\"}}");
        assert_eq!(names(&text).collect::<Vec<_>>(), [a.as_str(), b.as_str()]);
        assert_eq!(names("").count(), 0);
    }
}
