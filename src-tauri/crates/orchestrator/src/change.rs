//! What the maker may want changed, before it becomes a new edition.

use engine::Slot;
use serde::{Deserialize, Serialize};
use story::{Angle, BoardChange, CameraMove, Framing, Mood, NewShot, ShotId};

use crate::BriefChange;

/// A change that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// To a field of the brief.
    Brief(BriefChange),
    /// To what came of the brief.
    Film(story::Change),
    /// To the shots of the scene that a shot is in.
    Board {
        /// The shot; for one that is inserted, the one before it.
        shot: ShotId,
        /// What.
        change: BoardChange,
    },
    /// Another take of what is in a slot.
    Retake(Slot),
    /// To one episode of a series, counted from 0.
    Episode {
        /// Which.
        episode: usize,
        /// Its length in seconds.
        seconds: Option<u32>,
        /// How it feels.
        mood: Option<Mood>,
    },
    /// The brief becomes that of another episode, counted from 0.
    ChooseEpisode(usize),
    /// To stop after each stage, or not.
    Review(bool),
}

impl Change {
    /// Another wording of a line.
    pub fn line(line: story::LineId, text: impl Into<String>) -> Self {
        Self::Film(story::Change::Script(story::ScriptChange::RewriteLine { line, text: text.into() }))
    }

    /// Another name for somebody.
    pub fn rename(cast: story::CastId, name: impl Into<String>) -> Self {
        Self::Film(story::Change::Cast(story::CastChange::Rename { cast, name: name.into() }))
    }

    /// A shot less.
    pub fn remove_shot(shot: ShotId) -> Self {
        Self::Board { change: BoardChange::Remove { shot: shot.clone() }, shot }
    }

    /// A shot more, after another one: what happens in it, in a sentence. Who is in the picture is read from that.
    pub fn insert_shot(after: ShotId, action: impl Into<String>) -> Self {
        let shot = NewShot {
            framing: Framing::Medium,
            angle: Angle::Eye,
            camera: CameraMove::Hold,
            action: action.into(),
            subjects: Vec::new(),
            lines: Vec::new(),
            duration_ms: 3000,
        };
        Self::Board { change: BoardChange::Insert { after: Some(after.clone()), shot }, shot: after }
    }

    /// A shot at another place of its scene; after none is the beginning.
    pub fn move_shot(shot: ShotId, after: Option<ShotId>) -> Self {
        Self::Board { change: BoardChange::Move { shot: shot.clone(), after }, shot }
    }
}
