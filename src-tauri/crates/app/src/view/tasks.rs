//! The tasks of a run, folded from its events.

use std::collections::BTreeMap;

use engine::{Block, CallId, Event, Line, Micros, Need, Provider, RunOutcome, Slot, TaskError, TaskState};

use super::{micros, money::cap_view};
use crate::wire::{BlockView, ReviewStop, RunState, RunView, TaskStateView, TaskView};

/// Who was called with what, of the calls of which nobody knows whether they were done.
pub(crate) type Callees = BTreeMap<CallId, (Provider, String)>;

/// A run as far as its events tell.
#[derive(Debug, Clone, Default)]
pub(crate) struct RunFold {
    started_ms: u64,
    ended_ms: Option<u64>,
    outcome: Option<RunOutcome>,
    paused: bool,
    order: Vec<Slot>,
    tasks: BTreeMap<Slot, TaskView>,
}

impl RunFold {
    /// Takes the next event; gives the task it changed.
    pub(crate) fn apply(&mut self, event: &Event, at_ms: u64) -> Option<&mut TaskView> {
        match event {
            Event::RunStarted => {
                self.started_ms = at_ms;
                None
            }
            Event::TaskPlanned { expands: true, .. } | Event::Narrowed { .. } | Event::Spent { .. } => None,
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
                    attempt: 0,
                    retry_at_ms: 0.0,
                    waits_for: String::new(),
                    retryable: false,
                    calls: 0,
                    cost_micros: 0,
                    block: None,
                    kind: String::new(),
                };
                self.order.push(slot.clone());
                self.tasks.insert(slot.clone(), view);
                self.tasks.get_mut(slot)
            }
            Event::Task { slot, state, .. } => {
                let task = self.tasks.get_mut(slot)?;
                change(task, slot, state);
                Some(task)
            }
            Event::RunEnded { outcome, at_ms } => {
                self.outcome = Some(*outcome);
                self.ended_ms = Some(*at_ms);
                None
            }
            Event::Paused { .. } => {
                self.paused = true;
                None
            }
            Event::Resumed { .. } => {
                self.paused = false;
                None
            }
        }
    }

    /// How the run stands; `alive` is whether it is going on in this process.
    pub(crate) fn state(&self, alive: bool) -> RunState {
        match self.outcome {
            Some(RunOutcome::Finished) => RunState::Finished,
            Some(RunOutcome::Failed) => RunState::Failed,
            Some(RunOutcome::Cancelled) => RunState::Cancelled,
            Some(RunOutcome::Waiting) => RunState::Waiting,
            None if alive && self.paused => RunState::Paused,
            None if alive && self.waits() => RunState::Waiting,
            None if alive => RunState::Running,
            Some(RunOutcome::Left) | None => RunState::Interrupted,
        }
    }

    /// True when nothing goes on until the person says a word.
    fn waits(&self) -> bool {
        let at_work = |task: &TaskView| {
            matches!(task.state, TaskStateView::Queued | TaskStateView::Running | TaskStateView::Retrying)
        };
        self.waits_for_you() > 0 && !self.tasks.values().any(at_work)
    }

    /// How many tasks wait for the person.
    pub(crate) fn waits_for_you(&self) -> u32 {
        self.tasks.values().filter(|task| task.block.is_some()).count() as u32
    }

    /// What its tasks cost, in millionths of a US dollar.
    pub(crate) fn cost_micros(&self) -> u32 {
        self.tasks.values().fold(0, |sum, task| sum.saturating_add(task.cost_micros))
    }

    /// When it started, in milliseconds since 1970.
    pub(crate) fn started_ms(&self) -> u64 {
        self.started_ms
    }

    /// How long it took, in milliseconds; 0 while it is running.
    pub(crate) fn took_ms(&self) -> u32 {
        self.ended_ms.map_or(0, |end| u32::try_from(end.saturating_sub(self.started_ms)).unwrap_or(u32::MAX).max(1))
    }

    /// The run as a whole.
    pub(crate) fn view(&self, id: &str, alive: bool, callees: &Callees) -> RunView {
        let state = self.state(alive);
        let mut tasks: Vec<_> = self.order.iter().filter_map(|slot| self.tasks.get(slot).cloned()).collect();
        for task in &mut tasks {
            name_callee(task, callees);
            // What was at work when the process died is not at work any more.
            let at_work =
                matches!(task.state, TaskStateView::Running | TaskStateView::Queued | TaskStateView::Retrying);
            if state == RunState::Interrupted && at_work {
                task.state = TaskStateView::Waiting;
                task.waits_for.clear();
                task.retry_at_ms = 0.0;
            }
        }
        RunView {
            id: id.to_owned(),
            state,
            started_s: super::seconds(self.started_ms),
            took_ms: self.took_ms(),
            tasks,
            cost_micros: self.cost_micros(),
            waits_for_you: self.waits_for_you(),
        }
    }
}

/// Says who was called, when nobody knows whether it was done.
pub(crate) fn name_callee(task: &mut TaskView, callees: &Callees) {
    if let Some(BlockView::Unknown { call, provider, model, .. }) = &mut task.block
        && let Some((who, which)) = callees.get(&CallId(call.clone()))
    {
        *provider = who.to_string();
        model.clone_from(which);
    }
}

fn change(task: &mut TaskView, slot: &Slot, state: &TaskState) {
    task.message.clear();
    task.hint.clear();
    task.waits_for.clear();
    task.kind.clear();
    task.retryable = false;
    task.retry_at_ms = 0.0;
    task.block = None;
    task.state = match state {
        TaskState::Waiting => TaskStateView::Waiting,
        TaskState::NeedsApproval { block } => {
            task.block = Some(block_view(slot, block));
            match block {
                Block::Unknown { .. } => TaskStateView::Unknown,
                Block::Review { .. } | Block::OverCap(_) => TaskStateView::NeedsApproval,
            }
        }
        TaskState::Unknown { call, may_cost } => {
            task.block = Some(block_view(slot, &Block::Unknown { call: call.clone(), may_cost: *may_cost }));
            TaskStateView::Unknown
        }
        TaskState::Queued { line } => {
            task.waits_for = waits_for(line);
            TaskStateView::Queued
        }
        TaskState::Running => TaskStateView::Running,
        TaskState::Retrying { attempt, again_ms, why } => {
            task.attempt = attempt.saturating_sub(1);
            task.retry_at_ms = *again_ms as f64;
            tell(task, why);
            TaskStateView::Retrying
        }
        TaskState::Done { took_ms, calls, cost, .. } => {
            task.took_ms = u32::try_from(*took_ms).unwrap_or(u32::MAX);
            paid(task, *calls, *cost);
            TaskStateView::Done
        }
        TaskState::Cached { refreshable: true, .. } => TaskStateView::Refreshable,
        TaskState::Cached { .. } => TaskStateView::Cached,
        TaskState::Expanded { .. } => TaskStateView::Done,
        TaskState::Failed { error, calls, cost } => {
            tell(task, error);
            paid(task, *calls, *cost);
            TaskStateView::Failed
        }
        TaskState::Skipped { because } => {
            task.message = because.to_string();
            task.waits_for = because.to_string();
            TaskStateView::Skipped
        }
        TaskState::Cancelled => TaskStateView::Cancelled,
    };
}

fn tell(task: &mut TaskView, error: &TaskError) {
    task.message.clone_from(&error.message);
    task.hint.clone_from(&error.hint);
    task.kind = kind(error);
    task.retryable = error.kind.is_retryable();
}

fn paid(task: &mut TaskView, calls: u32, cost: Micros) {
    task.calls = calls;
    task.cost_micros = micros(cost);
}

/// The word of a failure's kind, as it is stored.
fn kind(error: &TaskError) -> String {
    serde_json::to_value(error.kind).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn waits_for(line: &Line) -> String {
    match line {
        Line::Unnamed => String::new(),
        Line::Resource(name) => name.clone(),
        Line::Provider(provider) => provider.to_string(),
        Line::SameWork => "the same work elsewhere".to_owned(),
        Line::Money => "money".to_owned(),
        Line::Pause => "pause".to_owned(),
    }
}

/// What holds a task up.
pub(crate) fn block_view(slot: &Slot, block: &Block) -> BlockView {
    match block {
        Block::Review { key } => BlockView::Review { key: key.to_string(), stop: stop(slot.member()) },
        Block::OverCap(over) => BlockView::OverCap {
            cap: cap_view(over.cap),
            limit_micros: micros(over.limit),
            spent_micros: micros(over.spent),
            wanted_micros: micros(over.wanted),
        },
        Block::Unknown { call, may_cost } => BlockView::Unknown {
            call: call.0.clone(),
            may_cost_micros: may_cost.map(micros),
            provider: String::new(),
            model: String::new(),
        },
    }
}

fn stop(member: &str) -> ReviewStop {
    match member {
        "outline" => ReviewStop::Outline,
        "cast" => ReviewStop::Cast,
        "storyboard" => ReviewStop::Storyboard,
        _ => ReviewStop::Shots,
    }
}

#[cfg(test)]
mod tests {
    use engine::{AgentName, FailureKind};

    use super::*;

    fn fold(states: &[(&str, TaskState)]) -> RunFold {
        let mut fold = RunFold::default();
        fold.apply(&Event::RunStarted, 1000);
        for (slot, state) in states {
            let slot = Slot::new(*slot).unwrap();
            let planned = Event::TaskPlanned {
                slot: slot.clone(),
                agent: AgentName::from("someone"),
                title: String::new(),
                needs: Vec::new(),
                weight_ms: 1,
                expands: false,
                by: None,
            };
            fold.apply(&planned, 1000);
            fold.apply(&Event::Task { slot, state: state.clone(), at_ms: 1000 }, 1000);
        }
        fold
    }

    #[test]
    fn a_run_waits_for_the_person_when_nothing_else_is_at_work() {
        let unknown = || TaskState::Unknown { call: CallId("c".into()), may_cost: Some(Micros(7)) };
        let waiting = fold(&[("clip/a", unknown()), ("clip/b", TaskState::Waiting)]);
        assert_eq!((waiting.state(true), waiting.waits_for_you()), (RunState::Waiting, 1));
        let callees = Callees::from([(CallId("c".into()), (Provider("studio".into()), "wan".to_owned()))]);
        let view = waiting.view("r", true, &callees);
        let block = BlockView::Unknown {
            call: "c".into(),
            may_cost_micros: Some(7),
            provider: "studio".into(),
            model: "wan".into(),
        };
        assert_eq!(view.tasks[0].block, Some(block));
        let busy = fold(&[("clip/a", unknown()), ("clip/b", TaskState::Running)]);
        assert_eq!(busy.state(true), RunState::Running);
        assert_eq!(busy.state(false), RunState::Interrupted);
    }

    #[test]
    fn pause_and_retry_are_told() {
        let why = TaskError::new(FailureKind::RateLimited, "too many calls");
        let mut run = fold(&[("clip/a", TaskState::Retrying { attempt: 2, again_ms: 5000, why })]);
        let task = &run.view("r", true, &Callees::new()).tasks[0];
        assert_eq!((task.attempt, task.retry_at_ms, task.kind.as_str()), (1, 5000.0, "rate_limited"));
        assert!(task.retryable);
        run.apply(&Event::Paused { at_ms: 1 }, 1);
        assert_eq!(run.state(true), RunState::Paused);
        run.apply(&Event::Resumed { at_ms: 2 }, 2);
        assert_eq!(run.state(true), RunState::Running);
    }
}
