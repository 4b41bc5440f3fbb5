//! How a job at a provider is followed to its end: asked about seldom enough to be polite and often enough to be quick,
//! through sleep and bad connections.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::calls::{Step, Wanted};
use super::control::Halt;
use super::job::Stop;
use super::pace::{LONGEST, SHORTEST};
use crate::{CallError, CallId, CallUsage, Delivery, FailureKind, Lapse, Polled, TaskError};

/// How long one question may take.
const QUESTION: Duration = Duration::from_secs(30);
/// How long the provider is given to hear that a job is not wanted any more.
const GOODBYE: Duration = Duration::from_secs(1);

/// How long a job was waited for. No wait counts for more than twice what was meant, so that an hour in which the machine
/// slept counts as the one wait it interrupted.
struct Waited {
    so_far: Duration,
    /// Until when that is counted.
    counted: Instant,
    deadline: Duration,
    /// How many questions failed since one was answered.
    failed: u32,
}

impl Waited {
    /// How long to wait before the next question: as the provider says, or for its own pause.
    fn next(&self, hint: Option<Duration>, own: Duration) -> Duration {
        let left = self.deadline.saturating_sub(self.so_far).max(SHORTEST);
        let own = (own * 2_u32.pow(self.failed.min(6))).min(LONGEST);
        hint.map_or(own, |hint| hint.max(Duration::from_millis(10))).min(left)
    }

    /// Counts what has passed, but no more than this.
    fn count(&mut self, most: Duration) {
        self.so_far += self.counted.elapsed().min(most);
        self.counted = Instant::now();
    }

    fn is_over(&self) -> bool {
        self.so_far >= self.deadline
    }
}

impl Wanted<'_> {
    /// Asks for the job until it is done. `again` says that the job was waited for before, in vain or in an earlier
    /// life of the program.
    pub(super) async fn follow(&self, id: &CallId, handle: &str, again: bool) -> Result<Step, Stop> {
        let deadline = Duration::from_millis(self.order.deadline_ms);
        let mut waited = Waited { so_far: Duration::ZERO, counted: Instant::now(), deadline, failed: 0 };
        let mut hint = again.then_some(Duration::ZERO);
        let mut followed = self.caller.desk.facts.shared.paces.follow(&self.order);
        let mut asked = Duration::ZERO;
        loop {
            let wait = waited.next(hint, followed.pause(waited.so_far, asked));
            let learns = hint.is_none() && waited.failed == 0;
            let pause = async {
                tokio::select! {
                    () = sleep(wait) => true,
                    () = followed.learnt(), if learns => false,
                }
            };
            let Ok(over) = self.caller.desk.unless_cancelled(pause).await else {
                return self.say_goodbye(id, handle).await;
            };
            waited.count(wait * 2);
            if !over {
                continue;
            }
            (hint, asked) = (None, waited.so_far);
            let answer = self.caller.desk.unless_cancelled(timeout(QUESTION, self.call.poll(handle))).await;
            let Ok(answer) = answer else { return self.say_goodbye(id, handle).await };
            waited.count(QUESTION);
            match answer {
                Ok(Ok(Polled::Done(reply))) => {
                    if !again {
                        // What fetching it took says nothing of when to ask.
                        followed.done(asked);
                    }
                    return self.replied(id, reply).await;
                }
                Ok(Ok(Polled::Pending { progress, after })) => {
                    waited.failed = 0;
                    hint = after;
                    if let Some(done) = progress {
                        (self.progress)(done);
                    }
                }
                Ok(Err(failed)) if is_about_the_question(&failed) => {
                    waited.failed += 1;
                    hint = failed.retry_after;
                }
                Ok(Err(failed)) if is_about_the_account(&failed) => return Ok(Step::Over(failed.error)),
                Ok(Err(failed)) => return self.failed(id, failed).await,
                Err(_) => waited.failed += 1,
            }
            if waited.is_over() {
                return self.too_long(id, handle, again).await;
            }
        }
    }

    /// The job is not done in time. It is asked for once more when the person tries again; after that nobody knows
    /// what became of it.
    async fn too_long(&self, id: &CallId, handle: &str, again: bool) -> Result<Step, Stop> {
        let time = self.order.deadline_ms.div_ceil(1000);
        let what = format!("{} did not finish a job within {time} s", self.order.provider);
        let hint = if again {
            let _heard = timeout(GOODBYE, self.call.cancel(handle)).await;
            self.lapse(id, Lapse::Unknown).await?;
            "It was asked to stop. Trying again asks you first, since it may cost again."
        } else {
            "It goes on there. Trying again looks for it before anything is sent."
        };
        Ok(Step::Over(TaskError::new(FailureKind::Transport, what).hint(hint)))
    }

    /// The run is stopped. When the person did that and nobody else waits for the job, the provider is asked to stop it;
    /// what it may have cost counts as spent.
    async fn say_goodbye(&self, id: &CallId, handle: &str) -> Result<Step, Stop> {
        let cancelled = self.caller.desk.facts.control.borrow().stop == Some(Halt::Cancel);
        if cancelled && self.caller.place.is_alone() {
            let _heard = timeout(GOODBYE, self.call.cancel(handle)).await;
            let units = [("cancelled".to_owned(), 1)].into();
            let usage = CallUsage { units, cost: self.order.most.unwrap_or_default() };
            self.lapse(id, Lapse::Spoilt(usage)).await?;
        }
        Err(Stop::Cancelled)
    }
}

/// True when asking failed, not the job.
fn is_about_the_question(failed: &CallError) -> bool {
    failed.delivery == Delivery::Unknown || failed.error.kind == FailureKind::RateLimited
}

/// True when the provider does not let us ask.
fn is_about_the_account(failed: &CallError) -> bool {
    failed.delivery == Delivery::NotTaken && failed.error.kind == FailureKind::Auth
}
