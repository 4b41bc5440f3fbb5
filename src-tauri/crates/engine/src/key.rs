//! Keys: the hash of everything that decided a result, and the form it was hashed from, kept so that a person can be
//! told why something was made again.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The hash of a [`KeyForm`]: 32 bytes as lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(String);

impl Key {
    /// The key as 64 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a key is made of. No clock, locale or map order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeyForm {
    /// The agent that makes the result.
    pub agent: String,
    /// Its version: changes when its prompt, schema or code would make another result from the same view.
    pub version: String,
    /// The model it calls and the parameters it calls it with; null when it calls none.
    pub model: Value,
    /// The small struct that the agent really reads.
    pub view: Value,
}

impl KeyForm {
    /// The key of this form: BLAKE3 over its canonical text.
    pub fn key(&self) -> Key {
        let form = serde_json::json!({
            "agent": self.agent, "version": self.version, "model": self.model, "view": self.view,
        });
        Key(blake3::hash(canonical(&form).as_bytes()).to_hex().to_string())
    }
}

/// A JSON value as text with the members of every object in the order of their names and no white space, whatever
/// order they were built in (after RFC 8785; numbers are printed as `serde_json` prints them).
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut names: Vec<_> = members.keys().collect();
            names.sort();
            text.push('{');
            for (i, name) in names.into_iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write(&members[name], text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}
