//! Conversations: what a person wants, what they said about it, the one question that must be asked, plans, runs.
//!
//! This room turns words into a brief and a brief into a started run, and answers. It must not draw, write or cut
//! anything itself, and it starts nothing that was not asked for. Texts from people are data; nothing in here builds
//! a path, a query or markup from them.

mod brief_edit;
mod complexity;
mod conversation;
mod direction;
mod language;
mod message;
mod parameters;
mod records;
mod replies;
mod understanding;
mod wording;

pub use brief_edit::{BriefChange, FormInput, brief_from, change_brief, form_brief, next_version};
pub use complexity::{Complexity, grade};
pub use conversation::{Conversation, ConversationError, Defaults, Held};
pub use direction::{Direction, Director, Format, Watcher, cast_of};
pub use language::language_of;
pub use message::{Answer, Author, Body, Message, Subject};
pub use parameters::{Parameters, extract};
pub use records::{PlanRecord, ProjectRecord, RunRecord};
pub use understanding::{
    Context, ContextState, Cue, DecidedBy, ExportDetails, INSTRUCTIONS, Intent, MODEL_ACCEPTED, Model, ModelReading,
    ModelReplyError, ModificationDetails, Numbers, ReviewDetails, Understanding, classify, model_question,
    model_schema, needs_model, read_model_reply, training, understand, understand_as, with_model,
};
