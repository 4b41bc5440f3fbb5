//! Talking: what is understood, asked and answered, with nothing made.

use app::App;
use app::wire::{BriefEdit, BriefForm, ChipField, ErrorCode, MessageBody, Settings, Stage};

use crate::open;

async fn chip(app: &App, project: &str, field: ChipField) -> (String, bool) {
    let brief = app.project(project).await.unwrap().brief.expect("a brief");
    let chip = brief.chips.into_iter().find(|c| c.field == field).expect("the chip");
    (chip.value, chip.assumed)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_is_understood_planned_and_costs_nothing() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    let text = "Make a 30-second watercolor film about an old lighthouse keeper who befriends a white whale. \
                Gentle, a little melancholy. Narration only.";
    let project = app.say(None, text).await.unwrap().project;
    assert_eq!(
        chip(&app, &project, ChipField::Theme).await,
        ("an old lighthouse keeper who befriends a white whale".into(), false)
    );
    assert_eq!(chip(&app, &project, ChipField::Style).await, ("watercolor".into(), false));
    assert_eq!(chip(&app, &project, ChipField::Length).await, ("30".into(), false));
    assert_eq!(chip(&app, &project, ChipField::Ratio).await, ("16:9".into(), true));
    let view = app.project(&project).await.unwrap();
    let plan = view.plan.unwrap();
    assert!(plan.can_start && plan.price_micros == 0 && view.stage == Stage::Planned);
    let group = |agent: &str| {
        plan.steps.iter().find(|s| s.agent == agent).unwrap_or_else(|| panic!("{agent} is in the plan")).group
    };
    assert!(group("screenwriter") < group("storyboard_artist"));
    assert!(group("storyboard_artist") < group("camera_images"));
    assert!(group("camera_images") < group("video_coordinator"));
    assert!(group("video_coordinator") < group("post_processor"));
    assert_eq!(group("style_determiner"), group("screenwriter"), "who waits for nothing works side by side");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_one_question_is_asked_once_and_its_answer_completes_the_request() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    let said = app.say(None, "Make a wonderful 20-second video").await.unwrap();
    assert!(!said.question.is_empty() && said.choices.len() == 4);
    let view = app.project(&said.project).await.unwrap();
    assert!(
        view.brief.is_none() && matches!(view.messages.last().map(|m| &m.body), Some(MessageBody::Question { .. }))
    );
    let answered = app.say(Some(&said.project), "a hedgehog who is afraid of the dark").await.unwrap();
    assert!(answered.question.is_empty());
    assert_eq!(chip(&app, &said.project, ChipField::Length).await, ("20".into(), false));
    assert_eq!(chip(&app, &said.project, ChipField::Theme).await.0, "a hedgehog who is afraid of the dark");

    let other = app.say(None, "make me a video").await.unwrap();
    app.say(Some(&other.project), "Surprise me").await.unwrap();
    assert!(!chip(&app, &other.project, ChipField::Theme).await.0.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn chips_words_form_and_settings_change_the_same_brief() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    app.set_settings(Settings { seconds: 45, ratio: "9:16".into(), captions: false, ..Settings::default() })
        .await
        .unwrap();
    let project = app.say(None, "a fox in the snow").await.unwrap().project;
    assert_eq!(chip(&app, &project, ChipField::Length).await, ("45".into(), true));
    assert_eq!(chip(&app, &project, ChipField::Ratio).await, ("9:16".into(), true));
    app.edit_brief(&project, "e1", BriefEdit { field: ChipField::Style, value: "noir".into() }).await.unwrap();
    assert_eq!(chip(&app, &project, ChipField::Style).await, ("noir".into(), false));
    app.say(Some(&project), "make it 60 seconds and square format").await.unwrap();
    assert_eq!(chip(&app, &project, ChipField::Length).await, ("60".into(), false));
    assert_eq!(chip(&app, &project, ChipField::Ratio).await, ("1:1".into(), false));
    let wrong =
        app.edit_brief(&project, "e2", BriefEdit { field: ChipField::Length, value: "1".into() }).await.unwrap_err();
    assert_eq!(wrong.code, ErrorCode::BadRequest);

    let form = app.create_project("p").await.unwrap();
    assert_eq!(app.create_project("p").await.unwrap(), form, "the same request twice is done once");
    let filled = BriefForm {
        idea: "a robot learns to paint".into(),
        style: "pixel".into(),
        seconds: 15,
        voice: false,
        ..BriefForm::default()
    };
    app.submit_form(&form, "f", filled).await.unwrap();
    assert_eq!(chip(&app, &form, ChipField::Sound).await, ("no_voice".into(), false));
    assert_eq!(chip(&app, &form, ChipField::Style).await.0, "pixel");
}

#[tokio::test(flavor = "multi_thread")]
async fn talk_is_answered_in_its_language_and_starts_nothing() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    for (text, want) in [
        ("hello", "Hello"),
        ("What can you do?", "idea"),
        ("Hola", "Hola"),
        ("你好", "你好"),
        ("make it shorter", "nothing"),
    ] {
        let said = app.say(None, text).await.unwrap();
        assert!(said.run.is_empty() && said.replies.join(" ").contains(want), "{text}: {:?}", said.replies);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn projects_are_renamed_copied_deleted_and_fetched_back() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    let project = app.say(None, "a fox in the snow").await.unwrap().project;
    app.rename_project(&project, "  Fox \u{202e} <b>  ").await.unwrap();
    assert_eq!(app.project(&project).await.unwrap().title, "Fox <b>");
    assert!(app.rename_project(&project, " ").await.is_err());
    let copy = app.duplicate_project(&project, "d").await.unwrap();
    assert_eq!(app.project(&copy).await.unwrap().title, "Fox <b> (copy)");
    app.delete_project(&project).await.unwrap();
    assert_eq!(app.projects().await.unwrap().len(), 1);
    app.undelete_project(&project).await.unwrap();
    assert_eq!(app.projects().await.unwrap().len(), 2);
}
