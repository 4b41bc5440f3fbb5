//! Settings that matter to films, the machine's health, and backups.

use ::app::wire::{CleanedView, DoctorReport, Problem, Settings, UsageView};

use super::Held;

/// What new films start from.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settings(studio: Held<'_>) -> Result<Settings, Problem> {
    studio.app().await?.settings().await
}

/// Changes what new films start from.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_settings(studio: Held<'_>, settings: Settings) -> Result<(), Problem> {
    studio.app().await?.set_settings(settings).await
}

/// Looks at everything films need; a library that does not open is no hindrance.
#[tauri::command]
#[specta::specta]
pub(crate) async fn doctor(studio: Held<'_>) -> Result<DoctorReport, Problem> {
    match studio.app().await {
        Ok(app) => app.doctor().await,
        Err(_) => Ok(::app::App::doctor_at(studio.home()).await),
    }
}

/// Puts a backup of the library in the place of a damaged one; an empty name goes on without one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn restore_backup(studio: Held<'_>, backup: String) -> Result<(), Problem> {
    studio.app().await?.restore_backup(&backup).await
}

/// How much disk the library takes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn usage(studio: Held<'_>) -> Result<UsageView, Problem> {
    studio.app().await?.usage().await
}

/// Removes what no project and no backup uses any more.
#[tauri::command]
#[specta::specta]
pub(crate) async fn clean_up(studio: Held<'_>) -> Result<CleanedView, Problem> {
    studio.app().await?.clean_up().await
}

/// What can be told somebody who looks for a fault: nothing that was written or made.
#[tauri::command]
#[specta::specta]
pub(crate) async fn problem_report(studio: Held<'_>) -> Result<String, Problem> {
    studio.app().await?.problem_report().await
}
