//! The takes of a frame, a clip or another result.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::MediaRef;

/// What the person said of a take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing.
    None,
    /// It is good.
    Approved,
    /// It is not.
    Rejected,
}

/// One version of a frame, a clip or another result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TakeView {
    /// Identity.
    pub key: String,
    /// When it was made, in seconds since 1970.
    pub at_s: u32,
    /// What there is to see or hear.
    pub media: Option<MediaRef>,
    /// What the person said of it.
    pub verdict: Verdict,
    /// Why; may be empty.
    pub reason: String,
    /// The take it followed; may be empty.
    pub parent: String,
    /// True when the film uses it.
    pub current: bool,
    /// True when the person chose it.
    pub pinned: bool,
    /// Which model made it.
    pub model: String,
    /// What differs from the one before; may be empty.
    pub why: String,
}
