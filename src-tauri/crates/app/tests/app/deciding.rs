//! Changes with their impact, undo and redo, takes, money; what the stream tells of them is what a snapshot shows.

use app::App;
use app::wire::{
    CapsView, ChangeRequest, ErrorCode, MessageBody, ProjectEventBody, ProjectView, ProposalState, TaskStateView,
    Verdict,
};

use crate::{SENTENCE, finished, make, open};

/// The slots that the last run made.
fn made(view: &ProjectView) -> Vec<&str> {
    let tasks = view.run.iter().flat_map(|run| &run.tasks);
    tasks.filter(|task| task.state == TaskStateView::Done).map(|task| task.slot.as_str()).collect()
}

async fn proposed(app: &App, project: &str, change: ChangeRequest) -> app::wire::ProposalView {
    app.propose_change(project, "", change).await.unwrap();
    app.project(project).await.unwrap().proposal.expect("it waits for a word")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_shown_applied_undone_and_redone() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    let first = make(&app, SENTENCE).await;
    let shots = first.shots.len();
    let gone = first.shots[0].id.clone();
    let mut events = app.events();

    let change = || ChangeRequest::RemoveShot { shot: gone.clone() };
    let proposal = proposed(&app, &first.id, change()).await;
    assert!(!proposal.words.is_empty() && proposal.items.iter().any(|item| item.slot == "film"), "{proposal:?}");
    assert!(proposal.most.tasks > 0 && proposal.most.calls == 0 && proposal.most.micros == 0, "{proposal:?}");
    app.dismiss_proposal(&first.id, "", &proposal.id).await.unwrap();
    let view = app.project(&first.id).await.unwrap();
    assert!(view.proposal.is_none() && view.shots.len() == shots, "dismissed, nothing is changed");

    let proposal = proposed(&app, &first.id, change()).await;
    app.apply_proposal(&first.id, "yes", &proposal.id, (&[], &[]), true).await.unwrap();
    let second = finished(&app, &first.id).await;
    assert!(second.proposal.is_none() && second.shots.iter().all(|shot| shot.id != gone));
    assert_eq!((second.history.can_undo, second.history.undo_words.as_str()), (true, proposal.words.as_str()));
    let again = app.apply_proposal(&first.id, "no", &proposal.id, (&[], &[]), true).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::NotNow);
    assert!(!made(&second).iter().any(|slot| slot.starts_with("frame/")), "{:?}", made(&second));

    app.undo(&first.id, "undo").await.unwrap();
    let undone = finished(&app, &first.id).await;
    assert_eq!((undone.shots.len(), made(&undone)), (shots, vec![]), "all of it was there");
    assert_eq!(undone.film.as_ref().map(|f| &f.video), first.film.as_ref().map(|f| &f.video));
    assert!(undone.history.can_redo);
    app.redo(&first.id, "redo").await.unwrap();
    assert_eq!(finished(&app, &first.id).await.film.map(|f| f.video), second.film.map(|f| f.video));
    let number = undone.history.editions[0].number;
    app.go_to_edition(&first.id, "", number).await.unwrap();
    finished(&app, &first.id).await;
    assert_eq!(app.go_to_edition(&first.id, "", 999).await.unwrap_err().code, ErrorCode::NotFound);

    // Whoever followed the stream knows the same.
    let (mut history, mut states) = (None, Vec::new());
    while let Ok(event) = events.try_recv() {
        for change in &event.changes {
            match change {
                ProjectEventBody::History { history: told } => history = Some(told.clone()),
                ProjectEventBody::Message { message } => {
                    if let MessageBody::Proposal { state, .. } = &message.body {
                        states.push(*state);
                    }
                }
                _ => {}
            }
        }
    }
    assert_eq!(history, Some(app.project(&first.id).await.unwrap().history));
    let told = [ProposalState::Open, ProposalState::Dismissed, ProposalState::Open, ProposalState::Applied];
    assert_eq!(states, told);
}

#[tokio::test(flavor = "multi_thread")]
async fn takes_are_made_chosen_approved_and_released() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    let first = make(&app, SENTENCE).await;
    let slot = first.shots[0].frame_slot.clone();
    let old = app.takes(&first.id, &slot).await.unwrap();
    assert!(old.len() == 1 && old[0].current && old[0].media == first.shots[0].frame, "{old:?}");

    app.new_take(&first.id, "new", &slot).await.unwrap();
    let second = finished(&app, &first.id).await;
    let takes = app.takes(&first.id, &slot).await.unwrap();
    assert_eq!((takes.len(), &takes[0].parent, takes[1].why.as_str()), (2, &old[0].key, ""));
    assert!(!takes[0].why.is_empty() && second.shots[0].frame == takes[0].media, "{takes:?}");

    app.choose_take(&first.id, "", &slot, &old[0].key).await.unwrap();
    let chosen = finished(&app, &first.id).await;
    assert_eq!(chosen.shots[0].frame, old[0].media, "the picture is the chosen one");
    assert_eq!(chosen.film.map(|f| f.video), first.film.map(|f| f.video));
    app.approve_take(&first.id, "", &slot, &old[0].key).await.unwrap();
    assert!(app.project(&first.id).await.unwrap().shots[0].approved);
    app.reject_take(&first.id, "", &slot, &takes[0].key, "the boat is upside down").await.unwrap();
    let judged = app.takes(&first.id, &slot).await.unwrap();
    let verdict = |key: &str| judged.iter().find(|take| take.key == key).map(|t| (t.verdict, t.current)).unwrap();
    assert_eq!(verdict(&old[0].key), (Verdict::Approved, true));
    assert_eq!(verdict(&takes[0].key), (Verdict::Rejected, false));
    app.release_take(&first.id, "", &slot).await.unwrap();
    assert!(!app.project(&first.id).await.unwrap().shots[0].approved);
    for (slot, key) in [("frame/none", old[0].key.as_str()), (slot.as_str(), "none"), ("a b/../c", "none")] {
        assert_eq!(app.choose_take(&first.id, "", slot, key).await.unwrap_err().code, ErrorCode::NotFound, "{slot}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn caps_are_kept_and_a_film_that_costs_nothing_has_an_empty_ledger() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    let project = app.say(None, SENTENCE).await.unwrap().project;
    let caps = CapsView { run_micros: Some(1_000_000), project_micros: None, day_micros: Some(5_000_000) };
    app.set_caps(&project, "caps", caps).await.unwrap();
    let ledger = app.ledger(&project).await.unwrap();
    assert_eq!((ledger.caps, ledger.total_micros, ledger.rows.len()), (caps, 0, 0));
    assert_eq!(app.project(&project).await.unwrap().plan.unwrap().cap_micros, Some(1_000_000), "the lowest holds");
    app.set_review(&project, "review", true).await.unwrap();
    let view = app.project(&project).await.unwrap();
    assert!(view.plan.unwrap().review && view.history.can_undo);
    assert_eq!(app.undo("prj_none", "").await.unwrap_err().code, ErrorCode::NotFound);
}
