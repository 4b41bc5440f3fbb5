//! Requests that come twice: the answer of the first is given again. A page that is reloaded in mid-request sends it
//! again, and nothing may run twice for that.

use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use crate::wire::Problem;

/// How many answers are remembered.
const REMEMBERED: usize = 1000;

type Answer = Result<String, Problem>;

#[derive(Default)]
struct Seen {
    answers: BTreeMap<String, Arc<OnceCell<Answer>>>,
    order: VecDeque<String>,
}

/// Remembers what requests were answered with, by the id that their sender made.
#[derive(Default)]
pub(crate) struct Once {
    seen: Mutex<Seen>,
}

impl Once {
    /// Does the work of a request the first time it comes; a request without an id is always done. A failure is
    /// forgotten, so that the same request can be tried again.
    pub(crate) async fn run(&self, request: &str, work: impl Future<Output = Answer>) -> Answer {
        // On the heap: what a request sets going is deep, and a thread's stack is small.
        let work = Box::pin(work);
        if request.is_empty() {
            return work.await;
        }
        let cell = {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            let cell = seen.answers.get(request).cloned();
            cell.unwrap_or_else(|| {
                let cell = Arc::<OnceCell<Answer>>::default();
                seen.answers.insert(request.to_owned(), Arc::clone(&cell));
                seen.order.push_back(request.to_owned());
                if seen.order.len() > REMEMBERED
                    && let Some(oldest) = seen.order.pop_front()
                {
                    seen.answers.remove(&oldest);
                }
                cell
            })
        };
        let answer = cell.get_or_init(|| work).await.clone();
        if answer.is_err() {
            self.seen.lock().unwrap_or_else(PoisonError::into_inner).answers.remove(request);
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[tokio::test]
    async fn the_same_request_is_done_once_and_answered_twice() {
        let once = Once::default();
        let count = AtomicU32::new(0);
        let work = || async { Ok(count.fetch_add(1, Ordering::SeqCst).to_string()) };
        let (a, b) = tokio::join!(once.run("r1", work()), once.run("r1", work()));
        assert_eq!((a.as_deref(), b.as_deref()), (Ok("0"), Ok("0")));
        assert_eq!(once.run("r2", work()).await.as_deref(), Ok("1"));
        assert_eq!(once.run("", work()).await.as_deref(), Ok("2"));
        assert_eq!(once.run("", work()).await.as_deref(), Ok("3"));
    }

    #[tokio::test]
    async fn a_failed_request_can_be_tried_again() {
        let once = Once::default();
        let failed = crate::problem::bad_request("no", "");
        assert!(once.run("r", async { Err(failed) }).await.is_err());
        assert_eq!(once.run("r", async { Ok("done".to_owned()) }).await.as_deref(), Ok("done"));
    }
}
