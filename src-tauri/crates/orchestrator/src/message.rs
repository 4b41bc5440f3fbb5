//! The messages of a conversation, as they are stored.

use engine::{Key, RunId, Slot, TaskError};
use serde::{Deserialize, Serialize};

use crate::{Proposal, TakeOut};

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The person.
    You,
    /// The app.
    Workprint,
}

impl Author {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::You => "you",
            Self::Workprint => "workprint",
        }
    }
}

/// What a question is about; the answer goes there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// What the film is about.
    Theme,
    /// Which of several is meant.
    Which,
    /// Whether a film shall be made of what was said.
    Film,
}

/// An answer that can be clicked: what is shown, and what clicking it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What is shown.
    pub label: String,
    /// What it says.
    pub says: String,
}

/// What a message holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Body {
    /// Words.
    Text {
        /// Plain text.
        text: String,
    },
    /// The one question that must be asked.
    Question {
        /// Plain text.
        text: String,
        /// What it is about.
        about: Subject,
        /// Answers to click.
        choices: Vec<Answer>,
    },
    /// "Here is what I understood": the brief and the plan are shown under it.
    Brief {
        /// Plain text.
        text: String,
        /// Quick choices for what was assumed (the length).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        choices: Vec<Answer>,
    },
    /// A run was started.
    Run {
        /// The run.
        run: RunId,
    },
    /// A film is ready.
    Film {
        /// Plain text.
        text: String,
        /// The film's result.
        key: Key,
    },
    /// A change as it would be, to be applied or not.
    Proposal {
        /// Plain text.
        text: String,
        /// What it would do. How it stands is in the project's record.
        proposal: Box<Proposal>,
    },
    /// Something that can be saved; the person chooses where.
    Export {
        /// Plain text.
        text: String,
        /// What.
        taken: TakeOut,
    },
    /// A run ended and something is left for the person: what waits for their word, what is missing in the film.
    Left {
        /// Plain text: what, why, and what to do.
        text: String,
        /// The slots that it is about.
        slots: Vec<Slot>,
    },
    /// A run could not finish.
    Trouble {
        /// Plain text.
        text: String,
        /// The first failure, in the words of its task.
        error: TaskError,
    },
}

impl Body {
    /// Its words; `None` when it has none.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text { text }
            | Self::Question { text, .. }
            | Self::Brief { text, .. }
            | Self::Film { text, .. }
            | Self::Proposal { text, .. }
            | Self::Export { text, .. }
            | Self::Left { text, .. }
            | Self::Trouble { text, .. } => Some(text),
            Self::Run { .. } => None,
        }
    }
}

/// A message of the conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Who wrote it.
    pub author: Author,
    /// What it holds.
    pub body: Body,
}

impl Message {
    /// What the person said.
    pub fn said(text: impl Into<String>) -> Self {
        Self { author: Author::You, body: Body::Text { text: text.into() } }
    }

    /// What the app says.
    pub fn reply(body: Body) -> Self {
        Self { author: Author::Workprint, body }
    }
}
