//! From a sentence to a film, again, and in another version.

use std::collections::BTreeSet;

use app::wire::{MessageBody, ProjectEventBody, RunState, Stage, TaskStateView};

use crate::{SENTENCE, finished, make, open, start};

#[tokio::test(flavor = "multi_thread")]
async fn a_sentence_becomes_a_film_and_is_there_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    let mut events = app.events();
    let view = make(&app, SENTENCE).await;

    let film = view.film.as_ref().expect("there is a film");
    assert!((7_600..=8_400).contains(&film.duration_ms), "{} ms of 8000", film.duration_ms);
    assert_eq!((film.width, film.height), (256, 144));
    assert!(!film.shots.is_empty() && film.shots.len() as u32 * 6_000 >= film.duration_ms, "a shot every six seconds");
    assert!(view.shots.iter().all(|s| s.frame.is_some() && s.clip.is_some()), "every shot has its pictures");
    let frames: Vec<_> = view.shots.iter().filter_map(|s| s.frame.as_ref()).collect();
    assert!(frames.windows(2).all(|pair| pair[0].id != pair[1].id), "neighbours differ");
    assert!(matches!(view.messages.last().map(|m| &m.body), Some(MessageBody::Film { .. })));
    assert_eq!(view.stage, Stage::Film);

    let saved = app.save_film(&view.id, &out.path().join("my film")).await.unwrap();
    assert_eq!(saved, out.path().join("my film.mp4"));
    let srt = std::fs::read_to_string(out.path().join("my film.srt")).unwrap();
    let captions: String = srt
        .lines()
        .filter(|l| !l.is_empty() && !l.contains("-->") && l.parse::<u32>().is_err())
        .collect::<Vec<_>>()
        .join(" ");
    let narration = view.scenes.iter().flat_map(|s| &s.lines).cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(captions, narration, "captions are the narration");

    // The stream was gapless and in order, and told of every task.
    let mut last = 0;
    let mut done = BTreeSet::new();
    while let Ok(event) = events.try_recv() {
        assert_eq!(event.seq, last + 1);
        last = event.seq;
        for change in &event.changes {
            if let ProjectEventBody::Task { task } = change
                && task.state == TaskStateView::Done
            {
                done.insert(task.slot.clone());
            }
        }
    }
    assert_eq!(last, view.seq);
    assert_eq!(done.len(), view.run.as_ref().unwrap().tasks.len());

    app.close().await;
    drop(app);
    let again = open(home.path()).await;
    let after = again.project(&view.id).await.unwrap();
    assert_eq!(after, view);
    assert!(again.media(&film.video.id).await.is_some());
    assert_eq!(again.home().await.unwrap().projects.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_made_twice_and_another_version_is_another_film() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    let first = make(&app, SENTENCE).await;
    app.start(&first.id, "again").await.unwrap();
    let second = finished(&app, &first.id).await;
    let run = second.run.as_ref().unwrap();
    let made: Vec<_> = run.tasks.iter().filter(|t| t.state != TaskStateView::Cached).map(|t| &t.slot).collect();
    assert!(made.is_empty(), "made again: {made:?}");
    assert_eq!(first.film.as_ref().map(|f| &f.video), second.film.as_ref().map(|f| &f.video));

    app.another_version(&first.id, "other").await.unwrap();
    let other = finished(&app, &first.id).await;
    assert_ne!(first.film.map(|f| f.video), other.film.map(|f| f.video));
    assert_eq!(other.brief.unwrap().version, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_captions_keeps_every_picture() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    let first = make(&app, SENTENCE).await;
    let edit = app::wire::BriefEdit { field: app::wire::ChipField::Captions, value: "off".into() };
    app.edit_brief(&first.id, "edit", edit).await.unwrap();
    let shown = app.project(&first.id).await.unwrap();
    let proposal = shown.proposal.expect("a film that is there is changed by a yes");
    assert!(!shown.film.unwrap().outdated && proposal.most.micros == 0, "{proposal:?}");
    app.apply_proposal(&first.id, "yes", &proposal.id, (&[], &[]), true).await.unwrap();
    let second = finished(&app, &first.id).await;
    let made: BTreeSet<_> = second
        .run
        .unwrap()
        .tasks
        .into_iter()
        .filter(|t| t.state == TaskStateView::Done)
        .map(|t| t.slot.split('/').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(made, BTreeSet::from(["film".to_owned(), "segment".to_owned()]));
    assert!(!second.film.unwrap().outdated);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_run_goes_on_where_it_was() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    let mut events = app.events();
    let project = start(&app, SENTENCE).await;
    let mut made = 0;
    while made < 5 {
        let event = events.recv().await.unwrap();
        made += event
            .changes
            .iter()
            .filter(|c| matches!(c, ProjectEventBody::Task { task } if task.state == TaskStateView::Done))
            .count();
    }
    app.cancel(&project).await.unwrap();
    let view = app.wait_for(&project).await.unwrap();
    assert_eq!(view.run.as_ref().map(|r| r.state), Some(RunState::Cancelled));
    assert_eq!(view.stage, Stage::Unfinished);
    app.start(&project, "go on").await.unwrap();
    let view = finished(&app, &project).await;
    let kept = view.run.unwrap().tasks.iter().filter(|t| t.state == TaskStateView::Cached).count();
    assert!(kept >= 5, "only {kept} results were kept");
}
