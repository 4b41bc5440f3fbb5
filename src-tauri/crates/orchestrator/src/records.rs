//! What the orchestrator keeps of a project beside its conversation.

use engine::Plan;
use serde::{Deserialize, Serialize};
use story::Brief;

use crate::{Complexity, Subject};

/// A brief and what was planned from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanRecord {
    /// The plan; empty when nothing can be made here (no ffmpeg).
    pub plan: Plan,
    /// How much is asked for.
    pub complexity: Complexity,
    /// Why it is graded so.
    pub why: String,
    /// How long it will take in seconds, from and to.
    pub seconds: (u32, u32),
    /// Why it cannot be started, in words; empty when it can.
    pub obstacle: String,
}

/// The state of a project's conversation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ProjectRecord {
    /// The brief, once there is one.
    #[serde(default)]
    pub brief: Option<Brief>,
    /// Counts up from 1 with every "another version".
    #[serde(default)]
    pub version: u32,
    /// The plan of the brief.
    #[serde(default)]
    pub plan: Option<PlanRecord>,
    /// The question that waits for an answer.
    #[serde(default)]
    pub asked: Option<Subject>,
    /// What was said with the request that lacked its subject, so that the answer completes it.
    #[serde(default)]
    pub half_said: String,
    /// True when the brief is another one than the film was made from.
    #[serde(default)]
    pub film_outdated: bool,
    /// True once a film was made.
    #[serde(default)]
    pub has_film: bool,
}

/// What a run was ordered to make; a run that was cut off starts from it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// The brief.
    pub brief: Brief,
    /// How much is switched on.
    pub grade: agents::Grade,
    /// The format.
    pub format: agents::FilmFormat,
}
