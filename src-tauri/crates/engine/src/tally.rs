//! Adds up a plan task by task. What was promised is taken back when the tasks themselves are there, so that a run
//! knows its plan at any moment for the price of one addition a task.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    AgentName, Collection, History, Leaf, Micros, Need, Plan, PlanStep, PlannedCalls, Promise, Quote, TaskSpec, Work,
};

/// Tasks of one kind.
pub(crate) struct Part<'a> {
    pub(crate) agent: &'a AgentName,
    /// The collection they are in.
    pub(crate) collection: &'a str,
    pub(crate) least: u32,
    pub(crate) most: u32,
    /// What each waits for.
    pub(crate) needs: [&'a [Need]; 2],
    pub(crate) weight_ms: u32,
    pub(crate) quotes: &'a [Quote],
}

impl<'a> Part<'a> {
    /// So many tasks like this leaf.
    fn leaf(task: &'a TaskSpec, leaf: &dyn Leaf, history: &History, (least, most): (u32, u32)) -> Self {
        Self {
            agent: &task.agent,
            collection: task.slot.collection_name(),
            least,
            most,
            needs: [&task.needs, &[]],
            weight_ms: task.expected_ms(leaf, history),
            quotes: &task.quotes,
        }
    }

    /// What an expand task promises.
    pub(crate) fn promise(task: &'a TaskSpec, promise: &'a Promise, history: &History) -> Self {
        Self {
            agent: &promise.agent,
            collection: promise.collection.as_str(),
            least: promise.least.min(promise.most),
            most: promise.most,
            needs: [&task.needs, &promise.needs],
            weight_ms: promise.expected_ms(history),
            quotes: &promise.quotes,
        }
    }
}

#[derive(Default)]
pub(crate) struct Tally {
    /// In the order in which the agents came.
    sums: Vec<Sum>,
    numbers: HashMap<AgentName, usize>,
    /// Which sums add to a collection, and how many of their parts do.
    givers: BTreeMap<Collection, BTreeMap<usize, u32>>,
    /// What passes on what others gave, and makes no step of its own: a collection, and the ones it is made of.
    passed: BTreeMap<Collection, BTreeSet<Collection>>,
}

/// One agent's part.
struct Sum {
    agent: AgentName,
    least: u32,
    most: u32,
    work_ms: u64,
    /// The collections that it needs something of, and how many of its parts do.
    needs: BTreeMap<Collection, u32>,
    calls: Vec<PlannedCalls>,
}

impl Tally {
    /// Adds a task: itself, or what it promises.
    pub(crate) fn add_task(&mut self, task: &TaskSpec, history: &History) {
        match &task.work {
            Work::Leaf(leaf) => self.add_leaf(task, leaf.as_ref(), history, (1, 1)),
            Work::Expand(expand) => {
                for promise in expand.promises() {
                    self.add(&Part::promise(task, &promise, history));
                }
            }
        }
    }

    /// Adds so many tasks like this leaf, at least and at most.
    pub(crate) fn add_leaf(&mut self, task: &TaskSpec, leaf: &dyn Leaf, history: &History, counts: (u32, u32)) {
        if leaf.free() || leaf.review() {
            let of = self.passed.entry(task.slot.collection()).or_default();
            of.extend(task.needs.iter().map(Need::collection));
        } else {
            self.add(&Part::leaf(task, leaf, history, counts));
        }
    }

    /// Takes back what an expand task promised.
    pub(crate) fn take_back(&mut self, task: &TaskSpec, history: &History) {
        if let Work::Expand(expand) = &task.work {
            for promise in expand.promises() {
                self.remove(&Part::promise(task, &promise, history));
            }
        }
    }

    pub(crate) fn add(&mut self, part: &Part<'_>) {
        if part.most == 0 {
            return;
        }
        let at = self.numbers.get(part.agent).copied().unwrap_or_else(|| {
            self.numbers.insert(part.agent.clone(), self.sums.len());
            self.sums.push(Sum::new(part.agent.clone()));
            self.sums.len() - 1
        });
        self.gives(at, part.collection);
        let sum = &mut self.sums[at];
        sum.least += part.least;
        sum.most += part.most;
        sum.work_ms += u64::from(part.most) * u64::from(part.weight_ms);
        for need in part.needs.into_iter().flatten() {
            sum.need(need.collection_name());
        }
        for quote in part.quotes {
            let calls = sum.calls(quote);
            calls.least += quote.least * part.least;
            calls.most += quote.most * part.most;
            calls.price_least = calls.price_least + quote.each_least * quote.least * part.least;
            calls.price_most = calls.price_most + quote.each_most * quote.most * part.most;
        }
    }

    fn remove(&mut self, part: &Part<'_>) {
        let Some(at) = self.numbers.get(part.agent).copied().filter(|_| part.most > 0) else { return };
        if let Some(givers) = self.givers.get_mut(part.collection) {
            less(givers, &at);
        }
        let sum = &mut self.sums[at];
        sum.least -= part.least;
        sum.most -= part.most;
        sum.work_ms -= u64::from(part.most) * u64::from(part.weight_ms);
        for need in part.needs.into_iter().flatten() {
            less(&mut sum.needs, need.collection_name());
        }
        for quote in part.quotes {
            let calls = sum.calls(quote);
            calls.least -= quote.least * part.least;
            calls.most -= quote.most * part.most;
            calls.price_least = minus(calls.price_least, quote.each_least * quote.least * part.least);
            calls.price_most = minus(calls.price_most, quote.each_most * quote.most * part.most);
        }
    }

    /// The plan as it stands.
    pub(crate) fn plan(&self) -> Plan {
        let drafts = self.sums.iter().enumerate().filter(|(_, sum)| sum.most > 0).map(|(at, sum)| {
            let needed = self.behind(sum.needs.keys());
            let givers = needed.iter().filter_map(|name| self.givers.get(*name)).flat_map(BTreeMap::keys);
            let after = givers.filter(|giver| **giver != at).map(|giver| self.sums[*giver].agent.clone());
            (sum.step(), after.collect())
        });
        Plan { steps: in_order(drafts.collect()) }
    }

    /// These collections, and those that they are passed on from.
    fn behind<'a>(&'a self, needs: impl Iterator<Item = &'a Collection>) -> BTreeSet<&'a Collection> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&Collection> = needs.collect();
        while let Some(name) = open.pop() {
            if found.insert(name) {
                open.extend(self.passed.get(name).into_iter().flatten());
            }
        }
        found
    }

    fn gives(&mut self, at: usize, collection: &str) {
        match self.givers.get_mut(collection) {
            Some(givers) => *givers.entry(at).or_default() += 1,
            None => {
                self.givers.insert(Collection::new(collection), BTreeMap::from([(at, 1)]));
            }
        }
    }
}

impl Sum {
    fn new(agent: AgentName) -> Self {
        Self { agent, least: 0, most: 0, work_ms: 0, needs: BTreeMap::new(), calls: Vec::new() }
    }

    fn need(&mut self, collection: &str) {
        match self.needs.get_mut(collection) {
            Some(count) => *count += 1,
            None => {
                self.needs.insert(Collection::new(collection), 1);
            }
        }
    }

    fn calls(&mut self, quote: &Quote) -> &mut PlannedCalls {
        let same = |calls: &PlannedCalls| {
            (&calls.provider, &calls.model, &calls.kind) == (&quote.provider, &quote.model, &quote.kind)
        };
        let at = self.calls.iter().position(same).unwrap_or_else(|| {
            self.calls.push(PlannedCalls {
                provider: quote.provider.clone(),
                model: quote.model.clone(),
                kind: quote.kind.clone(),
                least: 0,
                most: 0,
                price_least: Micros::ZERO,
                price_most: Micros::ZERO,
            });
            self.calls.len() - 1
        });
        &mut self.calls[at]
    }

    fn step(&self) -> PlanStep {
        // Rounded.
        let mean = (self.work_ms + u64::from(self.most) / 2) / u64::from(self.most.max(1));
        PlanStep {
            agent: self.agent.clone(),
            least: self.least,
            most: self.most,
            after: Vec::new(),
            group: 0,
            weight_ms: u32::try_from(mean).unwrap_or(u32::MAX),
            calls: self.calls.iter().filter(|calls| calls.most > 0).cloned().collect(),
        }
    }
}

/// One less of something that is counted.
fn less<K: Ord + std::borrow::Borrow<Q>, Q: Ord + ?Sized>(counts: &mut BTreeMap<K, u32>, of: &Q) {
    if let Some(count) = counts.get_mut(of) {
        *count -= 1;
        if *count == 0 {
            counts.remove(of);
        }
    }
}

fn minus(from: Micros, what: Micros) -> Micros {
    Micros(from.0.saturating_sub(what.0))
}

/// The steps in an order in which they can be done; among those that can be next, the first named goes first. Agents
/// whose tasks wait for each other's in turn are taken in the order in which they came.
fn in_order(mut drafts: Vec<(PlanStep, BTreeSet<AgentName>)>) -> Vec<PlanStep> {
    let mut groups = BTreeMap::<AgentName, u32>::new();
    let mut steps = Vec::new();
    while !drafts.is_empty() {
        let free = |(_, after): &(PlanStep, BTreeSet<AgentName>)| after.iter().all(|agent| groups.contains_key(agent));
        let (mut step, after) = drafts.remove(drafts.iter().position(free).unwrap_or(0));
        step.group = after.iter().filter_map(|agent| groups.get(agent)).map(|group| group + 1).max().unwrap_or(0);
        step.after = after.into_iter().collect();
        groups.insert(step.agent.clone(), step.group);
        steps.push(step);
    }
    steps.sort_by_key(|step| step.group);
    steps
}
