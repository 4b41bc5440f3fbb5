//! A run on its way, as those see it who started it.

use std::sync::Arc;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::RunReport;
use super::control::{Control, Halt};
use crate::{Caps, Patience, RunId};

/// A run on its way. Clones speak of the same run; dropping them all does not stop it. Nothing said to a run that ended
/// has any effect.
#[derive(Debug, Clone)]
pub struct RunHandle {
    run: RunId,
    token: CancellationToken,
    control: Arc<watch::Sender<Control>>,
    report: watch::Receiver<Option<RunReport>>,
}

impl RunHandle {
    pub(super) fn new(
        run: RunId,
        token: CancellationToken,
        control: Arc<watch::Sender<Control>>,
        report: watch::Receiver<Option<RunReport>>,
    ) -> Self {
        Self { run, token, control, report }
    }

    /// The run.
    pub fn id(&self) -> &RunId {
        &self.run
    }

    /// Stops the run: its unsettled tasks are cancelled at once, what is at work is asked to stop and given up after
    /// two seconds, jobs at providers are cancelled. What was made is kept.
    pub fn cancel(&self) {
        self.stop(Halt::Cancel);
    }

    /// Stops the run because the program closes: nothing is cancelled, and jobs at providers go on. The stream gets no
    /// end, as after a crash, and the run goes on when it is started again.
    pub fn leave(&self) {
        self.stop(Halt::Leave);
    }

    /// From now on nothing new starts and no new call is sent. What is at work or in flight ends and is kept.
    pub fn pause(&self) {
        self.control.send_modify(|control| control.paused = true);
    }

    /// The run goes on.
    pub fn resume(&self) {
        self.control.send_modify(|control| control.paused = false);
    }

    /// Facts changed: something was approved, or a call written off. Tasks that wait for the person check again.
    pub fn look_again(&self) {
        self.control.send_modify(|control| control.looks += 1);
    }

    /// From now on so much may be spent; tasks that wait for the person check again.
    pub fn set_caps(&self, caps: Caps) {
        self.control.send_modify(|control| {
            control.caps = caps;
            control.looks += 1;
        });
    }

    /// From now on the run is [`Patience::Settle`]: it ends with what there is.
    pub fn settle(&self) {
        self.control.send_modify(|control| control.patience = Patience::Settle);
    }

    /// Waits for the end of the run.
    pub async fn wait(&self) -> RunReport {
        let mut report = self.report.clone();
        let ended = report.wait_for(Option::is_some).await.ok().and_then(|report| report.clone());
        ended.unwrap_or_else(|| RunReport::broken(format!("the run {} was cut off before its end", self.run)))
    }

    fn stop(&self, halt: Halt) {
        self.control.send_modify(|control| {
            control.stop.get_or_insert(halt);
        });
        self.token.cancel();
    }
}
