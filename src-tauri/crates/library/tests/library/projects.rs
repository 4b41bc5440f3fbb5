//! Projects: list, rename, copy, throw away, fetch back; documents, conversation, runs and settings.

use engine::RunOutcome;
use library::{Change, Library, LibraryError, MessageId, ProjectId, TRASH_DAYS, new_run_id};
use serde_json::json;

use crate::{DAY, HandClock, kept, open, run, slot};

#[tokio::test]
async fn what_changed_last_is_listed_first_and_outlives_the_program() {
    let home = tempfile::tempdir().unwrap();
    let clock = HandClock::at(DAY);
    let library = Library::open_with_clock(home.path(), clock.clone()).unwrap().library;
    let whale = library.create_project("  The\u{202e} whale\n ").await.unwrap();
    clock.turn(5);
    let city = library.create_project("'; drop table projects; --").await.unwrap();
    clock.turn(5);
    library.commit(&whale, vec![Change::Stage("storyboard".to_owned()), Change::Duration(Some(30_000))]).await.unwrap();
    drop(library);

    let library = open(home.path());
    let projects = library.projects().await.unwrap();
    assert_eq!(projects.iter().map(|p| p.id.clone()).collect::<Vec<_>>(), [whale.clone(), city.clone()]);
    let first = &projects[0];
    assert_eq!((first.title.as_str(), first.stage.as_str()), ("The whale", "storyboard"));
    assert_eq!((first.created_ms, first.updated_ms, first.duration_ms), (DAY, DAY + 10, Some(30_000)));
    assert_eq!(projects[1].title, "'; drop table projects; --");
    library.rename_project(&city, "City at night").await.unwrap();
    assert_eq!(library.projects().await.unwrap()[0].title, "City at night");
}

#[tokio::test]
async fn a_deleted_project_comes_back_until_it_is_purged() {
    let home = tempfile::tempdir().unwrap();
    let clock = HandClock::at(DAY);
    let reopen = || Library::open_with_clock(home.path(), clock.clone()).unwrap().library;
    let library = reopen();
    let whale = library.create_project("Whale").await.unwrap();
    let ship = library.create_project("Ship").await.unwrap();
    for id in [&whale, &ship] {
        library.append(id, None, json!({"type": "made"})).await.unwrap();
        library.start_run(id, json!({})).await.unwrap();
        library.delete_project(id).await.unwrap();
    }
    assert!(library.projects().await.unwrap().is_empty());
    assert!(library.unfinished_runs().await.unwrap().is_empty(), "what is in the trash does not ask to go on");
    assert_eq!(library.trash().await.unwrap().len(), 2);
    library.undelete_project(&ship).await.unwrap();
    assert_eq!(library.unfinished_runs().await.unwrap().len(), 1);

    drop(library);
    clock.turn(TRASH_DAYS * DAY);
    let library = reopen();
    assert_eq!(library.trash().await.unwrap().len(), 1, "on the last day it is still there");
    drop(library);
    clock.turn(1);
    let library = reopen();
    assert!(library.trash().await.unwrap().is_empty());
    assert_eq!(library.undelete_project(&whale).await, Err(LibraryError::NoProject(whale.clone())));
    assert!(library.events_after(&whale, 0, 10).await.unwrap().is_empty());
    assert_eq!(library.head(&ship).await, Ok(1));
}

#[tokio::test]
async fn a_copy_has_everything_and_goes_its_own_way() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let whale = library.create_project("Whale").await.unwrap();
    let store = library.project_store(&whale);
    let frame = store.keep(kept("frame/sh_1", json!(1), b"picture")).await.unwrap();
    library.pin(&whale, &slot("frame/sh_1"), &frame.key).await.unwrap();
    let message = library.add_message(&whale, "user", json!({"text": "a whale"})).await.unwrap();
    library.put_document(&whale, "brief", json!({"subject": "whale"})).await.unwrap();
    library.append(&whale, None, json!({"type": "brief"})).await.unwrap();
    let cut_off = library.start_run(&whale, json!({"order": 1})).await.unwrap();
    library.commit(&whale, vec![Change::Cover(Some(frame.blobs[0].clone()))]).await.unwrap();

    let copy = library.duplicate_project(&whale, "Whale 2").await.unwrap();
    let (original, twin) = (library.snapshot(&whale).await.unwrap(), library.snapshot(&copy).await.unwrap());
    assert_eq!(twin.project.title, "Whale 2");
    assert_eq!(twin.project.cover, original.project.cover);
    assert_eq!((&twin.documents, &twin.messages), (&original.documents, &original.messages));
    assert_eq!((&twin.slots, &twin.pins), (&original.slots, &original.pins));
    assert_eq!(twin.messages[0].id, message);
    assert_eq!(crate::files_below(&home.path().join("blobs")), 1, "blobs are shared");
    // The run goes on in the original only; the copy's stream says that it is over.
    assert_eq!(library.unfinished_runs().await.unwrap().iter().map(|r| &r.project).collect::<Vec<_>>(), [&whale]);
    assert_eq!((original.project.head, twin.project.head), (1, 2));
    assert_eq!(library.runs(&copy).await.unwrap()[0].outcome, Some(RunOutcome::Cancelled));
    let last = &library.events_after(&copy, 1, 10).await.unwrap()[0];
    assert_eq!((last.run.as_ref(), &last.body["type"]), (Some(&cut_off), &json!("run_ended")));

    library.add_message(&copy, "user", json!({"text": "at night"})).await.unwrap();
    library.unpin(&copy, &slot("frame/sh_1")).await.unwrap();
    assert_eq!(library.messages(&whale).await.unwrap().len(), 1);
    assert_eq!(library.pins(&whale).await.unwrap().len(), 1);
    assert_eq!(
        library.duplicate_project(&ProjectId::new(), "x").await.map_err(|e| e.to_string().starts_with("there is no")),
        Err(true)
    );
}

#[tokio::test]
async fn changes_that_belong_together_are_made_together() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let whale = library.create_project("Whale").await.unwrap();
    let message = || Change::Message { id: MessageId::new(), role: "user".to_owned(), body: json!("a whale") };
    let event = |n: i32| Change::Event { run: None, body: json!(n) };
    let seqs = library.commit(&whale, vec![event(1), message(), event(2)]).await.unwrap();
    assert_eq!(seqs, [1, 2]);
    let never = Change::RunEnded { id: new_run_id(), outcome: RunOutcome::Finished };
    assert!(library.commit(&whale, vec![event(3), message(), never]).await.is_err());
    let snapshot = library.snapshot(&whale).await.unwrap();
    assert_eq!((snapshot.project.head, snapshot.messages.len()), (2, 1));
    let same = MessageId::new();
    let twice = |_| Change::Message { id: same.clone(), role: "user".to_owned(), body: json!("again") };
    assert!(library.commit(&whale, (0..2).map(twice).collect()).await.is_err(), "an id names one message");
    assert!(library.commit(&ProjectId::new(), vec![]).await.is_err(), "there is no such project");
}

#[tokio::test]
async fn a_conversation_is_read_in_pages_from_its_end() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let whale = library.create_project("Whale").await.unwrap();
    for n in 0..7 {
        library.add_message(&whale, "user", json!(n)).await.unwrap();
    }
    let mut before = None;
    let mut read = Vec::new();
    for expected in [3, 3, 1, 0] {
        let page = library.messages_before(&whale, before.as_ref(), 3).await.unwrap();
        assert_eq!(page.len(), expected);
        before = page.first().map(|message| message.id.clone()).or(before);
        read.splice(0..0, page);
    }
    assert_eq!(read, library.messages(&whale).await.unwrap());
    assert!(library.messages_before(&whale, Some(&MessageId::new()), 3).await.unwrap().is_empty());
}

#[tokio::test]
async fn runs_documents_and_settings_are_remembered() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let whale = library.create_project("Whale").await.unwrap();
    let done = library.start_run(&whale, json!({"n": 1})).await.unwrap();
    let open_still = library.start_run(&whale, json!({"n": 2})).await.unwrap();
    library.end_run(&whale, &done, RunOutcome::Finished).await.unwrap();
    library.end_run(&whale, &done, RunOutcome::Failed).await.unwrap();
    library.put_document(&whale, "brief", json!({"subject": "ship"})).await.unwrap();
    library.put_document(&whale, "brief", json!({"subject": "whale"})).await.unwrap();
    library.set_setting("language", json!("de")).await.unwrap();
    library.set_setting("language", json!("fr")).await.unwrap();
    drop(library);

    let library = open(home.path());
    let runs = library.runs(&whale).await.unwrap();
    assert_eq!(runs[0].outcome, Some(RunOutcome::Finished), "the first end counts");
    assert_eq!(library.last_run(&whale).await.unwrap().as_ref(), runs.last());
    let unfinished = library.unfinished_runs().await.unwrap();
    assert_eq!(unfinished.iter().map(|r| (&r.id, &r.order)).collect::<Vec<_>>(), [(&open_still, &json!({"n": 2}))]);
    assert!(library.end_run(&whale, &run(), RunOutcome::Finished).await.is_err());
    assert_eq!(library.document(&whale, "brief").await.unwrap(), Some(json!({"subject": "whale"})));
    assert_eq!(library.document(&whale, "script").await.unwrap(), None);
    assert_eq!(library.setting("language").await.unwrap(), Some(json!("fr")));
    assert_eq!(library.setting("ratio").await.unwrap(), None);
}

#[test]
fn an_id_from_outside_is_checked() {
    for bad in
        ["", "prj_", "prj_../../etc", "msg_0192f0c0a0b07ccc8ddd0123456789ab", "prj_0192F0C0A0B07CCC8DDD0123456789AB"]
    {
        assert!(ProjectId::try_from(bad.to_owned()).is_err(), "{bad:?}");
    }
    let id = ProjectId::new();
    assert_eq!(serde_json::from_value::<ProjectId>(json!(id)).unwrap(), id);
    assert!(ProjectId::new() > id, "later ids sort after earlier ones");
}
