//! The form of an answer: from a Rust type, closed, and narrowed to what is possible.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

/// A JSON Schema without references, in which every property is required and no other is allowed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Schema(Value);

impl Schema {
    /// The form of a type.
    pub(crate) fn of<T: JsonSchema>() -> Self {
        let generator = SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true).into_generator();
        let mut value = generator.into_root_schema_for::<T>().to_value();
        close(&mut value);
        Self(value)
    }

    pub(crate) fn value(&self) -> &Value {
        &self.0
    }

    pub(crate) fn into_value(self) -> Value {
        self.0
    }

    /// A part, by the names of properties and `[]` for the items of a list, parted by dots.
    fn set(&mut self, path: &str, rules: Value) {
        let mut part = &mut self.0;
        for step in path.split('.') {
            let next = if step == "[]" { part.get_mut("items") } else { part["properties"].get_mut(step) };
            let Some(next) = next else {
                debug_assert!(false, "the answer has no {path}");
                return;
            };
            part = next;
        }
        if let (Value::Object(part), Value::Object(rules)) = (part, rules) {
            part.extend(rules);
        }
    }

    /// A text is one of these words.
    pub(crate) fn words<W: Into<String>>(&mut self, path: &str, words: impl IntoIterator<Item = W>) {
        let words: Vec<String> = words.into_iter().map(Into::into).collect();
        self.set(path, json!({ "enum": words }));
    }

    /// A text has at most so many characters.
    pub(crate) fn at_most(&mut self, path: &str, characters: usize) {
        self.set(path, json!({ "maxLength": characters }));
    }

    /// A text matches a regular expression.
    pub(crate) fn pattern(&mut self, path: &str, pattern: &str) {
        self.set(path, json!({ "pattern": pattern }));
    }

    /// A number lies between two.
    pub(crate) fn between(&mut self, path: &str, least: u32, most: u32) {
        self.set(path, json!({ "minimum": least, "maximum": most }));
    }

    /// A list has so many items.
    pub(crate) fn items(&mut self, path: &str, least: usize, most: usize) {
        self.set(path, json!({ "minItems": least, "maxItems": most }));
    }
}

/// Every object requires all its properties and allows no other; what only tells of the Rust type goes.
fn close(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for word in ["$schema", "title", "format", "minimum", "maximum"] {
                if object.get(word).is_some_and(|v| !v.is_object()) {
                    object.remove(word);
                }
            }
            if let Some(Value::Object(properties)) = object.get("properties") {
                let names: Vec<&String> = properties.keys().collect();
                let names = json!(names);
                object.insert("required".to_owned(), names);
                object.insert("additionalProperties".to_owned(), json!(false));
            }
            object.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}
