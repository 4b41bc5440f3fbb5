//! Proposals: a change as it would be, with what it makes again and what that costs, before anything is decided.

use engine::{AgentName, Key, Micros, Slot};
use serde::{Deserialize, Serialize};

use crate::{Change, Edition};

/// Which proposal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProposalId(pub String);

impl std::fmt::Display for ProposalId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalState {
    /// It waits for a word.
    Open,
    /// It became an edition.
    Applied,
    /// It will not be.
    Dismissed,
}

/// What sort of thing is made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// Script, cast, places, storyboard.
    Text,
    /// A spoken line.
    Voice,
    /// A sheet or a frame.
    Picture,
    /// A moving picture.
    Clip,
    /// The score.
    Music,
    /// The pieces of the film and the film itself.
    Cut,
}

impl ItemKind {
    /// The sort of what is in a slot.
    pub fn of(slot: &Slot) -> Self {
        match slot.collection().as_str() {
            "voice" => Self::Voice,
            "frame" | "portrait" | "set" => Self::Picture,
            "clip" => Self::Clip,
            "music" => Self::Music,
            "segment" | "sound" | "film" => Self::Cut,
            _ => Self::Text,
        }
    }
}

/// How surely something is made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// It is.
    Stale,
    /// It is, if what it is made from comes out otherwise.
    Maybe,
    /// It was not there before.
    New,
}

/// One thing that a change touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImpactItem {
    /// Where it belongs.
    pub slot: Slot,
    /// What it is, for a person ("Shot 3: the fox looks up").
    pub title: String,
    /// Who makes it.
    pub agent: AgentName,
    /// The sort.
    pub kind: ItemKind,
    /// How surely.
    pub state: ItemState,
    /// What differs, in words; may be empty.
    pub why: String,
    /// How many calls, at most.
    pub calls: u32,
    /// What it costs, at most.
    pub most: Micros,
    /// The result that is there now.
    pub present: Option<Key>,
    /// True when it is chosen, approved of or not: it stays as it is unless it is released.
    pub locked: bool,
    /// True when the person approved of it.
    pub approved: bool,
}

impl ImpactItem {
    /// True when the person can keep it as it is: it has a result that can be looked at or heard.
    pub fn can_keep(&self) -> bool {
        self.present.is_some() && !matches!(self.kind, ItemKind::Text | ItemKind::Cut)
    }
}

/// How much a change takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Tasks that are done again.
    pub tasks: u32,
    /// Calls of models.
    pub calls: u32,
    /// What they cost.
    pub price: Micros,
    /// How long it takes, in seconds.
    pub seconds: u32,
}

/// A field of the brief, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field, as [`crate::BriefChange::field`] names it.
    pub field: String,
    /// Its value.
    pub before: String,
    /// Its value if the change is made.
    pub after: String,
}

/// A change as it would be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Identity.
    pub id: ProposalId,
    /// What is changed, in words.
    pub words: String,
    /// The edition that it is made from.
    pub base: Option<u32>,
    /// What was wanted, so that it can be worked out again when the base changed.
    pub changes: Vec<Change>,
    /// What the edition would be.
    pub edition: Edition,
    /// What is made again, in the order of the work.
    pub items: Vec<ImpactItem>,
    /// At least so much.
    pub least: Cost,
    /// At most so much.
    pub most: Cost,
    /// What cannot be done, in words.
    pub conflicts: Vec<String>,
    /// What changes in the brief.
    pub brief: Vec<FieldChange>,
}

/// What the person says of a proposal's items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Slots that stay as they are: they become pins.
    pub keep: Vec<Slot>,
    /// Slots that were locked and are made again.
    pub release: Vec<Slot>,
}

/// Work of at most so many seconds is done at once when it costs nothing.
const SMALL_SECONDS: u32 = 10;

impl Proposal {
    /// True when there is nothing to ask: it costs no money and little time, meets no lock and no conflict.
    pub(crate) fn is_small(&self) -> bool {
        self.most.price == Micros::ZERO
            && self.most.calls == 0
            && self.most.seconds <= SMALL_SECONDS
            && self.conflicts.is_empty()
            && !self.items.iter().any(|item| item.locked)
    }
}
