//! What belongs to this window and not to films.

use ::app::wire::Problem;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::AppHandle;
use tauri_plugin_store::StoreExt;

use super::{Held, refused};

const FILE: &str = "preferences.json";
const KEY: &str = "preferences";

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The window's preferences.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(crate) struct Preferences {
    /// Light or dark.
    theme: Theme,
}

/// Reads them; what cannot be read is as it was at the beginning.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preferences(studio: Held<'_>, handle: AppHandle) -> Result<Preferences, Problem> {
    let store =
        handle.store(studio.home().join(FILE)).map_err(|e| refused("The preferences could not be read:", &e))?;
    Ok(store.get(KEY).and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
}

/// Changes them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_preferences(
    studio: Held<'_>,
    handle: AppHandle,
    preferences: Preferences,
) -> Result<(), Problem> {
    let store =
        handle.store(studio.home().join(FILE)).map_err(|e| refused("The preferences could not be kept:", &e))?;
    store.set(KEY, serde_json::to_value(preferences).map_err(|e| refused("The preferences could not be kept:", &e))?);
    store.save().map_err(|e| refused("The preferences could not be kept:", &e))
}
