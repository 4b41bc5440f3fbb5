//! What a project's stream says to a front end.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    BriefView, CastView, FilmView, HistoryView, MediaRef, MessageView, PlanView, RunState, SceneView, ShotView, Stage,
    TaskView,
};

/// A change of the project's state. A front end that holds the state up to `seq - 1` applies it; one that sees a gap
/// takes a new snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProjectEvent {
    /// The project.
    pub project: String,
    /// Its number in the project's stream: gapless, from 1.
    pub seq: u32,
    /// The run it belongs to; empty outside a run.
    pub run: String,
    /// What changed; may be empty for a reader who knows less than the writer.
    pub changes: Vec<ProjectEventBody>,
}

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum ProjectEventBody {
    /// The title or the stage changed.
    Project {
        /// The title.
        title: String,
        /// The stage.
        stage: Stage,
    },
    /// A message came, or one with this id was replaced.
    Message {
        /// The message.
        message: MessageView,
    },
    /// The brief and its plan changed.
    Brief {
        /// The brief.
        brief: BriefView,
        /// The plan.
        plan: PlanView,
    },
    /// A run started or ended.
    Run {
        /// The run.
        id: String,
        /// How it stands.
        state: RunState,
        /// When it started, in seconds since 1970.
        started_s: u32,
        /// How long it took, in milliseconds; 0 while it is running.
        took_ms: u32,
        /// What its tasks cost, in millionths of a US dollar.
        #[serde(rename = "costMicros")]
        cost_micros: u32,
        /// How many tasks wait for the person.
        #[serde(rename = "waitsForYou")]
        waits_for_you: u32,
    },
    /// A task came or changed; tasks are known by their slot.
    Task {
        /// The task.
        task: TaskView,
    },
    /// The script is there.
    Scenes {
        /// Every scene.
        scenes: Vec<SceneView>,
    },
    /// The cast is there.
    Cast {
        /// Everybody.
        cast: Vec<CastView>,
    },
    /// A portrait was drawn.
    Portrait {
        /// Whose.
        cast: String,
        /// The picture.
        picture: MediaRef,
    },
    /// The storyboard of a scene is there.
    Shots {
        /// The scene.
        scene: String,
        /// Its shots.
        shots: Vec<ShotView>,
    },
    /// A frame was drawn.
    Frame {
        /// The shot.
        shot: String,
        /// The picture.
        picture: MediaRef,
    },
    /// A clip was made.
    Clip {
        /// The shot.
        shot: String,
        /// The video.
        video: MediaRef,
    },
    /// The film is there, or its state changed.
    Film {
        /// The film.
        film: FilmView,
    },
    /// The plan is known better now.
    Plan {
        /// The plan.
        plan: PlanView,
    },
    /// Something was decided, taken back or done again.
    History {
        /// The history.
        history: HistoryView,
    },
    /// The takes of a slot are not what they were: ask again.
    Takes {
        /// The slot.
        slot: String,
    },
    /// Something was paid.
    Spent {
        /// What the project spent, in millionths of a US dollar.
        #[serde(rename = "totalMicros")]
        total_micros: u32,
    },
}

/// The progress of a running task; latest wins, never stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunSample {
    /// The project.
    pub project: String,
    /// The run.
    pub run: String,
    /// The task.
    pub slot: String,
    /// How much is done, in percent.
    pub percent: u32,
}

/// A language model's answer while it comes; the latest one counts, none is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TextSample {
    /// The project.
    pub project: String,
    /// All that came so far; empty when the answer is there as a message.
    pub text: String,
}
