//! Revisions: what the maker changes in a film by saying so, as data laid over what the agents gave.
//!
//! A revision names its target by id and keeps the hash of what it was made against. Laid over a document in which that
//! is gone or has become something else, it is a [`Conflict`] that can be shown, and the rest is laid over all the same.
//! What a revision adds gets ids minted from the revision's own, so they are stable and move no other id. What belongs to
//! the brief (length, shape, sound, captions, language) is changed there.

mod board;
mod cast;
mod look;
mod places;
mod script;
#[cfg(test)]
mod tests;

pub use board::{BoardChange, NewShot};
pub use cast::{CastChange, NewCharacter, Trait};
pub use look::{LookChange, ScoreChange, VoiceChange};
pub use places::PlacesChange;
pub use script::{NewLine, NewScene, ScriptChange};

use serde::{Deserialize, Serialize};

use crate::ids::Minted;
use crate::{CastId, LineId, PlaceId, RevisionId, SceneId, ShotId};

/// What a revision does.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// To the script.
    Script(ScriptChange),
    /// To the cast.
    Cast(CastChange),
    /// To the places.
    Places(PlacesChange),
    /// To the storyboard of one scene.
    Board {
        /// The scene.
        scene: SceneId,
        /// What.
        change: BoardChange,
    },
    /// To the look of the whole film.
    Look(LookChange),
    /// To how somebody is voiced.
    Voice(VoiceChange),
    /// To the music.
    Score(ScoreChange),
}

/// The hash of what a revision was made against.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Base(String);

impl Base {
    /// The hash of a part of a document.
    pub(crate) fn of(part: &impl Serialize) -> Self {
        // A part is plain data of this room, which JSON can always hold; should it ever not, no base is equal to it.
        let text = serde_json::to_vec(part).unwrap_or_default();
        Self(blake3::hash(&text).to_hex()[..16].to_owned())
    }

    /// The base of a change that goes well with whatever its target has become.
    pub(crate) fn any() -> Self {
        Self::of(&())
    }
}

/// A change that the maker asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Revision {
    /// Identity.
    pub id: RevisionId,
    /// What it was made against.
    pub base: Base,
    /// What it does.
    pub change: Change,
}

/// Why a revision could not be laid over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clash {
    /// What it is about is not there any more.
    Gone,
    /// What it was made against has become something else.
    Changed,
}

/// A revision that could not be laid over.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Conflict {
    /// Which.
    pub revision: RevisionId,
    /// Why.
    pub clash: Clash,
}

/// What a change finds in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// It is about another document.
    Elsewhere,
    /// It is about this one, and what it changes is not there.
    Gone,
    /// It changes this.
    Is(Base),
}

impl Target {
    /// The target of a change whose part may be missing.
    fn part(part: Option<impl Serialize>) -> Self {
        part.map_or(Self::Gone, |part| Self::Is(Base::of(&part)))
    }

    /// The target of a change that only asks for something to be there.
    fn present(there: bool) -> Self {
        if there { Self::Is(Base::any()) } else { Self::Gone }
    }
}

/// A document that revisions can be laid over.
pub trait Revisable: Clone {
    /// What a change finds in it.
    fn target(&self, change: &Change) -> Target;

    /// Makes a change whose target is there. `by` is the revision that the ids of what is added come from.
    fn make(&mut self, by: &RevisionId, change: &Change);
}

impl Revision {
    /// A revision of a document as it is now; `None` when the change finds nothing in it. The document is the one the maker
    /// sees, with the earlier revisions laid over.
    pub fn of(id: RevisionId, change: Change, document: &impl Revisable) -> Option<Self> {
        match document.target(&change) {
            Target::Is(base) => Some(Self { id, base, change }),
            Target::Elsewhere | Target::Gone => None,
        }
    }
}

/// Lays revisions over a document, in order. Those of other documents are passed over.
pub fn apply<T: Revisable>(document: &T, revisions: &[Revision]) -> (T, Vec<Conflict>) {
    let mut revised = document.clone();
    let mut conflicts = Vec::new();
    for revision in revisions {
        let mut clash = |clash| conflicts.push(Conflict { revision: revision.id.clone(), clash });
        match revised.target(&revision.change) {
            Target::Elsewhere => {}
            Target::Gone => clash(Clash::Gone),
            Target::Is(base) if base != revision.base => clash(Clash::Changed),
            Target::Is(_) => revised.make(&revision.id, &revision.change),
        }
    }
    (revised, conflicts)
}

impl RevisionId {
    fn minted<Id: Minted>(&self, what: &str) -> Id {
        let hash = blake3::hash(format!("{self} {what}").as_bytes());
        Id::from_digest(&hash.to_hex()[..12])
    }

    /// The id of the scene that this revision adds.
    pub fn scene(&self) -> SceneId {
        self.minted("scene")
    }

    /// The id of the line, by number, that this revision adds.
    pub fn line(&self, number: usize) -> LineId {
        self.minted(&format!("line {number}"))
    }

    /// The id of the shot that this revision adds.
    pub fn shot(&self) -> ShotId {
        self.minted("shot")
    }

    /// The id of the character that this revision adds.
    pub fn cast(&self) -> CastId {
        self.minted("cast")
    }
}

/// The id of the place that a scene has to itself once its place was revised: the same whatever was revised first.
fn own_place(scene: &SceneId) -> PlaceId {
    let hash = blake3::hash(format!("the place of {scene}").as_bytes());
    PlaceId::from_digest(&hash.to_hex()[..12])
}

/// Puts an item behind another one, or at the beginning.
fn put_after<T>(items: &mut Vec<T>, item: T, after: impl Fn(&T) -> bool) {
    let at = items.iter().position(after).map_or(0, |at| at + 1);
    items.insert(at, item);
}

/// Takes the item that is meant out of a list.
fn take<T>(items: &mut Vec<T>, meant: impl Fn(&T) -> bool) -> Option<T> {
    items.iter().position(meant).map(|at| items.remove(at))
}
