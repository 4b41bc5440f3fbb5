//! The conversation.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ExportOrder, FilmView, Problem, ProposalState, ProposalView};

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The person.
    You,
    /// The app.
    Workprint,
}

/// An answer that can be clicked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// What is shown.
    pub label: String,
    /// The message that clicking it sends.
    pub says: String,
}

/// What a message holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum MessageBody {
    /// Words.
    Text {
        /// Plain text.
        text: String,
    },
    /// A question, with answers to click.
    Question {
        /// Plain text.
        text: String,
        /// The answers.
        choices: Vec<Choice>,
    },
    /// "Here is what I understood": the project's brief and plan are shown here.
    Brief {
        /// Plain text above the cards.
        text: String,
    },
    /// A run was started: its progress is shown here.
    Run {
        /// The run.
        run: String,
    },
    /// A film is ready.
    Film {
        /// Plain text above the card.
        text: String,
        /// The film.
        film: Box<FilmView>,
    },
    /// A change as it would be.
    Proposal {
        /// Plain text above the card.
        text: String,
        /// What it touches, and what that costs.
        proposal: Box<ProposalView>,
        /// How it stands.
        state: ProposalState,
    },
    /// Something can be saved; the person chooses where.
    Export {
        /// Plain text above the button.
        text: String,
        /// What.
        order: ExportOrder,
    },
    /// Something went wrong.
    Problem {
        /// What.
        problem: Problem,
    },
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MessageView {
    /// Identity.
    pub id: String,
    /// Who wrote it.
    pub author: Author,
    /// When, in seconds since 1970.
    pub at_s: u32,
    /// What it holds.
    pub body: MessageBody,
}
