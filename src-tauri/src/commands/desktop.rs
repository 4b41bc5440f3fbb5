//! What only a desktop has: a place to save to, a file manager, a player of its own, and where media are served.

use std::path::{Path, PathBuf};

use ::app::wire::{ErrorCode, Problem};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;
use tokio::sync::oneshot;

use super::{Held, refused};
use crate::studio::Studio;

/// The longest file name that is proposed, in letters.
const NAME: usize = 80;

/// What stands before a media id in its URL.
#[tauri::command]
#[specta::specta]
pub(crate) async fn media_base(handle: AppHandle) -> String {
    handle.state::<Studio>().media_base()
}

/// Asks where to, and saves the film there; gives the path, or nothing when the person thought better of it.
/// `WORKPRINT_SAVE_TO` answers for the person (tests cannot click in a system's dialog).
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_film_as(
    studio: Held<'_>,
    handle: AppHandle,
    project: String,
) -> Result<Option<String>, Problem> {
    let app = studio.app().await?;
    let chosen = match std::env::var_os("WORKPRINT_SAVE_TO") {
        Some(path) => Some(PathBuf::from(path)),
        None => ask(&handle, &app.project(&project).await?.title).await?,
    };
    let Some(to) = chosen else { return Ok(None) };
    let saved = app.save_film(&project, &to).await?;
    studio.film_saved(&project, saved.clone());
    Ok(Some(saved.display().to_string()))
}

async fn ask(handle: &AppHandle, title: &str) -> Result<Option<PathBuf>, Problem> {
    let (answer, answered) = oneshot::channel();
    let mut dialog = handle.dialog().file().set_file_name(file_name(title)).add_filter("MP4", &["mp4"]);
    if let Some(window) = handle.get_webview_window(crate::WINDOW) {
        dialog = dialog.set_parent(&window);
    }
    dialog.save_file(move |path| {
        // Nobody waits any more when the page was loaded again.
        let _ = answer.send(path);
    });
    let chosen = answered.await.ok().flatten();
    chosen.map(|path| path.into_path().map_err(|e| refused("The film cannot be saved there:", &e))).transpose()
}

/// A file name that every system takes, for a title.
fn file_name(title: &str) -> String {
    let kept: String =
        title.chars().map(|c| if c.is_alphanumeric() || "-_'".contains(c) { c } else { ' ' }).take(NAME).collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    if words.is_empty() { "Film.mp4".to_owned() } else { format!("{}.mp4", words.join(" ")) }
}

/// Shows the film in the file manager: where it was saved or, before that, where the library keeps it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reveal_film(studio: Held<'_>, handle: AppHandle, project: String) -> Result<(), Problem> {
    show(handle, film(&studio, &project).await?).await
}

/// Plays the film in the system's own player.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_external(studio: Held<'_>, handle: AppHandle, project: String) -> Result<(), Problem> {
    let path = film(&studio, &project).await?;
    outside(move || handle.opener().open_path(path.to_string_lossy(), None::<&str>)).await
}

/// Shows the data folder in the file manager.
#[tauri::command]
#[specta::specta]
pub(crate) async fn home_folder(studio: Held<'_>, handle: AppHandle) -> Result<(), Problem> {
    let home = studio.home().to_owned();
    outside(move || handle.opener().open_path(home.to_string_lossy(), None::<&str>)).await
}

async fn film(studio: &Studio, project: &str) -> Result<PathBuf, Problem> {
    if let Some(path) = studio.saved_film(project) {
        return Ok(path);
    }
    let app = studio.app().await?;
    let none = || Problem {
        code: ErrorCode::NotFound,
        message: "The project has no film yet.".to_owned(),
        hint: String::new(),
        retryable: false,
    };
    let film = app.project(project).await?.film.ok_or_else(none)?;
    Ok(app.media(&film.video.id).await.ok_or_else(none)?.path)
}

/// Marks the file in its folder; where no file manager can do that, opens the folder.
pub(super) async fn show(handle: AppHandle, path: PathBuf) -> Result<(), Problem> {
    outside(move || {
        let opener = handle.opener();
        opener.reveal_item_in_dir(&path).or_else(|error| {
            tracing::info!(%error, "the file manager cannot mark a file");
            let folder = path.parent().unwrap_or(Path::new("/")).to_string_lossy();
            opener.open_path(folder, None::<&str>)
        })
    })
    .await
}

/// Talks to another program, which may take its time.
async fn outside(act: impl FnOnce() -> Result<(), tauri_plugin_opener::Error> + Send + 'static) -> Result<(), Problem> {
    const WHAT: &str = "The system did not open it:";
    let done = tokio::task::spawn_blocking(act).await.map_err(|e| refused(WHAT, &e))?;
    done.map_err(|e| refused(WHAT, &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_safe_whatever_the_title() {
        let check = |title: &str, name: &str| assert_eq!(file_name(title), name);
        check("The Keeper and the Whale", "The Keeper and the Whale.mp4");
        check("../../etc/passwd", "etc passwd.mp4");
        check("<script>alert(1)</script>", "script alert 1 script.mp4");
        check("灯台守と鯨", "灯台守と鯨.mp4");
        check("🐳", "Film.mp4");
        check("", "Film.mp4");
        assert!(file_name(&"long ".repeat(100)).len() < 100);
    }
}
