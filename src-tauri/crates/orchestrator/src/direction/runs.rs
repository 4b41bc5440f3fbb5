//! Runs: started, held, stopped. One run a project.

use std::sync::Arc;

use agents::{FilmFormat, film_graph};
use engine::{Patience, RunId, RunOrder, RunOutcome};
use library::{Change, ProjectId, new_run_id};

use super::{Desk, Direction};
use crate::{Body, ConversationError, Edition, RunRecord, Stage, grade};

/// How a run is started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Start {
    /// What becomes of tasks that wait for the person: in a window they wait, on a command line they are given up.
    pub patience: Patience,
}

impl Direction {
    /// Starts what is decided, or goes on with it; a run that is going on is given instead of a second one. What is made
    /// already is not made again, so this is also how a run that failed is tried again.
    pub async fn start(&self, project: &ProjectId) -> Result<RunId, ConversationError> {
        self.start_with(project, Start::default()).await
    }

    /// As [`Direction::start`].
    pub async fn start_with(&self, project: &ProjectId, start: Start) -> Result<RunId, ConversationError> {
        let mut desk = self.desk(project).await?;
        // On the heap, as plans are.
        Box::pin(self.start_on(&mut desk, start)).await
    }

    /// Starts what is decided on a desk, and writes what was said on it.
    pub(crate) async fn start_on(&self, desk: &mut Desk, start: Start) -> Result<RunId, ConversationError> {
        let project = desk.project.clone();
        if let Some(run) = self.run_of(&project) {
            self.commit(desk).await?;
            return Ok(run);
        }
        let edition = desk.edition().cloned().ok_or(ConversationError::NothingToStart)?;
        let brief = &edition.brief;
        brief.check()?;
        let crew = self.inner.director.crew(desk.record.models.as_ref()).await?;
        let order = RunRecord {
            number: desk.number(),
            grade: grade(&super::plan::said(brief)).0.to_grade(),
            format: kept_format(desk, &edition).unwrap_or_else(|| self.inner.format.of(brief)),
            models: desk.record.models.clone(),
            edition,
        };
        let tasks =
            film_graph(&order.edition.wishes(), order.format, order.grade, &crew).map_err(ConversationError::Graph)?;
        let caps = self.caps_on(desk).await?;
        let history = self.library().measured().await?;

        let run = new_run_id();
        let cut_off = desk.snapshot.runs.iter().filter(|r| r.outcome.is_none());
        let ended = cut_off.map(|r| Change::RunEnded { id: r.id.clone(), outcome: RunOutcome::Cancelled });
        desk.write(ended.collect::<Vec<_>>());
        let value = serde_json::to_value(&order).map_err(|e| ConversationError::unstorable(&e))?;
        desk.write([Change::RunStarted { id: run.clone(), order: value }]);
        desk.say(Body::Run { run: run.clone() });
        let stage = desk.stage_changes(Stage::Making);
        desk.write(stage);
        self.write(desk).await?;

        let (watcher, watched) = (Arc::clone(&self.inner.watcher), project.clone());
        let samples = Arc::new(move |sample| watcher(&watched, sample));
        let engine_order = RunOrder { run: run.clone(), tasks, caps, patience: start.patience, history };
        let handle = self.inner.engine.start(engine_order, self.store(&project), samples);
        self.runs().insert(project.clone(), handle.clone());
        self.inner.running.send_modify(|n| *n += 1);
        tracing::info!(%project, %run, "a run started");
        let direction = self.clone();
        tokio::spawn(async move {
            let report = handle.wait().await;
            if let Err(error) = direction.finish(&project, handle.id(), &report, &order).await {
                tracing::error!(%project, %error, "the end of a run could not be written");
            }
            direction.forget(&project);
        });
        Ok(run)
    }

    fn forget(&self, project: &ProjectId) {
        if self.runs().remove(project).is_some() {
            self.inner.running.send_modify(|n| *n = n.saturating_sub(1));
        }
    }

    /// Stops the project's run, and its jobs at providers; what was made is kept.
    pub fn cancel(&self, project: &ProjectId) {
        self.with_run(project, engine::RunHandle::cancel);
    }

    /// From now on nothing new starts in the project's run.
    pub fn pause(&self, project: &ProjectId) {
        self.with_run(project, engine::RunHandle::pause);
    }

    /// The project's run goes on.
    pub fn resume(&self, project: &ProjectId) {
        self.with_run(project, engine::RunHandle::resume);
    }

    /// "Cut now": what waits for the person is given up, and the film is cut with what there is.
    pub fn cut_now(&self, project: &ProjectId) {
        self.with_run(project, engine::RunHandle::settle);
    }

    pub(super) fn with_run(&self, project: &ProjectId, what: impl FnOnce(&engine::RunHandle)) -> bool {
        let handle = self.runs().get(project).cloned();
        handle.inspect(what).is_some()
    }

    /// The program closes: every run is left as it is, its jobs at providers go on, and all that was made is on the disk
    /// when this returns. They go on when they are started again.
    pub async fn close(&self) {
        let handles: Vec<_> = self.runs().values().cloned().collect();
        for handle in &handles {
            handle.leave();
        }
        let mut running = self.running();
        // The sender lives as long as `self`.
        let _ = running.wait_for(|n| *n == 0).await;
    }

    /// Waits until the project has no run that is going on.
    pub async fn settled(&self, project: &ProjectId) {
        let mut running = self.running();
        while self.run_of(project).is_some() {
            if running.changed().await.is_err() {
                return;
            }
        }
    }

    /// Leaves the project's run, for another one that goes on with what it made.
    pub(super) async fn leave(&self, project: &ProjectId) {
        if self.with_run(project, engine::RunHandle::leave) {
            self.settled(project).await;
        }
    }
}

/// The format of the project's last run, while the shape of the picture is the same: a change keeps what was made. Another
/// version keeps nothing, so it has the format that films are made in now.
pub(super) fn kept_format(desk: &Desk, edition: &Edition) -> Option<FilmFormat> {
    let order: RunRecord = serde_json::from_value(desk.snapshot.runs.last()?.order.clone()).ok()?;
    let same =
        order.edition.version == edition.version && order.edition.brief.aspect.value == edition.brief.aspect.value;
    same.then_some(order.format)
}
