//! How a call is sent: in line for the provider's limits, with money for it, written down, once.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::{sleep_until, timeout};

use super::calls::{Step, Wanted};
use super::job::Stop;
use super::till::Open;
use super::ware::Ware;
use crate::{Block, CallError, CallId, CallIntent, Delivery, FailureKind, Line, OverCap, Sent, TaskError, TaskState};

impl Wanted<'_> {
    /// Sends the call and stays with it to its end. Holds a place in the provider's limits all the while.
    pub(super) async fn send(&self, looks: u64) -> Result<Step, Stop> {
        let desk = &self.caller.desk;
        let mut place = desk.permit(&Ware::of_call(&self.order), desk.urgency).await?;
        self.leave_alone().await?;
        let id = self.new_id();
        let _open = match self.reserve(&id).await? {
            Ok(open) => open,
            Err(over) => {
                drop(place);
                desk.blocked(Block::OverCap(over), &self.caller.place, looks).await?;
                return Ok(Step::Look);
            }
        };
        place.use_now();
        desk.at_work();
        // Not cut short when the run is stopped: what was sent may be paid for, and its answer is worth the wait until
        // the run gives the task up.
        let deadline = Duration::from_millis(self.order.deadline_ms);
        let sent = timeout(deadline, self.call.send()).await;
        match sent.unwrap_or_else(|_| Err(self.late())) {
            Ok(Sent::Reply(reply)) => self.replied(&id, reply).await,
            Ok(Sent::Handle(handle)) => {
                self.caller.store().handled(&id, &handle).await?;
                self.follow(&id, &handle, false).await
            }
            Err(failed) => self.failed(&id, failed).await,
        }
    }

    /// Waits while the provider asks everybody to leave it alone.
    async fn leave_alone(&self) -> Result<(), Stop> {
        let desk = &self.caller.desk;
        while let Some(until) = desk.facts.shared.quiet.until(&self.order.provider) {
            desk.say(TaskState::Queued { line: Line::Provider(self.order.provider.clone()) });
            desk.unless_cancelled(sleep_until(until)).await?;
        }
        Ok(())
    }

    /// Writes the intent and reserves the money. Before it says that a cap is in the way, it waits for what other calls
    /// of the run may give back.
    async fn reserve(&self, id: &CallId) -> Result<Result<Open<'_>, OverCap>, Stop> {
        let desk = &self.caller.desk;
        let till = &desk.facts.till;
        let mut ended = till.ended();
        let mut over = match self.intend(id).await? {
            Ok(open) => return Ok(Ok(open)),
            Err(over) => over,
        };
        desk.say(TaskState::Queued { line: Line::Money });
        let _first = desk.unless_cancelled(till.first()).await?;
        while over.wanted <= over.limit && desk.unless_cancelled(till.more_since(ended)).await? {
            ended = till.ended();
            match self.intend(id).await? {
                Ok(open) => return Ok(Ok(open)),
                Err(still) => over = still,
            }
        }
        Ok(Err(over))
    }

    async fn intend(&self, id: &CallId) -> Result<Result<Open<'_>, OverCap>, Stop> {
        let caller = self.caller;
        let facts = &caller.desk.facts;
        if caller.desk.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        let intent = CallIntent {
            id: id.clone(),
            run: facts.run.clone(),
            slot: caller.slot.clone(),
            agent: caller.agent.0.clone(),
            key: caller.key.clone(),
            request: self.request.clone(),
            order: self.order.clone(),
            caps: facts.control.borrow().caps,
        };
        let open = facts.till.open();
        Ok(match caller.store().intend(intent).await? {
            Ok(()) => Ok(open),
            Err(over) => {
                open.refused();
                Err(over)
            }
        })
    }

    /// An id that no call ever had.
    fn new_id(&self) -> CallId {
        let shared = &self.caller.desk.facts.shared;
        let number = shared.calls.fetch_add(1, Ordering::Relaxed);
        let text = format!("{} {} {number} {}", shared.nonce, shared.clock.now_ms(), self.request);
        CallId(format!("call_{}", &blake3::hash(text.as_bytes()).to_hex()[..24]))
    }

    /// It was sent, and nothing came in time.
    fn late(&self) -> CallError {
        let what = format!("{} did not answer within {} s", self.order.provider, self.order.deadline_ms.div_ceil(1000));
        CallError {
            error: TaskError::new(FailureKind::Transport, what),
            delivery: Delivery::Unknown,
            retry_after: None,
        }
    }
}
