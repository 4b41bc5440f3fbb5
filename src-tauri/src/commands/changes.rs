//! Changes: asked for, shown with their impact, applied or dismissed; undo, redo and going back.

use ::app::wire::{ChangeRequest, Problem};

use super::Held;

/// Asks what a change would touch; the answer comes as a proposal.
#[tauri::command]
#[specta::specta]
pub(crate) async fn propose_change(
    studio: Held<'_>,
    project: String,
    request: String,
    change: ChangeRequest,
) -> Result<(), Problem> {
    studio.app().await?.propose_change(&project, &request, change).await
}

/// Applies the proposal that waits: `keep` are slots that stay as they are, `release` approved ones made again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn apply_proposal(
    studio: Held<'_>,
    project: String,
    request: String,
    proposal: String,
    keep: Vec<String>,
    release: Vec<String>,
    start: bool,
) -> Result<(), Problem> {
    studio.app().await?.apply_proposal(&project, &request, &proposal, (&keep, &release), start).await
}

/// Drops the proposal that waits.
#[tauri::command]
#[specta::specta]
pub(crate) async fn dismiss_proposal(
    studio: Held<'_>,
    project: String,
    request: String,
    proposal: String,
) -> Result<(), Problem> {
    studio.app().await?.dismiss_proposal(&project, &request, &proposal).await
}

/// Takes the last decision back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn undo(studio: Held<'_>, project: String, request: String) -> Result<(), Problem> {
    studio.app().await?.undo(&project, &request).await
}

/// Makes the decision again that was taken back last.
#[tauri::command]
#[specta::specta]
pub(crate) async fn redo(studio: Held<'_>, project: String, request: String) -> Result<(), Problem> {
    studio.app().await?.redo(&project, &request).await
}

/// Goes to any step of the history.
#[tauri::command]
#[specta::specta]
pub(crate) async fn go_to_edition(
    studio: Held<'_>,
    project: String,
    request: String,
    number: u32,
) -> Result<(), Problem> {
    studio.app().await?.go_to_edition(&project, &request, number).await
}
