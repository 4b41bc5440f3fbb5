//! Understanding: what a message wants in the state it is said in, and why that was decided.

mod details;
mod intent;

use serde::{Deserialize, Serialize};

pub use details::{ExportDetails, ModificationDetails, ReviewDetails};
pub use intent::Intent;

use crate::{Complexity, Parameters, extract, grade, language_of};

/// The state of the project when something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContextState {
    /// Nothing is planned.
    #[default]
    None,
    /// A plan is there, nothing is made.
    DraftPlanReady,
    /// A film is there.
    VideoReady,
}

/// What is known when something is said.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Context {
    /// The state of the project.
    #[serde(default)]
    pub state: ContextState,
    /// Facts of the project, as far as they are known.
    #[serde(default)]
    pub project: serde_json::Value,
}

/// Which layer decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// Words and patterns.
    Rules,
    /// The state of the project.
    Context,
}

/// What was understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Understanding {
    /// What the person wants.
    pub intent: Intent,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
    /// Which layer decided.
    pub decided_by: DecidedBy,
    /// Why, in words.
    pub why: String,
    /// Who will be needed.
    pub agents: Vec<String>,
    /// What was said about the film.
    pub parameters: Parameters,
    /// How much is asked for.
    pub complexity: Complexity,
    /// Of a change: what and how.
    pub modification: Option<ModificationDetails>,
    /// Of an export: what and where.
    pub export: Option<ExportDetails>,
    /// Of a look: at what.
    pub review: Option<ReviewDetails>,
}

/// Understands a message.
pub fn understand(text: &str, context: &Context) -> Understanding {
    let language = language_of(text);
    let decision = intent::decide(text, context);
    let parameters =
        if decision.intent == Intent::VideoGeneration { extract(text, language) } else { Parameters::default() };
    let (complexity, _) = grade(&parameters);
    let complexity = if decision.intent == Intent::VideoGeneration { complexity } else { Complexity::Simple };
    Understanding {
        intent: decision.intent,
        confidence: decision.confidence,
        decided_by: decision.decided_by,
        why: decision.why,
        agents: agents_for(decision.intent, &parameters),
        modification: (decision.intent == Intent::Modification).then(|| details::modification(text)),
        export: (decision.intent == Intent::Export).then(|| details::export(text)),
        review: (decision.intent == Intent::Review).then(|| details::review(text)),
        parameters,
        complexity,
    }
}

/// The agents that an intent needs, by name.
fn agents_for(intent: Intent, parameters: &Parameters) -> Vec<String> {
    let names: &[&str] = match intent {
        Intent::VideoGeneration => &[
            "style_determiner",
            "screenwriter",
            "character_extractor",
            "scene_extractor",
            "scene_images",
            "storyboard_artist",
            "camera_images",
            "video_coordinator",
            "music",
            "post_processor",
        ],
        _ => &[],
    };
    let mut agents: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
    if intent == Intent::VideoGeneration {
        if !parameters.characters.is_empty() {
            agents.insert(3, "character_portraits".to_owned());
        }
        if !parameters.special_requirements.iter().any(|s| crate::parameters::wants_no_voice(s)) {
            agents.push("voice".to_owned());
        }
    }
    agents
}
