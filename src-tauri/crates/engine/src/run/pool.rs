//! What there is only so much of, shared by all runs of an engine.
//!
//! Within a run the most urgent request goes first; between runs, the one that was served least lately with what is
//! asked for. A request that lacks one thing only keeps it for itself, so that small requests cannot starve a wide one;
//! one that lacks several keeps none, so that a slow resource never holds up work that does not need it.
//!
//! What is taken of a rate (calls a minute) comes back a minute later, whatever became of the call: in no minute is
//! more taken than there is.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};

use super::ranks::Urgency;
use super::ware::Ware;

/// How much of what; each ware once, none unlimited, none above its capacity.
type Uses = Vec<(Ware, u32)>;

#[derive(Default)]
pub(super) struct Pool {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    capacity: BTreeMap<Ware, u32>,
    used: BTreeMap<Ware, u32>,
    /// What of a rate comes back by itself, and when.
    returns: BinaryHeap<Reverse<(Instant, Ware, u32)>>,
    /// True when somebody waits for the first of them.
    minded: bool,
    /// Requests by run and by what they ask for.
    lines: BTreeMap<(u64, Uses), BinaryHeap<Request>>,
    /// When a run last got something of a ware, counted in grants.
    served: BTreeMap<(u64, Ware), u64>,
    grants: u64,
}

struct Request {
    urgency: Urgency,
    order: Reverse<u64>,
    answer: oneshot::Sender<Permit>,
}

impl Pool {
    /// From now on there is so much of a ware, or as much as one likes; less than one counts as one.
    pub(super) fn limit(self: &Arc<Self>, ware: Ware, capacity: Option<u32>) {
        let mut state = self.lock();
        match capacity {
            Some(amount) => {
                state.capacity.insert(ware, amount.max(1));
            }
            None => {
                state.capacity.remove(&ware);
            }
        }
        self.serve_and_open(state);
    }

    /// Asks for what a task of a run uses. `urgency`: higher goes first; `order`: among equals, lower goes first.
    pub(super) fn ask(self: &Arc<Self>, run: u64, uses: &[(Ware, u32)], urgency: Urgency, order: u64) -> Asked {
        let mut state = self.lock();
        let uses = state.limited(uses);
        if uses.is_empty() {
            return Asked::Given(Permit { pool: Arc::clone(self), uses });
        }
        let (answer, receiver) = oneshot::channel();
        state.lines.entry((run, uses)).or_default().push(Request { urgency, order: Reverse(order), answer });
        self.serve_and_open(state);
        Asked::Wait(Ticket { pool: Arc::clone(self), receiver })
    }

    /// Forgets what a run that ended had.
    pub(super) fn forget(&self, run: u64) {
        self.lock().served.retain(|(of, _), _| *of != run);
    }

    /// Gives what can be given, and opens the lock before it drops the permits that nobody took.
    fn serve_and_open(self: &Arc<Self>, mut state: MutexGuard<'_, State>) {
        let refused = self.serve(&mut state);
        self.mind_returns(&mut state);
        drop(state);
        drop(refused);
    }

    fn serve(self: &Arc<Self>, state: &mut State) -> Vec<Permit> {
        let mut refused = Vec::new();
        if state.lines.is_empty() {
            return refused;
        }
        state.take_returns();
        while let Some(line) = state.next() {
            let Some(request) = state.lines.get_mut(&line).and_then(BinaryHeap::pop) else { break };
            let (run, uses) = line;
            state.grants += 1;
            for (ware, amount) in &uses {
                *state.used.entry(ware.clone()).or_default() += amount;
                state.served.insert((run, ware.clone()), state.grants);
            }
            let permit = Permit { pool: Arc::clone(self), uses };
            refused.extend(request.answer.send(permit).err());
        }
        refused
    }

    /// Somebody waits for something that comes back by itself: serves them when it does.
    fn mind_returns(self: &Arc<Self>, state: &mut State) {
        let Some(Reverse((at, ..))) = state.returns.peek() else { return };
        if state.minded || state.lines.is_empty() {
            return;
        }
        state.minded = true;
        let (at, pool) = (*at, Arc::downgrade(self));
        tokio::spawn(async move {
            sleep_until(at).await;
            if let Some(pool) = pool.upgrade() {
                let mut state = pool.lock();
                state.minded = false;
                pool.serve_and_open(state);
            }
        });
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// What of `uses` is limited, clamped so that it can be had at all.
    fn limited(&self, uses: &[(Ware, u32)]) -> Uses {
        let mut limited: Uses = Vec::new();
        for (ware, amount) in uses {
            let Some(capacity) = self.capacity.get(ware).filter(|_| *amount > 0) else { continue };
            match limited.iter_mut().find(|(known, _)| known == ware) {
                Some((_, sum)) => *sum = sum.saturating_add(*amount).min(*capacity),
                None => limited.push((ware.clone(), *amount.min(capacity))),
            }
        }
        limited.sort();
        limited
    }

    /// The line whose first request can and should be served now.
    fn next(&mut self) -> Option<(u64, Uses)> {
        self.lines.retain(|_, line| {
            while line.peek().is_some_and(|request| request.answer.is_closed()) {
                line.pop();
            }
            !line.is_empty()
        });
        let mut heads: Vec<_> = self
            .lines
            .iter()
            .filter_map(|(line, requests)| {
                let served = line.1.iter().filter_map(|(w, _)| self.served.get(&(line.0, w.clone()))).max();
                requests.peek().map(|head| (served.copied().unwrap_or(0), Reverse(head.urgency), head.order.0, line))
            })
            .collect();
        heads.sort();
        let mut kept = BTreeSet::new();
        for (_, _, _, line) in heads {
            let lacks: Vec<_> = line.1.iter().filter(|(w, n)| kept.contains(w) || self.lacks(w, *n)).collect();
            match lacks.as_slice() {
                [] => return Some(line.clone()),
                [(only, _)] => {
                    kept.insert(only);
                }
                _ => {}
            }
        }
        None
    }

    fn lacks(&self, ware: &Ware, amount: u32) -> bool {
        // The capacity may have changed since the request came.
        self.capacity.get(ware).is_some_and(|capacity| {
            capacity.saturating_sub(self.used.get(ware).copied().unwrap_or(0)) < amount.min(*capacity)
        })
    }

    fn give_back(&mut self, ware: &Ware, amount: u32) {
        if let Some(used) = self.used.get_mut(ware) {
            *used = used.saturating_sub(amount);
        }
    }

    fn take_returns(&mut self) {
        let now = Instant::now();
        while self.returns.peek().is_some_and(|Reverse((at, ..))| *at <= now) {
            if let Some(Reverse((_, ware, amount))) = self.returns.pop() {
                self.give_back(&ware, amount);
            }
        }
    }
}

impl PartialEq for Request {
    fn eq(&self, other: &Self) -> bool {
        (self.urgency, self.order) == (other.urgency, other.order)
    }
}

impl Eq for Request {}

impl PartialOrd for Request {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Request {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.urgency, self.order).cmp(&(other.urgency, other.order))
    }
}

/// The answer to a request.
pub(super) enum Asked {
    /// Nothing that is asked for is limited.
    Given(Permit),
    /// It comes when it can be had, which may be now.
    Wait(Ticket),
}

impl Asked {
    /// The permit if it is there, else what to wait with.
    pub(super) fn now(self) -> Result<Permit, Ticket> {
        match self {
            Self::Given(permit) => Ok(permit),
            Self::Wait(mut ticket) => ticket.receiver.try_recv().map_err(|_| ticket),
        }
    }
}

/// What a task holds; dropping it gives it back.
pub(super) struct Permit {
    pool: Arc<Pool>,
    uses: Uses,
}

impl Permit {
    /// It is used from now on: what of it is a rate comes back in its own time, no more when the permit is dropped.
    pub(super) fn use_now(&mut self) {
        let mut state = self.pool.lock();
        let now = Instant::now();
        self.uses.retain(|(ware, amount)| match ware.lingers() {
            Some(time) => {
                state.returns.push(Reverse((now + time, ware.clone(), *amount)));
                false
            }
            None => true,
        });
        self.pool.mind_returns(&mut state);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if self.uses.is_empty() {
            return;
        }
        let mut state = self.pool.lock();
        for (ware, amount) in &self.uses {
            state.give_back(ware, *amount);
        }
        self.pool.serve_and_open(state);
    }
}

/// A request that waits; dropping it takes it back.
pub(super) struct Ticket {
    pool: Arc<Pool>,
    receiver: oneshot::Receiver<Permit>,
}

impl Ticket {
    /// The permit, when it comes.
    pub(super) async fn permit(mut self) -> Option<Permit> {
        (&mut self.receiver).await.ok()
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.receiver.close();
        // Something may have been kept for this request.
        self.pool.serve_and_open(self.pool.lock());
    }
}
