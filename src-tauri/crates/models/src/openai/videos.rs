//! Clips: `POST /videos` gives a job, `GET /videos/{id}` says how it stands, `GET /videos/{id}/content` gives the file.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::CONTENT_TYPE;
use reqwest::multipart::Form;
use reqwest::{Method, RequestBuilder};
use serde::Deserialize;
use serde_json::{Value, json};
use story::{Seed, Size};

use super::errors::{self, Said};
use super::http::{Answer, Broken};
use super::images::png_part;
use super::media::{film_is_whole, film_media, nearest};
use super::{Server, canonical, hash, whole};
use crate::{
    CallError, CallKind, CallOrder, CallReply, ClipRequest, Delivery, Failure, FailureKind, Job, Lengths,
    ModelIdentity, Polled, Price, RemoteCall, Sent, Unit, Usage, VideoModel, picture,
};

const LIMIT: usize = 512 << 20;
const STATE_LIMIT: usize = 1 << 20;
const SUBMIT: Duration = Duration::from_mins(2);
const ASK: Duration = Duration::from_secs(30);
const FETCH: Duration = Duration::from_mins(5);
/// So often a file that came damaged is fetched again before it is given up.
const FETCHES: u32 = 3;

/// A clip's default deadline, from ordering it to the end of its file.
pub(super) const DEADLINE: Duration = Duration::from_mins(30);

/// A model of clips behind an OpenAI-shaped server.
#[derive(Debug)]
pub(crate) struct OpenAiVideos {
    server: Server,
    sizes: Vec<Size>,
    lengths: Lengths,
    /// True for servers that take no form.
    json: AtomicBool,
}

impl OpenAiVideos {
    pub(crate) fn new(server: Server, sizes: Vec<Size>, lengths: Lengths) -> Self {
        Self { server, sizes, lengths, json: AtomicBool::new(false) }
    }
}

#[async_trait]
impl VideoModel for OpenAiVideos {
    fn identity(&self) -> ModelIdentity {
        self.server.identity()
    }

    fn price(&self) -> Price {
        self.server.price.clone()
    }

    fn lengths(&self) -> Lengths {
        self.lengths.clone()
    }

    async fn animate(&self, request: ClipRequest, job: Job) -> Result<Vec<u8>, Failure> {
        let size = nearest(&self.sizes, request.size);
        let wanted_ms = u64::from(request.frames) * 1000 / u64::from(request.fps.max(1));
        let frame = request.frame;
        // The first frame must have the clip's own size; most servers take nothing else.
        let frame = tokio::task::spawn_blocking(move || picture::fit(&frame, size)).await;
        let frame = frame
            .map_err(|e| Failure::new(FailureKind::Local, format!("the first frame could not be read: {e}")))?
            .map_err(|e| Failure::new(FailureKind::Local, format!("the first frame cannot be used: {e}")))?;
        loop {
            let call = Clip {
                server: &self.server,
                prompt: &request.prompt,
                seconds: self.lengths.order(u32::try_from(wanted_ms).unwrap_or(u32::MAX)) / 1000,
                size,
                seed: request.seed,
                frame: &frame,
                json: self.json.load(Ordering::SeqCst),
                wants_json: AtomicBool::new(false),
                damaged: AtomicU32::new(0),
            };
            match job.call(&call).await {
                Ok(reply) => return Ok(reply.body),
                // It was not taken, so ordering it another way costs nothing twice.
                Err(_) if !call.json && call.wants_json.load(Ordering::SeqCst) => {
                    self.json.store(true, Ordering::SeqCst);
                }
                Err(failure) => return Err(failure),
            }
        }
    }
}

struct Clip<'a> {
    server: &'a Server,
    prompt: &'a str,
    seconds: u32,
    size: Size,
    seed: Seed,
    frame: &'a [u8],
    json: bool,
    wants_json: AtomicBool,
    damaged: AtomicU32,
}

/// How a job stands, by the server.
#[derive(Deserialize)]
struct State {
    id: Option<String>,
    #[serde(default)]
    status: String,
    progress: Option<f32>,
    seconds: Option<Value>,
    error: Option<Value>,
    usage: Option<Value>,
}

impl Clip<'_> {
    fn request(&self) -> Result<RequestBuilder, CallError> {
        let request = self.server.endpoint.request(Method::POST, &["videos"], SUBMIT.min(self.server.deadline));
        let (seconds, size) = (self.seconds.to_string(), self.size.to_string());
        if self.json {
            let url = format!("data:image/png;base64,{}", STANDARD.encode(self.frame));
            let body = json!({
                "model": self.server.model, "prompt": self.prompt, "seconds": seconds, "size": size,
                "input_reference": { "image_url": url },
            });
            return Ok(request.header(CONTENT_TYPE, "application/json").body(body.to_string()));
        }
        let form = Form::new()
            .text("model", self.server.model.clone())
            .text("prompt", self.prompt.to_owned())
            .text("seconds", seconds)
            .text("size", size)
            .part("input_reference", png_part(self.frame, "frame.png")?);
        Ok(request.multipart(form))
    }

    fn usage(&self, state: &State) -> Usage {
        let seconds = state.seconds.as_ref().and_then(whole).unwrap_or(u64::from(self.seconds));
        let known = [(Unit::Calls, 1), (Unit::Seconds, seconds)];
        match &state.usage {
            Some(told) => self.server.told_beside(told, known),
            None => self.server.usage(known),
        }
    }

    /// A question that failed; the job may be well.
    fn unanswered(&self, answer: &Answer) -> CallError {
        let mut error = errors::refused(&self.server.endpoint, answer);
        error.delivery = Delivery::Unknown;
        error
    }

    fn fault(&self, what: &str, delivery: Delivery) -> CallError {
        let what = format!("{} {what}", self.server.provider());
        CallError::new(Failure::new(FailureKind::Invalid, what), delivery)
    }

    /// Why a job failed, in the provider's words.
    fn failed(&self, state: &State) -> CallError {
        let said = Said::of(&json!({ "error": state.error.clone().unwrap_or(Value::Null) }));
        let who = self.server.provider();
        let (kind, mut what, hint) = match state.status.as_str() {
            _ if said.is_refusal() => {
                (FailureKind::Refused, format!("{who} refused the clip for its content"), "Say it another way.")
            }
            "cancelled" | "canceled" => (FailureKind::Transport, format!("{who} stopped the job"), "Try again."),
            "expired" => (FailureKind::Transport, format!("{who} let the job expire"), "Try again."),
            _ => (FailureKind::Transport, format!("{who} could not make the clip"), "Try again."),
        };
        let words = self.server.endpoint.clean(&said.message, 300);
        if !words.is_empty() {
            what = format!("{what}: {words}");
        }
        CallError::new(Failure::new(kind, what).hint(hint), Delivery::NotTaken)
    }

    async fn fetch(&self, handle: &str, state: &State) -> Result<Polled, CallError> {
        let endpoint = &self.server.endpoint;
        let request = endpoint.request(Method::GET, &["videos", handle, "content"], FETCH);
        let answer = endpoint.exchange(request, LIMIT).await.map_err(Broken::question)?;
        let gone = matches!(answer.status.as_u16(), 404 | 410);
        if !answer.status.is_success() && !gone {
            return Err(self.unanswered(&answer));
        }
        if !gone && film_is_whole(&answer.body) {
            let media = film_media(&answer.body).unwrap_or("video/mp4").to_owned();
            return Ok(Polled::Done(CallReply { body: answer.body, media, usage: self.usage(state) }));
        }
        // The file may still be on its way to where it is fetched from; asking again costs nothing.
        if self.damaged.fetch_add(1, Ordering::SeqCst) + 1 < FETCHES {
            return Ok(Polled::Pending { progress: Some(1.0), after: None });
        }
        if gone {
            return Err(self.fault("no longer has the clip it made", Delivery::Vanished));
        }
        Err(self.fault("made a clip that is damaged", Delivery::Spoilt(self.usage(state))))
    }
}

#[async_trait]
impl RemoteCall for Clip<'_> {
    fn order(&self) -> CallOrder {
        // The seed is not sent: these models take none. It is there to tell one take from another.
        let request = json!({
            "kind": "video", "model": self.server.model, "prompt": self.prompt, "seconds": self.seconds,
            "size": self.size.to_string(), "seed": self.seed, "frame": hash(self.frame),
        });
        CallOrder {
            provider: self.server.provider().to_owned(),
            model: self.server.model.clone(),
            kind: CallKind::Video,
            request: canonical(&request),
            most_micros: self.server.price.most(&[(Unit::Calls, 1), (Unit::Seconds, u64::from(self.seconds))]),
            tokens: 0,
            deadline: self.server.deadline,
        }
    }

    async fn send(&self) -> Result<Sent, CallError> {
        let endpoint = &self.server.endpoint;
        let answer = endpoint.exchange(self.request()?, STATE_LIMIT).await.map_err(Broken::paid)?;
        if !answer.status.is_success() {
            let words = Said::read(&answer.body).message.to_lowercase();
            let no_form = answer.status.as_u16() == 415 || words.contains("application/json");
            self.wants_json.store(no_form, Ordering::SeqCst);
            return Err(errors::refused(endpoint, &answer));
        }
        // Whoever cannot be understood may still be at work.
        let state: State = serde_json::from_slice(&answer.body)
            .map_err(|_| self.fault("took the order with an answer that cannot be read", Delivery::Unknown))?;
        if matches!(state.status.as_str(), "failed" | "cancelled" | "canceled" | "expired") {
            return Err(self.failed(&state));
        }
        match state.id {
            Some(id) if !id.is_empty() && id.len() <= 512 => Ok(Sent::Handle(id)),
            _ if state.error.is_some() => Err(self.failed(&state)),
            _ => Err(self.fault("took the order without naming the job", Delivery::Unknown)),
        }
    }

    async fn poll(&self, handle: &str) -> Result<Polled, CallError> {
        let endpoint = &self.server.endpoint;
        let request = endpoint.request(Method::GET, &["videos", handle], ASK);
        let answer = endpoint.exchange(request, STATE_LIMIT).await.map_err(Broken::question)?;
        if matches!(answer.status.as_u16(), 404 | 410) {
            return Err(self.fault("does not know the job any more", Delivery::Vanished));
        }
        if !answer.status.is_success() {
            return Err(self.unanswered(&answer));
        }
        let again = answer.header("openai-poll-after-ms").and_then(|ms| ms.parse().ok()).map(Duration::from_millis);
        let after = again.or(answer.retry_after).map(|wait| wait.min(ASK));
        let Ok(state) = serde_json::from_slice::<State>(&answer.body) else {
            let failure =
                Failure::new(FailureKind::Transport, format!("{}'s answer cannot be read", self.server.provider()));
            return Err(CallError::new(failure, Delivery::Unknown));
        };
        match state.status.as_str() {
            "queued" | "pending" | "in_progress" | "processing" | "running" => {
                let progress = state.progress.map(|percent| (percent / 100.0).clamp(0.0, 1.0));
                Ok(Polled::Pending { progress, after })
            }
            "completed" | "succeeded" => self.fetch(handle, &state).await,
            "failed" | "cancelled" | "canceled" | "expired" => Err(self.failed(&state)),
            // A word nobody knows must not keep a job waiting for ever.
            other => {
                let other = endpoint.clean(other, 40);
                Err(self.fault(&format!("says of the job what nobody knows: {other}"), Delivery::Unknown))
            }
        }
    }

    async fn cancel(&self, handle: &str) {
        let endpoint = &self.server.endpoint;
        let request = endpoint.request(Method::DELETE, &["videos", handle], ASK.min(Duration::from_secs(10)));
        // Best effort: whether it was heard shows at the provider.
        let _ = endpoint.exchange(request, STATE_LIMIT).await;
    }
}
