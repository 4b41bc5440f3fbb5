//! Projects as files: written, and read from anywhere.

use std::path::Path;
use std::sync::Arc;

use super::Library;
use crate::project_file::{self, Fit, Onward, Ready, Wanted};
use crate::{LibraryError, ProjectId};

impl Library {
    /// Writes a project to a new file; gives its size in bytes. Without history, earlier takes, decisions and runs are left
    /// out; the conversation stays. What is unfinished when it is stopped or fails is left to the caller to remove.
    pub async fn write_project(
        &self,
        project: &ProjectId,
        history: bool,
        to: &Path,
        (fit, onward): (Fit, Arc<Onward<'static>>),
    ) -> Result<u64, LibraryError> {
        // No garbage collection between the rows and the files they name.
        let gate = Arc::clone(&self.shared.gate).read_owned().await;
        let (home, id, to) = (self.shared.home.clone(), project.clone(), to.to_owned());
        let of = home.clone();
        let gathered = self.read(move |c| project_file::gather(c, &of, &id, Wanted { history, fit })).await?;
        let write = move || {
            let _gate = gate;
            project_file::write(&home, &gathered, &to, &*onward)
        };
        tokio::task::spawn_blocking(write).await.map_err(|_| LibraryError::Closed)?
    }

    /// Makes a new project of a file that [`Library::write_project`] wrote, here or elsewhere. Errors:
    /// [`LibraryError::NotAProject`], [`LibraryError::NewerProject`], [`LibraryError::TooLarge`]; the library is as it was
    /// then. Runs that did not end are over in it, and it has spent nothing.
    pub async fn read_project(
        &self,
        from: &Path,
        (fit, onward): (Fit, Arc<Onward<'static>>),
    ) -> Result<ProjectId, LibraryError> {
        let writer = self.shared.writer()?;
        let gate = Arc::clone(&self.shared.gate).read_owned().await;
        let (home, from) = (self.shared.home.clone(), from.to_owned());
        let look = move || {
            let scratch = home.new_scratch()?;
            let ready =
                project_file::read(&from, &scratch, fit, &*onward).and_then(|checked| Ready::place(&home, checked));
            if let Err(error) = std::fs::remove_dir_all(&scratch) {
                tracing::warn!(path = %scratch.display(), %error, "work in progress stays until the next start");
            }
            ready
        };
        let ready = tokio::task::spawn_blocking(look).await.map_err(|_| LibraryError::Closed)??;
        let (id, home) = (ProjectId::new(), self.shared.home.clone());
        let new = id.clone();
        writer.write(move |w| project_file::insert(w, &home, &new, ready)).await?;
        drop(gate);
        Ok(id)
    }
}
