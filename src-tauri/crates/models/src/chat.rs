//! Words: a question to a language model, with pictures where it sees, answered in the form of a schema where one is asked
//! for.

use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Failure, Job, ModelIdentity, Price, Usage};

/// Who says a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatRole {
    /// Whoever asks.
    User,
    /// The model, earlier.
    Assistant,
}

/// A picture in a message. Its bytes are not part of its stored form; its hash stands for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatPicture {
    /// The hash of the bytes.
    pub hash: String,
    /// The picture, PNG; filled just before the call.
    #[serde(skip)]
    pub png: Vec<u8>,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMessage {
    /// By whom.
    pub role: ChatRole,
    /// What.
    pub text: String,
    /// What is shown with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<ChatPicture>,
}

impl ChatMessage {
    /// A message of whoever asks.
    pub fn user(text: impl Into<String>) -> Self {
        Self { role: ChatRole::User, text: text.into(), pictures: Vec::new() }
    }

    /// What the model said earlier.
    pub fn assistant(text: impl Into<String>) -> Self {
        Self { role: ChatRole::Assistant, text: text.into(), pictures: Vec::new() }
    }
}

/// The form that an answer must have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReplySchema {
    /// What it is called; up to 64 letters, digits, `_` and `-`.
    pub name: String,
    /// A JSON Schema.
    pub schema: Value,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChatRequest {
    /// Who the model is to be and what it is to do.
    pub system: String,
    /// What was said, oldest first; the last is the question.
    pub messages: Vec<ChatMessage>,
    /// The form of the answer; `None` for plain words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<ReplySchema>,
    /// The longest answer, in tokens.
    pub max_tokens: u32,
    /// How much chance is in it, 0 to 2; `None` leaves it to the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f32>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatReply {
    /// The whole text. When a schema was asked for it is JSON by its syntax; whether it fits is for the asker to check.
    pub text: String,
    /// What it took.
    pub usage: Usage,
}

/// Hears the answer while it comes, piece by piece. What it heard of a call that failed is void.
pub type OnText = Arc<dyn Fn(&str) + Send + Sync>;

/// Answers.
#[async_trait]
pub trait ChatModel: Send + Sync {
    /// Which model this is.
    fn identity(&self) -> ModelIdentity;
    /// What its calls cost.
    fn price(&self) -> Price {
        Price::Free
    }
    /// Answers one question.
    async fn ask(&self, request: ChatRequest, on_text: Option<OnText>, job: Job) -> Result<ChatReply, Failure>;
}
