//! The process dies at any moment: nothing is lost, nothing is made twice.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use app::wire::{ProjectEventBody, RunState, TaskStateView};

use crate::{SENTENCE, finished, open};

const CHILD: &str = "WORKPRINT_TEST_CHILD_HOME";

/// Not a test of its own: what the process that is killed does. It goes on with the only project, or makes it, and
/// prints every result as it is told of it.
#[tokio::test(flavor = "multi_thread")]
async fn child() {
    let Some(home) = std::env::var_os(CHILD) else { return };
    let app = open(Path::new(&home)).await;
    let mut events = app.events();
    let project = match app.projects().await.unwrap().first() {
        Some(card) => card.id.clone(),
        None => app.say(None, SENTENCE).await.unwrap().project,
    };
    println!("project");
    app.start(&project, "").await.unwrap();
    println!("started");
    loop {
        let event = events.recv().await.unwrap();
        for change in &event.changes {
            match change {
                ProjectEventBody::Task { task } if task.state == TaskStateView::Done => println!("made {}", task.slot),
                ProjectEventBody::Task { task } if task.state == TaskStateView::Running => {
                    println!("began {}", task.slot);
                }
                ProjectEventBody::Run { state: RunState::Finished, .. } => {
                    app.wait_for(&project).await.unwrap();
                    println!("finished");
                    return;
                }
                _ => {}
            }
        }
    }
}

/// Runs the child and kills it after it printed so many lines; gives the lines.
fn killed_after(home: &Path, lines: usize) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child", "--nocapture", "--test-threads=1"])
        .env(CHILD, home)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let told = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let told = told.filter(|l| ["project", "started", "made ", "began ", "finished"].iter().any(|w| l.starts_with(w)));
    let told: Vec<_> = told.take(lines).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    told
}

async fn survives(kills: usize) {
    let home = tempfile::tempdir().unwrap();
    let mut made: BTreeMap<String, u32> = BTreeMap::new();
    let mut over = false;
    for kill in 0..kills {
        // Early, late, and in between: after 1, 3, 5 … lines.
        let told = killed_after(home.path(), 1 + (kill % 10) * 2);
        for line in &told {
            if let Some(slot) = line.strip_prefix("made ") {
                *made.entry(slot.to_owned()).or_default() += 1;
            }
        }
        over |= told.last().is_some_and(|l| l == "finished");
        let app = open(home.path()).await;
        let screen = app.home().await.unwrap();
        assert!(screen.trouble.is_none(), "kill {kill}: {:?}", screen.trouble);
        assert_eq!(screen.projects.len(), 1, "kill {kill}");
        let view = app.project(&screen.projects[0].id).await.unwrap();
        assert!(view.brief.is_some() && view.plan.is_some(), "kill {kill}: the brief is kept");
        if !over && told.iter().any(|l| l == "started") {
            assert_eq!(screen.unfinished.len(), 1, "kill {kill}: the run is offered");
        }
        app.close().await;
    }
    let again: Vec<_> = made.iter().filter(|(_, count)| **count > 1).collect();
    assert!(again.is_empty(), "told as made more than once: {again:?}");
    let app = open(home.path()).await;
    let project = app.projects().await.unwrap()[0].id.clone();
    app.start(&project, "").await.unwrap();
    let view = finished(&app, &project).await;
    assert!(view.film.is_some());
    for task in view.run.unwrap().tasks.iter().filter(|t| made.contains_key(&t.slot)) {
        assert_eq!(task.state, TaskStateView::Cached, "{} was made before the kill", task.slot);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_kills_lose_nothing_and_repeat_nothing() {
    if std::env::var_os(CHILD).is_none() {
        survives(20).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: make soak"]
async fn two_hundred_kills_lose_nothing_and_repeat_nothing() {
    for _ in 0..10 {
        survives(20).await;
    }
}
