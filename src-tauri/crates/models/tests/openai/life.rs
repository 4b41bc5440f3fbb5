//! The life of jobs and kept replies, and a provider that fails often.

use std::sync::Arc;
use std::time::{Duration, Instant};

use models::{Delivery, FailureKind, Job};
use testkit::provider::{Fault, Kind, ProviderOptions};
use tokio_util::sync::CancellationToken;

use crate::support::{KINDS, Studio, Watched, models, studio, studio_of};

#[tokio::test]
async fn a_kept_reply_is_read_without_calling_anybody() {
    let studio = studio().await;
    for kind in KINDS {
        let (watched, job) = Watched::default().job();
        let first = studio.call(kind, "whale", job).await.unwrap();
        let kept = watched.replies().remove(0);
        let before = studio.provider.log().requests.len();
        let (_, job) = Watched { kept: Some(kept), ..Watched::default() }.job();
        assert_eq!(studio.call(kind, "whale", job).await.unwrap(), first, "{kind:?}");
        assert_eq!(studio.provider.log().requests.len(), before, "{kind:?}");
    }
}

#[tokio::test]
async fn a_job_is_taken_up_again_by_its_handle_from_elsewhere() {
    let studio = studio().await;
    let (watched, job) = Watched::default().job();
    let first = studio.call(Kind::Video, "whale", job).await.unwrap();
    let handle = watched.handles().remove(0);
    let elsewhere = Studio { models: models(&studio.provider, ""), provider: studio.provider };
    let (_, job) = Watched { known: Some(handle), ..Watched::default() }.job();
    assert_eq!(elsewhere.call(Kind::Video, "whale", job).await.unwrap(), first);
    assert_eq!(elsewhere.provider.log().of(Kind::Video).count(), 1, "ordered once");
}

#[tokio::test]
async fn a_job_that_a_restarted_server_forgot_is_gone() {
    let options = ProviderOptions { video: Duration::from_mins(5), ..ProviderOptions::quick() };
    let studio = Arc::new(studio_of(options, "").await);
    let (watched, job) = Watched::default().job();
    let waiting = tokio::spawn({
        let studio = Arc::clone(&studio);
        async move { studio.call(Kind::Video, "whale", job).await }
    });
    studio.provider.until(|log| log.of(Kind::Poll).count() > 1).await;
    studio.provider.forget_jobs();
    assert_eq!(waiting.await.unwrap().unwrap_err().kind, FailureKind::Invalid);
    assert_eq!(watched.errors().last().unwrap().delivery, Delivery::Vanished);
}

#[tokio::test]
async fn a_stopped_job_is_stopped_at_the_provider() {
    let options = ProviderOptions { video: Duration::from_mins(5), ..ProviderOptions::quick() };
    let studio = Arc::new(studio_of(options, "").await);
    let cancel = CancellationToken::new();
    let job = Job::new(cancel.clone(), |_| {});
    let waiting = tokio::spawn({
        let studio = Arc::clone(&studio);
        async move { studio.call(Kind::Video, "whale", job).await }
    });
    studio.provider.until(|log| log.of(Kind::Poll).count() > 0).await;
    cancel.cancel();
    assert_eq!(waiting.await.unwrap().unwrap_err().kind, FailureKind::Cancelled);
    assert!(studio.provider.log().jobs[0].cancelled_ms.is_some());
}

#[tokio::test]
async fn questions_that_fail_do_not_fail_the_job() {
    let studio = studio().await;
    studio.provider.script(Kind::Poll, [Fault::ServerError, Fault::CutBefore, Fault::Busy]);
    studio.provider.script(Kind::Content, [Fault::ServerError]);
    let (watched, job) = Watched::default().job();
    studio.call(Kind::Video, "whale", job).await.unwrap();
    assert_eq!(watched.errors().len(), 4);
    assert_eq!(studio.provider.log().of(Kind::Video).count(), 1);
}

#[tokio::test]
async fn with_three_faults_in_ten_everything_ends_and_nothing_is_paid_for_twice() {
    let options = ProviderOptions { faults: 0.3, seed: 5, ..ProviderOptions::quick() };
    let studio = Arc::new(studio_of(options, "deadline_s = 1").await);
    let began = Instant::now();
    let calls: Vec<_> = (0..60)
        .map(|i| {
            let studio = Arc::clone(&studio);
            tokio::spawn(async move {
                let (watched, job) = Watched { again: 8, ..Watched::default() }.job();
                let ended = studio.call(KINDS[i % 4], &format!("whale {i}"), job).await;
                (ended.is_ok(), watched.errors().last().map(|e| e.delivery.clone()))
            })
        })
        .collect();
    let mut done = 0;
    for call in calls {
        match call.await.unwrap() {
            (true, _) => done += 1,
            // What failed for good was taken, or may have been.
            (false, last) => assert!(!matches!(last, None | Some(Delivery::NotTaken)), "{last:?}"),
        }
    }
    let log = studio.provider.log();
    assert!(done >= 30, "{done} of 60");
    // Orders meet their faults by what they ask for; how many questions a job takes, and which of them fail, is chance.
    let faulty = log.requests.iter().filter(|s| KINDS.contains(&s.kind) && s.fault.is_some()).count();
    assert!(faulty >= 15, "{faulty} of {} orders", log.requests.iter().filter(|s| KINDS.contains(&s.kind)).count());
    assert_eq!(log.paid_twice(), [""; 0]);
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    assert!(log.peak > 4, "{:?}", log.peaks);
}
