//! Speech: a line spoken, with the time of every word.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use story::{Age, Gender, Language, WordTime};

use crate::{Failure, Job, ModelIdentity, Price};

/// Whose voice it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VoiceSpec {
    /// Empty for the narrator, otherwise the cast id: the same speaker always has the same voice.
    pub speaker: String,
    /// Gender.
    pub gender: Gender,
    /// Age.
    pub age: Age,
}

/// An order for a spoken line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SpeechRequest {
    /// What is said.
    pub text: String,
    /// In which language.
    pub language: Language,
    /// By whom.
    pub voice: VoiceSpec,
    /// Speed in percent of natural (100).
    pub pace: u32,
}

/// A spoken line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeechReply {
    /// The sound: WAV, mono, 16 bits, 48 kHz, without silence at its ends beyond 60 ms.
    pub wav: Vec<u8>,
    /// Its length.
    pub duration_ms: u32,
    /// When each word of the text is spoken: one entry a word, parted as the text is by white space (by character
    /// where a language has no spaces).
    pub words: Vec<WordTime>,
}

/// Speaks.
#[async_trait]
pub trait SpeechModel: Send + Sync {
    /// Which engine speaks this language here; part of the key of every line. `None` when nothing can speak it: the
    /// film then carries the line in captions alone.
    fn identity(&self, language: Language) -> Option<ModelIdentity>;
    /// What its calls cost.
    fn price(&self) -> Price {
        Price::Free
    }
    /// Speaks one line.
    async fn speak(&self, request: SpeechRequest, job: Job) -> Result<SpeechReply, Failure>;
}
