//! The conversation of a project: what a message leads to, and what is said back.

use engine::{RunId, TaskError};
use film::FilmError;
use library::{Change, LibraryError, MessageId, ProjectId, Snapshot};
use serde_json::{Value, json};
use story::{Aspect, Brief, BriefError, Language, Seed, clean_text};

use crate::brief_edit::{FormInput, form_brief};
use crate::replies::{Reply, asks_for_surprise, ideas, say, surprise};
use crate::understanding::{Context, ContextState, Cue, Intent, Understanding, understand};
use crate::{
    Answer, Author, Body, BriefChange, Direction, Message, ProjectRecord, Subject, brief_from, change_brief,
    language_of, next_version,
};

/// The longest message, in characters.
const LONGEST_MESSAGE: usize = 20_000;

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

/// A request that could not be carried out. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ConversationError {
    /// There are no words in the message.
    #[error("the message is empty")]
    Empty,
    /// The message is too long.
    #[error("the message has {0} characters; at most {LONGEST_MESSAGE} can be read at once")]
    TooLong(usize),
    /// A value does not fit its field.
    #[error("{value:?} cannot be the {field} of a film")]
    BadValue {
        /// The field.
        field: &'static str,
        /// The value.
        value: String,
    },
    /// There is no brief yet.
    #[error("there is nothing to start yet: the film has no subject")]
    NothingToStart,
    /// The brief cannot become a film.
    #[error(transparent)]
    Brief(#[from] BriefError),
    /// The library could not answer.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// Films cannot be put together here.
    #[error(transparent)]
    Film(#[from] FilmError),
    /// The graph could not be built.
    #[error("{0}")]
    Graph(TaskError),
    /// A stored document cannot be read or written.
    #[error("a document of the project cannot be read: {0}")]
    Document(String),
}

impl ConversationError {
    pub(crate) fn unstorable(error: &serde_json::Error) -> Self {
        Self::Document(error.to_string())
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
}

/// An event of the project's stream.
pub(crate) fn event(run: Option<RunId>, kind: &str, body: &Value) -> Change {
    let mut body = body.clone();
    body["type"] = kind.into();
    Change::Event { run, body }
}

/// A message, stored and told.
pub(crate) fn message_changes(id: &MessageId, message: &Message) -> Result<Vec<Change>, ConversationError> {
    let body = serde_json::to_value(&message.body).map_err(|e| ConversationError::unstorable(&e))?;
    Ok(vec![
        Change::Message { id: id.clone(), role: message.author.as_str().to_owned(), body: body.clone() },
        event(None, "message", &json!({ "id": id.as_str(), "author": message.author, "body": body })),
    ])
}

/// The record of a project, stored and told.
pub(crate) fn record_changes(record: &ProjectRecord) -> Result<Vec<Change>, ConversationError> {
    let value = serde_json::to_value(record).map_err(|e| ConversationError::unstorable(&e))?;
    Ok(vec![
        Change::Document { name: "record".into(), value: value.clone() },
        event(None, "record", &json!({ "record": value })),
    ])
}

/// The record of a project.
pub(crate) fn record_of(snapshot: &Snapshot) -> Result<ProjectRecord, ConversationError> {
    snapshot.documents.get("record").map_or_else(
        || Ok(ProjectRecord::default()),
        |value| serde_json::from_value(value.clone()).map_err(|e| ConversationError::unstorable(&e)),
    )
}

impl Conversation {
    /// A conversation over a direction.
    pub fn new(direction: Direction) -> Self {
        Self { direction }
    }

    /// The person says something: it is stored, understood and answered.
    pub async fn process_message(
        &self,
        project: &ProjectId,
        text: &str,
        defaults: &Defaults,
    ) -> Result<Held, ConversationError> {
        let count = text.chars().count();
        if count > LONGEST_MESSAGE {
            return Err(ConversationError::TooLong(count));
        }
        let text = clean_lines(text);
        if text.is_empty() {
            return Err(ConversationError::Empty);
        }
        let snapshot = self.direction.library().snapshot(project).await?;
        let mut record = record_of(&snapshot)?;
        let language = language_of(&text);
        let said = Message::said(text.clone());
        self.direction.library().commit(project, message_changes(&MessageId::new(), &said)?).await?;

        let understanding = understand(&text, &context(&snapshot, &record));
        let mut turn = Turn { project, snapshot: &snapshot, language, defaults, replies: Vec::new(), started: None };

        if record.asked.take() == Some(Subject::Theme) && answers(&understanding, &text) {
            self.answer_theme(&mut turn, &mut record, &text).await?;
        } else {
            match understanding.intent {
                Intent::VideoGeneration if agrees(&understanding) && self.direction.run_of(project).is_some() => {
                    turn.say(&Reply::AlreadyMaking);
                }
                Intent::VideoGeneration if agrees(&understanding) && record.brief.is_some() => {
                    turn.started = Some(self.direction.start(project).await?);
                }
                Intent::VideoGeneration => match brief_from(&understanding.parameters, &text, defaults) {
                    Some(brief) => self.propose(&mut turn, &mut record, brief, &Reply::Understood).await?,
                    None => ask_theme(&mut turn, &mut record, &text),
                },
                Intent::Modification => self.modify(&mut turn, &mut record, &text).await?,
                Intent::Review => turn.say(&review(&snapshot, &record)),
                Intent::Export => turn.say(if record.has_film { &Reply::HowToSave } else { &Reply::OnlyPlan }),
                Intent::Chat => {
                    let greets = matches!(understanding.cue, Some(Cue::Greeting | Cue::Thanks));
                    turn.say(if greets { &Reply::Hello } else { &Reply::Guide });
                }
            }
        }
        let (replies, started) = (turn.replies, turn.started);
        let mut changes = record_changes(&record)?;
        for reply in &replies {
            changes.extend(message_changes(&MessageId::new(), reply)?);
        }
        if started.is_none() {
            changes.extend(self.stage_changes(project, &snapshot, &record));
        }
        if started.is_none() || !replies.is_empty() {
            self.direction.library().commit(project, changes).await?;
        }
        Ok(Held { understanding, asks: record.asked.is_some(), started, replies })
    }

    /// The person changes a chip of the brief.
    pub async fn edit_brief(&self, project: &ProjectId, change: &BriefChange) -> Result<(), ConversationError> {
        let snapshot = self.direction.library().snapshot(project).await?;
        let mut record = record_of(&snapshot)?;
        let brief = record.brief.as_ref().ok_or(ConversationError::NothingToStart)?;
        let (field, value) = named(change);
        let new = change_brief(brief, change)
            .ok_or_else(|| ConversationError::BadValue { field, value: value.to_owned() })?;
        self.plan_into(&mut record, new).await;
        let mut changes = record_changes(&record)?;
        changes.extend(self.stage_changes(project, &snapshot, &record));
        self.direction.library().commit(project, changes).await?;
        Ok(())
    }

    /// The person fills the Idea2Video form.
    pub async fn submit_form(
        &self,
        project: &ProjectId,
        form: &FormInput,
        defaults: &Defaults,
    ) -> Result<(), ConversationError> {
        let snapshot = self.direction.library().snapshot(project).await?;
        let mut record = record_of(&snapshot)?;
        let brief = form_brief(form, defaults).ok_or(ConversationError::Empty)?;
        let language = language_of(&form.idea);
        let mut turn = Turn {
            project,
            snapshot: &snapshot,
            language,
            defaults,
            replies: vec![Message::said(clean_lines(&form.idea))],
            started: None,
        };
        self.propose(&mut turn, &mut record, brief, &Reply::Understood).await?;
        let mut changes = Vec::new();
        let replies = turn.replies;
        changes.extend(record_changes(&record)?);
        for message in &replies {
            changes.extend(message_changes(&MessageId::new(), message)?);
        }
        changes.extend(self.stage_changes(project, &snapshot, &record));
        self.direction.library().commit(project, changes).await?;
        Ok(())
    }

    /// Makes the next version of the film: the same wishes, another chance.
    pub async fn another_version(&self, project: &ProjectId) -> Result<RunId, ConversationError> {
        if let Some(run) = self.direction.run_of(project) {
            return Ok(run);
        }
        let snapshot = self.direction.library().snapshot(project).await?;
        let mut record = record_of(&snapshot)?;
        let brief = record.brief.clone().ok_or(ConversationError::NothingToStart)?;
        let version = record.version.max(1) + 1;
        self.plan_into(&mut record, next_version(&brief, version)).await;
        record.version = version;
        self.direction.library().commit(project, record_changes(&record)?).await?;
        self.direction.start(project).await
    }

    /// Makes the brief the project's own, with its plan.
    async fn plan_into(&self, record: &mut ProjectRecord, brief: Brief) {
        record.plan = Some(self.direction.plan(&brief).await);
        record.film_outdated = record.has_film;
        record.version = record.version.max(1);
        record.brief = Some(brief);
    }

    async fn propose(
        &self,
        turn: &mut Turn<'_>,
        record: &mut ProjectRecord,
        brief: Brief,
        reply: &Reply,
    ) -> Result<(), ConversationError> {
        brief.check()?;
        record.asked = None;
        record.half_said.clear();
        self.plan_into(record, brief).await;
        turn.replies.push(Message::reply(Body::Brief { text: say(reply, turn.language) }));
        Ok(())
    }

    /// The answer to "what should the film be about?" completes what was said before it.
    async fn answer_theme(
        &self,
        turn: &mut Turn<'_>,
        record: &mut ProjectRecord,
        text: &str,
    ) -> Result<(), ConversationError> {
        let before = std::mem::take(&mut record.half_said);
        let surprised = asks_for_surprise(text);
        let subject = if surprised {
            surprise(turn.language, Seed::new(turn.snapshot.messages.len() as u32).fork(turn.project.as_str()))
        } else {
            crate::extract(text, turn.language).theme.unwrap_or_else(|| clean_text(text, 4000))
        };
        let whole = if surprised { before.clone() } else { format!("{before} {text}") };
        let mut parameters = crate::extract(&whole, turn.language);
        parameters.characters = crate::extract(&subject, turn.language).characters;
        parameters.theme = Some(subject);
        if let Some(brief) = brief_from(&parameters, &whole, turn.defaults) {
            return self.propose(turn, record, brief, &Reply::Understood).await;
        }
        ask_theme(turn, record, &before);
        Ok(())
    }

    /// A change by words, as far as it changes the brief.
    async fn modify(
        &self,
        turn: &mut Turn<'_>,
        record: &mut ProjectRecord,
        text: &str,
    ) -> Result<(), ConversationError> {
        let Some(brief) = record.brief.clone() else {
            turn.say(&Reply::NothingYet);
            return Ok(());
        };
        let parameters = crate::extract(text, turn.language);
        let seconds = parameters.duration.or_else(|| relative_length(text, brief.duration_s.value));
        let changes = [
            seconds.map(|s| BriefChange::Length(s.to_string())),
            parameters.style.map(BriefChange::Style),
            parameters.mood.map(BriefChange::Mood),
            parameters.aspect_ratio.map(BriefChange::Ratio),
            parameters.language.map(BriefChange::Language),
            crate::parameters::wants_no_voice(text).then(|| BriefChange::Sound("no_voice".into())),
            crate::parameters::wants_no_captions(text).then(|| BriefChange::Captions("off".into())),
        ];
        let mut new = brief.clone();
        for change in changes.iter().flatten() {
            if let Some(changed) = change_brief(&new, change) {
                new = changed;
            }
        }
        if new == brief {
            turn.say(&Reply::CannotChangeYet);
            return Ok(());
        }
        self.propose(turn, record, new, &Reply::Changed).await
    }

    fn stage_changes(&self, project: &ProjectId, snapshot: &Snapshot, record: &ProjectRecord) -> Vec<Change> {
        if self.direction.run_of(project).is_some() {
            return Vec::new();
        }
        let stage = match (record.has_film, &record.brief) {
            (true, _) => "film",
            (false, Some(_)) => "planned",
            (false, None) => return Vec::new(),
        };
        let untitled = snapshot.project.title.is_empty() || !snapshot.documents.contains_key("titled");
        let title = match &record.brief {
            Some(brief) if untitled && !record.has_film => clean_text(&story::sentence_case(&brief.theme), 60),
            _ => snapshot.project.title.clone(),
        };
        vec![
            Change::Title(title.clone()),
            Change::Stage(stage.into()),
            event(None, "project", &json!({ "title": title, "stage": stage })),
        ]
    }
}

/// One turn of a conversation.
struct Turn<'a> {
    project: &'a ProjectId,
    snapshot: &'a Snapshot,
    language: Language,
    defaults: &'a Defaults,
    replies: Vec<Message>,
    started: Option<RunId>,
}

impl Turn<'_> {
    fn say(&mut self, reply: &Reply) {
        self.replies.push(Message::reply(Body::Text { text: say(reply, self.language) }));
    }
}

fn ask_theme(turn: &mut Turn<'_>, record: &mut ProjectRecord, text: &str) {
    let mut choices: Vec<Answer> = ideas(turn.language)
        .iter()
        .map(|idea| Answer { label: story::sentence_case(idea), says: (*idea).to_owned() })
        .collect();
    let surprise = say(&Reply::SurpriseMe, turn.language);
    choices.push(Answer { label: surprise.clone(), says: surprise });
    let text_of = say(&Reply::WhatAbout, turn.language);
    turn.replies.push(Message {
        author: Author::Workprint,
        body: Body::Question { text: text_of, about: Subject::Theme, choices },
    });
    record.asked = Some(Subject::Theme);
    text.clone_into(&mut record.half_said);
}

/// True when a message can be the answer to a question about the subject: not small talk, not another request.
fn answers(understanding: &Understanding, text: &str) -> bool {
    match understanding.intent {
        Intent::VideoGeneration => understanding.parameters.theme.is_some() || asks_for_surprise(text),
        Intent::Chat => asks_for_surprise(text) || understanding.confidence < 0.9,
        Intent::Modification | Intent::Review | Intent::Export => {
            asks_for_surprise(text) || understanding.confidence < 0.7
        }
    }
}

fn agrees(understanding: &Understanding) -> bool {
    understanding.cue == Some(Cue::Agreement)
}

fn context(snapshot: &Snapshot, record: &ProjectRecord) -> Context {
    let state = match (record.has_film, &record.brief) {
        (true, _) => ContextState::VideoReady,
        (false, Some(_)) => ContextState::DraftPlanReady,
        (false, None) => ContextState::None,
    };
    Context { state, project: json!({ "title": snapshot.project.title }) }
}

fn review(snapshot: &Snapshot, record: &ProjectRecord) -> Reply {
    let count =
        |collection: &str| snapshot.slots.keys().filter(|slot| slot.collection().as_str() == collection).count() as u32;
    if !record.has_film {
        return if record.brief.is_some() { Reply::OnlyPlan } else { Reply::NothingYet };
    }
    let seconds = snapshot.project.duration_ms.unwrap_or_default() as u32 / 1000;
    Reply::Facts { title: snapshot.project.title.clone(), seconds, scenes: count("board"), shots: count("segment") }
}

/// "shorter" and "longer" without a number.
fn relative_length(text: &str, seconds: u32) -> Option<u32> {
    let words = story::words(text);
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    if has(&["shorter", "shorten", "trim", "kürzer", "más corto", "corto"]) {
        Some((seconds * 2 / 3).max(story::MIN_DURATION_S))
    } else if has(&["longer", "lengthen", "extend", "länger", "largo"]) {
        Some((seconds * 3 / 2).min(story::MAX_DURATION_S))
    } else {
        None
    }
}

fn named(change: &BriefChange) -> (&'static str, &str) {
    match change {
        BriefChange::Theme(v) => ("subject", v),
        BriefChange::Style(v) => ("style", v),
        BriefChange::Mood(v) => ("mood", v),
        BriefChange::Length(v) => ("length", v),
        BriefChange::Ratio(v) => ("shape", v),
        BriefChange::Cast(v) => ("cast", v),
        BriefChange::Language(v) => ("language", v),
        BriefChange::Sound(v) => ("sound", v),
        BriefChange::Captions(v) => ("captions", v),
        BriefChange::Special(v) => ("wishes", v),
    }
}

/// A message as it is kept: its lines, without what cannot be seen.
fn clean_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| clean_text(line, LONGEST_MESSAGE)).collect();
    lines.join("\n").trim().to_owned()
}
