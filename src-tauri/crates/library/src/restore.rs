//! Restoring a backup: what the person decided goes back to that day. What was paid for does not: results, calls and
//! the ledger of the days since are carried over, so that nothing is bought twice and no cap forgets.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::StepResult;

use crate::check::{Found, check};
use crate::error::Fault;
use crate::home::Home;
use crate::schema::Schema;
use crate::{LibraryError, backup, calls};

/// Puts a backup in place of what is there. What is there is backed up first, so this too can be undone. A backup of
/// an older version is brought up to date before; the change itself is one transaction.
pub(crate) fn restore(
    connection: &mut Connection,
    home: &Home,
    schema: &Schema,
    backup: &Path,
    now_ms: u64,
) -> Result<(), LibraryError> {
    if !matches!(check(backup, schema.version())?, Found::Library(_)) {
        return Err(LibraryError::Damaged { path: backup.to_owned(), why: "there is no library in it".to_owned() });
    }
    let scratch = home.new_scratch()?;
    let restored = (|| {
        let copy = scratch.join("library.db");
        fs::copy(backup, &copy).map_err(|e| LibraryError::io(&copy, &e))?;
        let fault = |e: rusqlite::Error| LibraryError::sql(&copy, &e);
        let mut source = Connection::open(&copy).map_err(fault)?;
        schema.migrate(&mut source).map_err(|fault| fault.at(&copy))?;
        carry_over(&source, &home.database(), now_ms).map_err(|fault| fault.at(&copy))?;
        let used: bool = connection
            .query_row("select exists (select 1 from projects)", [], |row| row.get(0))
            .map_err(|e| LibraryError::sql(&home.database(), &e))?;
        if used {
            backup::make(connection, home, now_ms)?;
        }
        put(&source, connection).map_err(|fault| fault.at(&home.database()))
    })();
    if let Err(error) = fs::remove_dir_all(&scratch) {
        tracing::warn!(path = %scratch.display(), %error, "work in progress stays until the next start");
    }
    restored?;
    home.settle()?;
    backup::rotate(home)
}

/// The columns of a call but its place.
const CALL: &str = "id, project, run, slot, agent, key, request, provider, model, kind, most, state, handle,
    reply_hash, reply_bytes, reply_media, usage_json, at, changed_at";

/// Takes what was made and paid for over from the library as it is now.
fn carry_over(source: &Connection, now: &Path, now_ms: u64) -> Result<(), Fault> {
    let Some(path) = now.to_str() else { return Ok(()) };
    source.execute("attach database ?1 as now", [path])?;
    source.execute_batch(&format!(
        "begin;
         insert into artifacts select * from now.artifacts where key not in (select key from main.artifacts);
         insert into artifact_blobs select * from now.artifact_blobs
             where key not in (select key from main.artifact_blobs);
         insert into ledger select * from now.ledger;
         delete from main.calls where id in (select id from now.calls);
         insert into main.calls ({CALL}) select {CALL} from now.calls
             where project in (select id from main.projects) order by place;
         insert into ledger (call, project, run, slot, agent, provider, model, kind, units_json, most, price, certain,
             called_at, at)
         select id, project, run, slot, agent, provider, model, kind, '{{}}', most, coalesce(most, 0), 0, at, {now_ms}
             from now.calls where state in ('intended', 'handled', 'unknown')
             and project not in (select id from main.projects);
         commit;
         detach database now;"
    ))?;
    // What the backup had in flight was in flight in another life of the program.
    calls::orphan(source, now_ms)?;
    Ok(())
}

fn put(source: &Connection, connection: &mut Connection) -> Result<(), Fault> {
    let copying = rusqlite::backup::Backup::new(source, connection)?;
    match copying.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(Fault::Sql(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
            Some("the library is being read by another program; try again".to_owned()),
        ))),
    }
}
