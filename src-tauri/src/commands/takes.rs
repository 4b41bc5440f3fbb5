//! Takes: looked at, chosen, approved of, rejected, made anew.

use ::app::wire::{Problem, TakeView};

use super::Held;

/// The takes of a slot, the last used first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn takes(studio: Held<'_>, project: String, slot: String) -> Result<Vec<TakeView>, Problem> {
    studio.app().await?.takes(&project, &slot).await
}

/// This take and no other.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_take(
    studio: Held<'_>,
    project: String,
    request: String,
    slot: String,
    key: String,
) -> Result<(), Problem> {
    studio.app().await?.choose_take(&project, &request, &slot, &key).await
}

/// This take is good: no change touches it until it is released.
#[tauri::command]
#[specta::specta]
pub(crate) async fn approve_take(
    studio: Held<'_>,
    project: String,
    request: String,
    slot: String,
    key: String,
) -> Result<(), Problem> {
    studio.app().await?.approve_take(&project, &request, &slot, &key).await
}

/// This take will not do; the reason stays with it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reject_take(
    studio: Held<'_>,
    project: String,
    request: String,
    slot: String,
    key: String,
    reason: String,
) -> Result<(), Problem> {
    studio.app().await?.reject_take(&project, &request, &slot, &key, &reason).await
}

/// Another take: made at once when it costs nothing, otherwise shown as a proposal first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn new_take(studio: Held<'_>, project: String, request: String, slot: String) -> Result<(), Problem> {
    studio.app().await?.new_take(&project, &request, &slot).await
}

/// Nothing is chosen for a slot any more, and an approval is taken back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn release_take(
    studio: Held<'_>,
    project: String,
    request: String,
    slot: String,
) -> Result<(), Problem> {
    studio.app().await?.release_take(&project, &request, &slot).await
}
