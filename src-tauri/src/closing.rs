//! The window's end: the question in mid-run, going on without a window, and keeping the machine awake meanwhile.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use ::app::App;
use ::app::wire::Problem;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

use crate::WINDOW;
use crate::studio::Studio;

/// The person closed the window while films are being made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, Event)]
pub(crate) struct CloseAsked {
    /// How many runs go on.
    running: u32,
    /// The title of one of them.
    title: String,
}

/// What to do then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CloseChoice {
    /// Hide the window, finish, then end.
    Background,
    /// Stop the runs, keep what is made, end.
    Stop,
    /// Keep the window.
    Stay,
}

/// True while the program goes on without a window.
static HIDDEN: AtomicBool = AtomicBool::new(false);

/// True when runs go on, so that the person must be asked; the window is told to ask.
pub(crate) fn must_ask(handle: &AppHandle) -> bool {
    let Some(app) = handle.state::<Studio>().open_app().cloned() else { return false };
    let running = *app.running().borrow();
    if running == 0 {
        return false;
    }
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        let title = match handle.state::<Studio>().making() {
            Some(project) => app.project(&project).await.map(|view| view.title).unwrap_or_default(),
            None => String::new(),
        };
        let asked = CloseAsked { running: u32::try_from(running).unwrap_or(u32::MAX), title };
        if let Err(error) = asked.emit(&handle) {
            tracing::warn!(%error, "the window was not asked about closing");
        }
    });
    true
}

/// The answer to [`CloseAsked`].
#[tauri::command]
#[specta::specta]
pub(crate) async fn close_decision(handle: AppHandle, choice: CloseChoice) -> Result<(), Problem> {
    match choice {
        CloseChoice::Stay => {}
        CloseChoice::Stop => {
            if let Some(app) = handle.state::<Studio>().open_app() {
                app.close().await;
            }
            handle.exit(0);
        }
        CloseChoice::Background => {
            HIDDEN.store(true, Ordering::SeqCst);
            if let Some(window) = handle.get_webview_window(WINDOW)
                && let Err(error) = window.hide()
            {
                tracing::warn!(%error, "the window did not hide");
            }
            tauri::async_runtime::spawn(end_when_done(handle));
        }
    }
    Ok(())
}

async fn end_when_done(handle: AppHandle) {
    if let Some(app) = handle.state::<Studio>().open_app() {
        let mut running = app.running();
        // An error means that the app is gone, which is an end as well.
        let _ = running.wait_for(|n| *n == 0).await;
    }
    if HIDDEN.load(Ordering::SeqCst) {
        handle.exit(0);
    }
}

/// Shows the window again: somebody started the program a second time.
pub(crate) fn come_back(handle: &AppHandle) {
    HIDDEN.store(false, Ordering::SeqCst);
    let Some(window) = handle.get_webview_window(WINDOW) else { return };
    for shown in [window.show(), window.unminimize(), window.set_focus()] {
        if let Err(error) = shown {
            tracing::warn!(%error, "the window did not come to the front");
        }
    }
}

/// The last thing the program does: everything is on disk when it returns.
pub(crate) fn end(handle: &AppHandle) {
    if let Some(app) = handle.state::<Studio>().open_app() {
        tauri::async_runtime::block_on(app.close());
    }
}

/// Keeps the machine from falling asleep while a run goes on. Where the system offers no way to ask for it, it does
/// not happen, and the log says so.
pub(crate) fn keep_awake(app: &App) {
    let mut running = app.running();
    tauri::async_runtime::spawn(async move {
        while running.wait_for(|n| *n > 0).await.is_ok() {
            let (asleep, awake) = mpsc::channel::<()>();
            // A thread of its own: the wish blocks while it is made and taken back, and cannot change threads.
            std::thread::spawn(move || {
                let mut wish = keepawake::Builder::default();
                wish.idle(true)
                    .sleep(true)
                    .reason("A film is being made")
                    .app_name("Workprint")
                    .app_reverse_domain("app.workprint.desktop");
                match wish.create() {
                    // Ends when the other side is dropped.
                    Ok(_wish) => drop(awake.recv()),
                    Err(error) => tracing::info!(%error, "the machine may fall asleep while a film is being made"),
                }
            });
            let ended = running.wait_for(|n| *n == 0).await.is_err();
            drop(asleep);
            if ended {
                return;
            }
        }
    });
}
