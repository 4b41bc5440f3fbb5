//! Taking things out and bringing projects in, by the system's dialogs; and project files that the system opens here.

use std::path::PathBuf;

use ::app::wire::{ExportFormat, ExportOrder, Problem};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};
use tauri_specta::Event;
use tokio::sync::oneshot;

use super::desktop::show;
use super::{Held, refused};
use crate::studio::Studio;

/// How an export stands.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(transparent)]
#[tauri_specta(event_name = "export-told")]
pub(crate) struct ExportHeard(pub(crate) ::app::wire::ExportTold);

/// Project files arrived; the page asks for them with `arrivals`.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[tauri_specta(event_name = "arrived")]
pub(crate) struct Arrived {
    /// How many wait.
    waiting: u32,
}

/// A project file that the system opened here.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub(crate) struct Arrival {
    /// The new project; empty when it could not be opened.
    project: String,
    /// Why it could not.
    problem: Option<Problem>,
}

/// Asks where to, and begins to save it there; gives the path, or nothing when the person thought better of it. How it
/// goes on is told by events. `WORKPRINT_SAVE_TO` answers for the person (tests cannot click in a system's dialog).
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_as(
    studio: Held<'_>,
    handle: AppHandle,
    project: String,
    request: String,
    order: ExportOrder,
) -> Result<Option<String>, Problem> {
    // A page that is loaded again in the middle of it sends it again; one dialog is enough.
    if !studio.asks_once(&request) {
        return Ok(None);
    }
    let app = studio.app().await?;
    let chosen = if let Some(path) = std::env::var_os("WORKPRINT_SAVE_TO") {
        Some(PathBuf::from(path))
    } else {
        let name = app.export_name(&project, &order).await?;
        let (kind, endings) = filter(order.format);
        ask(&handle, |dialog| {
            let dialog = dialog.set_file_name(name);
            if endings.is_empty() { dialog } else { dialog.add_filter(kind, endings) }
        })
        .await?
    };
    let Some(to) = chosen else { return Ok(None) };
    // The dialog has asked about a file that is there already.
    app.start_export(&project, &request, order, (to.clone(), true))?;
    Ok(Some(to.display().to_string()))
}

/// What a dialog calls a kind of file, and its endings.
fn filter(format: ExportFormat) -> (&'static str, &'static [&'static str]) {
    match format {
        ExportFormat::Mp4 => ("MP4", &["mp4"]),
        ExportFormat::Wav => ("WAV", &["wav"]),
        ExportFormat::Mp3 => ("MP3", &["mp3"]),
        ExportFormat::Srt => ("SubRip", &["srt"]),
        ExportFormat::Vtt => ("WebVTT", &["vtt"]),
        ExportFormat::Fountain => ("Fountain", &["fountain"]),
        ExportFormat::Text => ("Text", &["txt"]),
        ExportFormat::ScriptPdf | ExportFormat::StoryboardPdf => ("PDF", &["pdf"]),
        ExportFormat::Pictures => ("", &[]),
        ExportFormat::ShotList => ("CSV", &["csv"]),
        ExportFormat::Gif => ("GIF", &["gif"]),
        ExportFormat::Still => ("PNG", &["png"]),
        ExportFormat::Project => ("Workprint", &["workprint"]),
    }
}

async fn ask(
    handle: &AppHandle,
    fit: impl FnOnce(FileDialogBuilder<tauri::Wry>) -> FileDialogBuilder<tauri::Wry>,
) -> Result<Option<PathBuf>, Problem> {
    let (answer, answered) = oneshot::channel();
    let mut dialog = fit(handle.dialog().file());
    if let Some(window) = handle.get_webview_window(crate::WINDOW) {
        dialog = dialog.set_parent(&window);
    }
    dialog.save_file(move |path| {
        // Nobody waits any more when the page was loaded again.
        let _ = answer.send(path);
    });
    let chosen = answered.await.ok().flatten();
    chosen.map(|path| path.into_path().map_err(|e| refused("It cannot be saved there:", &e))).transpose()
}

/// Stops an export; what was written of it goes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_export(studio: Held<'_>, request: String) -> Result<(), Problem> {
    studio.app().await?.cancel_export(&request);
    Ok(())
}

/// Shows what an export made in the file manager.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reveal_export(studio: Held<'_>, handle: AppHandle, request: String) -> Result<(), Problem> {
    match studio.exported(&request) {
        Some(path) => show(handle, path).await,
        None => Ok(()),
    }
}

/// Asks for a project file and opens it as a new project; gives the project, or nothing when the person thought better of
/// it. `WORKPRINT_OPEN` answers for the person.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_project(
    studio: Held<'_>,
    handle: AppHandle,
    request: String,
) -> Result<Option<String>, Problem> {
    if !studio.asks_once(&request) {
        return Ok(None);
    }
    let chosen = if let Some(path) = std::env::var_os("WORKPRINT_OPEN") {
        Some(PathBuf::from(path))
    } else {
        let (answer, answered) = oneshot::channel();
        let mut dialog = handle.dialog().file().add_filter("Workprint", &["workprint"]);
        if let Some(window) = handle.get_webview_window(crate::WINDOW) {
            dialog = dialog.set_parent(&window);
        }
        dialog.pick_file(move |path| {
            let _ = answer.send(path);
        });
        let chosen = answered.await.ok().flatten();
        chosen.map(|path| path.into_path().map_err(|e| refused("It cannot be opened:", &e))).transpose()?
    };
    let Some(from) = chosen else { return Ok(None) };
    studio.app().await?.import_project(&request, &from).await.map(Some)
}

/// The project files that the system opened here since the last time.
#[tauri::command]
#[specta::specta]
pub(crate) async fn arrivals(studio: Held<'_>) -> Result<Vec<Arrival>, Problem> {
    Ok(studio.take_arrivals())
}

/// Opens the project files among a program's words, one after the other, and tells the window.
pub(crate) fn open_files(handle: &AppHandle, words: &[String], folder: &str) {
    let files: Vec<PathBuf> = words.iter().skip(1).filter_map(|word| project_file(word, folder)).collect();
    if files.is_empty() {
        return;
    }
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        let studio = handle.state::<Studio>();
        for file in files {
            let opened = async { studio.app().await?.import_project("", &file).await };
            let arrival = match opened.await {
                Ok(project) => Arrival { project, problem: None },
                Err(problem) => Arrival { project: String::new(), problem: Some(problem) },
            };
            let waiting = studio.arrive(arrival);
            // A page that is not there yet asks when it is.
            if let Err(error) = (Arrived { waiting }).emit(&handle) {
                tracing::warn!(%error, "the window did not hear of a project file");
            }
        }
    });
}

/// A word that names a project file: a path, or its URL as some file managers give it.
fn project_file(word: &str, folder: &str) -> Option<PathBuf> {
    let named = match word.strip_prefix("file://") {
        Some(_) => tauri::Url::parse(word).ok()?.to_file_path().ok()?,
        None => PathBuf::from(word),
    };
    let ends = named.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("workprint"));
    ends.then(|| PathBuf::from(folder).join(named))
}

/// Saves the text of a report where the person chooses.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_report(handle: AppHandle, text: String) -> Result<Option<String>, Problem> {
    let named = |dialog: FileDialogBuilder<tauri::Wry>| {
        dialog.set_file_name("workprint-report.txt").add_filter("Text", &["txt"])
    };
    let chosen = match std::env::var_os("WORKPRINT_SAVE_TO") {
        Some(path) => Some(PathBuf::from(path)),
        None => ask(&handle, named).await?,
    };
    let Some(to) = chosen else { return Ok(None) };
    tokio::fs::write(&to, text).await.map_err(|e| refused("The report was not saved:", &e))?;
    Ok(Some(to.display().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_project_files_are_opened() {
        let check =
            |word: &str, file: Option<&str>| assert_eq!(project_file(word, "/home/ada"), file.map(PathBuf::from));
        check("whale.workprint", Some("/home/ada/whale.workprint"));
        check("/films/A whale.WORKPRINT", Some("/films/A whale.WORKPRINT"));
        check("file:///films/A%20whale.workprint", Some("/films/A whale.workprint"));
        check("--version", None);
        check("/etc/passwd", None);
        check("file://%00", None);
    }
}
