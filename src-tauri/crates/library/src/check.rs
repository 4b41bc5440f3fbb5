//! Telling a sound database from a damaged one, without touching it.

use std::path::Path;

use crate::LibraryError;
use crate::connection;
use crate::schema::version_of;

/// What a look at a database found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing, or a file in which no table was ever made.
    Nothing,
    /// A sound library of a version.
    Library(u32),
}

/// Looks at a database. `known` is the newest version that this program knows. Errors: [`LibraryError::Newer`],
/// [`LibraryError::Damaged`], or why it cannot be read.
pub(crate) fn check(path: &Path, known: u32) -> Result<Found, LibraryError> {
    if !path.exists() {
        return Ok(Found::Nothing);
    }
    let fault = |e: rusqlite::Error| LibraryError::sql(path, &e);
    let damaged = |why: String| LibraryError::Damaged { path: path.to_owned(), why };
    let connection = connection::to_read(path).map_err(fault)?;
    let found = version_of(&connection).map_err(fault)?;
    if found > known {
        return Err(LibraryError::Newer { path: path.to_owned(), found, known });
    }
    if found == 0 {
        let tables: u32 =
            connection.query_row("select count(*) from sqlite_schema", [], |row| row.get(0)).map_err(fault)?;
        return if tables == 0 { Ok(Found::Nothing) } else { Err(damaged("it is another program's".to_owned())) };
    }
    let said: String = connection.query_row("pragma quick_check(1)", [], |row| row.get(0)).map_err(fault)?;
    if said == "ok" { Ok(Found::Library(found)) } else { Err(damaged(said)) }
}
