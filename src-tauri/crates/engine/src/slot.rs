//! Addresses: where in the graph a result belongs, and what a task waits for.

use serde::{Deserialize, Serialize};

/// A text that is no slot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a slot: it must be lower-case letters, digits, '_' and '-', in parts joined by '/'")]
pub struct SlotError(String);

/// The stable address of a result: `script`, or `frame/sh_01ab` for a member of the collection `frame`. It names what
/// the result is for, never where it stands in a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slot(String);

impl Slot {
    /// A slot that stands alone, or the member `member` of a collection.
    pub fn new(text: impl Into<String>) -> Result<Self, SlotError> {
        let text = text.into();
        let part = |p: &str| {
            !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
        };
        if text.len() <= 120 && text.split('/').all(part) { Ok(Self(text)) } else { Err(SlotError(text)) }
    }

    /// Where a task belongs that is made outside a run.
    pub(crate) fn alone() -> Self {
        Self("alone".to_owned())
    }

    /// The slot as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the first `/`.
    pub fn collection(&self) -> Collection {
        Collection(self.collection_name().to_owned())
    }

    pub(crate) fn collection_name(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// The part after the first `/`; empty for a slot that stands alone.
    pub fn member(&self) -> &str {
        self.0.split_once('/').map_or("", |(_, member)| member)
    }
}

impl std::borrow::Borrow<str> for Slot {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slot {
    type Error = SlotError;
    fn try_from(text: String) -> Result<Self, SlotError> {
        Self::new(text)
    }
}

impl From<Slot> for String {
    fn from(slot: Slot) -> String {
        slot.0
    }
}

impl std::fmt::Display for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name that the members of a collection share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Collection(String);

impl Collection {
    /// A collection by name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The slot of one member.
    pub fn slot(&self, member: &str) -> Result<Slot, SlotError> {
        Slot::new(format!("{}/{member}", self.0))
    }
}

impl std::borrow::Borrow<str> for Collection {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Collection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a task waits for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// One result.
    One(Slot),
    /// One result, or none when it failed, was skipped or given up: met once that is known either way.
    IfMade(Slot),
    /// Every member of a collection, once no expand task that feeds it is left to run.
    Every(Collection),
    /// Those members of a collection that were made, once all are settled and no expand task that feeds it is left,
    /// even if one failed.
    AllMade(Collection),
}

impl Need {
    /// The collection it asks for, or the one that its slot is in.
    pub fn collection(&self) -> Collection {
        Collection(self.collection_name().to_owned())
    }

    pub(crate) fn collection_name(&self) -> &str {
        match self {
            Self::One(slot) | Self::IfMade(slot) => slot.collection_name(),
            Self::Every(collection) | Self::AllMade(collection) => collection.as_str(),
        }
    }

    /// True when the task goes on without what was not made.
    pub fn can_do_without(&self) -> bool {
        matches!(self, Self::IfMade(_) | Self::AllMade(_))
    }
}

impl std::fmt::Display for Need {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::One(slot) | Self::IfMade(slot) => slot.fmt(f),
            Self::Every(collection) | Self::AllMade(collection) => collection.fmt(f),
        }
    }
}

/// Something there is only so much of on this machine or at a provider (cores, calls at once).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resource(pub &'static str);

/// One run of a graph.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub String);

impl std::fmt::Display for RunId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
