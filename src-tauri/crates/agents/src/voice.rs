//! Voice: lines → speech with word times. One task a line.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{
    BlobSource, Collection, Expand, FailureKind, Inputs, Output, Promise, Quote, TaskContext, TaskError, TaskSpec,
};
use models::{SpeechRequest, VoiceSpec};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use story::{Age, Cast, CastId, Character, Gender, Line, LineId, Script, Sound, Speaker};

use crate::agent::{Agent, alone, identity, one, slot, task};
use crate::bridge::job;
use crate::crew::Crew;
use crate::documents::{SpokenLine, role};
use crate::graph::Estimate;
use crate::quotes;
use crate::wishes::Wishes;

const WEIGHT_MS: u32 = 400;

/// Gives one task for each line, or none when nobody speaks: the brief wants no voice, or nothing here can speak the
/// language.
pub(crate) struct Voices {
    pub(crate) wishes: Arc<Wishes>,
    pub(crate) crew: Crew,
    pub(crate) estimate: Estimate,
}

/// True when somebody speaks in the film.
pub(crate) fn speaks(wishes: &Wishes, crew: &Crew) -> bool {
    wishes.brief.sound.value == Sound::Narration && crew.speech.identity(wishes.brief.language.value).is_some()
}

impl Expand for Voices {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("voice")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        if !speaks(&self.wishes, &self.crew) {
            return Ok(Vec::new());
        }
        let script: Script = inputs.one("script")?.read()?;
        script
            .lines()
            .map(|line| {
                let mut needs = vec![one("script")?];
                if line.speaker != Speaker::Narrator {
                    needs.push(one("cast")?);
                }
                let agent = Voice {
                    line: line.id.clone(),
                    characters: line.text.chars().count() as u64,
                    wishes: Arc::clone(&self.wishes),
                    crew: self.crew.clone(),
                };
                Ok(task(
                    slot("voice", line.id.as_str())?,
                    first_words(&line.text),
                    needs,
                    self.crew.line_ms(WEIGHT_MS),
                    agent,
                ))
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        if !speaks(&self.wishes, &self.crew) {
            return Vec::new();
        }
        let promise = self.estimate.lines("voice", "voice", self.crew.line_ms(WEIGHT_MS), alone(&["cast"]));
        let identity = self.crew.speech.identity(self.wishes.brief.language.value);
        let quotes = identity.as_ref().map(|who| quotes::line(who, &self.crew, (20, 120)));
        let model = identity.as_ref().map_or(Value::Null, crate::agent::identity);
        vec![Promise { model, quotes: quotes.unwrap_or_default(), ..promise }]
    }
}

/// Enough of a line to know it by.
fn first_words(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() { format!("{}…", short.trim_end()) } else { short }
}

struct Voice {
    line: LineId,
    /// How long the line is, for a quote.
    characters: u64,
    wishes: Arc<Wishes>,
    crew: Crew,
}

/// What is said, how, and which take of it.
#[derive(Serialize, Deserialize)]
struct VoiceView {
    #[serde(flatten)]
    request: SpeechRequest,
    #[serde(default, skip_serializing_if = "is_first")]
    take: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde wants")]
fn is_first(take: &u32) -> bool {
    *take == 0
}

/// The character that a line of the script is spoken by. The cast knows it by its id, or else by its name.
fn character<'a>(id: &CastId, script: &Script, cast: &'a Cast) -> Option<&'a Character> {
    let named = || cast.named(&script.speaking.iter().find(|s| &s.id == id)?.name);
    cast.get(id).or_else(named)
}

impl Voice {
    /// The voice of a line: as the speaker is, and as the maker wished it.
    fn spec(&self, line: &Line, script: &Script, inputs: &Inputs) -> Result<(VoiceSpec, u32), TaskError> {
        let mut spec = match &line.speaker {
            Speaker::Narrator => VoiceSpec { speaker: String::new(), gender: Gender::Neutral, age: Age::Adult },
            Speaker::Cast(id) => {
                let cast: Cast = inputs.one("cast")?.read()?;
                let features = character(id, script, &cast).map(|c| c.features.clone()).unwrap_or_default();
                VoiceSpec { speaker: id.to_string(), gender: features.gender, age: features.age }
            }
        };
        let wish = self.wishes.voices().of(&line.speaker);
        spec.gender = wish.gender.unwrap_or(spec.gender);
        spec.age = wish.age.unwrap_or(spec.age);
        if wish.other > 0 {
            // Whoever has another name has another voice.
            let name = if spec.speaker.is_empty() { "narrator" } else { &spec.speaker };
            spec.speaker = format!("{name}, voice {}", wish.other);
        }
        Ok((spec, wish.pace.unwrap_or(100)))
    }
}

#[async_trait]
impl Agent for Voice {
    const NAME: &'static str = "voice";
    const VERSION: u32 = 1;
    type View = VoiceView;

    fn is_remote(&self) -> bool {
        self.crew.remote.speech
    }

    fn model(&self) -> Value {
        self.crew.speech.identity(self.wishes.brief.language.value).as_ref().map_or(Value::Null, identity)
    }

    fn quotes(&self) -> Vec<Quote> {
        let identity = self.crew.speech.identity(self.wishes.brief.language.value);
        let quotes = identity.map(|who| quotes::line(&who, &self.crew, (self.characters, self.characters)));
        quotes.unwrap_or_default()
    }

    fn view(&self, inputs: &Inputs) -> Result<VoiceView, TaskError> {
        let script: Script = inputs.one("script")?.read()?;
        let line = script
            .lines()
            .find(|l| l.id == self.line)
            .ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("the script has no line {}", self.line)))?;
        let (voice, pace) = self.spec(line, &script, inputs)?;
        let language = self.wishes.brief.language.value;
        let request = SpeechRequest { text: line.text.clone(), language, voice, pace };
        Ok(VoiceView { request, take: self.wishes.take(&format!("voice/{}", self.line)) })
    }

    async fn make(&self, view: VoiceView, context: &TaskContext) -> Result<Output, TaskError> {
        let reply = job(context, |job| self.crew.speech.speak(view.request, job)).await?;
        let spoken = SpokenLine { line: self.line.clone(), duration_ms: reply.duration_ms, words: reply.words };
        Ok(Output::document(&spoken)?.with(role::SOUND, "audio/wav", BlobSource::Bytes(reply.wav)))
    }
}
