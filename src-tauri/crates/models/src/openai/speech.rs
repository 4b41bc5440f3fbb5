//! Speech: `POST /audio/speech`, asked for as WAV.

use std::time::Duration;

use async_trait::async_trait;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use story::{Gender, Language, Seed};

use super::errors::{self, Said};
use super::http::Broken;
use super::{Server, canonical};
use crate::{
    CallError, CallKind, CallOrder, CallReply, Delivery, Failure, FailureKind, Job, ModelIdentity, Polled, Price,
    RemoteCall, Sent, SpeechModel, SpeechReply, SpeechRequest, Unit, Usage, VoiceSpec, sound, tokens_about,
};

const LIMIT: usize = 128 << 20;

/// A line's default deadline.
pub(super) const DEADLINE: Duration = Duration::from_mins(2);

/// Which of the model's voices speak for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voices {
    /// The narrator.
    pub narrator: String,
    /// Women and girls.
    pub female: Vec<String>,
    /// Men and boys.
    pub male: Vec<String>,
    /// Everybody else, and whoever has no voice in the lists above.
    pub neutral: Vec<String>,
}

impl Default for Voices {
    /// The names that OpenAI gave its voices, which most servers of its shape know.
    fn default() -> Self {
        let names = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        Self {
            narrator: "alloy".into(),
            female: names(&["coral", "nova", "sage", "shimmer"]),
            male: names(&["ash", "echo", "onyx"]),
            neutral: names(&["fable", "ballad"]),
        }
    }
}

impl Voices {
    /// The same speaker always has the same voice; two speakers may share one when there are few.
    fn of(&self, voice: &VoiceSpec) -> &str {
        if voice.speaker.is_empty() {
            return &self.narrator;
        }
        let list = match voice.gender {
            Gender::Female => &self.female,
            Gender::Male => &self.male,
            Gender::Neutral => &self.neutral,
        };
        let list = if list.is_empty() { &self.neutral } else { list };
        let pick = Seed::new(0).fork(&voice.speaker).value() as usize % list.len().max(1);
        list.get(pick).unwrap_or(&self.narrator)
    }
}

/// A voice behind an OpenAI-shaped server.
#[derive(Debug)]
pub(crate) struct OpenAiSpeech {
    server: Server,
    voices: Voices,
}

impl OpenAiSpeech {
    pub(crate) fn new(server: Server, voices: Voices) -> Self {
        Self { server, voices }
    }
}

#[async_trait]
impl SpeechModel for OpenAiSpeech {
    fn identity(&self, _: Language) -> Option<ModelIdentity> {
        let mut identity = self.server.identity();
        let Voices { narrator, female, male, neutral } = &self.voices;
        let lists = [female, male, neutral].map(|list| list.join(" "));
        identity.version = format!("{}; {narrator}; {}", identity.version, lists.join("; "));
        Some(identity)
    }

    fn price(&self) -> Price {
        self.server.price.clone()
    }

    async fn speak(&self, request: SpeechRequest, job: Job) -> Result<SpeechReply, Failure> {
        let call = Line {
            server: &self.server,
            text: &request.text,
            voice: self.voices.of(&request.voice),
            pace: request.pace.clamp(25, 400),
        };
        let reply = job.call(&call).await?;
        job.check()?;
        let who = self.server.provider().to_owned();
        let heard = tokio::task::spawn_blocking(move || sound::speech(&reply.body)).await;
        let (wav, duration_ms) = heard
            .map_err(|e| Failure::new(FailureKind::Local, format!("a line could not be read: {e}")))?
            .map_err(|e| unusable(&who, &e))?;
        let words = sound::even_word_times(&request.text, request.language.is_unspaced(), duration_ms);
        Ok(SpeechReply { wav, duration_ms, words })
    }
}

fn unusable(who: &str, error: &sound::SoundError) -> Failure {
    let failure = Failure::new(FailureKind::Invalid, format!("what {who} spoke cannot be used: {error}"));
    match error {
        sound::SoundError::Format => failure.hint("Choose a server that gives WAV when it is asked for it."),
        _ => failure,
    }
}

struct Line<'a> {
    server: &'a Server,
    text: &'a str,
    voice: &'a str,
    pace: u32,
}

impl Line<'_> {
    fn body(&self) -> Value {
        let mut body = json!({
            "model": self.server.model, "input": self.text, "voice": self.voice, "response_format": "wav",
        });
        if self.pace != 100 {
            body["speed"] = json!(f64::from(self.pace) / 100.0);
        }
        body
    }

    fn characters(&self) -> u64 {
        self.text.chars().count() as u64
    }

    fn usage(&self) -> Usage {
        self.server.usage([
            (Unit::Calls, 1),
            (Unit::Characters, self.characters()),
            (Unit::InputTokens, tokens_about(self.text)),
        ])
    }
}

#[async_trait]
impl RemoteCall for Line<'_> {
    fn order(&self) -> CallOrder {
        let request = json!({
            "kind": "speech", "model": self.server.model, "text": self.text, "voice": self.voice, "pace": self.pace,
        });
        // A byte is more than a token of text; sound is some 20 tokens a second, and nobody speaks slower than a
        // character in a quarter of a second.
        let most = [
            (Unit::Calls, 1),
            (Unit::Characters, self.characters()),
            (Unit::Seconds, self.characters().div_ceil(4) + 2),
            (Unit::InputTokens, self.text.len() as u64),
            (Unit::OutputTokens, self.characters() * 5 + 100),
        ];
        CallOrder {
            provider: self.server.provider().to_owned(),
            model: self.server.model.clone(),
            kind: CallKind::Speech,
            request: canonical(&request),
            most_micros: self.server.price.most(&most),
            tokens: u32::try_from(tokens_about(self.text)).unwrap_or(u32::MAX),
            deadline: self.server.deadline,
        }
    }

    async fn send(&self) -> Result<Sent, CallError> {
        let endpoint = &self.server.endpoint;
        let request = endpoint
            .request(Method::POST, &["audio", "speech"], self.server.deadline)
            .header(CONTENT_TYPE, "application/json")
            .body(self.body().to_string());
        let answer = endpoint.exchange(request, LIMIT).await.map_err(Broken::paid)?;
        if !answer.status.is_success() {
            return Err(errors::refused(endpoint, &answer));
        }
        if answer.media().contains("json") {
            let said = Said::read(&answer.body);
            if !said.code.is_empty() || said.status.is_some() {
                return Err(CallError::new(errors::in_answer(endpoint, &said), Delivery::NotTaken));
            }
        }
        if answer.media() == "text/html" {
            let failure =
                Failure::new(FailureKind::Invalid, format!("{} answered with a web page", endpoint.provider()));
            return Err(CallError::new(failure, Delivery::Unknown));
        }
        match sound::check(&answer.body) {
            Ok(ms) => {
                let mut usage = self.usage();
                usage.units.insert(Unit::Seconds.as_str().to_owned(), u64::from(ms).div_ceil(1000));
                usage.micros = self.server.price.cost(&usage.units);
                Ok(Sent::Reply(CallReply { body: answer.body, media: "audio/wav".into(), usage }))
            }
            Err(error) => Err(CallError::new(unusable(endpoint.provider(), &error), Delivery::Spoilt(self.usage()))),
        }
    }

    async fn poll(&self, _: &str) -> Result<Polled, CallError> {
        Err(CallError::new(Failure::new(FailureKind::Invalid, "a line has no job"), Delivery::Vanished))
    }

    async fn cancel(&self, _: &str) {}
}

#[cfg(test)]
mod tests {
    use story::Age;

    use super::*;

    #[test]
    fn a_speaker_keeps_the_voice_and_has_one_that_fits() {
        let voices = Voices::default();
        let spec = |speaker: &str, gender| VoiceSpec { speaker: speaker.into(), gender, age: Age::Adult };
        assert_eq!(voices.of(&spec("", Gender::Female)), "alloy");
        let mara = voices.of(&spec("cast_1", Gender::Female));
        assert!(voices.female.iter().any(|v| v == mara));
        assert_eq!(voices.of(&spec("cast_1", Gender::Female)), mara);
        let few = Voices { female: Vec::new(), neutral: Vec::new(), ..voices };
        assert_eq!(few.of(&spec("cast_1", Gender::Female)), "alloy");
    }
}
