//! Decisions: what a change would make is what it makes, undo makes nothing, history outlives the program.

use std::collections::BTreeSet;

use orchestrator::{BriefChange, Change, Choices, ConversationError, Decided, ItemState, Proposal, Stage};
use serde_json::json;
use story::{PlacesChange, Weather};

use crate::studio::Studio;

const FILM: &str = "A 12-second film about an old fisherman who meets a white whale";

fn brief(change: BriefChange) -> Vec<Change> {
    vec![Change::Brief(change)]
}

/// What a run made is at most what was shown, and at least what was shown as sure. Plans of work are no work.
fn check(what: &str, proposal: &Proposal, made: &BTreeSet<String>) {
    let of = |state: &dyn Fn(ItemState) -> bool| -> BTreeSet<String> {
        let items = proposal.items.iter().filter(|item| !item.locked && state(item.state));
        items.map(|item| item.slot.to_string()).collect()
    };
    let all = of(&|_| true);
    let sure = of(&|state| state != ItemState::Maybe);
    let free = |slot: &&String| {
        let overlays = ["script", "cast", "places", "look", "conflicts"];
        !overlays.contains(&slot.as_str()) && !slot.starts_with("board/")
    };
    let made: BTreeSet<String> = made.iter().filter(free).cloned().collect();
    let unannounced: Vec<_> = made.difference(&all).collect();
    assert!(unannounced.is_empty(), "{what}: made without having been shown: {unannounced:?}");
    let missing: Vec<_> = sure.difference(&made).collect();
    assert!(missing.is_empty(), "{what}: shown as sure and not made: {missing:?}");
    assert_eq!(proposal.most.tasks as usize, all.len(), "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_change_would_make_is_what_it_makes_and_undo_makes_nothing() {
    let studio = Studio::new().await;
    let film = studio.film(FILM).await;
    let script = studio.script(&film).await;
    let line = script.lines().next().unwrap().clone();
    // The only shot of a scene cannot go.
    let boards = studio.boards(&film).await;
    let shot = boards.iter().find(|board| board.shots.len() > 1).expect("a scene of several shots").shots[0].id.clone();
    let scene = script.scenes[0].id.clone();
    let fog = PlacesChange::Weather { scene: Some(scene), weather: Weather::Fog };
    let changes: [(&str, Vec<Change>); 7] = [
        ("captions", brief(BriefChange::Captions("off".into()))),
        ("style", brief(BriefChange::Style("noir".into()))),
        ("a line", vec![Change::line(line.id.clone(), line.text.replace('e', "a"))]),
        ("fog", vec![Change::Film(story::Change::Places(fog))]),
        ("a shot less", vec![Change::remove_shot(shot.clone())]),
        ("a shot more", vec![Change::insert_shot(shot.clone(), "A lantern swings on its hook.")]),
        ("another take", vec![Change::Retake(format!("frame/{shot}").try_into().unwrap())]),
    ];
    for (what, changes) in changes {
        let (proposal, made) = studio.change(&film, changes).await;
        assert!(!proposal.words.is_empty() && proposal.conflicts.is_empty(), "{what}: {proposal:?}");
        check(what, &proposal, &made);
        assert!(!made.is_empty(), "{what}");

        let drawn = studio.images.drawn();
        let moved = studio.direction.undo(&film).await.unwrap().expect("something to take back");
        assert_eq!(moved.words, proposal.words);
        let run = moved.run.expect("the film goes back with it");
        studio.direction.settled(&film).await;
        let (made, _) = studio.made(&film, &run).await;
        assert!(made.is_empty(), "{what}: undo made {made:?}");
        assert_eq!(studio.images.drawn(), drawn);
        assert!(!studio.record(&film).await.film_outdated, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn history_outlives_the_program_and_so_does_an_open_proposal() {
    let studio = Studio::new().await;
    let film = studio.film(FILM).await;
    studio.change(&film, brief(BriefChange::Style("noir".into()))).await;
    let shown = studio.direction.propose(&film, brief(BriefChange::Captions("off".into()))).await.unwrap();
    let before = studio.direction.history(&film).await.unwrap();

    let studio = studio.restarted().await;
    assert_eq!(studio.direction.history(&film).await.unwrap(), before);
    assert_eq!(before.undo.as_deref(), Some("Style: noir"));
    assert_eq!(studio.open(&film).await.as_ref(), Some(&shown));
    studio.direction.undo(&film).await.unwrap();
    studio.direction.settled(&film).await;
    assert_eq!(studio.edition(&film).await.unwrap().brief.style, None);
    assert_eq!(studio.direction.history(&film).await.unwrap().redo.as_deref(), Some("Style: noir"));
    let again = studio.direction.redo(&film).await.unwrap().unwrap();
    studio.direction.settled(&film).await;
    assert_eq!(studio.edition(&film).await.unwrap().brief.style.unwrap().value, story::Style::Noir);
    assert!(studio.made(&film, &again.run.unwrap()).await.0.is_empty());
    assert!(studio.direction.redo(&film).await.unwrap().is_none());
    let first = studio.direction.go_to(&film, 1).await.unwrap();
    assert_eq!(first.number, 1);
    assert!(matches!(studio.direction.go_to(&film, 99).await, Err(ConversationError::NoEdition(99))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_is_worked_out_again_when_something_else_was_decided_meanwhile() {
    let studio = Studio::new().await;
    let film = studio.film(FILM).await;
    let shown = studio.direction.propose(&film, brief(BriefChange::Captions("off".into()))).await.unwrap();
    studio.direction.set_review(&film, true).await.unwrap();
    let Decided::Shown(again) = studio.direction.apply(&film, &shown.id, &Choices::default(), false).await.unwrap()
    else {
        panic!("it must not be applied")
    };
    assert!(again.edition.review && !again.edition.brief.captions.value && again.id != shown.id);
    assert!(studio.edition(&film).await.unwrap().brief.captions.value);
    assert!(matches!(
        studio.direction.apply(&film, &shown.id, &Choices::default(), false).await,
        Err(ConversationError::NoProposal)
    ));
    studio.direction.apply(&film, &again.id, &Choices::default(), false).await.unwrap();
    assert!(!studio.edition(&film).await.unwrap().brief.captions.value);
    assert!(studio.record(&film).await.film_outdated);

    let other = studio.direction.propose(&film, brief(BriefChange::Style("noir".into()))).await.unwrap();
    studio.direction.dismiss(&film, &other.id).await.unwrap();
    assert_eq!(studio.open(&film).await, None);
    assert_eq!(studio.edition(&film).await.unwrap().brief.style, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_laid_over_is_said() {
    let studio = Studio::new().await;
    let film = studio.film(FILM).await;
    // The only shot of a scene cannot go.
    let boards = studio.boards(&film).await;
    let shot = boards.iter().find(|board| board.shots.len() > 1).expect("a scene of several shots").shots[0].id.clone();
    studio.change(&film, vec![Change::remove_shot(shot.clone())]).await;
    let gone = studio.direction.propose(&film, vec![Change::remove_shot(shot.clone())]).await.unwrap();
    assert_eq!((gone.items.len(), gone.conflicts.len()), (0, 1), "{gone:?}");

    // The base changes under a revision: another subject has other scenes.
    let subject = BriefChange::Theme("a robot who waters the last garden".into());
    let (other, _) = studio.change(&film, brief(subject)).await;
    let after = studio.direction.propose(&film, brief(BriefChange::Captions("off".into()))).await.unwrap();
    assert_eq!(after.conflicts.len(), 1, "{:?} {:?}", other.conflicts, after.conflicts);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_from_before_there_were_editions_opens_as_its_first() {
    let studio = Studio::new().await;
    let project = studio.project().await;
    let brief = story::Brief::about("a fox in the snow");
    let old = json!({ "brief": brief, "version": 2, "has_film": false });
    studio.library().put_document(&project, "record", old).await.unwrap();
    let edition = studio.edition(&project).await.expect("the brief is there");
    assert_eq!((edition.brief.theme.as_str(), edition.version), ("a fox in the snow", 2));
    studio.say(&project, "make it 60 seconds").await;
    let history = studio.direction.history(&project).await.unwrap();
    let words: Vec<_> = history.steps.iter().map(|step| step.words.as_str()).collect();
    assert_eq!(words, ["The first brief", "Length: 60 s"]);
    assert_eq!(studio.edition(&project).await.unwrap().brief.duration_s.value, 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_while_a_run_is_on_goes_on_with_what_was_made() {
    let studio = Studio::new().await;
    let project = studio.project().await;
    studio.say(&project, FILM).await;
    let first = studio.direction.start(&project).await.unwrap();
    assert_eq!(studio.direction.start(&project).await.unwrap(), first, "one run a project");
    let shown = studio.direction.propose(&project, brief(BriefChange::Captions("off".into()))).await.unwrap();
    let applied = studio.direction.apply(&project, &shown.id, &Choices::default(), true).await.unwrap();
    let Decided::Made { run: Some(second), .. } = applied else { panic!("{applied:?}") };
    studio.direction.settled(&project).await;
    assert_ne!(first, second);
    let stage = studio.library().project(&project).await.unwrap().stage;
    assert_eq!(Stage::of(&stage), Stage::Film, "{}", studio.last_words(&project).await);
    let (one, two) = (studio.made(&project, &first).await.0, studio.made(&project, &second).await.0);
    assert!(one.is_disjoint(&two), "{:?}", one.intersection(&two).collect::<Vec<_>>());
}
