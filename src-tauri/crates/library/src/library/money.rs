//! Calls and money. ([`engine::Meter`] is how the engine writes them.)

use engine::{CallId, Micros, OverCap, RunId};

use super::Library;
use crate::{Estimate, Ledger, LibraryError, Outlay, ProjectId, UnknownCall, calls, ledger};

impl Library {
    /// The calls of a project of which nobody knows whether they were done, in the order they were made.
    pub async fn unknown_calls(&self, project: &ProjectId) -> Result<Vec<UnknownCall>, LibraryError> {
        let project = project.clone();
        self.read(move |c| calls::unknown(c, &project)).await
    }

    /// The person's word that an unknown call may be sent again. The most that it can have cost counts as spent. Twice
    /// is once. Errors: [`LibraryError::NoOpenCall`] when it is not unknown.
    pub async fn write_off(&self, project: &ProjectId, call: &CallId) -> Result<(), LibraryError> {
        let (project, call) = (project.clone(), call.clone());
        self.shared.writer()?.write(move |w| calls::write_off(w, &project, &call)).await
    }

    /// What a project spent, line by line, and what is reserved.
    pub async fn ledger(&self, project: &ProjectId) -> Result<Ledger, LibraryError> {
        let project = project.clone();
        self.read(move |c| ledger::of(c, &project)).await
    }

    /// What counts against the cap of today (in UTC), in all projects, those deleted for good included: what is spent,
    /// and the most that calls may cost which are at work or unknown.
    pub async fn spent_today(&self) -> Result<Micros, LibraryError> {
        let now_ms = self.shared.clock.now_ms();
        self.read(move |c| ledger::of_day(c, now_ms)).await
    }

    /// What of it was called under one run's name, in whatever project.
    pub async fn spent_today_in(&self, run: &RunId) -> Result<Micros, LibraryError> {
        let (now_ms, run) = (self.shared.clock.now_ms(), run.clone());
        self.read(move |c| ledger::of_day_in(c, now_ms, &run)).await
    }

    /// Books the most that a call of no project may cost, before it is sent. It counts for the day that it is, whatever
    /// becomes of the call; the same call twice counts once. Books nothing when it would pass the cap of a day, and says so.
    pub async fn book_outlay(&self, outlay: Outlay, day: Option<Micros>) -> Result<Option<OverCap>, LibraryError> {
        self.shared.writer()?.write(move |w| ledger::book_outlay(w, &outlay, day)).await
    }

    /// What was reserved for the calls of a project against what they cost, by model.
    pub async fn estimate_report(&self, project: &ProjectId) -> Result<Vec<Estimate>, LibraryError> {
        let project = project.clone();
        self.read(move |c| ledger::estimates(c, &project)).await
    }
}
