//! Following a run: a bar on a terminal, lines elsewhere, and its record as JSON lines in a file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use app::wire::{ErrorCode, Problem, ProjectEvent, ProjectEventBody, RunState, TaskStateView};
use app::{App, Record};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::broadcast;

use crate::print;

/// Watches one project.
pub(crate) struct Follower {
    project: String,
    events: broadcast::Receiver<Arc<ProjectEvent>>,
    record: Option<(Record, BufWriter<File>)>,
    bar: Option<ProgressBar>,
    tasks: BTreeMap<String, (u32, bool)>,
}

fn unwritable(error: &std::io::Error) -> Problem {
    Problem {
        code: ErrorCode::Storage,
        message: format!("The events cannot be written: {error}"),
        hint: "Choose another file for --events.".to_owned(),
        retryable: false,
    }
}

impl Follower {
    /// Watches a project from now on; its record goes to `file` as well.
    pub(crate) async fn new(app: &App, project: &str, file: Option<&Path>) -> Result<Self, Problem> {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:30.yellow} {percent:>3}% {wide_msg}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(100).with_style(style)
        });
        let record = match file {
            Some(file) => {
                let file = File::create(file).map_err(|error| unwritable(&error))?;
                Some((app.record(project).await?, BufWriter::new(file)))
            }
            None => None,
        };
        Ok(Self { project: project.to_owned(), events: app.events(), record, bar, tasks: BTreeMap::new() })
    }

    /// The project.
    pub(crate) fn project(&self) -> &str {
        &self.project
    }

    /// Follows until a run of the project has ended.
    pub(crate) async fn until_the_end(&mut self) -> Result<RunState, Problem> {
        loop {
            let event = match self.events.recv().await {
                Ok(event) if event.project == self.project => event,
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => continue,
                Err(broadcast::error::RecvError::Closed) => return Ok(RunState::Interrupted),
            };
            self.write().await?;
            for change in &event.changes {
                if let Some(ended) = self.show(change) {
                    return Ok(ended);
                }
            }
        }
    }

    /// Writes what is still to be written.
    pub(crate) async fn finish(&mut self) -> Result<(), Problem> {
        self.write().await
    }

    async fn write(&mut self) -> Result<(), Problem> {
        let Some((record, file)) = &mut self.record else { return Ok(()) };
        for line in record.read_on().await? {
            writeln!(file, "{line}").map_err(|error| unwritable(&error))?;
        }
        file.flush().map_err(|error| unwritable(&error))
    }

    fn show(&mut self, change: &ProjectEventBody) -> Option<RunState> {
        match change {
            ProjectEventBody::Task { task } => {
                let settled = !matches!(
                    task.state,
                    TaskStateView::Waiting | TaskStateView::Queued | TaskStateView::Running | TaskStateView::Retrying
                );
                if task.state == TaskStateView::Retrying {
                    print::note(&format!("again: {}: {}", task.agent.replace('_', " "), task.message));
                }
                let before = self.tasks.insert(task.slot.clone(), (task.weight_ms.max(1), settled));
                if settled && before.is_none_or(|(_, was)| !was) {
                    self.tell(&task.agent.replace('_', " "), &task.title, task.state);
                }
                if task.state == TaskStateView::Failed {
                    print::trouble(&format!("{}: {} {}", task.agent.replace('_', " "), task.message, task.hint));
                }
                None
            }
            // A run that waits has ended only when it has taken its time.
            ProjectEventBody::Run { state, took_ms, .. }
                if !matches!(state, RunState::Running | RunState::Paused)
                    && (*state != RunState::Waiting || *took_ms > 0) =>
            {
                if let Some(bar) = &self.bar {
                    bar.finish_and_clear();
                }
                Some(*state)
            }
            _ => None,
        }
    }

    fn tell(&self, agent: &str, title: &str, state: TaskStateView) {
        let (all, done) = self
            .tasks
            .values()
            .fold((0, 0), |(all, done), (w, settled)| (all + w, done + if *settled { *w } else { 0 }));
        let percent = done * 100 / all.max(1);
        let what = if title.is_empty() { agent.to_owned() } else { format!("{agent}: {title}") };
        match &self.bar {
            Some(bar) => {
                bar.set_position(u64::from(percent));
                bar.set_message(what);
            }
            None => print::note(&format!(
                "{percent:>3}% {what}{}",
                match state {
                    TaskStateView::Cached => " (kept)",
                    TaskStateView::Refreshable => " (kept; an older version made it)",
                    _ => "",
                }
            )),
        }
    }
}
