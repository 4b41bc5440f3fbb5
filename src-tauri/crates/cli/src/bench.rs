//! `bench`: one film in a folder of its own, and how long each stage took.

use std::collections::BTreeMap;
use std::time::Instant;

use app::App;
use app::wire::{Problem, RunState};

use crate::exit::{Exit, failed};
use crate::print;

const SENTENCE: &str = "watercolor film about an old lighthouse keeper who befriends a white whale. Gentle, a little melancholy. Narration only.";

/// Makes a film of so many seconds with nothing kept from before.
pub(crate) async fn bench(seconds: u32) -> Exit {
    match measure(seconds).await {
        Ok(exit) => exit,
        Err(problem) => failed(&problem),
    }
}

async fn measure(seconds: u32) -> Result<Exit, Problem> {
    let home = std::env::temp_dir().join(format!("workprint-bench-{}", std::process::id()));
    let app = App::open(&home).await?;
    let said = app.say(None, &format!("Make a {seconds}-second {SENTENCE}")).await?;
    let started = Instant::now();
    app.start(&said.project, "").await?;
    let view = app.wait_for(&said.project).await?;
    let wall = started.elapsed().as_secs_f64();
    if view.run.as_ref().map(|r| r.state) != Some(RunState::Finished) {
        return Err(App::why_unfinished(&view));
    }
    let mut stages: BTreeMap<String, (u32, u64)> = BTreeMap::new();
    for task in view.run.iter().flat_map(|r| &r.tasks) {
        let kind = task.slot.split('/').next().unwrap_or_default();
        let stage = stages.entry(format!("{} ({kind})", task.agent)).or_default();
        stage.0 += 1;
        stage.1 += u64::from(task.took_ms);
    }
    let mut stages: Vec<_> = stages.into_iter().collect();
    stages.sort_by_key(|(_, (_, ms))| std::cmp::Reverse(*ms));
    let all: u64 = stages.iter().map(|(_, (_, ms))| ms).sum();
    for (stage, (count, ms)) in &stages {
        print::line(&format!(
            "{:>5.1} %  {:>7.2} s  {count:>3} × {stage}",
            *ms as f64 * 100.0 / all.max(1) as f64,
            *ms as f64 / 1000.0
        ));
    }
    print::line(&format!(
        "{seconds} s of film in {wall:.1} s: {:.2} × its length, from Start to the playable file",
        wall / f64::from(seconds)
    ));
    // The folder was made for this alone.
    let _ = std::fs::remove_dir_all(&home);
    Ok(Exit::Done)
}
