//! Bad input: a clear message, nothing lost, no crash.

use app::App;
use app::wire::{ErrorCode, MessageBody};

use crate::open;

#[tokio::test(flavor = "multi_thread")]
async fn odd_messages_are_taken_as_text_or_refused_in_words() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    let project = app.create_project("").await.unwrap();
    for (text, code) in [
        ("", ErrorCode::BadRequest),
        (" \n\t ", ErrorCode::BadRequest),
        (&"a whale ".repeat(25_000), ErrorCode::BadRequest),
    ] {
        let problem = app.send_message(&project, "", text).await.unwrap_err();
        assert_eq!(problem.code, code);
        assert!(!problem.hint.is_empty() && problem.message.len() < 200, "{problem:?}");
    }
    for text in [
        "🐋🌊🏮",
        "סרט על לוויתן לבן שמתיידד עם שומר מגדלור",
        "a film about <script>alert(1)</script> & \"quotes\" '; drop table projects; --",
        "a film about %s %n ../../etc/passwd $(reboot) `id`",
        "a film about a\u{0}b\u{7}c",
    ] {
        let said = app.say(None, text).await.unwrap();
        let view = app.project(&said.project).await.unwrap();
        assert!(view.brief.is_some(), "{text:?}: {:?}", said.replies);
        let MessageBody::Text { text: kept } = &view.messages[0].body else { panic!("what was said is kept") };
        assert!(!kept.chars().any(char::is_control), "{kept:?}");
        if text.contains("<script>") {
            assert_eq!(kept, text, "shown as it was written");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_is_kept_and_its_backup_offered() {
    let home = tempfile::tempdir().unwrap();
    let database = home.path().join("library.db");
    {
        let app = open(home.path()).await;
        app.say(None, "a fox in the snow").await.unwrap();
        app.close().await;
    }
    // The first opening of a day makes the backup.
    open(home.path()).await.close().await;
    std::fs::write(&database, b"this was a database once".repeat(500)).unwrap();
    for beside in ["library.db-wal", "library.db-shm"] {
        let _ = std::fs::remove_file(home.path().join(beside));
    }
    let app = open(home.path()).await;
    let screen = app.home().await.unwrap();
    let trouble = screen.trouble.expect("it says so");
    assert!(std::path::Path::new(&trouble.kept).exists(), "the damaged file is kept");
    assert!(screen.projects.is_empty());
    assert!(!trouble.backup.is_empty(), "a backup is offered");
    app.restore_backup(&trouble.backup).await.unwrap();
    let screen = app.home().await.unwrap();
    assert_eq!((screen.projects.len(), screen.trouble), (1, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_library_in_use_and_a_folder_that_is_none_are_named() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    let held = App::open(home.path()).await.unwrap_err();
    assert_eq!(held.code, ErrorCode::LibraryHeld);
    assert!(held.message.contains(&std::process::id().to_string()), "it says who: {}", held.message);
    assert_eq!(
        App::open_read_only(home.path()).await.unwrap().projects().await.unwrap().len(),
        0,
        "reading needs no lock"
    );
    drop(app);
    let file = home.path().join("file");
    std::fs::write(&file, b"x").unwrap();
    let below = App::open(&file.join("home")).await.unwrap_err();
    assert_eq!(below.code, ErrorCode::Storage);
    assert!(below.message.contains("file") && !below.hint.is_empty(), "{below:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_said_to_be_missing() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    for id in ["", "prj_1", "../../etc", "prj_00000000000000000000000000000000"] {
        assert_eq!(app.project(id).await.unwrap_err().code, ErrorCode::NotFound, "{id:?}");
    }
    let project = app.create_project("").await.unwrap();
    assert_eq!(app.start(&project, "").await.unwrap_err().code, ErrorCode::NotNow);
    assert_eq!(app.save_film(&project, home.path()).await.unwrap_err().code, ErrorCode::NotFound);
    assert!(app.media("../../etc/passwd").await.is_none());
}
