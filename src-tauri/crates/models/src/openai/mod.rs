//! Servers that speak OpenAI's wire format: its own, gateways and most local ones. Chat, pictures, clips and speech.
//!
//! Each adapter makes a call ready, hands it to the job, and reads the reply afterwards; sending is what `send` does, once.
//! `send` looks at a reply just closely enough to say whether it was of use, because only a whole reply is worth keeping.

mod answer;
mod catalogue;
mod chat;
mod errors;
mod http;
mod images;
mod media;
mod retry_after;
mod speech;
mod sse;
mod videos;

use std::time::Duration;

use serde_json::Value;

pub use catalogue::{ListedModel, list_models};
pub(crate) use chat::OpenAiChat;
pub(crate) use http::{is_inside, is_loopback};
pub(crate) use images::OpenAiImages;
pub(crate) use speech::OpenAiSpeech;
pub use speech::Voices;
pub(crate) use videos::OpenAiVideos;

use self::http::Endpoint;
use crate::{CallKind, Failure, ModelIdentity, Price, Secret, Unit, Usage};

/// Rises when the same request would be made into another one for the provider.
const VERSION: &str = "1";

/// One model on one server.
#[derive(Debug)]
pub(crate) struct Server {
    endpoint: Endpoint,
    model: String,
    price: Price,
    deadline: Duration,
}

/// What is needed to reach a model.
pub(crate) struct Address<'a> {
    pub(crate) provider: &'a str,
    pub(crate) base_url: &'a str,
    pub(crate) key: Option<Secret>,
    pub(crate) model: &'a str,
    pub(crate) price: &'a Price,
    pub(crate) deadline: Option<Duration>,
}

impl Server {
    pub(crate) fn new(address: Address<'_>, kind: CallKind) -> Result<Self, Failure> {
        let usual = match kind {
            CallKind::Chat => chat::DEADLINE,
            CallKind::Image => images::DEADLINE,
            CallKind::Video => videos::DEADLINE,
            CallKind::Speech => speech::DEADLINE,
        };
        Ok(Self {
            endpoint: Endpoint::new(address.base_url, address.key, address.provider)?,
            model: address.model.to_owned(),
            price: address.price.clone(),
            deadline: address.deadline.unwrap_or(usual),
        })
    }

    fn provider(&self) -> &str {
        self.endpoint.provider()
    }

    fn identity(&self) -> ModelIdentity {
        ModelIdentity { provider: self.provider().to_owned(), model: self.model.clone(), version: VERSION.to_owned() }
    }

    /// So much was taken.
    fn usage<const N: usize>(&self, units: [(Unit, u64); N]) -> Usage {
        let units = units.into_iter().map(|(unit, count)| (unit.as_str().to_owned(), count)).collect();
        let micros = self.price.cost(&units);
        Usage { units, micros }
    }

    /// What the provider says was taken, and what is known beside it: its own price wins, where it says one.
    fn told_beside<const N: usize>(&self, told: &Value, known: [(Unit, u64); N]) -> Usage {
        let mut usage = self.usage(known);
        let count = |names: [&str; 2]| names.into_iter().find_map(|name| whole(&told[name]));
        let tokens = [
            (Unit::InputTokens, count(["prompt_tokens", "input_tokens"])),
            (Unit::OutputTokens, count(["completion_tokens", "output_tokens"])),
        ];
        for (unit, count) in tokens {
            if let Some(count) = count {
                usage.units.insert(unit.as_str().to_owned(), count);
            }
        }
        let dollars = told["cost"].as_f64().filter(|d| (0.0..1e9).contains(d));
        usage.micros = dollars.map_or_else(|| self.price.cost(&usage.units), |d| (d * 1e6).ceil() as u64);
        usage
    }

    fn told(&self, told: &Value) -> Usage {
        self.told_beside(told, [(Unit::Calls, 1)])
    }
}

/// A whole number, also when it comes as text.
fn whole(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// A value as text that depends on nothing but what it says: members of objects in the order of their names.
fn canonical(value: &Value) -> String {
    fn ordered(value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                let mut all: Vec<_> = members.iter().collect();
                all.sort_by_key(|(name, _)| *name);
                Value::Object(all.into_iter().map(|(name, v)| (name.clone(), ordered(v))).collect())
            }
            Value::Array(items) => Value::Array(items.iter().map(ordered).collect()),
            plain => plain.clone(),
        }
    }
    ordered(value).to_string()
}

/// The hash that stands for long bytes in a request's text.
fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_providers_own_price_wins_and_numbers_may_be_text() {
        let server = Server::new(
            Address {
                provider: "far",
                base_url: "http://h/v1",
                key: None,
                model: "m",
                price: &Price::per(Unit::OutputTokens, 3),
                deadline: None,
            },
            CallKind::Chat,
        )
        .unwrap();
        let usage = server.told(&json!({ "prompt_tokens": 5, "completion_tokens": "7" }));
        assert_eq!((usage.micros, usage.units["input_tokens"], usage.units["calls"]), (21, 5, 1));
        assert_eq!(server.told(&json!({ "completion_tokens": 7, "cost": 0.000_1 })).micros, 100);
        assert_eq!(server.told(&json!({ "cost": -1.0, "completion_tokens": -7 })).micros, 0);
    }

    #[test]
    fn canonical_text_does_not_depend_on_order() {
        let (a, b) = (json!({ "a": [{ "x": 1, "y": 2 }], "b": null }), json!({ "b": null, "a": [{ "y": 2, "x": 1 }] }));
        assert_eq!(canonical(&a), canonical(&b));
        assert_eq!(canonical(&a), r#"{"a":[{"x":1,"y":2}],"b":null}"#);
    }
}
