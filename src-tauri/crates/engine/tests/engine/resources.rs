//! What there is only so much of: never more, the urgent first, fair between runs, nobody starves.

use std::sync::Arc;

use engine::{Need, Resource, TaskSpec};
use serde_json::json;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::stage::{Does, Stage, one};

const PEN: Resource = Resource("pen");
const INK: Resource = Resource("ink");

fn task(stage: &Stage, at: &str, needs: &[Need], ms: u64, uses: &[(Resource, u32)]) -> TaskSpec {
    let mut task = stage.holding(at, json!(at), needs, Does::Work(ms), uses);
    task.weight_ms = ms as u32;
    task
}

/// A task that holds so much until it is let go, and the way to let it go.
async fn hold(stage: &Stage, at: &str, uses: &[(Resource, u32)]) -> (engine::RunHandle, Arc<Notify>) {
    let (there, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let task = stage.holding(at, json!(at), &[], Does::Wait(there.clone(), go.clone()), uses);
    let handle = stage.start(at, vec![task]);
    there.notified().await;
    (handle, go)
}

async fn queued(stage: &Stage, run: &str, slots: &[&str]) {
    for at in slots {
        while stage.state(run, at) != "queued" {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn work_goes_on_side_by_side_up_to_the_limit() {
    let check = async |capacity: u32, uses: u32, expected_ms: u128, peak: u32| {
        let stage = Stage::new(&[(PEN, capacity)]);
        let tasks = (0..6).map(|i| task(&stage, &format!("t/{i}"), &[], 100, &[(PEN, uses)])).collect();
        let began = Instant::now();
        stage.run("run", tasks).await;
        assert_eq!((began.elapsed().as_millis(), stage.log.peak(PEN)), (expected_ms, peak));
    };
    check(1, 1, 600, 1).await;
    check(2, 1, 300, 2).await;
    check(6, 1, 100, 6).await;
    check(3, 2, 600, 2).await;
    check(4, 2, 300, 4).await;
    check(2, 9, 600, 2).await;
    check(0, 1, 600, 1).await;
}

#[tokio::test(start_paused = true)]
async fn the_longest_remaining_path_goes_first() {
    let stage = Stage::new(&[(PEN, 1)]);
    let (_, go) = hold(&stage, "holder", &[(PEN, 1)]).await;
    let pen = [(PEN, 1)];
    let tasks = vec![
        task(&stage, "short", &[], 20, &pen),
        task(&stage, "middle", &[], 50, &pen),
        task(&stage, "head", &[], 10, &pen),
        task(&stage, "tail", &[one("head")], 70, &pen),
    ];
    let handle = stage.start("run", tasks);
    queued(&stage, "run", &["short", "middle", "head"]).await;
    go.notify_one();
    handle.wait().await;
    assert_eq!(stage.log.made()[1..], ["head", "tail", "middle", "short"]);
}

#[tokio::test(start_paused = true)]
async fn two_runs_take_turns() {
    let stage = Stage::new(&[(PEN, 1)]);
    let (_, go) = hold(&stage, "holder", &[(PEN, 1)]).await;
    let tasks = |run: &str, count: u32| {
        (0..count).map(|i| task(&stage, &format!("{run}/{i}"), &[], 10, &[(PEN, 1)])).collect::<Vec<_>>()
    };
    let big = stage.start("big", tasks("big", 6));
    queued(&stage, "big", &["big/0", "big/5"]).await;
    let small = stage.start("small", tasks("small", 2));
    queued(&stage, "small", &["small/0", "small/1"]).await;
    go.notify_one();
    small.wait().await;
    big.wait().await;
    let made = stage.log.made();
    assert_eq!(made[1..5], ["big/0", "small/0", "big/1", "small/1"]);
}

#[tokio::test(start_paused = true)]
async fn a_wide_task_is_not_starved_by_narrow_ones() {
    let stage = Stage::new(&[(PEN, 2)]);
    let (_, go) = hold(&stage, "holder", &[(PEN, 1)]).await;
    let (_, go_too) = hold(&stage, "second", &[(PEN, 1)]).await;
    let mut tasks = vec![task(&stage, "wide", &[], 100, &[(PEN, 2)])];
    tasks.extend((0..4).map(|i| task(&stage, &format!("narrow/{i}"), &[], 10, &[(PEN, 1)])));
    let handle = stage.start("run", tasks);
    queued(&stage, "run", &["wide", "narrow/0", "narrow/3"]).await;
    go.notify_one();
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    assert_eq!(stage.log.made(), ["holder", "second"], "what is free is kept for the wide one");
    go_too.notify_one();
    handle.wait().await;
    assert_eq!(stage.log.made()[2], "wide");
}

#[tokio::test(start_paused = true)]
async fn a_wide_task_that_is_stopped_lets_the_others_go() {
    let stage = Stage::new(&[(PEN, 2)]);
    let (_, go) = hold(&stage, "holder", &[(PEN, 1)]).await;
    let wide = stage.start("wide", vec![task(&stage, "wide", &[], 100, &[(PEN, 2)])]);
    queued(&stage, "wide", &["wide"]).await;
    let narrow = stage.start("narrow", vec![task(&stage, "narrow", &[], 10, &[(PEN, 1)])]);
    queued(&stage, "narrow", &["narrow"]).await;
    wide.cancel();
    narrow.wait().await;
    assert_eq!(stage.log.made(), ["holder", "narrow"]);
    go.notify_one();
}

#[tokio::test(start_paused = true)]
async fn a_resource_that_is_stuck_holds_up_nobody_else() {
    let stage = Stage::new(&[(PEN, 1), (INK, 2)]);
    let (_, go) = hold(&stage, "holder", &[(PEN, 1)]).await;
    let (_, go_ink) = hold(&stage, "inky", &[(INK, 1)]).await;
    let tasks = vec![
        task(&stage, "both", &[], 100, &[(PEN, 1), (INK, 2)]),
        task(&stage, "stuck", &[], 90, &[(PEN, 1)]),
        task(&stage, "ink", &[], 10, &[(INK, 1), (INK, 0), (Resource("air"), 7)]),
        task(&stage, "free", &[], 10, &[(Resource("air"), 7)]),
    ];
    let handle = stage.start("run", tasks);
    for at in ["ink", "free"] {
        while stage.state("run", at) != "done" {
            tokio::time::advance(std::time::Duration::from_millis(1)).await;
        }
    }
    assert_eq!(stage.state("run", "stuck"), "queued");
    go.notify_one();
    go_ink.notify_one();
    assert_eq!(handle.wait().await.made, 4);
}
