//! Understanding: what a message wants in the state it is said in, and why that was decided.
//!
//! Layers, from the surest down: rules, the built-in classifier, the state. A language model may come between: see
//! [`with_model`]. Every layer says that it decided, and why.

mod answer;
mod classifier;
mod cue;
mod cues;
mod details;
mod features;
mod intent;
mod model_reply;
mod rules;
pub mod training;

use serde::{Deserialize, Serialize};

pub(crate) use answer::{chosen, may_be_a_subject};
pub use classifier::Model;
pub use cue::Cue;
pub use details::{ExportDetails, ModificationDetails, Numbers, ReviewDetails};
pub use intent::Intent;
pub use model_reply::{
    INSTRUCTIONS, MODEL_ACCEPTED, ModelReading, ModelReplyError, model_question, model_schema, needs_model,
    read_model_reply, with_model, without_model,
};

use crate::{Complexity, Parameters, Subject, extract, grade, language_of};

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

/// A question of ours that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What it is about.
    pub about: Subject,
    /// The answers that were offered.
    #[serde(default)]
    pub choices: Vec<String>,
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
    /// The question that waits for an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
}

/// Which layer decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// Words and patterns.
    Rules,
    /// The built-in classifier.
    Classifier,
    /// A language model.
    Model,
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
    /// What it does in the conversation, beside that.
    #[serde(default)]
    pub cue: Option<Cue>,
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

/// A film is read out of a message as well when it is at least this likely to ask for one.
const MAYBE_A_FILM: f32 = 0.1;

/// Understands a message. Never fails, never waits; long messages are read as far as they tell something new.
pub fn understand(text: &str, context: &Context) -> Understanding {
    let said = cues::Said::of(text, context);
    let decision = intent::decide(&said, context);
    let cue = cue::cue(&said, decision.intent);
    match answer::answer(text, context, &decision, cue) {
        Some(answer) => Understanding { cue: Some(Cue::Answer), ..read_as(answer, text, context) },
        None => Understanding { cue, ..read_as(decision, text, context) },
    }
}

/// Understands a message whose intent is known already.
pub fn understand_as(intent: Intent, text: &str, context: &Context) -> Understanding {
    let why = "told".to_owned();
    let told = intent::Decision { intent, confidence: 1.0, decided_by: DecidedBy::Context, why, second: None };
    let cue = cue::cue(&cues::Said::of(text, context), intent);
    Understanding { cue, ..read_as(told, text, context) }
}

/// What a message says if this is what it wants.
fn read_as(decision: intent::Decision, text: &str, context: &Context) -> Understanding {
    let intent = decision.intent;
    let film = intent == Intent::VideoGeneration
        || decision.second.is_some_and(|(i, p)| i == Intent::VideoGeneration && p >= MAYBE_A_FILM);
    let parameters = if film { extract(text, language_of(text)) } else { Parameters::default() };
    let complexity = if intent == Intent::VideoGeneration { grade(&parameters).0 } else { Complexity::Simple };
    let shown = crate::wording::analysed(text);
    Understanding {
        intent,
        confidence: decision.confidence,
        decided_by: decision.decided_by,
        why: decision.why,
        cue: None,
        agents: agents_for(intent, &parameters),
        modification: (intent == Intent::Modification).then(|| details::modification(shown, context)),
        export: (intent == Intent::Export).then(|| details::export(shown, context)),
        review: (intent == Intent::Review).then(|| details::review(shown, context)),
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

/// What the classifier alone makes of a message: for its evaluation.
pub fn classify(model: &Model, text: &str, context: &Context) -> (Intent, f32) {
    let said = cues::Said::of(text, context);
    let likely = model.probabilities(&features::features(&said));
    classifier::CLASSES.into_iter().zip(likely).max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((Intent::Chat, 0.0))
}
