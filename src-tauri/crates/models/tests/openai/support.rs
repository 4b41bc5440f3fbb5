//! A provider, models that call it, and ways to watch their calls.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use models::{
    Built, CallError, CallOrder, CallReply, Calls, ChatMessage, ChatRequest, ClipRequest, Delivery, Failure,
    ImageRequest, Job, KeyRef, ModelsFile, Polled, Purpose, Reference, RemoteCall, ReplySchema, Secret, Sent,
    SpeechRequest, VoiceSpec, poll_interval,
};
use serde_json::json;
use story::{Age, Gender, Language, Look, Minter, Place, PlaceKind, Seed, Shot, Size, TimeOfDay, Weather};
use testkit::provider::{FakeProvider, Kind, ProviderOptions};
use tokio_util::sync::CancellationToken;

pub(crate) const KEY: &str = "sk-planted-0123456789";
pub(crate) const SIZE: Size = Size { width: 128, height: 72 };

pub(crate) struct Studio {
    pub(crate) provider: FakeProvider,
    pub(crate) models: Built,
}

/// A provider that wants a key, and models with it.
pub(crate) async fn studio() -> Studio {
    studio_of(ProviderOptions { key: Some(KEY.into()), ..ProviderOptions::quick() }, "").await
}

/// A provider with other options, and models whose tables have this line added.
pub(crate) async fn studio_of(options: ProviderOptions, line: &str) -> Studio {
    let provider = FakeProvider::start(options).await.unwrap();
    let models = models(&provider, line);
    Studio { provider, models }
}

pub(crate) fn models(provider: &FakeProvider, line: &str) -> Built {
    let text = provider.models_file().replace("name = ", &format!("key_env = \"PLANTED\"\n{line}\nname = "));
    let file: ModelsFile = text.parse().unwrap();
    file.build(|place| (*place == KeyRef::Env("PLANTED".into())).then(|| Secret::new(KEY)).flatten()).unwrap()
}

pub(crate) fn question(text: &str) -> ChatRequest {
    ChatRequest {
        system: "You write films.".into(),
        messages: vec![ChatMessage::user(text)],
        schema: None,
        max_tokens: 500,
        temperature: None,
    }
}

pub(crate) fn form() -> ReplySchema {
    let schema = json!({
        "type": "object", "additionalProperties": false, "required": ["title", "mood"],
        "properties": { "title": { "type": "string", "maxLength": 30 }, "mood": { "enum": ["calm", "stormy"] } },
    });
    ReplySchema { name: "outline".into(), schema }
}

pub(crate) fn place() -> Place {
    Place {
        id: Minter::new(Seed::new(1)).place(),
        variant_of: None,
        name: "the pier".into(),
        kind: PlaceKind::Beach,
        time: TimeOfDay::default(),
        weather: Weather::default(),
        props: Vec::new(),
    }
}

pub(crate) fn drawing(prompt: &str, references: usize) -> ImageRequest {
    let role = |i: usize| format!("character sheet of Mara, side {i}");
    ImageRequest {
        purpose: Purpose::SetSheet { place: place() },
        prompt: prompt.into(),
        look: Look::default(),
        size: SIZE,
        seed: Seed::new(7),
        take: 0,
        references: (0..references).map(|i| Reference { role: role(i), hash: i.to_string() }).collect(),
        pictures: (0..references).map(|i| picture(i as u8)).collect(),
    }
}

/// A small PNG.
pub(crate) fn picture(shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(SIZE.width, SIZE.height, image::Rgb([shade, 40, 90]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

pub(crate) fn clip(prompt: &str, frames: u32) -> ClipRequest {
    let shot: Shot = serde_json::from_value(json!({
        "id": Minter::new(Seed::new(1)).shot(), "scene": Minter::new(Seed::new(1)).scene(), "place": place().id, "framing": "wide", "angle": "eye", "camera": "hold",
        "action": "The whale rises.", "subjects": [], "duration_ms": 0, "lines": [],
    }))
    .unwrap();
    ClipRequest {
        frame: picture(200),
        shot,
        place: place(),
        look: Look::default(),
        prompt: prompt.into(),
        size: SIZE,
        fps: 24,
        frames,
        seed: Seed::new(7),
    }
}

pub(crate) fn line(text: &str) -> SpeechRequest {
    let voice = VoiceSpec { speaker: String::new(), gender: Gender::Neutral, age: Age::Adult };
    SpeechRequest { text: text.into(), language: Language::En, voice, pace: 100 }
}

impl Studio {
    /// Does one call of a kind, of its own for each `name`; gives the reply's bytes.
    pub(crate) async fn call(&self, kind: Kind, name: &str, job: Job) -> Result<Vec<u8>, Failure> {
        let models = &self.models;
        match kind {
            Kind::Chat => {
                let asked = ChatRequest { schema: Some(form()), ..question(name) };
                Ok(models.chat.as_ref().unwrap().ask(asked, None, job).await?.text.into_bytes())
            }
            Kind::Image => Ok(models.image.as_ref().unwrap().draw(drawing(name, 0), job).await?.png),
            Kind::Speech => Ok(models.speech.as_ref().unwrap().speak(line(name), job).await?.wav),
            _ => models.video.as_ref().unwrap().animate(clip(name, 24), job).await,
        }
    }
}

pub(crate) const KINDS: [Kind; 4] = [Kind::Chat, Kind::Image, Kind::Video, Kind::Speech];

/// What a call came to.
#[derive(Debug, Clone)]
pub(crate) enum Came {
    Order(CallOrder),
    Handle(String),
    Reply(CallReply),
    Error(CallError),
}

/// Sends again what was not taken, asks for jobs until they end, and remembers everything.
#[derive(Default)]
pub(crate) struct Watched {
    pub(crate) came: Mutex<Vec<Came>>,
    /// How often a call is sent again.
    pub(crate) again: u32,
    /// A job that was ordered by somebody else: it is asked for, nothing is sent.
    pub(crate) known: Option<String>,
    /// A reply that was kept: it is given, nothing is sent.
    pub(crate) kept: Option<CallReply>,
}

impl Watched {
    pub(crate) fn job(self) -> (Arc<Self>, Job) {
        let watched = Arc::new(self);
        let calls = Arc::clone(&watched) as Arc<dyn Calls>;
        (watched, Job::with_calls(CancellationToken::new(), |_| {}, calls))
    }

    fn note(&self, came: Came) {
        self.came.lock().unwrap().push(came);
    }

    pub(crate) fn errors(&self) -> Vec<CallError> {
        let came = self.came.lock().unwrap();
        came.iter().filter_map(|c| if let Came::Error(e) = c { Some(e.clone()) } else { None }).collect()
    }

    pub(crate) fn replies(&self) -> Vec<CallReply> {
        let came = self.came.lock().unwrap();
        came.iter().filter_map(|c| if let Came::Reply(r) = c { Some(r.clone()) } else { None }).collect()
    }

    pub(crate) fn orders(&self) -> Vec<CallOrder> {
        let came = self.came.lock().unwrap();
        came.iter().filter_map(|c| if let Came::Order(o) = c { Some(o.clone()) } else { None }).collect()
    }

    pub(crate) fn handles(&self) -> Vec<String> {
        let came = self.came.lock().unwrap();
        came.iter().filter_map(|c| if let Came::Handle(h) = c { Some(h.clone()) } else { None }).collect()
    }

    async fn once(&self, call: &dyn RemoteCall) -> Result<CallReply, CallError> {
        let handle = match &self.known {
            Some(handle) => handle.clone(),
            None => match call.send().await? {
                Sent::Reply(reply) => return Ok(reply),
                Sent::Handle(handle) => handle,
            },
        };
        self.note(Came::Handle(handle.clone()));
        loop {
            match call.poll(&handle).await {
                Ok(Polled::Done(reply)) => return Ok(reply),
                Ok(Polled::Pending { .. }) => {}
                Err(error) if error.delivery == Delivery::Unknown => self.note(Came::Error(error)),
                Err(error) => return Err(error),
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

#[async_trait]
impl Calls for Watched {
    async fn call(&self, call: &dyn RemoteCall) -> Result<CallReply, Failure> {
        self.note(Came::Order(call.order()));
        if let Some(kept) = &self.kept {
            return Ok(kept.clone());
        }
        let mut sent = 0;
        loop {
            match self.once(call).await {
                Ok(reply) => {
                    self.note(Came::Reply(reply.clone()));
                    return Ok(reply);
                }
                Err(error) => {
                    self.note(Came::Error(error.clone()));
                    sent += 1;
                    if error.delivery != Delivery::NotTaken || sent > self.again {
                        return Err(error.failure);
                    }
                    tokio::time::sleep(error.retry_after.unwrap_or(poll_interval(Duration::ZERO))).await;
                }
            }
        }
    }
}
