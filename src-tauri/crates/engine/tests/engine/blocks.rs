//! What waits for the person: it says so, holds nothing, and goes on when the facts have changed.

use std::sync::Arc;
use std::time::Duration;

use engine::{Block, Cap, Caps, Event, Micros, OverCap, Patience, RunId, RunOrder, RunOutcome, TaskSpec, TaskState};
use serde_json::json;

use crate::provider::{Answers, Fault, Ring, World};
use crate::stage::{Does, Stage, all_made, every, if_made, one, slot};

fn block(stage: &Stage, run: &str, at: &str) -> Option<TaskState> {
    let events = stage.store.events_of(&RunId(run.to_owned()));
    events.into_iter().rev().find_map(|event| match event {
        Event::Task { slot: of, state, .. } if of == slot(at) => Some(state),
        _ => None,
    })
}

#[tokio::test(start_paused = true)]
async fn a_review_stop_waits_for_its_yes_and_asks_only_once() {
    let stage = Stage::new(&[]);
    let tasks = |outline: &str| {
        vec![
            stage.says("outline", json!(outline), &[], Does::Work(1)),
            stage.review("review", &[one("outline")]),
            stage.leaf("picture", &[one("outline"), one("review")], Does::Work(1)),
        ]
    };
    let handle = stage.start("run", tasks("a whale"));
    stage.until("run", "review", "needs_approval").await;
    let Some(TaskState::NeedsApproval { block: Block::Review { key } }) = block(&stage, "run", "review") else {
        panic!("it shows what is to be approved")
    };
    handle.look_again();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(stage.state("run", "picture"), "waiting", "nobody approved");
    stage.store.approve(&key);
    handle.look_again();
    assert_eq!(handle.wait().await.outcome, RunOutcome::Finished);
    let again = stage.run("again", tasks("a whale")).await;
    assert_eq!((again.outcome, again.reused), (RunOutcome::Finished, 3), "what was approved stays so");

    let other = stage.start("other", tasks("a squid"));
    stage.until("other", "review", "needs_approval").await;
    other.cancel();
    assert_eq!(other.wait().await.outcome, RunOutcome::Cancelled);
}

fn unknown(world: &Arc<World>, stage: &Stage, at: &str) -> TaskSpec {
    world.faults(at, [Fault::Cut]);
    let ring = Ring::new(world, at, Answers::After(10)).paid(7, 5);
    stage.leaf(at, &[], Does::Call(vec![ring]))
}

#[tokio::test(start_paused = true)]
async fn a_call_that_nobody_knows_of_is_sent_again_only_on_the_persons_word() {
    let (stage, world) = (Stage::new(&[]), Arc::default());
    let handle = stage.start("run", vec![unknown(&world, &stage, "a")]);
    stage.until("run", "a", "unknown").await;
    let Some(TaskState::Unknown { call, may_cost }) = block(&stage, "run", "a") else { panic!("it is unknown") };
    assert_eq!(may_cost, Some(Micros(7)));
    handle.look_again();
    tokio::time::sleep(Duration::from_hours(1)).await;
    assert_eq!((world.sent("a"), stage.store.spent()), (1, Micros(7)));
    stage.store.write_off(&call);
    handle.look_again();
    assert_eq!(handle.wait().await.outcome, RunOutcome::Finished);
    assert_eq!((world.sent("a"), stage.store.spent()), (2, Micros(12)));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_does_not_wait_ends_with_what_there_is() {
    let (stage, world) = (Stage::new(&[]), Arc::default());
    let tasks = || {
        vec![
            unknown(&world, &stage, "clip/a"),
            stage.leaf("clip/b", &[], Does::Work(5000)),
            stage.leaf("cut", &[all_made("clip")], Does::Work(1)),
            stage.leaf("poster", &[if_made("clip/a"), one("clip/b")], Does::Work(1)),
            stage.leaf("exact", &[every("clip")], Does::Work(1)),
            // The same work as the blocked one's: it is held up with it.
            stage.says("twin/a", json!("clip/a"), &[], Does::Call(Vec::new())),
        ]
    };
    let order = RunOrder { patience: Patience::Settle, ..RunOrder::new(RunId("run".to_owned()), tasks()) };
    let report = stage.order(order).wait().await;
    assert_eq!(report.outcome, RunOutcome::Waiting);
    let blocked: Vec<_> = report.blocked.iter().map(|(slot, _)| slot.as_str()).collect();
    assert_eq!(blocked, ["clip/a", "twin/a"]);
    let states = ["clip/a", "clip/b", "cut", "poster", "exact"].map(|at| stage.state("run", at));
    assert_eq!(states, ["unknown", "done", "done", "done", "skipped"]);

    // One that waits is told to settle.
    let handle = stage.start("waits", tasks());
    stage.until("waits", "clip/a", "unknown").await;
    tokio::time::sleep(Duration::from_mins(1)).await;
    assert_eq!(stage.state("waits", "cut"), "waiting");
    handle.settle();
    assert_eq!(handle.wait().await.outcome, RunOutcome::Waiting);
    assert_eq!((stage.state("waits", "cut").as_str(), world.sent("clip/a")), ("cached", 1));
}

#[tokio::test(start_paused = true)]
async fn two_runs_wait_for_the_same_word_and_only_the_one_that_is_in_a_hurry_gives_up() {
    let (stage, world) = (Stage::new(&[]), Arc::default());
    let first = stage.start("first", vec![unknown(&world, &stage, "a")]);
    stage.until("first", "a", "unknown").await;
    let hurried = RunOrder {
        patience: Patience::Settle,
        ..RunOrder::new(RunId("second".to_owned()), vec![unknown(&world, &stage, "a")])
    };
    assert_eq!(stage.order(hurried).wait().await.outcome, RunOutcome::Waiting);
    let Some(TaskState::Unknown { call, .. }) = block(&stage, "first", "a") else { panic!("it still waits") };
    stage.store.write_off(&call);
    world.faults("a", []);
    first.look_again();
    assert_eq!(first.wait().await.outcome, RunOutcome::Finished);
}

#[tokio::test(start_paused = true)]
async fn a_call_over_the_cap_asks_and_goes_on_when_the_cap_is_raised() {
    let (stage, world): (_, Arc<World>) = (Stage::new(&[]), Arc::default());
    let call = |at: &str| {
        let ring = Ring::new(&world, at, Answers::After(10)).paid(6, 6);
        stage.leaf(at, &[], Does::Call(vec![ring]))
    };
    let caps = Caps { run: Some(Micros(10)), ..Caps::default() };
    let order = RunOrder { caps, ..RunOrder::new(RunId("run".to_owned()), vec![call("a"), call("b")]) };
    let handle = stage.order(order);
    stage.until("run", "b", "needs_approval").await;
    let over = OverCap { cap: Cap::Run, limit: Micros(10), spent: Micros(6), wanted: Micros(6) };
    assert_eq!(block(&stage, "run", "b"), Some(TaskState::NeedsApproval { block: Block::OverCap(over) }));
    assert_eq!((world.sent("a"), world.sent("b")), (1, 0));
    handle.set_caps(Caps { run: Some(Micros(12)), ..Caps::default() });
    assert_eq!(handle.wait().await.outcome, RunOutcome::Finished);
    assert_eq!(world.charged(), Micros(12));
}
