//! What the person decides: editions with undo and redo, pins, verdicts on takes.

use engine::{Key, Slot};
use library::{Change, Library, LibraryError, ProjectId, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{form, kept, open, slot};

fn edition(words: &str) -> Change {
    Change::Edition { value: json!({ "style": words }), words: words.to_owned() }
}

async fn now(library: &Library, project: &ProjectId) -> Option<String> {
    library.current_edition(project).await.unwrap().map(|edition| edition.words)
}

#[tokio::test]
async fn what_was_undone_stays_within_reach() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("Whale").await.unwrap();
    assert_eq!(now(&library, &project).await, None);
    for words in ["noir", "slower", "no music"] {
        library.commit(&project, vec![edition(words)]).await.unwrap();
    }
    let undo = library.editions(&project).await.unwrap().undo().unwrap();
    library.commit(&project, vec![Change::EditionMove { to: undo }]).await.unwrap();
    drop(library);

    let library = open(home.path());
    assert_eq!(now(&library, &project).await.as_deref(), Some("slower"));
    let editions = library.editions(&project).await.unwrap();
    assert_eq!((editions.undo(), editions.redo()), (Some(1), Some(3)));
    library.commit(&project, vec![edition("faster")]).await.unwrap();
    let editions = library.editions(&project).await.unwrap();
    assert_eq!((editions.undo(), editions.redo(), editions.current), (Some(2), None, Some(4)));
    assert_eq!(
        editions.all.iter().map(|e| e.words.as_str()).collect::<Vec<_>>(),
        ["noir", "slower", "no music", "faster"]
    );
    // Nothing is dropped: one may jump to what was undone.
    library.commit(&project, vec![Change::EditionMove { to: 3 }]).await.unwrap();
    let current = library.current_edition(&project).await.unwrap().unwrap();
    assert_eq!((current.value, current.parent), (json!({"style": "no music"}), Some(2)));
    let nowhere = library.commit(&project, vec![Change::EditionMove { to: 9 }, edition("x")]).await.unwrap_err();
    assert_eq!(nowhere, LibraryError::NoEdition { project: project.clone(), number: 9 });
    // A copy goes its own way.
    let copy = library.duplicate_project(&project, "Whale 2").await.unwrap();
    library.commit(&copy, vec![edition("silent")]).await.unwrap();
    assert_eq!(now(&library, &copy).await.as_deref(), Some("silent"));
    assert_eq!(library.editions(&copy).await.unwrap().undo(), Some(3));
    assert_eq!(now(&library, &project).await.as_deref(), Some("no music"));
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Decide,
    Undo,
    Redo,
    Restart,
}

/// Undo and redo are those of two stacks, across restarts, and nothing that was decided ever goes.
async fn check(steps: Vec<Step>) {
    let home = tempfile::tempdir().unwrap();
    let mut library = open(home.path());
    let project = library.create_project("Whale").await.unwrap();
    let (mut done, mut undone, mut made) = (Vec::new(), Vec::new(), 0);
    for step in steps {
        let editions = library.editions(&project).await.unwrap();
        match step {
            Step::Decide => {
                made += 1;
                library.commit(&project, vec![edition(&made.to_string())]).await.unwrap();
                done.push(made);
                undone.clear();
            }
            Step::Undo => {
                assert_eq!(editions.undo().is_some(), done.len() > 1);
                if let Some(to) = editions.undo() {
                    library.commit(&project, vec![Change::EditionMove { to }]).await.unwrap();
                    undone.extend(done.pop());
                }
            }
            Step::Redo => {
                assert_eq!(editions.redo(), undone.last().copied());
                if let Some(to) = editions.redo() {
                    library.commit(&project, vec![Change::EditionMove { to }]).await.unwrap();
                    done.extend(undone.pop());
                }
            }
            Step::Restart => {
                drop(library);
                library = open(home.path());
            }
        }
        assert_eq!(now(&library, &project).await, done.last().map(ToString::to_string));
        assert_eq!(library.editions(&project).await.unwrap().all.len(), made as usize);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn undo_and_redo_lead_back_and_forth(steps in prop::collection::vec(
        prop_oneof![3 => Just(Step::Decide), 3 => Just(Step::Undo), 3 => Just(Step::Redo), 1 => Just(Step::Restart)],
        1..30,
    )) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(check(steps));
    }
}

#[tokio::test]
async fn all_pins_change_at_once_or_not_at_all() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("Whale").await.unwrap();
    let store = library.project_store(&project);
    let mut keys: Vec<Key> = Vec::new();
    for n in 0..3 {
        keys.push(store.keep(kept("frame/sh_1", json!(n), b"x")).await.unwrap().key);
    }
    let pins = |of: &[(&str, usize)]| of.iter().map(|(at, n)| (slot(at), keys[*n].clone())).collect();
    library.commit(&project, vec![Change::Pins(pins(&[("a", 0), ("b", 1)]))]).await.unwrap();
    library.commit(&project, vec![edition("x"), Change::Pins(pins(&[("b", 2), ("c", 0)]))]).await.unwrap();
    assert_eq!(library.pins(&project).await.unwrap(), pins(&[("b", 2), ("c", 0)]));
    let unknown = Change::Pins([(slot("d"), form(json!("never")).key())].into());
    assert!(library.commit(&project, vec![edition("y"), unknown]).await.is_err());
    assert_eq!(library.pins(&project).await.unwrap(), pins(&[("b", 2), ("c", 0)]));
    assert_eq!(now(&library, &project).await.as_deref(), Some("x"), "nor was the edition made");
}

#[tokio::test]
async fn takes_are_judged_and_tell_what_they_followed() {
    let home = tempfile::tempdir().unwrap();
    let library = open(home.path());
    let project = library.create_project("Whale").await.unwrap();
    let store = library.project_store(&project);
    let at: Slot = slot("frame/sh_1");
    let mut keys: Vec<Key> = Vec::new();
    for n in 0..4 {
        keys.push(store.keep(kept("frame/sh_1", json!(n), format!("{n}").as_bytes())).await.unwrap().key);
        if n == 2 {
            // Made anew from an older one, which the person went back to.
            library.pin(&project, &at, &keys[0]).await.unwrap();
        }
    }
    let judge = |n: usize, verdict, reason: &str| Change::Verdict {
        slot: at.clone(),
        key: keys[n].clone(),
        verdict,
        reason: reason.to_owned(),
    };
    let changes = vec![judge(1, Verdict::Approved, ""), judge(2, Verdict::Rejected, "six fingers")];
    library.commit(&project, changes).await.unwrap();
    library.commit(&project, vec![judge(1, Verdict::Rejected, "too dark")]).await.unwrap();
    let takes = library.takes_of(&project, &at).await.unwrap();
    assert_eq!(takes.iter().map(|t| &t.key).collect::<Vec<_>>(), [&keys[3], &keys[2], &keys[1], &keys[0]]);
    assert_eq!(
        takes.iter().map(|t| t.parent.as_ref()).collect::<Vec<_>>(),
        [Some(&keys[0]), Some(&keys[1]), Some(&keys[0]), None]
    );
    assert_eq!(
        takes.iter().map(|t| (t.current, t.pinned)).collect::<Vec<_>>(),
        [(true, false), (false, false), (false, false), (false, true)]
    );
    let reasons = takes.iter().map(|t| t.verdict.as_ref().map(|v| v.reason.as_str())).collect::<Vec<_>>();
    assert_eq!(reasons, [None, Some("six fingers"), Some("too dark"), None]);
    let change = Change::VerdictWithdrawn { slot: at.clone(), key: keys[1].clone() };
    library.commit(&project, vec![change]).await.unwrap();
    let verdicts = library.verdicts(&project).await.unwrap();
    assert_eq!(verdicts.iter().map(|v| (&v.key, v.verdict)).collect::<Vec<_>>(), [(&keys[2], Verdict::Rejected)]);
    let never =
        Change::Verdict { slot: at, key: form(Value::Null).key(), verdict: Verdict::Approved, reason: String::new() };
    assert!(library.commit(&project, vec![never]).await.is_err(), "there is no such take");
}
