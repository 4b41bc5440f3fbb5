//! The models file: which models a film is made with, where they are, what they cost, and how much of them may be used.
//!
//! It says where keys are, never a key, so a run can keep it. `docs/MODELS.md` describes it as a file; the settings write
//! the same.

mod address;
mod build;
mod read;
mod reader;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use story::Size;

pub use address::{AddressError, checked_address, checked_name, checked_variable, is_on_this_machine, place_of};
pub use build::{Built, ProviderLimits};
pub use read::ModelsFileError;

use crate::{CallKind, Lengths, Price, Voices};

/// Which models are set up. What is not set up is done by the built-in ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelsFile {
    /// Writes and understands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat: Option<ModelTable>,
    /// Draws.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageTable>,
    /// Makes clips.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video: Option<VideoTable>,
    /// Speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speech: Option<SpeechTable>,
    /// What holds for each provider.
    #[serde(default)]
    pub limits: Limits,
    /// What may be spent.
    #[serde(default)]
    pub caps: Caps,
}

/// How a server is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Adapter {
    /// OpenAI's wire format, which most gateways and local servers speak too.
    Openai,
}

/// Where a key is. It is never the key itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum KeyRef {
    /// In the environment variable of this name.
    #[serde(rename = "key_env")]
    Env(String),
    /// Kept by the program for the server at this address, and sent to no other.
    #[serde(rename = "key_kept")]
    Kept(String),
}

/// One model: what holds for every kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelTable {
    /// How its server is spoken to.
    pub adapter: Adapter,
    /// The server's address, up to and with `/v1`.
    pub base_url: String,
    /// The model's name there.
    pub model: String,
    /// Where the key is; `None` for servers without one.
    #[serde(flatten)]
    pub key: Option<KeyRef>,
    /// What the provider is called in limits, the ledger and errors; the server's host and port unless the file says
    /// another name. Models with the same name share its limits.
    pub provider: String,
    /// What a call costs.
    pub price: Price,
    /// Limits for this model beside those of its provider.
    #[serde(default)]
    pub limits: Limits,
    /// How long a call may take; `None` leaves it to the kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Duration>,
}

/// A model of pictures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageTable {
    /// What holds for every kind.
    pub of: ModelTable,
    /// The sizes it makes; empty for any.
    #[serde(default)]
    pub sizes: Vec<Size>,
    /// How many reference pictures it looks at.
    pub references: usize,
}

/// A model of clips.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VideoTable {
    /// What holds for every kind.
    pub of: ModelTable,
    /// The sizes it makes; empty for any.
    #[serde(default)]
    pub sizes: Vec<Size>,
    /// The lengths it makes.
    pub lengths: Lengths,
}

/// A voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeechTable {
    /// What holds for every kind.
    pub of: ModelTable,
    /// Who speaks with which of its voices.
    pub voices: Voices,
}

/// How much may be asked of a provider or model at a time; `None` is without limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Calls at once; a job counts until it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concurrent: Option<u32>,
    /// Calls in any minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls_per_minute: Option<u32>,
    /// Tokens in any minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens_per_minute: Option<u32>,
}

impl Limits {
    /// True when nothing is limited.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// What may be spent, in millionths of a US dollar; `None` is without cap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caps {
    /// In one run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<u64>,
    /// In one project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<u64>,
    /// In one day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<u64>,
}

impl ModelsFile {
    /// Every model that is set up, by what it makes.
    pub fn models(&self) -> BTreeMap<CallKind, &ModelTable> {
        let all = [
            (CallKind::Chat, self.chat.as_ref()),
            (CallKind::Image, self.image.as_ref().map(|t| &t.of)),
            (CallKind::Video, self.video.as_ref().map(|t| &t.of)),
            (CallKind::Speech, self.speech.as_ref().map(|t| &t.of)),
        ];
        all.into_iter().filter_map(|(kind, table)| table.map(|t| (kind, t))).collect()
    }
}
