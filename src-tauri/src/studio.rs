//! What the shell holds while its window is open: the app behind it, where media are served, which films were saved.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

use ::app::wire::Problem;
use ::app::{App, Options};
use tauri::{AppHandle, Manager};
use tokio::sync::OnceCell;

use crate::commands::exports::Arrival;
use crate::{closing, events, media_server};

/// The shell's state.
pub(crate) struct Studio {
    home: PathBuf,
    handle: AppHandle,
    app: OnceCell<App>,
    media: OnceLock<String>,
    saved: Mutex<HashMap<String, PathBuf>>,
    /// Where exports went, by the request they were asked for with.
    exported: Mutex<HashMap<String, PathBuf>>,
    /// The requests whose dialog was shown.
    asked: Mutex<HashSet<String>>,
    arrivals: Mutex<Vec<Arrival>>,
    making: Mutex<Option<String>>,
}

impl Studio {
    pub(crate) fn new(home: PathBuf, handle: AppHandle) -> Self {
        Self {
            home,
            handle,
            app: OnceCell::new(),
            media: OnceLock::new(),
            saved: Mutex::default(),
            exported: Mutex::default(),
            asked: Mutex::default(),
            arrivals: Mutex::default(),
            making: Mutex::default(),
        }
    }

    /// The app. Opens the library when it is not open: a problem that was mended meanwhile (another process held it,
    /// the disk was full) is gone at the next try.
    pub(crate) async fn app(&self) -> Result<&App, Problem> {
        self.app
            .get_or_try_init(async || {
                let app = App::open_with(&self.home, &Options { sample: true, ..Options::default() }).await?;
                events::forward(&app, &self.handle);
                closing::keep_awake(&app);
                Ok(app)
            })
            .await
    }

    /// The app, when it is open.
    pub(crate) fn open_app(&self) -> Option<&App> {
        self.app.get()
    }

    /// The data folder.
    pub(crate) fn home(&self) -> &std::path::Path {
        &self.home
    }

    /// Starts the media server.
    pub(crate) fn serve_media(&self) -> std::io::Result<()> {
        let handle = self.handle.clone();
        let find: media_server::Find = std::sync::Arc::new(move |id| {
            let handle = handle.clone();
            Box::pin(async move { handle.state::<Self>().open_app()?.media(&id).await })
        });
        let base = tauri::async_runtime::block_on(media_server::serve(find))?;
        let _ = self.media.set(base);
        Ok(())
    }

    /// What stands before a media id in its URL; empty when nothing is served.
    pub(crate) fn media_base(&self) -> String {
        self.media.get().cloned().unwrap_or_default()
    }

    /// Notes that a project's run has started.
    pub(crate) fn run_started(&self, project: &str) {
        *self.making.lock().unwrap_or_else(PoisonError::into_inner) = Some(project.to_owned());
    }

    /// The project whose run started last.
    pub(crate) fn making(&self) -> Option<String> {
        self.making.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes where a project's film was saved.
    pub(crate) fn film_saved(&self, project: &str, path: PathBuf) {
        self.saved.lock().unwrap_or_else(PoisonError::into_inner).insert(project.to_owned(), path);
    }

    /// True the first time that a request comes.
    pub(crate) fn asks_once(&self, request: &str) -> bool {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(request.to_owned())
    }

    /// Notes where an export went.
    pub(crate) fn export_done(&self, request: &str, path: PathBuf) {
        self.exported.lock().unwrap_or_else(PoisonError::into_inner).insert(request.to_owned(), path);
    }

    /// Where an export went, if it is still there.
    pub(crate) fn exported(&self, request: &str) -> Option<PathBuf> {
        let exported = self.exported.lock().unwrap_or_else(PoisonError::into_inner);
        exported.get(request).filter(|path| path.exists()).cloned()
    }

    /// Notes a project file that the system opened here; gives how many wait for the page.
    pub(crate) fn arrive(&self, arrival: Arrival) -> u32 {
        let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        arrivals.push(arrival);
        u32::try_from(arrivals.len()).unwrap_or(u32::MAX)
    }

    /// The project files that wait for the page.
    pub(crate) fn take_arrivals(&self) -> Vec<Arrival> {
        std::mem::take(&mut *self.arrivals.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Where a project's film was saved, if it is still there.
    pub(crate) fn saved_film(&self, project: &str) -> Option<PathBuf> {
        self.saved.lock().unwrap_or_else(PoisonError::into_inner).get(project).filter(|path| path.exists()).cloned()
    }
}
