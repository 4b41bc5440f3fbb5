//! What went wrong, at the edge: a code to branch on, and words for a person.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The kinds of trouble a front end shows in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The request itself is wrong: empty, too long, out of bounds.
    BadRequest,
    /// What was named is not there (any more).
    NotFound,
    /// The state does not allow it now (nothing to start, a run is going on).
    NotNow,
    /// Another process holds the library.
    LibraryHeld,
    /// The library was made by a newer version.
    LibraryNewer,
    /// The library's files cannot be read or written.
    Storage,
    /// A file from outside is not what it should be, or damaged.
    BadFile,
    /// The disk is full.
    DiskFull,
    /// ffmpeg is missing.
    NoFfmpeg,
    /// A task failed.
    TaskFailed,
    /// Stopped by the person.
    Cancelled,
    /// A fault in the program.
    Internal,
}

/// A trouble in words: what happened, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{message}")]
pub struct Problem {
    /// The kind.
    pub code: ErrorCode,
    /// What happened and what it means.
    pub message: String,
    /// What to do; may be empty.
    pub hint: String,
    /// True when trying the same again may help.
    pub retryable: bool,
}
