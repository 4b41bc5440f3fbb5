//! Paid calls: each step is remembered, nothing is forgotten or counted twice, and no cap is passed.

use std::sync::Arc;

use engine::{
    CallId, CallIntent, CallOrder, CallRecord, CallReply, CallState, CallUsage, Cap, Caps, Key, Lapse, Micros, OverCap,
    Provider, RunId, Store,
};
use library::{Change, Library, LibraryError, ProjectId, TRASH_DAYS};
use serde_json::json;

use crate::{DAY, HandClock, files_below, form, kept, open, run, slot};

pub(crate) fn key(of: &str) -> Key {
    form(json!(of)).key()
}

/// The intent of a call with this id, which is also what it asks and what its task is about.
pub(crate) fn intent(id: &str, most: Option<u64>, caps: Caps) -> CallIntent {
    let order = CallOrder {
        provider: Provider("openai".to_owned()),
        model: "image-2".to_owned(),
        kind: "image".to_owned(),
        request: format!("draw {id}"),
        most: most.map(Micros),
        tokens: 0,
        deadline_ms: 60_000,
    };
    CallIntent {
        id: CallId(id.to_owned()),
        run: run(),
        slot: slot("frame/sh_1"),
        agent: "painter".to_owned(),
        key: key(id),
        request: blake3::hash(order.request.as_bytes()).to_hex().to_string(),
        order,
        caps,
    }
}

pub(crate) fn usage(cost: u64) -> CallUsage {
    CallUsage { units: [("images".to_owned(), 1)].into(), cost: Micros(cost) }
}

pub(crate) fn reply(of: &str, cost: u64) -> CallReply {
    CallReply { body: of.as_bytes().to_vec(), media: "application/json".to_owned(), usage: usage(cost) }
}

pub(crate) fn id(of: &str) -> CallId {
    CallId(of.to_owned())
}

fn free() -> Caps {
    Caps::default()
}

/// Opens the library in a folder with one project, and its meter.
async fn stage(home: &std::path::Path, clock: &Arc<HandClock>) -> (Library, ProjectId, Arc<dyn Store>) {
    let library = Library::open_with_clock(home, clock.clone()).unwrap().library;
    let project = match library.projects().await.unwrap().pop() {
        Some(project) => project.id,
        None => library.create_project("Whale").await.unwrap(),
    };
    let meter = library.project_store(&project);
    (library, project, meter)
}

async fn recall(meter: &Arc<dyn Store>, of: &str) -> Option<CallState> {
    meter.recall(&key(of), &intent(of, None, free()).request).await.unwrap().map(|record| record.state)
}

#[tokio::test]
async fn every_step_of_a_call_outlives_the_program() {
    let home = tempfile::tempdir().unwrap();
    let clock = HandClock::at(100 * DAY);
    let (library, _, meter) = stage(home.path(), &clock).await;
    for name in ["sent", "at work", "done", "gone", "of no use", "lost"] {
        meter.intend(intent(name, Some(500), free())).await.unwrap().unwrap();
    }
    assert_eq!(meter.recall(&key("sent"), "another request").await.unwrap(), None);
    meter.handled(&id("at work"), "job-7").await.unwrap();
    meter.handled(&id("done"), "job-8").await.unwrap();
    meter.replied(&id("done"), &reply("a picture", 300)).await.unwrap();
    meter.replied(&id("done"), &reply("another picture", 900)).await.unwrap();
    meter.lapsed(&id("gone"), Lapse::Failed).await.unwrap();
    meter.lapsed(&id("of no use"), Lapse::Spoilt(usage(20))).await.unwrap();
    meter.lapsed(&id("lost"), Lapse::Unknown).await.unwrap();
    drop((library, meter));

    let (library, project, meter) = stage(home.path(), &clock).await;
    assert_eq!(
        meter.recall(&key("sent"), &intent("sent", None, free()).request).await.unwrap(),
        Some(CallRecord { id: id("sent"), state: CallState::Unknown, most: Some(Micros(500)), at_ms: 100 * DAY }),
        "nobody is alive who awaits it"
    );
    assert_eq!(recall(&meter, "at work").await, Some(CallState::Handled { handle: "job-7".to_owned() }));
    assert_eq!(recall(&meter, "done").await, Some(CallState::Replied));
    assert_eq!(meter.reply(&id("done")).await.unwrap(), Some(reply("a picture", 300)), "the first reply counts");
    assert_eq!((recall(&meter, "gone").await, recall(&meter, "of no use").await), (None, None));
    assert_eq!(recall(&meter, "lost").await, Some(CallState::Unknown));
    let unknown = library.unknown_calls(&project).await.unwrap();
    assert_eq!(unknown.iter().map(|call| call.id.0.as_str()).collect::<Vec<_>>(), ["sent", "lost"]);
    assert_eq!((unknown[0].most, unknown[0].model.as_str()), (Some(Micros(500)), "image-2"));

    let ledger = library.ledger(&project).await.unwrap();
    assert_eq!((ledger.spent, ledger.reserved), (Micros(320), Micros(1500)));
    assert_eq!(
        ledger.lines.iter().map(|l| (l.call.0.as_str(), l.price.0, l.certain)).collect::<Vec<_>>(),
        [("done", 300, true), ("of no use", 20, true)]
    );
    assert_eq!(library.spent_today().await, Ok(Micros(1820)));

    for over in ["gone", "of no use", "never made"] {
        let refused = meter.handled(&id(over), "job-9").await.unwrap_err();
        assert!(refused.message.contains(over), "{refused}");
    }
    assert!(meter.intend(intent("done", Some(1), free())).await.is_err(), "an id names one call");
}

#[tokio::test]
async fn a_call_that_its_task_gave_up_is_unknown_and_its_reply_still_counts() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("Whale").await.unwrap();
    let meter = library.project_store(&project);
    meter.intend(intent("one", Some(9), free())).await.unwrap().unwrap();
    assert!(library.unknown_calls(&project).await.unwrap().is_empty(), "it is being made");
    assert_eq!(recall(&meter, "one").await, Some(CallState::Unknown), "who asks for it is not making it");
    assert_eq!(library.unknown_calls(&project).await.unwrap()[0].id, id("one"));
    meter.replied(&id("one"), &reply("late", 4)).await.unwrap();
    assert_eq!(recall(&meter, "one").await, Some(CallState::Replied));
    assert!(library.unknown_calls(&project).await.unwrap().is_empty());
    assert_eq!(library.ledger(&project).await.unwrap().spent, Micros(4));
}

#[tokio::test]
async fn a_result_settles_the_replies_it_was_made_from() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("Whale").await.unwrap();
    let store = library.project_store(&project);
    let meter = Arc::clone(&store);
    for name in ["one", "two"] {
        meter.intend(intent(name, Some(5), free())).await.unwrap().unwrap();
        meter.replied(&id(name), &reply(name, 5)).await.unwrap();
    }
    library.collect_garbage().await.unwrap();
    assert_eq!(meter.reply(&id("one")).await.unwrap(), Some(reply("one", 5)), "a kept reply is no garbage");
    store.keep(kept("frame/sh_1", json!("one"), b"picture")).await.unwrap();
    assert_eq!((recall(&meter, "one").await, meter.reply(&id("one")).await.unwrap()), (None, None));
    assert_eq!(recall(&meter, "two").await, Some(CallState::Replied));
    // A task that failed for good may ask anew.
    meter.settle(&key("two")).await.unwrap();
    assert_eq!(recall(&meter, "two").await, None);
    library.collect_garbage().await.unwrap();
    assert_eq!(files_below(&home.path().join("blobs")), 1, "the picture alone");
    assert_eq!(library.ledger(&project).await.unwrap().spent, Micros(10));
}

#[tokio::test]
async fn an_unknown_call_waits_for_the_persons_word_and_counts_as_spent() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("Whale").await.unwrap();
    let meter = library.project_store(&project);
    for (name, most) in [("dear", Some(700)), ("nobody knows", None), ("at work", Some(1))] {
        meter.intend(intent(name, most, free())).await.unwrap().unwrap();
        meter.lapsed(&id(name), Lapse::Unknown).await.unwrap();
    }
    // Somebody came to know after all.
    meter.handled(&id("at work"), "job").await.unwrap();
    for name in ["dear", "nobody knows"] {
        library.write_off(&project, &id(name)).await.unwrap();
        library.write_off(&project, &id(name)).await.unwrap();
        assert_eq!(recall(&meter, name).await, None, "{name}: it may be sent again");
    }
    let refused = library.write_off(&project, &id("at work")).await.unwrap_err();
    assert_eq!(refused, LibraryError::NoOpenCall("at work".to_owned()));
    assert!(library.unknown_calls(&project).await.unwrap().is_empty());
    let ledger = library.ledger(&project).await.unwrap();
    assert_eq!(ledger.lines.iter().map(|l| (l.price.0, l.certain)).collect::<Vec<_>>(), [(700, false), (0, false)]);
    assert_eq!(ledger.reserved, Micros(1));
    assert!(library.estimate_report(&project).await.unwrap().is_empty(), "what nobody knows is no measure");
}

#[tokio::test]
async fn a_reply_that_is_gone_from_the_disk_is_not_bought_again_unasked() {
    let home = tempfile::tempdir().unwrap();
    let (library, project, meter) = stage(home.path(), &HandClock::at(100 * DAY)).await;
    meter.intend(intent("one", Some(9), free())).await.unwrap().unwrap();
    meter.replied(&id("one"), &reply("one", 7)).await.unwrap();
    std::fs::remove_dir_all(home.path().join("blobs")).unwrap();
    std::fs::create_dir(home.path().join("blobs")).unwrap();
    assert_eq!(recall(&meter, "one").await, Some(CallState::Unknown));
    assert_eq!(library.spent_today().await, Ok(Micros(7)), "it is paid, and counts once");
    library.write_off(&project, &id("one")).await.unwrap();
    assert_eq!(recall(&meter, "one").await, None);
    let ledger = library.ledger(&project).await.unwrap();
    assert_eq!((ledger.lines.len(), ledger.spent, ledger.reserved), (1, Micros(7), Micros(0)));
}

#[tokio::test]
async fn a_call_that_would_pass_a_cap_is_not_written() {
    let home = tempfile::tempdir().unwrap();
    let clock = HandClock::at(100 * DAY);
    let (library, project, meter) = stage(home.path(), &clock).await;
    let other = library.create_project("Ship").await.unwrap();
    let caps = |run, project, day| Caps { run, project, day };
    let money = |n| Some(Micros(n));
    meter.intend(intent("a", Some(60), caps(money(100), None, None))).await.unwrap().unwrap();
    meter.intend(intent("b", Some(40), caps(money(100), None, None))).await.unwrap().unwrap();
    let over = meter.intend(intent("c", Some(1), caps(money(100), None, None))).await.unwrap();
    assert_eq!(over, Err(OverCap { cap: Cap::Run, limit: Micros(100), spent: Micros(100), wanted: Micros(1) }));
    assert_eq!(recall(&meter, "c").await, None);
    // What costs nothing, and what nobody knows, passes no cap.
    meter.intend(intent("free", Some(0), caps(money(0), None, None))).await.unwrap().unwrap();
    meter.intend(intent("any", None, caps(money(0), None, None))).await.unwrap().unwrap();
    let elsewhere =
        CallIntent { run: RunId("run_2".to_owned()), ..intent("d", Some(1), caps(money(1), money(100), None)) };
    assert_eq!(meter.intend(elsewhere.clone()).await.unwrap().unwrap_err().cap, Cap::Project);
    let there = library.project_store(&other);
    let day = |id| CallIntent { caps: caps(money(1), money(1), money(100)), ..intent(id, Some(1), free()) };
    assert_eq!(there.intend(day("e")).await.unwrap().unwrap_err().cap, Cap::Day);
    // A reply frees the rest of what was reserved, a failure all of it.
    meter.replied(&id("a"), &reply("a", 50)).await.unwrap();
    there.intend(day("f")).await.unwrap().unwrap();
    meter.lapsed(&id("b"), Lapse::Failed).await.unwrap();
    meter.intend(elsewhere).await.unwrap().unwrap();
    assert_eq!(library.spent_today().await, Ok(Micros(52)));
    assert_eq!(library.estimate_report(&project).await.unwrap()[0].reserved, Micros(60));
    // A job that ends on the next day counts for the day it was begun.
    clock.turn(DAY);
    assert_eq!(library.spent_today().await, Ok(Micros(0)));
    there.replied(&id("f"), &reply("f", 1)).await.unwrap();
    assert_eq!(library.spent_today().await, Ok(Micros(0)));
    assert!(
        matches!(library.project_store(&ProjectId::new()).intend(day("g")).await, Err(error) if error.message.contains("no project"))
    );
}

#[tokio::test]
async fn the_ledger_cannot_be_altered() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("Whale").await.unwrap();
    let meter = library.project_store(&project);
    meter.intend(intent("one", Some(9), free())).await.unwrap().unwrap();
    meter.replied(&id("one"), &reply("one", 7)).await.unwrap();
    drop((library, meter));
    let raw = rusqlite::Connection::open(home.path().join("library.db")).unwrap();
    for sql in ["update ledger set price = 0", "delete from ledger", "delete from ledger where call = 'one'"] {
        assert!(raw.execute(sql, []).unwrap_err().to_string().contains("only be added to"), "{sql}");
    }
    raw.execute("insert or replace into ledger select call, project, run, slot, agent, provider, model, kind, units_json, most, 0, certain, called_at, at from ledger", []).unwrap();
    drop(raw);
    assert_eq!(open(home.path()).ledger(&project).await.unwrap().spent, Micros(7));
}

#[tokio::test]
async fn a_project_that_is_gone_for_good_is_still_in_the_days_sum() {
    let home = tempfile::tempdir().unwrap();
    let clock = HandClock::at(100 * DAY);
    let (library, project, meter) = stage(home.path(), &clock).await;
    library.delete_project(&project).await.unwrap();
    clock.turn(TRASH_DAYS * DAY + 1);
    for (name, most) in [("spent", 30), ("at work", 40), ("failed", 50)] {
        meter.intend(intent(name, Some(most), free())).await.unwrap().unwrap();
    }
    meter.replied(&id("spent"), &reply("x", 20)).await.unwrap();
    meter.lapsed(&id("failed"), Lapse::Failed).await.unwrap();
    drop((library, meter));
    let (library, other, meter) = stage(home.path(), &clock).await;
    assert!(library.project(&project).await.is_err());
    assert_eq!(library.spent_today().await, Ok(Micros(60)));
    assert_eq!(library.ledger(&project).await.unwrap().lines.len(), 2);
    let caps = Caps { day: Some(Micros(60)), ..free() };
    assert_eq!(meter.intend(intent("more", Some(1), caps)).await.unwrap().unwrap_err().spent, Micros(60));
    assert_eq!(library.ledger(&other).await, Ok(library::Ledger::default()));
}

#[tokio::test]
async fn a_copy_has_spent_nothing_and_awaits_nothing() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("Whale").await.unwrap();
    let meter = library.project_store(&project);
    for name in ["at work", "done"] {
        meter.intend(intent(name, Some(9), free())).await.unwrap().unwrap();
    }
    meter.handled(&id("at work"), "job").await.unwrap();
    meter.replied(&id("done"), &reply("x", 9)).await.unwrap();
    library.commit(&project, vec![Change::Approve { key: key("outline") }]).await.unwrap();
    let copy = library.duplicate_project(&project, "Whale 2").await.unwrap();
    let twin = library.project_store(&copy);
    assert_eq!((recall(&twin, "at work").await, recall(&twin, "done").await), (None, None));
    assert_eq!(library.ledger(&copy).await, Ok(library::Ledger::default()));
    assert!(twin.approved(&key("outline")).await.unwrap() && !twin.approved(&key("cast")).await.unwrap());
    assert_eq!(recall(&meter, "done").await, Some(CallState::Replied), "the original goes on");
    assert!(twin.handled(&id("at work"), "stolen").await.is_err(), "a call belongs to its project");
}

#[tokio::test]
async fn restoring_a_backup_forgets_nothing_that_was_paid_for() {
    let home = tempfile::tempdir().unwrap();
    let clock = HandClock::at(100 * DAY);
    let (library, project, meter) = stage(home.path(), &clock).await;
    for name in ["done later", "sent", "kept later"] {
        meter.intend(intent(name, Some(10), free())).await.unwrap().unwrap();
    }
    meter.handled(&id("done later"), "job").await.unwrap();
    drop((library, meter));
    clock.turn(DAY);
    let (library, _, meter) = stage(home.path(), &clock).await;
    meter.replied(&id("done later"), &reply("paid", 10)).await.unwrap();
    meter.replied(&id("kept later"), &reply("paid too", 8)).await.unwrap();
    let made = library.project_store(&project).keep(kept("frame/sh_1", json!("kept later"), b"picture")).await.unwrap();
    meter.intend(intent("new", Some(5), free())).await.unwrap().unwrap();
    let fresh = library.create_project("Ship").await.unwrap();
    let there = library.project_store(&fresh);
    there.intend(CallIntent { key: key("x"), ..intent("of a new project", Some(3), free()) }).await.unwrap().unwrap();

    let backup = library.backups().unwrap().remove(0);
    library.restore_backup(&backup).await.unwrap();
    assert!(library.project(&fresh).await.is_err());
    assert_eq!(recall(&meter, "done later").await, Some(CallState::Replied));
    assert_eq!(meter.reply(&id("done later")).await.unwrap(), Some(reply("paid", 10)));
    assert_eq!(recall(&meter, "sent").await, Some(CallState::Unknown));
    assert_eq!(recall(&meter, "new").await, Some(CallState::Unknown));
    assert_eq!(recall(&meter, "kept later").await, None);
    let store = library.project_store(&project);
    assert_eq!(store.find(&made.key).await.unwrap(), Some(made), "what was made is not bought again");
    let ledger = library.ledger(&project).await.unwrap();
    assert_eq!((ledger.spent, ledger.reserved), (Micros(18), Micros(15)));
    assert_eq!(library.spent_today().await, Ok(Micros(8)), "of today: the new call, and that of the new project");

    // And back again: nothing is counted twice.
    let undo = library.backups().unwrap().remove(0);
    library.restore_backup(&undo).await.unwrap();
    assert_eq!(library.spent_today().await, Ok(Micros(8)));
    assert_eq!(library.ledger(&project).await.unwrap().spent, Micros(18));
    there.replied(&id("of a new project"), &reply("x", 2)).await.unwrap();
    assert_eq!(library.ledger(&fresh).await.unwrap().lines.len(), 1, "a call is booked once");
}
