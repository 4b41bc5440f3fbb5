//! What a terminal asks for beyond the window's requests: whole films in one call, plans, one-line understanding.

use std::path::{Path, PathBuf};

use library::ProjectId;
use models::ModelsFile;
use orchestrator::{Body, Context, Understanding, understand};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::problem::{bad_request, internal, not_found};
use crate::view::proposal;
use crate::wire::{MessageBody, Problem, ProjectView, ProposalView, RunState};

/// A line of messages to be understood.
#[derive(Debug, Clone, Deserialize)]
pub struct UnderstoodLine {
    /// Given back with the answer.
    #[serde(default)]
    pub id: serde_json::Value,
    /// The message.
    pub text: String,
    /// The state it is said in.
    #[serde(default)]
    pub context: Context,
}

/// The answer to a line.
#[derive(Debug, Serialize)]
struct Answered {
    id: serde_json::Value,
    #[serde(flatten)]
    understanding: Understanding,
}

/// Understands one JSON line and answers with one; a line that is not one is named in the error.
pub fn understand_line(line: &str) -> Result<String, Problem> {
    let read = read_line(line)?;
    answered(read.id, understand(&read.text, &read.context))
}

fn read_line(line: &str) -> Result<UnderstoodLine, Problem> {
    serde_json::from_str(line).map_err(|e| {
        bad_request(format!("the line is not a message: {e}"), "Give one JSON object a line, with \"text\".")
    })
}

fn answered(id: serde_json::Value, understanding: Understanding) -> Result<String, Problem> {
    serde_json::to_string(&Answered { id, understanding }).map_err(|e| internal(e.to_string()))
}

/// Understands messages with the chat model of a models file, one after the other. What that costs is in the ledger.
#[derive(Debug)]
pub struct Understander {
    app: App,
    project: String,
}

impl Understander {
    /// [`understand_line`] with the model.
    pub async fn line(&self, line: &str) -> Result<String, Problem> {
        let read = read_line(line)?;
        let project = ProjectId::try_from(self.project.clone())?;
        let understanding = self.app.conversation().understand(&project, &read.text, &read.context).await?;
        answered(read.id, understanding)
    }

    /// Ends; what was paid stays in the ledger.
    pub async fn close(self) -> Result<(), Problem> {
        self.app.delete_project(&self.project).await
    }
}

/// What a message led to.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// The project.
    pub project: String,
    /// What was said back, in plain text.
    pub replies: Vec<String>,
    /// The question that waits for an answer; empty when none does.
    pub question: String,
    /// Answers to it.
    pub choices: Vec<String>,
    /// The run that was started; empty when none was.
    pub run: String,
    /// The change that waits for a yes.
    pub proposal: Option<ProposalView>,
    /// What was understood.
    pub understanding: Understanding,
}

/// A plan as `plan --json` gives it.
#[derive(Debug, Clone, Serialize)]
pub struct PlanReport {
    /// The brief.
    pub brief: crate::wire::BriefView,
    /// The plan.
    pub plan: crate::wire::PlanView,
}

impl Said {
    /// True when the message neither planned a film nor asked for what is missing: small talk, or a question.
    pub fn understanding_asks_nothing(&self) -> bool {
        self.understanding.intent != orchestrator::Intent::VideoGeneration
    }
}

impl App {
    /// Says something in a project with the wish for a film, whatever it alone would mean.
    pub async fn ask_for_film(&self, project: &str, text: &str) -> Result<Said, Problem> {
        self.say(Some(project), &orchestrator::as_request(text)).await
    }

    /// Says something in a project, or in a new one.
    pub async fn say(&self, project: Option<&str>, text: &str) -> Result<Said, Problem> {
        let project = match project {
            Some(id) => id.to_owned(),
            None => self.new_project().await?,
        };
        let id = ProjectId::try_from(project.clone())?;
        let held = self.conversation().process_message(&id, text, &self.defaults().await?).await?;
        let mut said = Said {
            project,
            replies: Vec::new(),
            question: String::new(),
            choices: Vec::new(),
            run: held.started.map(|r| r.0).unwrap_or_default(),
            proposal: None,
            understanding: held.understanding,
        };
        for reply in held.replies {
            if let Body::Proposal { proposal, .. } = &reply.body {
                said.proposal = Some(proposal::read(self.library(), proposal).await?);
            }
            match reply.body {
                Body::Question { text, choices, .. } => {
                    said.question = text;
                    said.choices = choices.into_iter().map(|c| c.says).collect();
                }
                Body::Text { text }
                | Body::Brief { text, .. }
                | Body::Film { text, .. }
                | Body::Proposal { text, .. }
                | Body::Export { text, .. }
                | Body::Left { text, .. }
                | Body::Trouble { text, .. } => {
                    said.replies.push(text);
                }
                Body::Run { .. } => {}
            }
        }
        Ok(said)
    }

    /// The models file that a project's films are made with from now on. The project keeps it without keys, which stay
    /// in the environment variables that it names.
    pub async fn use_models(&self, project: &str, file: &Path) -> Result<(), Problem> {
        let shown = file.display();
        let text = tokio::fs::read_to_string(file).await.map_err(|error| {
            bad_request(
                format!("{shown} cannot be read: {error}"),
                "Give a models file, as docs/MODELS.md describes it.",
            )
        })?;
        let models: ModelsFile = text.parse().map_err(|error: models::ModelsFileError| {
            bad_request(format!("{shown}, {error}"), "Models files are described in docs/MODELS.md.")
        })?;
        Ok(self.direction().use_models(&ProjectId::try_from(project.to_owned())?, Some(models)).await?)
    }

    /// Somebody who understands messages with the chat model of a models file.
    pub async fn understander(&self, models: &Path) -> Result<Understander, Problem> {
        let project = self.new_project().await?;
        if let Err(problem) = self.use_models(&project, models).await {
            self.delete_project(&project).await?;
            return Err(problem);
        }
        Ok(Understander { app: self.clone(), project })
    }

    /// The brief and plan of a message, in a project that is deleted again.
    pub async fn plan_of(&self, text: &str, models: Option<&Path>) -> Result<Result<PlanReport, Said>, Problem> {
        let project = self.new_project().await?;
        if let Some(file) = models
            && let Err(problem) = self.use_models(&project, file).await
        {
            self.delete_project(&project).await?;
            return Err(problem);
        }
        let said = self.ask_for_film(&project, text).await?;
        let view = self.project(&said.project).await?;
        self.delete_project(&said.project).await?;
        Ok(match (view.brief, view.plan) {
            (Some(brief), Some(plan)) => Ok(PlanReport { brief, plan }),
            _ => Err(said),
        })
    }

    /// Waits for the end of a project's run; gives the project as it is then.
    pub async fn wait_for(&self, project: &str) -> Result<ProjectView, Problem> {
        self.direction().settled(&ProjectId::try_from(project.to_owned())?).await;
        self.project(project).await
    }

    /// The film of a finished project: saved at `out`, or where it lies in the library.
    pub async fn film_file(&self, project: &str, out: Option<&Path>) -> Result<PathBuf, Problem> {
        if let Some(out) = out {
            return self.save_film(project, out).await;
        }
        let view = self.project(project).await?;
        let film = view.film.ok_or_else(|| not_found("The project has no film yet."))?;
        let file = self.media(&film.video.id).await;
        file.map(|f| f.path).ok_or_else(|| not_found("The film's file is gone from the library."))
    }

    /// Why a run did not finish, in words.
    pub fn why_unfinished(view: &ProjectView) -> Problem {
        let told = view.messages.iter().rev().find_map(|m| match &m.body {
            MessageBody::Problem { problem } => Some(problem.clone()),
            _ => None,
        });
        let cancelled = view.run.as_ref().is_some_and(|r| r.state == RunState::Cancelled);
        match told {
            Some(problem) if !cancelled => problem,
            _ => Problem {
                code: crate::wire::ErrorCode::Cancelled,
                message: "The film was stopped. What was made is kept.".to_owned(),
                hint: "Go on with `workprint-cli resume`.".to_owned(),
                retryable: true,
            },
        }
    }
}
