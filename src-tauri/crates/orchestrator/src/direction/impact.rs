//! What a change makes again, what that costs, and what is locked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::{KeyForm, Micros, TaskSpec};
use story::Conflict;

use super::forecast::{Expected, Fate, Forecast, forecast};
use super::with_pins::WithPins;
use super::{Desk, Direction};
use crate::describe::thing_in;
use crate::documents::Documents;
use crate::replies::{Reply, thing};
use crate::{ConversationError, Cost, Edition, ImpactItem, ItemKind, ItemState};

/// What a change makes again.
#[derive(Debug, Default)]
pub(super) struct Impact {
    pub(super) items: Vec<ImpactItem>,
    pub(super) least: Cost,
    pub(super) most: Cost,
    pub(super) conflicts: Vec<String>,
}

impl Direction {
    /// What an edition makes that is not there, and what it leaves as it is because it is chosen.
    pub(super) async fn impact(
        &self,
        desk: &Desk,
        base: &Edition,
        edition: &Edition,
        documents: &Documents,
    ) -> Result<Impact, ConversationError> {
        let Ok(tasks) = self.graph(desk, edition).await else { return Ok(Impact::default()) };
        let expected = self.expected(desk, edition, tasks.clone()).await?;
        let mut impact = self.sum(&expected, desk, edition, documents);
        self.say_why(&mut impact.items, &expected).await?;
        impact.conflicts = conflicts(&expected, edition, desk);
        if !edition.pins.is_empty() {
            // What the change would make if nothing was chosen, and did not before: that is what is locked.
            let free = |edition: &Edition| Edition { pins: BTreeMap::new(), ..edition.clone() };
            let after = self.expected(desk, &free(edition), tasks).await?;
            let before = match self.graph(desk, base).await {
                Ok(tasks) => self.expected(desk, &free(base), tasks).await?,
                Err(_) => Forecast::default(),
            };
            let forms: BTreeMap<_, _> = before.tasks.iter().map(|task| (&task.slot, (task.fate, &task.form))).collect();
            let touched = after.tasks.iter().filter(|task| {
                let same = forms.get(&task.slot).is_some_and(|(fate, form)| *fate == task.fate && **form == task.form);
                edition.pins.contains_key(&task.slot) && task.fate != Fate::Kept && !same
            });
            let locked = touched.map(|task| ImpactItem {
                locked: true,
                approved: edition.pins.get(&task.slot).is_some_and(|pin| pin.approved),
                ..item(task, edition, desk, documents)
            });
            impact.items.extend(locked.collect::<Vec<_>>());
        }
        Ok(impact)
    }

    /// Says of each item what differs from what was read for its present result.
    async fn say_why(&self, items: &mut [ImpactItem], forecast: &Forecast) -> Result<(), ConversationError> {
        let forms: BTreeMap<_, _> = forecast.tasks.iter().map(|task| (&task.slot, &task.form)).collect();
        for item in items {
            let (Some(present), Some(Some(after))) = (&item.present, forms.get(&item.slot)) else { continue };
            if let Some(before) = self.library().key_form(present).await? {
                item.why = differing(&before, after).join(", ").replace('_', " ");
            }
        }
        Ok(())
    }

    /// What becomes of an edition's tasks.
    async fn expected(
        &self,
        desk: &Desk,
        edition: &Edition,
        tasks: Vec<TaskSpec>,
    ) -> Result<Forecast, ConversationError> {
        let store = Arc::new(WithPins { store: self.store(&desk.project), pins: edition.keys() });
        let measured = self.library().measured().await?;
        forecast(tasks, store, &measured).await.map_err(|e| ConversationError::Document(e.message))
    }

    fn sum(&self, forecast: &Forecast, desk: &Desk, edition: &Edition, documents: &Documents) -> Impact {
        let made: Vec<_> = forecast.tasks.iter().filter(|task| task.fate == Fate::Made).collect();
        let all: Vec<_> = forecast.tasks.iter().filter(|task| task.fate != Fate::Kept).collect();
        let items = all.iter().map(|task| item(task, edition, desk, documents)).collect();
        let side = u64::from(self.inner.side_by_side.max(1));
        let cost = |tasks: &[&Expected], most: bool| {
            let quotes = || tasks.iter().flat_map(|task| &task.quotes);
            let calls = quotes().map(|q| if most { q.most } else { q.least }).sum();
            let price = quotes().map(|q| if most { q.each_most * q.most } else { q.each_least * q.least }).sum();
            let work: u64 = tasks.iter().map(|task| u64::from(task.weight_ms)).sum();
            let longest = tasks.iter().map(|task| u64::from(task.weight_ms)).max().unwrap_or_default();
            let seconds = (work / side).max(longest).div_ceil(1000);
            let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
            Cost { tasks: tasks.len() as u32, calls, price, seconds }
        };
        let least = cost(&made, false);
        let mut most = cost(&all, true);
        for promise in &forecast.promises {
            most.tasks += promise.most;
            most.calls += promise.quotes.iter().map(|q| q.most * promise.most).sum::<u32>();
            most.price = most.price + promise.quotes.iter().map(|q| q.each_most * q.most * promise.most).sum::<Micros>();
            let work = u64::from(promise.most) * u64::from(promise.weight_ms) / side;
            most.seconds += u32::try_from(work.div_ceil(1000)).unwrap_or(u32::MAX);
        }
        Impact { items, least, most, conflicts: Vec::new() }
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
        Ok(forecast.tasks.iter().filter(|task| task.fate == Fate::Kept).count() as u32)
    }

    /// What of what is decided is not there.
    async fn to_make(&self, desk: &Desk) -> Result<Option<Impact>, ConversationError> {
        let Some(edition) = desk.edition() else { return Ok(None) };
        let Ok(tasks) = self.graph(desk, edition).await else { return Ok(None) };
        let forecast = self.expected(desk, edition, tasks).await?;
        Ok(Some(self.sum(&forecast, desk, edition, &Documents::default())))
    }

    /// True when all of what is decided is made already.
    pub(super) async fn is_made(&self, desk: &Desk) -> Result<bool, ConversationError> {
        Ok(self.to_make(desk).await?.is_some_and(|impact| impact.most.tasks == 0))
    }

    /// True when nothing of what is decided costs money.
    pub(super) async fn is_free(&self, desk: &Desk) -> Result<bool, ConversationError> {
        Ok(self.to_make(desk).await?.is_some_and(|i| i.most.price == Micros::ZERO && i.most.calls == 0))
    }
}

fn item(task: &Expected, edition: &Edition, desk: &Desk, documents: &Documents) -> ImpactItem {
    let name = thing(&thing_in(&task.slot, documents), desk.language());
    let title = if task.title.is_empty() || name.contains(&task.title) {
        name
    } else {
        format!("{name}: {}", story::clean_text(&task.title, 80))
    };
    let state = match (task.fate, &task.present) {
        (Fate::Maybe, _) => ItemState::Maybe,
        (_, None) => ItemState::New,
        (_, Some(_)) => ItemState::Stale,
    };
    ImpactItem {
        slot: task.slot.clone(),
        title,
        agent: task.agent.clone(),
        kind: ItemKind::of(&task.slot),
        state,
        why: String::new(),
        calls: task.quotes.iter().map(|q| q.most).sum(),
        most: task.quotes.iter().map(|q| q.each_most * q.most).sum(),
        present: task.present.clone(),
        locked: false,
        approved: edition.pins.get(&task.slot).is_some_and(|pin| pin.approved),
    }
}

/// The revisions that cannot be laid over any more, in words.
fn conflicts(forecast: &Forecast, edition: &Edition, desk: &Desk) -> Vec<String> {
    let document = forecast.documents.iter().find(|(slot, _)| slot.as_str() == "conflicts");
    let found: Vec<Conflict> = document.and_then(|(_, artifact)| artifact.read().ok()).unwrap_or_default();
    let known: BTreeSet<_> = found.iter().map(|conflict| &conflict.revision).collect();
    let lost = edition.revisions.iter().filter(|revision| known.contains(&revision.id));
    let words = lost.map(|revision| {
        let change = crate::Change::Film(revision.change.clone());
        let what = crate::describe::described(&change, &Documents::default(), desk.language());
        desk.words(&Reply::FindsNothing { what })
    });
    words.collect()
}

/// What differs between two forms of the same agent, in the words of their views; empty when nothing is known.
fn differing(before: &KeyForm, after: &KeyForm) -> Vec<String> {
    let mut parts = Vec::new();
    if before.version != after.version {
        parts.push("version".to_owned());
    }
    if before.model != after.model {
        parts.push("model".to_owned());
    }
    if let (Some(old), Some(new)) = (before.view.as_object(), after.view.as_object()) {
        let names: BTreeSet<_> = old.keys().chain(new.keys()).collect();
        parts.extend(names.into_iter().filter(|name| old.get(*name) != new.get(*name)).cloned());
    }
    parts
}
