//! Streams of events: gapless and in order whatever happens at once, and sent out as they are stored.

use engine::{Event, TaskState};
use library::{Change, Library, ProjectId, StoredEvent};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::json;
use tokio::task::JoinSet;

use crate::{open, slot};

/// What one task does, step by step: appends to a project, alone or with a change beside it, or a step that fails.
#[derive(Debug, Clone, Copy)]
enum Step {
    Append(usize),
    Commit(usize),
    Fail(usize),
}

fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    let step = (0..3_usize, 0..5_u8).prop_map(|(project, kind)| match kind {
        0 => Step::Fail(project),
        1 => Step::Commit(project),
        _ => Step::Append(project),
    });
    prop::collection::vec(prop::collection::vec(step, 1..12), 1..6)
}

async fn act(library: Library, projects: Vec<ProjectId>, task: usize, steps: Vec<Step>) {
    for (n, step) in steps.into_iter().enumerate() {
        let body = json!({"task": task, "n": n});
        match step {
            Step::Append(project) => {
                library.append(&projects[project], None, body).await.unwrap();
            }
            Step::Commit(project) => {
                let document = Change::Document { name: "brief".to_owned(), value: body.clone() };
                let changes = vec![Change::Event { run: None, body: body.clone() }, document];
                assert_eq!(library.commit(&projects[project], changes).await.unwrap().len(), 1);
            }
            Step::Fail(project) => {
                let nothing = engine::Slot::new("nothing").unwrap();
                let key = crate::form(json!("never made")).key();
                let changes = vec![Change::Event { run: None, body }, Change::Pin { slot: nothing, key }];
                library.commit(&projects[project], changes).await.unwrap_err();
            }
        }
    }
}

async fn check(tasks: Vec<Vec<Step>>) {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let mut projects = Vec::new();
    for n in 0..3 {
        projects.push(library.create_project(&format!("{n}")).await.unwrap());
    }
    let mut listener = library.subscribe();
    let expected: Vec<usize> = (0..3)
        .map(|p| {
            let counts = |s: &&Step| matches!(s, Step::Append(q) | Step::Commit(q) if *q == p);
            tasks.iter().flatten().filter(counts).count()
        })
        .collect();
    let mut working = JoinSet::new();
    for (task, steps) in tasks.into_iter().enumerate() {
        working.spawn(act(library.clone(), projects.clone(), task, steps));
    }
    while let Some(done) = working.join_next().await {
        done.unwrap();
    }
    let mut heard: Vec<StoredEvent> = Vec::new();
    while let Ok(event) = listener.try_recv() {
        heard.push(event);
    }
    for (project, expected) in projects.iter().zip(expected) {
        let stored = library.events_after(project, 0, 10_000).await.unwrap();
        assert_eq!(stored.iter().map(|e| e.seq).collect::<Vec<_>>(), (1..=expected as u32).collect::<Vec<_>>());
        assert_eq!(library.head(project).await, Ok(expected as u32));
        let sent: Vec<_> = heard.iter().filter(|event| &event.project == project).cloned().collect();
        assert_eq!(sent, stored, "what is sent out is what is stored, in the same order");
        for task in 0..6 {
            let own: Vec<_> = stored.iter().filter(|e| e.body["task"] == task).map(|e| e.body["n"].as_u64()).collect();
            assert!(own.is_sorted(), "a task's own events keep their order: {own:?}");
        }
        let middle = stored.len() / 2;
        let rest = library.events_after(project, middle as u32, 3).await.unwrap();
        assert_eq!(rest, stored[middle..].iter().take(3).cloned().collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn how_the_last_run_stands_needs_few_events() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("Whale").await.unwrap();
    let mut runs = Vec::new();
    for n in 0..2 {
        let run = library.start_run(&project, json!(n)).await.unwrap();
        let tell = |body| library.append(&project, Some(&run), body);
        tell(json!(Event::RunStarted)).await.unwrap();
        library.append(&project, None, json!({"type": "message"})).await.unwrap();
        for state in [TaskState::Waiting, TaskState::Running] {
            for slot in ["b", "a"].map(slot) {
                tell(json!(Event::Task { slot, state: state.clone(), at_ms: 7 })).await.unwrap();
            }
        }
        tell(json!(Event::Paused { at_ms: 8 })).await.unwrap();
        tell(json!("no event of the engine")).await.unwrap();
        library.end_run(&project, &run, engine::RunOutcome::Finished).await.unwrap();
        runs.push(run);
    }
    let all = library.run_events(&project, &runs[1]).await.unwrap();
    assert_eq!(all.len(), 7);
    assert!(all.iter().all(|event| event.run.as_ref() == Some(&runs[1])) && all.is_sorted_by_key(|event| event.seq));
    let standing = library.standing(&project, &runs[1]).await.unwrap();
    let told = |event: &StoredEvent| Event::deserialize(&*event.body).ok();
    let kept: Vec<Event> = all.iter().filter(|event| event.body["state"] != "waiting").filter_map(told).collect();
    let events: Vec<Event> = standing.into_iter().map(|standing| standing.event).collect();
    assert_eq!((events.len(), &events), (4, &kept), "the last of each kind, in order");
    assert_eq!(library.run_events(&project, &runs[0]).await.unwrap().len(), 7);
    assert!(library.standing(&project, &runs[0]).await.unwrap().is_empty(), "it is not the last run any more");
    let copy = library.duplicate_project(&project, "Whale 2").await.unwrap();
    assert_eq!(library.standing(&copy, &runs[1]).await.unwrap().len(), kept.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn streams_are_gapless_and_in_order(tasks in steps()) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(check(tasks));
    }
}
