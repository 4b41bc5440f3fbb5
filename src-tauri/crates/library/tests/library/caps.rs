//! Money never passes a cap, whatever happens in whatever order; and it is refused only when it would.

use std::collections::BTreeMap;

use engine::{CallIntent, Caps, Lapse, Micros, RunId};
use library::{Library, ProjectId};
use proptest::prelude::*;
use tokio::task::JoinSet;

use crate::calls::{id, intent, reply, usage};
use crate::{DAY, HandClock};

/// Opens the library in a folder at noon of a day that does not end.
fn open(home: &std::path::Path) -> Library {
    Library::open_with_clock(home, HandClock::at(100 * DAY + DAY / 2)).unwrap().library
}

const CAPS: Caps = Caps { run: Some(Micros(60)), project: Some(Micros(90)), day: Some(Micros(130)) };

/// One step; numbers choose among the calls that there are.
#[derive(Debug, Clone)]
enum Step {
    Intend { project: usize, run: usize, most: u64 },
    Handle(usize),
    Reply(usize, u64),
    Fail(usize),
    Lose(usize),
    Spoil(usize, u64),
    WriteOff(usize),
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..2_usize, 0..2_usize, 0..40_u64).prop_map(|(project, run, most)| Step::Intend { project, run, most }),
        2 => any::<usize>().prop_map(Step::Handle),
        3 => (any::<usize>(), any::<u64>()).prop_map(|(call, cost)| Step::Reply(call, cost)),
        1 => any::<usize>().prop_map(Step::Fail),
        1 => any::<usize>().prop_map(Step::Lose),
        1 => (any::<usize>(), any::<u64>()).prop_map(|(call, cost)| Step::Spoil(call, cost)),
        1 => any::<usize>().prop_map(Step::WriteOff),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..50)
}

/// What the model knows of a call.
#[derive(Debug, Clone, Copy)]
struct Known {
    project: usize,
    run: usize,
    most: u64,
    /// What it counts: the most while it is open, its cost when that is known.
    counts: u64,
    open: bool,
    unknown: bool,
    intended: bool,
}

fn names(run: usize) -> RunId {
    RunId(format!("run_{run}"))
}

fn sum(calls: &[Known], of: impl Fn(&Known) -> bool) -> u64 {
    calls.iter().filter(|call| of(call)).map(|call| call.counts).sum()
}

/// The `nth` call, going round, that is open.
fn pick(calls: &mut [Known], nth: usize) -> Option<(String, &mut Known)> {
    let open: Vec<usize> = (0..calls.len()).filter(|n| calls[*n].open).collect();
    let n = *open.get(nth.checked_rem(open.len())?)?;
    Some((n.to_string(), &mut calls[n]))
}

async fn check(steps: Vec<Step>) {
    let home = tempfile::tempdir().unwrap();
    let mut library = open(home.path());
    let projects = [library.create_project("1").await.unwrap(), library.create_project("2").await.unwrap()];
    let mut calls: Vec<Known> = Vec::new();
    for step in steps {
        let meter = |project: usize| library.project_store(&projects[project]);
        match step {
            Step::Intend { project, run, most } => {
                let name = calls.len().to_string();
                let asked = CallIntent { run: names(run), ..intent(&name, Some(most), CAPS) };
                let answer = meter(project).intend(asked).await.unwrap();
                let of_run = sum(&calls, |c| c.project == project && c.run == run) + most > 60;
                let of_project = sum(&calls, |c| c.project == project) + most > 90;
                let of_day = sum(&calls, |_| true) + most > 130;
                assert_eq!(answer.is_err(), most > 0 && (of_run || of_project || of_day), "{answer:?}");
                if answer.is_ok() {
                    let fresh = Known { project, run, most, counts: most, open: true, unknown: false, intended: true };
                    calls.push(fresh);
                }
            }
            Step::Handle(nth) => {
                if let Some((name, call)) = pick(&mut calls, nth) {
                    (call.unknown, call.intended) = (false, false);
                    meter(call.project).handled(&id(&name), "job").await.unwrap();
                }
            }
            Step::Reply(nth, cost) | Step::Spoil(nth, cost) => {
                if let Some((name, call)) = pick(&mut calls, nth) {
                    let cost = cost % (call.most + 1);
                    (call.open, call.counts) = (false, cost);
                    match step {
                        Step::Reply(..) => meter(call.project).replied(&id(&name), &reply(&name, cost)).await.unwrap(),
                        _ => meter(call.project).lapsed(&id(&name), Lapse::Spoilt(usage(cost))).await.unwrap(),
                    }
                }
            }
            Step::Fail(nth) => {
                if let Some((name, call)) = pick(&mut calls, nth) {
                    (call.open, call.counts) = (false, 0);
                    meter(call.project).lapsed(&id(&name), Lapse::Failed).await.unwrap();
                }
            }
            Step::Lose(nth) => {
                if let Some((name, call)) = pick(&mut calls, nth) {
                    (call.unknown, call.intended) = (true, false);
                    meter(call.project).lapsed(&id(&name), Lapse::Unknown).await.unwrap();
                }
            }
            Step::WriteOff(nth) => {
                if let Some((name, call)) = pick(&mut calls, nth) {
                    let written = library.write_off(&projects[call.project], &id(&name)).await;
                    assert_eq!(written.is_ok(), call.unknown);
                    call.open = !call.unknown;
                }
            }
            Step::Reopen => {
                drop(library);
                library = open(home.path());
                for call in calls.iter_mut().filter(|call| call.intended) {
                    (call.unknown, call.intended) = (true, false);
                }
            }
        }
        assert_eq!(library.spent_today().await.unwrap().0, sum(&calls, |_| true), "and never above the cap");
    }
    for (n, project) in projects.iter().enumerate() {
        let ledger = library.ledger(project).await.unwrap();
        assert_eq!((ledger.spent + ledger.reserved).0, sum(&calls, |c| c.project == n));
        assert_eq!(ledger.reserved.0, sum(&calls, |c| c.project == n && c.open));
    }
}

/// Everything at once: tasks that make calls and end them somehow, while the sums are looked at.
async fn check_together(tasks: Vec<Vec<(u64, u8)>>) {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let projects = [library.create_project("1").await.unwrap(), library.create_project("2").await.unwrap()];
    let mut working = JoinSet::new();
    for (task, orders) in tasks.into_iter().enumerate() {
        working.spawn(act(library.clone(), projects[task % 2].clone(), task, orders));
    }
    let mut held: BTreeMap<usize, u64> = BTreeMap::new();
    while let Some(done) = working.join_next().await {
        let (task, counts) = done.unwrap();
        held.insert(task, counts);
        assert!(library.spent_today().await.unwrap().0 <= 130);
    }
    let mut all = Micros::ZERO;
    for project in &projects {
        let ledger = library.ledger(project).await.unwrap();
        assert!((ledger.spent + ledger.reserved).0 <= 90, "{ledger:?}");
        all = all + ledger.spent + ledger.reserved;
    }
    assert_eq!(all.0, held.values().sum::<u64>());
    assert_eq!(library.spent_today().await, Ok(all));
}

async fn act(library: Library, project: ProjectId, task: usize, orders: Vec<(u64, u8)>) -> (usize, u64) {
    let meter = library.project_store(&project);
    let mut counts = 0;
    for (n, (most, end)) in orders.into_iter().enumerate() {
        let name = format!("{task}-{n}");
        let asked = CallIntent { run: names(task), ..intent(&name, Some(most), CAPS) };
        if meter.intend(asked).await.unwrap().is_err() {
            continue;
        }
        assert!(library.spent_today().await.unwrap().0 <= 130);
        match end {
            0 => meter.lapsed(&id(&name), Lapse::Failed).await.unwrap(),
            1 => {
                meter.replied(&id(&name), &reply(&name, most / 2)).await.unwrap();
                counts += most / 2;
            }
            2 => {
                meter.lapsed(&id(&name), Lapse::Unknown).await.unwrap();
                library.write_off(&project, &id(&name)).await.unwrap();
                counts += most;
            }
            _ => counts += most,
        }
    }
    (task, counts)
}

fn block_on(work: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(work);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn money_is_never_above_a_cap_and_refused_only_there(steps in steps()) {
        block_on(check(steps));
    }

    #[test]
    fn money_is_never_above_a_cap_when_all_spend_at_once(
        tasks in prop::collection::vec(prop::collection::vec((0..40_u64, 0..4_u8), 1..8), 2..6)
    ) {
        block_on(check_together(tasks));
    }
}
