//! The review stops that the person let pass.

use engine::Key;
use rusqlite::{Connection, params};

use crate::ProjectId;
use crate::error::Fault;
use crate::writer::Writing;

/// Lets a review stop pass.
pub(crate) fn approve(writing: &Writing<'_>, project: &ProjectId, key: &Key) -> Result<(), Fault> {
    let sql = "insert into approvals (project, key, at) values (?1, ?2, ?3) on conflict do nothing";
    let values = params![project.as_str(), key.as_str(), writing.now_ms as i64];
    writing.connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// True when a review stop was let pass.
pub(crate) fn holds(connection: &Connection, project: &ProjectId, key: &Key) -> Result<bool, Fault> {
    let sql = "select 1 from approvals where project = ?1 and key = ?2";
    Ok(connection.prepare_cached(sql)?.exists([project.as_str(), key.as_str()])?)
}
