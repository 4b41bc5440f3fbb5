//! Failure is local: the film is cut with what there is, and says what is missing.

use std::sync::Arc;

use agents::{Grade, MissingPart, Wishes};
use engine::RunOutcome;

use crate::studio::{Hoarse, Studio, brief, facts, film_of, set};

#[tokio::test(flavor = "multi_thread")]
async fn a_shot_without_a_picture_is_a_slate_until_it_is_there() {
    let studio = Studio::new().await;
    let whole = studio.make(&Wishes::of(&brief()), Grade::Simple).await;
    let shot = whole.boards().into_iter().flat_map(|board| board.shots).nth(1).unwrap();
    let other = Studio::new().await;
    other.images.refuse(Some(&shot.action));
    let made = other.make(&Wishes::of(&brief()), Grade::Simple).await;
    assert_eq!(made.report.outcome, RunOutcome::Failed);
    let film = film_of(&made.report);
    let missing: Vec<_> = film.missing.iter().map(|m| m.part.clone()).collect();
    assert!(missing.contains(&MissingPart::Shot(shot.id.clone())), "{missing:?}");
    assert!(film.missing.iter().all(|m| m.why == "its picture could not be drawn"), "{:?}", film.missing);
    assert_eq!(film.timeline, whole.facts().timeline, "everything else is where it was");
    assert!(film.voiced);
    other.images.refuse(None);
    let again = other.make(&Wishes::of(&brief()), Grade::Simple).await;
    assert_eq!(again.facts().missing, []);
    let of_missing = missing.iter().map(|part| match part {
        MissingPart::Shot(shot) => shot.to_string(),
        other => panic!("{other:?}"),
    });
    assert_eq!(again.of("frame"), of_missing.collect(), "only what is missing is made");
    assert!(again.of("voice").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_nobody_can_speak_is_carried_by_its_caption() {
    let mut studio = Studio::new().await;
    let whole = studio.make(&Wishes::of(&brief()), Grade::Simple).await;
    let line = whole.script().scenes[0].lines[0].clone();
    studio = Studio::new().await;
    studio.crew.speech = Arc::new(Hoarse(line.text.clone()));
    let made = studio.make(&Wishes::of(&brief()), Grade::Simple).await;
    let film = film_of(&made.report);
    assert_eq!(film.missing.iter().map(|m| m.part.clone()).collect::<Vec<_>>(), [MissingPart::Line(line.id.clone())]);
    let captions: Vec<_> = film.timeline.shots.iter().flat_map(|s| &s.captions).map(|c| c.text.as_str()).collect();
    assert!(captions.join(" ").contains(&line.text), "{captions:?}");
    assert_eq!(made.report.failures.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_with_everything_misses_nothing() {
    let studio = Studio::new().await;
    let made = studio.make(&Wishes::of(&brief()), Grade::Medium).await;
    assert_eq!(facts(&made.report).missing, []);
    assert_eq!(studio.make(&Wishes::of(&brief()), Grade::Medium).await.slots, set(&[]));
}
