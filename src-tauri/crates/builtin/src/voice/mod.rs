//! The voice: speaks lines with the speech engines of this machine, each run as a process of its own.
//!
//! This module owns which engine speaks which language, which voice a speaker has, and the sound that leaves
//! (48 kHz, mono, even in loudness, with the time of every word). It must not open a network connection, know a
//! project, or put text from people on a command line. Where no engine speaks a language it says so
//! (`identity` is `None`), and the film carries the line in captions.

mod align;
mod casting;
mod engine;
mod espeak;
pub(crate) mod filter;
mod flite;
mod polish;
mod process;
mod resample;
mod system;
mod text;
mod vocabulary;
mod wav;

use async_trait::async_trait;
use models::{Failure, FailureKind, Job, ModelIdentity, SpeechModel, SpeechReply, SpeechRequest};
use story::{Language, WordTime};

pub use engine::{EngineFound, EngineName};

use engine::Engine;
use text::Spoken;

/// Rises when the same line would sound different from before; part of every spoken line's key.
const VERSION: &str = "2";
/// The length of the reply for text in which there is nothing to say.
const SILENCE_MS: u32 = 320;

/// The speech engines found on this machine.
#[derive(Debug, Clone, Default)]
pub struct Voice {
    engines: Vec<Engine>,
}

/// What an engine gave: the sound as it came and when each unit of the text is heard in it, in seconds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Raw {
    samples: Vec<f32>,
    rate: u32,
    units: Vec<(f32, f32)>,
}

impl Voice {
    /// Looks for engines, once: flite and espeak-ng (on `PATH`, or where `WORKPRINT_FLITE` and `WORKPRINT_ESPEAK`
    /// point), `say` on macOS, SAPI on Windows. Takes well under a second; an engine that does not answer is left out.
    pub fn discover() -> Self {
        Self { engines: engine::discover() }
    }

    /// What was found, best first, in words for a report.
    pub fn engines(&self) -> Vec<EngineFound> {
        self.engines.iter().map(Engine::found).collect()
    }

    fn engine(&self, language: Language) -> Option<&Engine> {
        self.engines.iter().find(|e| e.languages.contains(&language))
    }
}

#[async_trait]
impl SpeechModel for Voice {
    fn identity(&self, language: Language) -> Option<ModelIdentity> {
        let engine = self.engine(language)?;
        Some(ModelIdentity {
            provider: "builtin".into(),
            model: engine.name.as_str().into(),
            version: format!("{VERSION}; {}; {}", engine.version, engine.voices.join(" ")),
        })
    }

    async fn speak(&self, request: SpeechRequest, job: Job) -> Result<SpeechReply, Failure> {
        job.check()?;
        let engine = self.engine(request.language).ok_or_else(|| {
            Failure::new(FailureKind::Local, format!("no voice on this machine speaks {}", request.language.code()))
                .hint("install espeak-ng (flite as well, for English), or leave the words to the captions")
        })?;
        let spoken = text::normalise(&request.text, request.language);
        if spoken.units.is_empty() {
            return finish(&spoken, None, 1.0, &job);
        }
        let timbre = casting::cast(engine, request.language, &request.voice, request.pace);
        let raw = match engine.name {
            EngineName::Flite => flite::speak(engine, &spoken, &timbre, &job).await?,
            EngineName::Espeak => espeak::speak(engine, &spoken, &timbre, &job).await?,
            EngineName::Say => system::say(engine, &spoken, &timbre, &job).await?,
            EngineName::Sapi => system::sapi(engine, &spoken, &timbre, &job).await?,
        };
        job.progress(0.7);
        let worker = job.clone();
        let reply = tokio::task::spawn_blocking(move || finish(&spoken, Some(raw), timbre.pitch, &worker))
            .await
            .map_err(|e| Failure::new(FailureKind::Local, format!("the voice stopped while polishing: {e}")))??;
        job.progress(1.0);
        Ok(reply)
    }
}

/// Brings the raw sound into the film's form and gives each word its time. `pitch` above 1 plays the sound faster and
/// higher; the engine was asked to speak that much slower.
fn finish(spoken: &Spoken, raw: Option<Raw>, pitch: f32, job: &Job) -> Result<SpeechReply, Failure> {
    let (sound, units, from) = match raw {
        None => (Vec::new(), Vec::new(), 0.0),
        Some(raw) => {
            let sound = resample::resample(&raw.samples, f64::from(raw.rate) * f64::from(pitch), job)?;
            job.progress(0.85);
            let (sound, first) = polish::polish(&sound, raw.rate as f32 * pitch / 2.0, job)?;
            let units = raw.units.iter().map(|&(s, e)| (s / pitch, e / pitch)).collect();
            (sound, units, first as f32 / wav::RATE as f32)
        }
    };
    // A voice that gave no audible sound is the same as nothing to say.
    let sound = if sound.is_empty() { vec![0.0; (wav::RATE * SILENCE_MS / 1000) as usize] } else { sound };
    let duration_ms = (sound.len() as u64 * 1000 / u64::from(wav::RATE)) as u32;
    let words = word_times(spoken, &units, from, duration_ms);
    Ok(SpeechReply { wav: wav::write(&sound), duration_ms, words })
}

/// The time of every word of the text from the times of what was spoken. A word that is not heard (a dash, a picture
/// sign) stands at the end of the word before it.
fn word_times(spoken: &Spoken, units: &[(f32, f32)], from: f32, duration_ms: u32) -> Vec<WordTime> {
    let ms = |seconds: f32| (((seconds - from) * 1000.0).round().max(0.0) as u32).min(duration_ms);
    let mut spans: Vec<Option<(u32, u32)>> = vec![None; spoken.words.len()];
    for (unit, &(start, end)) in spoken.units.iter().zip(units) {
        let (start, end, count) = (ms(start), ms(end), (unit.last - unit.first + 1) as u32);
        for i in 0..count {
            let part = (start + (end - start.min(end)) * i / count, start + (end - start.min(end)) * (i + 1) / count);
            let span = &mut spans[unit.first + i as usize];
            *span = Some(span.map_or(part, |s| (s.0, part.1)));
        }
    }
    let mut clock = 0;
    spoken
        .words
        .iter()
        .zip(spans)
        .map(|(word, span)| {
            let (start, end) = span.unwrap_or((clock, clock));
            let start_ms = start.max(clock);
            let end_ms = end.max(start_ms);
            clock = end_ms;
            WordTime { word: word.clone(), start_ms, end_ms }
        })
        .collect()
}

#[cfg(test)]
mod tests;
