//! Conversations: what a person wants, what they said about it, the one question that must be asked, what they decided,
//! what a change would cost, runs.
//!
//! This room turns words into decisions and decisions into runs, and answers. It must not draw, write or cut
//! anything itself, and it starts nothing that was not asked for. Texts from people are data; nothing in here builds
//! a path, a query or markup from them.
//!
//! What the maker decided is an [`Edition`]; every decision makes a new one, and the film is derived from it. A change
//! that may cost is a [`Proposal`] first. [`Direction`] decides and runs, [`Conversation`] turns words into what it
//! is asked for.

mod brief_edit;
mod change;
mod complexity;
mod conversation;
mod describe;
mod direction;
mod documents;
mod edition;
mod error;
mod language;
mod message;
mod parameters;
mod proposal;
mod records;
mod replies;
mod series;
mod stage;
mod taking_out;
mod talk;
mod understanding;
mod wording;

pub use brief_edit::{BriefChange, FormInput, brief_from, change_brief, form_brief, next_version};
pub use change::Change;
pub use complexity::{Complexity, grade};
pub use conversation::{Conversation, Defaults, Held, Memory, as_request};
pub use direction::{
    Answered, Applied, CrewError, Decided, Direction, Director, Format, History, HistoryStep, Money, Moved, PROPOSAL,
    Start, Waiting, Watcher, cast_of, edition_of,
};
pub use edition::{Edition, Pin};
pub use error::ConversationError;
pub use language::language_of;
pub use message::{Answer, Author, Body, Message, Subject};
pub use parameters::{Parameters, extract};
pub use proposal::{Choices, Cost, FieldChange, ImpactItem, ItemKind, ItemState, Proposal, ProposalId, ProposalState};
pub use records::{Focus, PlanRecord, ProjectRecord, RunRecord};
pub use series::{Episode, Series};
pub use stage::Stage;
pub use taking_out::{TakeOut, TakenAs};
pub use talk::{Listener, Patience, TalkMoney, TextSample};
pub use understanding::{
    Asked, Context, ContextState, Cue, DecidedBy, ExportDetails, INSTRUCTIONS, Intent, MODEL_ACCEPTED, Model,
    ModelReading, ModelReplyError, ModificationDetails, Numbers, ReviewDetails, Understanding, classify,
    model_question, model_schema, needs_model, read_model_reply, training, understand, understand_as, with_model,
    without_model,
};
