//! Requests that cannot be carried out.

use engine::TaskError;
use library::LibraryError;
use story::BriefError;

use crate::CrewError;

/// The longest message, in characters.
pub(crate) const LONGEST_MESSAGE: usize = 20_000;

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
    /// The proposal is not open any more.
    #[error("this change was applied or dismissed already")]
    NoProposal,
    /// There is no such edition.
    #[error("the history has no step {0}")]
    NoEdition(u32),
    /// There is no such take.
    #[error("{slot} has no such take")]
    NoTake {
        /// Where.
        slot: String,
    },
    /// Nothing waits there for the person.
    #[error("{0} does not wait for you any more")]
    NothingWaits(String),
    /// The brief cannot become a film.
    #[error(transparent)]
    Brief(#[from] BriefError),
    /// The library could not answer.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// No crew can be put together.
    #[error(transparent)]
    Crew(#[from] CrewError),
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
