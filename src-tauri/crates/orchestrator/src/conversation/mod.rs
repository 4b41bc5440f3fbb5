//! The conversation of a project: what a message leads to, and what is said back.

mod amend;
mod asking;
mod guide;
mod heard;
mod memory;
mod modify;
mod reader;
mod requests;
mod serial;
mod taking_out;
mod turn;
mod words;

use std::sync::Arc;

use engine::RunId;
use library::ProjectId;
use serde_json::json;
use story::{Aspect, Language, clean_text};

use crate::brief_edit::{FormInput, form_brief};
use crate::direction::Desk;
use crate::error::LONGEST_MESSAGE;
use crate::replies::Reply;
use crate::understanding::Cue;
use crate::{
    BriefChange, Change, Context, ContextState, ConversationError, Decided, Direction, Edition, Message, Understanding,
    change_brief, language_of,
};
use turn::Turn;

pub use memory::{Memory, Talker};

/// What new films start from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defaults {
    /// Length in seconds.
    pub seconds: u32,
    /// The shape of the picture.
    pub aspect: Aspect,
    /// The language; `None` follows the message.
    pub language: Option<Language>,
    /// Burn captions in.
    pub captions: bool,
}

impl Default for Defaults {
    fn default() -> Self {
        Self { seconds: 30, aspect: Aspect::default(), language: None, captions: true }
    }
}

/// What a message led to.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// What was understood.
    pub understanding: Understanding,
    /// True when a question waits for an answer.
    pub asks: bool,
    /// The run that was started, if one was.
    pub started: Option<RunId>,
    /// What was said back.
    pub replies: Vec<Message>,
}

/// Talks about projects. Cheap to clone.
#[derive(Clone)]
pub struct Conversation {
    direction: Direction,
    talker: Option<Arc<dyn Talker>>,
}

impl Conversation {
    /// A conversation over a direction, with the built-in guide.
    pub fn new(direction: Direction) -> Self {
        Self { direction, talker: None }
    }

    /// The same with somebody who answers small talk and questions; the built-in guide stands behind.
    #[must_use]
    pub fn with_talker(mut self, talker: Arc<dyn Talker>) -> Self {
        self.talker = Some(talker);
        self
    }

    /// The person says something: it is stored, understood and answered.
    pub async fn process_message(
        &self,
        project: &ProjectId,
        text: &str,
        defaults: &Defaults,
    ) -> Result<Held, ConversationError> {
        let text = checked(text)?;
        let mut desk = self.direction.desk(project).await?;
        desk.record.language = language_heard(&text, desk.record.language);
        desk.hear(Message::said(text.clone()));
        // What was said is on the disk before anything is made of it.
        self.direction.write(&mut desk).await?;
        desk.answered.clear();

        let mut turn = Turn::new(self, desk, defaults, text).await?;
        turn.take().await?;
        let Turn { mut desk, start, understanding, .. } = turn;
        self.direction.commit(&mut desk).await?;
        let replies = std::mem::take(&mut desk.answered);
        let asks = desk.record.asked.is_some();
        let started = match start {
            turn::Next::Start => {
                drop(desk);
                Some(self.direction.restart(project, crate::Start::default()).await?)
            }
            turn::Next::BringBack => self.direction.bring_back(desk).await?,
            turn::Next::Nothing => None,
        };
        Ok(Held { understanding, asks, started, replies })
    }

    /// The person changes a chip of the brief. While a film is there the change is shown with its impact first, unless it
    /// makes little again and costs nothing.
    pub async fn edit_brief(&self, project: &ProjectId, change: &BriefChange) -> Result<(), ConversationError> {
        let mut desk = self.direction.desk(project).await?;
        let edition = desk.edition().cloned().ok_or(ConversationError::NothingToStart)?;
        let (field, value) = change.named();
        let new = change_brief(&edition.brief, change)
            .ok_or_else(|| ConversationError::BadValue { field, value: value.to_owned() })?;
        if desk.record.has_film || self.direction.run_of(project).is_some() {
            drop(desk);
            self.direction.propose(project, vec![Change::Brief(change.clone())]).await?;
            return Ok(());
        }
        let edition = Edition { brief: new, ..edition };
        let what = crate::describe::described(
            &Change::Brief(change.clone()),
            &crate::documents::Documents::default(),
            desk.language(),
        );
        desk.decide(edition, &Reply::Words(what))?;
        self.direction.plan_into(&mut desk).await?;
        self.direction.commit(&mut desk).await
    }

    /// The person fills the Idea2Video form.
    pub async fn submit_form(
        &self,
        project: &ProjectId,
        form: &FormInput,
        defaults: &Defaults,
    ) -> Result<(), ConversationError> {
        let brief = form_brief(form, defaults).ok_or(ConversationError::Empty)?;
        let mut desk = self.direction.desk(project).await?;
        desk.record.language = language_heard(&form.idea, desk.record.language);
        desk.hear(Message::said(clean_lines(&form.idea)));
        turn::plan_brief(&self.direction, &mut desk, brief, &Reply::Understood).await?;
        self.direction.commit(&mut desk).await
    }

    /// Makes the next version of the film: the same wishes, another chance.
    pub async fn another_version(&self, project: &ProjectId) -> Result<RunId, ConversationError> {
        if let Some(run) = self.direction.run_of(project) {
            return Ok(run);
        }
        let mut desk = self.direction.desk(project).await?;
        turn::another_version(&self.direction, &mut desk).await?;
        self.direction.commit(&mut desk).await?;
        drop(desk);
        self.direction.start(project).await
    }

    /// Changes at once what costs nothing, and shows the rest; for what is clicked, not said.
    pub async fn change(&self, project: &ProjectId, change: Change) -> Result<Decided, ConversationError> {
        self.direction.change(project, vec![change]).await
    }

    /// What a language model should know of the conversation: what was decided, and the last turns.
    pub async fn memory(&self, project: &ProjectId) -> Result<Memory, ConversationError> {
        Ok(Memory::of(&self.direction.desk(project).await?))
    }
}

/// A message as it is kept, or what is wrong with it.
fn checked(text: &str) -> Result<String, ConversationError> {
    let count = text.chars().count();
    if count > LONGEST_MESSAGE {
        return Err(ConversationError::TooLong(count));
    }
    let text = clean_lines(text);
    if text.is_empty() { Err(ConversationError::Empty) } else { Ok(text) }
}

/// A message as it is kept: its lines, without what cannot be seen.
fn clean_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| clean_text(line, LONGEST_MESSAGE)).collect();
    lines.join("\n").trim().to_owned()
}

/// The language of a message; a word or two that could be of any language are of the one before.
fn language_heard(text: &str, before: Language) -> Language {
    let heard = language_of(text);
    let short = story::words(text).len() <= 3;
    if heard == Language::default() && short { before } else { heard }
}

/// What is known of the project when something is said.
fn context(desk: &Desk, documents: Option<&crate::documents::Documents>) -> Context {
    let state = match (desk.record.has_film, desk.edition()) {
        (true, _) => ContextState::VideoReady,
        (false, Some(_)) => ContextState::DraftPlanReady,
        (false, None) => ContextState::None,
    };
    let names = |d: &crate::documents::Documents| d.cast.members.iter().map(|m| m.name.clone()).collect::<Vec<_>>();
    Context {
        state,
        project: json!({
            "title": desk.snapshot.project.title,
            "scenes": documents.map(|d| d.scenes().len()),
            "characters": documents.map(names).unwrap_or_default(),
            "style": desk.edition().and_then(|e| e.brief.style.as_ref().map(|s| s.value.as_str())),
            "duration": desk.edition().map(|e| e.brief.duration_s.value),
        }),
    }
}

/// True for a greeting or thanks.
fn greets(understanding: &Understanding) -> bool {
    matches!(understanding.cue, Some(Cue::Greeting | Cue::Thanks))
}
