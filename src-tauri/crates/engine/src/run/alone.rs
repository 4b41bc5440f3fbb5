//! A desk outside a run, for a task that is made alone.

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::mpsc::unbounded_channel;
use tokio_util::sync::CancellationToken;

use super::Shared;
use super::calls::Caller;
use super::control::Control;
use super::desk::{Desk, RunFacts};
use super::ranks::Urgency;
use crate::{AgentName, Caps, KeyForm, Patience, RunId, Slot, Store, SystemClock};

impl Caller {
    /// Calls without limits and caps; the journal of the store has them all the same.
    pub(crate) fn alone(store: Arc<dyn Store>) -> Arc<Self> {
        let shared = Arc::new(Shared::new(Arc::new(SystemClock)));
        let form = KeyForm { agent: "alone".to_owned(), version: String::new(), model: Value::Null, view: Value::Null };
        let (key, slot, agent) = (form.key(), Slot::alone(), AgentName::from("alone"));
        let place = Arc::new(shared.flights.line_up(&store, &key));
        let facts = RunFacts {
            shared,
            number: 0,
            run: RunId("alone".to_owned()),
            store,
            history: Arc::default(),
            control: Arc::new(Control::new(Patience::Wait, Caps::default())),
            till: super::till::Till::default(),
            sampler: Arc::default(),
            token: CancellationToken::new(),
            tell: unbounded_channel().0,
        };
        let desk = Arc::new(Desk::new(Arc::new(facts), 0, Urgency::FIRST, &[], Vec::new()));
        Arc::new(Self::new(desk, place, &slot, &agent, key))
    }
}
