//! Projects: list, make, rename, copy, throw away and take back.

use ::app::wire::{HomeView, Problem, ProjectView};

use super::Held;

/// The home screen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn home(studio: Held<'_>) -> Result<HomeView, Problem> {
    studio.app().await?.home().await
}

/// What keeps films from being made on this machine, in words.
#[tauri::command]
#[specta::specta]
pub(crate) async fn obstacle(studio: Held<'_>) -> Result<Option<String>, Problem> {
    Ok(studio.app().await?.obstacle().await)
}

/// A project as a whole, true up to and including event `seq`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn project(studio: Held<'_>, project: String) -> Result<ProjectView, Problem> {
    studio.app().await?.project(&project).await
}

/// Makes an empty project; gives its id.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_project(studio: Held<'_>, request: String) -> Result<String, Problem> {
    studio.app().await?.create_project(&request).await
}

/// Renames a project.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rename_project(studio: Held<'_>, project: String, title: String) -> Result<(), Problem> {
    studio.app().await?.rename_project(&project, &title).await
}

/// Copies a project; gives the copy's id.
#[tauri::command]
#[specta::specta]
pub(crate) async fn duplicate_project(studio: Held<'_>, project: String, request: String) -> Result<String, Problem> {
    studio.app().await?.duplicate_project(&project, &request).await
}

/// Puts a project into the trash.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_project(studio: Held<'_>, project: String) -> Result<(), Problem> {
    studio.app().await?.delete_project(&project).await
}

/// Takes a project out of the trash.
#[tauri::command]
#[specta::specta]
pub(crate) async fn undelete_project(studio: Held<'_>, project: String) -> Result<(), Problem> {
    studio.app().await?.undelete_project(&project).await
}
