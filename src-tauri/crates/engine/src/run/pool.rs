//! What there is only so much of, shared by all runs of an engine.
//!
//! Within a run the longest remaining path goes first; between runs, the one that was served least lately with what is
//! asked for. A request that lacks one thing only keeps it for itself, so that small requests cannot starve a wide one;
//! one that lacks several keeps none, so that a slow resource never holds up work that does not need it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::Resource;

/// How much of what; each resource once, none unlimited, none above its capacity.
type Uses = Vec<(Resource, u32)>;

pub(super) struct Pool {
    capacity: BTreeMap<Resource, u32>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    used: BTreeMap<Resource, u32>,
    /// Requests by run and by what they ask for.
    lines: BTreeMap<(u64, Uses), BinaryHeap<Request>>,
    /// When a run last got something of a resource, counted in grants.
    served: BTreeMap<(u64, Resource), u64>,
    grants: u64,
}

struct Request {
    rank: u64,
    order: Reverse<u64>,
    answer: oneshot::Sender<Permit>,
}

impl Pool {
    pub(super) fn new(resources: impl IntoIterator<Item = (Resource, u32)>) -> Self {
        let capacity = resources.into_iter().map(|(resource, amount)| (resource, amount.max(1))).collect();
        Self { capacity, state: Mutex::default() }
    }

    /// Asks for what a task of a run uses. `rank`: higher goes first; `order`: among equals, lower goes first.
    pub(super) fn ask(self: &Arc<Self>, run: u64, uses: &[(Resource, u32)], rank: u64, order: u64) -> Asked {
        let uses = self.limited(uses);
        if uses.is_empty() {
            return Asked::Given(Permit { pool: Arc::clone(self), uses });
        }
        let (answer, receiver) = oneshot::channel();
        let mut state = self.lock();
        state.lines.entry((run, uses)).or_default().push(Request { rank, order: Reverse(order), answer });
        let refused = self.serve(&mut state);
        drop(state);
        drop(refused);
        Asked::Wait(Ticket { pool: Arc::clone(self), receiver })
    }

    /// Forgets what a run that ended had.
    pub(super) fn forget(&self, run: u64) {
        self.lock().served.retain(|(of, _), _| *of != run);
    }

    /// What of `uses` is limited, clamped so that it can be had at all.
    fn limited(&self, uses: &[(Resource, u32)]) -> Uses {
        let mut sums = BTreeMap::<Resource, u32>::new();
        for (resource, amount) in uses {
            if let Some(capacity) = self.capacity.get(resource) {
                let sum = sums.entry(*resource).or_default();
                *sum = sum.saturating_add(*amount).min(*capacity);
            }
        }
        sums.into_iter().filter(|(_, amount)| *amount > 0).collect()
    }

    /// Gives what can be given. Returns the permits that nobody took, to be dropped when the lock is open again.
    fn serve(self: &Arc<Self>, state: &mut State) -> Vec<Permit> {
        let mut refused = Vec::new();
        while let Some(line) = self.next(state) {
            let Some(request) = state.lines.get_mut(&line).and_then(BinaryHeap::pop) else { break };
            let (run, uses) = line;
            state.grants += 1;
            for (resource, amount) in &uses {
                *state.used.entry(*resource).or_default() += amount;
                state.served.insert((run, *resource), state.grants);
            }
            let permit = Permit { pool: Arc::clone(self), uses };
            refused.extend(request.answer.send(permit).err());
        }
        refused
    }

    /// The line whose first request can and should be served now.
    fn next(&self, state: &mut State) -> Option<(u64, Uses)> {
        state.lines.retain(|_, line| {
            while line.peek().is_some_and(|request| request.answer.is_closed()) {
                line.pop();
            }
            !line.is_empty()
        });
        let mut heads: Vec<_> = state
            .lines
            .iter()
            .filter_map(|(line, requests)| {
                let served = line.1.iter().filter_map(|(r, _)| state.served.get(&(line.0, *r))).max();
                requests.peek().map(|head| (served.copied().unwrap_or(0), Reverse(head.rank), head.order.0, line))
            })
            .collect();
        heads.sort();
        let mut kept = BTreeSet::new();
        for (_, _, _, line) in heads {
            let lacks: Vec<_> = line.1.iter().filter(|(r, n)| kept.contains(r) || self.free(state, *r) < *n).collect();
            match lacks.as_slice() {
                [] => return Some(line.clone()),
                [(only, _)] => {
                    kept.insert(*only);
                }
                _ => {}
            }
        }
        None
    }

    fn free(&self, state: &State, resource: Resource) -> u32 {
        let capacity = self.capacity.get(&resource).copied().unwrap_or(u32::MAX);
        capacity.saturating_sub(state.used.get(&resource).copied().unwrap_or(0))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PartialEq for Request {
    fn eq(&self, other: &Self) -> bool {
        (self.rank, self.order) == (other.rank, other.order)
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
        (self.rank, self.order).cmp(&(other.rank, other.order))
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

impl Drop for Permit {
    fn drop(&mut self) {
        if self.uses.is_empty() {
            return;
        }
        let mut state = self.pool.lock();
        for (resource, amount) in &self.uses {
            if let Some(used) = state.used.get_mut(resource) {
                *used = used.saturating_sub(*amount);
            }
        }
        let refused = self.pool.serve(&mut state);
        drop(state);
        drop(refused);
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
        let mut state = self.pool.lock();
        let refused = self.pool.serve(&mut state);
        drop(state);
        drop(refused);
    }
}
