//! The plan before a run.

use std::sync::Arc;

use engine::{AgentName, Collection, Need, Plan, Promise, TaskSpec, Work, plan};

use crate::stage::{Does, Spread, Stage, every, expand, one};

fn leaf(stage: &Stage, at: &str, agent: &str, needs: &[Need], weight_ms: u32) -> TaskSpec {
    TaskSpec { agent: AgentName::from(agent), weight_ms, ..stage.leaf(at, needs, Does::Work(1)) }
}

fn promise(agent: &str, collection: &str, counts: (u32, u32), needs: &[Need], weight_ms: u32) -> Promise {
    Promise {
        agent: AgentName::from(agent),
        collection: Collection::new(collection),
        least: counts.0,
        most: counts.1,
        needs: needs.to_vec(),
        weight_ms,
        model: serde_json::Value::Null,
        quotes: Vec::new(),
    }
}

fn promising(at: &str, needs: &[Need], promises: Vec<Promise>) -> TaskSpec {
    let feeds = promises.iter().map(|promise| promise.collection.clone()).collect();
    let spread = Spread { feeds, gives: Arc::new(|_: &engine::Inputs| Ok(Vec::new())), promises };
    TaskSpec {
        work: Work::Expand(Arc::new(spread)),
        ..expand(at, needs, &[], Arc::new(|_: &engine::Inputs| Ok(Vec::new())))
    }
}

/// A small film: its script makes the cast and the shots.
fn film() -> Vec<TaskSpec> {
    let stage = Stage::new(&[]);
    vec![
        leaf(&stage, "film", "editor", &[every("clip"), one("music")], 500),
        leaf(&stage, "music", "composer", &[one("look")], 300),
        leaf(&stage, "script", "writer", &[one("brief")], 100),
        leaf(&stage, "look", "stylist", &[], 50),
        promising("portraits", &[one("script")], vec![promise("painter", "sheet", (1, 3), &[one("look")], 40)]),
        promising(
            "shots",
            &[one("script")],
            vec![
                promise("painter", "frame", (2, 4), &[every("sheet")], 80),
                promise("animator", "clip", (2, 4), &[every("frame")], 200),
                promise("nobody", "prop", (0, 0), &[], 1),
            ],
        ),
    ]
}

fn lines(plan: &Plan) -> Vec<String> {
    let line = |s: &engine::PlanStep| {
        let after: Vec<_> = s.after.iter().map(|agent| agent.0.as_str()).collect();
        format!("{} {} {}..{} × {} after {}", s.group, s.agent, s.least, s.most, s.weight_ms, after.join("+"))
    };
    plan.steps.iter().map(line).collect()
}

#[test]
fn a_plan_says_who_how_many_after_whom_and_what_side_by_side() {
    let plan = plan(&film());
    assert_eq!(
        lines(&plan),
        [
            "0 writer 1..1 × 100 after ",
            "0 stylist 1..1 × 50 after ",
            "1 composer 1..1 × 300 after stylist",
            "1 painter 3..7 × 63 after stylist+writer",
            "2 animator 2..4 × 200 after painter+writer",
            "3 editor 1..1 × 500 after animator+composer",
        ]
    );
}

#[test]
fn the_expected_time_lies_between_the_chain_and_the_work() {
    let plan = plan(&film());
    // Least work 100 + 50 + 300 + 3·63 + 2·200 + 500, most 100 + 50 + 300 + 7·63 + 4·200 + 500;
    // the longest chain is writer, painter, animator, editor.
    let check = |side: u32, from: u32, to: u32| assert_eq!(plan.expected_ms(side), (from, to));
    check(1, 1539, 2191);
    check(0, 1539, 2191);
    check(2, 863, (2191 + 863_u32).div_ceil(2));
    check(1000, 863, (2191 + 863 * 999_u32).div_ceil(1000));
    assert_eq!(Plan::default().expected_ms(4), (0, 0));
}

#[test]
fn agents_that_wait_for_each_other_in_turn_are_still_planned() {
    let stage = Stage::new(&[]);
    let plan = plan(&[
        leaf(&stage, "a/1", "first", &[], 10),
        leaf(&stage, "b/1", "second", &[one("a/1")], 10),
        leaf(&stage, "a/2", "first", &[one("b/1"), one("a/1")], 10),
    ]);
    assert_eq!(lines(&plan), ["0 first 2..2 × 10 after second", "1 second 1..1 × 10 after first"]);
}
