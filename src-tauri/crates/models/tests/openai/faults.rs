//! What becomes of a call that meets a fault: its kind, what is known of it, and that no key is ever shown.

use std::sync::Arc;
use std::time::{Duration, Instant};

use models::{ChatRequest, Delivery, FailureKind, Job, OnText};
use testkit::provider::{Fault, Kind, ProviderOptions};

use crate::support::{KINDS, Studio, Watched, form, question, studio, studio_of};

#[derive(Debug, PartialEq)]
enum Known {
    NotTaken,
    Unknown,
    Spoilt,
    Vanished,
}

fn known(delivery: &Delivery) -> Known {
    match delivery {
        Delivery::NotTaken => Known::NotTaken,
        Delivery::Unknown => Known::Unknown,
        Delivery::Spoilt(usage) => {
            assert!(usage.micros > 0, "what was done is billed: {usage:?}");
            Known::Spoilt
        }
        Delivery::Vanished => Known::Vanished,
    }
}

/// A call of `kind` that meets `fault` fails once, in this way.
async fn check(studio: &Studio, kind: Kind, fault: Fault, failure: FailureKind, delivery: Known) {
    studio.provider.script(kind, [fault]);
    let (watched, job) = Watched::default().job();
    let got = studio.call(kind, &format!("{fault:?}"), job).await.expect_err(&format!("{kind:?} {fault:?}"));
    let errors = watched.errors();
    let error = errors.last().unwrap();
    assert_eq!((got.kind, known(&error.delivery)), (failure, delivery), "{kind:?} {fault:?}: {error:?}");
    assert!(!got.message.is_empty() && got.message.chars().count() < 500, "{got:?}");
    assert!(got.message.contains("fake"), "it says who: {got}");
}

#[tokio::test]
async fn every_fault_is_told_by_its_kind_and_by_what_is_known() {
    let studio = studio().await;
    for kind in KINDS {
        check(&studio, kind, Fault::Busy, FailureKind::RateLimited, Known::NotTaken).await;
        check(&studio, kind, Fault::ServerError, FailureKind::Transport, Known::NotTaken).await;
        check(&studio, kind, Fault::CutBefore, FailureKind::Transport, Known::Unknown).await;
        check(&studio, kind, Fault::CutAfter, FailureKind::Transport, Known::Unknown).await;
        check(&studio, kind, Fault::NoCredit, FailureKind::Quota, Known::NotTaken).await;
        check(&studio, kind, Fault::EchoKey, FailureKind::Auth, Known::NotTaken).await;
        check(&studio, kind, Fault::WebPage, FailureKind::Invalid, Known::Unknown).await;
        let refused = if kind == Kind::Chat { Known::Spoilt } else { Known::NotTaken };
        check(&studio, kind, Fault::Refusal, FailureKind::Refused, refused).await;
        let malformed = if kind == Kind::Video { Known::Unknown } else { Known::Spoilt };
        check(&studio, kind, Fault::Malformed, FailureKind::Invalid, malformed).await;
    }
    check(&studio, Kind::Chat, Fault::TooLong, FailureKind::Invalid, Known::Spoilt).await;
    check(&studio, Kind::Image, Fault::Truncated, FailureKind::Invalid, Known::Spoilt).await;
    check(&studio, Kind::Speech, Fault::Truncated, FailureKind::Invalid, Known::Spoilt).await;
    check(&studio, Kind::Video, Fault::Truncated, FailureKind::Invalid, Known::Spoilt).await;
    check(&studio, Kind::Video, Fault::JobFails, FailureKind::Transport, Known::NotTaken).await;
    check(&studio, Kind::Video, Fault::JobVanishes, FailureKind::Invalid, Known::Vanished).await;
}

#[tokio::test]
async fn a_busy_provider_says_how_long_it_wants_to_be_left_alone() {
    let studio = studio().await;
    studio.provider.script(Kind::Chat, [Fault::Busy]);
    let (watched, job) = Watched { again: 1, ..Watched::default() }.job();
    let began = Instant::now();
    studio.call(Kind::Chat, "a", job).await.unwrap();
    assert_eq!(watched.errors()[0].retry_after, Some(Duration::from_millis(60)));
    assert!(began.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_no_answer() {
    let studio = studio().await;
    for (fault, failure, delivery) in [
        (Fault::BrokenStream, FailureKind::Invalid, Known::Spoilt),
        (Fault::CutAfter, FailureKind::Transport, Known::Unknown),
        (Fault::Malformed, FailureKind::Invalid, Known::Spoilt),
        (Fault::TooLong, FailureKind::Invalid, Known::Spoilt),
        (Fault::Refusal, FailureKind::Refused, Known::Spoilt),
    ] {
        studio.provider.script(Kind::Chat, [fault]);
        let (watched, job) = Watched::default().job();
        let on_text: OnText = Arc::new(|_: &str| {});
        let asked = ChatRequest { schema: Some(form()), ..question("the whale") };
        let got = studio.models.chat.clone().unwrap().ask(asked, Some(on_text), job).await.unwrap_err();
        assert_eq!((got.kind, known(&watched.errors()[0].delivery)), (failure, delivery), "{fault:?}: {got}");
    }
}

#[tokio::test]
async fn answers_that_do_not_fit_or_give_orders_come_back_as_text() {
    let studio = studio().await;
    studio.provider.script(Kind::Chat, [Fault::WrongSchema, Fault::Injected]);
    let wrong = studio.call(Kind::Chat, "a", Job::unwatched()).await.unwrap();
    assert!(String::from_utf8(wrong).unwrap().contains("unexpected"));
    let injected = String::from_utf8(studio.call(Kind::Chat, "a", Job::unwatched()).await.unwrap()).unwrap();
    assert!(injected.contains("Ignore all previous"), "{injected}");
}

#[tokio::test]
async fn nobody_waits_longer_than_the_deadline() {
    let studio = studio_of(ProviderOptions::quick(), "deadline_s = 1").await;
    for kind in KINDS {
        studio.provider.script(kind, [Fault::Hang]);
        let (watched, job) = Watched::default().job();
        let began = Instant::now();
        let failure = studio.call(kind, "hang", job).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Transport, "{kind:?}");
        assert_eq!(known(&watched.errors()[0].delivery), Known::Unknown, "{kind:?}");
        assert!(began.elapsed() < Duration::from_secs(10), "{kind:?}: {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_took_nothing() {
    let studio = studio().await;
    let models = crate::support::models(&studio.provider, "");
    drop(studio);
    let (watched, job) = Watched::default().job();
    let failure = models.chat.unwrap().ask(question("a"), None, job).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Transport);
    assert!(failure.message.contains("fake cannot be reached"), "{failure}");
    assert_eq!(known(&watched.errors()[0].delivery), Known::NotTaken);
}

#[tokio::test]
async fn a_planted_key_is_found_nowhere() {
    let studio = studio().await;
    for kind in KINDS {
        for fault in [Fault::EchoKey, Fault::Malformed, Fault::CutAfter, Fault::Refusal, Fault::None] {
            studio.provider.script(kind, [fault]);
            let (watched, job) = Watched::default().job();
            let ended = studio.call(kind, "whale", job.clone()).await;
            let came = watched.came.lock().unwrap();
            let words = ended.err().map_or_else(String::new, |e| format!("{e} {e:?} {}", e.hint));
            let shown = format!("{words} {came:?} {job:?} {:?}", studio.models);
            assert!(!shown.contains("planted"), "{kind:?} {fault:?}: {shown}");
        }
    }
    assert!(studio.provider.log().requests.iter().all(|seen| seen.with_key), "and yet it was sent");
}
