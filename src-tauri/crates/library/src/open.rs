//! Opening a library: the lock first, then a look at the database, a backup, the migrations, and what is overdue.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::Clock;
use tokio::sync::broadcast;

use crate::backup::{self, Backup};
use crate::check::{Found, check};
use crate::home::Home;
use crate::library::Shared;
use crate::lock::Lock;
use crate::readers::Readers;
use crate::schema::Schema;
use crate::writer::Writer;
use crate::{Library, LibraryError, calls, connection, projects};

/// How many events a slow listener may be behind before it has to read them from the stream.
const LISTENER_LAG: usize = 4096;

/// An open library, and what the person must be told.
#[derive(Debug)]
pub struct Opened {
    /// The library.
    pub library: Library,
    /// A damaged database, at every opening until it is decided about.
    pub trouble: Option<Trouble>,
}

/// The database was damaged. It was set aside and the library starts empty. Neither backups nor garbage collections
/// are made until [`Library::restore_backup`] or [`Library::begin_anew`] is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Where the damaged database is now; it is never deleted.
    pub kept: PathBuf,
    /// The newest sound backup.
    pub backup: Option<Backup>,
}

pub(crate) fn to_write(root: &Path, clock: Arc<dyn Clock>, schema: Schema) -> Result<Opened, LibraryError> {
    let home = Home::new(root);
    home.prepare()?;
    let now_ms = clock.now_ms();
    let lock = Lock::take(&home, now_ms)?;
    home.clear_scratch()?;
    let database = home.database();
    let found = look(&home, schema.version(), now_ms)?;
    let trouble = match home.damaged()? {
        Some(kept) => Some(Trouble { kept, backup: backup::newest_good(&home, schema.version())? }),
        None => None,
    };
    let fault = |e: rusqlite::Error| LibraryError::sql(&database, &e);
    let mut connection = connection::to_write(&database).map_err(fault)?;
    if let Found::Library(version) = found {
        if version < schema.version() {
            backup::make(&connection, &home, now_ms)?;
            if trouble.is_none() {
                backup::rotate(&home)?;
            }
        } else if trouble.is_none() && backup::is_due(&home, now_ms)? {
            // A disk too full for a copy must not keep anybody from their films.
            if let Err(error) = backup::make(&connection, &home, now_ms).and_then(|_| backup::rotate(&home)) {
                tracing::warn!(%error, "no backup could be made today");
            }
        }
    }
    schema.migrate(&mut connection).map_err(|fault| fault.at(&database))?;
    calls::orphan(&connection, now_ms).map_err(|fault| fault.at(&database))?;
    projects::purge(&connection, now_ms).map_err(|fault| fault.at(&database))?;
    let (events, _) = broadcast::channel(LISTENER_LAG);
    let readers = Readers::new(database.clone());
    let writer = Writer::start(connection, lock, database, Arc::clone(&clock), events.clone())?;
    let shared = Shared::new(home, readers, Some(writer), events, clock, schema);
    Ok(Opened { library: Library::new(shared), trouble })
}

/// Looks at the database, and sets it aside when it is damaged.
fn look(home: &Home, known: u32, now_ms: u64) -> Result<Found, LibraryError> {
    let database = home.database();
    let why = match check(&database, known) {
        // SQLite takes an emptied file for a new one; the backups know better.
        Ok(Found::Nothing) if database.exists() && !backup::list(home)?.is_empty() => "the file is empty".to_owned(),
        Err(LibraryError::Damaged { why, .. }) => why,
        other => return other,
    };
    let kept = home.set_aside(now_ms)?;
    tracing::error!(kept = %kept.display(), why, "the library's database was damaged and is set aside");
    Ok(Found::Nothing)
}

pub(crate) fn to_read(root: &Path, clock: Arc<dyn Clock>, schema: Schema) -> Result<Library, LibraryError> {
    let home = Home::new(root);
    let (path, known) = (home.database(), schema.version());
    match check(&path, known)? {
        Found::Nothing => return Err(LibraryError::Missing { home: root.to_owned() }),
        Found::Library(found) if found < known => return Err(LibraryError::Older { path, found, known }),
        Found::Library(_) => {}
    }
    let (events, _) = broadcast::channel(1);
    Ok(Library::new(Shared::new(home, Readers::new(path), None, events, clock, schema)))
}

#[cfg(test)]
mod tests {
    use engine::SystemClock;
    use serde_json::json;

    use super::*;

    fn open(home: &Path, schema: Schema) -> Result<Opened, LibraryError> {
        to_write(home, Arc::new(SystemClock), schema)
    }

    #[tokio::test]
    async fn a_migration_is_preceded_by_a_backup_that_can_be_restored() {
        let home = tempfile::tempdir().unwrap();
        let library = open(home.path(), Schema::current()).unwrap().library;
        let project = library.create_project("Whale").await.unwrap();
        drop(library);

        let next =
            || Schema::followed_by("alter table projects add column mood text; update projects set title = 'lost';");
        let library = open(home.path(), next()).unwrap().library;
        assert_eq!(library.project(&project).await.unwrap().title, "lost");
        let backups = library.backups().unwrap();
        assert_eq!(backups.len(), 1);
        let version = Schema::current().version();
        assert_eq!(check(&backups[0].path, version), Ok(Found::Library(version)));

        // Restoring brings the old rows back and migrates them again.
        library.restore_backup(&backups[0]).await.unwrap();
        assert_eq!(library.project(&project).await.unwrap().title, "lost");
        assert_eq!(library.backups().unwrap().len(), 2, "what was there is a backup now");
        assert_eq!(library.append(&project, None, json!({})).await, Ok(1));
        drop(library);

        let older = open(home.path(), Schema::current()).unwrap_err();
        let LibraryError::Newer { found, known, .. } = older else { panic!("{older}") };
        assert_eq!((found, known), (version + 1, version));
    }

    #[tokio::test]
    async fn a_migration_that_fails_changes_nothing() {
        let home = tempfile::tempdir().unwrap();
        let library = open(home.path(), Schema::current()).unwrap().library;
        let project = library.create_project("Whale").await.unwrap();
        drop(library);
        let broken = Schema::followed_by("update projects set title = 'lost'; insert into nothing values (1);");
        let error = open(home.path(), broken).unwrap_err();
        assert!(matches!(error, LibraryError::Database { .. }), "{error}");
        let library = open(home.path(), Schema::current()).unwrap().library;
        assert_eq!(library.project(&project).await.unwrap().title, "Whale");
    }

    #[test]
    fn reading_alone_does_not_migrate() {
        let home = tempfile::tempdir().unwrap();
        drop(open(home.path(), Schema::current()).unwrap());
        let error = to_read(home.path(), Arc::new(SystemClock), Schema::followed_by("select 1;")).unwrap_err();
        let LibraryError::Older { found, known, .. } = error else { panic!("{error}") };
        assert_eq!(known, found + 1);
    }
}
