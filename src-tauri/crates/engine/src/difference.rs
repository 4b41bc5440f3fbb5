//! In what two keys differ, so that a person can be told why something is made again.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::KeyForm;

/// One place in which two forms differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Where: `agent`, `version`, `model`, or a place in the view (`view.lines.2.text`).
    pub path: String,
    /// What was there; `None` when nothing was.
    pub before: Option<Value>,
    /// What is there now; `None` when nothing is.
    pub after: Option<Value>,
}

impl KeyForm {
    /// What is different in `after`, in the order of the paths; nothing when both have the same key.
    pub fn compare(&self, after: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        let text = |text: &str| Value::from(text);
        differ("agent", Some(&text(&self.agent)), Some(&text(&after.agent)), &mut found);
        differ("version", Some(&text(&self.version)), Some(&text(&after.version)), &mut found);
        differ("model", Some(&self.model), Some(&after.model), &mut found);
        differ("view", Some(&self.view), Some(&after.view), &mut found);
        found
    }

    /// Why something with this form is made again with another one, in a few words.
    pub(crate) fn why(&self, after: &Self) -> String {
        let differences = self.compare(after);
        let mut words: Vec<&str> = Vec::new();
        for difference in &differences {
            let (part, place) = difference.path.split_once('.').unwrap_or((&difference.path, ""));
            let word = match (part, place) {
                ("version", _) => "a newer version of the agent",
                ("model", _) => "another model",
                (_, "") => "what it reads",
                (_, place) => place,
            };
            if !words.contains(&word) {
                words.push(word);
            }
        }
        match words.as_slice() {
            few @ ([] | [_] | [_, _] | [_, _, _]) => few.join(", "),
            [first, second, rest @ ..] => format!("{first}, {second} and {} more", rest.len()),
        }
    }
}

fn differ(path: &str, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    match (before, after) {
        (before, after) if before == after => {}
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
            names.sort();
            names.dedup();
            for name in names {
                differ(&format!("{path}.{name}"), before.get(name), after.get(name), found);
            }
        }
        (Some(Value::Array(before)), Some(Value::Array(after))) => {
            for place in 0..before.len().max(after.len()) {
                differ(&format!("{path}.{place}"), before.get(place), after.get(place), found);
            }
        }
        (before, after) => {
            let path = path.to_owned();
            found.push(Difference { path, before: before.cloned(), after: after.cloned() });
        }
    }
}
