//! Calls that nobody writes down: send once, ask until the end. For tests and tools; a run has its own [`Calls`].

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::{CallReply, Calls, Delivery, Failure, FailureKind, Polled, RemoteCall, Sent};

const SOONEST: Duration = Duration::from_millis(100);
const LATEST: Duration = Duration::from_secs(10);

/// How long to wait before a job is asked for again, this long after it was sent: a twentieth of it, so that the
/// waiting adds at most that to any job's time.
pub fn poll_interval(elapsed: Duration) -> Duration {
    (elapsed / 20).clamp(SOONEST, LATEST)
}

pub(crate) struct Direct {
    pub(crate) cancel: CancellationToken,
    pub(crate) progress: Arc<dyn Fn(f32) + Send + Sync>,
}

#[async_trait]
impl Calls for Direct {
    async fn call(&self, call: &dyn RemoteCall) -> Result<CallReply, Failure> {
        let order = call.order();
        let started = Instant::now();
        let end = started + order.deadline;
        let late = |_| {
            let seconds = order.deadline.as_secs();
            Failure::new(FailureKind::Transport, format!("{} gave no answer in {seconds} s", order.provider))
        };
        let sent = tokio::select! {
            sent = timeout_at(end, call.send()) => sent.map_err(late)?.map_err(|e| e.failure)?,
            () = self.cancel.cancelled() => return Err(Failure::cancelled()),
        };
        let handle = match sent {
            Sent::Reply(reply) => return Ok(reply),
            Sent::Handle(handle) => handle,
        };
        let asked = async {
            let mut hint = None;
            loop {
                sleep_until(Instant::now() + hint.unwrap_or_else(|| poll_interval(started.elapsed()))).await;
                match call.poll(&handle).await {
                    Ok(Polled::Done(reply)) => return Ok(reply),
                    Ok(Polled::Pending { progress, after }) => {
                        hint = after;
                        if let Some(done) = progress {
                            (self.progress)(done.clamp(0.0, 1.0));
                        }
                    }
                    Err(error) if error.delivery == Delivery::Unknown && asking_helps(error.failure.kind) => {
                        hint = error.retry_after;
                    }
                    Err(error) => return Err(error.failure),
                }
            }
        };
        let ended = tokio::select! {
            ended = timeout_at(end, asked) => ended.map_err(late),
            () = self.cancel.cancelled() => Err(Failure::cancelled()),
        };
        // A job that nobody waits for any more should not go on costing.
        match ended {
            Ok(ended) => ended,
            Err(failure) => {
                call.cancel(&handle).await;
                Err(failure)
            }
        }
    }
}

fn asking_helps(kind: FailureKind) -> bool {
    matches!(kind, FailureKind::Transport | FailureKind::RateLimited)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::{CallError, CallKind, CallOrder, Job, Usage};

    /// A job that is done at the third question, after one question that fails.
    #[derive(Default)]
    struct Clip {
        asked: AtomicU32,
        cancelled: AtomicU32,
        never: bool,
    }

    #[async_trait]
    impl RemoteCall for Clip {
        fn order(&self) -> CallOrder {
            CallOrder {
                provider: "far".into(),
                model: "clips".into(),
                kind: CallKind::Video,
                request: "{}".into(),
                most_micros: None,
                tokens: 0,
                deadline: Duration::from_mins(1),
            }
        }
        async fn send(&self) -> Result<Sent, CallError> {
            Ok(Sent::Handle("job-1".into()))
        }
        async fn poll(&self, handle: &str) -> Result<Polled, CallError> {
            assert_eq!(handle, "job-1");
            match self.asked.fetch_add(1, Ordering::SeqCst) {
                _ if self.never => Ok(Polled::Pending { progress: None, after: None }),
                0 => Ok(Polled::Pending { progress: Some(0.5), after: Some(Duration::from_secs(3)) }),
                1 => Err(CallError::new(Failure::new(FailureKind::Transport, "away"), Delivery::Unknown)),
                _ => Ok(Polled::Done(CallReply { body: vec![1], media: "video/mp4".into(), usage: Usage::default() })),
            }
        }
        async fn cancel(&self, _: &str) {
            self.cancelled.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_job_is_asked_for_until_it_is_done_and_hints_are_kept() {
        let clip = Clip::default();
        let before = Instant::now();
        assert_eq!(Job::unwatched().call(&clip).await.unwrap().body, [1]);
        assert_eq!(clip.asked.load(Ordering::SeqCst), 3);
        assert!(before.elapsed() > Duration::from_secs(3) && before.elapsed() < Duration::from_secs(4));
    }

    #[tokio::test(start_paused = true)]
    async fn a_job_past_its_deadline_is_stopped() {
        let clip = Clip { never: true, ..Clip::default() };
        let failure = Job::unwatched().call(&clip).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Transport);
        assert_eq!(clip.cancelled.load(Ordering::SeqCst), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_job_that_the_person_stops_is_stopped_at_the_provider() {
        let clip = Clip { never: true, ..Clip::default() };
        let cancel = CancellationToken::new();
        let job = Job::new(cancel.clone(), |_| {});
        let (ended, ()) = tokio::join!(job.call(&clip), async {
            sleep_until(Instant::now() + Duration::from_secs(1)).await;
            cancel.cancel();
        });
        assert_eq!(ended.unwrap_err().kind, FailureKind::Cancelled);
        assert_eq!(clip.cancelled.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn the_waiting_grows_with_the_job_and_ends_at_ten_seconds() {
        let at = |ms| poll_interval(Duration::from_millis(ms)).as_millis();
        assert_eq!([at(0), at(1_000), at(3_000), at(60_000), at(900_000)], [100, 100, 150, 3_000, 10_000]);
    }
}
