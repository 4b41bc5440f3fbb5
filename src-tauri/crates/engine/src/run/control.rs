//! What the person says to a run while it goes on.

use tokio::sync::watch;

use crate::{Caps, Patience};

/// What was said last; the run and its tasks look at it and hear when it changes.
#[derive(Debug, Clone)]
pub(super) struct Control {
    pub(super) stop: Option<Halt>,
    pub(super) paused: bool,
    pub(super) patience: Patience,
    pub(super) caps: Caps,
    /// How often it was said that facts changed.
    pub(super) looks: u64,
}

/// Why a run stops before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Halt {
    /// The person does not want it any more.
    Cancel,
    /// The program closes.
    Leave,
}

impl Control {
    pub(super) fn new(patience: Patience, caps: Caps) -> watch::Sender<Self> {
        watch::Sender::new(Self { stop: None, paused: false, patience, caps, looks: 0 })
    }
}
