//! Which takes are kept: what a film uses and what anybody named, always; of the rest the last few.

use engine::Key;
use library::{Change, Collected, Library, MessageId, ProjectId, Retention, Verdict};
use serde_json::json;

use crate::{DAY, HandClock, files_below, kept, slot};

/// A project whose one slot had so many takes.
async fn stage(library: &Library, takes: usize) -> (ProjectId, Vec<Key>) {
    let project = library.create_project("Whale").await.unwrap();
    let store = library.project_store(&project);
    let mut keys = Vec::new();
    for n in 0..takes {
        let picture = format!("{project} {n}");
        keys.push(store.keep(kept("frame/sh_1", json!(picture), picture.as_bytes())).await.unwrap().key);
    }
    (project, keys)
}

async fn left(library: &Library, project: &ProjectId, keys: &[Key]) -> Vec<usize> {
    let takes = library.takes_of(project, &slot("frame/sh_1")).await.unwrap();
    for take in &takes {
        let made = library.artifact(&take.key).await.unwrap().unwrap();
        assert!(library.blob_by_hash(&made.blobs[0].hash).await.unwrap().is_some(), "a take lost its picture");
    }
    (0..keys.len()).filter(|n| takes.iter().any(|take| take.key == keys[*n])).collect()
}

fn verdict(key: &Key, verdict: Verdict) -> Change {
    Change::Verdict { slot: slot("frame/sh_1"), key: key.clone(), verdict, reason: String::new() }
}

#[tokio::test]
async fn old_takes_go_but_none_that_is_used() {
    let home = tempfile::tempdir().unwrap();
    let clock = HandClock::at(100 * DAY);
    let library = Library::open_with_clock(home.path(), clock.clone()).unwrap().library;
    assert_eq!(library.retention().await, Ok(Retention { takes: 20, rejected_days: 30 }));
    let (project, keys) = stage(&library, 40).await;
    let store = library.project_store(&project);
    // A document has no blobs and costs nothing to keep.
    for n in 0..30 {
        let document = engine::Output { value: json!(n), blobs: Vec::new() };
        let made = engine::Kept { slot: slot("script"), output: document, ..kept("script", json!(n), b"") };
        store.keep(made).await.unwrap();
    }
    let body = json!({ "text": "your film", "key": keys[5] });
    let changes = vec![
        verdict(&keys[1], Verdict::Approved),
        Change::Edition { value: json!({ "pins": { "frame/sh_1": keys[3] } }), words: "pin".to_owned() },
        Change::Edition { value: json!({}), words: "undone".to_owned() },
        Change::Message { id: MessageId::new(), role: "workprint".to_owned(), body },
        Change::Document { name: "record".to_owned(), value: json!([[keys[7]]]) },
        verdict(&keys[25], Verdict::Rejected),
        verdict(&keys[39], Verdict::Rejected),
    ];
    library.commit(&project, changes).await.unwrap();
    library.pin(&project, &slot("frame/sh_1"), &keys[9]).await.unwrap();

    let used = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    let collected = library.collect_garbage().await.unwrap();
    let expected: Vec<usize> = used.into_iter().chain(20..40).collect();
    assert_eq!(left(&library, &project, &keys).await, expected, "what is used, what it was made from, and the last 20");
    assert_eq!((collected.takes, collected.artifacts, collected.files), (10, 10, 10));
    assert_eq!(library.takes_of(&project, &slot("script")).await.unwrap().len(), 30);

    // A rejected take goes after a while, the current one never.
    clock.turn(30 * DAY + 1);
    library.collect_garbage().await.unwrap();
    let expected: Vec<usize> = expected.into_iter().filter(|n| *n != 25).collect();
    assert_eq!(left(&library, &project, &keys).await, expected);
}

#[tokio::test]
async fn how_much_is_kept_is_a_setting() {
    let home = tempfile::tempdir().unwrap();
    let library = Library::open_with_clock(home.path(), HandClock::at(100 * DAY)).unwrap().library;
    let (project, keys) = stage(&library, 6).await;
    let (other, others) = stage(&library, 2).await;
    library.set_retention(Retention { takes: 0, rejected_days: 0 }).await.unwrap();
    library.collect_garbage().await.unwrap();
    assert_eq!(left(&library, &project, &keys).await, [4, 5], "the current one and the one before it");
    assert_eq!(left(&library, &other, &others).await, [0, 1]);
    assert_eq!(files_below(&home.path().join("blobs")), 4);
    library.set_setting("retention", json!("nonsense")).await.unwrap();
    assert_eq!(library.retention().await.ok(), None);
    assert!(library.collect_garbage().await.is_err(), "rather nothing than a wrong guess");
    library.set_setting("retention", json!({ "takes": 1 })).await.unwrap();
    assert_eq!(library.retention().await, Ok(Retention { takes: 1, rejected_days: 30 }));
    assert_eq!(library.collect_garbage().await, Ok(Collected::default()));
}
