//! Providers that asked to be left alone: nobody calls them before their time is over.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::Provider;

#[derive(Default)]
pub(super) struct Quiet {
    until: Mutex<HashMap<Provider, Instant>>,
}

impl Quiet {
    /// The provider asks to be left alone for so long.
    pub(super) fn ask(&self, provider: &Provider, time: Duration) {
        let until = Instant::now() + time;
        let mut all = self.lock();
        let known = all.entry(provider.clone()).or_insert(until);
        *known = until.max(*known);
    }

    /// Until when it must be left alone; `None` when it need not.
    pub(super) fn until(&self, provider: &Provider) -> Option<Instant> {
        self.lock().get(provider).copied().filter(|until| *until > Instant::now())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Provider, Instant>> {
        self.until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
