//! Review stops.

use agents::{Grade, Wishes, film_graph};
use engine::{Block, Need, RunOutcome};

use crate::studio::{FORMAT, Studio, brief, set};

#[tokio::test]
async fn without_review_there_is_no_stop_and_with_it_everything_is_behind_one() {
    let studio = Studio::new().await;
    let graph = |review| {
        let wishes = Wishes { review, ..Wishes::of(&brief()) };
        film_graph(&wishes, FORMAT, Grade::Simple, &studio.crew).expect("the graph is sound")
    };
    assert!(graph(false).iter().all(|t| t.slot.collection().as_str() != "review"));
    let reviewed = graph(true);
    let needs = |slot: &str, stop: &str| {
        let task = reviewed.iter().find(|t| t.slot.as_str() == slot).expect("a task");
        task.needs.contains(&Need::One(engine::Slot::new(format!("review/{stop}")).unwrap()))
    };
    for (slot, stop) in [
        ("cast_draft", "outline"),
        ("places_draft", "outline"),
        ("voices", "outline"),
        ("boards", "cast"),
        ("clips", "storyboard"),
        ("film", "shots"),
    ] {
        assert!(needs(slot, stop), "{slot} waits for {stop}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_is_asked_once_and_again_when_what_it_shows_has_changed() {
    let studio = Studio::new().await;
    let wishes = Wishes { review: true, ..Wishes::of(&brief()) };
    let mut stops = Vec::new();
    let film = loop {
        let made = studio.make(&wishes, Grade::Simple).await;
        if made.report.outcome == RunOutcome::Finished {
            break made;
        }
        assert_eq!(made.report.failures, []);
        let (slot, Block::Review { key }) = made.report.blocked.first().expect("it waits for the person") else {
            panic!("{:?}", made.report.blocked)
        };
        stops.push(slot.to_string());
        assert!(stops.len() <= 4, "{stops:?}");
        if slot.as_str() == "review/storyboard" {
            assert!(made.of("clip").is_empty() && !made.of("frame").is_empty(), "stills before any clip");
        }
        studio.store.approve(key);
    };
    assert_eq!(stops, ["review/outline", "review/cast", "review/storyboard", "review/shots"]);
    let straight = studio.make(&Wishes::of(&brief()), Grade::Simple).await;
    assert_eq!((straight.slots.clone(), straight.facts()), (set(&[]), film.facts()), "a stop changes no key");
    let again = studio.make(&wishes, Grade::Simple).await;
    assert_eq!(again.slots, set(&[]), "what was approved is not asked again");
    let shot = film.boards()[0].shots[0].id.clone();
    let mut retake = wishes.clone();
    retake.seeds.insert(format!("frame/{shot}"), 1);
    let made = studio.make(&retake, Grade::Simple).await;
    assert_eq!(made.report.blocked.first().map(|(slot, _)| slot.as_str()), Some("review/storyboard"));
}
