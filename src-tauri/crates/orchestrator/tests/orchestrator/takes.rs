//! Takes: another one, back to an older one, approved of, rejected; and what is locked.

use engine::Slot;
use library::Verdict;
use orchestrator::{BriefChange, Change, Choices, ConversationError, Decided};

use crate::studio::Studio;

const FILM: &str = "A 12-second film about an old fisherman who meets a white whale";

#[tokio::test(flavor = "multi_thread")]
async fn every_take_is_kept_and_the_person_chooses() {
    let studio = Studio::new().await;
    let film = studio.film(FILM).await;
    let shot = studio.boards(&film).await[0].shots[0].id.clone();
    let slot: Slot = format!("frame/{shot}").try_into().unwrap();
    let first = studio.direction.takes(&film, &slot).await.unwrap()[0].key.clone();

    let made = studio.direction.new_take(&film, &slot).await.unwrap();
    assert!(matches!(made, Decided::Made { run: Some(_), .. }), "it costs nothing: {made:?}");
    studio.direction.settled(&film).await;
    let takes = studio.direction.takes(&film, &slot).await.unwrap();
    assert_eq!(takes.len(), 2);
    assert_eq!(takes[0].parent.as_ref(), Some(&first));
    let second = takes[0].key.clone();

    let drawn = studio.images.drawn();
    studio.direction.choose_take(&film, &slot, &first).await.unwrap();
    studio.direction.settled(&film).await;
    assert_eq!(studio.library().slots(&film).await.unwrap()[&slot], second, "a choice is no new take");
    assert!(!studio.record(&film).await.film_outdated, "the film was cut with it");
    assert_eq!(studio.images.drawn(), drawn);

    studio.direction.reject_take(&film, &slot, &second, "the boat is upside down").await.unwrap();
    let takes = studio.direction.takes(&film, &slot).await.unwrap();
    let judged = takes.iter().find(|take| take.key == second).unwrap().verdict.clone().expect("a verdict");
    assert_eq!((judged.verdict, judged.reason.as_str()), (Verdict::Rejected, "the boat is upside down"));

    // Taken back and asked for again, another take is one that was never there.
    studio.direction.undo(&film).await.unwrap();
    studio.direction.settled(&film).await;
    studio.direction.undo(&film).await.unwrap();
    studio.direction.settled(&film).await;
    studio.direction.new_take(&film, &slot).await.unwrap();
    studio.direction.settled(&film).await;
    assert_eq!(studio.direction.takes(&film, &slot).await.unwrap().len(), 3);

    let unknown =
        studio.library().slots(&film).await.unwrap().into_iter().find(|(s, _)| s.as_str() == "music").unwrap().1;
    assert!(matches!(
        studio.direction.choose_take(&film, &slot, &unknown).await,
        Err(ConversationError::NoTake { .. })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_approved_stays_until_it_is_released_and_what_is_kept_stays() {
    let studio = Studio::new().await;
    let film = studio.film(FILM).await;
    let shots: Vec<_> = studio.boards(&film).await.iter().flat_map(|b| b.shots.clone()).map(|s| s.id).collect();
    let slot = |at: usize| Slot::new(format!("frame/{}", shots[at])).unwrap();
    let now = studio.library().slots(&film).await.unwrap();
    studio.direction.approve_take(&film, &slot(0), &now[&slot(0)]).await.unwrap();
    assert!(!studio.record(&film).await.film_outdated, "an approval changes nothing in the film");

    let noir = vec![Change::Brief(BriefChange::Style("noir".into()))];
    let shown = studio.direction.propose(&film, noir.clone()).await.unwrap();
    let item = shown.items.iter().find(|item| item.slot == slot(0)).expect("it is shown");
    assert!(item.locked && item.approved && item.can_keep());
    assert!(shown.items.iter().any(|item| item.slot == slot(1) && !item.locked));

    let keep = Choices { keep: vec![slot(1)], release: Vec::new() };
    studio.direction.apply(&film, &shown.id, &keep, true).await.unwrap();
    studio.direction.settled(&film).await;
    let after = studio.library().slots(&film).await.unwrap();
    assert_eq!((&after[&slot(0)], &after[&slot(1)]), (&now[&slot(0)], &now[&slot(1)]));
    let edition = studio.edition(&film).await.unwrap();
    assert!(edition.pins[&slot(0)].approved && !edition.pins[&slot(1)].approved);

    // A change that does not touch it does not speak of it.
    let captions = vec![Change::Brief(BriefChange::Captions("off".into()))];
    let other = studio.direction.propose(&film, captions).await.unwrap();
    assert!(!other.items.iter().any(|item| item.locked), "{:?}", other.items);

    let ink = vec![Change::Brief(BriefChange::Style("ink".into()))];
    let shown = studio.direction.propose(&film, ink).await.unwrap();
    let release = Choices { keep: Vec::new(), release: vec![slot(0)] };
    studio.direction.apply(&film, &shown.id, &release, true).await.unwrap();
    studio.direction.settled(&film).await;
    let last = studio.library().slots(&film).await.unwrap();
    assert_ne!(last[&slot(0)], now[&slot(0)]);
    assert_eq!(last[&slot(1)], now[&slot(1)]);

    let locked = studio.direction.new_take(&film, &slot(1)).await.unwrap();
    assert!(matches!(locked, Decided::Made { .. }), "a choice that is no approval gives way to a new take");
    studio.direction.settled(&film).await;
    studio.direction.release_take(&film, &slot(1)).await.unwrap();
    assert!(studio.edition(&film).await.unwrap().pins.is_empty());
}
