//! Projects: listed, made, renamed, copied, thrown away and taken back.

use std::sync::PoisonError;

use library::{Change, ProjectId};

use super::{App, id};
use crate::problem::bad_request;
use crate::sample;
use crate::view::project;
use crate::wire::{HomeView, Problem, ProjectCard, ProjectView, Trouble, UnfinishedRun};

impl App {
    /// The home screen.
    pub async fn home(&self) -> Result<HomeView, Problem> {
        let library = &self.inner.library;
        let projects = library.projects().await?;
        let alive = |p: &ProjectId| self.inner.direction.run_of(p).is_some();
        let mut unfinished: Vec<UnfinishedRun> = Vec::new();
        for run in library.unfinished_runs().await?.into_iter().filter(|run| !alive(&run.project)) {
            let project = run.project.to_string();
            if !unfinished.iter().any(|u| u.project == project) {
                let title = projects.iter().find(|p| p.id == run.project).map(|p| p.title.clone()).unwrap_or_default();
                unfinished.push(UnfinishedRun { run: run.id.0, project, title });
            }
        }
        Ok(HomeView {
            projects: self.cards(&projects).await?,
            unfinished,
            trouble: self.inner.trouble.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(trouble_view),
        })
    }

    /// What keeps films from being made on this machine (no ffmpeg…), in words; `None` when nothing does. Programs are asked
    /// for that, so it may take a second; the home screen does not wait for it.
    pub async fn obstacle(&self) -> Option<String> {
        let found = self.inner.direction.obstacle().await?;
        Some(format!("{} {}", story::sentence_case(&found.to_string()), found.hint()))
    }

    /// The projects, as the home screen has them.
    pub async fn projects(&self) -> Result<Vec<ProjectCard>, Problem> {
        self.cards(&self.inner.library.projects().await?).await
    }

    async fn cards(&self, projects: &[library::Project]) -> Result<Vec<ProjectCard>, Problem> {
        let sample = sample::of(&self.inner.library).await?;
        let card = |p: &library::Project| {
            let alive = self.inner.direction.run_of(&p.id).is_some();
            ProjectCard { sample: sample.as_ref() == Some(&p.id), ..project::card(p, alive) }
        };
        Ok(projects.iter().map(card).collect())
    }

    /// A project as a whole.
    pub async fn project(&self, project: &str) -> Result<ProjectView, Problem> {
        let id = id(project)?;
        let alive = self.inner.direction.run_of(&id).is_some();
        Ok(project::project_view(&self.inner.library, &id, alive).await?)
    }

    /// Makes an empty project, which has the models of the settings; gives its id.
    pub async fn create_project(&self, request: &str) -> Result<String, Problem> {
        let work = async {
            let project = self.inner.library.create_project("").await?;
            self.follow_models(&project).await?;
            Ok(project.to_string())
        };
        self.inner.once.run(request, work).await
    }

    /// Makes an empty project with the built-in models; gives its id.
    pub(crate) async fn new_project(&self) -> Result<String, Problem> {
        Ok(self.inner.library.create_project("").await?.to_string())
    }

    /// Renames a project.
    pub async fn rename_project(&self, project: &str, title: &str) -> Result<(), Problem> {
        let clean = story::clean_text(title, 200);
        if clean.is_empty() {
            return Err(bad_request("A project needs a name.", "Type a name, or press Escape to keep the old one."));
        }
        let id = id(project)?;
        let before = self.inner.library.project(&id).await?;
        let told = serde_json::json!({ "type": "project", "title": clean, "stage": before.stage });
        let changes = vec![
            Change::Title(clean),
            Change::Document { name: "titled".into(), value: true.into() },
            Change::Event { run: None, body: told },
        ];
        self.inner.library.commit(&id, changes).await?;
        Ok(())
    }

    /// Copies a project; gives the copy's id.
    pub async fn duplicate_project(&self, project: &str, request: &str) -> Result<String, Problem> {
        self.inner
            .once
            .run(request, async {
                let of = id(project)?;
                let title = format!("{} (copy)", self.inner.library.project(&of).await?.title);
                Ok(self.inner.library.duplicate_project(&of, &title).await?.to_string())
            })
            .await
    }

    /// Puts a project into the trash; its run is stopped.
    pub async fn delete_project(&self, project: &str) -> Result<(), Problem> {
        let id = id(project)?;
        self.inner.direction.cancel(&id);
        self.inner.direction.settled(&id).await;
        Ok(self.inner.library.delete_project(&id).await?)
    }

    /// Takes a project out of the trash.
    pub async fn undelete_project(&self, project: &str) -> Result<(), Problem> {
        Ok(self.inner.library.undelete_project(&id(project)?).await?)
    }
}

fn trouble_view(trouble: &library::Trouble) -> Trouble {
    Trouble {
        message: "The library could not be read: its database is damaged. The damaged file is kept, and Workprint has started with an empty library.".to_owned(),
        kept: trouble.kept.display().to_string(),
        backup: trouble.backup.as_ref().map(|b| b.path.display().to_string()).unwrap_or_default(),
        backup_made: trouble.backup.as_ref().map(|b| b.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()).unwrap_or_default(),
    }
}
