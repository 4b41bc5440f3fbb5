//! The one object a front end holds.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::{broadcast, watch};

use crate::wire::{
    BriefEdit, BriefForm, DoctorReport, ErrorCode, HomeView, Problem, ProjectEvent, ProjectView, RunSample, Settings,
};

/// A stored file that a front end may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its media type.
    pub media: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// The whole program behind a front end. Cheap to clone. Every method returns soon: what takes long goes on inside
/// and is heard of through [`App::events`]. `request` is an id that the caller makes; the same request twice is done
/// once.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    events: broadcast::Sender<Arc<ProjectEvent>>,
    samples: broadcast::Sender<RunSample>,
    running: watch::Sender<usize>,
}

fn not_yet<T>() -> Result<T, Problem> {
    Err(Problem { code: ErrorCode::Internal, message: "not yet".into(), hint: String::new(), retryable: false })
}

impl App {
    /// Opens the library under `home` and puts everything together. `holder` is who asks ("workprint window").
    pub async fn open(home: &Path, holder: &str) -> Result<Self, Problem> {
        let _ = (home, holder);
        Ok(Self {
            inner: Arc::new(Inner {
                events: broadcast::channel(1024).0,
                samples: broadcast::channel(1024).0,
                running: watch::channel(0).0,
            }),
        })
    }

    /// State changes of all projects, in order per project.
    pub fn events(&self) -> broadcast::Receiver<Arc<ProjectEvent>> {
        self.inner.events.subscribe()
    }

    /// Progress of running tasks.
    pub fn samples(&self) -> broadcast::Receiver<RunSample> {
        self.inner.samples.subscribe()
    }

    /// How many runs are going on.
    pub fn running(&self) -> watch::Receiver<usize> {
        self.inner.running.subscribe()
    }

    /// The home screen.
    pub async fn home(&self) -> Result<HomeView, Problem> {
        not_yet()
    }

    /// A project as a whole.
    pub async fn project(&self, project: &str) -> Result<ProjectView, Problem> {
        let _ = project;
        not_yet()
    }

    /// Makes an empty project; gives its id.
    pub async fn create_project(&self, request: &str) -> Result<String, Problem> {
        let _ = request;
        not_yet()
    }

    /// Renames a project.
    pub async fn rename_project(&self, project: &str, title: &str) -> Result<(), Problem> {
        let _ = (project, title);
        not_yet()
    }

    /// Copies a project; gives the copy's id.
    pub async fn duplicate_project(&self, project: &str, request: &str) -> Result<String, Problem> {
        let _ = (project, request);
        not_yet()
    }

    /// Puts a project into the trash.
    pub async fn delete_project(&self, project: &str) -> Result<(), Problem> {
        let _ = project;
        not_yet()
    }

    /// Takes a project out of the trash.
    pub async fn undelete_project(&self, project: &str) -> Result<(), Problem> {
        let _ = project;
        not_yet()
    }

    /// The person says something.
    pub async fn send_message(&self, project: &str, request: &str, text: &str) -> Result<(), Problem> {
        let _ = (project, request, text);
        not_yet()
    }

    /// The person changes a chip of the brief.
    pub async fn edit_brief(&self, project: &str, request: &str, edit: BriefEdit) -> Result<(), Problem> {
        let _ = (project, request, edit);
        not_yet()
    }

    /// The person fills the Idea2Video form.
    pub async fn submit_form(&self, project: &str, request: &str, form: BriefForm) -> Result<(), Problem> {
        let _ = (project, request, form);
        not_yet()
    }

    /// Starts the project's plan, or goes on with a run that was stopped, failed or interrupted; gives the run's id.
    pub async fn start(&self, project: &str, request: &str) -> Result<String, Problem> {
        let _ = (project, request);
        not_yet()
    }

    /// Stops the project's run; what was made is kept.
    pub async fn cancel(&self, project: &str) -> Result<(), Problem> {
        let _ = project;
        not_yet()
    }

    /// Makes a brief with another seed from the present one and starts it; gives the run's id.
    pub async fn another_version(&self, project: &str, request: &str) -> Result<String, Problem> {
        let _ = (project, request);
        not_yet()
    }

    /// Copies the film, and its subtitles beside it, to a path of the person's choice; gives the film's path.
    pub async fn save_film(&self, project: &str, to: &Path) -> Result<PathBuf, Problem> {
        let _ = (project, to);
        not_yet()
    }

    /// What new films start from.
    pub async fn settings(&self) -> Result<Settings, Problem> {
        not_yet()
    }

    /// Changes what new films start from.
    pub async fn set_settings(&self, settings: Settings) -> Result<(), Problem> {
        let _ = settings;
        not_yet()
    }

    /// Looks at everything films need.
    pub async fn doctor(&self) -> Result<DoctorReport, Problem> {
        not_yet()
    }

    /// Puts a backup of the library in the place of an empty or damaged one.
    pub async fn restore_backup(&self, backup: &str) -> Result<(), Problem> {
        let _ = backup;
        not_yet()
    }

    /// A stored file by its id.
    pub async fn media(&self, id: &str) -> Option<MediaFile> {
        let _ = id;
        None
    }

    /// Ends: running tasks are stopped, what was made is kept, everything is on disk when this returns.
    pub async fn close(&self) {}
}
