//! An instance of a JSON Schema: valid, and always the same for the same seed. Texts are made of words of the prompt, so
//! that what comes out looks like an answer to it.

use clap::ValueEnum;
use serde_json::{Map, Number, Value, json};

use super::pattern;

/// How many members lists get between the least and the most that the schema allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Arrays {
    /// As few as may be.
    Least,
    /// Up to three more than the least, at least one where it may be.
    #[default]
    Few,
    /// As many as may be.
    Most,
}

/// Deeper than this, what may be left out is left out.
const DEEP: usize = 10;
/// Deeper than this, a schema that calls itself is given up.
const DEEPEST: usize = 40;

/// The chance in an instance.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: &[u8]) -> Self {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&blake3::hash(seed).as_bytes()[..8]);
        Self(u64::from_le_bytes(bytes))
    }

    // SplitMix64 (Steele, Lea and Flood 2014).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `count` (0 when that is 0).
    pub(super) fn below(&mut self, count: usize) -> usize {
        (self.next() % (count.max(1) as u64)) as usize
    }
}

/// A valid instance of `schema`, made of words of `prompt`, decided by `seed`.
pub fn instance(schema: &Value, prompt: &str, seed: &[u8], arrays: Arrays) -> Value {
    let mut words: Vec<String> = prompt
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| (3..=16).contains(&w.chars().count()))
        .map(str::to_lowercase)
        .take(600)
        .collect();
    if words.is_empty() {
        words = ["an", "old", "keeper", "meets", "the", "white", "whale"].map(str::to_owned).to_vec();
    }
    Maker { root: schema, words, chance: Chance::new(seed), arrays }.make(schema, 0)
}

struct Maker<'s> {
    root: &'s Value,
    words: Vec<String>,
    chance: Chance,
    arrays: Arrays,
}

impl Maker<'_> {
    fn make(&mut self, schema: &Value, depth: usize) -> Value {
        if depth > DEEPEST {
            return Value::Null;
        }
        let schema = self.plain(schema, depth);
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        if let Some(values) = schema["enum"].as_array().filter(|v| !v.is_empty()) {
            return values[self.chance.below(values.len())].clone();
        }
        let kind = match &schema["type"] {
            Value::String(kind) => kind.as_str(),
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|k| *k != "null").unwrap_or("null"),
            _ if schema.get("properties").is_some() => "object",
            _ if schema.get("items").is_some() || schema.get("prefixItems").is_some() => "array",
            _ => "string",
        };
        match kind {
            "object" => self.object(&schema, depth),
            "array" => self.array(&schema, depth),
            "integer" => self.integer(&schema),
            "number" => self.number(&schema),
            "boolean" => Value::Bool(self.chance.below(2) == 1),
            "null" => Value::Null,
            _ => self.text(&schema),
        }
    }

    /// The schema without references, choices and parts: one of each choice is taken and merged in.
    fn plain(&mut self, schema: &Value, depth: usize) -> Value {
        let mut schema = schema.clone();
        for _ in 0..DEEPEST {
            if let Some(found) = schema["$ref"].as_str().and_then(|r| self.root.pointer(r.strip_prefix('#')?)) {
                let found = found.clone();
                schema = merged(without(schema, "$ref"), &found);
            } else if let Some(parts) = schema["allOf"].as_array().cloned() {
                schema = parts.iter().fold(without(schema, "allOf"), merged);
            } else if let Some(name) = ["anyOf", "oneOf"].into_iter().find(|n| schema[*n].is_array()) {
                let ways = schema[name].as_array().cloned().unwrap_or_default();
                let null = |way: &Value| way["type"] == "null";
                let some: Vec<&Value> = ways.iter().filter(|way| null(way) == (depth > DEEP)).collect();
                let some = if some.is_empty() { ways.iter().collect() } else { some };
                let way = some[self.chance.below(some.len())].clone();
                schema = merged(without(schema, name), &way);
            } else {
                break;
            }
        }
        schema
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut members = Map::new();
        if let Some(properties) = schema["properties"].as_object() {
            for (name, of) in properties {
                if depth < DEEP || required.contains(&name.as_str()) {
                    members.insert(name.clone(), self.make(of, depth + 1));
                }
            }
        } else if schema["additionalProperties"].is_object() {
            let least = schema["minProperties"].as_u64().unwrap_or(1).max(1) as usize;
            while members.len() < least.min(64) {
                let name = format!("{}_{}", self.words[self.chance.below(self.words.len())], members.len());
                let value = self.make(&schema["additionalProperties"], depth + 1);
                members.insert(name, value);
            }
        }
        Value::Object(members)
    }

    fn array(&mut self, schema: &Value, depth: usize) -> Value {
        let first: Vec<Value> = schema["prefixItems"].as_array().cloned().unwrap_or_default();
        let least = (schema["minItems"].as_u64().unwrap_or(0) as usize).max(first.len());
        let most = schema["maxItems"].as_u64().map_or(least.max(1) + 3, |most| most as usize).max(least);
        let count = match self.arrays {
            _ if depth > DEEP => least,
            Arrays::Least => least,
            Arrays::Few => {
                let least = least.max(1).min(most);
                least + self.chance.below((most - least).min(3) + 1)
            }
            Arrays::Most => most.min(200),
        };
        let count = if schema["items"] == Value::Bool(false) { first.len() } else { count };
        let unique = schema["uniqueItems"] == Value::Bool(true);
        let mut items: Vec<Value> = first.iter().map(|of| self.make(of, depth + 1)).collect();
        let mut tries = 0;
        while items.len() < count {
            let item = self.make(&schema["items"], depth + 1);
            tries += 1;
            if !unique || !items.contains(&item) {
                items.push(item);
            } else if tries > 1000 {
                break;
            }
        }
        Value::Array(items)
    }

    fn range(schema: &Value, step: f64, span: f64) -> (f64, f64) {
        let number = |name: &str| schema[name].as_f64();
        let low = number("minimum").or(number("exclusiveMinimum").map(|m| m + step));
        let high = number("maximum").or(number("exclusiveMaximum").map(|m| m - step));
        match (low, high) {
            (Some(low), Some(high)) => (low, high.max(low)),
            (Some(low), None) => (low, low + span),
            (None, Some(high)) => ((high - span).max(0.0).min(high), high),
            (None, None) => (0.0, span),
        }
    }

    fn integer(&mut self, schema: &Value) -> Value {
        let (low, high) = Self::range(schema, 1.0, 100.0);
        let (low, high) = (low.ceil() as i64, high.floor() as i64);
        let step = schema["multipleOf"].as_f64().map_or(1, |s| (s as i64).max(1));
        let first = low.div_euclid(step) * step + if low.rem_euclid(step) == 0 { 0 } else { step };
        let count = ((high - first) / step + 1).max(1);
        json!(first + self.chance.below(usize::try_from(count).unwrap_or(1)) as i64 * step)
    }

    fn number(&mut self, schema: &Value) -> Value {
        let (low, high) = Self::range(schema, 0.001, 1.0);
        if let Some(step) = schema["multipleOf"].as_f64().filter(|s| *s > 0.0) {
            let count = ((high - low) / step).floor().max(0.0) as usize + 1;
            return json!(((low / step).ceil() + self.chance.below(count) as f64) * step);
        }
        let part = self.chance.below(1001) as f64 / 1000.0;
        Number::from_f64(low + (high - low) * part).map_or(Value::Null, Value::Number)
    }

    fn text(&mut self, schema: &Value) -> Value {
        let matching = schema["pattern"].as_str().and_then(|pattern| pattern::matching(pattern, &mut self.chance));
        if let Some(text) = matching {
            return Value::String(text);
        }
        let least = schema["minLength"].as_u64().unwrap_or(1) as usize;
        let most = schema["maxLength"].as_u64().map_or(usize::MAX, |m| m as usize);
        let wanted = 3 + self.chance.below(6);
        let from = self.chance.below(self.words.len());
        let mut text = String::new();
        // Words that stand together in the prompt, as far as they fit.
        for (i, word) in self.words.iter().cycle().skip(from).enumerate() {
            let enough = text.chars().count() >= least;
            let room = most.saturating_sub(text.chars().count() + usize::from(i > 0));
            if (enough && (i >= wanted || word.chars().count() > room)) || room == 0 {
                break;
            }
            if i > 0 {
                text.push(' ');
            }
            text.extend(word.chars().take(room));
        }
        let mut letters = text.chars();
        let capital = letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>());
        Value::String(capital.unwrap_or_default())
    }
}

fn without(mut schema: Value, name: &str) -> Value {
    if let Some(members) = schema.as_object_mut() {
        members.remove(name);
    }
    schema
}

/// Both schemas in one: members of `more` win, but properties and required names are joined.
fn merged(schema: Value, more: &Value) -> Value {
    let (Value::Object(mut base), Value::Object(more)) = (schema, more) else { return more.clone() };
    for (name, value) in more {
        match (base.get_mut(name), value) {
            (Some(Value::Object(old)), Value::Object(new)) if name == "properties" => {
                old.extend(new.iter().map(|(n, v)| (n.clone(), v.clone())));
            }
            (Some(Value::Array(old)), Value::Array(new)) if name == "required" => old.extend(new.iter().cloned()),
            _ => {
                base.insert(name.clone(), value.clone());
            }
        }
    }
    Value::Object(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with an instance, as far as the schemas of these tests go.
    fn check(root: &Value, schema: &Value, value: &Value, faults: &mut Vec<String>) {
        let mut fault = |what: &str| faults.push(format!("{what}: {value} by {schema}"));
        if let Some(of) = schema["$ref"].as_str() {
            return check(root, root.pointer(&of[1..]).unwrap(), value, faults);
        }
        if let Some(ways) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
            let fits = ways.iter().any(|way| {
                let mut inner = Vec::new();
                check(root, way, value, &mut inner);
                inner.is_empty()
            });
            if !fits {
                fault("no way");
            }
            return;
        }
        if schema.get("const").is_some_and(|c| c != value) {
            fault("const");
        }
        if schema["enum"].as_array().is_some_and(|e| !e.contains(value)) {
            fault("enum");
        }
        match schema["type"].as_str() {
            Some("object") => {
                let Some(members) = value.as_object() else { return fault("no object") };
                for name in schema["required"].as_array().into_iter().flatten() {
                    if !members.contains_key(name.as_str().unwrap()) {
                        fault("missing");
                    }
                }
                for (name, member) in members {
                    let of = schema["properties"].get(name).unwrap_or(&schema["additionalProperties"]);
                    check(root, of, member, faults);
                }
            }
            Some("array") => {
                let Some(items) = value.as_array() else { return fault("no list") };
                let least = schema["minItems"].as_u64().unwrap_or(0) as usize;
                let most = schema["maxItems"].as_u64().unwrap_or(99) as usize;
                if !(least..=most).contains(&items.len()) {
                    fault("length");
                }
                if schema["uniqueItems"] == true && items.iter().enumerate().any(|(i, a)| items[..i].contains(a)) {
                    fault("twice");
                }
                for item in items {
                    check(root, &schema["items"], item, faults);
                }
            }
            Some("integer" | "number") => {
                let Some(number) = value.as_f64() else { return fault("no number") };
                let bound = |name: &str, or: f64| schema[name].as_f64().unwrap_or(or);
                if number < bound("minimum", f64::MIN)
                    || number > bound("maximum", f64::MAX)
                    || number <= bound("exclusiveMinimum", f64::MIN)
                    || schema["type"] == "integer" && value.as_i64().is_none()
                    || schema["multipleOf"].as_i64().is_some_and(|m| value.as_i64().is_none_or(|v| v % m != 0))
                {
                    fault("range");
                }
            }
            Some("string") => {
                let Some(text) = value.as_str() else { return fault("no text") };
                let count = text.chars().count() as u64;
                if count < schema["minLength"].as_u64().unwrap_or(0)
                    || count > schema["maxLength"].as_u64().unwrap_or(9999)
                {
                    fault("text length");
                }
                if schema["pattern"].as_str() == Some("^shot_[0-9a-f]{12}$")
                    && !(text.len() == 17
                        && text.starts_with("shot_")
                        && text[5..].chars().all(|c| c.is_ascii_hexdigit()))
                {
                    fault("pattern");
                }
            }
            _ => {}
        }
    }

    fn schema() -> Value {
        json!({
            "type": "object", "additionalProperties": false,
            "required": ["title", "scenes", "mood", "next"],
            "properties": {
                "title": { "type": "string", "minLength": 4, "maxLength": 20 },
                "mood": { "enum": ["calm", "stormy"] },
                "wait_ms": { "type": ["integer", "null"], "minimum": 7, "maximum": 40, "multipleOf": 5 },
                "weight": { "type": "number", "exclusiveMinimum": 0, "maximum": 1 },
                "next": { "anyOf": [{ "$ref": "#/$defs/Scene" }, { "type": "null" }] },
                "scenes": { "type": "array", "minItems": 2, "maxItems": 5, "items": { "$ref": "#/$defs/Scene" } },
                "ids": { "type": "array", "uniqueItems": true, "minItems": 3, "maxItems": 3, "items": { "enum": ["a", "b", "c"] } },
                "tags": { "type": "object", "additionalProperties": { "type": "boolean" } },
            },
            "$defs": {
                "Scene": { "oneOf": [
                    { "type": "object", "required": ["of", "id"], "properties": {
                        "of": { "const": "shot" }, "id": { "type": "string", "pattern": "^shot_[0-9a-f]{12}$" } } },
                    { "type": "object", "required": ["of", "inner"], "properties": {
                        "of": { "const": "group" }, "inner": { "type": "array", "items": { "$ref": "#/$defs/Scene" } } } },
                ] }
            }
        })
    }

    #[test]
    fn any_seed_gives_a_valid_instance_and_always_the_same() {
        let schema = schema();
        for arrays in [Arrays::Least, Arrays::Few, Arrays::Most] {
            for seed in 0_u32..200 {
                if arrays == Arrays::Most && seed > 3 {
                    break;
                }
                let made =
                    instance(&schema, "An old lighthouse keeper befriends a white whale", &seed.to_le_bytes(), arrays);
                let mut wrong = Vec::new();
                // The nullable list of types is not known to the checker.
                let wait = made["wait_ms"].as_i64().unwrap();
                assert!((7..=40).contains(&wait) && wait % 5 == 0, "{wait}");
                check(&schema, &schema, &made, &mut wrong);
                assert!(wrong.is_empty(), "{arrays:?} {seed}: {wrong:#?}");
                let again =
                    instance(&schema, "An old lighthouse keeper befriends a white whale", &seed.to_le_bytes(), arrays);
                assert_eq!(made, again);
            }
        }
    }

    #[test]
    fn texts_come_from_the_prompt() {
        let made = instance(&json!({ "type": "string" }), "keeper befriends whale", b"1", Arrays::Few);
        let text = made.as_str().unwrap().to_lowercase();
        assert!(text.split(' ').all(|w| ["keeper", "befriends", "whale"].contains(&w)), "{text}");
    }
}
