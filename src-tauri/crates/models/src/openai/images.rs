//! Pictures: `POST /images/generations`, or `/images/edits` when there are references to agree with.

use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::CONTENT_TYPE;
use reqwest::multipart::{Form, Part};
use reqwest::{Method, RequestBuilder};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use story::{Seed, Size};

use super::errors::{self, Said};
use super::http::Broken;
use super::media::{in_steps, nearest};
use super::{Server, canonical, hash};
use crate::{
    CallError, CallKind, CallOrder, CallReply, Delivery, Failure, FailureKind, ImageModel, ImageReply, ImageRequest,
    Job, ModelIdentity, Polled, Price, RemoteCall, Sent, Unit, Usage, picture, tokens_about, tokens_at_most,
};

const LIMIT: usize = 128 << 20;
const FETCH: Duration = Duration::from_mins(1);
/// What one picture counts for in tokens, at most, as it is read or made.
const PICTURE_TOKENS: u64 = 8_000;
/// More references than this are not looked at by any model of this kind.
const REFERENCES: usize = 16;

/// A picture's default deadline: they are made while one waits, some in minutes.
pub(super) const DEADLINE: Duration = Duration::from_mins(5);

/// A model of pictures behind an OpenAI-shaped server.
#[derive(Debug)]
pub(crate) struct OpenAiImages {
    server: Server,
    sizes: Vec<Size>,
    references: usize,
}

impl OpenAiImages {
    /// A model that makes `sizes` (any when empty) and looks at so many references.
    pub(crate) fn new(server: Server, sizes: Vec<Size>, references: usize) -> Self {
        Self { server, sizes, references: references.min(REFERENCES) }
    }
}

#[async_trait]
impl ImageModel for OpenAiImages {
    fn identity(&self) -> ModelIdentity {
        self.server.identity()
    }

    fn price(&self) -> Price {
        self.server.price.clone()
    }

    fn sees(&self) -> usize {
        self.references
    }

    async fn draw(&self, request: ImageRequest, job: Job) -> Result<ImageReply, Failure> {
        let size = request.size;
        let roles = request.references.iter().map(|r| r.role.as_str());
        let references: Vec<(&str, &[u8])> =
            roles.zip(request.pictures.iter().map(Vec::as_slice)).take(self.references).collect();
        let call = Drawing {
            server: &self.server,
            prompt: with_roles(&request.prompt, &references),
            size: if self.sizes.is_empty() { in_steps(size) } else { nearest(&self.sizes, size) },
            seed: request.seed,
            take: request.take,
            references,
        };
        let reply = job.call(&call).await?;
        job.check()?;
        let who = self.server.provider().to_owned();
        let fitted = tokio::task::spawn_blocking(move || picture::fit(&reply.body, size)).await;
        let png = fitted
            .map_err(|e| Failure::new(FailureKind::Local, format!("a picture could not be read: {e}")))?
            .map_err(|e| Failure::new(FailureKind::Invalid, format!("what {who} drew cannot be used: {e}")))?;
        Ok(ImageReply { png, companion: None })
    }
}

/// The prompt, with what each reference shows: models know them by their place.
fn with_roles(prompt: &str, references: &[(&str, &[u8])]) -> String {
    if references.is_empty() {
        return prompt.to_owned();
    }
    let roles = references.iter().zip(1..).map(|((role, _), number)| format!("Image {number}: {role}."));
    format!("{prompt}\n\nReference pictures:\n{}", roles.collect::<Vec<_>>().join("\n"))
}

struct Drawing<'a> {
    server: &'a Server,
    prompt: String,
    size: Size,
    seed: Seed,
    take: u32,
    references: Vec<(&'a str, &'a [u8])>,
}

/// A picture that is done and lies elsewhere, to be fetched: kept, so that it is fetched even after a crash.
#[derive(Serialize, Deserialize)]
struct Done {
    url: String,
    usage: Usage,
}

impl Drawing<'_> {
    fn request(&self) -> Result<RequestBuilder, CallError> {
        let endpoint = &self.server.endpoint;
        if self.references.is_empty() {
            let body = json!({
                "model": self.server.model, "prompt": self.prompt, "n": 1, "size": self.size.to_string(),
            });
            let request = endpoint.request(Method::POST, &["images", "generations"], self.server.deadline);
            return Ok(request.header(CONTENT_TYPE, "application/json").body(body.to_string()));
        }
        let mut form = Form::new()
            .text("model", self.server.model.clone())
            .text("prompt", self.prompt.clone())
            .text("n", "1")
            .text("size", self.size.to_string());
        for (i, (_, png)) in self.references.iter().enumerate() {
            form = form.part("image[]", png_part(png, &format!("reference-{}.png", i + 1))?);
        }
        Ok(endpoint.request(Method::POST, &["images", "edits"], self.server.deadline).multipart(form))
    }

    fn guessed(&self) -> Usage {
        let read = tokens_about(&self.prompt) + self.references.len() as u64 * 1_000;
        self.server.usage([(Unit::Calls, 1), (Unit::Images, 1), (Unit::InputTokens, read), (Unit::OutputTokens, 1_500)])
    }

    /// Where the picture of an answer is, and what it took.
    fn read(&self, body: &[u8]) -> Result<(Drawn, Usage), CallError> {
        let who = self.server.provider();
        let spoilt = |what: String, usage: Usage| {
            CallError::new(Failure::new(FailureKind::Invalid, what), Delivery::Spoilt(usage))
        };
        let value: Value = serde_json::from_slice(body)
            .map_err(|_| spoilt(format!("{who}'s answer cannot be read as JSON"), self.guessed()))?;
        for error in [&value["error"], &value["data"][0]["error"]] {
            if !error.is_null() {
                let failure = errors::in_answer(&self.server.endpoint, &Said::of(&json!({ "error": error })));
                return Err(CallError::new(failure, Delivery::NotTaken));
            }
        }
        let usage = if value["usage"].is_object() {
            self.server.told_beside(&value["usage"], [(Unit::Calls, 1), (Unit::Images, 1)])
        } else {
            self.guessed()
        };
        let first = &value["data"][0];
        let inline = first["b64_json"].as_str().or_else(|| first["url"].as_str()?.strip_prefix("data:"));
        if let Some(text) = inline {
            let text = text.split_once("base64,").map_or(text, |(_, after)| after);
            let bytes = STANDARD.decode(text.trim());
            let bytes = bytes.map_err(|_| spoilt(format!("{who}'s picture is damaged"), usage.clone()))?;
            return Ok((Drawn::Here(bytes), usage));
        }
        match first["url"].as_str() {
            Some(url) => Ok((Drawn::At(url.to_owned()), usage)),
            None => Err(spoilt(format!("{who} answered without a picture"), usage)),
        }
    }

    /// The reply, when the picture is whole.
    async fn whole(&self, body: Vec<u8>, usage: Usage) -> Result<CallReply, CallError> {
        let read = tokio::task::spawn_blocking(move || {
            let media = picture::read(&body).and_then(|_| picture::media(&body).ok_or(picture::PictureError::Format));
            media.map(|media| (body, media)).map_err(|e| e.to_string())
        });
        match read.await.unwrap_or_else(|e| Err(e.to_string())) {
            Ok((body, media)) => Ok(CallReply { body, media: media.into(), usage }),
            Err(error) => {
                let what = format!("what {} drew cannot be used: {error}", self.server.provider());
                Err(CallError::new(Failure::new(FailureKind::Invalid, what), Delivery::Spoilt(usage)))
            }
        }
    }
}

enum Drawn {
    Here(Vec<u8>),
    At(String),
}

/// A PNG as a part of a form.
pub(super) fn png_part(png: &[u8], name: &str) -> Result<Part, CallError> {
    Part::bytes(png.to_vec()).file_name(name.to_owned()).mime_str("image/png").map_err(|e| {
        CallError::new(Failure::new(FailureKind::Local, format!("a picture cannot be sent: {e}")), Delivery::NotTaken)
    })
}

#[async_trait]
impl RemoteCall for Drawing<'_> {
    fn order(&self) -> CallOrder {
        let references: Vec<String> = self.references.iter().map(|(_, png)| hash(png)).collect();
        // Seed and take are not sent: these models know neither. They are there to tell one picture from another.
        let request = json!({
            "kind": "image", "model": self.server.model, "prompt": self.prompt, "size": self.size.to_string(),
            "seed": self.seed, "take": self.take, "references": references,
        });
        let seen = references.len() as u64 * PICTURE_TOKENS;
        let most = [
            (Unit::Calls, 1),
            (Unit::Images, 1),
            (Unit::InputTokens, tokens_at_most(&self.prompt) + seen),
            (Unit::OutputTokens, PICTURE_TOKENS),
        ];
        CallOrder {
            provider: self.server.provider().to_owned(),
            model: self.server.model.clone(),
            kind: CallKind::Image,
            request: canonical(&request),
            most_micros: self.server.price.most(&most),
            tokens: u32::try_from(tokens_about(&self.prompt)).unwrap_or(u32::MAX),
            deadline: self.server.deadline,
        }
    }

    async fn send(&self) -> Result<Sent, CallError> {
        let endpoint = &self.server.endpoint;
        let answer = endpoint.exchange(self.request()?, LIMIT).await.map_err(Broken::paid)?;
        if !answer.status.is_success() {
            return Err(errors::refused(endpoint, &answer));
        }
        let media = answer.media();
        if media == "text/html" {
            let failure =
                Failure::new(FailureKind::Invalid, format!("{} answered with a web page", self.server.provider()));
            return Err(CallError::new(failure, Delivery::Unknown));
        }
        if media.starts_with("image/") {
            return self.whole(answer.body, self.guessed()).await.map(Sent::Reply);
        }
        match self.read(&answer.body)? {
            (Drawn::Here(bytes), usage) => self.whole(bytes, usage).await.map(Sent::Reply),
            (Drawn::At(url), usage) => {
                let handle = serde_json::to_string(&Done { url, usage: usage.clone() });
                handle.map(Sent::Handle).map_err(|e| {
                    CallError::new(Failure::new(FailureKind::Local, e.to_string()), Delivery::Spoilt(usage))
                })
            }
        }
    }

    async fn poll(&self, handle: &str) -> Result<Polled, CallError> {
        let endpoint = &self.server.endpoint;
        let who = self.server.provider();
        let gone = |what: String| CallError::new(Failure::new(FailureKind::Invalid, what), Delivery::Vanished);
        let done: Done = serde_json::from_str(handle).map_err(|_| gone(format!("{who}'s picture has no address")))?;
        let request = endpoint
            .result_at(&done.url, FETCH)
            .ok_or_else(|| gone(format!("{who} put its picture at an address that is not safe to fetch from")))?;
        let answer = endpoint.exchange(request, LIMIT).await.map_err(Broken::question)?;
        if matches!(answer.status.as_u16(), 403 | 404 | 410) {
            return Err(gone(format!("{who} no longer has the picture it made")));
        }
        if !answer.status.is_success() {
            let mut error = errors::refused(endpoint, &answer);
            error.delivery = Delivery::Unknown;
            return Err(error);
        }
        self.whole(answer.body, done.usage).await.map(Polled::Done)
    }

    /// It is done already.
    async fn cancel(&self, _: &str) {}
}
