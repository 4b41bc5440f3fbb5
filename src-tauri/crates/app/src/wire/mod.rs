//! The requests, replies and events that any front end speaks, as plain data.
//!
//! A window or a terminal shows these and sends these; nothing here does anything. Times are whole milliseconds or
//! seconds, media are named by the hash of their bytes, and no text in here is markup.

mod brief;
mod care;
mod change;
mod error;
mod event;
mod export;
mod film;
mod history;
mod home;
mod message;
mod models;
mod money;
mod plan;
mod run;
mod settings;
mod takes;

pub use brief::{BriefEdit, BriefForm, BriefView, Chip, ChipChoice, ChipField, EpisodeView};
pub use care::{CleanedView, UsageView};
pub use change::{
    BriefChangeView, ChangeRequest, CostView, ImpactItem, ImpactKind, ImpactState, ProposalState, ProposalView,
};
pub use error::{ErrorCode, Problem};
pub use event::{ProjectEvent, ProjectEventBody, RunSample, TextSample};
pub use export::{ExportCaptions, ExportFormat, ExportOrder, ExportState, ExportTold};
pub use film::{CastView, FilmView, LineView, MediaRef, SceneView, ShotSpan, ShotView};
pub use history::{EditionView, HistoryView};
pub use home::{HomeView, ProjectCard, ProjectView, Stage, Trouble, UnfinishedRun};
pub use message::{Author, Choice, MessageBody, MessageView};
pub use models::{
    FilmModelRow, FilmModelsView, FoundServer, KeyEdit, KeyPlace, KeyText, KeyView, ModelKind, ModelRow, ModelsView,
    OfferedModel, PriceView, ServerAnswer, ServerEdit, ServerTold, ServerView, TrialFinding, TrialPart,
};
pub use money::{Cap, CapsView, LedgerRow, LedgerView, ModelSpend};
pub use plan::{CallsView, PlanStepView, PlanView};
pub use run::{BlockView, ReviewStop, RunState, RunView, TaskStateView, TaskView};
pub use settings::{DoctorLine, DoctorReport, Health, Settings};
pub use takes::{TakeView, Verdict};
