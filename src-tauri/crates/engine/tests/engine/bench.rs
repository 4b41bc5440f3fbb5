//! What the engine itself costs.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{
    Engine, Inputs, Leaf, Output, Resource, RunId, RunOrder, RunOutcome, SystemClock, TaskContext, TaskError, TaskSpec,
    Work,
};
use peak_alloc::PeakAlloc;
use serde_json::{Value, json};
use testkit::MemoryStore;

use crate::stage::{every, expand, one, slot};

const CORES: Resource = Resource("cores");

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// `cargo test --release -p engine -- --ignored --nocapture`
#[tokio::test]
#[ignore = "prints figures; run it by hand"]
async fn what_a_task_costs() {
    for disk in [false, true] {
        let mut first = None;
        for count in [1_000, 3_000, 10_000, 30_000, 100_000_u32] {
            let cost = costs(disk, count).await;
            let (us, bytes) = *first.get_or_insert(cost);
            println!("{:>42} growth: time {:.2}, memory {:.2}", "", cost.0 / us, cost.1 / bytes);
            if disk && count == 10_000 {
                break;
            }
        }
    }
}

/// How long this thread was at work on a processor, in microseconds; what else the machine does is not in it.
fn busy_us() -> f64 {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").expect("a Linux machine");
    spent.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).expect("a number") / 1000.0
}

/// Microseconds and bytes a task.
async fn costs(disk: bool, count: u32) -> (f64, f64) {
    let engine = Engine::new([(CORES, 8)], Arc::new(SystemClock));
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let store = Arc::new(MemoryStore::new());
    let gives =
        move |_: &Inputs| Ok((0..count).map(|i| trivial(&format!("t/{i}"), i, &[one("start")], disk)).collect());
    let mut cost = (0.0, 0.0);
    for run in ["made", "cached"] {
        let tasks = vec![
            trivial("start", 0, &[], disk),
            expand("spread", &[one("start")], &["t"], Arc::new(gives)),
            trivial("end", 1, &[every("t")], disk),
        ];
        let began = busy_us();
        let order = RunOrder::new(RunId(run.to_owned()), tasks);
        let report = engine.start(order, store.clone(), Arc::new(drop)).wait().await;
        assert_eq!(report.outcome, RunOutcome::Finished);
        let us = (busy_us() - began) / f64::from(count);
        let bytes = (MEMORY.peak_usage() - before) as f64 / f64::from(count);
        let folders = if disk { "with" } else { "without" };
        println!("{count:>7} tasks {run:>6}, {folders:>7} folders: {us:6.1} µs, {bytes:6.0} bytes a task");
        if run == "made" {
            cost = (us, bytes);
        }
    }
    cost
}

fn trivial(at: &str, says: u32, needs: &[engine::Need], drafts: bool) -> TaskSpec {
    TaskSpec {
        slot: slot(at),
        agent: "trivial".into(),
        title: String::new(),
        needs: needs.to_vec(),
        uses: vec![(CORES, 1)],
        weight_ms: 1,
        quotes: Vec::new(),
        work: Work::Leaf(Arc::new(Trivial { says, drafts })),
    }
}

struct Trivial {
    says: u32,
    drafts: bool,
}

#[async_trait]
impl Leaf for Trivial {
    fn version(&self) -> String {
        "1".to_owned()
    }

    fn view(&self, _: &Inputs) -> Result<Value, TaskError> {
        Ok(json!({ "says": self.says }))
    }

    async fn make(&self, view: Value, context: &TaskContext) -> Result<Output, TaskError> {
        if self.drafts {
            assert!(context.scratch().is_dir());
        }
        Output::document(&view)
    }
}
