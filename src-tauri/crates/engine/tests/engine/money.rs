//! Money: never above a cap, and nobody is asked while calls under way may still give some back.

use std::sync::Arc;
use std::time::Duration;

use engine::{Block, Caps, Micros, Patience, RunId, RunOrder, RunOutcome};
use proptest::prelude::*;

use crate::graphs::on_paused_time;
use crate::provider::{Answers, Fault, Ring, World};
use crate::stage::{Does, Stage};

#[derive(Debug, Clone)]
struct Purchase {
    most: u64,
    share: u64,
    ms: u64,
    job: bool,
    fault: Option<Fault>,
}

fn purchases() -> impl Strategy<Value = Vec<Purchase>> {
    let fault = prop_oneof![
        6 => Just(None),
        1 => Just(Some(Fault::Unreachable)),
        1 => Just(Some(Fault::Cut)),
        1 => Just(Some(Fault::Spoilt)),
        1 => Just(Some(Fault::JobFails)),
    ];
    let purchase = (1..100_u64, 0..=100_u64, 1..2000_u64, any::<bool>(), fault);
    prop::collection::vec(
        purchase.prop_map(|(most, share, ms, job, fault)| Purchase { most, share, ms, job, fault }),
        1..20,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cap_is_ever_passed(purchases in purchases(), caps in (0..400_u64, 0..800_u64), stop in 0..4000_u64) {
        on_paused_time(never_passed(purchases, caps, stop));
    }
}

async fn never_passed(purchases: Vec<Purchase>, (of_run, of_project): (u64, u64), stop: u64) {
    let (stage, world) = (Stage::new(&[]), Arc::<World>::default());
    let caps = Caps { run: Some(Micros(of_run)), project: Some(Micros(of_project)), day: None };
    let order = |run: &str| {
        let tasks = purchases.iter().enumerate().map(|(number, purchase)| {
            let request = format!("{run}{number}");
            world.faults(&request, purchase.fault.clone());
            let answers = if purchase.job { Answers::Job(purchase.ms) } else { Answers::After(purchase.ms) };
            let ring = Ring::new(&world, &request, answers).paid(purchase.most, purchase.most * purchase.share / 100);
            stage.leaf(&format!("{run}/{number}"), &[], Does::Call(vec![ring]))
        });
        RunOrder { caps, patience: Patience::Settle, ..RunOrder::new(RunId(run.to_owned()), tasks.collect()) }
    };
    let (first, second) = (stage.order(order("a")), stage.order(order("b")));
    tokio::time::sleep(Duration::from_millis(stop)).await;
    second.cancel();
    let report = first.wait().await;
    second.wait().await;
    assert!(world.charged() <= Micros(of_project), "{} charged", world.charged());
    assert!(stage.store.spent() <= Micros(of_project));
    assert!(world.charged() <= stage.store.spent(), "everything that was charged is counted");
    assert!(report.cost <= Micros(of_run));
    // Who was refused for money really had no room left.
    for (_, block) in &report.blocked {
        if let Block::OverCap(over) = block {
            assert!(over.spent + over.wanted > over.limit);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_calls_under_way_may_give_back_is_waited_for() {
    let (stage, world) = (Stage::new(&[]), Arc::<World>::default());
    // Each may cost 50 and costs 5: two fit at once, all ten in the end.
    let tasks = (0..10).map(|number| {
        let ring = Ring::new(&world, &number.to_string(), Answers::After(1000)).paid(50, 5);
        stage.leaf(&format!("t/{number}"), &[], Does::Call(vec![ring]))
    });
    let caps = Caps { run: Some(Micros(100)), ..Caps::default() };
    let order = RunOrder { caps, ..RunOrder::new(RunId("run".to_owned()), tasks.collect()) };
    let report = stage.order(order).wait().await;
    assert_eq!((report.outcome, report.cost, world.peak()), (RunOutcome::Finished, Micros(50), 2));
    assert!(stage.states("run", "t/9").contains(&"queued".to_owned()), "it stood in line for money");
}
