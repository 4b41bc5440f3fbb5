//! Other processes: one that is killed while it writes, and one that holds the lock. The child is this test program,
//! told by a variable what to be.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use engine::{CallState, Caps, Key, Micros};
use library::{Change, Library, LibraryError, MessageId};
use serde_json::json;

use crate::calls::{id, intent, reply};
use crate::{files_below, kept, open};

const HOME: &str = "LIBRARY_TEST_HOME";
const ROUND: &str = "LIBRARY_TEST_ROUND";

fn child(name: &str, home: &Path, round: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--ignored", "--nocapture", "--test-threads=1"])
        .env(HOME, home)
        .env(ROUND, round.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Says what is on the disk, in whole lines.
fn acknowledge(what: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nack {what}").and_then(|()| out.flush()).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the child of killed_at_any_moment"]
async fn child_writes_until_it_is_killed() {
    let Some(home) = std::env::var_os(HOME) else { return };
    let round = std::env::var(ROUND).unwrap();
    let library = open(Path::new(&home));
    let project = library.projects().await.unwrap()[0].id.clone();
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..3 {
        let (library, project, round) = (library.clone(), project.clone(), round.clone());
        tasks.spawn(async move {
            let store = library.project_store(&project);
            for n in 0.. {
                let name = format!("{round}-{task}-{n}");
                let body = json!({ "name": name });
                let message = Change::Message { id: MessageId::new(), role: "user".to_owned(), body: body.clone() };
                let seqs = library.commit(&project, vec![message, Change::Event { run: None, body }]).await.unwrap();
                acknowledge(&format!("seq {} {name}", seqs[0]));
                let picture = name.repeat(3000);
                let made =
                    store.keep(kept(&format!("frame/sh_{name}"), json!(name), picture.as_bytes())).await.unwrap();
                acknowledge(&format!("key {}", made.key));
            }
        });
    }
    tasks.join_next().await;
}

#[tokio::test]
async fn killed_at_any_moment_nothing_acknowledged_is_lost() {
    let home = tempfile::tempdir().unwrap();
    let project = open(home.path()).create_project("Whale").await.unwrap();
    let mut seqs = BTreeSet::new();
    let mut keys: BTreeSet<Key> = BTreeSet::new();
    for round in 0..10 {
        let mut writer = child("child::child_writes_until_it_is_killed", home.path(), round);
        let mut heard = 0;
        // The child goes on while this reads, so the kill falls anywhere in its work.
        let enough = 3 + (round * 37) % 60;
        for line in BufReader::new(writer.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            match line.split(' ').collect::<Vec<_>>()[..] {
                ["ack", "seq", seq, name] => {
                    seqs.insert((seq.parse::<u32>().unwrap(), name.to_owned()));
                }
                ["ack", "key", key] if key.len() == 64 => {
                    keys.insert(serde_json::from_value(json!(key)).unwrap());
                }
                _ => continue,
            }
            heard += 1;
            if heard == enough {
                writer.kill().unwrap();
            }
        }
        writer.wait().unwrap();
        assert!(heard >= enough, "round {round}: the child must get that far, not {heard}");

        let library = open(home.path());
        assert_eq!(files_below(&home.path().join("scratch")), 0, "round {round}");
        let events = library.events_after(&project, 0, u32::MAX).await.unwrap();
        assert!(events.iter().map(|e| e.seq).eq(1..=library.head(&project).await.unwrap()), "round {round}: a gap");
        let names: Vec<_> = events.iter().map(|e| (e.seq, e.body["name"].as_str().unwrap().to_owned())).collect();
        assert!(seqs.iter().all(|seq| names.contains(seq)), "round {round}: an event is lost");
        let messages = library.messages(&project).await.unwrap();
        assert!(messages.iter().map(|m| &m.body).eq(events.iter().map(|e| &*e.body)), "round {round}: half a commit");
        let slots = library.slots(&project).await.unwrap();
        let store = library.project_store(&project);
        for key in keys.iter().chain(slots.values()) {
            let made = store.find(key).await.unwrap().unwrap_or_else(|| panic!("round {round}: {key} is lost"));
            let bytes = std::fs::read(store.blob_path(&made.blobs[0])).unwrap();
            assert_eq!(made.blobs[0].hash, blake3::hash(&bytes).into(), "round {round}");
        }
        // What a kill left between file and row is garbage, and only that.
        library.collect_garbage().await.unwrap();
        assert_eq!(files_below(&home.path().join("blobs")), slots.len(), "round {round}");
    }
}

/// Makes calls and the results they are for, one after another in each task, and says after each step that it is done.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the child of killed_at_any_moment_no_call"]
async fn child_makes_calls_until_it_is_killed() {
    let Some(home) = std::env::var_os(HOME) else { return };
    let round = std::env::var(ROUND).unwrap();
    let library = open(Path::new(&home));
    let project = library.projects().await.unwrap()[0].id.clone();
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..3 {
        let store = library.project_store(&project);
        let meter = Arc::clone(&store);
        let round = round.clone();
        tasks.spawn(async move {
            for n in 0.. {
                let name = format!("{round}-{task}-{n}");
                println!("\nsay {name}");
                meter.intend(intent(&name, Some(10), Caps::default())).await.unwrap().unwrap();
                acknowledge(&format!("intended {name}"));
                if n % 2 == 0 {
                    meter.handled(&id(&name), &format!("job {name}")).await.unwrap();
                    acknowledge(&format!("handled {name}"));
                }
                meter.replied(&id(&name), &reply(&name, 7)).await.unwrap();
                acknowledge(&format!("replied {name}"));
                store.keep(kept(&format!("frame/sh_{name}"), json!(name), name.repeat(9).as_bytes())).await.unwrap();
                acknowledge(&format!("kept {name}"));
            }
        });
    }
    tasks.join_next().await;
}

#[tokio::test]
async fn killed_at_any_moment_no_call_is_forgotten_or_counted_twice() {
    let home = tempfile::tempdir().unwrap();
    let project = open(home.path()).create_project("Whale").await.unwrap();
    // How far each call is known to have come: the number of its last acknowledged step.
    let mut calls: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..10 {
        let mut writer = child("child::child_makes_calls_until_it_is_killed", home.path(), round);
        let mut heard = 0;
        let enough = 3 + (round * 29) % 60;
        for line in BufReader::new(writer.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            match line.split(' ').collect::<Vec<_>>()[..] {
                ["say", name] => {
                    calls.entry(name.to_owned()).or_default();
                    continue;
                }
                ["ack", step, name] => {
                    let step = ["said", "intended", "handled", "replied", "kept"].iter().position(|s| *s == step);
                    calls.insert(name.to_owned(), step.unwrap());
                }
                _ => continue,
            }
            heard += 1;
            if heard == enough {
                writer.kill().unwrap();
            }
        }
        writer.wait().unwrap();
        assert!(heard >= enough, "round {round}: the child must get that far, not {heard}");

        let library = open(home.path());
        library.collect_garbage().await.unwrap();
        let store = library.project_store(&project);
        let meter = Arc::clone(&store);
        let (mut paid, mut open_calls, mut files) = (0, 0, 0);
        for (name, step) in &calls {
            let asked = intent(name, None, Caps::default());
            let record = meter.recall(&asked.key, &asked.request).await.unwrap();
            let made = store.find(&asked.key).await.unwrap();
            let came_to = match record.as_ref().map(|record| &record.state) {
                None if made.is_some() => 4,
                None => 0,
                Some(CallState::Unknown) => 1,
                Some(CallState::Handled { handle }) if *handle == format!("job {name}") => 2,
                Some(CallState::Replied) => {
                    assert_eq!(meter.reply(&id(name)).await.unwrap(), Some(reply(name, 7)), "round {round}");
                    3
                }
                other => panic!("round {round}: {name} is {other:?}"),
            };
            assert!(came_to >= *step, "round {round}: {name} came to step {step}, and is back at {came_to}");
            assert!(came_to <= step + 2, "round {round}: {name} cannot be at {came_to} after {step}");
            paid += u64::from(came_to > 2);
            open_calls += u64::from(came_to == 1 || came_to == 2);
            files += usize::from(came_to > 2);
        }
        let ledger = library.ledger(&project).await.unwrap();
        assert_eq!(ledger.lines.len() as u64, paid, "round {round}: each reply is booked once");
        assert_eq!((ledger.spent, ledger.reserved), (Micros(7 * paid), Micros(10 * open_calls)), "round {round}");
        assert_eq!(files_below(&home.path().join("blobs")), files, "round {round}: kept replies and results, no more");
    }
    assert!(calls.values().any(|step| *step == 4), "some came to their end");
}

#[test]
#[ignore = "the child of a_second_writer"]
fn child_holds_the_lock() {
    let Some(home) = std::env::var_os(HOME) else { return };
    let library = open(Path::new(&home));
    acknowledge("held");
    std::io::stdin().lines().next();
    drop(library);
}

#[test]
fn a_second_writer_is_told_who_holds_the_library() {
    let home = tempfile::tempdir().unwrap();
    let mut holder = child("child::child_holds_the_lock", home.path(), 0);
    let mut lines = BufReader::new(holder.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "ack held"));
    let error = Library::open(home.path()).map(drop).unwrap_err();
    let LibraryError::Held { by, .. } = &error else { panic!("{error}") };
    assert_eq!(by.pid, holder.id());
    assert!(error.to_string().contains(&format!("process {}", holder.id())) && !error.hint().is_empty(), "{error}");
    Library::open_read_only(home.path()).unwrap();
    // A lock falls with its process, however that ends.
    holder.kill().unwrap();
    holder.wait().unwrap();
    let library = open(home.path());
    assert!(matches!(Library::open(home.path()), Err(LibraryError::Held { by, .. }) if by.pid == std::process::id()));
    drop(library);
    drop(open(home.path()));
}
