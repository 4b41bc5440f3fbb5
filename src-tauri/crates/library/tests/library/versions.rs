//! Libraries of every older version are brought up to date with everything in them.

use engine::{Collection, Key, KeyForm, Micros, RunOutcome, TaskKind};
use library::{Library, ProjectId};
use serde_json::json;

use crate::open;

/// A library of each released version, as SQL; one more with every migration.
const VERSIONS: [&str; 3] =
    [include_str!("fixtures/v1.sql"), include_str!("fixtures/v2.sql"), include_str!("fixtures/v3.sql")];

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
        let artifact = library.artifact(snapshot.pins.values().next().unwrap()).await.unwrap().unwrap();
        assert_eq!((&artifact.value, artifact.blobs[0].bytes), (&json!({"of": 1}), 7), "version {version}");
        assert_eq!(library.setting("language").await.unwrap(), Some(json!("de")), "version {version}");
        let run = &snapshot.runs[0].id;
        let told = library.run_events(&id, run).await.unwrap();
        let types: Vec<_> = told.iter().map(|event| (event.seq, event.body["type"].clone())).collect();
        assert_eq!(types, [(1, json!("run_started")), (2, json!("run_ended"))], "version {version}");
        let standing: Vec<_> = library.standing(&id, run).await.unwrap().into_iter().map(|s| json!(s.event)).collect();
        assert_eq!(standing, told.iter().map(|event| (*event.body).clone()).collect::<Vec<_>>(), "version {version}");
        let measured = library.measured().await.unwrap();
        // Up to version 2 it is read anew from the takes, of which that version's library has two.
        let known = if version == 2 { 9 } else { 7 };
        assert_eq!(measured.of(&kind("frame", &json!(null))), Some(known), "version {version}");
        if version >= 2 {
            calls_and_choices(&library, &id).await;
        }
        assert_eq!(library.append(&id, None, json!({})).await, Ok(3), "version {version}");
    }
}

/// What a library knows since version 2.
async fn calls_and_choices(library: &Library, id: &ProjectId) {
    let takes = library.takes_of(id, &crate::slot("frame/sh_1")).await.unwrap();
    assert_eq!(takes[0].parent.as_ref(), Some(&takes[1].key));
    assert_eq!(takes[1].verdict.as_ref().map(|judged| judged.reason.as_str()), Some("six fingers"));
    assert_eq!(library.current_edition(id).await.unwrap().unwrap().value, json!({"style": "noir"}));
    let ledger = library.ledger(id).await.unwrap();
    assert_eq!((ledger.spent, ledger.reserved), (Micros(300), Micros(1000)));
    assert_eq!(ledger.lines[0].units["images"], 1);
    assert_eq!(library.unknown_calls(id).await.unwrap()[0].id.0, "call_3");
    let approved: Key = serde_json::from_value(json!("e".repeat(64))).unwrap();
    assert!(library.project_store(id).approved(&approved).await.unwrap());
}

#[tokio::test]
async fn a_history_of_takes_and_durations_is_taken_over() {
    let home = tempfile::tempdir().unwrap();
    let raw = rusqlite::Connection::open(home.path().join("library.db")).unwrap();
    raw.execute_batch(VERSIONS[0]).unwrap();
    let key = |n: u32| format!("{n:064x}");
    for n in 1..=100 {
        let form = r#"{"agent":"painter","version":"1","model":{"name":"x"},"view":1}"#;
        raw.execute("insert into artifacts values (?1, ?2, '1', ?3, ?3)", rusqlite::params![key(n), form, n]).unwrap();
        let take = "insert into takes values ('prj_0192f0c0a0b07ccc8ddd0123456789ab', 'clip/sh_1', ?1, ?2, 'run_1', 1)";
        raw.execute(take, rusqlite::params![n, key(n)]).unwrap();
        // Of the same agent and model, but for something else.
        let form = r#"{"agent":"painter","version":"1","model":{"name":"x"},"view":"film"}"#;
        raw.execute("insert into artifacts values (?1, ?2, '1', 900, ?3)", rusqlite::params![key(500 + n), form, n])
            .unwrap();
        let take = "insert into takes values ('prj_0192f0c0a0b07ccc8ddd0123456789ab', 'film', ?1, ?2, 'run_1', 1)";
        raw.execute(take, rusqlite::params![n, key(500 + n)]).unwrap();
    }
    raw.pragma_update(None, "user_version", 1).unwrap();
    drop(raw);
    let library = open(home.path());
    let id = library.projects().await.unwrap()[0].id.clone();
    let takes = library.takes_of(&id, &crate::slot("clip/sh_1")).await.unwrap();
    assert!(takes.windows(2).all(|pair| pair[0].parent.as_ref() == Some(&pair[1].key)));
    let model = json!({"name": "x"});
    let clip = kind("clip", &model);
    assert_eq!(library.measured().await.unwrap().of(&clip), Some(69), "the median of the last 64");
    assert_eq!(library.measured().await.unwrap().of(&kind("film", &model)), Some(900), "what else it made");
    for _ in 0..64 {
        let form = KeyForm { model: model.clone(), ..crate::form(json!(uuid())) };
        let made = engine::Kept { form, took_ms: 5, ..crate::kept("clip/sh_2", json!(1), b"") };
        library.project_store(&id).keep(made).await.unwrap();
    }
    assert_eq!(library.measured().await.unwrap().of(&clip), Some(5), "what was long ago counts no more");
    for _ in 0..64 {
        let form = KeyForm { model: model.clone(), ..crate::form(json!(uuid())) };
        let made = engine::Kept { form, took_ms: 0, ..crate::kept("clip/sh_3", json!(1), b"") };
        library.project_store(&id).keep(made).await.unwrap();
    }
    assert_eq!(library.measured().await.unwrap().of(&clip), Some(5), "nobody measured these");
}

fn kind(collection: &str, model: &serde_json::Value) -> TaskKind {
    TaskKind::new("painter".into(), Collection::new(collection), model)
}

fn uuid() -> String {
    library::MessageId::new().to_string()
}

#[test]
fn there_is_a_fixture_for_every_version() {
    let home = tempfile::tempdir().unwrap();
    drop(Library::open(home.path()).unwrap());
    let raw = rusqlite::Connection::open(home.path().join("library.db")).unwrap();
    let version: u32 = raw.query_row("pragma user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(VERSIONS.len() as u32, version, "add a fixture of the version that was the newest");
}
