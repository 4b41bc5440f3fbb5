//! What the provider remembers.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use story::Size;
use tokio::sync::watch;
use tokio::time::Instant;

use super::{Fault, JobSeen, Kind, Log, ProviderOptions, Seen};

#[derive(Debug)]
pub(super) struct State {
    pub(super) options: ProviderOptions,
    pub(super) address: SocketAddr,
    started: Instant,
    started_unix_ms: u64,
    inner: Mutex<Inner>,
    /// Rises with every request that comes or ends.
    changes: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Inner {
    requests: Vec<Seen>,
    jobs: BTreeMap<String, Job>,
    order: Vec<String>,
    scripts: HashMap<Kind, VecDeque<Fault>>,
    said: VecDeque<String>,
    met: HashMap<(Kind, String), u64>,
    files: HashMap<String, Vec<u8>>,
}

#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) seen: JobSeen,
    pub(super) size: Size,
    pub(super) seconds: u32,
    pub(super) known: bool,
}

/// A request that is being answered; what it becomes is written down when it ends.
#[derive(Debug)]
pub(super) struct Open<'s> {
    state: &'s State,
    index: usize,
    pub(super) fault: Fault,
    pub(super) body_hash: String,
}

impl State {
    pub(super) fn new(options: ProviderOptions, address: SocketAddr) -> Self {
        let started_unix_ms = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_millis() as u64);
        Self {
            options,
            address,
            started: Instant::now(),
            started_unix_ms,
            inner: Mutex::default(),
            changes: watch::Sender::new(0),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells of every request that comes or ends.
    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    pub(super) fn now_ms(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1000.0
    }

    pub(super) fn script(&self, kind: Kind, faults: impl IntoIterator<Item = Fault>) {
        self.inner().scripts.entry(kind).or_default().extend(faults);
    }

    pub(super) fn will_say(&self, texts: impl IntoIterator<Item = String>) {
        self.inner().said.extend(texts);
    }

    /// The text of the next answer, when it was told.
    pub(super) fn next_said(&self) -> Option<String> {
        self.inner().said.pop_front()
    }

    pub(super) fn forget_jobs(&self) {
        for job in self.inner().jobs.values_mut() {
            job.known = false;
        }
    }

    pub(super) fn log(&self) -> Log {
        let inner = self.inner();
        let jobs = inner.order.iter().filter_map(|handle| inner.jobs.get(handle)).map(|job| job.seen.clone()).collect();
        let log =
            Log { started_unix_ms: self.started_unix_ms, requests: inner.requests.clone(), jobs, ..Log::default() };
        drop(inner);
        log.with_peaks(self.now_ms())
    }

    /// Writes a request down and decides which fault it meets: the next of the script, else by the seed, which looks at
    /// what is asked and how often it was, not at the order in which requests arrive.
    pub(super) fn open(&self, kind: Kind, body_hash: String, with_key: bool) -> Open<'_> {
        let arrived_ms = self.now_ms();
        let mut inner = self.inner();
        let times = inner.met.entry((kind, body_hash.clone())).or_default();
        *times += 1;
        let times = *times;
        let scripted = inner.scripts.get_mut(&kind).and_then(VecDeque::pop_front);
        let fault = scripted.unwrap_or_else(|| self.chance(kind, &body_hash, times));
        let number = inner.requests.len() as u64 + 1;
        inner.requests.push(Seen {
            number,
            kind,
            arrived_ms,
            answered_ms: None,
            body_hash: body_hash.clone(),
            handle: None,
            status: None,
            fault: (fault != Fault::None).then_some(fault),
            taken: false,
            completed: false,
            with_key,
        });
        let index = inner.requests.len() - 1;
        drop(inner);
        self.changed();
        Open { state: self, index, fault, body_hash }
    }

    fn chance(&self, kind: Kind, body_hash: &str, times: u64) -> Fault {
        let all = Fault::passing(kind);
        let text = format!("{} {kind:?} {body_hash} {times}", self.options.seed);
        let hash = blake3::hash(text.as_bytes());
        let number = |at: usize| {
            let mut bytes = [0; 4];
            bytes.copy_from_slice(&hash.as_bytes()[at..at + 4]);
            u32::from_le_bytes(bytes)
        };
        if all.is_empty() || f64::from(number(0)) / f64::from(u32::MAX) >= self.options.faults {
            return Fault::None;
        }
        all[number(4) as usize % all.len()]
    }

    /// The time of a request that was written down.
    pub(super) fn arrived_ms(&self, open: &Open<'_>) -> f64 {
        self.inner().requests[open.index].arrived_ms
    }

    pub(super) fn begin_job(&self, job: Job) {
        let mut inner = self.inner();
        inner.order.push(job.seen.handle.clone());
        inner.jobs.insert(job.seen.handle.clone(), job);
    }

    /// Changes a job that the provider still knows.
    pub(super) fn job<T>(&self, handle: &str, change: impl FnOnce(&mut Job) -> T) -> Option<T> {
        self.inner().jobs.get_mut(handle).filter(|job| job.known).map(change)
    }

    pub(super) fn handles(&self) -> Vec<String> {
        let inner = self.inner();
        inner.order.iter().filter(|h| inner.jobs.get(*h).is_some_and(|j| j.known)).cloned().collect()
    }

    pub(super) fn count_jobs(&self) -> usize {
        self.inner().order.len()
    }

    pub(super) fn keep_file(&self, name: &str, bytes: Vec<u8>) {
        self.inner().files.insert(name.to_owned(), bytes);
    }

    pub(super) fn file(&self, name: &str) -> Option<Vec<u8>> {
        self.inner().files.get(name).cloned()
    }
}

impl Open<'_> {
    fn change(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.state.inner().requests[self.index]);
        self.state.changed();
    }

    pub(super) fn handle(&self, handle: &str) {
        self.change(|seen| seen.handle = Some(handle.to_owned()));
    }

    /// It is worked on, and billed.
    pub(super) fn taken(&self) {
        self.change(|seen| seen.taken = true);
    }

    /// Its answer is ready.
    pub(super) fn answered(&self, status: Option<u16>, completed: bool) {
        let now = self.state.now_ms();
        self.change(|seen| {
            seen.answered_ms = Some(now);
            seen.status = status;
            seen.completed = completed;
        });
    }
}
