//! What the app says, told to the window in the order it was said.

use std::path::PathBuf;
use std::sync::Arc;

use ::app::App;
use ::app::wire::{ExportState, ProjectEvent, ProjectEventBody, RunSample, RunState, TextSample};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Manager};
use tauri_plugin_notification::NotificationExt;
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;

use crate::WINDOW;
use crate::commands::exports::ExportHeard;
use crate::commands::models::ServerHeard;
use crate::studio::Studio;

/// A change of a project's state.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(transparent)]
#[tauri_specta(event_name = "project-event")]
pub(crate) struct ProjectTold(ProjectEvent);

/// The progress of a running task.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(transparent)]
#[tauri_specta(event_name = "run-sample")]
pub(crate) struct SampleTold(RunSample);

/// A language model's answer while it comes.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(transparent)]
#[tauri_specta(event_name = "text-sample")]
pub(crate) struct TextTold(TextSample);

/// Tells the window everything from now on. One task tells all, since only one speaker keeps the order. When it falls
/// behind, nothing is made up: the window sees the gap in the numbers and takes a snapshot.
pub(crate) fn forward(app: &App, handle: &AppHandle) {
    let mut events = app.events();
    let mut samples = app.samples();
    let mut texts = app.texts();
    let mut exports = app.exports();
    let mut servers = app.servers();
    let (app, handle) = (app.clone(), handle.clone());
    tauri::async_runtime::spawn(async move {
        loop {
            let told = tokio::select! {
                biased;
                event = events.recv() => match event {
                    Ok(event) => {
                        announce(&app, &handle, &event);
                        ProjectTold(Arc::unwrap_or_clone(event)).emit(&handle)
                    }
                    Err(RecvError::Lagged(missed)) => {
                        tracing::warn!(missed, "the window is behind; it will take a snapshot");
                        continue;
                    }
                    Err(RecvError::Closed) => return,
                },
                Ok(sample) = samples.recv() => SampleTold(sample).emit(&handle),
                Ok(told) = servers.recv() => ServerHeard(told).emit(&handle),
                Ok(text) = texts.recv() => TextTold(text).emit(&handle),
                Ok(told) = exports.recv() => {
                    if told.state == ExportState::Done {
                        handle.state::<Studio>().export_done(&told.request, PathBuf::from(&told.path));
                    }
                    ExportHeard(told).emit(&handle)
                }
            };
            if let Err(error) = told {
                tracing::warn!(%error, "the window did not hear an event");
            }
        }
    });
}

/// Notes that a run has started; says that it has ended to somebody who is not looking at the window.
fn announce(app: &App, handle: &AppHandle, event: &ProjectEvent) {
    let ended = event.changes.iter().find_map(|change| match change {
        ProjectEventBody::Run { state: RunState::Running, .. } => {
            handle.state::<Studio>().run_started(&event.project);
            None
        }
        ProjectEventBody::Run { state: RunState::Finished, .. } => Some("Your film is ready."),
        ProjectEventBody::Run { state: RunState::Waiting, .. } => Some("Your film waits for a word of yours."),
        ProjectEventBody::Run { state: RunState::Failed, .. } => Some("Something went wrong. What was made is kept."),
        _ => None,
    });
    let Some(words) = ended else { return };
    let looking = handle.get_webview_window(WINDOW).is_some_and(|w| w.is_focused().unwrap_or(false));
    if looking {
        return;
    }
    let (app, handle, project) = (app.clone(), handle.clone(), event.project.clone());
    tauri::async_runtime::spawn(async move {
        let title = app.project(&project).await.map_or_else(|_| "Workprint".to_owned(), |view| view.title);
        if let Err(error) = handle.notification().builder().title(title).body(words).show() {
            tracing::warn!(%error, "the notification was not shown");
        }
    });
}
