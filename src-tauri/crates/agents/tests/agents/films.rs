//! Whole films, and what a change of the brief makes again.

use agents::{Grade, Wishes, film_graph};
use engine::RunOutcome;
use story::{Aspect, Brief, Language, Said, Sound, Style};

use crate::studio::{FORMAT, Studio, brief, facts, set};

#[tokio::test(flavor = "multi_thread")]
async fn a_brief_becomes_a_film_and_a_second_run_makes_nothing() {
    let studio = Studio::new().await;
    let (report, made) = studio.run(&brief(), Grade::Medium).await;
    let film = facts(&report);
    let loudness = film.loudness.expect("it is heard");
    assert!(film.voiced && (-17.0..=-15.0).contains(&loudness), "{loudness} LUFS");
    assert!((11_400..=12_600).contains(&film.timeline.duration_ms()));
    let wanted = [
        "board",
        "board_draft",
        "cast",
        "cast_draft",
        "clip",
        "film",
        "frame",
        "look",
        "look_draft",
        "music",
        "places",
        "places_draft",
        "portrait",
        "script",
        "script_draft",
        "segment",
        "set",
        "sound",
        "timeline",
        "voice",
    ];
    assert_eq!(made, set(&wanted));
    let (again, made) = studio.run(&brief(), Grade::Medium).await;
    assert_eq!((made, again.made), (set(&[]), 0));
    assert_eq!(facts(&again), film);
}

/// Makes a film, changes the brief, makes it again: only these collections may have anything new.
async fn check(change: impl FnOnce(&mut Brief), makes: &[&str]) {
    let studio = Studio::new().await;
    let mut brief = brief();
    facts(&studio.run(&brief, Grade::Simple).await.0);
    change(&mut brief);
    let (report, made) = studio.run(&brief, Grade::Simple).await;
    facts(&report);
    assert_eq!(made, set(makes));
}

#[tokio::test(flavor = "multi_thread")]
async fn captions_off_touches_the_conform_alone() {
    check(|b| b.captions = Said::said(false), &["film", "segment"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_style_touches_no_word() {
    check(
        |b| b.style = Some(Said::said(Style::Noir)),
        &["clip", "film", "frame", "look", "look_draft", "portrait", "segment", "set"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_shape_leaves_script_and_cast_alone() {
    // The format is the caller's; only the set sheets follow the brief's shape by themselves.
    check(|b| b.aspect = Said::said(Aspect::Tall), &["set"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_voice_the_captions_carry_the_film() {
    let studio = Studio::new().await;
    for silent in [
        Brief { sound: Said::said(Sound::NoVoice), ..brief() },
        Brief { language: Said::said(Language::Ja), ..brief() },
    ] {
        let (report, made) = studio.run(&silent, Grade::Simple).await;
        let film = facts(&report);
        assert!(!film.voiced && !made.contains("voice"));
        assert!(film.timeline.shots.iter().any(|s| !s.captions.is_empty()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_in_which_nothing_is_heard_is_a_film() {
    let studio = Studio::new().await;
    let id = story::RevisionId::try_from("rv_1".to_owned()).expect("an id");
    let quiet = story::Change::Score(story::ScoreChange::Off(true));
    let quiet = story::Revision::of(id, quiet, &story::ScoreWish::default()).expect("there is a score");
    let brief = Brief { sound: Said::said(Sound::NoVoice), ..brief() };
    let made = studio.make(&Wishes { revisions: vec![quiet], ..Wishes::of(&brief) }, Grade::Simple).await;
    let film = made.facts();
    assert_eq!((film.loudness, film.missing), (None, Vec::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_picture_is_a_local_failure_and_the_rest_goes_on() {
    let studio = Studio::new().await;
    studio.images.refuse(Some("nobody in it"));
    let (report, _) = studio.run(&brief(), Grade::Simple).await;
    assert_eq!(report.outcome, RunOutcome::Failed);
    assert!(
        report
            .failures
            .iter()
            .all(|(slot, e)| slot.collection().as_str() == "set" && e.kind == engine::FailureKind::Refused)
    );
    assert!(report.results.keys().any(|slot| slot.as_str() == "film"), "a set sheet is no reason to have no film");
    studio.images.refuse(None);
    let before = studio.images.drawn();
    facts(&studio.run(&brief(), Grade::Simple).await.0);
    assert_eq!(studio.images.drawn() - before, report.failures.len() as u32, "only what failed is drawn again");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_names_the_crew_in_order() {
    let studio = Studio::new().await;
    let plan = engine::plan(
        &film_graph(&Wishes::of(&brief()), FORMAT, Grade::Medium, &studio.crew).expect("the graph is sound"),
    );
    let names: Vec<_> = plan.steps.iter().map(|s| s.agent.0.as_str()).collect();
    for agent in [
        "style_determiner",
        "screenwriter",
        "character_extractor",
        "character_portraits",
        "scene_extractor",
        "scene_images",
        "storyboard_artist",
        "camera_images",
        "video_coordinator",
        "voice",
        "music",
        "post_processor",
    ] {
        assert!(names.contains(&agent), "{agent} is not in {names:?}");
    }
    assert_eq!(names.last(), Some(&"post_processor"));
}
