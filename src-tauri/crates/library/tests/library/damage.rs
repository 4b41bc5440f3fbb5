//! Bad ground: damaged databases, newer ones, folders that cannot be used.

use std::path::{Path, PathBuf};

use library::{Library, LibraryError, Opened, Trouble};
use serde_json::json;

use crate::{DAY, HandClock, files_below, kept};

/// A closed library with some projects, and a backup of it from its second day.
async fn well_used(home: &Path, clock: &std::sync::Arc<HandClock>) {
    for _ in 0..2 {
        let library = Library::open_with_clock(home, clock.clone()).unwrap().library;
        for n in 0..20 {
            let project = library.create_project(&format!("Film {n}")).await.unwrap();
            library.append(&project, None, json!({"text": "x".repeat(2000)})).await.unwrap();
            library.project_store(&project).keep(kept("a", json!(n), format!("{n}").as_bytes())).await.unwrap();
        }
        drop(library);
        clock.turn(DAY);
    }
    assert!(!home.join("library.db-wal").exists(), "a closed library is one file");
}

async fn check(what: &str, damage: impl Fn(&Path)) {
    let home = tempfile::tempdir().unwrap();
    let clock = HandClock::at(100 * DAY);
    well_used(home.path(), &clock).await;
    let database = home.path().join("library.db");
    damage(&database);
    let damaged = std::fs::read(&database).unwrap();
    let refused = Library::open_read_only(home.path()).unwrap_err();
    assert!(matches!(refused, LibraryError::Damaged { .. } | LibraryError::Missing { .. }), "{what}: {refused}");

    for _ in 0..2 {
        let Opened { library, trouble } = Library::open_with_clock(home.path(), clock.clone()).unwrap();
        let Trouble { kept, backup } = trouble.unwrap_or_else(|| panic!("{what}: every opening must tell"));
        assert_eq!(std::fs::read(&kept).unwrap(), damaged, "{what}: the damaged file is kept as it was");
        assert!(library.projects().await.unwrap().is_empty(), "{what}");
        assert!(backup.is_some(), "{what}");
        assert_eq!(library.collect_garbage().await, Err(LibraryError::Undecided { kept }), "{what}");
        clock.turn(DAY);
    }
    let Opened { library, trouble } = Library::open_with_clock(home.path(), clock.clone()).unwrap();
    let backup = trouble.unwrap().backup.unwrap();
    assert_eq!(library.backups().unwrap(), std::slice::from_ref(&backup), "{what}: nothing pushes it out");
    library.restore_backup(&backup).await.unwrap();
    let projects = library.projects().await.unwrap();
    assert_eq!(projects.len(), 20, "{what}: as on the morning of the second day");
    for project in &projects {
        let made = library.project_store(&project.id).last(&crate::slot("a")).await.unwrap().unwrap();
        assert!(library.blob_by_hash(&made.blobs[0].hash).await.unwrap().is_some(), "{what}");
        assert_eq!(library.append(&project.id, None, json!({})).await, Ok(2), "{what}");
    }
    library.collect_garbage().await.unwrap();
    drop(library);
    let Opened { library, trouble } = Library::open_with_clock(home.path(), clock).unwrap();
    assert_eq!((trouble, library.projects().await.unwrap().len()), (None, 20), "{what}");
}

fn overwrite(path: &Path, from: usize, to: usize) {
    let mut bytes = std::fs::read(path).unwrap();
    let to = to.min(bytes.len());
    for (n, byte) in bytes[from..to].iter_mut().enumerate() {
        *byte = (n * 31 + 7) as u8;
    }
    std::fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn a_damaged_database_is_kept_told_of_and_the_backup_restored() {
    check("garbage", |path| std::fs::write(path, b"this is no database at all".repeat(500)).unwrap()).await;
    check("cut short", |path| {
        let length = std::fs::metadata(path).unwrap().len();
        std::fs::File::options().write(true).open(path).unwrap().set_len(length / 2).unwrap();
    })
    .await;
    check("emptied", |path| std::fs::write(path, b"").unwrap()).await;
    check("head overwritten", |path| overwrite(path, 0, 50)).await;
    check("pages overwritten", |path| overwrite(path, 4096 * 4, 4096 * 30)).await;
    check("another program's", |path| {
        std::fs::remove_file(path).unwrap();
        rusqlite::Connection::open(path).unwrap().execute_batch("create table bookmarks (url text)").unwrap();
    })
    .await;
}

#[tokio::test]
async fn one_may_begin_anew_after_damage() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("library.db"), b"scrambled").unwrap();
    let Opened { library, trouble } = Library::open(home.path()).unwrap();
    assert_eq!(trouble.unwrap().backup, None);
    library.create_project("Again").await.unwrap();
    library.begin_anew().await.unwrap();
    library.collect_garbage().await.unwrap();
    drop(library);
    let Opened { library, trouble } = Library::open(home.path()).unwrap();
    assert_eq!((trouble, library.projects().await.unwrap().len()), (None, 1));
    let kept = |p: &PathBuf| std::fs::read(p).unwrap() == b"scrambled";
    assert!(std::fs::read_dir(home.path().join("backups")).unwrap().any(|e| kept(&e.unwrap().path())));
}

#[tokio::test]
async fn a_damaged_backup_is_not_restored() {
    let home = tempfile::tempdir().unwrap();
    let clock = HandClock::at(100 * DAY);
    well_used(home.path(), &clock).await;
    let library = Library::open_with_clock(home.path(), clock).unwrap().library;
    let backups = library.backups().unwrap();
    overwrite(&backups[0].path, 4096, 4096 * 20);
    let error = library.restore_backup(&backups[0]).await.unwrap_err();
    assert!(matches!(error, LibraryError::Damaged { .. }), "{error}");
    assert_eq!(library.projects().await.unwrap().len(), 40, "nothing was changed");

    // When the database is damaged too, the next one is offered.
    drop(library);
    std::fs::write(home.path().join("library.db"), b"scrambled").unwrap();
    let trouble = Library::open(home.path()).unwrap().trouble.unwrap();
    assert_eq!(trouble.backup.as_ref(), Some(&backups[1]));
}

#[test]
fn a_newer_library_is_refused_and_left_alone() {
    let home = tempfile::tempdir().unwrap();
    drop(Library::open(home.path()).unwrap());
    let database = home.path().join("library.db");
    let raw = rusqlite::Connection::open(&database).unwrap();
    raw.execute_batch("pragma journal_mode = delete; pragma user_version = 99; create table soon (x text);").unwrap();
    drop(raw);
    let before = std::fs::read(&database).unwrap();
    let newer = LibraryError::Newer { path: database.clone(), found: 99, known: 3 };
    assert_eq!(Library::open(home.path()).map(drop), Err(newer.clone()));
    assert_eq!(Library::open_read_only(home.path()).map(drop), Err(newer.clone()));
    assert!(newer.hint().contains("Update"));
    assert_eq!(std::fs::read(&database).unwrap(), before);
    assert_eq!(files_below(&home.path().join("backups")), 0);
}

#[test]
fn a_folder_that_cannot_be_used_is_named() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("notes.txt");
    std::fs::write(&file, b"my notes").unwrap();
    for home in [file.clone(), file.join("films")] {
        let error = Library::open(&home).map(drop).unwrap_err();
        assert!(matches!(error, LibraryError::NotAFolder { .. }), "{error}");
        assert!(error.to_string().contains("notes.txt") && error.hint().contains("WORKPRINT_HOME"), "{error}");
    }
    assert_eq!(std::fs::read(&file).unwrap(), b"my notes");
    if cfg!(target_os = "linux") {
        let error = Library::open(Path::new("/sys/workprint")).map(drop).unwrap_err();
        assert!(matches!(error, LibraryError::ReadOnly { .. } | LibraryError::Denied { .. }), "{error}");
        assert!(error.hint().contains("writable"), "{error}");
    }
}
