//! Money: what was paid for, and how much may be.

use ::app::wire::{CapsView, LedgerView, Problem};

use super::Held;

/// The account of a project.
#[tauri::command]
#[specta::specta]
pub(crate) async fn ledger(studio: Held<'_>, project: String) -> Result<LedgerView, Problem> {
    studio.app().await?.ledger(&project).await
}

/// From now on so much may be spent.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_caps(
    studio: Held<'_>,
    project: String,
    request: String,
    caps: CapsView,
) -> Result<(), Problem> {
    studio.app().await?.set_caps(&project, &request, caps).await
}
