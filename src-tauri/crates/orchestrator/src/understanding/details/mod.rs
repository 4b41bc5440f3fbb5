//! The details of a change, an export or a look.

mod export;
mod modification;
mod operation;
mod places;
mod review;
mod target;
mod value;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub(super) use export::export;
pub(super) use modification::modification;
pub(super) use review::review;

use crate::wording::{Lexicon, Word};

static TARGETS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&[include_str!("../data/targets.txt")]));

/// The operations that words name, in order.
pub(super) fn operations(words: &[Word]) -> Vec<&'static str> {
    modification::OPERATIONS.find(words).into_iter().map(|h| h.class).collect()
}

/// The things that words name, in order.
pub(super) fn targets(words: &[Word]) -> Vec<&'static str> {
    TARGETS.find(words).into_iter().map(|h| h.class).collect()
}

/// The formats, places and files that words name, in order: "format", "destination"…, or the kind of file itself.
pub(super) fn kinds(words: &[Word]) -> Vec<&'static str> {
    let kind = |class: &'static str| {
        class.split_once('.').map_or(class, |(kind, name)| if kind == "what" { name } else { kind })
    };
    export::KINDS.find(words).into_iter().map(|h| kind(h.class)).collect()
}

/// Which scenes or shots are meant, by their numbers in the cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Numbers {
    /// One of them.
    One(u32),
    /// Several, in the order they were named.
    Many(Vec<u32>),
}

impl Numbers {
    /// `None` for no number.
    pub(crate) fn of(mut list: Vec<u32>) -> Option<Self> {
        match list.len() {
            0 => None,
            1 => list.pop().map(Self::One),
            _ => Some(Self::Many(list)),
        }
    }

    /// The numbers.
    pub fn list(&self) -> Vec<u32> {
        match self {
            Self::One(number) => vec![*number],
            Self::Many(numbers) => numbers.clone(),
        }
    }
}

/// What shall change, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModificationDetails {
    /// The thing changed ("scene", "music"…).
    pub target: Option<String>,
    /// The scenes, when they were named.
    pub scene: Option<Numbers>,
    /// The shots, when they were named.
    pub shot: Option<Numbers>,
    /// Whom it is about.
    pub character: Option<String>,
    /// What is done to it ("remove", "shorten"…).
    pub operation: Option<String>,
    /// What it becomes, or what comes or goes, in the person's words.
    pub value: Option<String>,
}

/// What shall leave the app, and where to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportDetails {
    /// "mp4", "srt"…
    pub format: Option<String>,
    /// "1080p"…
    pub resolution: Option<String>,
    /// "video", "subtitles"…
    pub what: Option<String>,
    /// The scenes, when only some are wanted.
    pub scene: Option<Numbers>,
    /// The shots, when only some are wanted.
    #[serde(skip)]
    pub shot: Option<Numbers>,
    /// "youtube"…
    pub destination: Option<String>,
}

/// What shall be looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewDetails {
    /// "scene", "script"…
    pub target: Option<String>,
    /// The scenes, when they were named.
    pub scene: Option<Numbers>,
}

#[cfg(test)]
mod tests;
