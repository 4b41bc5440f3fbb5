//! What the provider saw: every request with its times, every job, and how much went on at once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Fault;

/// What a request was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words.
    Chat,
    /// A picture.
    Image,
    /// The order of a clip.
    Video,
    /// A spoken line.
    Speech,
    /// How a job stands.
    Poll,
    /// The file of a job.
    Content,
    /// Stopping a job.
    Cancel,
    /// The list of models.
    Models,
    /// A picture that was given by its address.
    File,
    /// Anything else.
    Other,
}

impl Kind {
    /// True for what is billed.
    pub fn is_paid(self) -> bool {
        matches!(self, Self::Chat | Self::Image | Self::Video | Self::Speech)
    }
}

/// A request, as the provider saw it. Times are milliseconds since it started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Its number, from 1, in the order of arrival.
    pub number: u64,
    /// What it was for.
    pub kind: Kind,
    /// When it was read to its end.
    pub arrived_ms: f64,
    /// When its answer was ready or its connection was cut; `None` while it is open or when the caller went away.
    pub answered_ms: Option<f64>,
    /// The hash of what was asked: equal for equal requests.
    pub body_hash: String,
    /// The job it made or asked for.
    pub handle: Option<String>,
    /// The status it was answered with.
    pub status: Option<u16>,
    /// The fault it met.
    pub fault: Option<Fault>,
    /// True when it was worked on, and so billed, whether or not the answer came through.
    pub taken: bool,
    /// True when a whole, useful answer went out.
    pub completed: bool,
    /// True when it came with a key.
    pub with_key: bool,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobSeen {
    /// Its id.
    pub handle: String,
    /// What was asked, as in [`Seen::body_hash`].
    pub body_hash: String,
    /// When its order arrived.
    pub submitted_ms: f64,
    /// When it is, or was, ready.
    pub ready_ms: f64,
    /// When its file went out whole for the first time.
    pub fetched_ms: Option<f64>,
    /// When it was stopped.
    pub cancelled_ms: Option<f64>,
    /// How often its state was asked for.
    pub asked: u32,
    /// What becomes of it.
    pub fault: Option<Fault>,
}

/// Everything that happened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Log {
    /// When it started, in milliseconds since 1970.
    pub started_unix_ms: u64,
    /// Every request, in the order of arrival.
    pub requests: Vec<Seen>,
    /// Every job, in the order of their orders.
    pub jobs: Vec<JobSeen>,
    /// The most calls of a kind at once; a clip counts until it is ready.
    pub peaks: BTreeMap<Kind, u32>,
    /// The most paid calls at once.
    pub peak: u32,
}

impl Log {
    /// The requests of a kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Seen> {
        self.requests.iter().filter(move |seen| seen.kind == kind)
    }

    /// What was completed more than once although it was the same request: each is money spent twice. (A job that fails or
    /// vanishes is not completed.)
    pub fn paid_twice(&self) -> Vec<&str> {
        let mut times: BTreeMap<(Kind, &str), u32> = BTreeMap::new();
        let lost = |seen: &Seen| matches!(seen.fault, Some(Fault::JobFails | Fault::JobVanishes));
        for seen in self.requests.iter().filter(|s| s.kind.is_paid() && s.completed && !lost(s)) {
            *times.entry((seen.kind, &seen.body_hash)).or_default() += 1;
        }
        times.into_iter().filter(|(_, times)| *times > 1).map(|((_, hash), _)| hash).collect()
    }

    /// Counts how much went on at once.
    pub(super) fn with_peaks(mut self, now_ms: f64) -> Self {
        let mut spans: BTreeMap<Kind, Vec<(f64, f64)>> = BTreeMap::new();
        for seen in self.requests.iter().filter(|s| s.kind.is_paid()) {
            let job = seen.handle.as_ref().and_then(|h| self.jobs.iter().find(|j| &j.handle == h));
            let end = match job {
                Some(job) => job.cancelled_ms.unwrap_or(job.ready_ms).min(now_ms),
                None => seen.answered_ms.unwrap_or(seen.arrived_ms),
            };
            spans.entry(seen.kind).or_default().push((seen.arrived_ms, end));
        }
        let all: Vec<_> = spans.values().flatten().copied().collect();
        self.peak = most_at_once(&all);
        self.peaks = spans.into_iter().map(|(kind, spans)| (kind, most_at_once(&spans))).collect();
        self
    }
}

fn most_at_once(spans: &[(f64, f64)]) -> u32 {
    let mut steps: Vec<(f64, i32)> = spans.iter().flat_map(|(from, to)| [(*from, 1), (*to, -1)]).collect();
    // One that ends as another begins is not beside it.
    steps.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (mut now, mut most) = (0, 0);
    for (_, step) in steps {
        now += step;
        most = most.max(now);
    }
    most.unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overlaps_is_counted() {
        assert_eq!(most_at_once(&[(0.0, 2.0), (1.0, 3.0), (2.0, 4.0), (5.0, 6.0)]), 2);
        assert_eq!(most_at_once(&[]), 0);
    }
}
