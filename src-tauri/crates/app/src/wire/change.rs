//! A change of the film, before it is applied and when it is asked for.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::MediaRef;

/// What sort of thing is made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ImpactKind {
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

/// How surely it is made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ImpactState {
    /// It is.
    Stale,
    /// It is, if what it is made from comes out otherwise.
    Maybe,
    /// It was not there before.
    New,
}

/// One thing that a change touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImpactItem {
    /// Where it belongs.
    pub slot: String,
    /// What it is, for a person.
    pub title: String,
    /// Who makes it.
    pub agent: String,
    /// The sort.
    pub kind: ImpactKind,
    /// How surely.
    pub state: ImpactState,
    /// What differs, in words; may be empty.
    pub why: String,
    /// How many calls, at most.
    pub calls: u32,
    /// What it costs, at most, in millionths of a US dollar.
    pub most_micros: u32,
    /// How it looks now.
    pub thumb: Option<MediaRef>,
    /// Approved of: it stays as it is unless it is released.
    pub approved: bool,
    /// True when it can stay as it is.
    pub can_keep: bool,
}

/// How much a change takes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CostView {
    /// Tasks that are done again.
    pub tasks: u32,
    /// Calls of models.
    pub calls: u32,
    /// What they cost, in millionths of a US dollar.
    pub micros: u32,
    /// How long it takes.
    pub seconds: u32,
}

/// A field of the brief, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BriefChangeView {
    /// The field ("length").
    pub field: String,
    /// Its value.
    pub before: String,
    /// Its value if the change is made.
    pub after: String,
}

/// A change before it is applied: all that it touches, and what that costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProposalView {
    /// Identity.
    pub id: String,
    /// What is changed.
    pub words: String,
    /// What is made again, in the order of the work.
    pub items: Vec<ImpactItem>,
    /// At least so much.
    pub least: CostView,
    /// At most so much.
    pub most: CostView,
    /// What cannot be done, in words.
    pub conflicts: Vec<String>,
    /// What changes in the brief.
    pub brief: Vec<BriefChangeView>,
}

/// How a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProposalState {
    /// It waits for a word.
    Open,
    /// It became part of the film.
    Applied,
    /// It will not be.
    Dismissed,
}

/// A change that the person asks for by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "kind")]
pub enum ChangeRequest {
    /// Another text for a line.
    Line {
        /// The line.
        line: String,
        /// What it says.
        text: String,
    },
    /// Something once more, by another chance.
    Retake {
        /// Where it belongs.
        slot: String,
    },
    /// A shot less.
    RemoveShot {
        /// Which.
        shot: String,
    },
    /// A shot more.
    InsertShot {
        /// After this one.
        after: String,
        /// What happens in it.
        action: String,
    },
    /// A shot at another place of its scene.
    MoveShot {
        /// Which.
        shot: String,
        /// After this one; empty for the first place.
        after: String,
    },
    /// Another shot in its place; what is not named stays.
    Shot {
        /// Which.
        shot: String,
        /// What happens.
        action: Option<String>,
        /// "wide", "close_up"…
        framing: Option<String>,
        /// "push_in", "hold"…
        camera: Option<String>,
        /// Its length.
        duration_ms: Option<u32>,
    },
    /// Another name for somebody.
    RenameCharacter {
        /// Who.
        cast: String,
        /// The name.
        name: String,
    },
}
