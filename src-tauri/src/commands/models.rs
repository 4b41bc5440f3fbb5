//! Which models new films are made with.

use ::app::LOCAL_PORTS;
use ::app::wire::{FilmModelsView, KeyEdit, ModelKind, ModelsView, PriceView, Problem, ServerEdit, ServerTold};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

use super::Held;

/// What a server answered.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(transparent)]
#[tauri_specta(event_name = "server-told")]
pub(crate) struct ServerHeard(pub(crate) ServerTold);

/// Who makes new films, and what they may cost.
#[tauri::command]
#[specta::specta]
pub(crate) async fn models(studio: Held<'_>) -> Result<ModelsView, Problem> {
    studio.app().await?.models().await
}

/// From now on a kind is made by this server, or by the built-in model.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_model(
    studio: Held<'_>,
    kind: ModelKind,
    server: Option<ServerEdit>,
) -> Result<ModelsView, Problem> {
    studio.app().await?.set_model(kind, server).await
}

/// From now on a new film and a day may cost so much.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_model_caps(
    studio: Held<'_>,
    film: Option<u32>,
    day: Option<u32>,
) -> Result<ModelsView, Problem> {
    studio.app().await?.set_model_caps(film, day).await
}

/// Who makes a project's film.
#[tauri::command]
#[specta::specta]
pub(crate) async fn film_models(studio: Held<'_>, project: String) -> Result<FilmModelsView, Problem> {
    studio.app().await?.film_models(&project).await
}

/// From now on a project's film is made with the models of the settings.
#[tauri::command]
#[specta::specta]
pub(crate) async fn take_models(studio: Held<'_>, project: String, request: String) -> Result<(), Problem> {
    studio.app().await?.take_models(&project, &request).await
}

/// Asks a server which models it has; the answer comes as an event.
#[tauri::command]
#[specta::specta]
pub(crate) async fn test_server(
    studio: Held<'_>,
    request: String,
    base_url: String,
    key: KeyEdit,
) -> Result<(), Problem> {
    studio.app().await?.test_server(&request, &base_url, key)
}

/// The most that a trial of a model costs; none when nobody said a price.
#[tauri::command]
#[specta::specta]
pub(crate) async fn trial_price(
    studio: Held<'_>,
    kind: ModelKind,
    price: PriceView,
    lengths: Vec<u32>,
) -> Result<Option<u32>, Problem> {
    studio.app().await?.trial_price(kind, price, &lengths)
}

/// Makes the smallest things with a model; the answer comes as an event.
#[tauri::command]
#[specta::specta]
pub(crate) async fn try_model(
    studio: Held<'_>,
    request: String,
    kind: ModelKind,
    edit: ServerEdit,
) -> Result<(), Problem> {
    studio.app().await?.try_model(&request, kind, edit).await
}

/// Looks for servers of models on this machine; the answer comes as an event.
#[tauri::command]
#[specta::specta]
pub(crate) async fn find_servers(studio: Held<'_>, request: String) -> Result<(), Problem> {
    studio.app().await?.find_servers(&request, &LOCAL_PORTS);
    Ok(())
}
