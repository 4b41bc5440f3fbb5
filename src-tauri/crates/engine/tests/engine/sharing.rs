//! Nothing is made twice: not in a run, not in two at once, not after a change that changes nothing.

use std::sync::Arc;

use engine::{RunOutcome, Slot};
use serde_json::json;
use tokio::sync::Notify;

use crate::stage::{Does, Stage, failure, one, slot};

/// Something to wait for, and the other end of it.
fn gate() -> (Arc<Notify>, Arc<Notify>) {
    Default::default()
}

#[tokio::test(start_paused = true)]
async fn two_runs_at_once_make_the_same_thing_once() {
    let stage = Stage::new(&[]);
    let (there, go) = gate();
    let task = || vec![stage.leaf("picture", &[], Does::Wait(there.clone(), go.clone()))];
    let first = stage.start("first", task());
    there.notified().await;
    let second = stage.start("second", task());
    while stage.state("second", "picture") != "queued" {
        tokio::task::yield_now().await;
    }
    go.notify_one();
    let (first, second) = (first.wait().await, second.wait().await);
    assert_eq!((first.made, first.reused), (1, 0));
    assert_eq!((second.made, second.reused), (0, 1));
    assert_eq!(first.results, second.results);
    assert_eq!(stage.log.made(), ["picture"]);
}

#[tokio::test(start_paused = true)]
async fn when_the_one_who_makes_it_is_stopped_the_next_one_makes_it() {
    let stage = Stage::new(&[]);
    let (there, go) = gate();
    let first = stage.start("first", vec![stage.says("picture", json!("x"), &[], Does::Obey)]);
    while stage.state("first", "picture") != "running" {
        tokio::task::yield_now().await;
    }
    let task = stage.says("picture", json!("x"), &[], Does::Wait(there.clone(), go.clone()));
    let second = stage.start("second", vec![task]);
    while stage.state("second", "picture") != "queued" {
        tokio::task::yield_now().await;
    }
    first.cancel();
    there.notified().await;
    go.notify_one();
    assert_eq!(first.wait().await.outcome, RunOutcome::Cancelled);
    assert_eq!(second.wait().await.made, 1);
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_share_a_failure() {
    let stage = Stage::new(&[]);
    let same = |at: &str| stage.says(at, json!("same"), &[], Does::Fail);
    let report = stage.run("run", vec![same("a"), same("b"), same("c")]).await;
    assert_eq!(report.failures.len(), 3);
    assert_eq!(stage.log.made().len(), 1, "the same work fails once");
    let again = stage.run("again", vec![same("a")]).await;
    assert_eq!((again.failures.len(), stage.log.made().len()), (1, 2), "a new run tries again");
}

#[tokio::test(start_paused = true)]
async fn two_projects_do_not_wait_for_each_other() {
    let stage = Stage::new(&[]);
    let other = Stage { engine: stage.engine.clone(), ..Stage::new(&[]) };
    let (there, go) = gate();
    let first = stage.start("first", vec![stage.leaf("picture", &[], Does::Wait(there.clone(), go.clone()))]);
    there.notified().await;
    let second = other.run("second", vec![other.leaf("picture", &[], Does::Work(1))]).await;
    assert_eq!(second.made, 1);
    go.notify_one();
    assert_eq!(first.wait().await.made, 1);
}

#[tokio::test(start_paused = true)]
async fn a_wave_stops_where_nothing_changed() {
    let stage = Stage::new(&[]);
    let chain = |brief: &str| {
        vec![
            stage.says("brief", json!(brief), &[], Does::Work(1)),
            stage.leaf("look", &[one("brief")], Does::Give(json!({"palette": "warm"}))),
            stage.leaf("picture", &[one("look")], Does::Work(1)),
            stage.leaf("film", &[one("picture")], Does::Work(1)),
        ]
    };
    stage.run("first", chain("a whale")).await;
    stage.run("second", chain("a whale and a keeper")).await;
    let states = ["brief", "look", "picture", "film"].map(|at| stage.state("second", at));
    assert_eq!(states, ["done", "done", "cached", "cached"]);
}

#[tokio::test(start_paused = true)]
async fn what_the_person_chose_wins() {
    let stage = Stage::new(&[]);
    let tasks = |says: &str| {
        vec![
            stage.says("picture", json!(says), &[], Does::Work(1)),
            stage.leaf("film", &[one("picture")], Does::Work(1)),
        ]
    };
    let first = stage.run("first", tasks("old")).await;
    let old: &Slot = &slot("picture");
    stage.store.pin(old, first.results[old].clone());
    let second = stage.run("second", tasks("new")).await;
    assert_eq!(second.results, first.results);
    assert_eq!((second.made, second.reused), (0, 2));
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_was_mended_is_made_and_nothing_else() {
    let stage = Stage::new(&[]);
    let tasks = |does: Does| vec![stage.leaf("a", &[], Does::Work(1)), stage.leaf("b", &[one("a")], does)];
    let first = stage.run("first", tasks(Does::Fail)).await;
    assert_eq!(first.outcome, RunOutcome::Failed);
    assert_eq!(failure(&first, "b").message, "b was refused");
    let second = stage.run("second", tasks(Does::Work(1))).await;
    assert_eq!((second.outcome, second.made, second.reused), (RunOutcome::Finished, 1, 1));
}
