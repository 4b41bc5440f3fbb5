//! Which models a server has: `GET /models`. Costs nothing, so it also tells whether a key works.

use std::time::Duration;

use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use super::errors;
use super::http::Endpoint;
use crate::{Failure, FailureKind, Secret};

const LIMIT: usize = 8 << 20;
const WITHIN: Duration = Duration::from_secs(15);

/// A model that a server offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedModel {
    /// The name to ask for it by.
    pub id: String,
    /// The day after which it is gone ("2027-01-14"), where the provider says it.
    pub ends: Option<String>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(alias = "model_path")]
    id: String,
    #[serde(alias = "expiration_date")]
    shutdown_date: Option<Value>,
}

/// The models of a server, by name. `base_url` goes up to and with `/v1`; `provider` is what it is called in errors.
pub async fn list_models(base_url: &str, key: Option<Secret>, provider: &str) -> Result<Vec<ListedModel>, Failure> {
    let endpoint = Endpoint::new(base_url, key, provider)?;
    let request = endpoint.request(Method::GET, &["models"], WITHIN);
    let answer = endpoint.exchange(request, LIMIT).await.map_err(|broken| broken.failure)?;
    if !answer.status.is_success() {
        return Err(errors::refused(&endpoint, &answer).failure);
    }
    let odd = || {
        Failure::new(FailureKind::Invalid, format!("{provider} gives no list of models"))
            .hint("Check the server's address (up to and with /v1).")
    };
    let list: Value = serde_json::from_slice(&answer.body).map_err(|_| odd())?;
    let entries = list["data"].as_array().or(list.as_array()).ok_or_else(odd)?;
    // An entry that has no name cannot be asked for.
    let read = entries.iter().filter_map(|entry| Entry::deserialize(entry).ok());
    let mut models: Vec<_> = read
        .map(|entry| ListedModel {
            id: entry.id,
            ends: entry.shutdown_date.and_then(|date| date.as_str().map(str::to_owned)),
        })
        .collect();
    models.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(models)
}
