//! A very large project, on demand: `cargo test -p app --test app -- --ignored --nocapture large::`. It prints how long
//! it takes to open and to be shown.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use app::{App, Options};
use engine::{AgentName, BlobSource, Event, Kept, KeyForm, Need, Output, RunId, RunOutcome, Slot, Store, TaskState};
use library::{Change, Library, MessageId, ProjectId};
use serde_json::{Value, json};
use story::{Minter, Script, Seed, Storyboard};

use crate::SMALL;

const SHOTS: usize = 1000;
const EVENTS: usize = 100_000;
const MESSAGES: usize = 5000;

fn slot(text: &str) -> Slot {
    Slot::new(text).unwrap()
}

async fn keep(store: &Arc<dyn Store>, at: &str, value: Value, role: &str, media: &str) {
    let form =
        KeyForm { agent: "sample".to_owned(), version: "1".to_owned(), model: Value::Null, view: json!([at, value]) };
    let mut output = Output { value, blobs: Vec::new() };
    if !role.is_empty() {
        output = output.with(role, media, BlobSource::Bytes(at.repeat(20).into_bytes()));
    }
    store.keep(Kept { run: RunId("run_0".to_owned()), slot: slot(at), form, output, took_ms: 1 }).await.unwrap();
}

/// Scenes and boards of the sample, over and over, until there are enough shots.
async fn results(library: &Library, sample: &ProjectId, project: &ProjectId) -> Vec<String> {
    let store = library.project_store(project);
    let found = library.results(sample, vec![slot("script"), slot("cast"), slot("film")]).await.unwrap();
    let mut script: Script = found[&slot("script")].read().unwrap();
    let boards = library.collection(sample, "board").await.unwrap();
    let mut minter = Minter::new(Seed::new(1));
    let (templates, mut shots) = (std::mem::take(&mut script.scenes), Vec::new());
    for template in templates.iter().cycle() {
        let mut board: Storyboard = boards[&slot(&format!("board/{}", template.id))].read().unwrap();
        let mut scene = template.clone();
        scene.id = minter.scene();
        board.scene = scene.id.clone();
        for line in &mut scene.lines {
            let fresh = minter.line();
            for shot in &mut board.shots {
                shot.lines.iter_mut().filter(|id| **id == line.id).for_each(|id| *id = fresh.clone());
            }
            line.id = fresh;
        }
        for shot in &mut board.shots {
            (shot.id, shot.scene) = (minter.shot(), scene.id.clone());
            shots.push(shot.id.to_string());
        }
        keep(&store, &format!("board/{}", scene.id), json!(board), "", "").await;
        script.scenes.push(scene);
        if shots.len() >= SHOTS {
            break;
        }
    }
    keep(&store, "script", json!(script), "", "").await;
    for name in ["cast", "film"] {
        store.reuse(&RunId("run_0".to_owned()), &slot(name), &found[&slot(name)].key).await.unwrap();
    }
    for shot in &shots {
        keep(&store, &format!("frame/{shot}"), json!(shot), "picture", "image/png").await;
        keep(&store, &format!("clip/{shot}"), json!(shot), "video", "video/mp4").await;
    }
    shots
}

/// Runs in which six tasks a shot are planned and go through their states, until there are enough events.
async fn events(library: &Library, project: &ProjectId, shots: &[String]) {
    let key = library.slots(project).await.unwrap()[&slot("script")].clone();
    let mut told = 0;
    for n in 0.. {
        let run = RunId(format!("run_{n}"));
        let tell = |event: Event| Change::Event { run: Some(run.clone()), body: serde_json::to_value(event).unwrap() };
        let mut changes = vec![Change::RunStarted { id: run.clone(), order: json!({}) }, tell(Event::RunStarted)];
        for shot in shots {
            for kind in ["frame", "clip", "voice", "conform", "choice", "check"] {
                let at = slot(&format!("{kind}/{shot}"));
                changes.push(tell(Event::TaskPlanned {
                    slot: at.clone(),
                    agent: AgentName::from("camera_images"),
                    title: format!("Shot {shot}"),
                    needs: vec![Need::One(slot("script")), Need::One(slot("cast")), Need::One(slot("look"))],
                    weight_ms: 1000,
                    expands: false,
                    by: None,
                }));
                for state in [
                    TaskState::Waiting,
                    TaskState::Running,
                    TaskState::Done { key: key.clone(), took_ms: 900, calls: 0, cost: engine::Micros::ZERO },
                ] {
                    changes.push(tell(Event::Task { slot: at.clone(), state, at_ms: 1_795_373_490_123 }));
                }
            }
        }
        changes.push(tell(Event::RunEnded { outcome: RunOutcome::Finished, at_ms: 1_795_373_490_123 }));
        changes.push(Change::RunEnded { id: run.clone(), outcome: RunOutcome::Finished });
        told += changes.len() - 2;
        for some in changes.chunks(5000) {
            library.commit(project, some.to_vec()).await.unwrap();
        }
        if told >= EVENTS {
            return;
        }
    }
}

async fn build(home: &Path) -> ProjectId {
    drop(App::open_with(home, &Options { sample: true, ..SMALL }).await.unwrap());
    let library = loop {
        // The app lets go of it when its last task has ended.
        match Library::open(home) {
            Ok(opened) => break opened.library,
            Err(_) => tokio::task::yield_now().await,
        }
    };
    let sample = library.projects().await.unwrap()[0].id.clone();
    let project = library.create_project("Very large").await.unwrap();
    let shots = results(&library, &sample, &project).await;
    let record = library.document(&sample, "record").await.unwrap().unwrap();
    let said = library.messages(&sample).await.unwrap();
    let mut changes = vec![Change::Document { name: "record".to_owned(), value: record }];
    let texts = said.iter().filter(|message| message.body["kind"] != "film").cycle().take(MESSAGES);
    changes.extend(texts.map(|m| Change::Message { id: MessageId::new(), role: m.role.clone(), body: m.body.clone() }));
    library.commit(&project, changes).await.unwrap();
    events(&library, &project, &shots).await;
    project
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "prints figures"]
async fn a_very_large_project_is_shown_at_once() {
    let home = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let project = build(home.path()).await;
    println!("built in {:.1?}", began.elapsed());
    for _ in 0..3 {
        let began = Instant::now();
        let library = Library::open(home.path()).unwrap().library;
        let opened = began.elapsed();
        let began = Instant::now();
        let snapshot = library.snapshot(&project).await.unwrap();
        let (messages, head) = (snapshot.messages.len(), snapshot.project.head);
        println!(
            "library: opened in {opened:.1?}; {head} events, {messages} messages; snapshot {:.1?}",
            began.elapsed()
        );
        println!("  {:?}", library.usage().await.unwrap());
    }
    let began = Instant::now();
    let app = App::open_with(home.path(), &SMALL).await.unwrap();
    println!("app: opened in {:.1?}", began.elapsed());
    for _ in 0..4 {
        let began = Instant::now();
        let view = app.project(project.as_str()).await.unwrap();
        let read = began.elapsed();
        let bytes = serde_json::to_vec(&view).unwrap().len();
        let tasks = view.run.as_ref().unwrap().tasks.len();
        println!(
            "view: {read:.1?}, as text {:.1?} ({bytes} bytes): {} shots, {} messages, {tasks} tasks",
            began.elapsed(),
            view.shots.len(),
            view.messages.len()
        );
        assert!(view.shots.len() >= SHOTS && view.messages.len() == MESSAGES && view.seq as usize >= EVENTS);
        assert!(view.shots.iter().all(|shot| shot.frame.is_some() && shot.clip.is_some()));
    }
}
