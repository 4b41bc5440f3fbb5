//! Editions: what the maker decided. An edition and the crew are all that decides a film.

use std::collections::BTreeMap;

use agents::Wishes;
use engine::{Key, Slot};
use serde::{Deserialize, Serialize};
use story::{Brief, Revision};

use crate::Series;

/// A choice: this result and no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// The result.
    pub key: Key,
    /// True when the person approved of it: no change touches it until they release it.
    #[serde(default)]
    pub approved: bool,
}

/// All that the maker decided at one moment. It is the one input of the film's graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// What they want.
    pub brief: Brief,
    /// What they changed in what came of it, in order.
    #[serde(default)]
    pub revisions: Vec<Revision>,
    /// Which take of a slot, counted up with every retake.
    #[serde(default)]
    pub seeds: BTreeMap<Slot, u32>,
    /// What they chose.
    #[serde(default)]
    pub pins: BTreeMap<Slot, Pin>,
    /// True to stop after each stage.
    #[serde(default)]
    pub review: bool,
    /// Counts up from 1 with every "another version".
    #[serde(default)]
    pub version: u32,
    /// The films that this one is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<Series>,
}

impl Edition {
    /// A brief and no more.
    pub fn of(brief: Brief) -> Self {
        Self {
            brief,
            revisions: Vec::new(),
            seeds: BTreeMap::new(),
            pins: BTreeMap::new(),
            review: false,
            version: 1,
            series: None,
        }
    }

    /// What the film's graph is made from.
    pub(crate) fn wishes(&self) -> Wishes {
        Wishes {
            brief: self.brief.clone(),
            revisions: self.revisions.clone(),
            seeds: self.seeds.iter().map(|(slot, take)| (slot.to_string(), *take)).collect(),
            review: self.review,
        }
    }

    /// The chosen result of each slot.
    pub(crate) fn keys(&self) -> BTreeMap<Slot, Key> {
        self.pins.iter().map(|(slot, pin)| (slot.clone(), pin.key.clone())).collect()
    }
}
