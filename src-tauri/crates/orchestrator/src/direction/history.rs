//! The history of what was decided: undo, redo, and going back.

use engine::RunId;
use library::{Editions, ProjectId};

use super::{Desk, Direction, Start};
use crate::replies::Reply;
use crate::{ConversationError, Edition};

/// A decision in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryStep {
    /// Its number.
    pub number: u32,
    /// The one that it was made from.
    pub parent: Option<u32>,
    /// What was changed, in words.
    pub words: String,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// True for the one that counts.
    pub current: bool,
}

/// The history of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// What was decided, oldest first.
    pub steps: Vec<HistoryStep>,
    /// What undo takes back, in words; `None` when there is nothing to take back.
    pub undo: Option<String>,
    /// What redo does again, in words.
    pub redo: Option<String>,
}

/// Where undo, redo or a jump led.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The edition that counts now.
    pub number: u32,
    /// What was taken back or done again, in words.
    pub words: String,
    /// The run that brings the film there, when all of it is there already; otherwise the person starts it.
    pub run: Option<RunId>,
}

impl From<&Editions> for History {
    fn from(editions: &Editions) -> Self {
        let words = |number: u32| editions.all.iter().find(|e| e.number == number).map(|e| e.words.clone());
        let steps = editions.all.iter().map(|e| HistoryStep {
            number: e.number,
            parent: e.parent,
            words: e.words.clone(),
            at_ms: e.at_ms,
            current: Some(e.number) == editions.current,
        });
        Self {
            steps: steps.collect(),
            undo: editions.undo().and(editions.current).and_then(words),
            redo: editions.redo().and_then(words),
        }
    }
}

impl Direction {
    /// What was decided in a project, step by step.
    pub async fn history(&self, project: &ProjectId) -> Result<History, ConversationError> {
        Ok(self.desk(project).await?.editions().into())
    }

    /// What is decided now; `None` while the project has no subject.
    pub async fn edition(&self, project: &ProjectId) -> Result<Option<Edition>, ConversationError> {
        Ok(self.desk(project).await?.edition().cloned())
    }

    /// Takes the last decision back. `None` when there is none.
    pub async fn undo(&self, project: &ProjectId) -> Result<Option<Moved>, ConversationError> {
        self.moved(project, History::undone).await
    }

    /// Makes the decision again that was taken back last. `None` when there is none.
    pub async fn redo(&self, project: &ProjectId) -> Result<Option<Moved>, ConversationError> {
        self.moved(project, History::redone).await
    }

    /// Goes to any edition. Nothing is lost: the ones after it stay in the history.
    pub async fn go_to(&self, project: &ProjectId, number: u32) -> Result<Moved, ConversationError> {
        let to = move |_: &Editions| Some((number, Way::To));
        self.moved(project, to).await?.ok_or(ConversationError::NoEdition(number))
    }

    async fn moved(
        &self,
        project: &ProjectId,
        whither: impl FnOnce(&Editions) -> Option<(u32, Way)>,
    ) -> Result<Option<Moved>, ConversationError> {
        let mut desk = self.desk(project).await?;
        let Some((number, way)) = whither(desk.editions()) else { return Ok(None) };
        let (number, words) = self.move_to(&mut desk, number, way).await?;
        self.commit(&mut desk).await?;
        let run = self.bring_back(desk).await?;
        Ok(Some(Moved { number, words, run }))
    }

    /// Goes to another edition and says so; gives its number and what was taken back or done again.
    pub(crate) async fn move_to(
        &self,
        desk: &mut Desk,
        number: u32,
        way: Way,
    ) -> Result<(u32, String), ConversationError> {
        let left = desk.number().and_then(|at| desk.editions().all.iter().find(|e| e.number == at));
        let left = left.map(|e| e.words.clone()).unwrap_or_default();
        let reached = desk.go_to(number)?;
        desk.close_proposal(crate::ProposalState::Dismissed);
        self.plan_into(desk).await?;
        let (words, reply) = match way {
            Way::Back => (left.clone(), Reply::Undone { what: left }),
            Way::Again => (reached.clone(), Reply::Redone { what: reached }),
            Way::To => (reached.clone(), Reply::WentTo { number, what: reached }),
        };
        desk.reply(&reply);
        Ok((number, words))
    }

    /// Brings the film to what is decided when all of it is there already: nothing is made and nothing asked.
    pub(crate) async fn bring_back(&self, desk: Box<Desk>) -> Result<Option<RunId>, ConversationError> {
        let project = desk.project.clone();
        let wanted = desk.record.has_film && desk.record.film_outdated && self.is_made(&desk).await?;
        drop(desk);
        if !wanted {
            return Ok(None);
        }
        self.restart(&project, Start::default()).await.map(Some)
    }
}

/// Which way through the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Back,
    Again,
    To,
}

impl History {
    pub(crate) fn undone(editions: &Editions) -> Option<(u32, Way)> {
        editions.undo().map(|to| (to, Way::Back))
    }

    pub(crate) fn redone(editions: &Editions) -> Option<(u32, Way)> {
        editions.redo().map(|to| (to, Way::Again))
    }
}
