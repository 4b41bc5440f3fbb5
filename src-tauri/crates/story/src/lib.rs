//! What a film is made of, as plain data: brief, look, script, cast, places, storyboard, shots, timeline,
//! revisions, ids.
//!
//! This room owns the field's own words. It must not do anything: no async, no I/O, no randomness but what a
//! [`Seed`] gives. Every other room reads these types; they serialise to the documents a project keeps, so a field
//! is added with a default and never renamed.

mod aspect;
mod board;
mod brief;
mod cast;
mod ids;
mod look;
mod matching;
mod mood;
mod place;
mod revision;
mod score;
mod script;
mod seed;
mod text;
mod timeline;
mod voices;

pub use aspect::{Aspect, AspectError, Size};
pub use board::{Angle, CameraMove, Facing, Framing, Pose, Shot, Storyboard, Subject, SubjectOf};
pub use brief::{Brief, BriefError, MAX_DURATION_S, MIN_DURATION_S, Provenance, Said, Sound};
pub use cast::{Age, Cast, Character, Features, Gender, Nature};
pub use ids::{CastId, IdError, LineId, Minter, PlaceId, RevisionId, SceneId, ShotId};
pub use look::{Light, Look, Style};
pub use matching::{carry_ids, word_likeness};
pub use mood::Mood;
pub use place::{Place, PlaceKind, Places, TimeOfDay, Weather};
pub use revision::{
    Base, BoardChange, CastChange, Change, Clash, Conflict, LookChange, NewCharacter, NewLine, NewScene, NewShot,
    PlacesChange, Revisable, Revision, ScoreChange, ScriptChange, Target, Trait, VoiceChange, apply,
};
pub use score::{ScoreSection, ScoreSheet, ScoreWish};
pub use script::{Kind, Line, Scene, Script, Speaker, Speaking};
pub use seed::{Rng, Seed};
pub use text::{Language, clean_text, sentence_case, words};
pub use timeline::{Caption, CardText, TimedLine, TimedShot, Timeline, WordTime};
pub use voices::{VoiceWish, Voices};
