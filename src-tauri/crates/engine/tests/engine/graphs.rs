//! Any graph: no task before its inputs, every task settles as it must, nothing is made twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use engine::{Event, RunId, RunOutcome, RunReport, TaskState};
use proptest::prelude::*;

use crate::sketch::{CALLS, CORES, Piece, Placed, expected, givers, pieces, place, tasks};
use crate::stage::{Stage, name};

const CAPACITY: [(engine::Resource, u32); 2] = [(CORES, 3), (CALLS, 1)];

/// Runs a future on paused time.
pub(crate) fn on_paused_time<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(future)
}

async fn run(all: &Arc<Vec<Placed>>, stage: &Arc<Stage>, run: &str) -> RunReport {
    let limit = Duration::from_mins(10);
    tokio::time::timeout(limit, stage.run(run, tasks(all, stage))).await.expect("a run ends")
}

/// What the stream says became of each task, once it is checked that the stream itself is sound.
fn check(stage: &Stage, run: &str, all: &[Placed]) -> BTreeMap<String, String> {
    let events = stage.store.events_of(&RunId(run.to_owned()));
    assert_eq!(events.first(), Some(&Event::RunStarted));
    assert!(matches!(events.last(), Some(Event::RunEnded { .. })));
    let mut planned = BTreeSet::new();
    let mut settled: BTreeMap<String, String> = BTreeMap::new();
    for event in &events[1..events.len() - 1] {
        match event {
            Event::TaskPlanned { slot, .. } => {
                assert!(planned.insert(slot.to_string()), "{slot} is planned once");
                for need in all.iter().flat_map(|p| &p.needs) {
                    // A join that started cannot have missed a member.
                    let late = givers(need, all).any(|giver| giver == slot.as_str());
                    let started = all.iter().filter(|p| p.needs.contains(need)).find(|p| {
                        settled.get(&p.slot).is_some_and(|state| ["done", "cached", "expanded"].contains(&&**state))
                    });
                    assert!(!late || started.is_none(), "{slot} came after {:?} started", started.map(|p| &p.slot));
                }
            }
            Event::Task { slot, state, .. } => {
                assert!(planned.contains(slot.as_str()), "{slot} is planned before it changes");
                assert!(!settled.contains_key(slot.as_str()), "{slot} does not change any more");
                let starts = matches!(state, TaskState::Running | TaskState::Queued { .. } | TaskState::Cached { .. });
                for need in all.iter().filter(|p| starts && p.slot == slot.as_str()).flat_map(|p| &p.needs) {
                    for giver in givers(need, all).filter(|giver| planned.contains(*giver)) {
                        let state = settled.get(giver).map(String::as_str);
                        let met = if need.can_do_without() {
                            state.is_some()
                        } else {
                            matches!(state, Some("done" | "cached" | "expanded"))
                        };
                        assert!(met, "{slot} started when {giver} was {state:?}");
                    }
                }
                if state.is_settled() {
                    settled.insert(slot.to_string(), name(state));
                }
            }
            Event::RunStarted | Event::RunEnded { .. } => panic!("a run starts and ends once"),
            Event::Narrowed { .. } => {}
            Event::Spent { .. } | Event::Paused { .. } | Event::Resumed { .. } => panic!("nobody did that: {event:?}"),
        }
    }
    assert_eq!(planned, settled.keys().cloned().collect(), "every task settles");
    assert_eq!(stage.store.scratch_folders(), 0, "scratch folders are gone");
    settled
}

fn fates(settled: &BTreeMap<String, String>) -> BTreeMap<String, &'static str> {
    let fate = |state: &str| match state {
        "done" | "cached" | "expanded" => "good",
        "failed" => "failed",
        "skipped" => "skipped",
        other => panic!("a run that was not stopped left {other}"),
    };
    settled.iter().map(|(slot, state)| (slot.clone(), fate(state))).collect()
}

fn nothing_twice(stage: &Stage) {
    let kept = stage.store.kept();
    let keys: BTreeSet<_> = kept.iter().map(|(_, key)| key).collect();
    assert_eq!(keys.len(), kept.len(), "no key is made twice");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_graph_ends_as_it_must_and_again_from_memory(pieces in pieces()) {
        on_paused_time(a_graph(pieces));
    }

    #[test]
    fn a_stopped_run_goes_on_where_it_was(pieces in pieces(), moment in 0..80_u64) {
        on_paused_time(a_stopped_run(pieces, moment));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_graph_ends_as_it_must_on_several_threads(pieces in pieces()) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_time().build().unwrap();
        runtime.block_on(a_graph(pieces));
    }
}

async fn a_graph(pieces: Vec<Piece>) {
    let all = Arc::new(place(&pieces));
    let stage = Arc::new(Stage::new(&CAPACITY));
    let report = run(&all, &stage, "first").await;

    let fate = fates(&check(&stage, "first", &all));
    assert_eq!(fate, expected(&all));
    let whole = fate.values().all(|end| *end == "good");
    assert_eq!(report.outcome, if whole { RunOutcome::Finished } else { RunOutcome::Failed });
    assert_eq!(report.made as usize, stage.store.kept().len());
    let failed: BTreeSet<_> = report.failures.iter().map(|(slot, _)| slot.to_string()).collect();
    assert_eq!(failed, fate.iter().filter(|(_, end)| **end == "failed").map(|(slot, _)| slot.clone()).collect());
    nothing_twice(&stage);
    for (resource, capacity) in CAPACITY {
        assert!(stage.log.peak(resource) <= capacity);
    }

    let again = run(&all, &stage, "again").await;
    let states = check(&stage, "again", &all);
    assert_eq!(fates(&states), fate);
    assert_eq!(again.made, 0, "nothing is made again");
    assert!(!states.values().any(|state| state == "done"));
    assert_eq!(again.results, report.results);

    let other = Arc::new(Stage::new(&[]));
    let elsewhere = run(&all, &other, "first").await;
    assert_eq!(elsewhere.results, report.results, "the same graph has the same keys and results, however it is run");
}

async fn a_stopped_run(pieces: Vec<Piece>, moment: u64) {
    let all = Arc::new(place(&pieces));
    let stage = Arc::new(Stage::new(&CAPACITY));
    let handle = stage.start("stopped", tasks(&all, &stage));
    tokio::time::sleep(Duration::from_millis(moment)).await;
    handle.cancel();
    let report = handle.wait().await;
    let states = check(&stage, "stopped", &all);
    let cancelled = states.values().any(|state| state == "cancelled");
    assert_eq!(report.outcome == RunOutcome::Cancelled, cancelled);

    run(&all, &stage, "on").await;
    assert_eq!(fates(&check(&stage, "on", &all)), expected(&all));
    nothing_twice(&stage);
}
