//! What came of a run.

use std::collections::BTreeMap;

use crate::{Artifact, Block, FailureKind, Micros, RunOutcome, Slot, TaskError};

/// What came of a run.
#[derive(Debug, Clone)]
pub struct RunReport {
    /// How it ended.
    pub outcome: RunOutcome,
    /// The tasks that failed, in the order in which they did. What was skipped because of them is not among them.
    pub failures: Vec<(Slot, TaskError)>,
    /// The tasks that waited for the person and were given up.
    pub blocked: Vec<(Slot, Block)>,
    /// What ended the run itself before its time: the order was wrong, or its events could not be recorded.
    pub fault: Option<TaskError>,
    /// How many results were made.
    pub made: u32,
    /// How many results were there already, or chosen by the person.
    pub reused: u32,
    /// How many calls were answered.
    pub calls: u32,
    /// What they cost.
    pub cost: Micros,
    /// The results, by slot.
    pub results: BTreeMap<Slot, Artifact>,
}

impl RunReport {
    pub(super) fn broken(message: String) -> Self {
        Self {
            outcome: RunOutcome::Failed,
            failures: Vec::new(),
            blocked: Vec::new(),
            fault: Some(TaskError::new(FailureKind::Local, message).hint("Start it again: what was made is kept.")),
            made: 0,
            reused: 0,
            calls: 0,
            cost: Micros::ZERO,
            results: BTreeMap::new(),
        }
    }
}
