//! Taking something out, and bringing a project in: asked for, followed, stopped.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use film::export::Over;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use super::{App, id};
use crate::export::{Export, Tell, check, place, proposed_name, travel};
use crate::wire::{ErrorCode, ExportOrder, ExportState, ExportTold, Problem};

/// The exports that go on, by the request they were asked for with.
pub(crate) struct Exports {
    going: Mutex<HashMap<String, CancellationToken>>,
    told: broadcast::Sender<ExportTold>,
}

impl Exports {
    pub(crate) fn new(behind: usize) -> Self {
        let (told, _) = broadcast::channel(behind);
        Self { going: Mutex::default(), told }
    }

    /// Stops all of them.
    pub(super) fn end(&self) {
        for (_, cancel) in self.going.lock().unwrap_or_else(PoisonError::into_inner).drain() {
            cancel.cancel();
        }
    }

    fn take(&self, request: &str) -> Option<CancellationToken> {
        self.going.lock().unwrap_or_else(PoisonError::into_inner).remove(request)
    }
}

/// Whether what is there already may be replaced.
fn over(replace: bool) -> Over {
    if replace { Over::Replace } else { Over::Never }
}

impl App {
    /// How exports stand, as they go on.
    pub fn exports(&self) -> broadcast::Receiver<ExportTold> {
        self.inner.exports.told.subscribe()
    }

    /// A file name for an export, which every system takes.
    pub async fn export_name(&self, project: &str, order: &ExportOrder) -> Result<String, Problem> {
        let title = self.library().project(&id(project)?).await?.title;
        Ok(proposed_name(&title, order))
    }

    /// Takes something out, to a place of the person's choice; gives where it is, with the ending that its kind has. Without
    /// `replace` nothing that is there is replaced. Stopped by `cancel`, it leaves nothing behind.
    pub async fn export(
        &self,
        project: &str,
        order: &ExportOrder,
        (to, replace): (&Path, bool),
        cancel: &CancellationToken,
        tell: Arc<film::Progress>,
    ) -> Result<PathBuf, Problem> {
        let (out, over) = place(to, order.format, over(replace));
        Box::pin(Export { app: self, project: id(project)?, order, out, over, cancel, tell }.run()).await
    }

    /// [`App::export`] that goes on by itself; [`App::exports`] tells how it stands. The same request twice is done once.
    pub fn start_export(
        &self,
        project: &str,
        request: &str,
        order: ExportOrder,
        (to, replace): (PathBuf, bool),
    ) -> Result<(), Problem> {
        id(project)?;
        check(&order)?;
        let cancel = CancellationToken::new();
        {
            let mut going = self.inner.exports.going.lock().unwrap_or_else(PoisonError::into_inner);
            if going.contains_key(request) {
                return Ok(());
            }
            going.insert(request.to_owned(), cancel.clone());
        }
        let app = self.clone();
        let first = ExportTold {
            request: request.to_owned(),
            project: project.to_owned(),
            format: order.format,
            path: place(&to, order.format, Over::Never).0.display().to_string(),
            state: ExportState::Going,
            percent: 0,
            problem: None,
        };
        tokio::spawn(async move {
            let tell = app.teller(first.clone());
            let done = app.export(&first.project, &order, (&to, replace), &cancel, tell).await;
            app.inner.exports.take(&first.request);
            let last = match done {
                Ok(path) => {
                    ExportTold { state: ExportState::Done, percent: 100, path: path.display().to_string(), ..first }
                }
                Err(problem) if problem.code == ErrorCode::Cancelled => {
                    ExportTold { state: ExportState::Cancelled, ..first }
                }
                Err(problem) => ExportTold { state: ExportState::Failed, problem: Some(problem), ..first },
            };
            // Nobody listening is no fault.
            let _ = app.inner.exports.told.send(last);
        });
        Ok(())
    }

    /// Tells each whole percent once.
    fn teller(&self, told: ExportTold) -> Tell {
        let sender = self.inner.exports.told.clone();
        let _ = sender.send(told.clone());
        let last = Mutex::new(0);
        Arc::new(move |done: f32| {
            let percent = (done.clamp(0.0, 1.0) * 99.0) as u32;
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            if percent > *last {
                *last = percent;
                let _ = sender.send(ExportTold { percent, ..told.clone() });
            }
        })
    }

    /// Stops an export; what was written of it goes.
    pub fn cancel_export(&self, request: &str) {
        if let Some(cancel) = self.inner.exports.take(request) {
            cancel.cancel();
        }
    }

    /// Makes a new project of a project file; gives its id. A file that is damaged, hostile or too new changes nothing.
    pub async fn import_project(&self, request: &str, from: &Path) -> Result<String, Problem> {
        let work = async {
            let onward = Arc::new(|_: f32| true);
            Ok(self.library().read_project(from, (travel, onward)).await?.to_string())
        };
        self.inner.once.run(request, work).await
    }
}
