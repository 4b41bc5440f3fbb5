//! What a change makes again, what that costs, and what is locked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::{Forecast, ForecastState, ForecastTask, Micros, Slot, Store, TaskSpec, forecast};

use super::with_pins::WithPins;
use super::{Desk, Direction};
use crate::describe::{described, thing_in};
use crate::documents::Documents;
use crate::replies::{Reply, thing};
use crate::{Change, ConversationError, Cost, Edition, ImpactItem, ItemKind, ItemState};

/// What a change makes again.
#[derive(Debug, Default)]
pub(super) struct Impact {
    pub(super) items: Vec<ImpactItem>,
    pub(super) least: Cost,
    pub(super) most: Cost,
    pub(super) conflicts: Vec<String>,
}

impl Direction {
    /// What an edition makes that is not there, and what it leaves as it is because it is chosen. `documents` are the
    /// film's with the edition's revisions.
    pub(super) async fn impact(
        &self,
        desk: &Desk,
        base: &Edition,
        edition: &Edition,
        documents: &Documents,
    ) -> Result<Impact, ConversationError> {
        let conflicts = conflicts(edition, documents, desk);
        let Ok(tasks) = self.graph(desk, edition).await else {
            return Ok(Impact { conflicts, ..Impact::default() });
        };
        let expected = self.expected(desk, edition, tasks.clone()).await?;
        let made = expected.tasks.iter().filter(|task| is_made(task) && !documents.lacks(&task.slot));
        let mut items: Vec<_> = made.map(|task| item(task, desk, documents)).collect();
        items.extend(new_pieces(&expected, documents).iter().map(|task| item(task, desk, documents)));
        if !edition.pins.is_empty() {
            let locked = self.locked(desk, base, edition, tasks, &expected).await?;
            items.extend(locked.iter().map(|task| ImpactItem {
                locked: true,
                approved: edition.pins.get(&task.slot).is_some_and(|pin| pin.approved),
                ..item(task, desk, documents)
            }));
        }
        let (mut least, mut most) = self.costs(&expected);
        // What is shown is what is counted.
        let made = || items.iter().filter(|item| !item.locked);
        least.tasks = made().filter(|item| item.state != ItemState::Maybe).count() as u32;
        most.tasks = made().count() as u32;
        Ok(Impact { items, least, most, conflicts })
    }

    /// What a change would make again if it was not chosen: without choices its fate would be another one than before, or
    /// others of its sort are made again.
    async fn locked(
        &self,
        desk: &Desk,
        base: &Edition,
        edition: &Edition,
        tasks: Vec<TaskSpec>,
        expected: &Forecast,
    ) -> Result<Vec<ForecastTask>, ConversationError> {
        let free = |edition: &Edition| Edition { pins: BTreeMap::new(), ..edition.clone() };
        let after = self.expected(desk, &free(edition), tasks).await?;
        let before = match self.graph(desk, base).await {
            Ok(tasks) => self.expected(desk, &free(base), tasks).await?,
            Err(_) => Forecast::default(),
        };
        let fates: BTreeMap<_, _> = before.tasks.iter().map(|task| (&task.slot, (task.state, &task.why))).collect();
        let made: BTreeSet<_> = expected.tasks.iter().filter(|t| is_made(t)).map(|t| t.slot.collection()).collect();
        let touched = |task: &ForecastTask| {
            let same = fates.get(&task.slot).is_some_and(|fate| *fate == (task.state, &task.why));
            !same || made.contains(&task.slot.collection())
        };
        let chosen = after.tasks.into_iter().filter(|task| edition.pins.contains_key(&task.slot) && is_made(task));
        Ok(chosen.filter(touched).collect())
    }

    /// What becomes of an edition's tasks.
    async fn expected(
        &self,
        desk: &Desk,
        edition: &Edition,
        tasks: Vec<TaskSpec>,
    ) -> Result<Forecast, ConversationError> {
        let store: Arc<dyn Store> = Arc::new(WithPins { store: self.store(&desk.project), pins: edition.keys() });
        let history = self.library().measured().await?;
        // On the heap: a forecast holds a graph while it goes.
        Box::pin(forecast(tasks, &store, &history)).await.map_err(ConversationError::Graph)
    }

    fn costs(&self, forecast: &Forecast) -> (Cost, Cost) {
        let plan = &forecast.plan;
        let (calls, price) = (plan.calls(), plan.price());
        let ms = plan.expected_ms(self.inner.side_by_side);
        let tasks = |count: fn(&engine::PlanStep) -> u32| plan.steps.iter().map(count).sum();
        let cost = |tasks, calls, price, ms: u32| Cost { tasks, calls, price, seconds: ms.div_ceil(1000) };
        (cost(tasks(|s| s.least), calls.0, price.0, ms.0), cost(tasks(|s| s.most), calls.1, price.1, ms.1))
    }

    /// How many results of an edition are there already.
    pub(super) async fn made_already(
        &self,
        desk: &Desk,
        edition: &Edition,
        tasks: &[TaskSpec],
    ) -> Result<u32, ConversationError> {
        if desk.snapshot.slots.is_empty() {
            return Ok(0);
        }
        let forecast = self.expected(desk, edition, tasks.to_vec()).await?;
        Ok(forecast.tasks.iter().filter(|task| task.state == ForecastState::Kept).count() as u32)
    }

    /// What all that is decided and not there costs at most; `None` when it cannot be made here.
    async fn to_make(&self, desk: &Desk) -> Result<Option<Cost>, ConversationError> {
        let Some(edition) = desk.edition() else { return Ok(None) };
        let Ok(tasks) = self.graph(desk, edition).await else { return Ok(None) };
        let forecast = self.expected(desk, edition, tasks).await?;
        Ok(Some(self.costs(&forecast).1))
    }

    /// True when all of what is decided is made already.
    pub(super) async fn is_made(&self, desk: &Desk) -> Result<bool, ConversationError> {
        Ok(self.to_make(desk).await?.is_some_and(|most| most.tasks == 0))
    }

    /// True when nothing of what is decided costs money.
    pub(super) async fn is_free(&self, desk: &Desk) -> Result<bool, ConversationError> {
        Ok(self.to_make(desk).await?.is_some_and(|most| most.price == Micros::ZERO && most.calls == 0))
    }
}

/// True for what is made, or may be; the maker's own changes laid over a draft are no work.
fn is_made(task: &ForecastTask) -> bool {
    task.state != ForecastState::Kept && !matches!(task.agent.0.as_str(), "revisions" | "review")
}

fn item(task: &ForecastTask, desk: &Desk, documents: &Documents) -> ImpactItem {
    let name = thing(&thing_in(&task.slot, documents), desk.language());
    let title = if task.title.is_empty() || name.contains(&task.title) {
        name
    } else {
        format!("{name}: {}", story::clean_text(&task.title, 80))
    };
    ImpactItem {
        slot: task.slot.clone(),
        title,
        agent: task.agent.clone(),
        kind: ItemKind::of(&task.slot),
        state: match task.state {
            ForecastState::Maybe => ItemState::Maybe,
            ForecastState::New => ItemState::New,
            ForecastState::Stale | ForecastState::Kept => ItemState::Stale,
        },
        why: task.why.clone(),
        calls: task.quotes.iter().map(|quote| quote.most).sum(),
        most: task.quotes.iter().map(|quote| quote.each_most * quote.most).sum(),
        present: present(desk, &task.slot),
        locked: false,
        approved: false,
    }
}

/// The pieces of the cut of shots that were not there when it was cut last: the timeline that will name them is not made yet.
fn new_pieces(expected: &Forecast, documents: &Documents) -> Vec<ForecastTask> {
    let Some(like) = expected.tasks.iter().find(|task| task.slot.collection().as_str() == "segment") else {
        return Vec::new();
    };
    let slots = documents.shots().into_iter().filter_map(|(_, shot)| Slot::new(format!("segment/{}", shot.id)).ok());
    let new = slots.filter(|slot| expected.tasks.iter().all(|task| task.slot != *slot));
    let piece = |slot| ForecastTask { slot, state: ForecastState::New, quotes: Vec::new(), ..like.clone() };
    new.map(piece).collect()
}

fn present(desk: &Desk, slot: &Slot) -> Option<engine::Key> {
    desk.snapshot.slots.get(slot).cloned()
}

/// The revisions that cannot be laid over the film as it is, in words.
fn conflicts(edition: &Edition, documents: &Documents, desk: &Desk) -> Vec<String> {
    let lost = edition.revisions.iter().filter(|r| documents.conflicts.iter().any(|c| c.revision == r.id));
    let words = lost.map(|revision| {
        let what = described(&Change::Film(revision.change.clone()), documents, desk.language());
        desk.words(&Reply::FindsNothing { what })
    });
    words.collect()
}
