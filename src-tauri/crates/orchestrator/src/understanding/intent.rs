//! The intent of a message, by its words and the state it is said in.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};
use story::words;

use super::{Context, ContextState, DecidedBy};

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

pub(super) struct Decision {
    pub(super) intent: Intent,
    pub(super) confidence: f32,
    pub(super) decided_by: DecidedBy,
    pub(super) why: String,
}

/// A pattern that speaks for an intent, and how much.
struct Rule {
    intent: Intent,
    weight: f32,
    why: &'static str,
    pattern: Regex,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    use Intent::{Chat, Export, Modification, Review, VideoGeneration};
    let table: &[(Intent, f32, &str, &str)] = &[
        (
            Chat,
            0.96,
            "a greeting or thanks",
            r"(?i)^\s*(?:hi|hello|hey|hallo|hola|bonjour|salut|good (?:morning|evening|afternoon)|thanks?|thank you|thx|great|nice|cool|awesome|perfect|wow|merci|danke|gracias|你好|谢谢|こんにちは|ありがとう)[\s!.,]*(?:there|you|so much|a lot|everyone|all|workprint)?[\s!.]*$",
        ),
        (
            Chat,
            0.93,
            "a question about the app",
            r"(?i)\b(?:what (?:can|do) you|what (?:is|are) (?:the |your )?(?:formats?|styles?|languages?)|who are you|how (?:do|does|can|should|much|long|many) (?:i|it|you|this|people|one|a)\b|do you (?:support|speak|have|know|remember)|can you (?:speak|understand|help)\b|are you (?:able|a )|what'?s the difference|why (?:is|are|do|does) .*\?|was kannst du|que peux-tu|qué puedes|你能做什么|何ができ)",
        ),
        (
            Export,
            0.93,
            "words for taking the result out",
            r"(?i)\b(?:export|download|save (?:it|this|the|as|that|them)|upload|share|publish|convert (?:it|this|the)|send (?:me )?(?:it|the|this)|burn (?:it|to)|render (?:it|this|the final)(?: out)?|give me (?:the|an?) (?:mp4|mov|gif|webm|file|srt|pdf|wav|mp3)|as (?:an? )?(?:mp4|mov|gif|webm|pdf|prores|wav|mp3|srt)\b|exportar|exporta|descargar?|guárdal[oa]|exportieren|exportiere|herunterladen|speicher\w*|exporter?|télécharge\w*|enregistre\w*)|导出|下载|保存|エクスポート|ダウンロード|書き出",
        ),
        (
            Review,
            0.92,
            "words for looking at it",
            r"(?i)^\s*(?:please |now |ok(?:ay)?,? )*(?:(?:can|could|may) (?:i|you|we) (?:please )?(?:see|show|watch|hear|preview|play)|show (?:me|us)|let me (?:see|hear|watch)|play|preview|list|summari[sz]e|read (?:me|it|back)|check (?:if|whether|that|the)|compare|what (?:happens|does|is|are|did|was)\b.*\b(?:scene|shot|script|film|video|story|it|end|character)|how (?:long|many) (?:is|are|scenes|shots|characters)|which (?:scene|shot|style)|is (?:the|it|scene)|does (?:the|it|scene)|where (?:is|are) we|muéstrame|enséñame|montre\w*|zeig\w*)\b|给我看|看看|预览|播放|見せて|再生",
        ),
        (
            Modification,
            0.92,
            "words for changing it",
            r"(?i)\b(?:change|make (?:it|this|that|her|him|them|the \w+|scene \d+|shot \d+)|replace|remove|delete|add|shorten|lengthen|trim|cut (?:out|the|scene|it)|swap|move|edit|adjust|fix|redo|re-?do|regenerate|undo|revert|rename|translate|mute|turn (?:up|down|off|on|the|it)|speed (?:up|it)|slow (?:down|it)|brighten|darken|increase|decrease|reduce|use (?:a|another|more|less|the)|instead|less|more|too (?:loud|dark|bright|slow|fast|long|short|quiet|much)|should be|no, |cámbi\w*|quita\w*|añad\w*|änder\w*|entfern\w*|ersetz\w*|change[zr]?|remplace\w*|supprime\w*|ajoute\w*)\b|改|换成|删除|添加|加上|変えて|削除|追加",
        ),
        (
            VideoGeneration,
            0.95,
            "a request for a film",
            r"(?i)\b(?:make|create|generate|produce|film|shoot|animate|i (?:want|need|would like|'d like)|give me|build|let'?s (?:make|do)|can you (?:make|create|do)|could you (?:make|create)|turn (?:this|my|the) .* into)\b[^.!?\n]*\b(?:film|video|movie|clip|short|animation|cartoon|reel|ad|advert|commercial|trailer|teaser|documentary|explainer|tutorial|montage|promo|series|story)\b|^\s*(?:a|an|the)?\s*[\w\s-]*\b(?:film|video|movie|clip|short|animation|reel|trailer|documentary|explainer)\b (?:about|of|on|where|showing|for|in which)|\b(?:hazme|haz|crea|genera|quiero)\b.*\b(?:vídeo|video|corto|película|animación)|\b(?:fais|crée|génère|je (?:veux|voudrais))\b.*\b(?:vidéo|film|court[- ]métrage|clip)|\b(?:mach\w*|erstell\w*|ich (?:möchte|will|brauche))\b.*\b(?:video|film|clip|kurzfilm)|(?:做|制作|生成|拍|创作).*(?:视频|短片|影片|电影|动画|片)|(?:動画|ビデオ|映画|アニメ).*(?:作って|作成|作りたい|お願い)",
        ),
    ];
    table
        .iter()
        .filter_map(|(intent, weight, why, pattern)| {
            Some(Rule { intent: *intent, weight: *weight, why, pattern: Regex::new(pattern).ok()? })
        })
        .collect()
});

static GO_AHEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:ok(?:ay)?|yes|yep|yeah|sure|fine|good|perfect|great|looks good|sounds good|all right|alright)?[\s,.!]*(?:please\s+)?(?:start|go(?: ahead| for it)?|begin|do it|make it|let'?s go|let'?s do it|render (?:it|this)|proceed|continue|run it|ship it|empieza|adelante|vas-y|commence|los(?: geht'?s)?|fang an|weiter|开始|开始吧|好的|始めて|お願いします)?[\s.!]*$").ok()
});

fn decided(intent: Intent, confidence: f32, decided_by: DecidedBy, why: impl Into<String>) -> Decision {
    Decision { intent, confidence, decided_by, why: why.into() }
}

/// Decides what a message wants.
pub(super) fn decide(text: &str, context: &Context) -> Decision {
    if words(text).is_empty() {
        return if text.chars().any(|c| !c.is_whitespace() && !c.is_ascii()) {
            decided(
                Intent::VideoGeneration,
                0.6,
                DecidedBy::Rules,
                "pictures instead of words: taken as the subject of a film",
            )
        } else {
            decided(Intent::Chat, 0.9, DecidedBy::Rules, "there are no words in it")
        };
    }
    let agrees = !text.trim().is_empty() && GO_AHEAD.as_ref().is_some_and(|re| re.is_match(text));
    if agrees && context.state == ContextState::DraftPlanReady {
        return decided(
            Intent::VideoGeneration,
            0.95,
            DecidedBy::Context,
            "agreement while a plan waits to be started",
        );
    }
    let mut best: Option<&Rule> = None;
    for rule in RULES.iter().filter(|r| r.pattern.is_match(text)) {
        let wins = match best {
            None => true,
            // A new film is asked for only where the sentence asks for one: "change the video" does not.
            Some(b) => {
                rule.intent == Intent::VideoGeneration
                    && matches!(b.intent, Intent::Modification | Intent::Export)
                    && starts_with_request(text)
            }
        };
        if wins {
            best = Some(rule);
        }
    }
    match (best, context.state) {
        (Some(rule), _) => decided(rule.intent, rule.weight, DecidedBy::Rules, rule.why),
        (None, ContextState::None) if text.trim_end().ends_with(['?', '？']) => {
            decided(Intent::Chat, 0.7, DecidedBy::Rules, "a question")
        }
        (None, ContextState::None) => {
            decided(Intent::VideoGeneration, 0.75, DecidedBy::Context, "a description while nothing is planned")
        }
        (None, _) if text.trim_end().ends_with(['?', '？']) => {
            decided(Intent::Review, 0.6, DecidedBy::Context, "a question while there is something to ask about")
        }
        (None, _) => {
            decided(Intent::Modification, 0.6, DecidedBy::Context, "a wish while there is something to change")
        }
    }
}

fn starts_with_request(text: &str) -> bool {
    static START: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^\s*(?:hi[ ,]+|please |hey[ ,]+)*(?:(?:can|could|would) you (?:please )?)?(?:make|create|generate|produce|animate|film|i (?:want|need|would like)|i'd like|give me|let's make)\b (?:me |us )?(?:an?|another|some|\d|new|short)").ok()
    });
    START.as_ref().is_some_and(|re| re.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_state_decide() {
        let check = |text: &str, state, want| {
            let context = Context { state, ..Context::default() };
            assert_eq!(decide(text, &context).intent, want, "{text:?} in {state:?}");
        };
        use ContextState::{DraftPlanReady, None, VideoReady};
        check("Make a 30-second watercolor film about a whale. Narration only.", None, Intent::VideoGeneration);
        check("a hedgehog who is afraid of the dark", None, Intent::VideoGeneration);
        check("hello!", None, Intent::Chat);
        check("What can you do?", None, Intent::Chat);
        check("start", DraftPlanReady, Intent::VideoGeneration);
        check("Yes, go ahead", DraftPlanReady, Intent::VideoGeneration);
        check("make it shorter", VideoReady, Intent::Modification);
        check("export as mp4", VideoReady, Intent::Export);
        check("show me scene 2", VideoReady, Intent::Review);
        check("Make a new film about a fox", VideoReady, Intent::VideoGeneration);
        check("🐋🌊", None, Intent::VideoGeneration);
        check("   ", None, Intent::Chat);
    }
}
