//! Libraries of every older version are brought up to date with everything in them.

use engine::RunOutcome;
use library::{Library, ProjectId};
use serde_json::json;

use crate::open;

/// A library of each released version, as SQL; one more with every migration.
const VERSIONS: [&str; 1] = [include_str!("fixtures/v1.sql")];

#[tokio::test]
async fn every_older_version_opens_with_everything_in_it() {
    for (n, sql) in VERSIONS.into_iter().enumerate() {
        let home = tempfile::tempdir().unwrap();
        let raw = rusqlite::Connection::open(home.path().join("library.db")).unwrap();
        raw.execute_batch(sql).unwrap();
        raw.pragma_update(None, "user_version", n as u32 + 1).unwrap();
        drop(raw);
        let library = open(home.path());
        let id = ProjectId::try_from("prj_0192f0c0a0b07ccc8ddd0123456789ab".to_owned()).unwrap();
        let snapshot = library.snapshot(&id).await.unwrap();
        let version = n + 1;
        assert_eq!(snapshot.project.title, "The keeper and the whale", "version {version}");
        assert_eq!(snapshot.project.head, 2, "version {version}");
        assert_eq!(snapshot.documents["brief"], json!({"subject": "whale"}), "version {version}");
        assert_eq!(snapshot.messages[0].body, json!({"text": "a whale"}), "version {version}");
        assert_eq!(snapshot.runs[0].outcome, Some(RunOutcome::Finished), "version {version}");
        assert_eq!((snapshot.slots.len(), snapshot.pins.len()), (1, 1), "version {version}");
        let artifact = library.artifact(&snapshot.slots.values().next().unwrap().clone()).await.unwrap().unwrap();
        assert_eq!((&artifact.value, artifact.blobs[0].bytes), (&json!({"of": 1}), 7), "version {version}");
        assert_eq!(library.setting("language").await.unwrap(), Some(json!("de")), "version {version}");
        assert_eq!(library.append(&id, None, json!({})).await, Ok(3), "version {version}");
    }
}

#[test]
fn there_is_a_fixture_for_every_version() {
    let home = tempfile::tempdir().unwrap();
    drop(Library::open(home.path()).unwrap());
    let raw = rusqlite::Connection::open(home.path().join("library.db")).unwrap();
    let version: u32 = raw.query_row("pragma user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(VERSIONS.len() as u32, version, "add a fixture of the version that was the newest");
}
