//! The home screen, and a project as a whole.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    BriefView, CastView, FilmView, HistoryView, MediaRef, MessageView, PlanView, ProposalView, RunView, SceneView,
    ShotView,
};

/// How far a project is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nothing yet.
    Empty,
    /// A brief and a plan.
    Planned,
    /// A run is going on.
    Making,
    /// A run was interrupted, stopped or failed.
    Unfinished,
    /// There is a film.
    Film,
}

/// A project on the home screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProjectCard {
    /// Identity.
    pub id: String,
    /// The title.
    pub title: String,
    /// The last change, in seconds since 1970.
    pub changed_s: u32,
    /// How far it is.
    pub stage: Stage,
    /// A picture for it.
    pub cover: Option<MediaRef>,
    /// The film's length; 0 without a film.
    pub duration_ms: u32,
    /// True for the sample that comes with the app.
    pub sample: bool,
}

/// A run that can go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UnfinishedRun {
    /// The run.
    pub run: String,
    /// Its project.
    pub project: String,
    /// The project's title.
    pub title: String,
}

/// Something was wrong with the library when it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Trouble {
    /// What happened.
    pub message: String,
    /// Where the damaged file is kept.
    pub kept: String,
    /// The last backup that can be restored, as it is named to `restore_backup`; empty when there is none.
    pub backup: String,
    /// When the backup was made, in words; empty when there is none.
    pub backup_made: String,
}

/// The home screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HomeView {
    /// The projects, the last changed first.
    pub projects: Vec<ProjectCard>,
    /// Runs that were cut off by a crash or a restart.
    pub unfinished: Vec<UnfinishedRun>,
    /// Set when the library was damaged.
    pub trouble: Option<Trouble>,
}

/// A project as a whole, true up to and including event `seq`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProjectView {
    /// Identity.
    pub id: String,
    /// The title.
    pub title: String,
    /// The last event in it.
    pub seq: u32,
    /// How far it is.
    pub stage: Stage,
    /// The conversation.
    pub messages: Vec<MessageView>,
    /// The brief.
    pub brief: Option<BriefView>,
    /// The plan.
    pub plan: Option<PlanView>,
    /// The last run.
    pub run: Option<RunView>,
    /// The cast.
    pub cast: Vec<CastView>,
    /// The scenes in order.
    pub scenes: Vec<SceneView>,
    /// The shots; those of one scene are together and in order.
    pub shots: Vec<ShotView>,
    /// The film.
    pub film: Option<FilmView>,
    /// The change that waits for the person's word.
    pub proposal: Option<ProposalView>,
    /// What was decided.
    pub history: HistoryView,
}
