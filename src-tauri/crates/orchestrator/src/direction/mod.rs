//! Direction: what the maker decides about a project, and the runs that make it.
//!
//! Every decision goes over a [`desk::Desk`]: read at one moment, written in one transaction, one at a time a project.

mod desk;
mod finish;
mod history;
mod impact;
mod money;
mod plan;
mod propose;
mod resolve;
mod runs;
mod stops;
mod takes;
mod with_pins;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use agents::{Crew, FilmFormat};
use async_trait::async_trait;
use engine::{Engine, RunHandle, RunId, Sample, Store};
use film::FilmError;
use library::{Library, ProjectId};
use models::{ChatModel, ModelsFile};
use story::{Brief, Size};
use tokio::sync::watch;

pub use desk::{PROPOSAL, edition_of};
pub use history::{History, HistoryStep, Moved};
pub use money::Money;
pub use plan::cast_of;
pub use propose::{Applied, Decided};
pub use runs::Start;
pub use stops::{Answered, Waiting};

pub(crate) use desk::Desk;
pub(crate) use history::Way;

/// Why no crew can be put together.
#[derive(Debug, thiserror::Error)]
pub enum CrewError {
    /// Films cannot be put together here.
    #[error(transparent)]
    Film(#[from] FilmError),
    /// A model that was chosen cannot be called.
    #[error("{0}")]
    Model(models::Failure),
}

impl CrewError {
    /// What to do about it; may be empty.
    pub fn hint(&self) -> String {
        match self {
            Self::Film(error) => error.hint().to_string(),
            Self::Model(failure) => failure.hint.clone(),
        }
    }
}

/// Who puts the crew together: the models that are set up and the tools of this machine, as they are now.
#[async_trait]
pub trait Director: Send + Sync {
    /// The crew, or what is missing for one. `models` is the models file that was chosen for the project, as it was given
    /// to [`Direction::use_models`]; without one the models of the settings count.
    async fn crew(&self, models: Option<&ModelsFile>) -> Result<Crew, CrewError>;

    /// The language model to talk with; `None` when none is set up or it cannot be called.
    async fn chat(&self, models: Option<&ModelsFile>) -> Option<Arc<dyn ChatModel>>;
}

/// The format that films are made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// The shorter side of the picture, in pixels.
    pub short_side: u32,
    /// Frames a second.
    pub fps: u32,
    /// A size that counts instead of the brief's shape.
    pub size: Option<Size>,
}

impl Format {
    /// The format of the film of a brief.
    fn of(self, brief: &Brief) -> FilmFormat {
        FilmFormat { size: self.size.unwrap_or_else(|| brief.aspect.value.size(self.short_side)), fps: self.fps }
    }
}

/// What whoever does something about a project alone holds.
type Alone = Mutex<BTreeMap<ProjectId, Arc<tokio::sync::Mutex<()>>>>;

/// Told of the progress of running tasks.
pub type Watcher = Arc<dyn Fn(&ProjectId, Sample) + Send + Sync>;

/// Decides about projects and runs them. Cheap to clone.
#[derive(Clone)]
pub struct Direction {
    inner: Arc<Inner>,
}

struct Inner {
    library: Library,
    engine: Engine,
    director: Arc<dyn Director>,
    watcher: Watcher,
    side_by_side: u32,
    format: Format,
    stores: Mutex<BTreeMap<ProjectId, Arc<dyn Store>>>,
    runs: Mutex<BTreeMap<ProjectId, RunHandle>>,
    desks: Alone,
    turns: Alone,
    running: watch::Sender<usize>,
}

impl Direction {
    /// Directs over a library. `side_by_side` is how many local tasks can go on at once, `format` what
    /// films are made in.
    pub fn new(
        library: Library,
        engine: Engine,
        director: Arc<dyn Director>,
        watcher: Watcher,
        side_by_side: u32,
        format: Format,
    ) -> Self {
        let inner = Inner {
            library,
            engine,
            director,
            watcher,
            side_by_side,
            format,
            stores: Mutex::default(),
            runs: Mutex::default(),
            desks: Mutex::default(),
            turns: Mutex::default(),
            running: watch::channel(0).0,
        };
        Self { inner: Arc::new(inner) }
    }

    /// The library.
    pub fn library(&self) -> &Library {
        &self.inner.library
    }

    /// How many runs are going on.
    pub fn running(&self) -> watch::Receiver<usize> {
        self.inner.running.subscribe()
    }

    /// The run of a project that is going on.
    pub fn run_of(&self, project: &ProjectId) -> Option<RunId> {
        self.runs().get(project).map(|handle| handle.id().clone())
    }

    /// What keeps films from being made here; `None` when nothing does.
    pub async fn obstacle(&self) -> Option<CrewError> {
        self.inner.director.crew(None).await.err()
    }

    fn runs(&self) -> MutexGuard<'_, BTreeMap<ProjectId, RunHandle>> {
        self.inner.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What whoever decides about a project holds.
    fn alone(&self, project: &ProjectId) -> Arc<tokio::sync::Mutex<()>> {
        of(&self.inner.desks, project)
    }

    /// What whoever answers a message in a project holds.
    pub(crate) fn turn(&self, project: &ProjectId) -> Arc<tokio::sync::Mutex<()>> {
        of(&self.inner.turns, project)
    }

    /// The language model that is set up for a project.
    pub(crate) async fn chat_model(&self, desk: &Desk) -> Option<Arc<dyn ChatModel>> {
        self.inner.director.chat(desk.record.models.as_ref()).await
    }

    /// The store of a project, always the same one.
    pub(crate) fn store(&self, project: &ProjectId) -> Arc<dyn Store> {
        let mut stores = self.inner.stores.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(stores.entry(project.clone()).or_insert_with(|| self.inner.library.project_store(project)))
    }
}

fn of(all: &Alone, project: &ProjectId) -> Arc<tokio::sync::Mutex<()>> {
    Arc::clone(all.lock().unwrap_or_else(PoisonError::into_inner).entry(project.clone()).or_default())
}
