//! What was decided, and what can be gone back to.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A state of the film that can be gone back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EditionView {
    /// Its number.
    pub number: u32,
    /// What was changed.
    pub words: String,
    /// When, in seconds since 1970.
    pub at_s: u32,
    /// True for the one that counts.
    pub current: bool,
}

/// The history of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryView {
    /// True when there is something to take back.
    pub can_undo: bool,
    /// True when there is something to do again.
    pub can_redo: bool,
    /// What undo takes back; may be empty.
    pub undo_words: String,
    /// What redo does again; may be empty.
    pub redo_words: String,
    /// The newest 50, oldest first.
    pub editions: Vec<EditionView>,
}
