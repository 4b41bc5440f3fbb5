//! A forecast: what of a graph is there already, what must be made, and what may have to be, without making anything.
//!
//! Tasks are gone through as a run would go through them. What a task must make is not known, so whoever reads it is
//! looked at as if it came out as it was last: found like that, it is made only if the result differs; not found, it is
//! made for sure. Tasks that are pure and take milliseconds are made on the spot, so a change that stops there stops here.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use engine::{
    AgentName, Artifact, Inputs, Key, KeyForm, Leaf, Need, Promise, Quote, Slot, Store, StoreError, TaskContext,
    TaskSpec, Work, canonical,
};
use serde_json::Value;

/// What becomes of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is there, or chosen, or made on the spot.
    Kept,
    /// It is made if something that it reads comes out otherwise.
    Maybe,
    /// It is made.
    Made,
}

/// A task that makes a result, and what becomes of it.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    pub(super) slot: Slot,
    pub(super) agent: AgentName,
    pub(super) title: String,
    pub(super) fate: Fate,
    /// The result that the slot has now.
    pub(super) present: Option<Key>,
    /// What its key is made of, as far as that is known.
    pub(super) form: Option<KeyForm>,
    pub(super) quotes: Vec<Quote>,
    pub(super) weight_ms: u32,
}

/// What becomes of a graph.
#[derive(Debug, Default)]
pub(super) struct Forecast {
    pub(super) tasks: Vec<Expected>,
    /// What tasks that cannot be known yet will be.
    pub(super) promises: Vec<Promise>,
    /// Documents that were made on the spot.
    pub(super) documents: BTreeMap<Slot, Artifact>,
}

/// What is known of a slot.
struct Known {
    artifact: Option<Artifact>,
    certain: bool,
}

struct Walk<'a> {
    store: Arc<dyn Store>,
    /// Measured durations, by agent and canonical text of the model.
    measured: &'a BTreeMap<(String, String), u64>,
    /// Slots in the order of the plan; an expand task's stand in its place.
    order: Vec<Slot>,
    known: BTreeMap<Slot, Known>,
    /// The collections that expand tasks may still add to, by expand task.
    feeding: BTreeMap<Slot, BTreeSet<String>>,
    forecast: Forecast,
}

/// Forecasts a graph over a store.
pub(super) async fn forecast(
    tasks: Vec<TaskSpec>,
    store: Arc<dyn Store>,
    measured: &BTreeMap<(String, String), u64>,
) -> Result<Forecast, StoreError> {
    let mut walk = Walk {
        store,
        measured,
        order: Vec::new(),
        known: BTreeMap::new(),
        feeding: BTreeMap::new(),
        forecast: Forecast::default(),
    };
    let mut waiting: VecDeque<TaskSpec> = VecDeque::new();
    walk.plan(tasks, None, &mut waiting);
    let mut since = 0;
    while let Some(task) = waiting.pop_front() {
        if !walk.is_ready(&task, &waiting) && since <= waiting.len() {
            since += 1;
            waiting.push_back(task);
            continue;
        }
        since = 0;
        let more = walk.look(&task).await?;
        walk.plan(more, Some(&task.slot), &mut waiting);
    }
    Ok(walk.forecast)
}

impl Walk<'_> {
    /// Takes tasks into the graph.
    fn plan(&mut self, tasks: Vec<TaskSpec>, by: Option<&Slot>, waiting: &mut VecDeque<TaskSpec>) {
        let at = by.and_then(|by| self.order.iter().position(|slot| slot == by)).map_or(self.order.len(), |at| at + 1);
        let slots: Vec<_> = tasks.iter().map(|task| task.slot.clone()).collect();
        self.order.splice(at..at, slots);
        for task in tasks {
            if let Work::Expand(expand) = &task.work {
                let feeds = expand.feeds().iter().map(|c| c.as_str().to_owned()).collect();
                self.feeding.insert(task.slot.clone(), feeds);
            }
            waiting.push_back(task);
        }
        if let Some(by) = by {
            self.feeding.remove(by);
        }
    }

    fn is_ready(&self, task: &TaskSpec, waiting: &VecDeque<TaskSpec>) -> bool {
        task.needs.iter().all(|need| match need {
            Need::One(slot) | Need::IfMade(slot) => {
                self.known.contains_key(slot) || !waiting.iter().any(|other| other.slot == *slot) && !self.is_fed(slot.collection().as_str(), &task.slot)
            }
            Need::Every(collection) | Need::AllMade(collection) => {
                let name = collection.as_str();
                !waiting.iter().any(|other| other.slot.collection() == *collection && !matches!(other.work, Work::Expand(_)))
                    && !self.is_fed(name, &task.slot)
            }
        })
    }

    fn is_fed(&self, collection: &str, by_other_than: &Slot) -> bool {
        self.feeding.iter().any(|(slot, feeds)| slot != by_other_than && feeds.contains(collection))
    }

    /// The inputs of a task, whether all of them are certain, and whether all are there.
    fn inputs(&self, task: &TaskSpec) -> (Inputs, bool, bool) {
        let (mut certain, mut whole) = (true, true);
        let wanted = |slot: &Slot| {
            task.needs.iter().find(|need| match need {
                Need::One(one) | Need::IfMade(one) => one == slot,
                Need::Every(collection) | Need::AllMade(collection) => slot.collection() == *collection,
            })
        };
        let mut found = Vec::new();
        for slot in &self.order {
            let (Some(need), Some(known)) = (wanted(slot), self.known.get(slot)) else { continue };
            // A stop for the person is read by nobody.
            if slot.collection().as_str() == "review" {
                continue;
            }
            certain &= known.certain;
            match &known.artifact {
                Some(artifact) => found.push((slot.clone(), artifact.clone())),
                None => whole &= need.can_do_without(),
            }
        }
        (Inputs::new(found), certain, whole)
    }

    /// Looks at one task; gives the tasks that it gives.
    async fn look(&mut self, task: &TaskSpec) -> Result<Vec<TaskSpec>, StoreError> {
        let (inputs, certain, whole) = self.inputs(task);
        match &task.work {
            Work::Expand(expand) => {
                let more = if whole { expand.expand(&inputs).ok() } else { None };
                match more {
                    Some(more) => Ok(more),
                    None => {
                        self.feeding.remove(&task.slot);
                        self.forecast.promises.extend(expand.promises());
                        Ok(Vec::new())
                    }
                }
            }
            Work::Leaf(leaf) => {
                self.leaf(task, leaf.as_ref(), &inputs, certain, whole).await?;
                Ok(Vec::new())
            }
        }
    }

    async fn leaf(
        &mut self,
        task: &TaskSpec,
        leaf: &dyn Leaf,
        inputs: &Inputs,
        certain: bool,
        whole: bool,
    ) -> Result<(), StoreError> {
        let slot = &task.slot;
        if let Some(pinned) = self.store.pinned(slot).await? {
            let present = Some(pinned.key.clone());
            self.note(task, leaf, Fate::Kept, present, None);
            self.known.insert(slot.clone(), Known { artifact: Some(pinned), certain: true });
            return Ok(());
        }
        let last = self.store.last(slot).await?;
        let present = last.as_ref().map(|artifact| artifact.key.clone());
        let view = if whole { leaf.view(inputs).ok() } else { None };
        let form = view.map(|view| KeyForm {
            agent: task.agent.to_string(),
            version: leaf.version(),
            model: leaf.model(),
            view,
        });
        if leaf.free() {
            if let Some(form) = &form {
                let artifact = self.make(leaf, form).await;
                if let Some(artifact) = &artifact {
                    self.forecast.documents.insert(slot.clone(), artifact.clone());
                }
                self.known.insert(slot.clone(), Known { artifact: artifact.or(last), certain });
            } else {
                self.known.insert(slot.clone(), Known { artifact: last, certain: false });
            }
            return Ok(());
        }
        let found = match &form {
            Some(form) => self.store.find(&form.key()).await?,
            None => None,
        };
        let fate = match (&found, certain) {
            (Some(_), true) => Fate::Kept,
            (Some(_), false) => Fate::Maybe,
            (None, _) => Fate::Made,
        };
        if !leaf.review() {
            self.note(task, leaf, fate, present, form);
        }
        let kept = fate == Fate::Kept;
        self.known.insert(slot.clone(), Known { artifact: found.or(last), certain: kept });
        Ok(())
    }

    /// Makes a task that is pure and cheap; its document is kept nowhere.
    async fn make(&self, leaf: &dyn Leaf, form: &KeyForm) -> Option<Artifact> {
        let key = form.key();
        if let Ok(Some(found)) = self.store.find(&key).await {
            return Some(found);
        }
        let context = TaskContext::alone(Arc::clone(&self.store), std::path::PathBuf::new());
        let output = leaf.make(form.view.clone(), &context).await.ok()?;
        Some(Artifact { key, value: output.value, blobs: Vec::new() })
    }

    fn note(&mut self, task: &TaskSpec, leaf: &dyn Leaf, fate: Fate, present: Option<Key>, form: Option<KeyForm>) {
        let weight_ms = self.weight(&task.agent, &leaf.model(), task.weight_ms);
        self.forecast.tasks.push(Expected {
            slot: task.slot.clone(),
            agent: task.agent.clone(),
            title: task.title.clone(),
            fate,
            present,
            form,
            quotes: task.quotes.clone(),
            weight_ms,
        });
    }

    fn weight(&self, agent: &AgentName, model: &Value, guess: u32) -> u32 {
        let measured = self.measured.get(&(agent.to_string(), canonical(model))).copied();
        measured.map_or(guess, |ms| u32::try_from(ms).unwrap_or(u32::MAX))
    }
}
