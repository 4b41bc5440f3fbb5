//! A run in which nothing is made: the same graph, with the store's word for what is there.
//!
//! A task whose inputs are known is kept when its key is found, else stale. What a free task would give is made in
//! memory, so that a change stops where it changes nothing. Behind any other stale task, its last result stands in, and
//! nothing is certain any more.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::calls::Caller;
use super::finding::{Found, find};
use super::gathering::Number;
use super::graph::{Ended, Graph, Planned};
use crate::scratch::Scratch;
use crate::tally::{Part, Tally};
use crate::{
    AgentName, Artifact, Collection, Expand, Forecast, ForecastState, ForecastTask, History, Inputs, Key, KeyForm,
    Leaf, Need, Promise, Store, SystemClock, TaskContext, TaskError, TaskSpec, Work,
};

/// What a run of these tasks would do. Calls nobody and keeps nothing; fails when the store does or the order is wrong.
pub async fn forecast(tasks: Vec<TaskSpec>, store: &Arc<dyn Store>, history: &History) -> Result<Forecast, TaskError> {
    let mut run = DryRun {
        graph: Graph::new(Arc::new(SystemClock), Arc::new(history.clone())),
        store: Arc::clone(store),
        history,
        standings: Vec::new(),
        unsure: BTreeSet::new(),
        unknown: BTreeSet::new(),
        keys: HashSet::new(),
        owed: Vec::new(),
    };
    run.graph.begin(tasks)?;
    run.catch_up(true, None);
    while !run.graph.is_settled() {
        let ready = run.graph.take_ready();
        if ready.is_empty() {
            run.graph.break_circles();
        }
        for number in ready {
            run.step(number).await?;
        }
    }
    run.finish().await
}

struct DryRun<'a> {
    graph: Graph,
    store: Arc<dyn Store>,
    history: &'a History,
    standings: Vec<Standing>,
    /// Collections whose members may turn out others than those there are.
    unsure: BTreeSet<Collection>,
    /// Collections of whose members nothing is known.
    unknown: BTreeSet<Collection>,
    /// What is made already, by key: the same work is done once.
    keys: HashSet<Key>,
    /// What expand tasks promised that could not be asked, or not for good.
    owed: Vec<(Number, Promise)>,
}

/// How much is known of a task.
#[derive(Default)]
struct Standing {
    /// True when the result it stands for here is the one that a run would have.
    certain: bool,
    /// True when it is in the graph whatever comes of what is uncertain.
    planned: bool,
    /// The outermost expand task that may give other tasks than this one.
    root: Option<Number>,
    verdict: Option<Verdict>,
}

struct Verdict {
    state: ForecastState,
    why: String,
    least: u32,
}

/// What is known of what a task waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Surely,
    Perhaps,
    Not,
}

impl DryRun<'_> {
    /// Gives every new task a standing.
    fn catch_up(&mut self, planned: bool, root: Option<Number>) {
        while self.standings.len() < self.graph.nodes.len() {
            self.standings.push(Standing { planned, root, ..Standing::default() });
        }
    }

    async fn step(&mut self, number: Number) -> Result<(), TaskError> {
        match self.graph.spec(number).work.clone() {
            Work::Leaf(leaf) => self.leaf(number, leaf.as_ref()).await,
            Work::Expand(expand) => {
                self.expand(number, expand.as_ref());
                Ok(())
            }
        }
    }

    fn known(&self, number: Number) -> Known {
        // What an expand task gives in the end may be another task under the same name.
        let mut known = if self.standings[number].planned { Known::Surely } else { Known::Perhaps };
        for need in &self.graph.spec(number).needs {
            if let Need::Every(name) | Need::AllMade(name) = need {
                if self.unknown.contains(name) {
                    return Known::Not;
                }
                if self.unsure.contains(name) {
                    known = Known::Perhaps;
                }
            }
        }
        for giver in self.graph.givers(number) {
            let lenient = self.graph.spec(number).needs.iter().any(|need| match need {
                Need::IfMade(slot) => *slot == self.graph.spec(giver).slot,
                _ => false,
            });
            if self.graph.nodes[giver].result.is_none() && self.graph.nodes[giver].cause.is_none() && !lenient {
                return Known::Not;
            }
            if !self.standings[giver].certain {
                known = Known::Perhaps;
            }
        }
        known
    }

    async fn leaf(&mut self, number: Number, leaf: &dyn Leaf) -> Result<(), TaskError> {
        let slot = self.graph.spec(number).slot.clone();
        if let Some(artifact) = self.store.pinned(&slot).await.map_err(super::job::store_failure)? {
            self.settle(number, Some(artifact), true, ForecastState::Kept, String::new(), 0);
            return Ok(());
        }
        let known = self.known(number);
        let inputs = self.graph.inputs(number);
        let form = if known == Known::Not { None } else { self.form(number, leaf, &inputs) };
        let Some(form) = form else { return self.unmade(number, None, known).await };
        let found = find(&self.store, &slot, &form, &form.key()).await.map_err(super::job::store_failure)?;
        if let Some(Found { artifact, .. }) = found {
            let (state, why) = match known {
                Known::Surely => (ForecastState::Kept, String::new()),
                _ => (ForecastState::Maybe, "what it reads may change".to_owned()),
            };
            self.settle(number, Some(artifact), known == Known::Surely, state, why, 0);
            return Ok(());
        }
        if leaf.free()
            && let Some(artifact) = self.make(number, leaf, &form).await?
        {
            let (state, why) = self.changed(number, &form).await?;
            let least = self.least(known, state, &form);
            self.settle(number, Some(artifact), known == Known::Surely, state, why, least);
            return Ok(());
        }
        self.unmade(number, Some(form), known).await
    }

    fn form(&self, number: Number, leaf: &dyn Leaf, inputs: &Inputs) -> Option<KeyForm> {
        let agent = self.graph.spec(number).agent.0.clone();
        let view = leaf.view(inputs).ok()?;
        Some(KeyForm { agent, version: leaf.version(), model: leaf.model(), view })
    }

    /// Makes what costs nothing, in memory.
    async fn make(&self, number: Number, leaf: &dyn Leaf, form: &KeyForm) -> Result<Option<Artifact>, TaskError> {
        let context = TaskContext {
            store: Arc::clone(&self.store),
            cancel: CancellationToken::new(),
            progress: Arc::new(|_| {}),
            scratch: Scratch::new(Arc::clone(&self.store)),
            caller: Caller::alone(Arc::clone(&self.store)),
        };
        let Ok(mut output) = leaf.make(form.view.clone(), &context).await else { return Ok(None) };
        let last = self.store.last(&self.graph.spec(number).slot).await.map_err(super::job::store_failure)?;
        if let Some(last) = last {
            output = leaf.carry(&last, output);
        }
        let bare = output.blobs.is_empty();
        Ok(bare.then(|| Artifact { key: form.key(), value: output.value, blobs: Vec::new() }))
    }

    /// A task whose new result nobody knows: the last one stands in.
    async fn unmade(&mut self, number: Number, form: Option<KeyForm>, known: Known) -> Result<(), TaskError> {
        let last = self.store.last(&self.graph.spec(number).slot).await.map_err(super::job::store_failure)?;
        let (state, why, least) = if let Some(form) = &form {
            let (state, why) = self.changed(number, form).await?;
            let least = self.least(known, state, form);
            (state, why, least)
        } else {
            let state = if last.is_some() { ForecastState::Stale } else { ForecastState::New };
            (state, "it reads what is not there yet".to_owned(), u32::from(known == Known::Not))
        };
        self.settle(number, last, false, state, why, least);
        Ok(())
    }

    /// How often a task whose key was not found is made at least.
    fn least(&mut self, known: Known, state: ForecastState, form: &KeyForm) -> u32 {
        let first = self.keys.insert(form.key());
        u32::from(first && (known == Known::Surely || state == ForecastState::New))
    }

    async fn changed(&self, number: Number, form: &KeyForm) -> Result<(ForecastState, String), TaskError> {
        let slot = &self.graph.spec(number).slot;
        let Some(last) = self.store.last(slot).await.map_err(super::job::store_failure)? else {
            return Ok((ForecastState::New, "it was never made".to_owned()));
        };
        let before = self.store.form(&last.key).await.map_err(super::job::store_failure)?;
        Ok((ForecastState::Stale, before.map(|before| before.why(form)).unwrap_or_default()))
    }

    fn settle(
        &mut self,
        number: Number,
        result: Option<Artifact>,
        certain: bool,
        state: ForecastState,
        why: String,
        least: u32,
    ) {
        let standing = &mut self.standings[number];
        standing.certain = certain;
        let least = if standing.planned { least } else { 0 };
        standing.verdict = Some(Verdict { state, why, least });
        let ended = result.map_or(Ended::Unmade, |artifact| Ended::Reused { artifact, refreshable: false });
        self.graph.end(number, ended);
        self.graph.take_events();
    }

    fn expand(&mut self, number: Number, expand: &dyn Expand) {
        let known = self.known(number);
        let given = if known == Known::Not { None } else { expand.expand(&self.graph.inputs(number)).ok() };
        let sure = known == Known::Surely && given.is_some();
        let Standing { planned, root, .. } = self.standings[number];
        let root = root.or((!sure).then_some(number));
        if !sure {
            let doubtful = if given.is_some() { &mut self.unsure } else { &mut self.unknown };
            doubtful.extend(expand.feeds());
        }
        if root == Some(number) {
            self.owed.extend(expand.promises().into_iter().map(|promise| (number, promise)));
        }
        let tasks = given.unwrap_or_default().into_iter().map(|task| Planned::new(task, self.history)).collect();
        self.graph.end(number, Ended::Gave { tasks });
        self.graph.take_events();
        self.catch_up(planned && sure, root);
        self.standings[number].certain = sure;
    }

    async fn finish(mut self) -> Result<Forecast, TaskError> {
        let mut tally = Tally::default();
        let mut tasks = Vec::new();
        let mut given = BTreeMap::<(Number, AgentName, Collection), u32>::new();
        let mut order: Vec<Number> = (0..self.graph.nodes.len()).collect();
        order.sort_by(|a, b| self.graph.nodes[*a].place.cmp(&self.graph.nodes[*b].place));
        for number in order {
            let Work::Leaf(leaf) = self.graph.spec(number).work.clone() else { continue };
            if self.standings[number].verdict.is_none() {
                // Something it waits for is not even known.
                self.unmade(number, None, Known::Not).await?;
            }
            let spec = self.graph.spec(number);
            let Standing { root, verdict, .. } = &self.standings[number];
            let Some(Verdict { state, why, least }) = verdict else { continue };
            if let Some(root) = root {
                *given.entry((*root, spec.agent.clone(), spec.slot.collection())).or_default() += 1;
            }
            if *state != ForecastState::Kept {
                tally.add_leaf(spec, leaf.as_ref(), self.history, (*least, 1));
            }
            tasks.push(ForecastTask {
                slot: spec.slot.clone(),
                agent: spec.agent.clone(),
                title: spec.title.clone(),
                state: *state,
                why: why.clone(),
                quotes: spec.quotes.clone(),
            });
        }
        for (number, promise) in &self.owed {
            let known = given.remove(&(*number, promise.agent.clone(), promise.collection.clone())).unwrap_or(0);
            // Where nothing is known yet, the promise is all there is; where something is, it may be all there will be.
            let nothing = self.unknown.contains(&promise.collection) && self.standings[*number].planned;
            let left = Promise {
                least: if nothing { promise.least.saturating_sub(known) } else { 0 },
                most: promise.most.saturating_sub(known),
                ..promise.clone()
            };
            tally.add(&Part::promise(self.graph.spec(*number), &left, self.history));
        }
        Ok(Forecast { tasks, plan: tally.plan() })
    }
}
