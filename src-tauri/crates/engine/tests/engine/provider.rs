//! A provider that the tests call: it remembers what was asked of it, whatever became of those who asked.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use engine::{
    Call, CallError, CallOrder, CallReply, CallUsage, Delivery, FailureKind, Micros, Polled, Provider, Sent, TaskError,
};
use tokio::time::{Instant, sleep};

/// What a provider does to one sending of a request, or to its job.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fault {
    /// It says that it has too much to do, and for how long.
    Busy(Option<Duration>),
    /// The connection could not be made.
    Unreachable,
    /// It does it, and the connection is cut before the answer.
    Cut,
    /// It never answers.
    Hang,
    /// It does it and gives something of no use.
    Spoilt,
    /// It does not want to.
    Refused,
    /// It takes the job and then fails to do it.
    JobFails,
    /// It takes the job and then knows nothing of it.
    JobVanishes,
    /// It cannot be asked about the job, so many times.
    Deaf(u32),
}

/// The provider's side: it outlives engines.
#[derive(Debug, Default)]
pub(crate) struct World(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    faults: BTreeMap<String, VecDeque<Fault>>,
    /// When each request came in, and how many tokens it took.
    sent: Vec<(Instant, String, u32)>,
    /// What was done, in order.
    done: Vec<String>,
    cancelled: Vec<String>,
    charged: u64,
    running: u32,
    peak: u32,
    jobs: BTreeMap<String, Job>,
    polls: u32,
}

#[derive(Debug)]
struct Job {
    request: String,
    polls_left: u32,
    until: Option<Instant>,
    fault: Option<Fault>,
    over: bool,
}

impl World {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    pub(crate) fn faults(&self, request: &str, faults: impl IntoIterator<Item = Fault>) {
        self.lock().faults.insert(request.to_owned(), faults.into_iter().collect());
    }

    /// How often a request came in.
    pub(crate) fn sent(&self, request: &str) -> usize {
        self.lock().sent.iter().filter(|(_, sent, _)| sent == request).count()
    }

    pub(crate) fn all_sent(&self) -> Vec<(Instant, String, u32)> {
        self.lock().sent.clone()
    }

    /// How often a request was done.
    pub(crate) fn done(&self, request: &str) -> usize {
        self.lock().done.iter().filter(|done| *done == request).count()
    }

    pub(crate) fn cancelled(&self) -> Vec<String> {
        self.lock().cancelled.clone()
    }

    pub(crate) fn charged(&self) -> Micros {
        Micros(self.lock().charged)
    }

    pub(crate) fn peak(&self) -> u32 {
        self.lock().peak
    }

    pub(crate) fn polls(&self) -> u32 {
        self.lock().polls
    }
}

/// How a call is answered.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Answers {
    /// With the reply, after so many milliseconds.
    After(u64),
    /// With a job that is done after so many milliseconds.
    Job(u64),
    /// With a job that is done after so many questions, in whatever life they come.
    Polls(u32),
}

#[derive(Clone)]
pub(crate) struct Ring {
    pub(crate) world: Arc<World>,
    pub(crate) provider: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) request: String,
    pub(crate) answers: Answers,
    /// The most it may cost, and what it costs.
    pub(crate) price: (u64, u64),
    pub(crate) tokens: u32,
    pub(crate) deadline_ms: u64,
}

impl Ring {
    /// A call that costs nothing.
    pub(crate) fn new(world: &Arc<World>, request: &str, answers: Answers) -> Self {
        let (world, request) = (Arc::clone(world), request.to_owned());
        Self { world, provider: "there", kind: "chat", request, answers, price: (0, 0), tokens: 0, deadline_ms: 60_000 }
    }

    pub(crate) fn paid(mut self, most: u64, costs: u64) -> Self {
        self.price = (most, costs);
        self
    }

    pub(crate) fn at(mut self, provider: &'static str) -> Self {
        self.provider = provider;
        self
    }

    pub(crate) fn within(mut self, deadline_ms: u64) -> Self {
        self.deadline_ms = deadline_ms;
        self
    }

    fn usage(&self) -> CallUsage {
        CallUsage { units: [("calls".to_owned(), 1)].into(), cost: Micros(self.price.1) }
    }

    fn reply(&self) -> CallReply {
        let body = format!("reply to {}", self.request).into_bytes();
        CallReply { body, media: "text/plain".to_owned(), usage: self.usage() }
    }

    fn do_it(&self) {
        let mut world = self.world.lock();
        world.done.push(self.request.clone());
        world.charged += self.price.1;
    }
}

/// A request that the provider is busy with.
struct Busy<'a>(&'a World);

impl<'a> Busy<'a> {
    fn new(world: &'a World) -> Self {
        let mut inner = world.lock();
        inner.running += 1;
        inner.peak = inner.peak.max(inner.running);
        drop(inner);
        Self(world)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.lock().running -= 1;
    }
}

fn failed(kind: FailureKind, words: &str, delivery: Delivery, retry_after: Option<Duration>) -> CallError {
    CallError { error: TaskError::new(kind, words), delivery, retry_after }
}

#[async_trait]
impl Call for Ring {
    fn order(&self) -> CallOrder {
        CallOrder {
            provider: Provider(self.provider.to_owned()),
            model: "parrot".to_owned(),
            kind: self.kind.to_owned(),
            request: self.request.clone(),
            most: Some(Micros(self.price.0)),
            tokens: self.tokens,
            deadline_ms: self.deadline_ms,
        }
    }

    async fn send(&self) -> Result<Sent, CallError> {
        let fault = {
            let mut world = self.world.lock();
            world.sent.push((Instant::now(), self.request.clone(), self.tokens));
            world.faults.get_mut(&self.request).and_then(VecDeque::pop_front)
        };
        let busy = Busy::new(&self.world);
        match &fault {
            Some(Fault::Busy(time)) => {
                return Err(failed(FailureKind::RateLimited, "too many calls", Delivery::NotTaken, *time));
            }
            Some(Fault::Unreachable) => {
                return Err(failed(FailureKind::Transport, "no connection", Delivery::NotTaken, None));
            }
            Some(Fault::Refused) => {
                return Err(failed(FailureKind::Refused, "no", Delivery::NotTaken, None));
            }
            Some(Fault::Hang) => std::future::pending().await,
            _ => {}
        }
        match self.answers {
            Answers::After(ms) => {
                sleep(Duration::from_millis(ms)).await;
                self.do_it();
                match fault {
                    Some(Fault::Cut) => Err(failed(FailureKind::Transport, "cut off", Delivery::Unknown, None)),
                    Some(Fault::Spoilt) => {
                        Err(failed(FailureKind::Invalid, "half of it is missing", Delivery::Spoilt(self.usage()), None))
                    }
                    _ => Ok(Sent::Reply(self.reply())),
                }
            }
            Answers::Job(_) | Answers::Polls(_) => {
                let (until, polls_left) = match self.answers {
                    Answers::Job(ms) => (Some(Instant::now() + Duration::from_millis(ms)), 0),
                    Answers::Polls(polls) => (None, polls),
                    Answers::After(_) => unreachable!(),
                };
                let cut = fault == Some(Fault::Cut);
                let handle = {
                    let mut world = self.world.lock();
                    let handle = format!("job {} {}", self.request, world.jobs.len());
                    let job = Job { request: self.request.clone(), polls_left, until, fault, over: false };
                    world.jobs.insert(handle.clone(), job);
                    handle
                };
                // A job takes a place until it is done.
                std::mem::forget(busy);
                sleep(Duration::from_millis(1)).await;
                if cut {
                    return Err(failed(FailureKind::Transport, "cut off", Delivery::Unknown, None));
                }
                Ok(Sent::Handle(handle))
            }
        }
    }

    async fn poll(&self, handle: &str) -> Result<Polled, CallError> {
        let over = {
            let mut world = self.world.lock();
            world.polls += 1;
            let job = world.jobs.get_mut(handle).expect("a handle that was given");
            assert_eq!(job.request, self.request);
            if let Some(Fault::Deaf(times)) = &mut job.fault
                && *times > 0
            {
                *times -= 1;
                return Err(failed(FailureKind::Transport, "no connection", Delivery::Unknown, None));
            }
            job.polls_left = job.polls_left.saturating_sub(1);
            if job.polls_left > 0 || job.until.is_some_and(|until| Instant::now() < until) {
                return Ok(Polled::Pending { progress: Some(0.5), after: None });
            }
            let first = !std::mem::replace(&mut job.over, true);
            let fault = job.fault.clone();
            world.running -= u32::from(first);
            (first, fault)
        };
        match over {
            (_, Some(Fault::JobFails)) => {
                Err(failed(FailureKind::Transport, "the job failed", Delivery::NotTaken, None))
            }
            (_, Some(Fault::JobVanishes)) => Err(failed(FailureKind::Invalid, "no such job", Delivery::Vanished, None)),
            (first, fault) => {
                if first {
                    self.do_it();
                }
                if fault == Some(Fault::Spoilt) {
                    let delivery = Delivery::Spoilt(self.usage());
                    return Err(failed(FailureKind::Invalid, "half of it is missing", delivery, None));
                }
                Ok(Polled::Done(self.reply()))
            }
        }
    }

    async fn cancel(&self, handle: &str) {
        let mut world = self.world.lock();
        world.cancelled.push(self.request.clone());
        if let Some(job) = world.jobs.get_mut(handle)
            && !std::mem::replace(&mut job.over, true)
        {
            world.running -= 1;
        }
    }
}
