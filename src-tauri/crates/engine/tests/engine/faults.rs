//! What goes wrong stays where it is, is said plainly, and never hangs a run.

use std::sync::Arc;

use engine::{Event, FailureKind, Inputs, RunId, RunOutcome, TaskSpec};

use crate::stage::{Does, Give, Stage, every, expand, failure, one};

fn gives(tasks: impl Fn() -> Vec<TaskSpec> + Send + Sync + 'static) -> Give {
    Arc::new(move |_: &Inputs| Ok(tasks()))
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_a_failure_of_its_task() {
    let stage = Stage::new(&[]);
    let tasks = vec![
        stage.leaf("a", &[], Does::Panic),
        stage.leaf("b", &[one("a")], Does::Work(1)),
        stage.leaf("c", &[], Does::Work(1)),
        expand("e", &[], &["d"], Arc::new(|_: &Inputs| panic!("no more paper"))),
        stage.leaf("f", &[every("d")], Does::Work(1)),
    ];
    let report = stage.run("run", tasks).await;
    let error = failure(&report, "a");
    assert_eq!(error.kind, FailureKind::Local);
    assert_eq!(error.message, "a fault in player while making a: the pencil broke");
    assert!(failure(&report, "e").message.contains("no more paper"));
    let states = ["a", "b", "c", "e", "f"].map(|at| stage.state("run", at));
    assert_eq!(states, ["failed", "skipped", "done", "failed", "skipped"]);
    assert_eq!((report.outcome, report.made), (RunOutcome::Failed, 1));
    assert_eq!(stage.store.scratch_folders(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_first_failure_is_named_down_the_line() {
    let stage = Stage::new(&[]);
    let tasks = vec![
        stage.leaf("d", &[one("c")], Does::Work(1)),
        stage.leaf("c", &[one("b")], Does::Work(1)),
        stage.leaf("b", &[one("a")], Does::Work(1)),
        stage.leaf("a", &[], Does::Fail),
    ];
    let report = stage.run("run", tasks).await;
    assert_eq!(report.failures.len(), 1);
    let skipped = stage.store.events().into_iter().filter_map(|(_, event)| match event {
        Event::Task { slot, state: engine::TaskState::Skipped { because }, .. } => Some(format!("{slot}: {because}")),
        _ => None,
    });
    assert_eq!(skipped.collect::<Vec<_>>(), ["b: a", "c: a", "d: a"]);
}

#[tokio::test(start_paused = true)]
async fn a_need_that_nothing_makes_fails_the_task() {
    let stage = Arc::new(Stage::new(&[]));
    let inner = stage.clone();
    let tasks = vec![
        stage.leaf("film", &[one("shot/lost")], Does::Work(1)),
        stage.leaf("poster", &[one("nowhere")], Does::Work(1)),
        stage.leaf("book", &[one("shot/found"), every("props")], Does::Work(1)),
        expand("shots", &[], &["shot"], gives(move || vec![inner.leaf("shot/found", &[], Does::Work(1))])),
    ];
    let report = stage.run("run", tasks).await;
    assert_eq!(failure(&report, "film").message, "film needs shot/lost, which nothing in this run makes");
    assert_eq!(failure(&report, "poster").kind, FailureKind::Invalid);
    assert_eq!(stage.state("run", "book"), "done", "a collection that nobody adds to is complete");
}

#[tokio::test(start_paused = true)]
async fn a_member_that_a_failed_expand_task_owes_is_skipped_not_missing() {
    let stage = Stage::new(&[]);
    let tasks = vec![
        stage.leaf("a", &[], Does::Fail),
        expand("shots", &[one("a")], &["shot"], gives(Vec::new)),
        stage.leaf("film", &[one("shot/b")], Does::Work(1)),
    ];
    let report = stage.run("run", tasks).await;
    assert_eq!(report.failures.len(), 1);
    assert_eq!(stage.state("run", "film"), "skipped");
}

#[tokio::test(start_paused = true)]
async fn tasks_that_wait_for_each_other_fail() {
    let stage = Stage::new(&[]);
    let tasks = vec![
        stage.leaf("x", &[one("a")], Does::Work(1)),
        stage.leaf("a", &[one("b")], Does::Work(1)),
        stage.leaf("b", &[one("c")], Does::Work(1)),
        stage.leaf("c", &[one("a")], Does::Work(1)),
        stage.leaf("self/one", &[every("self")], Does::Work(1)),
        expand("e", &[every("f")], &["f"], gives(Vec::new)),
        expand("g", &[one("h/x")], &["h"], gives(Vec::new)),
        stage.leaf("z", &[], Does::Work(1)),
    ];
    let report = stage.run("run", tasks).await;
    assert_eq!(failure(&report, "a").message, "a waits for itself: a → b → c → a");
    assert_eq!(failure(&report, "self/one").message, "self/one waits for itself: self/one → self/one");
    assert_eq!(failure(&report, "e").kind, FailureKind::Invalid);
    assert_eq!(failure(&report, "g").kind, FailureKind::Invalid);
    let states = ["x", "b", "c", "z"].map(|at| stage.state("run", at));
    assert_eq!(states, ["skipped", "skipped", "skipped", "done"]);
}

#[tokio::test(start_paused = true)]
async fn an_expand_task_gives_each_slot_once_and_only_what_it_announced() {
    let stage = Arc::new(Stage::new(&[]));
    let check = async |run: &str, tasks: fn(&Stage) -> Vec<TaskSpec>, words: &str| {
        let inner = stage.clone();
        let order = vec![
            stage.leaf("shot/a", &[], Does::Work(1)),
            expand("e", &[], &["shot"], gives(move || tasks(&inner))),
            stage.leaf("film", &[every("shot")], Does::Work(1)),
        ];
        let report = stage.run(run, order).await;
        assert!(failure(&report, "e").message.contains(words), "{}", failure(&report, "e"));
        assert_eq!(stage.state(run, "film"), "skipped");
        assert_eq!(stage.state(run, "shot/b"), "waiting", "it gives all or nothing");
    };
    check(
        "twice",
        |s| vec![s.leaf("shot/b", &[], Does::Work(1)), s.leaf("shot/b", &[], Does::Work(1))],
        "e plans shot/b, which is planned already",
    )
    .await;
    check("known", |s| vec![s.leaf("shot/a", &[], Does::Work(1))], "e plans shot/a, which is planned already").await;
    check("other", |s| vec![s.leaf("voice/a", &[], Does::Work(1))], "did not announce that it adds to voice").await;
    check(
        "nested",
        |s| vec![s.leaf("shot/b", &[], Does::Work(1)), expand("i", &[], &["voice"], gives(Vec::new))],
        "did not announce that it adds to voice",
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn an_order_that_plans_a_slot_twice_does_not_start() {
    let stage = Stage::new(&[]);
    let twice = vec![stage.leaf("a", &[], Does::Work(1)), stage.leaf("a", &[], Does::Work(1))];
    let report = stage.run("run", twice).await;
    assert_eq!(report.outcome, RunOutcome::Failed);
    assert_eq!(report.fault.unwrap().message, "the order plans a, which is planned already");
    let events = stage.store.events_of(&RunId("run".to_owned()));
    assert!(matches!(events.as_slice(), [Event::RunStarted, Event::RunEnded { outcome: RunOutcome::Failed, .. }]));
}

#[tokio::test(start_paused = true)]
async fn an_empty_order_is_finished() {
    let stage = Stage::new(&[]);
    assert_eq!(stage.run("run", Vec::new()).await.outcome, RunOutcome::Finished);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_fails_is_a_failure_of_the_task() {
    for call in ["pinned", "find", "last", "keep", "scratch"] {
        let stage = Stage::new(&[]);
        stage.store.break_down(call);
        let report = stage.run("run", vec![stage.leaf("a", &[], Does::Work(1))]).await;
        let error = failure(&report, "a");
        assert_eq!((error.kind, error.hint.as_str()), (FailureKind::Local, "Mend it."), "{call}");
        assert!(error.message.ends_with(call));
        assert_eq!(stage.state("run", "a"), "failed");
        stage.store.mend();
        assert_eq!(stage.run("again", vec![stage.leaf("a", &[], Does::Work(1))]).await.made, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_cannot_be_written_ends_the_run() {
    let stage = Stage::new(&[]);
    stage.store.break_down("record");
    let report = stage.run("run", vec![stage.leaf("a", &[], Does::Work(1))]).await;
    assert_eq!(report.outcome, RunOutcome::Failed);
    assert_eq!(report.fault.unwrap().hint, "Mend it.");

    stage.store.mend();
    let handle = stage.start("half", vec![stage.leaf("b", &[], Does::Obey)]);
    while stage.state("half", "b") != "running" {
        tokio::task::yield_now().await;
    }
    stage.store.break_down("record");
    handle.cancel();
    let report = handle.wait().await;
    assert!(report.fault.unwrap().message.contains("record"));
}
