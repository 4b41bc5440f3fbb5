//! The window's requests: one command for each method of [`app::App`], and those that only a desktop has.
//!
//! A command returns at once. A page that is loaded again while a command is under way sends it a second time, so
//! whatever must not happen twice carries the request's id, which the app remembers.

pub(crate) mod changes;
pub(crate) mod conversation;
pub(crate) mod desktop;
pub(crate) mod exports;
pub(crate) mod models;
pub(crate) mod money;
pub(crate) mod preferences;
pub(crate) mod projects;
pub(crate) mod runs;
pub(crate) mod settings;
pub(crate) mod takes;
pub(crate) mod updates;

use ::app::wire::{ErrorCode, Problem};
use tauri::State;

use crate::studio::Studio;

type Held<'a> = State<'a, Studio>;

/// Something on the desktop did not do what it was asked to.
fn refused(what: &str, error: &impl std::fmt::Display) -> Problem {
    tracing::warn!(%error, what);
    Problem { code: ErrorCode::Internal, message: format!("{what} {error}"), hint: String::new(), retryable: true }
}
