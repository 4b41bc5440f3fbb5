//! How long runs of calls take, against the time below which nobody could do them.

use std::sync::Arc;

use engine::{Collection, Limits, Promise, Provider, TaskKind, TaskSpec};
use tokio::time::Instant;

use crate::provider::{Answers, Ring, World};
use crate::stage::{Does, Stage, every, expand, one};

const CHAT_MS: u64 = 400;
const IMAGE_MS: u64 = 1000;
const MOTION_MS: u64 = 3000;

fn call(stage: &Stage, world: &Arc<World>, at: &str, needs: &[engine::Need], kind: &'static str) -> TaskSpec {
    let (answers, ms) = match kind {
        "chat" => (Answers::After(CHAT_MS), CHAT_MS),
        "image" => (Answers::After(IMAGE_MS), IMAGE_MS),
        _ => (Answers::Job(MOTION_MS), MOTION_MS),
    };
    let ring = Ring::new(world, at, answers).at(kind).paid(5, 5);
    TaskSpec { weight_ms: ms as u32, ..stage.leaf(at, needs, Does::Call(vec![ring])) }
}

/// A text gives parts, a part gives pieces; each piece has a picture and then a motion; all come together.
fn graph(stage: &Arc<Stage>, world: &Arc<World>, parts: u64, pieces: u64) -> Vec<TaskSpec> {
    let (s, w) = (Arc::clone(stage), Arc::clone(world));
    let pieces_of = move |part: u64| {
        let tasks = (0..pieces).flat_map(|piece| {
            let (image, motion) = (format!("image/{part}-{piece}"), format!("motion/{part}-{piece}"));
            [call(&s, &w, &image, &[], "image"), call(&s, &w, &motion, &[one(&image)], "motion")]
        });
        tasks.collect::<Vec<_>>()
    };
    let (s, w) = (Arc::clone(stage), Arc::clone(world));
    let gives = move |_: &engine::Inputs| {
        let pieces_of = pieces_of.clone();
        Ok((0..parts)
            .flat_map(|part| {
                let board = format!("board/{part}");
                let pieces_of = pieces_of.clone();
                let spread = move |_: &engine::Inputs| Ok(pieces_of(part));
                [
                    call(&s, &w, &board, &[one("text")], "chat"),
                    expand(&format!("pieces/{part}"), &[one(&board)], &["image", "motion"], Arc::new(spread)),
                ]
            })
            .collect())
    };
    vec![
        call(stage, world, "text", &[], "chat"),
        expand("parts", &[one("text")], &["board", "image", "motion"], Arc::new(gives)),
        stage.leaf("whole", &[every("motion")], Does::Work(0)),
    ]
}

async fn ratio(parts: u64, pieces: u64, at_once: Option<u64>) -> f64 {
    let (stage, world) = (Arc::new(Stage::new(&[])), Arc::<World>::default());
    for kind in ["chat", "image", "motion"] {
        let limits = Limits { at_once: at_once.map(|most| most as u32), ..Limits::default() };
        stage.engine.limit(&Provider(kind.to_owned()), None, limits);
    }
    let began = Instant::now();
    let report = stage.run("run", graph(&stage, &world, parts, pieces)).await;
    assert_eq!(u64::from(report.calls), 1 + parts + 2 * parts * pieces);
    let took = began.elapsed().as_millis() as f64;
    // Calls of one kind are equally long, so they go in rounds; before the first of them stands its own chain, and
    // behind the last one what it must still go through.
    let rounds = |count: u64| at_once.map_or(1, |most| count.div_ceil(most));
    let all = parts * pieces;
    let bound = [
        CHAT_MS + rounds(parts) * CHAT_MS + IMAGE_MS + MOTION_MS,
        2 * CHAT_MS + rounds(all) * IMAGE_MS + MOTION_MS,
        2 * CHAT_MS + IMAGE_MS + rounds(all) * MOTION_MS,
    ];
    took / *bound.iter().max().unwrap() as f64
}

#[tokio::test(start_paused = true)]
async fn the_makespan_is_close_to_what_is_possible() {
    for (parts, pieces) in [(1, 6), (3, 5), (5, 8), (20, 12)] {
        for (at_once, most) in [(None, 1.05), (Some(4), 1.10), (Some(8), 1.10)] {
            let ratio = ratio(parts, pieces, at_once).await;
            println!("{parts} × {pieces}, limit {at_once:?}: {ratio:.3}");
            assert!((1.0..=most).contains(&ratio), "{parts} × {pieces}, limit {at_once:?}: {ratio}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_measured_goes_before_what_was_guessed() {
    // Of two tasks, the one that was measured to take longer starts first, whatever the weights say.
    const PEN: engine::Resource = engine::Resource("pen");
    let stage = Stage::new(&[(PEN, 1)]);
    let task = |at: &str, agent: &str, weight_ms: u32| TaskSpec {
        agent: agent.into(),
        weight_ms,
        ..stage.holding(at, at.into(), &[], Does::Work(1), &[(PEN, 1)])
    };
    let mut history = engine::History::default();
    history.note(TaskKind::new("painter".into(), Collection::new("slow"), &serde_json::Value::Null), 900);
    let tasks = vec![task("quick", "writer", 500), task("slow", "painter", 1)];
    let plan = engine::plan_with(&tasks, &history);
    assert_eq!(plan.steps.iter().map(|step| step.weight_ms).collect::<Vec<_>>(), [500, 900]);
    let promise = |collection: &str| Promise {
        agent: "painter".into(),
        collection: Collection::new(collection),
        least: 1,
        most: 2,
        needs: Vec::new(),
        weight_ms: 7,
        model: serde_json::Value::Null,
        quotes: Vec::new(),
    };
    let promised = |collection: &str| {
        let work = engine::Work::Expand(Arc::new(crate::stage::Spread {
            feeds: Vec::new(),
            gives: Arc::new(|_: &engine::Inputs| Ok(Vec::new())),
            promises: vec![promise(collection)],
        }));
        let spread = TaskSpec { work, ..task("spread", "spreader", 0) };
        engine::plan_with(&[spread], &history).steps[0].weight_ms
    };
    assert_eq!(promised("slow"), 900);
    assert_eq!(promised("other"), 7, "what the same agent makes for something else was not measured");
    let order = engine::RunOrder { history, ..engine::RunOrder::new(engine::RunId("run".to_owned()), tasks) };
    stage.order(order).wait().await;
    assert_eq!(stage.log.made(), ["slow", "quick"]);
}
