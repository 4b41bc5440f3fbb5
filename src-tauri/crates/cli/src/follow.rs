//! Following a run: a bar on a terminal, lines elsewhere, and the events as JSON lines in a file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use app::wire::{ProjectEvent, ProjectEventBody, RunState, TaskStateView};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::broadcast;

use crate::print;

/// Watches one project.
pub(crate) struct Follower {
    project: String,
    events: broadcast::Receiver<Arc<ProjectEvent>>,
    file: Option<BufWriter<File>>,
    bar: Option<ProgressBar>,
    tasks: BTreeMap<String, (u32, bool)>,
}

impl Follower {
    /// Watches a project from now on; events go to `file` as well.
    pub(crate) fn new(
        project: &str,
        events: broadcast::Receiver<Arc<ProjectEvent>>,
        file: Option<&Path>,
    ) -> std::io::Result<Self> {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:30.yellow} {percent:>3}% {wide_msg}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(100).with_style(style)
        });
        let file = file.map(File::create).transpose()?.map(BufWriter::new);
        Ok(Self { project: project.to_owned(), events, file, bar, tasks: BTreeMap::new() })
    }

    /// Follows until a run of the project has ended.
    pub(crate) async fn until_the_end(&mut self) -> std::io::Result<RunState> {
        loop {
            let event = match self.events.recv().await {
                Ok(event) if event.project == self.project => event,
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => continue,
                Err(broadcast::error::RecvError::Closed) => return Ok(RunState::Interrupted),
            };
            self.write(&event)?;
            for change in &event.changes {
                if let Some(ended) = self.show(change) {
                    return Ok(ended);
                }
            }
        }
    }

    /// One line for each event; its `type` is that of its first change.
    fn write(&mut self, event: &ProjectEvent) -> std::io::Result<()> {
        let Some(file) = &mut self.file else { return Ok(()) };
        let mut line = serde_json::to_value(event)?;
        let kind = line["changes"].get(0).and_then(|c| c["type"].as_str()).unwrap_or("other").to_owned();
        line["type"] = kind.into();
        writeln!(file, "{line}")?;
        file.flush()
    }

    fn show(&mut self, change: &ProjectEventBody) -> Option<RunState> {
        match change {
            ProjectEventBody::Task { task } => {
                let settled =
                    !matches!(task.state, TaskStateView::Waiting | TaskStateView::Queued | TaskStateView::Running);
                let before = self.tasks.insert(task.slot.clone(), (task.weight_ms.max(1), settled));
                if settled && before.is_none_or(|(_, was)| !was) {
                    self.tell(&task.agent.replace('_', " "), &task.title, task.state);
                }
                if task.state == TaskStateView::Failed {
                    print::trouble(&format!("{}: {} {}", task.agent.replace('_', " "), task.message, task.hint));
                }
                None
            }
            ProjectEventBody::Run { state, .. } if *state != RunState::Running => {
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
                if state == TaskStateView::Cached { " (kept)" } else { "" }
            )),
        }
    }
}
