//! Thins out progress: the latest of each task, at most 20 times a second.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::{RunId, Sample, Slot};

const PAUSE: Duration = Duration::from_millis(50);

/// The latest progress of each task at work that was not told yet. Tasks may report from any thread.
#[derive(Default)]
pub(super) struct Sampler {
    latest: Mutex<BTreeMap<Slot, Option<f32>>>,
    news: Notify,
}

impl Sampler {
    /// From now on the task's progress counts.
    pub(super) fn open(&self, slot: &Slot) {
        self.lock().insert(slot.clone(), None);
    }

    /// From now on it does not.
    pub(super) fn close(&self, slot: &Slot) {
        self.lock().remove(slot);
    }

    /// Takes a report.
    pub(super) fn put(&self, slot: &Slot, done: f32) {
        if let Some(latest) = self.lock().get_mut(slot) {
            *latest = Some(done);
            self.news.notify_one();
        }
    }

    /// Tells what comes in; never ends by itself.
    pub(super) async fn tell(self: Arc<Self>, run: RunId, samples: Arc<dyn Fn(Sample) + Send + Sync>) {
        loop {
            self.news.notified().await;
            for (slot, done) in self.take() {
                samples(Sample { run: run.clone(), slot, done });
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    fn take(&self) -> Vec<(Slot, f32)> {
        let mut latest = self.lock();
        latest.iter_mut().filter_map(|(slot, done)| done.take().map(|done| (slot.clone(), done))).collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Slot, Option<f32>>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
