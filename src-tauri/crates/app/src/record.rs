//! The record of runs: every stored event as a line of JSON, and a line of type `task_finished` for each task that is
//! settled, so that anybody can compute the critical path of a real run.

use std::collections::{BTreeMap, BTreeSet};

use engine::{Block, Collection, Event, Micros, Need, RunId, Slot, TaskState};
use library::{Library, ProjectId, StoredEvent};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::app::App;
use crate::problem::not_found;
use crate::wire::Problem;

/// How many events are read at a time.
const PAGE: u32 = 2000;

/// A task that is settled. Times are milliseconds from the start of its run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TaskFinished {
    /// The run.
    pub run: String,
    /// Its slot; unique in the run.
    pub task: String,
    /// Who did it.
    pub agent: String,
    /// What it is about; may be empty.
    pub title: String,
    /// The tasks that it waited for, and the one that gave it.
    pub needs: Vec<String>,
    /// When all that it waited for was there.
    pub queued_ms: u64,
    /// When the work on it began.
    pub started_ms: u64,
    /// When it was settled.
    pub finished_ms: u64,
    /// "done", "cached", "failed", "skipped", "cancelled", "unknown" or "needs_approval".
    pub outcome: &'static str,
    /// How many calls were sent for it.
    pub calls: u32,
    /// What they cost, in US dollars.
    pub cost: f64,
}

/// A task on its way.
#[derive(Debug)]
struct Watched {
    agent: String,
    title: String,
    needs: Vec<Need>,
    by: Option<Slot>,
    queued_ms: Option<u64>,
    started_ms: Option<u64>,
    waits: Option<&'static str>,
    settled: bool,
}

/// The tasks of a run, folded from its events.
#[derive(Debug, Default)]
struct Tasks {
    began_ms: u64,
    watched: BTreeMap<Slot, Watched>,
    collections: BTreeMap<Collection, Vec<Slot>>,
}

impl Tasks {
    /// Takes the next event; gives the tasks that are settled by it.
    fn apply(&mut self, run: &RunId, event: Event, stored_ms: u64) -> Vec<TaskFinished> {
        match event {
            Event::RunStarted => self.began_ms = stored_ms,
            Event::TaskPlanned { slot, agent, title, needs, by, .. } => {
                self.collections.entry(slot.collection()).or_default().push(slot.clone());
                let agent = agent.to_string();
                let watched =
                    Watched { agent, title, needs, by, queued_ms: None, started_ms: None, waits: None, settled: false };
                self.watched.insert(slot, watched);
            }
            Event::Task { slot, state, at_ms } => {
                let at_ms = at_ms.saturating_sub(self.began_ms);
                return self.change(run, &slot, &state, at_ms).into_iter().collect();
            }
            Event::RunEnded { at_ms, .. } => {
                let at_ms = at_ms.saturating_sub(self.began_ms);
                let waiting = self.watched.iter().filter(|(_, task)| !task.settled);
                let waiting: Vec<_> = waiting.filter_map(|(slot, task)| Some((slot.clone(), task.waits?))).collect();
                let given_up = |(slot, outcome): (Slot, _)| self.settle(run, &slot, at_ms, (outcome, 0, Micros::ZERO));
                return waiting.into_iter().filter_map(given_up).collect();
            }
            Event::Narrowed { .. } | Event::Spent { .. } | Event::Paused { .. } | Event::Resumed { .. } => {}
        }
        Vec::new()
    }

    fn change(&mut self, run: &RunId, slot: &Slot, state: &TaskState, at_ms: u64) -> Option<TaskFinished> {
        let task = self.watched.get_mut(slot)?;
        task.waits = match state {
            TaskState::NeedsApproval { block: Block::Unknown { .. } } | TaskState::Unknown { .. } => Some("unknown"),
            TaskState::NeedsApproval { .. } => Some("needs_approval"),
            _ => None,
        };
        let settled = match state {
            TaskState::Waiting => return None,
            TaskState::Queued { .. } | TaskState::NeedsApproval { .. } | TaskState::Unknown { .. } => {
                task.queued_ms.get_or_insert(at_ms);
                return None;
            }
            TaskState::Running | TaskState::Retrying { .. } => {
                task.queued_ms.get_or_insert(at_ms);
                task.started_ms.get_or_insert(at_ms);
                return None;
            }
            TaskState::Done { calls, cost, .. } => ("done", *calls, *cost),
            TaskState::Expanded { .. } => ("done", 0, Micros::ZERO),
            TaskState::Cached { .. } => ("cached", 0, Micros::ZERO),
            TaskState::Failed { calls, cost, .. } => ("failed", *calls, *cost),
            TaskState::Skipped { .. } => ("skipped", 0, Micros::ZERO),
            TaskState::Cancelled => ("cancelled", 0, Micros::ZERO),
        };
        self.settle(run, slot, at_ms, settled)
    }

    fn settle(
        &mut self,
        run: &RunId,
        slot: &Slot,
        at_ms: u64,
        (outcome, calls, cost): (&'static str, u32, Micros),
    ) -> Option<TaskFinished> {
        self.watched.get_mut(slot)?.settled = true;
        let task = self.watched.get(slot)?;
        let started_ms = task.started_ms.unwrap_or(at_ms);
        Some(TaskFinished {
            run: run.0.clone(),
            task: slot.to_string(),
            agent: task.agent.clone(),
            title: task.title.clone(),
            needs: self.waited_for(slot, task),
            queued_ms: task.queued_ms.unwrap_or(started_ms),
            started_ms,
            finished_ms: at_ms,
            outcome,
            calls,
            cost: cost.0 as f64 / 1e6,
        })
    }

    /// The tasks that a task waited for: collections are their members, and whoever gave those.
    fn waited_for(&self, slot: &Slot, task: &Watched) -> Vec<String> {
        let mut all: BTreeSet<&Slot> = task.by.iter().collect();
        for need in &task.needs {
            match need {
                Need::One(one) | Need::IfMade(one) => {
                    all.insert(one);
                }
                Need::Every(of) | Need::AllMade(of) => {
                    let members = self.collections.get(of).into_iter().flatten();
                    for member in members.filter(|member| *member != slot) {
                        all.insert(member);
                        all.extend(self.watched.get(member).and_then(|task| task.by.as_ref()));
                    }
                }
            }
        }
        all.into_iter().filter(|need| self.watched.contains_key(*need)).map(ToString::to_string).collect()
    }
}

/// Turns stored events into lines.
#[derive(Debug, Default)]
struct Recorder {
    runs: BTreeMap<RunId, Tasks>,
}

impl Recorder {
    /// The lines of the next event: itself, then the tasks that are settled by it.
    fn lines(&mut self, stored: &StoredEvent) -> Vec<Value> {
        let mut line = json!({
            "project": stored.project.as_str(),
            "seq": stored.seq,
            "run": stored.run.as_ref().map(|run| run.0.as_str()).unwrap_or_default(),
            "stored_ms": stored.at_ms,
        });
        if let (Value::Object(line), Value::Object(body)) = (&mut line, &*stored.body) {
            line.extend(body.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
        let mut lines = vec![line];
        if let Some(run) = &stored.run
            && let Ok(event) = Event::deserialize(&*stored.body)
        {
            let ended = matches!(event, Event::RunEnded { .. });
            let finished = self.runs.entry(run.clone()).or_default().apply(run, event, stored.at_ms);
            lines.extend(finished.iter().filter_map(|task| {
                let mut line = serde_json::to_value(task).ok()?;
                line["type"] = "task_finished".into();
                Some(line)
            }));
            if ended {
                self.runs.remove(run);
            }
        }
        lines
    }
}

/// The record of a project from one moment on.
#[derive(Debug)]
pub struct Record {
    library: Library,
    project: ProjectId,
    head: u32,
    recorder: Recorder,
}

impl Record {
    /// The lines of what was stored since the last time.
    pub async fn read_on(&mut self) -> Result<Vec<Value>, Problem> {
        let mut lines = Vec::new();
        loop {
            let events = self.library.events_after(&self.project, self.head, PAGE).await?;
            for event in &events {
                self.head = event.seq;
                lines.extend(self.recorder.lines(event));
            }
            if events.len() < PAGE as usize {
                return Ok(lines);
            }
        }
    }
}

impl App {
    /// The record of a project from now on.
    pub async fn record(&self, project: &str) -> Result<Record, Problem> {
        let project = ProjectId::try_from(project.to_owned())?;
        let head = self.library().head(&project).await?;
        Ok(Record { library: self.library().clone(), project, head, recorder: Recorder::default() })
    }

    /// The record of a run, from its first event to its last; of the last run of all when none is named.
    pub async fn replay(&self, run: Option<&str>) -> Result<Vec<Value>, Problem> {
        let library = self.library();
        for project in library.projects().await? {
            let runs = library.runs(&project.id).await?;
            let found = runs.into_iter().rev().find(|known| run.is_none_or(|run| run == known.id.0));
            let Some(found) = found else { continue };
            let mut recorder = Recorder::default();
            let events = library.run_events(&project.id, &found.id).await?;
            return Ok(events.iter().flat_map(|event| recorder.lines(event)).collect());
        }
        Err(not_found(match run {
            Some(run) => format!("There is no run {run}."),
            None => "There is no run yet.".to_owned(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use engine::AgentName;

    use super::*;

    fn planned(slot: &str, needs: Vec<Need>, by: Option<&str>) -> Event {
        Event::TaskPlanned {
            slot: Slot::new(slot).unwrap(),
            agent: AgentName::from("someone"),
            title: String::new(),
            needs,
            weight_ms: 1,
            expands: false,
            by: by.map(|by| Slot::new(by).unwrap()),
        }
    }

    fn state(slot: &str, state: TaskState, at_ms: u64) -> Event {
        Event::Task { slot: Slot::new(slot).unwrap(), state, at_ms }
    }

    fn done(calls: u32, cost: u64) -> TaskState {
        let key =
            engine::KeyForm { agent: String::new(), version: String::new(), model: Value::Null, view: Value::Null };
        TaskState::Done { key: key.key(), took_ms: 1, calls, cost: Micros(cost) }
    }

    #[test]
    fn a_task_names_those_it_waited_for_by_name() {
        let run = RunId("r".into());
        let mut tasks = Tasks::default();
        let every = Need::Every(Slot::new("clip/a").unwrap().collection());
        let first = Need::One(Slot::new("script").unwrap());
        let events = [
            Event::RunStarted,
            planned("script", vec![], None),
            planned("shots", vec![first], None),
            planned("film", vec![every], None),
            state("script", TaskState::Running, 1010),
            state("script", done(1, 2_500_000), 1400),
            planned("clip/a", vec![], Some("shots")),
            planned("clip/b", vec![], Some("shots")),
            state("shots", TaskState::Expanded { tasks: 2 }, 1500),
            state("clip/a", TaskState::Queued { line: engine::Line::Unnamed }, 1500),
            state("clip/a", TaskState::Running, 1600),
            state("clip/a", done(1, 0), 1700),
            state("clip/b", TaskState::Unknown { call: engine::CallId("c".into()), may_cost: None }, 1700),
            state("film", TaskState::Cancelled, 1800),
            Event::RunEnded { outcome: engine::RunOutcome::Waiting, at_ms: 1900 },
        ];
        let finished: Vec<_> = events.into_iter().flat_map(|event| tasks.apply(&run, event, 1000)).collect();
        let told: Vec<_> = finished.iter().map(|t| (t.task.as_str(), t.outcome, t.finished_ms)).collect();
        let want = [
            ("script", "done", 400),
            ("shots", "done", 500),
            ("clip/a", "done", 700),
            ("film", "cancelled", 800),
            ("clip/b", "unknown", 900),
        ];
        assert_eq!(told, want);
        assert_eq!((finished[0].calls, finished[0].cost), (1, 2.5));
        assert_eq!(finished[2].needs, ["shots"]);
        assert_eq!((finished[2].queued_ms, finished[2].started_ms), (500, 600));
        assert_eq!(finished[3].needs, ["clip/a", "clip/b", "shots"]);
    }
}
