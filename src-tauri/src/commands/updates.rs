//! New versions of the program. Each of these returns at once; how it goes on is told by events. A step that was taken
//! already, or that makes no sense now, is not taken.

use ::app::wire::Problem;
use tauri::State;

use crate::updates::{Asker, Updates, UpdatesView};

type Held<'a> = State<'a, Updates>;

/// How updates stand.
#[tauri::command]
#[specta::specta]
pub(crate) async fn updates(updates: Held<'_>) -> Result<UpdatesView, Problem> {
    Ok(updates.view())
}

/// Asks whether there is a new version.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_for_update(updates: Held<'_>) -> Result<(), Problem> {
    updates.check(Asker::Person);
    Ok(())
}

/// Asks so at each start, or not.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_update_check(updates: Held<'_>, at_start: bool) -> Result<(), Problem> {
    updates.set_at_start(at_start)
}

/// Fetches the version that is offered.
#[tauri::command]
#[specta::specta]
pub(crate) async fn download_update(updates: Held<'_>) -> Result<(), Problem> {
    updates.download();
    Ok(())
}

/// Installs what was fetched and starts it, or installs it when the person quits.
#[tauri::command]
#[specta::specta]
pub(crate) async fn install_update(updates: Held<'_>, at_quit: bool) -> Result<(), Problem> {
    updates.install(at_quit)
}

/// The version that is offered is not wanted.
#[tauri::command]
#[specta::specta]
pub(crate) async fn skip_update(updates: Held<'_>) -> Result<(), Problem> {
    updates.skip()
}
