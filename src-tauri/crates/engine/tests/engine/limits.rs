//! The limits of providers: never passed, and nothing lies idle because of them.

use std::sync::Arc;
use std::time::Duration;

use engine::{Limits, Provider, RunId, RunOrder};
use proptest::prelude::*;
use tokio::time::Instant;

use crate::graphs::on_paused_time;
use crate::provider::{Answers, Fault, Ring, World};
use crate::stage::{Does, Stage};

#[derive(Debug, Clone)]
struct Wish {
    ms: u64,
    job: bool,
    tokens: u32,
    fault: Option<Fault>,
}

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let fault = prop_oneof![
        8 => Just(None),
        1 => Just(Some(Fault::Busy(Some(Duration::from_secs(3))))),
        1 => Just(Some(Fault::Unreachable)),
        1 => Just(Some(Fault::Cut)),
    ];
    let wish = (10..4000_u64, any::<bool>(), 0..400_u32, fault);
    prop::collection::vec(wish.prop_map(|(ms, job, tokens, fault)| Wish { ms, job, tokens, fault }), 1..30)
}

fn limits() -> impl Strategy<Value = Limits> {
    (prop::option::of(1..6_u32), prop::option::of(1..12_u32), prop::option::of(100..1500_u32))
        .prop_map(|(at_once, per_minute, tokens_per_minute)| Limits { at_once, per_minute, tokens_per_minute })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn limits_are_never_passed(wishes in wishes(), limits in limits(), runs in 1..3_usize) {
        on_paused_time(never_passed(wishes, limits, runs));
    }
}

async fn never_passed(wishes: Vec<Wish>, limits: Limits, runs: usize) {
    let (stage, world) = (Stage::new(&[]), Arc::<World>::default());
    stage.engine.limit(&Provider("there".to_owned()), None, limits);
    let mut handles = Vec::new();
    for run in 0..runs {
        let tasks = wishes.iter().enumerate().map(|(number, wish)| {
            let request = format!("{run}-{number}");
            world.faults(&request, wish.fault.clone());
            let answers = if wish.job { Answers::Job(wish.ms) } else { Answers::After(wish.ms) };
            let ring = Ring { tokens: wish.tokens, ..Ring::new(&world, &request, answers) };
            stage.leaf(&format!("t/{request}"), &[], Does::Call(vec![ring]))
        });
        handles.push(stage.order(RunOrder::new(RunId(run.to_string()), tasks.collect())));
    }
    for handle in handles {
        let report = handle.wait().await;
        assert_eq!(report.made as usize, wishes.len());
    }
    if let Some(most) = limits.at_once {
        // A job that was cut off goes on there without our knowing.
        let lost = wishes.iter().filter(|wish| wish.job && wish.fault == Some(Fault::Cut)).count() * runs;
        assert!(world.peak() <= most + lost as u32, "{} at once", world.peak());
    }
    let sent = world.all_sent();
    for (at, (began, ..)) in sent.iter().enumerate() {
        let minute = sent[at..].iter().take_while(|(then, ..)| *then - *began < Duration::from_mins(1));
        let (calls, tokens) = minute.fold((0, 0), |(calls, sum), (_, _, tokens)| (calls + 1, sum + tokens));
        assert!(limits.per_minute.is_none_or(|most| calls <= most), "{calls} calls in a minute");
        // One that wants more than there is has all there is.
        assert!(limits.tokens_per_minute.is_none_or(|most| tokens <= most.max(400)), "{tokens} tokens in a minute");
    }
}

#[tokio::test(start_paused = true)]
async fn limits_may_change_while_calls_wait() {
    let (stage, world) = (Stage::new(&[]), Arc::<World>::default());
    let there = Provider("there".to_owned());
    stage.engine.limit(&there, None, Limits { at_once: Some(1), ..Limits::default() });
    let tasks = (0..40).map(|number| {
        let ring = Ring::new(&world, &number.to_string(), Answers::After(1000));
        stage.leaf(&format!("t/{number}"), &[], Does::Call(vec![ring]))
    });
    let began = Instant::now();
    let handle = stage.start("run", tasks.collect());
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(world.peak(), 1);
    stage.engine.limit(&there, None, Limits { at_once: Some(4), ..Limits::default() });
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(world.peak(), 4);
    stage.engine.limit(&there, None, Limits::default());
    handle.wait().await;
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_limit_of_one_kind_of_calls_holds_back_no_other_kind() {
    let stage = Stage::new(&[]);
    let (clips, pictures) = (Arc::<World>::default(), Arc::<World>::default());
    let there = Provider("there".to_owned());
    stage.engine.limit(&there, None, Limits { at_once: Some(4), ..Limits::default() });
    stage.engine.limit(&there, Some("video"), Limits { at_once: Some(1), ..Limits::default() });
    let tasks = [("video", &clips), ("image", &pictures)].into_iter().flat_map(|(kind, world)| {
        let stage = &stage;
        (0..12).map(move |number| {
            let ring = Ring { kind, ..Ring::new(world, &number.to_string(), Answers::After(1000)) };
            stage.leaf(&format!("{kind}/{number}"), &[], Does::Call(vec![ring]))
        })
    });
    let report = stage.run("run", tasks.collect()).await;
    assert_eq!((report.made, clips.peak()), (24, 1));
    assert!((3..=4).contains(&pictures.peak()), "{} pictures at once", pictures.peak());
}

#[tokio::test(start_paused = true)]
async fn a_big_run_does_not_keep_a_small_one_from_a_provider() {
    let (stage, world) = (Stage::new(&[]), Arc::<World>::default());
    stage.engine.limit(&Provider("there".to_owned()), None, Limits { at_once: Some(2), ..Limits::default() });
    let tasks = |run: &str, count: usize| {
        let task = |number| {
            let ring = Ring::new(&world, &format!("{run}{number}"), Answers::After(100));
            stage.leaf(&format!("{run}/{number}"), &[], Does::Call(vec![ring]))
        };
        (0..count).map(task).collect::<Vec<_>>()
    };
    let big = stage.start("big", tasks("big", 100));
    tokio::time::sleep(Duration::from_millis(150)).await;
    let began = Instant::now();
    stage.run("small", tasks("small", 5)).await;
    assert!(began.elapsed() < Duration::from_millis(700), "{:?}", began.elapsed());
    assert_eq!(big.wait().await.made, 100);
}
