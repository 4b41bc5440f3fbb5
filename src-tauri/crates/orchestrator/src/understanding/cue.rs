//! Cues: short messages that steer the conversation and mean the same whatever the project is.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::Intent;
use super::cues::Said;

/// What a message does in the conversation, beside its intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cue {
    /// "Yes", "go ahead".
    Agreement,
    /// "No", "not now".
    Refusal,
    /// "Hello", "good night".
    Greeting,
    /// "Thanks".
    Thanks,
    /// "Undo that".
    Undo,
    /// "Redo" what was undone.
    Redo,
    /// What was asked for: told by the question that waits, not by the words alone.
    Answer,
}

static REFUSAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:no(?:pe|,? thanks?(?: you)?| way)?|nah|not (?:now|yet)|don'?t|stop|cancel|never ?mind|forget it|leave it|no gracias|cancela|ahora no|non(?: merci)?|annule|pas maintenant|laisse tomber|nein(?: danke)?|lieber nicht|abbrechen|stopp|不要?|不用了?|算了|取消|先别|いいえ|いや|やめて|キャンセル|やめ)[\s.!。！]*$").ok()
});
static UNDO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:(?:please|ok|no|can you|could you)[\s,]*)*(?:undo|revert|take (?:that|it) back|roll (?:that|it)? ?back|go back|deshaz(?:lo|er)?|annule[rz]?|reviens en arrière|(?:mach (?:das|es) )?rückgängig|撤销|撤回|元に戻して|取り消して)\b?[^?]{0,24}$").ok()
});
static REDO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:(?:please|ok)[\s,]*)*(?:redo(?: (?:that|it|this|the (?:last )?change))?|undo the undo|rehaz(?:lo)?|rétablis|wiederherstellen|重做这一步|恢复刚才的修改|やり直す)[\s.!]*$").ok()
});

/// The cue that a message gives, if it gives one.
pub(super) fn cue(said: &Said<'_>, intent: Intent) -> Option<Cue> {
    let matches = |re: &Option<Regex>| re.as_ref().is_some_and(|re| re.is_match(said.text));
    let rule = |name: &str| said.rules.iter().any(|r| r.name == name);
    if rule("greeting") {
        return Some(Cue::Greeting);
    }
    if rule("thanks") {
        return Some(Cue::Thanks);
    }
    if matches(&REFUSAL) {
        return Some(Cue::Refusal);
    }
    if matches(&REDO) {
        return Some(Cue::Redo);
    }
    if intent == Intent::Modification && matches(&UNDO) {
        return Some(Cue::Undo);
    }
    (said.agrees && matches!(intent, Intent::VideoGeneration | Intent::Chat)).then_some(Cue::Agreement)
}
