//! From what is stored to what is shown. Reads only.

pub(crate) mod brief;
pub(crate) mod documents;
pub(crate) mod history;
pub(crate) mod messages;
pub(crate) mod money;
pub(crate) mod project;
pub(crate) mod proposal;
pub(crate) mod takes;
pub(crate) mod tasks;

use engine::{Artifact, Blob, Micros};

use crate::wire::{MediaRef, Stage};

/// A blob as a front end names it.
pub(crate) fn media(blob: &Blob) -> MediaRef {
    MediaRef { id: blob.hash.as_str().to_owned(), media: blob.media.clone() }
}

/// What there is to see or hear of a result: its picture, its video or its sound.
pub(crate) fn look(artifact: &Artifact) -> Option<MediaRef> {
    ["picture", "video", "sound"].iter().find_map(|role| artifact.blob(role).ok()).map(media)
}

/// Money as a front end has it; more than it can hold is the most that it can.
pub(crate) fn micros(money: Micros) -> u32 {
    u32::try_from(money.0).unwrap_or(u32::MAX)
}

/// Milliseconds since 1970 as seconds.
pub(crate) fn seconds(ms: u64) -> u32 {
    u32::try_from(ms / 1000).unwrap_or(u32::MAX)
}

/// The stage that a stored word names.
pub(crate) fn stage(word: &str) -> Stage {
    match orchestrator::Stage::of(word) {
        orchestrator::Stage::Empty => Stage::Empty,
        orchestrator::Stage::Planned => Stage::Planned,
        orchestrator::Stage::Making => Stage::Making,
        orchestrator::Stage::Unfinished => Stage::Unfinished,
        orchestrator::Stage::Film => Stage::Film,
    }
}
