//! What the orchestrator keeps of a project beside its conversation and its editions.

use agents::{FilmFormat, Grade};
use engine::{Caps, Micros, Plan};
use models::ModelsFile;
use serde::{Deserialize, Serialize};
use story::{Brief, CastId, Language, SceneId, ShotId};

use crate::{Complexity, Edition, ProposalId, Subject};

/// What was planned from an edition.
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
    /// How many of its results are there already.
    #[serde(default)]
    pub cached: u32,
    /// What text costs, at least and at most: it is quoted first.
    #[serde(default)]
    pub text: (Micros, Micros),
    /// What pictures, clips, voices and music cost, at least and at most.
    #[serde(default)]
    pub media: (Micros, Micros),
    /// The lowest cap that holds for it.
    #[serde(default)]
    pub cap: Option<Micros>,
    /// True when it stops after each stage.
    #[serde(default)]
    pub review: bool,
}

/// Who and what was spoken of last: "her", "it", "the second one".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Focus {
    /// Somebody of the cast.
    #[serde(default)]
    pub cast: Option<CastId>,
    /// A scene.
    #[serde(default)]
    pub scene: Option<SceneId>,
    /// A shot.
    #[serde(default)]
    pub shot: Option<ShotId>,
    /// The last change that was asked for, in the person's words, for "no, I meant the dog".
    #[serde(default)]
    pub last: String,
    /// The edition that the last change was made from, when it was made at once.
    #[serde(default)]
    pub before_last: Option<u32>,
}

/// The state of a project's conversation. What the maker decided is in the editions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ProjectRecord {
    /// Read from projects that were made before there were editions; never written.
    #[serde(default, skip_serializing)]
    pub(crate) brief: Option<Brief>,
    /// As `brief`.
    #[serde(default, skip_serializing)]
    pub(crate) version: u32,
    /// The plan of the current edition.
    #[serde(default)]
    pub plan: Option<PlanRecord>,
    /// The question that waits for an answer.
    #[serde(default)]
    pub asked: Option<Subject>,
    /// The answers that were offered with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// What was said with the request that lacked its subject, so that the answer completes it.
    #[serde(default)]
    pub half_said: String,
    /// True when the film was made from another edition than the current one.
    #[serde(default)]
    pub film_outdated: bool,
    /// True once a film was made.
    #[serde(default)]
    pub has_film: bool,
    /// The editions that the film which is shown comes of.
    #[serde(default)]
    pub film_of: Vec<u32>,
    /// The proposal that waits for a word; it is in the document [`crate::PROPOSAL`].
    #[serde(default)]
    pub proposal: Option<ProposalId>,
    /// The proposals that became editions.
    #[serde(default)]
    pub applied: Vec<ProposalId>,
    /// Who and what was spoken of last.
    #[serde(default)]
    pub focus: Focus,
    /// The language of the last message.
    #[serde(default)]
    pub language: Language,
    /// What may be spent in a run and in the project. (The day's cap is a setting, for it holds for all projects.)
    #[serde(default)]
    pub caps: Caps,
    /// The models file that was chosen for the project, without keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub models: Option<ModelsFile>,
    /// True when `models` are those of the settings; they are exchanged with them until a film is made.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub models_follow: bool,
}

/// What a run was ordered to make; a run that was cut off starts from it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// What the maker had decided.
    #[serde(flatten)]
    pub edition: Edition,
    /// The edition's number.
    #[serde(default)]
    pub number: Option<u32>,
    /// How much is switched on.
    pub grade: Grade,
    /// The format.
    pub format: FilmFormat,
    /// The models file, without keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub models: Option<ModelsFile>,
}
