//! Figures, on demand: `cargo test -p library --test library -- --ignored --nocapture measure::`.

use std::time::Instant;

use library::Change;
use serde_json::json;

use crate::{kept, open};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "prints figures"]
async fn measure() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let mut projects = Vec::new();
    for n in 0..200 {
        projects.push(library.create_project(&format!("Film {n}")).await.unwrap());
    }
    for tasks in [1, 8] {
        let (each, begin) = (2400 / tasks, Instant::now());
        let mut working = tokio::task::JoinSet::new();
        for task in 0..tasks {
            let (library, project) = (library.clone(), projects[task % 3].clone());
            working.spawn(async move {
                for n in 0..each {
                    library
                        .append(&project, None, json!({"type": "task", "slot": "frame/sh_1", "n": n}))
                        .await
                        .unwrap();
                }
            });
        }
        while working.join_next().await.is_some() {}
        println!("{tasks} tasks: {:.0} appends a second", (each * tasks) as f64 / begin.elapsed().as_secs_f64());
    }
    let begin = Instant::now();
    let store = library.project_store(&projects[0]);
    for n in 0..100 {
        store.keep(kept(&format!("frame/sh_{n}"), json!(n), &vec![n as u8; 300_000])).await.unwrap();
    }
    println!("keep with a picture of 300 kB: {:.1} ms", begin.elapsed().as_secs_f64() * 10.0);
    let body = json!({"type": "task", "slot": "frame/sh_1", "state": "running", "at_ms": 1_795_373_490_123_u64});
    for project in &projects {
        let event = || Change::Event { run: None, body: body.clone() };
        library.commit(project, (0..76).map(|_| event()).collect()).await.unwrap();
    }
    drop((library, store));
    for _ in 0..3 {
        let begin = Instant::now();
        let library = open(home.path());
        let opened = begin.elapsed();
        let count = library.projects().await.unwrap().len();
        println!("open: {opened:.1?}; with a list of {count} projects: {:.1?}", begin.elapsed());
        let begin = Instant::now();
        let events = library.events_after(&projects[0], 0, 10_000).await.unwrap().len();
        println!("{events} events read in {:.1?}; {:?}", begin.elapsed(), library.usage().await.unwrap());
    }
}
