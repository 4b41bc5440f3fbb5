//! The conversation of a project: what a message leads to, and what is said back.

mod amend;
mod asking;
mod guest;
mod guide;
mod heard;
mod look;
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
use crate::talk::{Listener, Patience, Readings};
use crate::understanding::{Asked, needs_model, understand};
use crate::{
    BriefChange, Change, Context, ContextState, ConversationError, Decided, Direction, Edition, Message, Understanding,
    change_brief, language::language_after,
};
use turn::{Next, Turn};

pub use asking::as_request;
pub use memory::Memory;

/// Work of at most so many seconds is done at once when it costs nothing.
const AT_ONCE_S: u32 = 10;

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
    patience: Patience,
    at_once_s: u32,
    listener: Listener,
    readings: Arc<Readings>,
}

impl Conversation {
    /// A conversation over a direction.
    pub fn new(direction: Direction) -> Self {
        let (patience, listener) = (Patience::default(), Arc::new(|_| {}));
        Self { direction, patience, at_once_s: AT_ONCE_S, listener, readings: Arc::default() }
    }

    /// The same with somebody who is told of a language model's answers while they come.
    #[must_use]
    pub fn with_listener(mut self, listener: Listener) -> Self {
        self.listener = listener;
        self
    }

    /// The same where changes that cost nothing are made at once up to so many seconds of work, and shown first beyond.
    #[must_use]
    pub fn making_at_once(mut self, seconds: u32) -> Self {
        self.at_once_s = seconds;
        self
    }

    /// The same with another patience with language models.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// The person says something: it is stored, understood and answered. With a chat model set up, what the rules are not
    /// sure of is read by it, and talk is answered by it; nobody waits longer than the patience for that, and nothing
    /// fails because of it. One message of a project at a time.
    pub async fn process_message(
        &self,
        project: &ProjectId,
        text: &str,
        defaults: &Defaults,
    ) -> Result<Held, ConversationError> {
        let text = checked(text)?;
        let _turn = self.direction.turn(project).lock_owned().await;
        let mut desk = self.direction.desk(project).await?;
        desk.record.language = language_after(&text, desk.record.language);
        desk.hear(Message::said(text.clone()));
        // What was said is on the disk before anything is made of it.
        self.direction.write(&mut desk).await?;
        desk.answered.clear();

        let guest = self.guest(&desk).await?;
        let mut turn = Turn::new(&self.direction, desk, defaults, text).await?;
        if let Some(guest) = &guest {
            turn = self.read_by(guest, turn).await?;
        }
        (turn.talks, turn.at_once_s) = (guest.is_some(), self.at_once_s);
        turn.take().await?;
        let Turn { mut desk, next, understanding, .. } = turn;
        self.direction.commit(&mut desk).await?;
        let mut held = Held {
            understanding,
            asks: desk.record.asked.is_some(),
            started: None,
            replies: std::mem::take(&mut desk.answered),
        };
        match next {
            Next::Nothing => {}
            Next::Start => {
                drop(desk);
                held.started = Some(self.direction.restart(project, crate::Start::default()).await?);
            }
            Next::BringBack => held.started = self.direction.bring_back(desk).await?,
            Next::Answer { guide } => {
                if let Some(guest) = guest {
                    held.replies.extend(self.answer(&guest, desk, guide).await?);
                }
            }
        }
        Ok(held)
    }

    /// What a message wants, said nowhere: with a chat model set up in the project, what the rules are not sure of is
    /// read by it.
    pub async fn understand(
        &self,
        project: &ProjectId,
        text: &str,
        context: &Context,
    ) -> Result<Understanding, ConversationError> {
        let guest = self.guest(&*self.direction.desk(project).await?).await?;
        let below = understand(text, context);
        match guest.filter(|_| needs_model(&below)) {
            Some(guest) => Ok(self.reading(&guest, below, text, context).await),
            None => Ok(below),
        }
    }

    /// The person changes a chip of the brief. While a film is there the change is shown with its impact first, unless it
    /// makes little again and costs nothing.
    pub async fn edit_brief(&self, project: &ProjectId, change: &BriefChange) -> Result<(), ConversationError> {
        let mut desk = self.direction.desk(project).await?;
        let edition = desk.edition().cloned().ok_or(ConversationError::NothingToStart)?;
        let (field, value) = change.named();
        let new = change_brief(&edition.brief, change)
            .ok_or_else(|| ConversationError::BadValue { field, value: value.to_owned() })?;
        if !desk.plans_anew() || self.direction.run_of(project).is_some() {
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
        desk.record.language = language_after(&form.idea, desk.record.language);
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
        Ok(Memory::of(&*self.direction.desk(project).await?))
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

/// True for a theme that says not what a film is about: "a new film".
pub(crate) fn says_nothing(theme: &str) -> bool {
    words::only(theme, "vague")
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
        asked: desk.record.asked.map(|about| Asked { about, choices: desk.record.choices.clone() }),
    }
}
