//! Which models films are made with: what a front end shows of them, and what it may say. A key comes in and never goes
//! out. Amounts are millionths of a US dollar.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Problem;

/// What a model makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ModelKind {
    /// Writes and understands.
    Chat,
    /// Draws.
    Image,
    /// Makes clips.
    Video,
    /// Speaks.
    Speech,
}

impl ModelKind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Chat, Self::Image, Self::Video, Self::Speech];
}

/// What a model's work costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum PriceView {
    /// Nothing.
    Free,
    /// Nobody said.
    Unknown,
    /// So much for each picture, second of clip, or million characters of speech.
    Each {
        /// The price.
        micros: u32,
    },
    /// So much for a million tokens of text.
    Tokens {
        /// Read.
        input: u32,
        /// Written.
        output: u32,
    },
}

/// Where a key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum KeyPlace {
    /// In the system's keychain.
    Keychain,
    /// In memory, until the program ends.
    Session,
    /// In a file of the data folder, which the person agreed to.
    File,
}

/// How a server's key stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum KeyView {
    /// The server needs none.
    None,
    /// In an environment variable.
    Env {
        /// Its name.
        variable: String,
        /// Whether it is set.
        there: bool,
    },
    /// Kept by Workprint.
    Kept {
        /// Where.
        place: KeyPlace,
    },
    /// It was kept and is not there any more.
    Gone,
    /// The keychain does not open.
    Locked {
        /// Why, in words.
        why: String,
    },
}

/// A key on its way in. It is shown nowhere and never sent out.
#[derive(Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(transparent)]
pub struct KeyText(pub String);

impl std::fmt::Debug for KeyText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(secret)")
    }
}

/// What is said about a server's key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum KeyEdit {
    /// The server needs none.
    None,
    /// It is in an environment variable.
    Env {
        /// Its name.
        variable: String,
    },
    /// The one that is kept for this address already.
    Kept,
    /// This one.
    New {
        /// The key.
        key: KeyText,
        /// Where to keep it. [`KeyPlace::File`] is the person's yes to a file.
        place: KeyPlace,
    },
}

/// A model on a server, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ServerView {
    /// What the server is called in plans, the ledger and errors.
    pub name: String,
    /// Its address, up to and with `/v1`.
    pub base_url: String,
    /// The model's name there.
    pub model: String,
    /// What it costs.
    pub price: PriceView,
    /// How its key stands.
    pub key: KeyView,
    /// The most calls at once; none is no limit.
    pub at_once: Option<u32>,
    /// The most calls in a minute; none is no limit.
    pub per_minute: Option<u32>,
    /// The sizes it makes ("1280x720"); none for any. Pictures and clips alone.
    pub sizes: Vec<String>,
    /// The lengths it makes, in seconds; none for any. Clips alone.
    pub lengths: Vec<u32>,
    /// True when it runs on this machine, so that nothing leaves it.
    pub here: bool,
}

/// A model on a server, as a person sets it up.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ServerEdit {
    /// What it is to be called; empty takes its host and port.
    pub name: String,
    /// Its address, up to and with `/v1`.
    pub base_url: String,
    /// The model's name there.
    pub model: String,
    /// What it costs.
    pub price: PriceView,
    /// Its key.
    pub key: KeyEdit,
    /// The most calls at once; none is no limit.
    pub at_once: Option<u32>,
    /// The most calls in a minute; none is no limit.
    pub per_minute: Option<u32>,
    /// The sizes it makes; none for any.
    pub sizes: Vec<String>,
    /// The lengths it makes, in seconds; none for any.
    pub lengths: Vec<u32>,
}

/// Who makes one kind of thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ModelRow {
    /// The kind.
    pub kind: ModelKind,
    /// The model on a server; none is the built-in one.
    pub server: Option<ServerView>,
}

/// Who makes new films, and what they may cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ModelsView {
    /// One of each kind.
    pub rows: Vec<ModelRow>,
    /// The most that one film may cost; none is no limit.
    pub film_micros: Option<u32>,
    /// The most that a day may cost, in all projects; none is no limit.
    pub day_micros: Option<u32>,
    /// Whether this machine has a keychain that works.
    pub keychain: bool,
    /// Where keys would lie if the person agreed to a file.
    pub key_file: String,
}

/// Who makes one kind of thing in a film.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FilmModelRow {
    /// The kind.
    pub kind: ModelKind,
    /// The model's name; empty for the built-in one.
    pub model: String,
    /// What its server is called; empty for the built-in one.
    pub name: String,
}

/// Who makes a film.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FilmModelsView {
    /// One of each kind.
    pub rows: Vec<FilmModelRow>,
    /// True when the settings have others now.
    pub others: bool,
}

/// A model that a server offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OfferedModel {
    /// The name to ask for it by.
    pub id: String,
    /// The day after which it is gone; empty when nobody says.
    pub ends: String,
}

/// A server that was found on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FoundServer {
    /// What usually answers there ("Ollama").
    pub name: String,
    /// Its address, up to and with `/v1`.
    pub base_url: String,
    /// What it offers.
    pub models: Vec<OfferedModel>,
}

/// What a trial of a model looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TrialPart {
    /// That it answers a question.
    Words,
    /// That its answer keeps to a JSON Schema.
    Form,
    /// That it draws, in a size that films have.
    Picture,
    /// That it draws after another picture.
    Reference,
    /// That it makes a clip from a first frame.
    Clip,
    /// That it speaks.
    Voice,
}

/// What a trial found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TrialFinding {
    /// What was looked at.
    pub part: TrialPart,
    /// How long it took, in milliseconds.
    pub ms: u32,
    /// The size of what came, as it is used ("1280x720"); empty where there is none.
    pub size: String,
    /// The length that came, in milliseconds; 0 where there is none.
    pub length_ms: u32,
    /// What is wrong with it; none when it works.
    pub problem: Option<Problem>,
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ServerAnswer {
    /// The server answers, and takes the key.
    Works {
        /// What it offers.
        models: Vec<OfferedModel>,
        /// How long it took to answer, in milliseconds.
        ms: u32,
    },
    /// It does not.
    Failed {
        /// What happened and what to do.
        problem: Problem,
    },
    /// The model was tried.
    Tried {
        /// What was looked at, in order; what came after something that failed was not.
        findings: Vec<TrialFinding>,
    },
    /// The servers that were found on this machine.
    Found {
        /// All of them; none when nothing answered.
        servers: Vec<FoundServer>,
    },
}

/// An answer to a question about servers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ServerTold {
    /// The request it was asked with.
    pub request: String,
    /// The answer.
    pub answer: ServerAnswer,
}
