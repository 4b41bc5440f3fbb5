//! What the tests play on: agents that do as they are told, and a short way to run them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use engine::{
    AgentName, Artifact, Clock, Collection, Engine, Event, Expand, FailureKind, Inputs, KeyForm, Leaf, Need, Output,
    Promise, Resource, RunHandle, RunId, RunOrder, RunReport, Sample, Slot, TaskContext, TaskError, TaskSpec,
    TaskState, Work,
};
use serde_json::{Value, json};
use testkit::MemoryStore;
use tokio::sync::Notify;

use crate::provider::Ring;

pub(crate) fn slot(text: &str) -> Slot {
    Slot::new(text).unwrap()
}

pub(crate) fn one(text: &str) -> Need {
    Need::One(slot(text))
}

pub(crate) fn every(name: &str) -> Need {
    Need::Every(Collection::new(name))
}

pub(crate) fn if_made(text: &str) -> Need {
    Need::IfMade(slot(text))
}

pub(crate) fn all_made(name: &str) -> Need {
    Need::AllMade(Collection::new(name))
}

/// A short text that stands for a value.
pub(crate) fn gist(value: &Value) -> Value {
    let form = KeyForm { agent: String::new(), version: String::new(), model: Value::Null, view: value.clone() };
    json!(form.key().as_str()[..12])
}

#[derive(Clone)]
pub(crate) enum Does {
    /// Gives the gist of its view, after so many milliseconds.
    Work(u64),
    /// Gives always the same.
    Give(Value),
    Fail,
    Panic,
    /// Says that it is there, then waits until it is let go.
    Wait(Arc<Notify>, Arc<Notify>),
    /// Waits until it is stopped.
    Obey,
    /// Never ends and hears nothing.
    Ignore,
    /// Reports progress every so many milliseconds, so many times.
    Report(u64, u32),
    /// Makes these calls one after the other, and gives what they replied.
    Call(Vec<Ring>),
    /// Makes a call, finds no sense in the reply, and gives up.
    Misunderstand(Ring),
}

pub(crate) struct Player {
    pub(crate) says: Value,
    pub(crate) reads: Vec<Need>,
    pub(crate) does: Does,
    pub(crate) held: Vec<(Resource, u32)>,
    pub(crate) log: Arc<Log>,
    pub(crate) slot: Slot,
    pub(crate) review: bool,
    pub(crate) free: bool,
}

/// What the players did, in order, and how much of what they held at most.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) made: Mutex<Vec<Slot>>,
    held: Mutex<BTreeMap<Resource, (u32, u32)>>,
}

impl Log {
    pub(crate) fn made(&self) -> Vec<String> {
        self.made.lock().unwrap().iter().map(ToString::to_string).collect()
    }

    pub(crate) fn peak(&self, resource: Resource) -> u32 {
        self.held.lock().unwrap().get(&resource).map_or(0, |(_, peak)| *peak)
    }
}

/// Holds what a player uses.
struct Hold<'a>(&'a Player);

impl<'a> Hold<'a> {
    fn new(player: &'a Player) -> Self {
        for (resource, amount) in &player.held {
            let mut held = player.log.held.lock().unwrap();
            let (now, peak) = held.entry(*resource).or_default();
            *now += amount;
            *peak = (*peak).max(*now);
        }
        Self(player)
    }
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        for (resource, amount) in &self.0.held {
            self.0.log.held.lock().unwrap().get_mut(resource).unwrap().0 -= amount;
        }
    }
}

#[async_trait]
impl Leaf for Player {
    fn version(&self) -> String {
        "1".to_owned()
    }

    fn view(&self, inputs: &Inputs) -> Result<Value, TaskError> {
        let mut read = Vec::new();
        for need in &self.reads {
            match need {
                Need::One(slot) => read.push(inputs.one(slot.as_str())?.value.clone()),
                Need::IfMade(slot) => read.push(inputs.find(slot.as_str()).map_or(Value::Null, |a| a.value.clone())),
                Need::Every(name) | Need::AllMade(name) => {
                    read.extend(inputs.every(name.as_str()).map(|(_, a)| a.value.clone()));
                }
            }
        }
        Ok(json!({ "says": self.says, "read": read }))
    }

    async fn make(&self, view: Value, context: &TaskContext) -> Result<Output, TaskError> {
        self.log.made.lock().unwrap().push(self.slot.clone());
        let _hold = Hold::new(self);
        if !self.free {
            std::fs::write(context.scratch().join("draft"), b"draft")
                .map_err(|e| TaskError::new(FailureKind::Local, e.to_string()))?;
        }
        match &self.does {
            Does::Work(ms) => tokio::time::sleep(Duration::from_millis(*ms)).await,
            Does::Give(value) => return Output::document(value),
            Does::Fail => {
                tokio::time::sleep(Duration::from_millis(1)).await;
                return Err(TaskError::new(FailureKind::Refused, format!("{} was refused", self.slot)));
            }
            Does::Panic => panic!("the pencil broke"),
            Does::Wait(there, go) => {
                there.notify_one();
                go.notified().await;
            }
            Does::Obey => {
                context.token().cancelled().await;
                return Err(TaskError::new(FailureKind::Cancelled, "stopped"));
            }
            Does::Ignore => std::future::pending().await,
            Does::Call(rings) => {
                let mut replies = Vec::new();
                for ring in rings {
                    replies.push(String::from_utf8(context.call(ring).await?.body).unwrap());
                }
                return Output::document(&json!({ "view": gist(&view), "replies": replies }));
            }
            Does::Misunderstand(ring) => {
                context.call(ring).await?;
                return Err(TaskError::new(FailureKind::Invalid, "it makes no sense"));
            }
            Does::Report(ms, times) => {
                for i in 0..*times {
                    context.progress(i as f32 / *times as f32);
                    tokio::time::sleep(Duration::from_millis(*ms)).await;
                }
            }
        }
        Output::document(&gist(&view))
    }

    fn review(&self) -> bool {
        self.review
    }

    fn free(&self) -> bool {
        self.free
    }

    fn carry(&self, last: &Artifact, mut fresh: Output) -> Output {
        // An id is carried over where a document has one.
        if let (Some(id), Some(members)) = (last.value.get("id"), fresh.value.as_object_mut()) {
            members.insert("id".to_owned(), id.clone());
        }
        fresh
    }
}

pub(crate) type Give = Arc<dyn Fn(&Inputs) -> Result<Vec<TaskSpec>, TaskError> + Send + Sync>;

pub(crate) struct Spread {
    pub(crate) feeds: Vec<Collection>,
    pub(crate) gives: Give,
    pub(crate) promises: Vec<Promise>,
}

impl Expand for Spread {
    fn feeds(&self) -> Vec<Collection> {
        self.feeds.clone()
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        (self.gives)(inputs)
    }

    fn promises(&self) -> Vec<Promise> {
        self.promises.clone()
    }
}

fn spec(at: &str, agent: &str, needs: &[Need], work: Work) -> TaskSpec {
    TaskSpec {
        slot: slot(at),
        agent: AgentName::from(agent),
        title: format!("Part {at}"),
        needs: needs.to_vec(),
        uses: Vec::new(),
        weight_ms: 10,
        quotes: Vec::new(),
        work,
    }
}

pub(crate) fn expand(at: &str, needs: &[Need], feeds: &[&str], gives: Give) -> TaskSpec {
    let feeds = feeds.iter().map(|name| Collection::new(*name)).collect();
    spec(at, "spreader", needs, Work::Expand(Arc::new(Spread { feeds, gives, promises: Vec::new() })))
}

/// An engine, a project and a log.
pub(crate) struct Stage {
    pub(crate) engine: Engine,
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) log: Arc<Log>,
    pub(crate) capacity: BTreeMap<Resource, u32>,
    pub(crate) samples: Arc<Mutex<Vec<(u128, Sample)>>>,
}

/// The clock of tokio, so that paused time is the only time.
struct TokioClock(tokio::time::Instant);

impl Clock for TokioClock {
    fn now_ms(&self) -> u64 {
        self.0.elapsed().as_millis() as u64
    }
}

impl Stage {
    pub(crate) fn new(resources: &[(Resource, u32)]) -> Self {
        let clock = Arc::new(TokioClock(tokio::time::Instant::now()));
        Self {
            engine: Engine::new(resources.iter().copied(), clock),
            store: Arc::default(),
            log: Arc::default(),
            capacity: resources.iter().copied().collect(),
            samples: Arc::default(),
        }
    }

    /// A leaf task whose view is what it says and what it needs.
    pub(crate) fn leaf(&self, at: &str, needs: &[Need], does: Does) -> TaskSpec {
        self.says(at, json!(at), needs, does)
    }

    pub(crate) fn says(&self, at: &str, says: Value, needs: &[Need], does: Does) -> TaskSpec {
        self.holding(at, says, needs, does, &[])
    }

    pub(crate) fn holding(
        &self,
        at: &str,
        says: Value,
        needs: &[Need],
        does: Does,
        held: &[(Resource, u32)],
    ) -> TaskSpec {
        // A task that uses more than there is holds all there is.
        let most = |resource| self.capacity.get(resource).map_or(u32::MAX, |most| (*most).max(1));
        let clamped = held.iter().map(|(resource, amount)| (*resource, *amount.min(&most(resource)))).collect();
        let player = Player {
            says,
            reads: needs.to_vec(),
            does,
            held: clamped,
            log: self.log.clone(),
            slot: slot(at),
            review: false,
            free: false,
        };
        TaskSpec { uses: held.to_vec(), ..spec(at, "player", needs, Work::Leaf(Arc::new(player))) }
    }

    /// A review stop.
    pub(crate) fn review(&self, at: &str, needs: &[Need]) -> TaskSpec {
        self.kind(at, json!(at), needs, Does::Work(0), true, false)
    }

    /// A task that costs nothing.
    pub(crate) fn free(&self, at: &str, says: Value, needs: &[Need], does: Does) -> TaskSpec {
        self.kind(at, says, needs, does, false, true)
    }

    fn kind(&self, at: &str, says: Value, needs: &[Need], does: Does, review: bool, free: bool) -> TaskSpec {
        let (reads, log, slot) = (needs.to_vec(), self.log.clone(), slot(at));
        let player = Player { says, reads, does, held: Vec::new(), log, slot, review, free };
        spec(at, "player", needs, Work::Leaf(Arc::new(player)))
    }

    pub(crate) fn start(&self, run: &str, tasks: Vec<TaskSpec>) -> RunHandle {
        let samples = Arc::clone(&self.samples);
        let began = tokio::time::Instant::now();
        self.engine.start(
            RunOrder::new(RunId(run.to_owned()), tasks),
            self.store.clone(),
            Arc::new(move |sample| samples.lock().unwrap().push((began.elapsed().as_millis(), sample))),
        )
    }

    pub(crate) fn order(&self, order: RunOrder) -> RunHandle {
        self.engine.start(order, self.store.clone(), Arc::new(drop))
    }

    /// Waits until a task has a state in a run.
    pub(crate) async fn until(&self, run: &str, at: &str, state: &str) {
        while self.state(run, at) != state {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    pub(crate) async fn run(&self, run: &str, tasks: Vec<TaskSpec>) -> RunReport {
        self.start(run, tasks).wait().await
    }

    /// The states that a task went through in a run, by name.
    pub(crate) fn states(&self, run: &str, at: &str) -> Vec<String> {
        let events = self.store.events_of(&RunId(run.to_owned()));
        let states = events.iter().filter_map(|event| match event {
            Event::Task { slot, state, .. } if slot.as_str() == at => Some(name(state)),
            _ => None,
        });
        states.collect()
    }

    /// The last state of a task in a run.
    pub(crate) fn state(&self, run: &str, at: &str) -> String {
        self.states(run, at).pop().unwrap_or_else(|| "waiting".to_owned())
    }
}

pub(crate) fn name(state: &TaskState) -> String {
    serde_json::to_value(state).unwrap()["state"].as_str().unwrap().to_owned()
}

pub(crate) fn failure(report: &RunReport, at: &str) -> TaskError {
    report.failures.iter().find(|(slot, _)| slot.as_str() == at).map(|(_, error)| error.clone()).unwrap()
}
