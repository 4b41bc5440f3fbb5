//! What all agents of the crew share: a typed face over the engine's leaf tasks.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{
    AgentName, Artifact, FailureKind, Inputs, Leaf, Need, Output, Quote, Slot, TaskContext, TaskError, TaskSpec, Work,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use story::Seed;

/// An agent with a typed view.
#[async_trait]
pub(crate) trait Agent: Send + Sync + 'static {
    /// Its name in plans and events.
    const NAME: &'static str;
    /// Changes when the same view would give another result.
    const VERSION: u32;
    /// True when it is pure and takes milliseconds.
    const FREE: bool = false;
    /// True when it is made only once the person approved of it.
    const REVIEW: bool = false;
    /// What it really reads.
    type View: Serialize + DeserializeOwned + Send;

    /// The version as it goes into the key.
    fn version(&self) -> String {
        Self::VERSION.to_string()
    }
    /// True when its work is done by another machine.
    fn is_remote(&self) -> bool {
        false
    }
    /// The calls it will make.
    fn quotes(&self) -> Vec<Quote> {
        Vec::new()
    }
    /// The model it calls; null when it calls none.
    fn model(&self) -> Value {
        Value::Null
    }
    /// Takes the view out of the inputs.
    fn view(&self, inputs: &Inputs) -> Result<Self::View, TaskError>;
    /// Makes the result.
    async fn make(&self, view: Self::View, context: &TaskContext) -> Result<Output, TaskError>;
    /// Carries ids over from the last result of the same slot.
    fn carry(&self, last: &Artifact, fresh: Output) -> Output {
        let _ = last;
        fresh
    }
}

struct Typed<A>(A);

#[async_trait]
impl<A: Agent> Leaf for Typed<A> {
    fn version(&self) -> String {
        self.0.version()
    }
    fn review(&self) -> bool {
        A::REVIEW
    }
    fn free(&self) -> bool {
        A::FREE
    }
    fn model(&self) -> Value {
        self.0.model()
    }
    fn view(&self, inputs: &Inputs) -> Result<Value, TaskError> {
        serde_json::to_value(self.0.view(inputs)?).map_err(|e| unfit(A::NAME, &e))
    }
    async fn make(&self, view: Value, context: &TaskContext) -> Result<Output, TaskError> {
        let view = serde_json::from_value(view).map_err(|e| unfit(A::NAME, &e))?;
        self.0.make(view, context).await
    }
    fn carry(&self, last: &Artifact, fresh: Output) -> Output {
        self.0.carry(last, fresh)
    }
}

fn unfit(agent: &str, error: &serde_json::Error) -> TaskError {
    TaskError::new(FailureKind::Invalid, format!("what {agent} reads cannot be stored: {error}"))
}

/// A task for an agent.
pub(crate) fn task<A: Agent>(
    slot: Slot,
    title: impl Into<String>,
    needs: Vec<Need>,
    weight_ms: u32,
    agent: A,
) -> TaskSpec {
    TaskSpec {
        slot,
        agent: AgentName::from(A::NAME),
        title: title.into(),
        needs,
        uses: if agent.is_remote() || A::FREE || A::REVIEW { Vec::new() } else { vec![(crate::CORES, 1)] },
        weight_ms,
        quotes: agent.quotes(),
        work: Work::Leaf(Arc::new(Typed(agent))),
    }
}

/// A slot made of our own words and ids, which are slots by construction; a fault in one shows as a failed task.
pub(crate) fn slot(collection: &str, member: &str) -> Result<Slot, TaskError> {
    let text = if member.is_empty() { collection.to_owned() } else { format!("{collection}/{member}") };
    Slot::new(text).map_err(|e| TaskError::new(FailureKind::Invalid, e.to_string()))
}

/// Waits for one result that stands alone.
pub(crate) fn one(collection: &str) -> Result<Need, TaskError> {
    slot(collection, "").map(Need::One)
}

/// Waits for results that stand alone; for promises, which a fault in a name only makes less exact.
pub(crate) fn alone(slots: &[&str]) -> Vec<Need> {
    slots.iter().filter_map(|name| one(name).ok()).collect()
}

/// Waits for one member of a collection.
pub(crate) fn member(collection: &str, member: &str) -> Result<Need, TaskError> {
    slot(collection, member).map(Need::One)
}

/// Waits until one member of a collection is made or known not to be.
pub(crate) fn member_if_made(collection: &str, member: &str) -> Result<Need, TaskError> {
    slot(collection, member).map(Need::IfMade)
}

/// Waits until it is known which members of a collection are made.
pub(crate) fn all_made(collection: &str) -> Need {
    Need::AllMade(engine::Collection::new(collection))
}

/// Waits for a whole collection.
pub(crate) fn every(collection: &str) -> Need {
    Need::Every(engine::Collection::new(collection))
}

/// The identity of a model as it goes into a key.
pub(crate) fn identity(model: &models::ModelIdentity) -> Value {
    serde_json::json!({ "provider": model.provider, "model": model.model, "version": model.version })
}

/// Thinks by rules, away from the threads that keep the run going: pure work that may take a moment.
pub(crate) async fn by_rule<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, TaskError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| TaskError::new(FailureKind::Local, format!("the work broke off: {e}")))
}

/// The ids of new items: those of the old items that they continue, by [`story::carry_ids`]. Ids are minted by place in
/// the document, so an item that continues nothing may have come to an id that is carried; it gets another one.
pub(crate) fn carried<Id: Clone + Ord + Display + TryFrom<String>>(
    old: &[Id],
    new: &[Id],
    found: &[Option<usize>],
) -> Vec<Id> {
    let mut used: BTreeSet<Id> = found.iter().flatten().map(|of| old[*of].clone()).collect();
    let mut unused = |minted: &Id| {
        let mut id = minted.clone();
        while !used.insert(id.clone()) {
            let text = id.to_string();
            let kind = text.split('_').next().unwrap_or_default();
            let digest = Seed::new(1).fork(&text).value() & 0xffff_ffff_ffff;
            let Ok(next) = Id::try_from(format!("{kind}_{digest:012x}")) else { break };
            id = next;
        }
        id
    };
    new.iter().zip(found).map(|(minted, of)| of.map_or_else(|| unused(minted), |of| old[of].clone())).collect()
}

/// Changes the ids of a fresh document with what `change` finds in the last one; a document that does not fit its
/// type stays as it is.
pub(crate) fn carry_document<T: Serialize + DeserializeOwned>(
    last: &Artifact,
    mut fresh: Output,
    change: impl FnOnce(&T, &mut T),
) -> Output {
    if let (Ok(old), Ok(mut new)) = (last.read::<T>(), serde_json::from_value::<T>(fresh.value.clone())) {
        change(&old, &mut new);
        if let Ok(value) = serde_json::to_value(new) {
            fresh.value = value;
        }
    }
    fresh
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::{Minter, PlaceId};

    #[test]
    fn a_new_item_never_shares_a_carried_id() {
        let mut minter = Minter::new(Seed::new(1));
        let minted: Vec<PlaceId> = (0..3).map(|_| minter.place()).collect();
        assert_eq!(
            carried(&minted, &minted, &[Some(1), Some(0), None]),
            [minted[1].clone(), minted[0].clone(), minted[2].clone()]
        );
        // The first continues what stood second; the second is new, and was minted the second's id.
        let ids = carried(&minted, &minted, &[Some(1), None, None]);
        assert_eq!((&ids[0], &ids[2]), (&minted[1], &minted[2]));
        assert!(!minted.contains(&ids[1]), "{ids:?}");
        assert_eq!(ids, carried(&minted, &minted, &[Some(1), None, None]), "always the same one");
    }
}
