//! Questions and long conversations: never asked twice in a row, answered after a restart, compacted without losing what
//! was decided.

use orchestrator::{Body, Cue, Intent, Subject};

use crate::studio::Studio;

const FOREST: &str = "A 12-second film about two children who walk through the forest on a sunny day";

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_in_another_life_of_the_program() {
    let studio = Studio::new().await;
    let project = studio.project().await;
    let held = studio.say(&project, "Make a 45-second watercolor film").await;
    assert!(held.asks);

    let studio = studio.restarted().await;
    let held = studio.say(&project, "robots").await;
    assert_eq!((held.understanding.cue, held.understanding.intent), (Some(Cue::Answer), Intent::VideoGeneration));
    assert!(held.understanding.why.contains("answers"), "{}", held.understanding.why);
    let brief = studio.edition(&project).await.unwrap().brief;
    assert_eq!((brief.theme.as_str(), brief.duration_s.value), ("robots", 45));
    assert!(!held.asks && studio.record(&project).await.asked.is_none());

    // The same word while nothing is asked answers nothing.
    let other = studio.project().await;
    assert_eq!(studio.say(&other, "robots").await.understanding.cue, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_in_any_language_can_become_a_film() {
    let studio = Studio::new().await;
    for (text, theme) in [
        ("How to fold a paper crane", "fold a paper crane"),
        ("The history of chess", "history of chess"),
        ("Wie macht man einen Apfelkuchen?", "Apfelkuchen"),
        ("Cómo hacer una tortilla de patatas", "tortilla de patatas"),
        ("Comment faire une omelette ?", "omelette"),
        ("如何泡一杯好茶", "泡一杯好茶"),
        ("おいしいお茶の入れ方", "お茶の入れ方"),
    ] {
        let project = studio.project().await;
        let held = studio.say(&project, text).await;
        let offered = held.replies.iter().find_map(|reply| match &reply.body {
            Body::Question { about: Subject::Film, choices, .. } => choices.first().map(|choice| choice.says.clone()),
            _ => None,
        });
        let offered = offered.unwrap_or_else(|| panic!("{text}: {held:?}"));
        assert_eq!(orchestrator::as_request(text), offered);
        studio.say(&project, &offered).await;
        let brief = studio.edition(&project).await.unwrap_or_else(|| panic!("{offered}")).brief;
        assert!(brief.theme.contains(theme), "{offered}: {}", brief.theme);
    }
    for text in ["a fox in the snow", "hello", "make it longer"] {
        assert_eq!(orchestrator::as_request(text), text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_waits_is_amended_and_who_was_spoken_of_is_known_in_another_life() {
    let studio = Studio::new().await;
    let film = studio.film(FOREST).await;
    studio.say(&film, "Make the forest darker and add fog, and skip the captions").await;
    let shown = studio.open(&film).await.expect("it is shown");

    let studio = studio.restarted().await;
    studio.say(&film, "yes, but not in the first scene").await;
    let amended = studio.open(&film).await.expect("it is shown again");
    assert_ne!(amended.id, shown.id);
    assert_eq!(amended.words, "Scene 2: dusk, Scene 2: fog, Captions off");
    assert_eq!(amended.edition.revisions.len(), 2);

    let studio = studio.restarted().await;
    studio.say(&film, "ok").await;
    studio.direction.settled(&film).await;
    let edition = studio.edition(&film).await.unwrap();
    assert!(edition.revisions.len() == 2 && !edition.brief.captions.value);
    let studio = studio.restarted().await;
    let undone = studio.say(&film, "undo that").await;
    studio.direction.settled(&film).await;
    assert!(undone.started.is_some() && studio.edition(&film).await.unwrap().revisions.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_conversation_is_compacted_and_loses_no_decision() {
    let studio = Studio::new().await;
    let project = studio.project().await;
    studio.say(&project, "Make a 20-second film about a lighthouse keeper").await;
    studio.say(&project, "no captions").await;
    for _ in 0..20 {
        studio.say(&project, "what is a storyboard?").await;
    }
    let studio = studio.restarted().await;
    studio.say(&project, "make it vertical").await;
    let memory = studio.conversation.memory(&project).await.unwrap();
    assert!(memory.turns.len() <= 12 && memory.left_out >= 30, "{} {}", memory.turns.len(), memory.left_out);
    let said = |words: &str| memory.turns.iter().any(|(_, text)| text.contains(words));
    assert!(said("make it vertical") && !said("no captions"), "{:?}", memory.turns);
    assert_eq!(memory.decisions, ["Subject: a lighthouse keeper", "Captions off", "Shape: 9:16"]);
    let brief = memory.edition.unwrap().brief;
    assert!(!brief.captions.value && brief.duration_s.value == 20);
}

/// What a turn asked, if it asked.
fn asked(held: &orchestrator::Held) -> Option<Subject> {
    held.replies.iter().find_map(|message| match message.body {
        Body::Question { about, .. } => Some(about),
        _ => None,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_asked_twice_in_a_row_whatever_is_said() {
    let said = [
        "make me a video",
        "something nice",
        "I want to create a video",
        "in noir",
        "make it shorter",
        "no",
        "Make a wonderful film",
        "yes",
        "30 seconds",
        "again",
        "ein Film bitte",
        "做一个视频",
    ];
    let studio = Studio::new().await;
    for first in 0..said.len() {
        let project = studio.project().await;
        let mut before = None;
        for step in 0..4 {
            let text = said[(first * 5 + step * 7) % said.len()];
            let held = studio.say(&project, text).await;
            let now = asked(&held);
            assert!(now.is_none() || now != before, "{text:?} is asked about twice in a row");
            before = now;
            if held.started.is_some() {
                studio.direction.cancel(&project);
                studio.direction.settled(&project).await;
            }
        }
    }
}
