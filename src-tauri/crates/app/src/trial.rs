//! A trial of a model: the smallest calls of its kind that films are made of, and what they show.
//!
//! It says beforehand what they may cost. Each is booked for the day before it is sent, and none is sent twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use async_trait::async_trait;
use builtin::illustrator::Illustrator;
use engine::{CallId, Micros};
use film::Ffmpeg;
use library::{Library, Outlay};
use models::{
    Built, CallReply, Calls, ChatMessage, ChatModel, ChatRequest, ClipRequest, Failure, FailureKind, ImageModel,
    ImageRequest, Job, Purpose, Reference, RemoteCall, ReplySchema, SpeechModel, SpeechRequest, Unit, VideoModel,
    VoiceSpec, tokens_at_most,
};
use serde_json::{Value, json};
use story::{
    Age, Angle, CameraMove, Framing, Gender, Language, Look, Minter, Mood, Place, PlaceKind, Seed, Shot, Size,
    TimeOfDay, Weather,
};
use tokio_util::sync::CancellationToken;

use crate::choice;
use crate::problem::{from_model, not_now};
use crate::wire::{ModelKind, PriceView, Problem, TrialFinding, TrialPart};

/// Tokens of an answer, at most; enough for models that think first.
const ANSWER: u32 = 1_500;
/// The clip to order, in milliseconds: whatever the model makes that is not shorter.
const CLIP_MS: u32 = 1_000;
const FPS: u32 = 30;
/// What most films have.
const SIZE: Size = Size { width: 1280, height: 720 };
const LINE: &str = "The lantern was still warm.";
const PROMPT: &str = "A wooden pier on a quiet beach at dusk, nobody there. Watercolor.";

/// The most that a trial of a kind costs, in millionths of a US dollar; `None` when nobody said a price. `lengths` are the
/// seconds that clips can have; none for any.
pub(crate) fn most(kind: ModelKind, price: PriceView, lengths: &[u32]) -> Result<Option<u64>, Problem> {
    let units = match kind {
        ModelKind::Chat => {
            let asked = question();
            let read = format!("{}{}{:?}", asked.system, asked.messages[0].text, asked.schema);
            vec![(Unit::InputTokens, tokens_at_most(&read)), (Unit::OutputTokens, ANSWER.into())]
        }
        ModelKind::Image => vec![(Unit::Images, 2)],
        ModelKind::Video => vec![(Unit::Seconds, u64::from(choice::lengths(lengths)?.order(CLIP_MS) / 1000))],
        ModelKind::Speech => vec![(Unit::Characters, LINE.len() as u64)],
    };
    let units: Vec<_> = units.into_iter().chain([(Unit::Calls, 1)]).collect();
    Ok(choice::price(kind, price).most(&units))
}

/// Tries the one model that is built. `sizes` are those that it makes; none for any.
pub(crate) async fn run(built: &Built, sizes: &[Size], bookkeeper: Arc<Bookkeeper>) -> Vec<TrialFinding> {
    let job = Job::with_calls(CancellationToken::new(), |_| {}, bookkeeper);
    let size = sizes.first().copied().unwrap_or(SIZE);
    let mut findings = Vec::new();
    let tried = match built {
        Built { chat: Some(chat), .. } => words(&**chat, job, &mut findings).await,
        Built { image: Some(image), .. } => pictures(&**image, size, &job, &mut findings).await,
        Built { video: Some(video), .. } => clip(&**video, size, job, &mut findings).await,
        Built { speech: Some(speech), .. } => voice(&**speech, job, &mut findings).await,
        _ => Ok(()),
    };
    if let Err((part, problem)) = tried {
        findings.push(TrialFinding { problem: Some(problem), ..found(part, Instant::now()) });
    }
    findings
}

/// How far a trial came, otherwise what failed.
type Tried = Result<(), (TrialPart, Problem)>;

fn found(part: TrialPart, since: Instant) -> TrialFinding {
    let ms = u32::try_from(since.elapsed().as_millis()).unwrap_or(u32::MAX);
    TrialFinding { part, ms, size: String::new(), length_ms: 0, problem: None }
}

fn failed(part: TrialPart) -> impl Fn(Failure) -> (TrialPart, Problem) {
    move |failure| (part, from_model(failure))
}

fn question() -> ChatRequest {
    let schema = json!({
        "type": "object",
        "properties": {
            "title": { "type": "string", "minLength": 1, "maxLength": 80 },
            "scenes": { "type": "integer", "minimum": 1, "maximum": 3 },
        },
        "required": ["title", "scenes"],
        "additionalProperties": false,
    });
    ChatRequest {
        system: "You plan short films. Give a title, and how many scenes the film needs, from 1 to 3.".into(),
        messages: vec![ChatMessage::user("A fox finds a lantern in the snow.")],
        schema: Some(ReplySchema { name: "plan".into(), schema }),
        max_tokens: ANSWER,
        temperature: None,
    }
}

async fn words(chat: &dyn ChatModel, job: Job, findings: &mut Vec<TrialFinding>) -> Tried {
    let since = Instant::now();
    let reply = chat.ask(question(), None, job).await.map_err(failed(TrialPart::Words))?;
    findings.push(found(TrialPart::Words, since));
    let answer: Value = serde_json::from_str(&reply.text).unwrap_or_default();
    let title = answer["title"].as_str().is_some_and(|title| !title.trim().is_empty());
    if title && answer["scenes"].as_u64().is_some_and(|scenes| (1..=3).contains(&scenes)) {
        findings.push(found(TrialPart::Form, since));
        return Ok(());
    }
    let problem = not_now(
        "It answers, but not in the form that it was asked for.",
        "Scripts come in such forms. Choose a model that can give structured output (JSON Schema).",
    );
    Err((TrialPart::Form, problem))
}

fn pier() -> Place {
    Place {
        id: Minter::new(Seed::new(1)).place(),
        variant_of: None,
        name: "the pier".into(),
        kind: PlaceKind::Beach,
        time: TimeOfDay::Dusk,
        weather: Weather::default(),
        props: Vec::new(),
    }
}

/// An order for a picture of it.
fn picture(size: Size) -> ImageRequest {
    ImageRequest {
        purpose: Purpose::SetSheet { place: pier() },
        prompt: PROMPT.into(),
        look: Look::default(),
        size,
        seed: Seed::new(1),
        take: 0,
        references: Vec::new(),
        pictures: Vec::new(),
    }
}

async fn pictures(image: &dyn ImageModel, size: Size, job: &Job, findings: &mut Vec<TrialFinding>) -> Tried {
    let since = Instant::now();
    let first = image.draw(picture(size), job.clone()).await.map_err(failed(TrialPart::Picture))?;
    findings.push(TrialFinding { size: size.to_string(), ..found(TrialPart::Picture, since) });
    if image.sees() == 0 {
        return Ok(());
    }
    let since = Instant::now();
    let again = ImageRequest {
        prompt: "The same pier, in the morning.".into(),
        references: vec![Reference { role: "the pier at dusk".into(), hash: "trial".into() }],
        pictures: vec![first.png],
        ..picture(size)
    };
    image.draw(again, job.clone()).await.map_err(failed(TrialPart::Reference))?;
    findings.push(TrialFinding { size: size.to_string(), ..found(TrialPart::Reference, since) });
    Ok(())
}

async fn clip(video: &dyn VideoModel, size: Size, job: Job, findings: &mut Vec<TrialFinding>) -> Tried {
    let part = TrialPart::Clip;
    let here = |message: String| (part, not_now(message, "Settings → What this machine has says what is missing."));
    // Without it nobody could say what came, so nothing is ordered.
    let ffmpeg = Ffmpeg::discover().await.map_err(|e| (part, Problem::from(e)))?;
    let frame = Illustrator::new().draw(picture(size), Job::unwatched()).await.map_err(failed(part))?;
    let place = pier();
    let mut minter = Minter::new(Seed::new(2));
    let shot = Shot {
        id: minter.shot(),
        scene: minter.scene(),
        place: place.id.clone(),
        framing: Framing::default(),
        angle: Angle::default(),
        camera: CameraMove::default(),
        action: PROMPT.into(),
        subjects: Vec::new(),
        mood: Mood::default(),
        lines: Vec::new(),
        duration_ms: CLIP_MS,
    };
    let request = ClipRequest {
        frame: frame.png,
        shot,
        place,
        look: Look::default(),
        prompt: "Small waves come in. The camera does not move.".into(),
        size,
        fps: FPS,
        frames: CLIP_MS * FPS / 1000,
        seed: Seed::new(1),
    };
    let since = Instant::now();
    let bytes = video.animate(request, job).await.map_err(failed(part))?;
    let done = found(part, since);
    let folder = tempfile::tempdir().map_err(|e| here(format!("The clip cannot be written: {e}")))?;
    let file = folder.path().join("trial.mp4");
    tokio::fs::write(&file, bytes).await.map_err(|e| here(format!("The clip cannot be written: {e}")))?;
    let came = film::probe(&ffmpeg, &file, &CancellationToken::new()).await.map_err(|e| (part, e.into()))?;
    let Some(pictures) = came.video else {
        return Err((part, not_now("What it makes is no moving picture.", "Choose a model of clips.")));
    };
    findings.push(TrialFinding { size: pictures.size.to_string(), length_ms: came.duration_ms, ..done });
    Ok(())
}

async fn voice(speech: &dyn SpeechModel, job: Job, findings: &mut Vec<TrialFinding>) -> Tried {
    let since = Instant::now();
    let voice = VoiceSpec { speaker: String::new(), gender: Gender::Neutral, age: Age::Adult };
    let request = SpeechRequest { text: LINE.into(), language: Language::default(), voice, pace: 100 };
    let reply = speech.speak(request, job).await.map_err(failed(TrialPart::Voice))?;
    findings.push(TrialFinding { length_ms: reply.duration_ms, ..found(TrialPart::Voice, since) });
    Ok(())
}

/// Sends the calls of one trial, each after it was booked.
pub(crate) struct Bookkeeper {
    library: Library,
    /// The request that the trial was asked for with.
    request: String,
    day: Option<Micros>,
    plain: Job,
    replies: AtomicU32,
}

impl Bookkeeper {
    /// For the trial that was asked for with this request; `day` is the cap of a day.
    pub(crate) fn new(library: Library, request: String, day: Option<Micros>) -> Self {
        Self { library, request, day, plain: Job::unwatched(), replies: AtomicU32::new(0) }
    }
}

#[async_trait]
impl Calls for Bookkeeper {
    async fn call(&self, call: &dyn RemoteCall) -> Result<CallReply, Failure> {
        let order = call.order();
        // What a server did not take is asked in another way under the same number, so that it counts once.
        let number = self.replies.load(Ordering::SeqCst);
        let outlay = Outlay {
            call: CallId(format!("trial {} {number}", self.request)),
            provider: order.provider,
            model: order.model,
            kind: order.kind.as_str().to_owned(),
            most: order.most_micros.map(Micros),
        };
        let booked = self.library.book_outlay(outlay, self.day).await;
        let over = booked.map_err(|e| Failure::new(FailureKind::Local, e.to_string()).hint(e.hint()))?;
        if let Some(over) = over {
            let message = format!("the day's limit of {} would be passed: {} is spent", over.limit, over.spent);
            return Err(Failure::new(FailureKind::Local, message)
                .hint("Nothing was sent. Raise it under What films may cost, or wait until tomorrow."));
        }
        let reply = self.plain.call(call).await?;
        self.replies.fetch_add(1, Ordering::SeqCst);
        Ok(reply)
    }
}
