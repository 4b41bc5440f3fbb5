//! Chat: `POST /chat/completions`, answered whole or as a stream, in the form of a JSON Schema where one is asked for.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use super::answer::{Heard, delta, heard};
use super::errors::{self, Said};
use super::http::Answer;
use super::sse::{Events, events};
use super::{Server, canonical};
use crate::{
    CallError, CallKind, CallOrder, CallReply, ChatMessage, ChatModel, ChatReply, ChatRequest, ChatRole, Delivery,
    Failure, FailureKind, Job, ModelIdentity, OnText, Polled, Price, RemoteCall, Sent, Unit, Usage, tokens_about,
    tokens_at_most,
};

const LIMIT: usize = 32 << 20;
/// What a picture counts for, at most.
const PICTURE_TOKENS: u64 = 2_000;
/// How often one question may be put another way when the server does not understand a parameter.
const WAYS: usize = 5;

/// How this server wants to be asked; learned from what it does not understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Dialect {
    form: Form,
    /// `max_completion_tokens` for `max_tokens`.
    completion_tokens: bool,
    temperature: bool,
    stream_usage: bool,
}

/// How the form of an answer is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// By its schema, which the server holds the model to.
    Schema,
    /// As any JSON, with the schema in words.
    Json,
    /// In words alone.
    Words,
}

impl Dialect {
    /// Another way to ask, after an error about a parameter; `None` when the error is about something else.
    fn after(self, said: &Said) -> Option<Self> {
        let about = |parameter| said.is_about(parameter);
        if about("response_format") || about("json_schema") || about("json_object") {
            let form = match self.form {
                Form::Schema => Form::Json,
                Form::Json => Form::Words,
                Form::Words => return None,
            };
            return Some(Self { form, ..self });
        }
        if about("max_tokens") && !self.completion_tokens {
            return Some(Self { completion_tokens: true, ..self });
        }
        if about("max_completion_tokens") && self.completion_tokens {
            return Some(Self { completion_tokens: false, ..self });
        }
        if about("temperature") && self.temperature {
            return Some(Self { temperature: false, ..self });
        }
        if about("stream_options") && self.stream_usage {
            return Some(Self { stream_usage: false, ..self });
        }
        None
    }
}

/// A chat model behind an OpenAI-shaped server.
#[derive(Debug)]
pub(crate) struct OpenAiChat {
    server: Server,
    dialect: Mutex<Dialect>,
}

impl OpenAiChat {
    pub(crate) fn new(server: Server) -> Self {
        // OpenAI's own name for the limit is newer than what most servers read.
        let completion_tokens = server.endpoint.host().ends_with("openai.com");
        let dialect = Dialect { form: Form::Schema, completion_tokens, temperature: true, stream_usage: true };
        Self { server, dialect: Mutex::new(dialect) }
    }

    fn dialect(&self) -> Dialect {
        *self.dialect.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl ChatModel for OpenAiChat {
    fn identity(&self) -> ModelIdentity {
        self.server.identity()
    }

    fn price(&self) -> Price {
        self.server.price.clone()
    }

    async fn ask(&self, request: ChatRequest, on_text: Option<OnText>, job: Job) -> Result<ChatReply, Failure> {
        for _ in 0..WAYS {
            let dialect = self.dialect();
            let call = Question {
                server: &self.server,
                request: &request,
                on_text: on_text.as_ref(),
                dialect,
                learned: Mutex::new(None),
            };
            let replied = job.call(&call).await;
            let learned = call.learned.into_inner().unwrap_or_else(PoisonError::into_inner);
            match (replied, learned) {
                (Ok(reply), _) => {
                    let heard = self.server.read_chat(&reply.body, &reply.media).map_err(|e| e.failure)?;
                    let text = if request.schema.is_some() { bare_json(&heard.text) } else { &heard.text };
                    return Ok(ChatReply { text: text.to_owned(), usage: reply.usage });
                }
                // It was not taken, so asking it another way costs nothing twice.
                (Err(_), Some(learned)) => {
                    *self.dialect.lock().unwrap_or_else(PoisonError::into_inner) = learned;
                }
                (Err(failure), None) => return Err(failure),
            }
        }
        Err(Failure::new(FailureKind::Invalid, format!("{} understands no way to ask it", self.server.provider())))
    }
}

/// One question, ready to be sent.
struct Question<'a> {
    server: &'a Server,
    request: &'a ChatRequest,
    on_text: Option<&'a OnText>,
    dialect: Dialect,
    learned: Mutex<Option<Dialect>>,
}

impl Question<'_> {
    fn body(&self) -> Value {
        let (request, dialect) = (self.request, self.dialect);
        let mut system = request.system.clone();
        if let (Some(asked), Form::Json | Form::Words) = (&request.schema, dialect.form) {
            system.push_str("\n\nAnswer with JSON alone, without a word around it, that fits this JSON Schema:\n");
            system.push_str(&asked.schema.to_string());
        }
        let mut messages = Vec::new();
        if !system.is_empty() {
            messages.push(json!({ "role": "system", "content": system }));
        }
        messages.extend(request.messages.iter().map(message));
        let limit = if dialect.completion_tokens { "max_completion_tokens" } else { "max_tokens" };
        let mut body = json!({ "model": self.server.model, "messages": messages, limit: request.max_tokens });
        if let (Some(temperature), true) = (request.temperature, dialect.temperature) {
            // 0.7 and not 0.699999988.
            body["temperature"] = json!((f64::from(temperature) * 1000.0).round() / 1000.0);
        }
        match (&request.schema, dialect.form) {
            (Some(asked), Form::Schema) => {
                let schema = json!({ "name": asked.name, "schema": asked.schema, "strict": true });
                body["response_format"] = json!({ "type": "json_schema", "json_schema": schema });
            }
            (Some(_), Form::Json) => body["response_format"] = json!({ "type": "json_object" }),
            (Some(_), Form::Words) | (None, _) => {}
        }
        if self.on_text.is_some() {
            body["stream"] = json!(true);
            if dialect.stream_usage {
                body["stream_options"] = json!({ "include_usage": true });
            }
        }
        body
    }

    /// Everything that is read, as text: for estimates.
    fn words(&self) -> (String, u64) {
        let mut text = self.request.system.clone();
        let mut pictures = 0;
        for message in &self.request.messages {
            text.push_str(&message.text);
            pictures += message.pictures.len() as u64;
        }
        if let Some(asked) = &self.request.schema {
            text.push_str(&asked.schema.to_string());
        }
        (text, pictures * PICTURE_TOKENS)
    }

    fn guessed(&self, answer: &str) -> Usage {
        let (text, pictures) = self.words();
        self.server.usage([
            (Unit::Calls, 1),
            (Unit::InputTokens, tokens_about(&text) + pictures),
            (Unit::OutputTokens, tokens_about(answer)),
        ])
    }

    /// Reads a streamed answer, telling its pieces as they come.
    async fn hear(&self, mut response: reqwest::Response, on_text: &OnText) -> Result<Vec<u8>, CallError> {
        let endpoint = &self.server.endpoint;
        let (mut events, mut body) = (Events::default(), Vec::new());
        while let Some(piece) = response.chunk().await.map_err(|e| endpoint.broken(&e).paid())? {
            if body.len() + piece.len() > LIMIT {
                let failure =
                    Failure::new(FailureKind::Invalid, format!("{}'s answer has no end", endpoint.provider()));
                return Err(CallError::new(failure, Delivery::Spoilt(self.guessed(""))));
            }
            body.extend_from_slice(&piece);
            for event in events.push(&piece) {
                if let Some(text) = delta(&event) {
                    on_text(&endpoint.text_without_key(&text));
                }
            }
        }
        Ok(endpoint.without_key(body))
    }
}

fn message(message: &ChatMessage) -> Value {
    let role = match message.role {
        ChatRole::User => "user",
        ChatRole::Assistant => "assistant",
    };
    if message.pictures.is_empty() {
        return json!({ "role": role, "content": message.text });
    }
    let pictures = message.pictures.iter().map(|picture| {
        let url = format!("data:image/png;base64,{}", STANDARD.encode(&picture.png));
        json!({ "type": "image_url", "image_url": { "url": url } })
    });
    let mut parts = vec![json!({ "type": "text", "text": message.text })];
    parts.extend(pictures);
    json!({ "role": role, "content": parts })
}

/// JSON without what models like to put around it: thoughts before it, a fence around it.
fn bare_json(text: &str) -> &str {
    let text = text.rsplit_once("</think>").map_or(text, |(_, after)| after).trim();
    let Some(fenced) = text.strip_prefix("```").and_then(|t| t.strip_suffix("```")) else { return text };
    fenced.strip_prefix("json").unwrap_or(fenced).trim()
}

#[async_trait]
impl RemoteCall for Question<'_> {
    fn order(&self) -> CallOrder {
        let (text, pictures) = self.words();
        let answer = u64::from(self.request.max_tokens);
        let most =
            [(Unit::Calls, 1), (Unit::InputTokens, tokens_at_most(&text) + pictures), (Unit::OutputTokens, answer)];
        // What is asked, not how it is said on the wire: that is learned anew by every process.
        let request = json!({ "kind": "chat", "model": self.server.model, "request": self.request });
        CallOrder {
            provider: self.server.provider().to_owned(),
            model: self.server.model.clone(),
            kind: CallKind::Chat,
            request: canonical(&request),
            most_micros: self.server.price.most(&most),
            tokens: u32::try_from(tokens_about(&text) + pictures + answer).unwrap_or(u32::MAX),
            deadline: self.server.deadline,
        }
    }

    async fn send(&self) -> Result<Sent, CallError> {
        let endpoint = &self.server.endpoint;
        let request = endpoint
            .request(Method::POST, &["chat", "completions"], self.server.deadline)
            .header(CONTENT_TYPE, "application/json")
            .body(self.body().to_string());
        let response = endpoint.start(request).await.map_err(super::http::Broken::paid)?;
        let status = response.status();
        let streamed =
            response.headers().get(CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"text/event-stream"));
        let (body, media) = match self.on_text {
            Some(on_text) if status.is_success() && streamed => {
                (self.hear(response, on_text).await?, "text/event-stream".to_owned())
            }
            _ => {
                let answer = endpoint.read(response, LIMIT).await.map_err(super::http::Broken::paid)?;
                if !status.is_success() {
                    return Err(self.not_taken(&answer));
                }
                let media = answer.media();
                (answer.body, media)
            }
        };
        let heard = self.server.read_chat(&body, &media).map_err(|mut error| {
            if let Delivery::Spoilt(usage) = &mut error.delivery
                && usage.units.is_empty()
            {
                *usage = self.guessed(&String::from_utf8_lossy(&body));
            }
            error
        })?;
        let usage = match &heard.usage {
            Some(told) => self.server.told(told),
            None => self.guessed(&heard.text),
        };
        Ok(Sent::Reply(CallReply { body, media, usage }))
    }

    async fn poll(&self, _: &str) -> Result<Polled, CallError> {
        Err(CallError::new(Failure::new(FailureKind::Invalid, "a question has no job"), Delivery::Vanished))
    }

    async fn cancel(&self, _: &str) {}
}

impl Question<'_> {
    fn not_taken(&self, answer: &Answer) -> CallError {
        if matches!(answer.status.as_u16(), 400 | 404 | 415 | 422) {
            let learned = self.dialect.after(&Said::read(&answer.body));
            *self.learned.lock().unwrap_or_else(PoisonError::into_inner) = learned;
        }
        errors::refused(&self.server.endpoint, answer)
    }
}

impl Server {
    /// Reads an answer that came whole or as a stream, and judges whether it is of use.
    fn read_chat(&self, body: &[u8], media: &str) -> Result<Heard, CallError> {
        let who = self.provider();
        let invalid = |what: String| Failure::new(FailureKind::Invalid, what);
        let streamed = media == "text/event-stream";
        if !streamed && body.trim_ascii_start().starts_with(b"<") {
            // Some gateway's page: whether the request came through is not known.
            return Err(CallError::new(invalid(format!("{who} answered with a web page")), Delivery::Unknown));
        }
        let parts = if streamed { events(body) } else { vec![String::from_utf8_lossy(body).into_owned()] };
        let told = |heard: &Heard| heard.usage.as_ref().map_or_else(Usage::default, |usage| self.told(usage));
        let spoilt = |heard: &Heard, failure: Failure| CallError::new(failure, Delivery::Spoilt(told(heard)));
        let heard =
            heard(&parts).map_err(|what| spoilt(&Heard::default(), invalid(format!("{who}'s answer {what}"))))?;
        if let Some(error) = &heard.error {
            let said = Said::of(&json!({ "error": error }));
            let failure = errors::in_answer(&self.endpoint, &said);
            // Before the first word it is an answer that it failed.
            let delivery = if heard.text.is_empty() { Delivery::NotTaken } else { Delivery::Spoilt(told(&heard)) };
            return Err(CallError::new(failure, delivery));
        }
        if let Some(refusal) = &heard.refusal {
            let words = self.endpoint.clean(refusal, 300);
            let failure = Failure::new(FailureKind::Refused, format!("{who} refused the request: {words}"));
            return Err(spoilt(&heard, failure.hint("Say it another way.")));
        }
        match heard.finish.as_deref() {
            Some("length") => {
                let failure = invalid(format!("{who}'s answer was cut off at its longest"));
                Err(spoilt(&heard, failure.hint("Choose a model with longer answers, or ask for less at a time.")))
            }
            Some("content_filter") => {
                let failure = Failure::new(FailureKind::Refused, format!("{who} held its answer back for its content"));
                Err(spoilt(&heard, failure.hint("Say it another way.")))
            }
            None if streamed && !heard.ended => Err(spoilt(&heard, invalid(format!("{who}'s answer broke off")))),
            _ if heard.text.trim().is_empty() => Err(spoilt(&heard, invalid(format!("{who}'s answer is empty")))),
            _ => Ok(heard),
        }
    }
}

/// A chat call's default deadline: a model on a machine of one's own may have to be loaded first.
pub(super) const DEADLINE: Duration = Duration::from_mins(5);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_found_in_its_wrapping() {
        for text in [
            "{\"a\":1}",
            " {\"a\":1}\n",
            "```json\n{\"a\":1}\n```",
            "```\n{\"a\":1}```",
            "<think>hm {</think>{\"a\":1}",
        ] {
            assert_eq!(bare_json(text), "{\"a\":1}", "{text}");
        }
    }

    #[test]
    fn a_server_is_asked_another_way_only_for_what_it_does_not_understand() {
        let first = Dialect { form: Form::Schema, completion_tokens: false, temperature: true, stream_usage: true };
        let said = |param: &str| Said { param: param.into(), ..Said::default() };
        let json = first.after(&said("response_format")).unwrap();
        let words = json.after(&said("response_format.type")).unwrap();
        assert_eq!((json.form, words.form, words.after(&said("response_format"))), (Form::Json, Form::Words, None));
        assert!(first.after(&said("max_tokens")).unwrap().completion_tokens);
        assert!(!first.after(&said("temperature")).unwrap().temperature);
        assert_eq!(first.after(&said("messages")), None);
    }
}
