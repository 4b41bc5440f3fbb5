//! Voice: lines → speech with word times. One task a line.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{BlobSource, Collection, Expand, FailureKind, Inputs, Output, Promise, TaskContext, TaskError, TaskSpec};
use models::{SpeechModel, SpeechRequest, VoiceSpec};
use serde_json::Value;
use story::{Age, Brief, Cast, Gender, LineId, Script, Sound, Speaker};

use crate::agent::{Agent, alone, identity, job, model_failure, one, slot, task};
use crate::crew::Crew;
use crate::documents::{SpokenLine, role};
use crate::graph::Estimate;

const WEIGHT_MS: u32 = 400;

/// Gives one task for each line, or none when nobody speaks: the brief wants no voice, or nothing here can speak the
/// language.
pub(crate) struct Voices {
    pub(crate) brief: Arc<Brief>,
    pub(crate) crew: Crew,
    pub(crate) estimate: Estimate,
}

impl Voices {
    fn speaks(&self) -> bool {
        self.brief.sound.value == Sound::Narration && self.crew.speech.identity(self.brief.language.value).is_some()
    }
}

impl Expand for Voices {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("voice")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        if !self.speaks() {
            return Ok(Vec::new());
        }
        let script: Script = inputs.one("script")?.read()?;
        let needs = vec![one("script")?, one("cast")?];
        script
            .lines()
            .map(|line| {
                let agent = Voice {
                    line: line.id.clone(),
                    brief: Arc::clone(&self.brief),
                    model: Arc::clone(&self.crew.speech),
                };
                Ok(task(slot("voice", line.id.as_str())?, first_words(&line.text), needs.clone(), WEIGHT_MS, agent))
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        if self.speaks() {
            vec![self.estimate.lines("voice", "voice", WEIGHT_MS, alone(&["cast"]))]
        } else {
            Vec::new()
        }
    }
}

/// Enough of a line to know it by.
fn first_words(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() { format!("{}…", short.trim_end()) } else { short }
}

struct Voice {
    line: LineId,
    brief: Arc<Brief>,
    model: Arc<dyn SpeechModel>,
}

#[async_trait]
impl Agent for Voice {
    const NAME: &'static str = "voice";
    const VERSION: u32 = 1;
    type View = SpeechRequest;

    fn model(&self) -> Value {
        self.model.identity(self.brief.language.value).as_ref().map_or(Value::Null, identity)
    }

    fn view(&self, inputs: &Inputs) -> Result<SpeechRequest, TaskError> {
        let script: Script = inputs.one("script")?.read()?;
        let line = script
            .lines()
            .find(|l| l.id == self.line)
            .ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("the script has no line {}", self.line)))?;
        let voice = match &line.speaker {
            Speaker::Narrator => VoiceSpec { speaker: String::new(), gender: Gender::Neutral, age: Age::Adult },
            Speaker::Cast(id) => {
                let cast: Cast = inputs.one("cast")?.read()?;
                let features = cast.get(id).map(|c| c.features.clone()).unwrap_or_default();
                VoiceSpec { speaker: id.to_string(), gender: features.gender, age: features.age }
            }
        };
        Ok(SpeechRequest { text: line.text.clone(), language: self.brief.language.value, voice, pace: 100 })
    }

    async fn make(&self, view: SpeechRequest, context: &TaskContext) -> Result<Output, TaskError> {
        let reply = self.model.speak(view, job(context)).await.map_err(model_failure)?;
        let spoken = SpokenLine { line: self.line.clone(), duration_ms: reply.duration_ms, words: reply.words };
        Ok(Output::document(&spoken)?.with(role::SOUND, "audio/wav", BlobSource::Bytes(reply.wav)))
    }
}
