//! `bench`: the compositor beside others, then one film in a folder of its own: how long each stage took, what the whole cost
//! in processor time and memory.

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

/// Prints what a frame costs, beside what it might.
fn paces() {
    print::line("one frame at 1920 × 1080, in milliseconds of one core");
    for p in app::paces() {
        print::line(&format!(
            "{:>6.1} compose  {:>5.1} convert  {:>6.1} tiny-skia ({:>4.1} ×)  {:>5.2} copy ({:>4.1} ×)  {:>3} layers  {}",
            p.compose_ms,
            p.convert_ms,
            p.general_ms,
            p.general_ms / p.compose_ms,
            p.copy_ms,
            p.compose_ms / p.copy_ms,
            p.layers,
            p.scene
        ));
    }
}

/// Seconds on a processor so far: of this program, and of the programs it started.
fn processor_seconds() -> Option<(f64, f64)> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is a name in brackets, which may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some(((ticks(11)? + ticks(12)?) / 100.0, (ticks(13)? + ticks(14)?) / 100.0))
}

/// The most memory this program had at once, in MiB.
fn peak_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}

async fn measure(seconds: u32) -> Result<Exit, Problem> {
    tokio::task::spawn_blocking(paces).await.map_err(|e| Problem {
        code: app::wire::ErrorCode::Internal,
        message: format!("The measurement stopped: {e}"),
        hint: String::new(),
        retryable: false,
    })?;
    let home = std::env::temp_dir().join(format!("workprint-bench-{}", std::process::id()));
    let app = App::open(&home).await?;
    let said = app.say(None, &format!("Make a {seconds}-second {SENTENCE}")).await?;
    let (started, before) = (Instant::now(), processor_seconds());
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
    if let (Some(before), Some(now)) = (before, processor_seconds()) {
        let (own, started) = (now.0 - before.0, now.1 - before.1);
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as f64;
        print::line(&format!(
            "{own:.1} s of processor time here and {started:.1} s in ffmpeg and voices; on {cores} cores the wall is {:.2} × all of it ÷ cores",
            wall * cores / (own + started)
        ));
    }
    if let Some(peak) = peak_mib() {
        print::line(&format!("{peak:.0} MiB at most, without ffmpeg"));
    }
    // The folder was made for this alone.
    let _ = std::fs::remove_dir_all(&home);
    Ok(Exit::Done)
}
