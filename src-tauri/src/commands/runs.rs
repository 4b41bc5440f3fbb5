//! Runs: held, stopped, and answered when they wait for the person.

use ::app::wire::{Cap, Problem};

use super::Held;

/// Starts the plan, or goes on with a run that was cut off; gives the run's id.
#[tauri::command]
#[specta::specta]
pub(crate) async fn start(studio: Held<'_>, project: String, request: String) -> Result<String, Problem> {
    studio.app().await?.start(&project, &request).await
}

/// Starts again: only what failed is made.
#[tauri::command]
#[specta::specta]
pub(crate) async fn retry(studio: Held<'_>, project: String, request: String) -> Result<(), Problem> {
    studio.app().await?.retry(&project, &request).await
}

/// Stops the run; what was made is kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel(studio: Held<'_>, project: String) -> Result<(), Problem> {
    studio.app().await?.cancel(&project).await
}

/// From now on nothing new starts; what is at work ends and is kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pause(studio: Held<'_>, project: String) -> Result<(), Problem> {
    studio.app().await?.pause(&project).await
}

/// The run goes on after a pause.
#[tauri::command]
#[specta::specta]
pub(crate) async fn resume_run(studio: Held<'_>, project: String) -> Result<(), Problem> {
    studio.app().await?.resume_run(&project).await
}

/// Gives up on what waits for the person: the film is cut with what there is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cut_now(studio: Held<'_>, project: String) -> Result<(), Problem> {
    studio.app().await?.cut_now(&project).await
}

/// The person lets a review stop pass.
#[tauri::command]
#[specta::specta]
pub(crate) async fn approve_stop(
    studio: Held<'_>,
    project: String,
    request: String,
    slot: String,
) -> Result<(), Problem> {
    studio.app().await?.approve_stop(&project, &request, &slot).await
}

/// The person's yes to a call of which nobody knows whether it was done.
#[tauri::command]
#[specta::specta]
pub(crate) async fn send_again(
    studio: Held<'_>,
    project: String,
    request: String,
    call: String,
) -> Result<(), Problem> {
    studio.app().await?.send_again(&project, &request, &call).await
}

/// A cap is so high now, in millionths of a US dollar, and the run that stopped at it goes on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn raise_cap(
    studio: Held<'_>,
    project: String,
    request: String,
    cap: Cap,
    micros: u32,
) -> Result<(), Problem> {
    studio.app().await?.raise_cap(&project, &request, cap, micros).await
}

/// Review each stage, or go straight through.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_review(
    studio: Held<'_>,
    project: String,
    request: String,
    review: bool,
) -> Result<(), Problem> {
    studio.app().await?.set_review(&project, &request, review).await
}
