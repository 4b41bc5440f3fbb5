//! Money and waiting: caps, calls of which nobody knows, stops for a look, and films with what there is.

use engine::{Block, Cap, Caps, Micros, Patience};
use library::ProjectId;
use orchestrator::{BriefChange, Change, Decided, Stage, Start};
use testkit::provider::{FakeProvider, Fault, Kind};

use crate::studio::{Studio, models_of, provider};

const FILM: &str = "A 12-second film about an old fisherman who meets a white whale";

async fn planned(studio: &Studio, provider: &FakeProvider) -> ProjectId {
    let project = studio.project().await;
    studio.say(&project, FILM).await;
    studio.direction.use_models(&project, Some(models_of(provider))).await.unwrap();
    project
}

async fn run(studio: &Studio, project: &ProjectId) {
    studio.direction.start_with(project, Start { patience: Patience::Settle }).await.unwrap();
    studio.direction.settled(project).await;
}

async fn stage(studio: &Studio, project: &ProjectId) -> Stage {
    Stage::of(&studio.library().project(project).await.unwrap().stage)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_price_is_on_the_plan_and_in_the_ledger_and_changes_cost_what_they_say() {
    let (studio, provider) = (Studio::new().await, provider().await);
    let project = planned(&studio, &provider).await;
    let plan = studio.record(&project).await.plan.unwrap();
    assert_eq!(plan.text, (Micros::ZERO, Micros::ZERO), "the words are written here");
    assert!(plan.media.0 > Micros::ZERO && plan.media.0 <= plan.media.1);
    run(&studio, &project).await;
    assert_eq!(stage(&studio, &project).await, Stage::Film, "{}", studio.last_words(&project).await);
    let money = studio.direction.money(&project).await.unwrap();
    assert!(money.ledger.spent > Micros::ZERO && money.ledger.spent <= plan.media.1, "{:?}", money.ledger.spent);
    assert_eq!((money.ledger.reserved, money.today), (Micros::ZERO, money.ledger.spent));
    let plan = studio.record(&project).await.plan.unwrap();
    assert!(plan.cached > 0);

    let line = studio.script(&project).await.lines().next().unwrap().clone();
    let before = provider.log().of(Kind::Speech).count();
    let say = studio.say(&project, &format!("Change line 1 to \"{}\"", line.text.replace('a', "o"))).await;
    assert_eq!(say.started, None, "what costs money is shown first");
    let open = studio.open(&project).await.expect("a proposal");
    assert!(open.most.price > Micros::ZERO && open.least.calls >= 1);
    assert_eq!(provider.log().of(Kind::Speech).count(), before);
    studio.say(&project, "ok").await;
    studio.direction.settled(&project).await;
    assert_eq!(provider.log().of(Kind::Speech).count(), before + 1);
    let after = studio.direction.money(&project).await.unwrap().ledger.spent;
    assert!(after.0 - money.ledger.spent.0 <= open.most.price.0, "it cost no more than was said");
    assert!(provider.log().paid_twice().is_empty());

    let calls = provider.log().of(Kind::Video).count();
    let undone = studio.say(&project, "undo").await;
    studio.direction.settled(&project).await;
    assert!(undone.started.is_some());
    assert_eq!(provider.log().of(Kind::Video).count(), calls, "undo repeats no call");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_stops_before_the_cap_says_so_and_goes_on_when_it_is_raised() {
    let (studio, provider) = (Studio::new().await, provider().await);
    let project = planned(&studio, &provider).await;
    let caps = Caps { run: None, project: Some(Micros(200_000)), day: None };
    studio.direction.set_caps(&project, caps).await.unwrap();
    assert_eq!(studio.record(&project).await.plan.unwrap().cap, Some(Micros(200_000)));
    run(&studio, &project).await;
    let money = studio.direction.money(&project).await.unwrap();
    assert!(money.ledger.spent <= Micros(200_000), "{:?}", money.ledger.spent);
    let waits = studio.direction.waiting(&project).await.unwrap();
    assert!(waits.iter().any(|w| matches!(&w.block, Block::OverCap(over) if over.cap == Cap::Project)), "{waits:?}");
    assert!(studio.last_words(&project).await.contains("cap"), "{}", studio.last_words(&project).await);

    let answered = studio.direction.raise_cap(&project, Cap::Project, Micros(50_000_000)).await.unwrap();
    assert!(answered.run.is_some());
    studio.direction.settled(&project).await;
    assert_eq!(stage(&studio, &project).await, Stage::Film);
    assert!(provider.log().paid_twice().is_empty());
    assert_eq!(studio.direction.caps(&project).await.unwrap().project, Some(Micros(50_000_000)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_of_which_nobody_knows_is_sent_again_only_by_the_persons_word() {
    let (studio, provider) = (Studio::new().await, provider().await);
    let project = planned(&studio, &provider).await;
    provider.script(Kind::Image, [Fault::CutAfter]);
    run(&studio, &project).await;
    let unknown = studio.direction.unknown_calls(&project).await.unwrap();
    let [call] = unknown.as_slice() else { panic!("{unknown:?} {}", studio.last_words(&project).await) };
    let sent = provider.log().of(Kind::Image).count();
    run(&studio, &project).await;
    assert_eq!(studio.direction.unknown_calls(&project).await.unwrap().len(), 1, "nobody sends it by himself");
    let again = provider.log().of(Kind::Image).count();
    studio.direction.send_again(&project, &call.id).await.unwrap();
    studio.direction.settled(&project).await;
    assert!(provider.log().of(Kind::Image).count() > again.max(sent));
    assert_eq!(studio.direction.unknown_calls(&project).await.unwrap(), []);
    assert_eq!(stage(&studio, &project).await, Stage::Film);
    assert!(!studio.direction.money(&project).await.unwrap().ledger.lines.iter().all(|line| line.certain));
}

#[tokio::test(flavor = "multi_thread")]
async fn review_stops_wait_for_a_yes_each() {
    let studio = Studio::new().await;
    let project = studio.project().await;
    studio.say(&project, FILM).await;
    studio.direction.set_review(&project, true).await.unwrap();
    run(&studio, &project).await;
    let mut stops = Vec::new();
    while stage(&studio, &project).await != Stage::Film {
        let waits = studio.direction.waiting(&project).await.unwrap();
        let stop = waits.iter().find(|w| matches!(w.block, Block::Review { .. })).expect("a stop").slot.clone();
        stops.push(stop.member().to_owned());
        assert!(stops.len() <= 4, "{stops:?}");
        studio.direction.approve_stop(&project, &stop).await.unwrap();
        studio.direction.cut_now(&project);
        studio.direction.settled(&project).await;
        assert!(studio.direction.approve_stop(&project, &stop).await.is_err(), "a yes is said once");
    }
    assert_eq!(stops, ["outline", "cast", "storyboard", "shots"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_with_something_missing_says_what_and_why_and_a_retry_makes_only_that() {
    let studio = Studio::new().await;
    let project = studio.project().await;
    studio.say(&project, FILM).await;
    studio.images.refuse(Some("whale"));
    run(&studio, &project).await;
    studio.images.refuse(None);
    let words = studio.last_words(&project).await;
    assert!(words.contains("without") && words.contains("Shot"), "{words}");
    assert_eq!(stage(&studio, &project).await, Stage::Film);
    let said = studio.say(&project, "retry").await;
    studio.direction.settled(&project).await;
    let (made, found) = studio.made(&project, &said.started.expect("it runs")).await;
    assert!(!found.is_empty() && made.iter().any(|slot| slot.starts_with("frame/")), "{made:?}");
    assert!(!made.contains("script_draft"), "{made:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_take_that_costs_money_is_shown_first() {
    let (studio, provider) = (Studio::new().await, provider().await);
    let project = planned(&studio, &provider).await;
    run(&studio, &project).await;
    let shot = studio.boards(&project).await[0].shots[0].id.clone();
    let slot = format!("frame/{shot}").try_into().unwrap();
    let before = provider.log().of(Kind::Image).count();
    let Decided::Shown(proposal) = studio.direction.new_take(&project, &slot).await.unwrap() else {
        panic!("it costs money")
    };
    assert!(proposal.least.price > Micros::ZERO);
    assert_eq!(provider.log().of(Kind::Image).count(), before);
    let free = vec![Change::Brief(BriefChange::Captions("off".into()))];
    assert!(matches!(studio.direction.change(&project, free).await.unwrap(), Decided::Made { .. }));
    studio.direction.settled(&project).await;
}
