//! What a change makes anew: worked out before, done after, and both against a model that works it out the slow way.

use std::collections::BTreeSet;
use std::sync::Arc;

use engine::{
    Collection, Difference, Event, Forecast, ForecastState, History, KeyForm, Micros, Plan, Promise, Provider, Quote,
    RunId, Store, TaskSpec, TaskState, Work, forecast,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::graphs::on_paused_time;
use crate::sketch::{Piece, Placed, pieces, sound, tasks, views};
use crate::stage::{Does, Spread, Stage, every, expand, one};

async fn foresee(stage: &Stage, tasks: Vec<TaskSpec>) -> Forecast {
    let store: Arc<dyn Store> = stage.store.clone();
    forecast(tasks, &store, &History::default()).await.expect("a sound graph")
}

fn of(forecast: &Forecast, states: &[ForecastState]) -> BTreeSet<String> {
    let tasks = forecast.tasks.iter().filter(|task| states.contains(&task.state));
    tasks.map(|task| task.slot.to_string()).collect()
}

/// How many tasks a plan makes, at least and at most.
fn counts(plan: &Plan) -> (u32, u32) {
    plan.steps.iter().fold((0, 0), |(least, most), step| (least + step.least, most + step.most))
}

fn made(stage: &Stage, run: &str) -> BTreeSet<String> {
    let events = stage.store.events_of(&RunId(run.to_owned()));
    let made = events.iter().filter_map(|event| match event {
        Event::Task { slot, state: TaskState::Done { .. }, .. } => Some(slot.to_string()),
        _ => None,
    });
    made.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_change_makes_anew_what_it_touches_and_the_forecast_says_so(
        pieces in pieces(),
        changed in prop::collection::btree_set(0..40_usize, 0..4),
        free in prop::collection::btree_set(0..40_usize, 0..40),
    ) {
        on_paused_time(a_change(pieces, changed, free));
    }
}

async fn a_change(pieces: Vec<Piece>, changed: BTreeSet<usize>, free: BTreeSet<usize>) {
    let mut before = sound(&pieces);
    let all = before.len();
    let all_free = free.len() > 30;
    for (at, placed) in before.iter_mut().enumerate() {
        placed.free = all_free || free.contains(&at);
    }
    let mut after = before.clone();
    for at in changed {
        let slot = after[at % all].slot.clone();
        after[at % all].says = json!([slot, "something else"]);
    }
    let stage = Arc::new(Stage::new(&[]));
    let (before, after) = (Arc::new(before), Arc::new(after));

    let fresh = foresee(&stage, tasks(&before, &stage)).await;
    let leaves: BTreeSet<String> = before.iter().filter(|p| p.is_leaf()).map(|p| p.slot.clone()).collect();
    assert!(of(&fresh, &[ForecastState::New]).is_subset(&leaves));
    stage.run("before", tasks(&before, &stage)).await;
    assert_eq!(made(&stage, "before"), leaves);
    assert!(counts(&fresh.plan).0 <= leaves.len() as u32);
    let again = foresee(&stage, tasks(&before, &stage)).await;
    assert_eq!((of(&again, &[ForecastState::Kept]), counts(&again.plan)), (leaves, (0, 0)), "nothing is made twice");

    let seen = foresee(&stage, tasks(&after, &stage)).await;
    let report = stage.run("after", tasks(&after, &stage)).await;
    let really = made(&stage, "after");
    assert_eq!(really, touched(&before, &after), "the affected set, no more and no less");
    let (least, most) = counts(&seen.plan);
    let costly = after.iter().filter(|placed| !placed.free && really.contains(&placed.slot)).count() as u32;
    assert!((least..=most).contains(&costly), "{costly} made, foreseen {least} to {most}");
    assert_eq!(report.made as usize, really.len());
    assert!(really.is_disjoint(&of(&seen, &[ForecastState::Kept])), "what is kept is kept");
    if all_free {
        assert_eq!(of(&seen, &[ForecastState::Stale, ForecastState::New]), really);
        assert_eq!((least, most), (0, 0), "what is free is foreseen exactly and is no step");
    }

    // Undo makes nothing.
    assert_eq!(stage.run("undo", tasks(&before, &stage)).await.made, 0);
}

/// What reads or says something else than before.
fn touched(before: &[Placed], after: &[Placed]) -> BTreeSet<String> {
    let (old, new) = (views(before), views(after));
    new.into_iter().filter(|(slot, view)| old.get(slot) != Some(view)).map(|(slot, _)| slot).collect()
}

fn quote(most: u32) -> Quote {
    Quote {
        provider: Provider("there".to_owned()),
        model: "parrot".to_owned(),
        kind: "chat".to_owned(),
        least: 1,
        most,
        each_least: Micros(2),
        each_most: Micros(10),
    }
}

/// A text, its parts, and what comes of them; each costs.
fn book(stage: &Arc<Stage>, text: &str, chapters: &[&str]) -> Vec<TaskSpec> {
    let quoted = |task: TaskSpec| TaskSpec { quotes: vec![quote(3)], ..task };
    let inner = Arc::clone(stage);
    let chapters: Vec<String> = chapters.iter().map(|name| (*name).to_owned()).collect();
    let gives = move |_: &engine::Inputs| {
        let task = |name: &String| inner.leaf(&format!("chapter/{name}"), &[one("text")], Does::Work(1));
        Ok(chapters.iter().map(|name| TaskSpec { quotes: vec![quote(3)], ..task(name) }).collect())
    };
    let promise = Promise {
        agent: "player".into(),
        collection: Collection::new("chapter"),
        least: 1,
        most: 4,
        needs: vec![one("text")],
        weight_ms: 10,
        model: Value::Null,
        quotes: vec![quote(3)],
    };
    let spread = Spread { feeds: vec![Collection::new("chapter")], gives: Arc::new(gives), promises: vec![promise] };
    vec![
        quoted(stage.says("text", json!(text), &[], Does::Work(1))),
        TaskSpec {
            work: Work::Expand(Arc::new(spread)),
            ..expand("chapters", &[one("text")], &[], Arc::new(|_: &engine::Inputs| Ok(Vec::new())))
        },
        stage.free("index", json!("index"), &[every("chapter")], Does::Give(json!("index"))),
        stage.leaf("cover", &[one("index")], Does::Work(1)),
    ]
}

fn states(forecast: &Forecast) -> Vec<String> {
    forecast.tasks.iter().map(|task| format!("{} {:?} {}", task.slot, task.state, task.why)).collect()
}

#[tokio::test(start_paused = true)]
async fn a_forecast_says_what_how_much_and_why() {
    let stage = Arc::new(Stage::new(&[]));
    let fresh = foresee(&stage, book(&stage, "a whale", &["a", "b"])).await;
    assert_eq!(
        states(&fresh),
        [
            "text New it was never made",
            "index New it reads what is not there yet",
            "cover New it reads what is not there yet"
        ]
    );
    assert_eq!(fresh.plan, engine::plan(&book(&stage, "a whale", &["a", "b"])), "nothing is there: it is the plan");
    assert_eq!((fresh.plan.calls(), fresh.plan.price()), ((2, 15), (Micros(4), Micros(150))));
    assert_eq!(fresh.plan.price_of(|kind| kind != "chat"), (Micros::ZERO, Micros::ZERO));

    stage.run("first", book(&stage, "a whale", &["a", "b"])).await;
    let changed = foresee(&stage, book(&stage, "a squid", &["a", "b"])).await;
    assert_eq!(
        states(&changed),
        [
            "text Stale says",
            "chapter/a Maybe what it reads may change",
            "chapter/b Maybe what it reads may change",
            "index Maybe what it reads may change",
            "cover Maybe what it reads may change",
        ]
    );
    // One text for sure; up to four chapters and a cover. The index is free.
    assert_eq!(counts(&changed.plan), (1, 6));
    assert_eq!((changed.plan.calls(), changed.plan.price()), ((1, 15), (Micros(2), Micros(150))));

    // A chapter more: the index is free, comes out the same, and the cover is kept.
    let more = foresee(&stage, book(&stage, "a whale", &["a", "b", "c"])).await;
    assert_eq!(
        states(&more),
        [
            "text Kept ",
            "chapter/a Kept ",
            "chapter/b Kept ",
            "chapter/c New it was never made",
            "index Stale it reads what is not there yet",
            "cover Maybe what it reads may change",
        ]
    );
    let report = stage.run("more", book(&stage, "a whale", &["a", "b", "c"])).await;
    assert_eq!(report.made, 2);
    assert_eq!(made(&stage, "more"), BTreeSet::from(["chapter/c".to_owned(), "index".to_owned()]));

    // The person keeps the old one, whatever changed.
    let text = report.results[&crate::stage::slot("text")].clone();
    stage.store.pin(&crate::stage::slot("text"), text);
    let pinned = foresee(&stage, book(&stage, "a squid", &["a", "b", "c"])).await;
    assert_eq!(counts(&pinned.plan), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_plan_is_narrowed_as_promises_become_facts() {
    let stage = Arc::new(Stage::new(&[]));
    stage.run("run", book(&stage, "a whale", &["a", "b"])).await;
    let plans: Vec<Plan> = stage
        .store
        .events()
        .into_iter()
        .filter_map(|(_, event)| match event {
            Event::Narrowed { plan } => Some(plan),
            _ => None,
        })
        .collect();
    let [plan] = plans.as_slice() else { panic!("one expand task, one narrowing: {plans:?}") };
    assert_eq!((counts(plan), plan.calls()), ((4, 4), (3, 9)));
    let by = stage.store.events().into_iter().find_map(|(_, event)| match event {
        Event::TaskPlanned { slot, by, .. } if slot.as_str() == "chapter/a" => by,
        _ => None,
    });
    assert_eq!(by, Some(crate::stage::slot("chapters")));
}

#[test]
fn two_forms_are_compared_for_a_person() {
    let form = |version: &str, view: Value| KeyForm {
        agent: "voice".to_owned(),
        version: version.to_owned(),
        model: json!({"name": "parrot"}),
        view,
    };
    let old = form("1", json!({"lines": [{"text": "hi", "by": "a"}, {"text": "ho"}], "pace": 1}));
    let new = form("2", json!({"lines": [{"text": "hey", "by": "a"}], "loud": true, "pace": 1}));
    let at = |path: &str, before: Value, after: Value| {
        let some = |value: Value| (!value.is_null()).then_some(value);
        Difference { path: path.to_owned(), before: some(before), after: some(after) }
    };
    assert_eq!(
        old.compare(&new),
        [
            at("version", json!("1"), json!("2")),
            at("view.lines.0.text", json!("hi"), json!("hey")),
            at("view.lines.1", json!({"text": "ho"}), Value::Null),
            at("view.loud", Value::Null, json!(true)),
        ]
    );
    assert_eq!(old.compare(&old), []);
}
