//! The provider's addresses.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http_body_util::BodyExt;
use hyper::body::{Bytes, Incoming};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use hyper::{Method, Request, Response, StatusCode};
use serde_json::{Value, json};
use story::Size;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::form::{Part, parts};
use super::pieces::{Answer, Pieces, whole};
use super::state::{Job, Open, State};
use super::{Fault, JobSeen, Kind, chat, media};

type Answered = Result<Response<Answer>, std::io::Error>;

/// A request, read to its end.
struct Asked {
    path: Vec<String>,
    method: Method,
    key: Option<String>,
    json: Value,
    form: Vec<Part>,
    /// What is asked, whatever bounds the parts of a form.
    identity: Vec<u8>,
    is_form: bool,
}

impl Asked {
    async fn read(request: Request<Incoming>) -> std::io::Result<Self> {
        let (head, body) = request.into_parts();
        let header = |name| head.headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let path = head.uri.path().trim_matches('/').split('/').map(str::to_owned).collect();
        let body = body.collect().await.map_err(std::io::Error::other)?.to_bytes();
        let form = header(CONTENT_TYPE).and_then(|kind| parts(&kind, &body));
        let identity = form.as_ref().map_or_else(
            || body.to_vec(),
            |parts| parts.iter().flat_map(|p| [p.name.as_bytes(), b"\0", &p.bytes, b"\0"].concat()).collect(),
        );
        Ok(Self {
            path,
            method: head.method,
            key: header(AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer ").map(str::to_owned)),
            json: serde_json::from_slice(&body).unwrap_or(Value::Null),
            is_form: form.is_some(),
            form: form.unwrap_or_default(),
            identity,
        })
    }

    /// A text of the request, from its form or its JSON.
    fn text(&self, name: &str) -> String {
        let part = self.form.iter().find(|p| p.name == name).map(|p| String::from_utf8_lossy(&p.bytes).into_owned());
        part.or_else(|| self.json[name].as_str().map(str::to_owned)).unwrap_or_default()
    }

    fn size(&self) -> Size {
        let text = self.text("size");
        let sides = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
        let (width, height) = sides.unwrap_or((1024, 1024));
        Size { width: u32::clamp(width, 1, 4096), height: u32::clamp(height, 1, 4096) }
    }
}

fn reply(status: StatusCode, media: &str, body: impl Into<Bytes>) -> Response<Answer> {
    let mut response = Response::new(whole(body));
    *response.status_mut() = status;
    if let Ok(media) = media.parse() {
        response.headers_mut().insert(CONTENT_TYPE, media);
    }
    response
}

fn document(status: StatusCode, value: &Value) -> Response<Answer> {
    reply(status, "application/json", value.to_string())
}

fn error(status: StatusCode, code: &str, message: &str) -> Response<Answer> {
    let kind = if status.is_server_error() { "server_error" } else { "invalid_request_error" };
    document(status, &json!({ "error": { "message": message, "type": kind, "param": null, "code": code } }))
}

fn about(parameter: &str, message: &str) -> Response<Answer> {
    let error =
        json!({ "message": message, "type": "invalid_request_error", "param": parameter, "code": "unsupported" });
    document(StatusCode::BAD_REQUEST, &json!({ "error": error }))
}

/// Answers a request. An error cuts the connection.
pub(super) async fn answer(state: Arc<State>, request: Request<Incoming>) -> Answered {
    let asked = Asked::read(request).await?;
    let path: Vec<&str> = asked.path.iter().map(String::as_str).collect();
    let kind = match (&asked.method, &path[..]) {
        (&Method::GET, ["_log"]) => {
            let log = serde_json::to_value(state.log()).unwrap_or_default();
            return Ok(document(StatusCode::OK, &log));
        }
        (&Method::POST, ["_forget"]) => {
            state.forget_jobs();
            return Ok(document(StatusCode::OK, &json!({})));
        }
        (&Method::POST, ["_script"]) => return Ok(script(&state, &asked.json)),
        (&Method::POST, ["v1", "chat", "completions"]) => Kind::Chat,
        (&Method::POST, ["v1", "images", "generations" | "edits"]) => Kind::Image,
        (&Method::POST, ["v1", "videos"]) => Kind::Video,
        (&Method::GET, ["v1", "videos", _]) => Kind::Poll,
        (&Method::GET, ["v1", "videos", _, "content"]) => Kind::Content,
        (&Method::DELETE, ["v1", "videos", _]) => Kind::Cancel,
        (&Method::POST, ["v1", "audio", "speech"]) => Kind::Speech,
        (&Method::GET, ["v1", "models"]) => Kind::Models,
        (&Method::GET, ["files", _]) => Kind::File,
        _ => Kind::Other,
    };
    let identity = match kind {
        Kind::Chat => chat::asked(&asked.json).into_bytes(),
        _ => [asked.path.join("/").as_bytes(), &asked.identity].concat(),
    };
    let hash = blake3::hash(&identity).to_hex().to_string();
    let open = state.open(kind, hash, asked.key.is_some());
    let answered = answer_fault(&state, kind, &asked, &open).await;
    let answered = match answered {
        Some(answered) => answered,
        None => work(&state, kind, &asked, &open).await,
    };
    match &answered {
        Ok(response) => {
            let spoilt = matches!(
                open.fault,
                Fault::Malformed
                    | Fault::Truncated
                    | Fault::TooLong
                    | Fault::BrokenStream
                    | Fault::WebPage
                    | Fault::CutAfter
            );
            open.answered(Some(response.status().as_u16()), response.status().is_success() && !spoilt);
        }
        Err(_) => open.answered(None, false),
    }
    answered
}

fn script(state: &State, order: &Value) -> Response<Answer> {
    let kind = serde_json::from_value::<Kind>(order["kind"].clone());
    let faults = serde_json::from_value::<Vec<Fault>>(order["faults"].clone());
    match (kind, faults) {
        (Ok(kind), Ok(faults)) => {
            state.script(kind, faults);
            document(StatusCode::OK, &json!({}))
        }
        _ => error(StatusCode::BAD_REQUEST, "invalid", "it takes {\"kind\": …, \"faults\": […]}"),
    }
}

/// Faults that come before any work.
async fn answer_fault(state: &State, kind: Kind, asked: &Asked, open: &Open<'_>) -> Option<Answered> {
    if let Some(key) = &state.options.key
        && asked.key.as_ref() != Some(key)
        && kind != Kind::File
    {
        return Some(Ok(error(StatusCode::UNAUTHORIZED, "invalid_api_key", "Incorrect API key provided.")));
    }
    let shown = asked.key.clone().unwrap_or_default();
    Some(Ok(match open.fault {
        Fault::Busy => {
            let mut response = error(StatusCode::TOO_MANY_REQUESTS, "rate_limit_exceeded", "Too many requests.");
            let headers = response.headers_mut();
            headers.insert("retry-after", hyper::header::HeaderValue::from_static("1"));
            headers.insert("retry-after-ms", hyper::header::HeaderValue::from_static("60"));
            response
        }
        Fault::NoCredit => error(
            StatusCode::TOO_MANY_REQUESTS,
            "insufficient_quota",
            "You exceeded your current quota, please check your plan.",
        ),
        Fault::ServerError => error(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "The server had an error."),
        Fault::EchoKey => {
            let words = format!("Incorrect API key provided: {shown}. Find yours at https://example.com/keys.");
            error(StatusCode::UNAUTHORIZED, "invalid_api_key", &words)
        }
        Fault::Refusal if kind != Kind::Chat => {
            error(StatusCode::BAD_REQUEST, "moderation_blocked", "Your request was rejected by the safety system.")
        }
        Fault::CutBefore => return Some(Err(std::io::ErrorKind::ConnectionReset.into())),
        Fault::Hang => {
            open.taken();
            std::future::pending::<()>().await;
            return None;
        }
        _ => return None,
    }))
}

async fn work(state: &Arc<State>, kind: Kind, asked: &Asked, open: &Open<'_>) -> Answered {
    let path: Vec<&str> = asked.path.iter().map(String::as_str).collect();
    match (kind, &path[..]) {
        (Kind::Chat, _) => answer_chat(state, asked, open).await,
        (Kind::Image, _) => draw(state, asked, open).await,
        (Kind::Speech, _) => speak(state, asked, open).await,
        (Kind::Video, _) => order_clip(state, asked, open),
        (Kind::Poll, [.., handle]) => Ok(ask(state, handle, open)),
        (Kind::Content, [.., handle, _]) => fetch(state, handle, open).await,
        (Kind::Cancel, [.., handle]) => {
            let now = state.now_ms();
            open.handle(handle);
            Ok(match state.job(handle, |job| job.seen.cancelled_ms = job.seen.cancelled_ms.or(Some(now))) {
                Some(()) => {
                    document(StatusCode::OK, &json!({ "id": handle, "deleted": true, "object": "video.deleted" }))
                }
                None => error(StatusCode::NOT_FOUND, "not_found", "No such job."),
            })
        }
        (Kind::Models, _) => {
            let model = |id: &str| json!({ "id": id, "object": "model", "created": 1, "owned_by": "fake" });
            let mut models = ["fake-chat", "fake-image", "fake-speech", "fake-video"].map(model);
            models[0]["shutdown_date"] = json!("2027-01-14");
            Ok(document(StatusCode::OK, &json!({ "object": "list", "data": models })))
        }
        (Kind::File, [.., name]) => Ok(match state.file(name) {
            Some(bytes) => reply(StatusCode::OK, "image/png", bytes),
            None => error(StatusCode::NOT_FOUND, "not_found", "No such file."),
        }),
        (_, ["v1", "videos"]) if asked.method == Method::GET => {
            let data: Vec<Value> = state.handles().iter().map(|h| json!({ "id": h, "object": "video" })).collect();
            Ok(document(StatusCode::OK, &json!({ "object": "list", "data": data })))
        }
        _ => Ok(error(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address.")),
    }
}

/// Ends when the latency after a request's arrival is over.
async fn until(state: &State, open: &Open<'_>, latency: Duration) {
    let passed = Duration::from_secs_f64((state.now_ms() - state.arrived_ms(open)).max(0.0) / 1000.0);
    sleep_until(Instant::now() + latency.saturating_sub(passed)).await;
}

/// A document as it goes out: half of it, a page or nothing, if the fault says so.
fn deliver(value: &Value, fault: Fault) -> Answered {
    let text = value.to_string();
    match fault {
        Fault::CutAfter => Err(std::io::ErrorKind::ConnectionReset.into()),
        Fault::Malformed => {
            let half: String = text.chars().take(text.chars().count() / 2).collect();
            Ok(reply(StatusCode::OK, "application/json", half))
        }
        Fault::WebPage => {
            Ok(reply(StatusCode::OK, "text/html", "<html><body>Please log in to the network.</body></html>"))
        }
        _ => Ok(reply(StatusCode::OK, "application/json", text)),
    }
}

async fn answer_chat(state: &Arc<State>, asked: &Asked, open: &Open<'_>) -> Answered {
    let body = &asked.json;
    if !body["messages"].is_array() || !body["model"].is_string() {
        return Ok(error(StatusCode::BAD_REQUEST, "invalid_request", "messages and model are needed"));
    }
    if !state.options.takes_schemas && body["response_format"]["type"] == "json_schema" {
        return Ok(about("response_format", "this server takes no response_format of type json_schema"));
    }
    open.taken();
    let fault = open.fault;
    let text = state.next_said().unwrap_or_else(|| chat::answer(body, fault, state.options.arrays));
    if body["stream"] != true {
        until(state, open, state.options.chat).await;
        return deliver(&chat::document(body, &text, fault), fault);
    }
    let mut events = chat::events(body, &text, fault);
    match fault {
        Fault::CutAfter => events.truncate(events.len() / 2),
        Fault::Malformed => events[2].truncate(14),
        _ => {}
    }
    // Two events come split in the middle of their bytes.
    let mut pieces: Vec<Bytes> = Vec::new();
    for event in events {
        let bytes = Bytes::from(event);
        let half = bytes.len() / 2;
        pieces.extend([bytes.slice(..half), bytes.slice(half..)]);
    }
    let (sender, receiver) = mpsc::channel(4);
    let between = state.options.chat / u32::try_from(pieces.len()).unwrap_or(1).max(1);
    tokio::spawn(async move {
        for piece in pieces {
            sleep_until(Instant::now() + between).await;
            if sender.send(Ok(piece)).await.is_err() {
                return;
            }
        }
        if fault == Fault::CutAfter {
            // Whoever listens is gone already when this fails.
            let _ = sender.send(Err(std::io::ErrorKind::ConnectionReset.into())).await;
        }
    });
    let mut response = Response::new(Pieces(receiver).boxed());
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static("text/event-stream"));
    Ok(response)
}

async fn draw(state: &Arc<State>, asked: &Asked, open: &Open<'_>) -> Answered {
    let prompt = asked.text("prompt");
    if prompt.is_empty() {
        return Ok(error(StatusCode::BAD_REQUEST, "missing", "prompt is needed"));
    }
    if !asked.json["response_format"].is_null() {
        return Ok(about("response_format", "Unknown parameter: 'response_format'."));
    }
    if asked.path.last().is_some_and(|p| p == "edits") && !asked.form.iter().any(|p| p.name == "image[]") {
        return Ok(about("image", "image[] is needed"));
    }
    open.taken();
    let (size, hash) = (asked.size(), blake3::hash(&asked.identity));
    let colour = [hash.as_bytes()[0], hash.as_bytes()[1], hash.as_bytes()[2]];
    let made = tokio::task::spawn_blocking(move || media::png(size, colour)).await;
    let Some(mut png) = made.ok().flatten() else {
        return Ok(error(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "the picture could not be made"));
    };
    if open.fault == Fault::Truncated {
        png.truncate(png.len() / 2);
    }
    until(state, open, state.options.image).await;
    let image = if open.fault == Fault::ByAddress {
        let name = hash.to_hex().to_string();
        state.keep_file(&name, png);
        json!({ "url": format!("http://{}/files/{name}", state.address) })
    } else {
        json!({ "b64_json": STANDARD.encode(&png) })
    };
    let usage = json!({ "input_tokens": prompt.len().div_ceil(4), "output_tokens": 1500, "total_tokens": 1500 });
    deliver(&json!({ "created": 1, "data": [image], "usage": usage, "size": size.to_string() }), open.fault)
}

async fn speak(state: &Arc<State>, asked: &Asked, open: &Open<'_>) -> Answered {
    let text = asked.text("input");
    if text.is_empty() || asked.text("voice").is_empty() {
        return Ok(error(StatusCode::BAD_REQUEST, "missing", "input and voice are needed"));
    }
    open.taken();
    let Some(mut wav) = media::wav(&text) else {
        return Ok(error(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "the line could not be spoken"));
    };
    until(state, open, state.options.speech).await;
    match open.fault {
        Fault::CutAfter => Err(std::io::ErrorKind::ConnectionReset.into()),
        Fault::Malformed | Fault::WebPage => deliver(&json!({ "audio": "not as you think" }), open.fault),
        fault => {
            if fault == Fault::Truncated {
                wav.truncate(wav.len() / 2 + 1);
            }
            Ok(reply(StatusCode::OK, "audio/wav", wav))
        }
    }
}

fn order_clip(state: &Arc<State>, asked: &Asked, open: &Open<'_>) -> Answered {
    if asked.is_form && !state.options.takes_forms {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Ok(error(status, "unsupported_media_type", "Expected application/json."));
    }
    let seconds: u32 = asked.text("seconds").parse().unwrap_or(4);
    let reference = asked.form.iter().find(|p| p.name == "input_reference");
    if reference.is_some_and(|part| !part.bytes.starts_with(b"\x89PNG")) {
        return Ok(about("input_reference", "input_reference must be a picture"));
    }
    if asked.text("prompt").is_empty() || !(1..=60).contains(&seconds) {
        return Ok(error(StatusCode::BAD_REQUEST, "invalid", "prompt and seconds (1 to 60) are needed"));
    }
    open.taken();
    let arrived = state.arrived_ms(open);
    let handle = format!("video_{}_{}", &open.body_hash[..12], state.count_jobs() + 1);
    let size = asked.size();
    state.begin_job(Job {
        seen: JobSeen {
            handle: handle.clone(),
            body_hash: open.body_hash.clone(),
            submitted_ms: arrived,
            ready_ms: arrived + state.options.video.as_secs_f64() * 1000.0,
            fetched_ms: None,
            cancelled_ms: None,
            asked: 0,
            fault: (open.fault != Fault::None).then_some(open.fault),
        },
        size,
        seconds,
        known: true,
    });
    open.handle(&handle);
    // The file is there by the time the clip is ready.
    tokio::task::spawn_blocking(move || media::mp4(size, seconds));
    let job = json!({
        "id": handle, "object": "video", "status": "queued", "progress": 0, "created_at": 1, "model": asked.text("model"),
        "prompt": asked.text("prompt"), "seconds": seconds.to_string(), "size": size.to_string(), "error": null,
    });
    deliver(&job, open.fault)
}

fn ask(state: &State, handle: &str, open: &Open<'_>) -> Response<Answer> {
    open.handle(handle);
    let now = state.now_ms();
    let job = state.job(handle, |job| {
        job.seen.asked += 1;
        job.clone()
    });
    let half_done = |seen: &JobSeen| now > f64::midpoint(seen.submitted_ms, seen.ready_ms);
    match job {
        Some(Job { seen, size, seconds, .. })
            if seen.cancelled_ms.is_none() && !(seen.fault == Some(Fault::JobVanishes) && half_done(&seen)) =>
        {
            let done = ((now - seen.submitted_ms) / (seen.ready_ms - seen.submitted_ms).max(1.0)).clamp(0.0, 1.0);
            let fails = seen.fault == Some(Fault::JobFails) && half_done(&seen);
            let status = match done {
                _ if fails => "failed",
                d if d >= 1.0 => "completed",
                d if d < 0.2 => "queued",
                _ => "in_progress",
            };
            let error =
                if fails { json!({ "code": "internal_error", "message": "The job broke off." }) } else { Value::Null };
            document(
                StatusCode::OK,
                &json!({
                    "id": handle, "object": "video", "status": status, "progress": (done * 100.0).floor(),
                    "seconds": seconds.to_string(), "size": size.to_string(), "error": error,
                }),
            )
        }
        _ => error(StatusCode::NOT_FOUND, "not_found", "No such job."),
    }
}

async fn fetch(state: &State, handle: &str, open: &Open<'_>) -> Answered {
    open.handle(handle);
    let now = state.now_ms();
    let Some(job) = state.job(handle, |job| job.clone()).filter(|job| job.seen.ready_ms <= now) else {
        return Ok(error(StatusCode::NOT_FOUND, "not_found", "There is no file yet."));
    };
    let (size, seconds) = (job.size, job.seconds);
    let Ok(Some(mut file)) = tokio::task::spawn_blocking(move || media::mp4(size, seconds)).await else {
        return Ok(error(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "there is no ffmpeg to make clips with"));
    };
    if job.seen.fault == Some(Fault::Truncated) {
        file.truncate(file.len() / 2);
    } else {
        let now = state.now_ms();
        state.job(handle, |job| job.seen.fetched_ms = job.seen.fetched_ms.or(Some(now)));
    }
    Ok(reply(StatusCode::OK, "video/mp4", file))
}
