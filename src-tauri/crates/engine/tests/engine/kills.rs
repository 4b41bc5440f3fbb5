//! The program is killed anywhere in the middle of calls, again and again: nothing that was paid for is paid again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use engine::{Block, CallState, Patience, RunId, RunOrder, RunOutcome, RunReport};
use proptest::prelude::*;
use serde_json::json;
use testkit::MemoryStore;

use crate::graphs::on_paused_time;
use crate::provider::{Answers, Ring, World};
use crate::stage::{Does, Stage, every};

/// One life of the program: a new engine over the same project, killed after so many milliseconds if it is not done.
fn live(store: &Arc<MemoryStore>, world: &Arc<World>, killed_after: Option<u64>) -> Option<RunReport> {
    on_paused_time(async {
        let stage = Stage { store: Arc::clone(store), ..Stage::new(&[]) };
        let ring = |request: String, answers: Answers| Ring::new(world, &request, answers).paid(10, 7);
        let mut tasks: Vec<_> = (0..5)
            .map(|number| {
                let rings = vec![
                    ring(format!("chat{number}"), Answers::After(3 + number)),
                    ring(format!("job{number}"), Answers::Polls(1 + number as u32 % 3)),
                ];
                stage.says(&format!("t/{number}"), json!(number), &[], Does::Call(rings))
            })
            .collect();
        tasks.push(stage.leaf("end", &[every("t")], Does::Work(1)));
        let order = RunOrder { patience: Patience::Settle, ..RunOrder::new(RunId("run".to_owned()), tasks) };
        let handle = stage.order(order);
        match killed_after {
            Some(ms) => tokio::time::timeout(Duration::from_millis(ms), handle.wait()).await.ok(),
            None => Some(handle.wait().await),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_sent_again_that_was_done_or_has_a_handle(kills in prop::collection::vec(0..500_u64, 1..5)) {
        let (store, world) = (Arc::new(MemoryStore::new()), Arc::<World>::default());
        store.slow(Duration::from_millis(1));
        for kill in kills {
            live(&store, &world, Some(kill));
        }
        let mut written_off = BTreeMap::<String, usize>::new();
        let report = loop {
            let sent = world.all_sent().len();
            let report = live(&store, &world, None).expect("it is not killed");
            if report.outcome == RunOutcome::Finished {
                break report;
            }
            prop_assert_eq!(report.outcome, RunOutcome::Waiting);
            prop_assert!(world.all_sent().len() >= sent);
            for (_, block) in &report.blocked {
                let Block::Unknown { call, may_cost } = block else { panic!("nothing else blocks: {block:?}") };
                prop_assert_eq!(may_cost.map(|micros| micros.0), Some(10));
                let rows = store.calls();
                let (intent, _) = rows.iter().find(|(intent, _)| intent.id == *call).expect("it is in the journal");
                *written_off.entry(intent.order.request.clone()).or_default() += 1;
                store.write_off(call);
            }
        };
        prop_assert_eq!(report.results.len(), 6);
        for number in 0..5 {
            for request in [format!("chat{number}"), format!("job{number}")] {
                let allowed = 1 + written_off.get(&request).copied().unwrap_or(0);
                prop_assert!(world.sent(&request) <= allowed, "{request} was sent {} times", world.sent(&request));
            }
        }
        prop_assert!(store.spent() >= world.charged(), "everything that may have cost is counted");
        let open = store.calls().into_iter().filter(|(_, state)| {
            !matches!(state, CallState::Settled | CallState::Failed | CallState::WrittenOff)
        });
        prop_assert_eq!(open.count(), 0, "nothing is left open");
    }
}
