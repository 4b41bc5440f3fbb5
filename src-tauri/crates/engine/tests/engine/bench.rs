//! What the engine itself costs.

use std::sync::Arc;
use std::time::Instant;

use engine::{RunOutcome, TaskSpec};
use serde_json::Value;

use crate::stage::{Does, Stage, every, expand, one};

/// `cargo test -p engine -- --ignored --nocapture`
#[tokio::test]
#[ignore = "prints figures; run it by hand"]
async fn what_a_task_costs() {
    for count in [1_000, 10_000, 100_000] {
        let stage = Arc::new(Stage::new(&[(engine::Resource("cores"), 8)]));
        let inner = stage.clone();
        let gives = move |_: &engine::Inputs| Ok((0..count).map(|i| member(&inner, i)).collect());
        let order = || {
            vec![
                stage.leaf("start", &[], Does::Give(Value::Null)),
                expand("spread", &[one("start")], &["t"], Arc::new(gives.clone())),
                stage.leaf("end", &[every("t")], Does::Give(Value::Null)),
            ]
        };
        for run in ["made", "cached"] {
            let began = Instant::now();
            let report = stage.run(run, order()).await;
            assert_eq!(report.outcome, RunOutcome::Finished);
            let us = began.elapsed().as_micros() as f64 / f64::from(count);
            println!("{count:>7} tasks {run:>6}: {us:6.1} µs a task, {:8.0} tasks a second", 1e6 / us);
        }
    }
}

fn member(stage: &Stage, i: u32) -> TaskSpec {
    let uses = [(engine::Resource("cores"), 1)];
    stage.holding(&format!("t/{i}"), i.into(), &[one("start")], Does::Give(i.into()), &uses)
}
