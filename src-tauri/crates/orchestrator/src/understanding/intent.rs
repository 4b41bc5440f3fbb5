//! The intent of a message: rules, then the classifier, then the state it is said in.

use serde::{Deserialize, Serialize};

use super::cues::Said;
use super::{Context, ContextState, DecidedBy, classifier, features};

/// What a person wants to happen next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// Talk, or to know something; nothing is done.
    Chat,
    /// A new film, or "go ahead" with the plan.
    VideoGeneration,
    /// A change to the plan or the film.
    Modification,
    /// To see, hear or know something of the plan or the film.
    Review,
    /// The result outside the app.
    Export,
}

impl Intent {
    /// Every intent, in the order of the classifier.
    pub const ALL: [Self; 5] = [Self::Chat, Self::VideoGeneration, Self::Modification, Self::Review, Self::Export];

    /// What it means, in words.
    fn words(self) -> &'static str {
        match self {
            Self::Chat => "talk",
            Self::VideoGeneration => "a request for a film",
            Self::Modification => "a change",
            Self::Review => "a look at it",
            Self::Export => "taking the result out",
        }
    }
}

/// An intent and how it was decided.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Decision {
    pub(super) intent: Intent,
    pub(super) confidence: f32,
    pub(super) decided_by: DecidedBy,
    pub(super) why: String,
    /// The likeliest other intent, and how likely it is.
    pub(super) second: Option<(Intent, f32)>,
}

/// Below this the classifier says too little and the state decides.
const UNSURE: f32 = 0.3;

fn decided(intent: Intent, confidence: f32, decided_by: DecidedBy, why: impl Into<String>) -> Decision {
    Decision { intent, confidence, decided_by, why: why.into(), second: None }
}

/// Decides what a message wants.
pub(super) fn decide(said: &Said<'_>, context: &Context) -> Decision {
    if said.words.list.is_empty() {
        return without_words(said);
    }
    let Some(model) = classifier::embedded() else {
        return by_rule(said).unwrap_or_else(|| by_state(said, context));
    };
    let likely = model.probabilities(&features::features(said));
    let mut ranked: Vec<(Intent, f32)> = Intent::ALL.into_iter().zip(likely).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (intent, confidence) = ranked[0];
    if let Some(rule) = by_rule(said) {
        // A rule that the classifier finds very unlikely is no sure thing.
        let agrees = rule.confidence >= 0.97 || ranked.iter().any(|(i, p)| *i == rule.intent && *p > 0.15);
        if agrees {
            let second = ranked.iter().find(|(i, _)| *i != rule.intent).copied();
            return Decision { second, ..rule };
        }
    }
    if context.state == ContextState::None && unread(said.text) {
        return decided(
            Intent::VideoGeneration,
            0.5,
            DecidedBy::Context,
            "a description in letters that are not read here",
        );
    }
    if confidence < UNSURE {
        return Decision { second: Some(ranked[0]), ..by_state(said, context) };
    }
    let why = format!("its words and their order, {}, are those of {}", state_words(context.state), intent.words());
    Decision { second: ranked.get(1).copied(), ..decided(intent, confidence, DecidedBy::Classifier, why) }
}

/// Pictures instead of words may be a subject; signs are talk.
fn without_words(said: &Said<'_>) -> Decision {
    let pictures = said.text.chars().any(|c| !c.is_whitespace() && !c.is_ascii() && !c.is_ascii_punctuation());
    if pictures {
        let why = "pictures instead of words: taken as the subject of a film";
        return decided(Intent::VideoGeneration, 0.6, DecidedBy::Context, why);
    }
    decided(Intent::Chat, 0.95, DecidedBy::Rules, "there are no words in it")
}

/// True for a sentence in letters that no word list has: what can it be, while nothing is planned, but what the film is
/// about?
fn unread(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let known = |c: &char| {
        matches!(
            *c,
            '\u{0}'..='\u{24f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        )
    };
    let foreign = letters().filter(|c| !known(c)).count() * 2 > letters().count();
    foreign && text.split_whitespace().count() > 2 && !text.trim_end().ends_with(['?', '\u{61f}'])
}

/// The rules, where all that match agree and nothing speaks of another matter.
fn by_rule(said: &Said<'_>) -> Option<Decision> {
    let best = said.rules.iter().max_by(|a, b| a.confidence.total_cmp(&b.confidence))?;
    let agreed = said.rules.iter().all(|r| r.intent == best.intent);
    let other_matter = best.intent != Intent::Chat && said.hits.iter().any(|h| matches!(h.class, "world" | "other"));
    let why = format!("the words of {} (rule {})", best.intent.words(), best.name.replace('_', " "));
    (agreed && !other_matter && best.confidence >= 0.9)
        .then(|| decided(best.intent, best.confidence, DecidedBy::Rules, why))
}

/// What the state makes likely where the words do not tell.
fn by_state(said: &Said<'_>, context: &Context) -> Decision {
    let asks = said.text.trim_end().ends_with(['?', '？']);
    match (context.state, asks) {
        (ContextState::None, true) => {
            decided(Intent::Chat, 0.4, DecidedBy::Context, "a question while nothing is planned")
        }
        (ContextState::None, false) => {
            decided(Intent::VideoGeneration, 0.4, DecidedBy::Context, "a description while nothing is planned")
        }
        (_, true) => {
            decided(Intent::Review, 0.4, DecidedBy::Context, "a question while there is something to ask about")
        }
        (_, false) => {
            decided(Intent::Modification, 0.4, DecidedBy::Context, "a wish while there is something to change")
        }
    }
}

fn state_words(state: ContextState) -> &'static str {
    match state {
        ContextState::None => "while nothing is planned",
        ContextState::DraftPlanReady => "while a plan waits",
        ContextState::VideoReady => "while a film is there",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_state_decide() {
        let check = |text: &str, state, want| {
            let context = Context { state, ..Context::default() };
            let decision = decide(&Said::of(text, &context), &context);
            assert_eq!(decision.intent, want, "{text:?} in {state:?}: {decision:?}");
        };
        use ContextState::{DraftPlanReady, None, VideoReady};
        check("Make a 30-second watercolor film about a whale. Narration only.", None, Intent::VideoGeneration);
        check("a hedgehog who is afraid of the dark", None, Intent::VideoGeneration);
        check("hello!", None, Intent::Chat);
        check("What can you do?", None, Intent::Chat);
        check("start", DraftPlanReady, Intent::VideoGeneration);
        check("Yes, go ahead", DraftPlanReady, Intent::VideoGeneration);
        check("make it shorter", VideoReady, Intent::Modification);
        check("yes, but at night", DraftPlanReady, Intent::Modification);
        check("export as mp4", VideoReady, Intent::Export);
        check("show me scene 2", VideoReady, Intent::Review);
        check("Make a new film about a fox", VideoReady, Intent::VideoGeneration);
        check("render it", DraftPlanReady, Intent::VideoGeneration);
        check("render it", VideoReady, Intent::Export);
        check("🐋🌊", None, Intent::VideoGeneration);
        check("   ", None, Intent::Chat);
    }
}
