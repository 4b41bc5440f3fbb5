//! Results of the engine: kept once, found again, shared by projects, never half there.

use engine::{Blob, BlobHash, BlobSource, Event, Kept, NewBlob, Output, RunOutcome};
use library::{Library, LibraryError};
use serde_json::json;

use crate::{files_below, form, kept, open, run, slot};

#[tokio::test]
async fn a_result_is_found_by_its_key_in_every_project() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let (one, two) = (library.create_project("1").await.unwrap(), library.create_project("2").await.unwrap());
    let (here, there) = (library.project_store(&one), library.project_store(&two));
    let frame = slot("frame/sh_1");
    let made = here.keep(kept("frame/sh_1", json!(1), b"picture")).await.unwrap();
    let blob = made.blob("picture").unwrap();
    assert_eq!(std::fs::read(here.blob_path(blob)).unwrap(), b"picture");
    assert_eq!(blob.hash, BlobHash::from(blake3::hash(b"picture")));
    assert_eq!(files_below(&home.path().join("scratch")), 0);

    assert_eq!(there.find(&made.key).await.unwrap(), Some(made.clone()));
    assert_eq!(there.last(&frame).await.unwrap(), None);
    there.reuse(&run(), &frame, &made.key).await.unwrap();
    assert_eq!(there.last(&frame).await.unwrap(), Some(made.clone()));
    assert_eq!(library.slots(&two).await.unwrap(), [(frame.clone(), made.key.clone())].into());
    assert_eq!(library.key_form(&made.key).await.unwrap(), Some(form(json!(1))));

    // Another result becomes the last one; the first one stays a take, and can be gone back to.
    let second = here.keep(kept("frame/sh_1", json!(2), b"another")).await.unwrap();
    assert_eq!(here.last(&frame).await.unwrap(), Some(second.clone()));
    here.reuse(&run(), &frame, &made.key).await.unwrap();
    here.reuse(&run(), &frame, &made.key).await.unwrap();
    let takes = library.takes_of(&one, &frame).await.unwrap();
    let told: Vec<_> = takes.iter().map(|take| (&take.key, take.parent.as_ref(), take.current)).collect();
    assert_eq!(told, [(&made.key, None, true), (&second.key, Some(&made.key), false)]);
    assert_eq!(takes[1].form, form(json!(2)));

    let unknown = form(json!("never")).key();
    assert_eq!(here.find(&unknown).await.unwrap(), None);
    assert!(here.reuse(&run(), &frame, &unknown).await.unwrap_err().message.contains(unknown.as_str()));
}

#[tokio::test]
async fn the_same_key_twice_keeps_the_first_unless_it_lost_a_file() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("1").await.unwrap();
    let store = library.project_store(&project);
    let first = store.keep(kept("a", json!(1), b"first")).await.unwrap();
    assert_eq!(store.keep(kept("b", json!(1), b"second")).await.unwrap(), first);
    library.pin(&project, &slot("c"), &first.key).await.unwrap();
    assert_eq!(store.pinned(&slot("c")).await.unwrap(), Some(first.clone()));

    // Cut short counts as gone.
    std::fs::write(store.blob_path(&first.blobs[0]), b"fir").unwrap();
    assert_eq!(store.find(&first.key).await.unwrap(), None);
    assert_eq!(library.blob_by_hash(&first.blobs[0].hash).await.unwrap(), None);
    let lost = store.pinned(&slot("c")).await.unwrap_err();
    assert!(lost.message.contains(first.blobs[0].hash.as_str()) && !lost.hint.is_empty(), "{lost}");
    let again = store.keep(kept("a", json!(1), b"third")).await.unwrap();
    assert_eq!(std::fs::read(store.blob_path(&again.blobs[0])).unwrap(), b"third");
    assert_eq!(store.find(&again.key).await.unwrap(), Some(again.clone()));
    assert_eq!(store.pinned(&slot("c")).await.unwrap(), Some(again));
}

#[tokio::test]
async fn current_results_are_read_together() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("1").await.unwrap();
    let store = library.project_store(&project);
    let mut last = std::collections::BTreeMap::new();
    for (n, at) in ["frame/sh_1", "frame/sh_2", "frame/sh_1", "frames/x", "fram", "script"].into_iter().enumerate() {
        last.insert(slot(at), store.keep(kept(at, json!(n), format!("{n}").as_bytes())).await.unwrap());
    }
    let asked = vec![slot("script"), slot("frame/sh_1"), slot("nothing")];
    let expected: std::collections::BTreeMap<_, _> =
        asked.iter().filter_map(|at| Some((at.clone(), last.get(at)?.clone()))).collect();
    assert_eq!(expected.len(), 2);
    assert_eq!(library.results(&project, asked).await.unwrap(), expected);
    let members: std::collections::BTreeMap<_, _> = last
        .iter()
        .filter(|(at, _)| at.collection().as_str() == "frame")
        .map(|(a, b)| (a.clone(), b.clone()))
        .collect();
    assert_eq!(members.len(), 2);
    assert_eq!(library.collection(&project, "frame").await.unwrap(), members);
    let blobs = library.collection_blobs(&project, "frame", "picture").await.unwrap();
    assert!(blobs.iter().all(|(at, blob)| members[at].blob("picture") == Ok(blob)) && blobs.len() == 2);
    assert!(library.collection_blobs(&project, "frame", "video").await.unwrap().is_empty());
    let slots = last.iter().map(|(at, made)| (at.clone(), made.key.clone())).collect();
    assert_eq!(library.slots(&project).await.unwrap(), slots);
    let keys = vec![last[&slot("script")].key.clone(), form(json!("never")).key()];
    assert_eq!(
        library.artifacts(keys).await.unwrap().into_values().collect::<Vec<_>>(),
        [last[&slot("script")].clone()]
    );
}

#[tokio::test]
async fn files_from_scratch_are_taken_over() {
    let home = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let library = open(home.path());
    let project = library.create_project("1").await.unwrap();
    let store = library.project_store(&project);
    let near = store.scratch().unwrap();
    assert_ne!(near, store.scratch().unwrap(), "each task has its own");
    for (n, folder) in [near.as_path(), elsewhere.path()].into_iter().enumerate() {
        let film = folder.join("film.mp4");
        std::fs::write(&film, format!("film {n}")).unwrap();
        let srt = || BlobSource::Bytes(b"1\n".to_vec());
        let output = Output::default()
            .with("film", "video/mp4", BlobSource::File(film.clone()))
            .with("captions", "application/x-subrip", srt())
            .with("other", "x/../../y", srt());
        let kept = Kept { run: run(), slot: slot("film"), form: form(json!(n)), output, took_ms: 1 };
        let made = store.keep(kept).await.unwrap();
        assert!(!film.exists());
        assert_eq!(made.blobs.iter().map(|b| b.role.as_str()).collect::<Vec<_>>(), ["film", "captions", "other"]);
        let found = library.blob_by_hash(&made.blob("film").unwrap().hash).await.unwrap().unwrap();
        assert_eq!(std::fs::read_to_string(&found.path).unwrap(), format!("film {n}"));
        assert_eq!((found.media.as_str(), found.bytes), ("video/mp4", 6));
        assert!(found.path.extension().is_some_and(|e| e == "mp4"));
        let Blob { hash, media, .. } = made.blob("other").unwrap();
        assert!(store.path(hash, media).starts_with(home.path().join("blobs")), "no text from outside in a path");
    }
    drop((store, library));
    assert!(near.exists());
    drop(open(home.path()));
    assert!(!near.exists(), "what a dead process left is cleared");
}

#[tokio::test]
async fn a_result_that_cannot_be_stored_leaves_no_row() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("1").await.unwrap();
    let store = library.project_store(&project);
    let missing = BlobSource::File(home.path().join("scratch/never-made.png"));
    let output = Output::default().with("picture", "image/png", missing);
    let kept = Kept { run: run(), slot: slot("a"), form: form(json!(1)), output, took_ms: 1 };
    assert!(store.keep(kept).await.unwrap_err().message.contains("never-made.png"));
    let twice = |role: &str| NewBlob {
        role: role.to_owned(),
        media: "image/png".to_owned(),
        source: BlobSource::Bytes(b"x".to_vec()),
    };
    let output = Output { value: json!(1), blobs: vec![twice("picture"), twice("picture")] };
    let kept = Kept { run: run(), slot: slot("a"), form: form(json!(1)), output, took_ms: 1 };
    store.keep(kept).await.unwrap_err();
    assert_eq!(store.last(&slot("a")).await.unwrap(), None);
    assert_eq!(library.artifact(&form(json!(1)).key()).await.unwrap(), None);
    assert_eq!(files_below(&home.path().join("scratch")), 0);
}

#[tokio::test]
async fn the_engines_events_are_in_the_stream() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("1").await.unwrap();
    let store = library.project_store(&project);
    let ended = Event::RunEnded { outcome: RunOutcome::Finished, at_ms: 1 };
    assert_eq!(store.record(&run(), &Event::RunStarted).await.unwrap(), 1);
    assert_eq!(store.record(&run(), &ended).await.unwrap(), 2);
    let stored = library.events_after(&project, 1, 10).await.unwrap();
    assert_eq!(stored[0].run, Some(run()));
    assert_eq!(serde_json::from_value::<Event>((*stored[0].body).clone()).unwrap(), ended);
}

#[tokio::test]
async fn a_library_for_reading_needs_no_lock_and_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let missing = Library::open_read_only(home.path()).unwrap_err();
    assert!(matches!(missing, LibraryError::Missing { .. }), "{missing}");
    assert_eq!(files_below(home.path()), 0);
    let writing = open(home.path());
    let project = writing.create_project("1").await.unwrap();
    let made = writing.project_store(&project).keep(kept("a", json!(1), b"x")).await.unwrap();

    let reading = Library::open_read_only(home.path()).unwrap();
    assert_eq!(reading.projects().await.unwrap().len(), 1);
    writing.rename_project(&project, "2").await.unwrap();
    assert_eq!(reading.project(&project).await.unwrap().title, "2", "it sees what another process writes");
    assert_eq!(reading.project_store(&project).find(&made.key).await.unwrap(), Some(made));
    let refused = reading.create_project("3").await.unwrap_err();
    assert!(matches!(refused, LibraryError::OnlyReading { .. }), "{refused}");

    // Where SQLite cannot put its index beside the file (as in a read-only folder), the file is read as it is.
    drop((reading, writing));
    for beside in ["library.db-wal", "library.db-shm"] {
        let _ = std::fs::remove_file(home.path().join(beside));
    }
    std::fs::create_dir(home.path().join("library.db-shm")).unwrap();
    let reading = Library::open_read_only(home.path()).unwrap();
    assert_eq!(reading.projects().await.unwrap()[0].title, "2");
}
