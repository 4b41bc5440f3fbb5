//! The takes of a slot, as they are shown.

use std::collections::BTreeMap;

use engine::{Artifact, Key, KeyForm};
use library::{Take, Verdict as Judged};
use serde_json::Value;

use super::{look, seconds};
use crate::wire::{TakeView, Verdict};

/// The takes of a slot, the last used first; `results` has what was made.
pub(crate) fn take_views(takes: &[Take], results: &BTreeMap<Key, Artifact>) -> Vec<TakeView> {
    let forms: BTreeMap<&Key, &KeyForm> = takes.iter().map(|take| (&take.key, &take.form)).collect();
    // What was chosen is what the film uses, whatever the slot had last.
    let chosen = takes.iter().any(|take| take.pinned);
    let view = |take: &Take| TakeView {
        key: take.key.to_string(),
        at_s: seconds(take.at_ms),
        media: results.get(&take.key).and_then(look),
        verdict: match take.verdict.as_ref().map(|judged| judged.verdict) {
            None => Verdict::None,
            Some(Judged::Approved) => Verdict::Approved,
            Some(Judged::Rejected) => Verdict::Rejected,
        },
        reason: take.verdict.as_ref().map(|judged| judged.reason.clone()).unwrap_or_default(),
        parent: take.parent.as_ref().map(ToString::to_string).unwrap_or_default(),
        current: if chosen { take.pinned } else { take.current },
        pinned: take.pinned,
        model: model(&take.form.model),
        why: take
            .parent
            .as_ref()
            .and_then(|key| forms.get(key))
            .map(|form| differs(form, &take.form))
            .unwrap_or_default(),
    };
    takes.iter().map(view).collect()
}

/// The name in a model's identity.
fn model(identity: &Value) -> String {
    let named = ["model", "name", "engine", "id"].iter().find_map(|field| identity.get(field)?.as_str());
    named.or(identity.as_str()).unwrap_or_default().to_owned()
}

/// What a result was made of that the one before it was not, in words.
fn differs(before: &KeyForm, after: &KeyForm) -> String {
    let mut words: Vec<String> = Vec::new();
    for difference in before.compare(after) {
        let mut path = difference.path.split('.');
        let word = match (path.next(), path.next()) {
            (Some("version"), _) => "a newer agent".to_owned(),
            (Some("model"), _) => "another model".to_owned(),
            (Some("view"), Some("seed" | "take")) => "another chance".to_owned(),
            (Some("view"), Some(part)) => part.replace('_', " "),
            _ => "what it is made from".to_owned(),
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_person_is_told_what_differs() {
        let form = |model: &str, view: Value| KeyForm {
            agent: "camera_image_generator".into(),
            version: "1".into(),
            model: json!({ "model": model }),
            view,
        };
        let before = form("a", json!({ "seed": 1, "shot": "x", "look": "ink" }));
        let check = |after: &KeyForm, want: &str| assert_eq!(differs(&before, after), want);
        check(&before.clone(), "");
        check(&form("a", json!({ "seed": 2, "shot": "x", "look": "ink" })), "another chance");
        check(&form("b", json!({ "seed": 1, "shot": "y", "look": "ink" })), "another model, shot");
        check(&form("a", json!({ "seed": 1, "shot": "x" })), "look");
        assert_eq!(model(&json!({ "model": "a" })), "a");
        assert_eq!(model(&Value::Null), "");
    }
}
