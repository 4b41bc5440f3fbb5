//! Stopping a run: at once for the person, kindly for what is at work.

use std::sync::Arc;
use std::time::Duration;

use engine::{Event, Resource, RunId, RunOutcome, TaskState};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::stage::{Does, Stage, one, slot};

async fn until(stage: &Stage, run: &str, at: &str, state: &str) {
    while stage.state(run, at) != state {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_stopped_run_says_so_at_once_and_waits_two_seconds_for_the_deaf() {
    let stage = Stage::new(&[(Resource("pen"), 1)]);
    let pen = [(Resource("pen"), 1)];
    let tasks = vec![
        stage.holding("deaf", "deaf".into(), &[], Does::Ignore, &pen),
        stage.holding("queued", "queued".into(), &[], Does::Work(1), &pen),
        stage.leaf("kind", &[], Does::Obey),
        stage.leaf("waiting", &[one("deaf")], Does::Work(1)),
    ];
    let handle = stage.start("run", tasks);
    assert_eq!(handle.id(), &RunId("run".to_owned()));
    until(&stage, "run", "queued", "queued").await;
    until(&stage, "run", "kind", "running").await;
    let began = Instant::now();
    handle.cancel();
    for at in ["deaf", "queued", "kind", "waiting"] {
        until(&stage, "run", at, "cancelled").await;
    }
    assert!(began.elapsed() < Duration::from_millis(200));
    let report = handle.wait().await;
    assert_eq!(report.outcome, RunOutcome::Cancelled);
    assert!(report.failures.is_empty() && report.fault.is_none());
    assert_eq!(began.elapsed(), Duration::from_secs(2));
    assert_eq!(stage.log.made(), ["deaf", "kind"], "what was queued never starts");

    // What the deaf one held is free again, and its folder is gone.
    let after = stage.run("after", vec![stage.holding("queued", "queued".into(), &[], Does::Work(1), &pen)]).await;
    assert_eq!(after.made, 1);
    assert_eq!(stage.store.scratch_folders(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_result_that_is_finished_while_stopping_is_kept() {
    let stage = Stage::new(&[]);
    let (there, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let task = || vec![stage.leaf("a", &[], Does::Wait(there.clone(), go.clone()))];
    let handle = stage.start("run", task());
    there.notified().await;
    handle.cancel();
    until(&stage, "run", "a", "cancelled").await;
    go.notify_one();
    let report = handle.wait().await;
    assert_eq!((report.outcome, report.made), (RunOutcome::Cancelled, 1));
    assert!(report.results.contains_key(&slot("a")));
    assert_eq!(stage.states("run", "a"), ["running", "cancelled"]);
    assert_eq!(stage.run("again", task()).await.reused, 1);
}

#[tokio::test(start_paused = true)]
async fn stopping_one_run_leaves_the_other_alone() {
    let stage = Stage::new(&[]);
    let first = stage.start("first", vec![stage.leaf("a", &[], Does::Obey)]);
    let second = stage.start("second", vec![stage.leaf("b", &[], Does::Work(500))]);
    until(&stage, "first", "a", "running").await;
    first.cancel();
    assert_eq!(first.wait().await.outcome, RunOutcome::Cancelled);
    assert_eq!(second.wait().await.outcome, RunOutcome::Finished);
    second.cancel();
    assert_eq!(second.wait().await.outcome, RunOutcome::Finished, "it is too late to stop what ended");
}

#[tokio::test(start_paused = true)]
async fn dropping_the_handle_does_not_stop_the_run() {
    let stage = Stage::new(&[]);
    drop(stage.start("run", vec![stage.leaf("a", &[], Does::Work(5))]));
    let ended = |event: &Event| matches!(event, Event::RunEnded { outcome: RunOutcome::Finished, .. });
    while !stage.store.events_of(&RunId("run".to_owned())).last().is_some_and(ended) {
        tokio::time::advance(Duration::from_millis(1)).await;
    }
    assert_eq!(stage.states("run", "a"), ["running", "done"]);
    let took = stage.store.events().into_iter().find_map(|(_, event)| match event {
        Event::Task { state: TaskState::Done { took_ms, .. }, .. } => Some(took_ms),
        _ => None,
    });
    assert!(took.is_some_and(|took| took >= 5));
}
