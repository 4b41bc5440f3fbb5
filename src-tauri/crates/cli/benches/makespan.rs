//! How near a film with remote models comes to the shortest time in which it can be made.
//!
//! The models are a fake provider over HTTP on loopback (chat 0.4 s, pictures 1 s, clips 3 s); the program is the real one.
//! Printed is the makespan over its bound, which is the largest of: the longest chain of the run's own calls and local
//! work, all local work over the cores, and for each limit the calls' time over it. The times of calls come from the
//! provider's log, those of local work from the run's record.
//!
//! Beside it stands a sharper bound, which no order of the same work can pass under a limit: calls that cannot begin before
//! some moment, and have some more work after them, take their turns between the two (the subset bound for parallel machines
//! with heads and tails; Carlier 1987). For short films much of the first bound's time has no calls to fill it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement prints, and ends when it cannot go on"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use testkit::provider::{Arrays, FakeProvider, Kind, Log, ProviderOptions};

/// Scenes, shots a scene, and the seconds of film that give about as many.
const FILMS: [(u32, u32, u32); 4] = [(1, 6, 12), (3, 5, 30), (5, 8, 80), (20, 12, 480)];
const LIMITS: [Option<u32>; 3] = [None, Some(8), Some(4)];

/// A task of the record, in milliseconds.
struct Task {
    needs: Vec<String>,
    calls: u32,
    took_ms: f64,
    finished_ms: f64,
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let only: Option<u32> = std::env::var("WORKPRINT_BENCH_SCENES").ok().and_then(|n| n.parse().ok());
    println!("scenes × shots   limit   makespan      bound   ratio   sharper   ratio   set by     ({cores} cores)");
    for (scenes, shots, seconds) in FILMS.into_iter().filter(|film| only.is_none_or(|n| n == film.0)) {
        for limit in LIMITS {
            let options = ProviderOptions { arrays: Arrays::Most, ..ProviderOptions::default() };
            let provider = runtime.block_on(FakeProvider::start(options)).expect("a provider");
            let home = tempfile::tempdir().expect("a folder");
            let record = film(&provider, home.path(), (scenes, seconds), limit);
            print(&record, &provider.log(), (scenes, shots), limit, cores);
        }
    }
}

/// Makes a film; gives its record.
fn film(provider: &FakeProvider, home: &Path, (scenes, seconds): (u32, u32), limit: Option<u32>) -> Vec<Value> {
    let limits = limit.map(|n| format!("[limits]\nconcurrent = {n}\n")).unwrap_or_default();
    let (models, record) = (home.join("models.toml"), home.join("record.jsonl"));
    std::fs::write(&models, format!("{}\n{limits}", provider.models_file())).unwrap();
    let message =
        format!("Make a {seconds}-second film in {scenes} scenes about an old fisherman who meets a white whale");
    let mut command = Command::new(env!("CARGO_BIN_EXE_workprint-cli"));
    command.args(["film", &message, "--yes", "--size", "320x180", "--fps", "10", "--models"]).arg(models);
    command.arg("--events").arg(&record).env("WORKPRINT_HOME", home.join("library")).stdin(Stdio::null());
    let output = command.output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(record).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn print(record: &[Value], log: &Log, wanted: (u32, u32), limit: Option<u32>, cores: usize) {
    let tasks = tasks(record);
    let scenes = tasks.keys().filter(|slot| slot.starts_with("board/")).count();
    let shots = tasks.keys().filter(|slot| slot.starts_with("segment/")).count();
    let makespan = tasks.values().map(|task| task.finished_ms).fold(0.0, f64::max);
    let times = call_times(log);
    let mean = |kind: Kind| {
        let of: Vec<f64> = times.iter().filter(|(k, _)| *k == kind).map(|(_, ms)| *ms).collect();
        of.iter().sum::<f64>() / of.len().max(1) as f64
    };
    // What a task's own work takes at least: its calls by the provider's clock, or its local work by ours.
    let own = |slot: &str, task: &Task| {
        if task.calls == 0 { task.took_ms } else { f64::from(task.calls) * mean(kind_of(slot)) }
    };
    let mut ends = BTreeMap::new();
    let chain = tasks.keys().map(|slot| end(slot, &tasks, &own, &mut ends)).fold(0.0, f64::max);
    let local: f64 = tasks.values().filter(|task| task.calls == 0).map(|task| task.took_ms).sum::<f64>() / cores as f64;
    let work: f64 = times.iter().map(|(_, ms)| ms).sum();
    let shared = limit.map_or(0.0, |n| work / f64::from(n));
    let (bound, by) = [(chain, "longest chain"), (local, "local work"), (shared, "limit")]
        .into_iter()
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap();
    let turns = limit.map_or(0.0, |n| turns(&tasks, &own, &ends, n));
    let sharper = bound.max(turns);
    let limit = limit.map_or("none".to_owned(), |n| n.to_string());
    println!(
        "{:>2} × {:<2} ({scenes}, {shots})   {limit:<5} {:>8.2} s {:>8.2} s   {:>5.3} {:>7.2} s   {:>5.3}   {by}; {} calls",
        wanted.0,
        wanted.1,
        makespan / 1000.0,
        bound / 1000.0,
        makespan / bound,
        sharper / 1000.0,
        makespan / sharper,
        times.len()
    );
}

/// The least time in which calls can take their turns under a limit, in milliseconds. `ends` are the earliest ends of tasks.
fn turns(
    tasks: &BTreeMap<String, Task>,
    own: &impl Fn(&str, &Task) -> f64,
    ends: &BTreeMap<String, f64>,
    limit: u32,
) -> f64 {
    let mut followers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (slot, task) in tasks {
        for need in &task.needs {
            followers.entry(need).or_default().push(slot);
        }
    }
    let mut tails = BTreeMap::new();
    let calls: Vec<(f64, f64, f64)> = tasks
        .iter()
        .filter(|(_, task)| task.calls > 0)
        .map(|(slot, task)| {
            let takes = own(slot, task);
            (ends[slot] - takes, takes, tail(slot, tasks, &followers, own, &mut tails))
        })
        .collect();
    let mut lengths: Vec<f64> = calls.iter().map(|call| call.1).collect();
    lengths.sort_by(f64::total_cmp);
    lengths.dedup();
    let mut most = 0.0_f64;
    for (head, ..) in &calls {
        for (.., tail) in &calls {
            for shortest in &lengths {
                let chosen = calls.iter().filter(|c| c.0 >= *head && c.2 >= *tail && c.1 >= *shortest);
                let between: Vec<f64> = chosen.map(|call| call.1).collect();
                if !between.is_empty() {
                    // Calls of no less than this take their turns in whole rounds.
                    let rounds = (between.len() as f64 / f64::from(limit)).ceil();
                    let shared = between.iter().sum::<f64>() / f64::from(limit);
                    most = most.max(head + shared.max(rounds * shortest) + tail);
                }
            }
        }
    }
    most
}

/// The longest chain of work after a task, in milliseconds.
fn tail<'a>(
    slot: &'a str,
    tasks: &BTreeMap<String, Task>,
    followers: &BTreeMap<&'a str, Vec<&'a str>>,
    own: &impl Fn(&str, &Task) -> f64,
    tails: &mut BTreeMap<&'a str, f64>,
) -> f64 {
    if let Some(known) = tails.get(slot) {
        return *known;
    }
    let next = followers.get(slot).into_iter().flatten();
    let longest = next.map(|to| own(to, &tasks[*to]) + tail(to, tasks, followers, own, tails)).fold(0.0, f64::max);
    tails.insert(slot, longest);
    longest
}

fn tasks(record: &[Value]) -> BTreeMap<String, Task> {
    let finished = record.iter().filter(|line| line["type"] == "task_finished");
    let task = |line: &Value| {
        let ms = |field: &str| line[field].as_f64().unwrap();
        let needs = line["needs"].as_array().unwrap().iter().map(|need| need.as_str().unwrap().to_owned());
        let task = Task {
            needs: needs.collect(),
            calls: line["calls"].as_u64().unwrap() as u32,
            took_ms: ms("finished_ms") - ms("started_ms"),
            finished_ms: ms("finished_ms"),
        };
        (line["task"].as_str().unwrap().to_owned(), task)
    };
    finished.map(task).collect()
}

/// When a task can be done at the earliest.
fn end(
    slot: &str,
    tasks: &BTreeMap<String, Task>,
    own: &impl Fn(&str, &Task) -> f64,
    ends: &mut BTreeMap<String, f64>,
) -> f64 {
    if let Some(known) = ends.get(slot) {
        return *known;
    }
    let Some(task) = tasks.get(slot) else { return 0.0 };
    let begin = task.needs.iter().map(|need| end(need, tasks, own, ends)).fold(0.0, f64::max);
    let ended = begin + own(slot, task);
    ends.insert(slot.to_owned(), ended);
    ended
}

/// What kind of call a task makes.
fn kind_of(slot: &str) -> Kind {
    match slot.split('/').next().unwrap_or_default() {
        "frame" | "portrait" | "set" => Kind::Image,
        "clip" => Kind::Video,
        "voice" => Kind::Speech,
        _ => Kind::Chat,
    }
}

/// How long each paid call took, by the provider's clock.
fn call_times(log: &Log) -> Vec<(Kind, f64)> {
    let ready: BTreeMap<&str, f64> = log.jobs.iter().map(|job| (job.handle.as_str(), job.ready_ms)).collect();
    let paid = log.requests.iter().filter(|seen| seen.kind.is_paid() && seen.completed);
    let time = |seen: &testkit::provider::Seen| {
        let job = seen.handle.as_deref().and_then(|handle| ready.get(handle).copied());
        Some((seen.kind, job.or(seen.answered_ms)? - seen.arrived_ms))
    };
    paid.filter_map(time).collect()
}
