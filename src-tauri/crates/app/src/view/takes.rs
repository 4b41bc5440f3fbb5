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
    let mut words = Vec::new();
    if before.model != after.model {
        words.push("another model".to_owned());
    }
    if before.version != after.version {
        words.push("a newer agent".to_owned());
    }
    words.extend(fields(&before.view, &after.view));
    words.join(", ")
}

/// The names of the parts of a view that differ.
fn fields(before: &Value, after: &Value) -> Vec<String> {
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        return if before == after { Vec::new() } else { vec!["what it is made from".to_owned()] };
    };
    let mut names: Vec<&String> =
        before.keys().chain(after.keys().filter(|name| !before.contains_key(*name))).collect();
    names.sort();
    let differ = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    let word = |name: &String| match name.as_str() {
        "seed" | "take" => "another chance".to_owned(),
        other => other.replace('_', " "),
    };
    differ.map(word).collect()
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
