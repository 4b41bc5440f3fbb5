//! The tasks of a run, folded from its events.

use std::collections::BTreeMap;

use engine::{Event, Need, RunOutcome, Slot, TaskState};

use crate::wire::{RunState, RunView, TaskStateView, TaskView};

/// A run as far as its events tell.
#[derive(Debug, Clone, Default)]
pub(crate) struct RunFold {
    started_ms: u64,
    ended_ms: Option<u64>,
    outcome: Option<RunOutcome>,
    order: Vec<Slot>,
    tasks: BTreeMap<Slot, TaskView>,
}

impl RunFold {
    /// Takes the next event; gives the task it changed.
    pub(crate) fn apply(&mut self, event: &Event, at_ms: u64) -> Option<&TaskView> {
        match event {
            Event::RunStarted => {
                self.started_ms = at_ms;
                None
            }
            Event::TaskPlanned { expands: true, .. } => None,
            Event::TaskPlanned { slot, agent, title, needs, weight_ms, .. } => {
                let view = TaskView {
                    slot: slot.to_string(),
                    agent: agent.to_string(),
                    title: title.clone(),
                    needs: needs.iter().map(Need::to_string).collect(),
                    state: TaskStateView::Waiting,
                    message: String::new(),
                    hint: String::new(),
                    took_ms: 0,
                    weight_ms: *weight_ms,
                };
                self.order.push(slot.clone());
                self.tasks.insert(slot.clone(), view);
                self.tasks.get(slot)
            }
            Event::Task { slot, state, .. } => {
                let task = self.tasks.get_mut(slot)?;
                change(task, state);
                Some(task)
            }
            Event::RunEnded { outcome, at_ms } => {
                self.outcome = Some(*outcome);
                self.ended_ms = Some(*at_ms);
                None
            }
            Event::Narrowed { .. } | Event::Spent { .. } | Event::Paused { .. } | Event::Resumed { .. } => None,
        }
    }

    /// How the run stands; `alive` is whether it is going on in this process.
    pub(crate) fn state(&self, alive: bool) -> RunState {
        match self.outcome {
            Some(RunOutcome::Finished) => RunState::Finished,
            Some(RunOutcome::Failed) => RunState::Failed,
            Some(RunOutcome::Cancelled) => RunState::Cancelled,
            None if alive => RunState::Running,
            Some(RunOutcome::Waiting | RunOutcome::Left) | None => RunState::Interrupted,
        }
    }

    /// When it started, in milliseconds since 1970.
    pub(crate) fn started_ms(&self) -> u64 {
        self.started_ms
    }

    /// How long it took, in milliseconds; 0 while it is running.
    pub(crate) fn took_ms(&self) -> u32 {
        self.ended_ms.map_or(0, |end| u32::try_from(end.saturating_sub(self.started_ms)).unwrap_or(u32::MAX))
    }

    /// The run as a whole.
    pub(crate) fn view(&self, id: &str, alive: bool) -> RunView {
        let state = self.state(alive);
        let mut tasks: Vec<_> = self.order.iter().filter_map(|slot| self.tasks.get(slot).cloned()).collect();
        if state == RunState::Interrupted {
            // What was at work when the process died is not at work any more.
            for task in tasks.iter_mut().filter(|t| matches!(t.state, TaskStateView::Running | TaskStateView::Queued)) {
                task.state = TaskStateView::Waiting;
            }
        }
        RunView { id: id.to_owned(), state, started_s: super::seconds(self.started_ms), took_ms: self.took_ms(), tasks }
    }
}

fn change(task: &mut TaskView, state: &TaskState) {
    task.message.clear();
    task.hint.clear();
    task.state = match state {
        TaskState::Waiting | TaskState::NeedsApproval { .. } | TaskState::Unknown { .. } => TaskStateView::Waiting,
        TaskState::Queued { .. } => TaskStateView::Queued,
        TaskState::Running | TaskState::Retrying { .. } => TaskStateView::Running,
        TaskState::Done { took_ms, .. } => {
            task.took_ms = u32::try_from(*took_ms).unwrap_or(u32::MAX);
            TaskStateView::Done
        }
        TaskState::Cached { .. } => TaskStateView::Cached,
        TaskState::Expanded { .. } => TaskStateView::Done,
        TaskState::Failed { error, .. } => {
            task.message.clone_from(&error.message);
            task.hint.clone_from(&error.hint);
            TaskStateView::Failed
        }
        TaskState::Skipped { because } => {
            task.message = because.to_string();
            TaskStateView::Skipped
        }
        TaskState::Cancelled => TaskStateView::Cancelled,
    };
}
