//! Talking about a film, and having it made.

use ::app::wire::{BriefEdit, BriefForm, Problem};

use super::Held;

/// The person says something.
#[tauri::command]
#[specta::specta]
pub(crate) async fn send_message(
    studio: Held<'_>,
    project: String,
    request: String,
    text: String,
) -> Result<(), Problem> {
    studio.app().await?.send_message(&project, &request, &text).await
}

/// The person changes a chip of the brief.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_brief(
    studio: Held<'_>,
    project: String,
    request: String,
    edit: BriefEdit,
) -> Result<(), Problem> {
    studio.app().await?.edit_brief(&project, &request, edit).await
}

/// The person fills the Idea2Video form.
#[tauri::command]
#[specta::specta]
pub(crate) async fn submit_form(
    studio: Held<'_>,
    project: String,
    request: String,
    form: BriefForm,
) -> Result<(), Problem> {
    studio.app().await?.submit_form(&project, &request, form).await
}

/// Makes the film once more with another seed; gives the run's id.
#[tauri::command]
#[specta::specta]
pub(crate) async fn another_version(studio: Held<'_>, project: String, request: String) -> Result<String, Problem> {
    studio.app().await?.another_version(&project, &request).await
}
