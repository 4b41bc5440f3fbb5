//! What the engine itself costs: many tasks that do nothing, in memory and in a library on the disk.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement prints, and ends when it cannot go on"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use engine::{
    AgentName, Engine, Inputs, Leaf, Output, Patience, Resource, RunId, RunOrder, RunOutcome, Slot, Store, SystemClock,
    TaskContext, TaskError, TaskSpec, Work,
};
use library::Library;
use serde_json::{Value, json};
use testkit::MemoryStore;

const SIZES: [u32; 3] = [1_000, 10_000, 100_000];

/// Gives its own number.
struct Trivial(u32);

#[async_trait]
impl Leaf for Trivial {
    fn version(&self) -> String {
        "1".to_owned()
    }

    fn view(&self, _: &Inputs) -> Result<Value, TaskError> {
        Ok(json!(self.0))
    }

    async fn make(&self, view: Value, _: &TaskContext) -> Result<Output, TaskError> {
        Ok(Output { value: view, blobs: Vec::new() })
    }
}

fn order(count: u32) -> RunOrder {
    let task = |n: u32| TaskSpec {
        slot: Slot::new(format!("task/{n}")).unwrap(),
        agent: AgentName::from("trivial"),
        title: String::new(),
        needs: Vec::new(),
        uses: Vec::new(),
        weight_ms: 1,
        quotes: Vec::new(),
        work: Work::Leaf(Arc::new(Trivial(n))),
    };
    RunOrder {
        patience: Patience::Settle,
        ..RunOrder::new(RunId(format!("run_{count}")), (0..count).map(task).collect())
    }
}

/// The memory of this process, in bytes.
fn resident() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    pages.and_then(|text| text.split(' ').nth(1)?.parse::<u64>().ok()).map_or(0, |pages| pages * 4096)
}

fn size(folder: &Path) -> u64 {
    std::fs::read_dir(folder).map_or(0, |entries| {
        entries
            .flatten()
            .map(|entry| entry.metadata().map_or(0, |m| if m.is_dir() { size(&entry.path()) } else { m.len() }))
            .sum()
    })
}

/// Seconds for a run of so many tasks.
async fn run(store: Arc<dyn Store>, count: u32) -> f64 {
    let engine = Engine::new([(Resource("cores"), 2)], Arc::new(SystemClock));
    let order = order(count);
    let started = Instant::now();
    let report = engine.start(order, store, Arc::new(|_| {})).wait().await;
    assert_eq!((report.outcome, report.made), (RunOutcome::Finished, count));
    started.elapsed().as_secs_f64()
}

fn print(what: &str, count: u32, seconds: f64, bytes: u64, first: &mut Option<f64>) {
    let each = seconds * 1e6 / f64::from(count);
    let growth = each / *first.get_or_insert(each);
    println!(
        "{what:<8} {count:>7} tasks   {each:>8.1} µs a task   {:>6} bytes a task   growth {growth:.2}",
        bytes / u64::from(count)
    );
}

#[tokio::main]
async fn main() {
    // The first run warms up what is made once.
    run(Arc::new(MemoryStore::new()), SIZES[0]).await;
    let mut first = None;
    for count in SIZES {
        let before = resident();
        let store = Arc::new(MemoryStore::new());
        let seconds = run(store.clone(), count).await;
        print("memory", count, seconds, resident().saturating_sub(before), &mut first);
    }
    let mut first = None;
    for count in SIZES {
        let home = tempfile::tempdir().expect("a folder");
        let library = Library::open(home.path()).expect("a library").library;
        let project = library.create_project("bench").await.expect("a project");
        let before = size(home.path());
        let seconds = run(library.project_store(&project), count).await;
        print("durable", count, seconds, size(home.path()).saturating_sub(before), &mut first);
    }
}
