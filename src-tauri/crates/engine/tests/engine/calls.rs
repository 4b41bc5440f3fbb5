//! Calls of tasks: counted, kept, tried again where that is safe, explained where it is not.

use std::sync::Arc;
use std::time::Duration;

use engine::{CallState, Event, FailureKind, Key, Micros, RunId, RunOutcome, RunReport, Slot, TaskState};
use serde_json::json;
use tokio::time::Instant;

use crate::provider::{Answers, Fault, Ring, World};
use crate::stage::{Does, Stage, failure, one, slot};

fn world() -> Arc<World> {
    Arc::default()
}

fn done(stage: &Stage, run: &str, at: &str) -> (u32, Micros) {
    let events = stage.store.events_of(&RunId(run.to_owned()));
    let last = events.into_iter().rev().find_map(|event| match event {
        Event::Task {
            slot: of,
            state: TaskState::Done { calls, cost, .. } | TaskState::Failed { calls, cost, .. },
            ..
        } if of == slot(at) => Some((calls, cost)),
        _ => None,
    });
    last.unwrap()
}

#[tokio::test(start_paused = true)]
async fn what_a_call_replied_is_kept_counted_and_told() {
    let (stage, world) = (Stage::new(&[]), world());
    let rings = vec![
        Ring::new(&world, "one", Answers::After(400)).paid(50, 30),
        Ring::new(&world, "two", Answers::Job(3000)).paid(500, 400),
    ];
    let report = stage.run("run", vec![stage.leaf("a", &[], Does::Call(rings))]).await;
    assert_eq!((report.outcome, report.calls, report.cost), (RunOutcome::Finished, 2, Micros(430)));
    assert_eq!(report.results[&slot("a")].value["replies"], json!(["reply to one", "reply to two"]));
    assert_eq!(done(&stage, "run", "a"), (2, Micros(430)));
    let spent = stage.store.events().into_iter().filter_map(|(_, event)| match event {
        Event::Spent { slot, cost, units, model, .. } => Some((slot, cost, units["calls"], model)),
        _ => None,
    });
    let spent: Vec<(Slot, Micros, u64, String)> = spent.collect();
    assert_eq!(spent[0], (slot("a"), Micros(30), 1, "parrot".to_owned()));
    assert_eq!(spent.len(), 2);
    assert!(stage.store.calls().iter().all(|(_, state)| *state == CallState::Settled), "the result has what they gave");
    assert!(world.polls() < 40, "{} questions in three seconds", world.polls());
}

#[tokio::test(start_paused = true)]
async fn jobs_of_a_model_whose_pace_is_known_are_asked_about_seldom_and_noticed_at_once() {
    let (stage, world) = (Stage::new(&[]), world());
    let all = |run: u32, count: u32, ms: u64| -> Vec<_> {
        let job = |i| Does::Call(vec![Ring::new(&world, &format!("{run} {i}"), Answers::Job(ms))]);
        (0..count).map(|i| stage.holding(&format!("t/{run}-{i}"), json!([run, i]), &[], job(i), &[])).collect()
    };
    // The first jobs of a model: a few are asked about often, and what they teach is of use to the others.
    let began = Instant::now();
    stage.run("first", all(1, 40, 60_000)).await;
    let (first, took) = (world.polls(), began.elapsed());
    assert!(first < 40 * 40, "{first} questions about 40 jobs");
    assert!(took < Duration::from_secs(64), "{took:?}");
    // Those after them.
    let began = Instant::now();
    stage.run("second", all(2, 40, 60_000)).await;
    let (second, took) = (world.polls() - first, began.elapsed());
    assert!(second < 40 * 14, "{second} questions about 40 jobs");
    assert!(took < Duration::from_millis(61_500), "{took:?}");
    // A quicker one is noticed, a slower one is not given up, and neither is asked about all the time.
    for (run, ms) in [(3, 20_000), (4, 200_000)] {
        let (before, began) = (world.polls(), Instant::now());
        stage.run(&run.to_string(), all(run, 1, ms)).await;
        let (asked, late) = (world.polls() - before, began.elapsed().as_secs_f64() - ms as f64 / 1000.0);
        assert!(asked < 60 && late < 0.15 * ms as f64 / 1000.0 + 5.0, "{ms} ms: {asked} questions, {late} s late");
    }
}

#[tokio::test(start_paused = true)]
async fn a_task_holds_nothing_here_while_it_waits_there() {
    const CORES: engine::Resource = engine::Resource("cores");
    let (stage, world) = (Stage::new(&[(CORES, 1)]), world());
    let ring = |at: &str| Does::Call(vec![Ring::new(&world, at, Answers::After(1000))]);
    let tasks =
        (0..5).map(|i| stage.holding(&format!("t/{i}"), json!(i), &[], ring(&i.to_string()), &[])).map(|mut t| {
            t.uses = vec![(CORES, 1)];
            t
        });
    let began = Instant::now();
    stage.run("run", tasks.collect()).await;
    assert!(began.elapsed() < Duration::from_millis(1100), "{:?}", began.elapsed());
    assert_eq!(world.peak(), 5);
}

/// One paid call with these faults, in a task of its own.
async fn with_faults(answers: Answers, price: u64, faults: &[Fault]) -> (Stage, Arc<World>, RunReport, Duration) {
    let (stage, world) = (Stage::new(&[]), world());
    world.faults("it", faults.iter().cloned());
    let ring = Ring::new(&world, "it", answers).paid(price, price);
    let began = Instant::now();
    let report = stage.run("run", vec![stage.leaf("a", &[], Does::Call(vec![ring]))]).await;
    (stage, world, report, began.elapsed())
}

#[tokio::test(start_paused = true)]
async fn what_was_not_taken_is_tried_again_and_the_provider_is_left_alone_as_long_as_it_asks() {
    let seven = Duration::from_secs(7);
    let faults = [Fault::Busy(Some(seven)), Fault::Unreachable, Fault::Busy(None)];
    let (stage, world, report, took) = with_faults(Answers::After(10), 5, &faults).await;
    assert_eq!((report.outcome, report.calls, report.cost), (RunOutcome::Finished, 1, Micros(5)));
    assert_eq!((world.sent("it"), world.charged()), (4, Micros(5)));
    assert!(took >= seven && took < seven + Duration::from_secs(4), "{took:?}");
    let retries: Vec<_> = stage
        .store
        .events()
        .into_iter()
        .filter_map(|(_, event)| match event {
            Event::Task { state: TaskState::Retrying { attempt, again_ms, why }, at_ms, .. } => {
                Some((attempt, again_ms - at_ms, why.message))
            }
            _ => None,
        })
        .collect();
    assert_eq!(retries.iter().map(|(attempt, ..)| *attempt).collect::<Vec<_>>(), [2, 3, 4]);
    assert!(retries[0].1 >= 7000 && retries[0].2 == "too many calls");
}

#[tokio::test(start_paused = true)]
async fn it_is_not_tried_for_ever() {
    let (stage, world, report, _) = with_faults(Answers::After(10), 5, &vec![Fault::Unreachable; 9]).await;
    let error = failure(&report, "a");
    assert_eq!((error.kind, error.message.as_str()), (FailureKind::Transport, "no connection (tried 5 times)"));
    assert_eq!((world.sent("it"), world.charged(), stage.store.spent()), (5, Micros::ZERO, Micros::ZERO));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_fails_at_once_and_what_waits_behind_is_left_alone() {
    let (_, world, report, _) = with_faults(Answers::After(10), 5, &[Fault::Refused]).await;
    assert_eq!((failure(&report, "a").kind, world.sent("it")), (FailureKind::Refused, 1));
}

#[tokio::test(start_paused = true)]
async fn what_was_done_in_vain_is_not_paid_again_unasked() {
    let check = async |answers: Answers, fault: Fault, charged: u64| {
        let (stage, world, report, _) = with_faults(answers, 5, std::slice::from_ref(&fault)).await;
        let error = failure(&report, "a");
        assert_eq!(error.kind, FailureKind::Spoilt, "{fault:?}");
        assert!(error.kind.is_retryable() && error.hint.contains("cost"));
        assert_eq!((world.sent("it"), stage.store.spent()), (1, Micros(charged)), "{fault:?}");
        // The person tries again.
        let ring = Ring::new(&world, "it", answers).paid(5, 5);
        let again = stage.run("again", vec![stage.leaf("a", &[], Does::Call(vec![ring]))]).await;
        assert_eq!((again.outcome, world.sent("it")), (RunOutcome::Finished, 2));
    };
    check(Answers::After(10), Fault::Spoilt, 5).await;
    check(Answers::Job(500), Fault::Spoilt, 5).await;
    check(Answers::Job(500), Fault::JobVanishes, 0).await;
}

#[tokio::test(start_paused = true)]
async fn what_costs_nothing_is_simply_made_again() {
    for fault in [Fault::Spoilt, Fault::Cut, Fault::Hang, Fault::JobVanishes, Fault::JobFails] {
        let answers =
            if matches!(fault, Fault::JobVanishes | Fault::JobFails) { Answers::Job(50) } else { Answers::After(50) };
        let (_, world, report, _) = with_faults(answers, 0, std::slice::from_ref(&fault)).await;
        assert_eq!((report.outcome, world.sent("it")), (RunOutcome::Finished, 2), "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_that_failed_without_cost_is_submitted_again() {
    let (_, world, report, _) = with_faults(Answers::Job(500), 5, &[Fault::JobFails]).await;
    assert_eq!((report.outcome, world.sent("it"), report.cost), (RunOutcome::Finished, 2, Micros(5)));
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_cannot_be_asked_for_a_while_loses_no_job() {
    let (_, world, report, _) = with_faults(Answers::Job(500), 5, &[Fault::Deaf(6)]).await;
    assert_eq!((report.outcome, world.sent("it"), report.cost), (RunOutcome::Finished, 1, Micros(5)));
}

#[tokio::test(start_paused = true)]
async fn an_hour_of_sleep_in_the_middle_of_a_job_is_no_reason_to_give_it_up() {
    let (stage, world) = (Stage::new(&[]), world());
    let ring = Ring::new(&world, "it", Answers::Job(40_000)).paid(5, 5).within(60_000);
    let handle = stage.start("run", vec![stage.leaf("a", &[], Does::Call(vec![ring]))]);
    stage.until("run", "a", "running").await;
    tokio::time::sleep(Duration::from_secs(20)).await;
    tokio::time::advance(Duration::from_hours(1)).await;
    assert_eq!(handle.wait().await.outcome, RunOutcome::Finished);
    assert_eq!(world.sent("it"), 1);
}

#[tokio::test(start_paused = true)]
async fn nothing_hangs_longer_than_its_deadline_and_a_late_job_is_looked_for_before_anything_is_sent() {
    let (stage, world) = (Stage::new(&[]), world());
    let task = || {
        let ring = Ring::new(&world, "it", Answers::Job(150_000)).paid(5, 5).within(60_000);
        vec![stage.leaf("a", &[], Does::Call(vec![ring]))]
    };
    let began = Instant::now();
    let error = failure(&stage.run("first", task()).await, "a");
    assert_eq!(error.message, "there did not finish a job within 60 s");
    assert!(began.elapsed() >= Duration::from_mins(1) && began.elapsed() < Duration::from_secs(62));
    // Tried again too early: it is given up, and nobody knows what it came to.
    let error = failure(&stage.run("second", task()).await, "a");
    assert!(error.hint.contains("asked to stop") && world.cancelled() == ["it"]);
    let third = stage.start("third", task());
    stage.until("third", "a", "unknown").await;
    assert_eq!(world.sent("it"), 1);
    third.cancel();

    // In time, it is simply there.
    let other = Ring::new(&world, "other", Answers::Job(90_000)).paid(5, 5).within(60_000);
    let task = || vec![stage.leaf("b", &[], Does::Call(vec![other.clone()]))];
    assert_eq!(stage.run("early", task()).await.outcome, RunOutcome::Failed);
    let report = stage.run("late", task()).await;
    assert_eq!((report.outcome, world.sent("other")), (RunOutcome::Finished, 1));
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_was_paid_for_is_used_by_the_next_try_unless_it_was_to_blame() {
    let (stage, world) = (Stage::new(&[]), world());
    let first = Ring::new(&world, "first", Answers::After(10)).paid(5, 5);
    let second = Ring::new(&world, "second", Answers::After(10)).paid(5, 5);
    world.faults("second", vec![Fault::Unreachable; 5]);
    let task = || vec![stage.leaf("a", &[], Does::Call(vec![first.clone(), second.clone()]))];
    assert_eq!(stage.run("cut", task()).await.outcome, RunOutcome::Failed);
    assert_eq!(stage.run("again", task()).await.outcome, RunOutcome::Finished);
    assert_eq!(world.sent("first"), 1, "the first call's reply was kept");

    let task = || vec![stage.says("b", json!("b"), &[], Does::Misunderstand(first.clone()))];
    let _ = stage.run("nonsense", task()).await;
    let _ = stage.run("nonsense again", task()).await;
    assert_eq!(world.sent("first"), 3, "it is asked anew, since the reply made no sense");
}

#[tokio::test(start_paused = true)]
async fn a_dead_provider_holds_up_nobody_else() {
    let (stage, world) = (Stage::new(&[]), world());
    for provider in ["dead", "alive"] {
        let limits = engine::Limits { at_once: Some(2), ..Default::default() };
        stage.engine.limit(&engine::Provider(provider.to_owned()), None, limits);
    }
    let call = |provider: &'static str, number: usize| {
        let request = format!("{provider}{number}");
        if provider == "dead" {
            world.faults(&request, vec![Fault::Hang; 9]);
        }
        let ring = Ring::new(&world, &request, Answers::After(100)).at(provider).within(3_600_000);
        stage.leaf(&format!("{provider}/{number}"), &[], Does::Call(vec![ring]))
    };
    let tasks = (0..10).flat_map(|number| [call("dead", number), call("alive", number)]).collect();
    let began = Instant::now();
    let handle = stage.start("run", tasks);
    for number in 0..10 {
        stage.until("run", &format!("alive/{number}"), "done").await;
    }
    assert!(began.elapsed() < Duration::from_millis(600));
    handle.cancel();
}

#[tokio::test(start_paused = true)]
async fn cancelling_stops_the_job_there_and_leaving_does_not() {
    let (stage, world) = (Stage::new(&[]), world());
    let task = |at: &str| {
        let ring = Ring::new(&world, at, Answers::Job(10_000)).paid(5, 3);
        vec![stage.leaf(at, &[], Does::Call(vec![ring]))]
    };
    let left = stage.start("left", task("kept"));
    let cancelled = stage.start("cancelled", task("stopped"));
    tokio::time::sleep(Duration::from_secs(1)).await;
    left.leave();
    cancelled.cancel();
    stage.until("cancelled", "stopped", "cancelled").await;
    assert_eq!(left.wait().await.outcome, RunOutcome::Left);
    assert_eq!(cancelled.wait().await.outcome, RunOutcome::Cancelled);
    assert_eq!(world.cancelled(), ["stopped"]);
    let ends = |run: &str| {
        stage.store.events_of(&RunId(run.to_owned())).iter().any(|event| matches!(event, Event::RunEnded { .. }))
    };
    assert!(!ends("left") && ends("cancelled"));
    assert_eq!(stage.store.spent(), Micros(10), "what a stopped job may have cost counts");

    // Both go on when they are started again: one with its job, one with a new one.
    assert_eq!(stage.run("left", task("kept")).await.outcome, RunOutcome::Finished);
    assert_eq!(stage.run("new", task("stopped")).await.outcome, RunOutcome::Finished);
    assert_eq!((world.sent("kept"), world.sent("stopped")), (1, 2));
}

#[tokio::test(start_paused = true)]
async fn of_two_runs_with_one_job_the_last_one_may_cancel_it() {
    let (stage, world) = (Stage::new(&[]), world());
    let task = || {
        let ring = Ring::new(&world, "it", Answers::Job(5_000)).paid(5, 3);
        vec![stage.leaf("a", &[], Does::Call(vec![ring]))]
    };
    let (first, second) = (stage.start("first", task()), stage.start("second", task()));
    stage.until("second", "a", "queued").await;
    first.cancel();
    assert_eq!(first.wait().await.outcome, RunOutcome::Cancelled);
    assert_eq!(second.wait().await.outcome, RunOutcome::Finished);
    assert_eq!((world.sent("it"), world.cancelled().len()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn while_paused_nothing_new_is_sent_and_what_is_in_flight_ends() {
    let (stage, world) = (Stage::new(&[]), world());
    let rings = ["one", "two"].map(|request| Ring::new(&world, request, Answers::After(1000)));
    let tasks = vec![
        stage.leaf("a", &[], Does::Call(rings.to_vec())),
        stage.leaf("b", &[one("a")], Does::Work(1)),
        stage.leaf("c", &[], Does::Work(2000)),
        stage.leaf("d", &[one("c")], Does::Work(1)),
    ];
    let handle = stage.start("run", tasks);
    tokio::time::sleep(Duration::from_millis(500)).await;
    handle.pause();
    tokio::time::sleep(Duration::from_mins(10)).await;
    assert_eq!((world.done("one"), world.sent("two")), (1, 0));
    let states = ["a", "b", "c", "d"].map(|at| stage.state("run", at));
    assert_eq!(states, ["queued", "waiting", "done", "waiting"]);
    handle.resume();
    assert_eq!(handle.wait().await.made, 4);
    let events = stage.store.events();
    assert!(events.iter().any(|(_, event)| matches!(event, Event::Paused { .. })));
    assert!(events.iter().any(|(_, event)| matches!(event, Event::Resumed { .. })));
}

#[tokio::test(start_paused = true)]
async fn how_long_a_task_took_is_without_its_waiting() {
    let (stage, world) = (Stage::new(&[]), world());
    world.faults("it", [Fault::Busy(Some(Duration::from_mins(1)))]);
    let ring = Ring::new(&world, "it", Answers::After(300));
    stage.run("run", vec![stage.leaf("a", &[], Does::Call(vec![ring]))]).await;
    let took = stage.store.events().into_iter().find_map(|(_, event)| match event {
        Event::Task { state: TaskState::Done { took_ms, .. }, .. } => Some(took_ms),
        _ => None,
    });
    assert!(took.is_some_and(|took| (300..400).contains(&took)), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_lone_context_makes_calls_too() {
    let (stage, world) = (Stage::new(&[]), world());
    let context = engine::TaskContext::alone(stage.store.clone(), "nowhere".into());
    let reply = context.call(&Ring::new(&world, "it", Answers::Job(100)).paid(5, 3)).await.unwrap();
    assert_eq!(reply.body, b"reply to it");
    let key: Vec<Key> = stage.store.calls().into_iter().map(|(intent, _)| intent.key).collect();
    assert_eq!(key.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_journal_that_fails_is_a_failure_of_the_task() {
    for method in ["recall", "intend", "replied", "lapsed"] {
        let (stage, world) = (Stage::new(&[]), world());
        if method == "lapsed" {
            world.faults("it", [Fault::Refused]);
        }
        stage.store.break_down(method);
        let ring = Ring::new(&world, "it", Answers::After(10)).paid(5, 5);
        let report = stage.run("run", vec![stage.leaf("a", &[], Does::Call(vec![ring]))]).await;
        assert_eq!(failure(&report, "a").kind, FailureKind::Local, "{method}");
        assert_eq!(world.sent("it"), usize::from(matches!(method, "replied" | "lapsed")), "{method}");
    }
}
