//! The streams of events.

use engine::RunId;
use serde_json::Value;
use tokio::sync::broadcast;

use super::Library;
use crate::{LibraryError, ProjectId, Standing, StoredEvent, standing, stream};

impl Library {
    /// Appends an event to a project's stream and gives its number.
    pub async fn append(&self, project: &ProjectId, run: Option<&RunId>, body: Value) -> Result<u32, LibraryError> {
        let (project, run) = (project.clone(), run.cloned());
        self.shared.writer()?.write(move |w| stream::append(w, &project, run.as_ref(), body)).await
    }

    /// At most `limit` events after a number, in order.
    pub async fn events_after(
        &self,
        project: &ProjectId,
        seq: u32,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, LibraryError> {
        let project = project.clone();
        self.read(move |c| stream::after(c, &project, seq, limit)).await
    }

    /// All events of one run, in order.
    pub async fn run_events(&self, project: &ProjectId, run: &RunId) -> Result<Vec<StoredEvent>, LibraryError> {
        let (project, run) = (project.clone(), run.clone());
        self.read(move |c| stream::of_run(c, &project, &run)).await
    }

    /// How a run stands, by few events: the last one of each type about each slot and about the run itself, in order.
    /// It is known of the last run of a project and of runs that go on; of others nothing is given.
    pub async fn standing(&self, project: &ProjectId, run: &RunId) -> Result<Vec<Standing>, LibraryError> {
        let (project, run) = (project.clone(), run.clone());
        self.read(move |c| standing::of(c, &project, &run)).await
    }

    /// The number of the last event; 0 when there is none.
    pub async fn head(&self, project: &ProjectId) -> Result<u32, LibraryError> {
        self.project(project).await.map(|project| project.head)
    }

    /// The events of all projects from now on, each once it is on the disk, in the order of their numbers. A listener
    /// that falls far behind is told so and reads [`Library::events_after`].
    pub fn subscribe(&self) -> broadcast::Receiver<StoredEvent> {
        self.shared.events.subscribe()
    }
}
