//! Backups by day, garbage collection, and what `doctor` reports.

use library::{BACKUPS_KEPT, Change, Collected, Library, ProjectId, TRASH_DAYS};
use serde_json::json;

use crate::{DAY, HandClock, files_below, form, kept, open, run, slot};

#[tokio::test]
async fn a_backup_is_made_once_a_day_and_five_are_kept() {
    let home = tempfile::tempdir().unwrap();
    let clock = HandClock::at(100 * DAY + 7);
    for day in 0..9 {
        for opening in 0..2 {
            let library = Library::open_with_clock(home.path(), clock.clone()).unwrap().library;
            library.create_project(&format!("Day {day}")).await.unwrap();
            // There is nothing to back up when a library is opened for the first time.
            let expected = if (day, opening) == (0, 0) { 0 } else { BACKUPS_KEPT.min(day + 1) };
            assert_eq!(library.backups().unwrap().len(), expected, "day {day}, opening {opening}");
            clock.turn(1000);
        }
        clock.turn(DAY - 2000);
    }
    let library = Library::open_with_clock(home.path(), clock.clone()).unwrap().library;
    let days: Vec<u64> = library.backups().unwrap().iter().map(|b| b.made_ms / DAY).collect();
    assert_eq!(days, [109, 108, 107, 106, 105]);
    // An older day, and back: what was there when restoring is the newest backup.
    let old = library.backups().unwrap().pop().unwrap();
    library.restore_backup(&old).await.unwrap();
    assert_eq!(library.projects().await.unwrap().len(), 10);
    let back = library.backups().unwrap().remove(0);
    library.restore_backup(&back).await.unwrap();
    assert_eq!(library.projects().await.unwrap().len(), 18);
    assert_eq!(library.backups().unwrap().len(), BACKUPS_KEPT);
}

async fn all_whole(library: &Library, project: &ProjectId) {
    let store = library.project_store(project);
    let snapshot = library.snapshot(project).await.unwrap();
    for at in snapshot.slots.keys().chain(snapshot.pins.keys()) {
        for take in library.takes_of(project, at).await.unwrap() {
            assert!(store.find(&take.key).await.unwrap().is_some(), "{at} lost a take");
        }
    }
    for at in snapshot.pins.keys() {
        assert!(store.pinned(at).await.unwrap().is_some(), "{at} lost its choice");
    }
}

#[tokio::test]
async fn garbage_is_what_no_project_and_no_backup_uses() {
    let home = tempfile::tempdir().unwrap();
    let clock = HandClock::at(100 * DAY);
    let reopen = || Library::open_with_clock(home.path(), clock.clone()).unwrap().library;
    let library = reopen();
    let whale = library.create_project("Whale").await.unwrap();
    let store = library.project_store(&whale);
    let mut made = Vec::new();
    for n in 0..6 {
        made.push(store.keep(kept("frame", json!(n), format!("whale {n}").as_bytes())).await.unwrap());
    }
    library.pin(&whale, &slot("frame"), &made[2].key).await.unwrap();
    let other = library.create_project("Ship").await.unwrap();
    library.project_store(&other).reuse(&run(), &slot("frame"), &made[0].key).await.unwrap();
    library.pin(&other, &slot("poster"), &made[1].key).await.unwrap();
    library.commit(&other, vec![Change::Cover(Some(made[3].blobs[0].clone()))]).await.unwrap();
    assert_eq!(library.collect_garbage().await, Ok(Collected::default()), "old takes, pins and covers are used");
    library.delete_project(&whale).await.unwrap();
    assert_eq!(library.collect_garbage().await, Ok(Collected::default()), "the trash can be fetched back from");
    all_whole(&library, &whale).await;
    drop((library, store));

    // Purged; but the backup of the day before knows it still.
    clock.turn((TRASH_DAYS + 1) * DAY);
    let library = reopen();
    assert!(library.project(&whale).await.is_err());
    assert_eq!(library.collect_garbage().await, Ok(Collected { artifacts: 4, ..Collected::default() }));
    assert_eq!(files_below(&home.path().join("blobs")), 6);
    library.restore_backup(&library.backups().unwrap()[0]).await.unwrap();
    library.undelete_project(&whale).await.unwrap();
    all_whole(&library, &whale).await;
    library.delete_project(&whale).await.unwrap();
    drop(library);

    // Once no backup knows it, it goes.
    for _ in 0..=BACKUPS_KEPT {
        clock.turn((TRASH_DAYS + 1) * DAY);
        drop(reopen());
    }
    let library = reopen();
    assert_eq!(library.collect_garbage().await, Ok(Collected { takes: 0, artifacts: 4, files: 3, bytes: 21 }));
    all_whole(&library, &other).await;
    assert_eq!(library.blob_by_hash(&made[5].blobs[0].hash).await.unwrap(), None);
    let usage = library.usage().await.unwrap();
    assert_eq!((usage.blobs, usage.blob_count, usage.scratch), (21, 3, 0));
    assert!(usage.database > 4096 && usage.backups > 4096, "{usage:?}");
}

#[tokio::test]
async fn what_was_just_found_is_not_garbage() {
    let home = tempfile::tempdir().unwrap();
    let clock = HandClock::at(100 * DAY);
    let library = Library::open_with_clock(home.path(), clock.clone()).unwrap().library;
    let whale = library.create_project("Whale").await.unwrap();
    let orphan = library.project_store(&whale).keep(kept("frame", json!(1), b"1")).await.unwrap();
    library.delete_project(&whale).await.unwrap();
    drop(library);
    clock.turn((TRASH_DAYS + 1) * DAY);
    let library = Library::open_with_clock(home.path(), clock).unwrap().library;
    let ship = library.create_project("Ship").await.unwrap();
    let store = library.project_store(&ship);
    assert!(store.find(&form(json!(1)).key()).await.unwrap().is_some());
    assert_eq!(library.collect_garbage().await, Ok(Collected::default()));
    store.reuse(&run(), &slot("frame"), &orphan.key).await.unwrap();
    all_whole(&library, &ship).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn garbage_collection_beside_work_takes_nothing_that_is_used() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("Whale").await.unwrap();
    // Names that are no blob's are left alone.
    std::fs::create_dir_all(home.path().join("blobs/no")).unwrap();
    std::fs::write(home.path().join("blobs/no/tes.txt"), b"mine").unwrap();
    let mut working = tokio::task::JoinSet::new();
    for task in 0..4 {
        let store = library.project_store(&project);
        working.spawn(async move {
            for n in 0..25 {
                // Two tasks at a time make the same bytes under different keys.
                let picture = format!("{}-{n} ", task / 2).repeat(20_000);
                let at = format!("frame/sh_{task}_{n}");
                store.keep(kept(&at, json!([task, n]), picture.as_bytes())).await.unwrap();
            }
        });
    }
    let collecting = library.clone();
    let collecting = tokio::spawn(async move {
        loop {
            collecting.collect_garbage().await.unwrap();
            tokio::task::yield_now().await;
        }
    });
    while let Some(done) = working.join_next().await {
        done.unwrap();
    }
    collecting.abort();
    assert_eq!(library.slots(&project).await.unwrap().len(), 100);
    all_whole(&library, &project).await;
    assert!(home.path().join("blobs/no/tes.txt").exists());
}
