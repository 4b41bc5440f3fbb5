//! Results: a small document, and blobs (pictures, sounds, videos) known by their hash.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Collection, FailureKind, Key, Slot, TaskError};

/// The BLAKE3 hash of a blob's bytes: 64 lower-case hex digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BlobHash(String);

impl BlobHash {
    /// The hash as 64 hex digits; safe as a file name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<blake3::Hash> for BlobHash {
    fn from(hash: blake3::Hash) -> Self {
        Self(hash.to_hex().to_string())
    }
}

impl TryFrom<String> for BlobHash {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let good = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if good { Ok(Self(text)) } else { Err(format!("{text:?} is not a blob hash: it must be 64 hex digits")) }
    }
}

impl From<BlobHash> for String {
    fn from(hash: BlobHash) -> String {
        hash.0
    }
}

/// A stored blob of an artifact.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Blob {
    /// What it is in its artifact ("picture", "sound"); unique there.
    pub role: String,
    /// Its bytes' hash.
    pub hash: BlobHash,
    /// How many bytes.
    pub bytes: u64,
    /// Its media type ("image/png").
    pub media: String,
}

/// A stored result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Artifact {
    /// What decided it.
    pub key: Key,
    /// The document.
    pub value: Value,
    /// The blobs.
    pub blobs: Vec<Blob>,
}

impl Artifact {
    /// The document as a type; an error names what does not fit.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, TaskError> {
        T::deserialize(&self.value).map_err(|e| {
            TaskError::new(FailureKind::Invalid, format!("a stored result ({}) does not fit its reader: {e}", self.key))
        })
    }

    /// The blob with a role.
    pub fn blob(&self, role: &str) -> Result<&Blob, TaskError> {
        self.blobs.iter().find(|b| b.role == role).ok_or_else(|| {
            TaskError::new(FailureKind::Invalid, format!("a stored result ({}) has no {role}", self.key))
        })
    }
}

/// Where the bytes of a new blob are.
#[derive(Debug)]
pub enum BlobSource {
    /// In memory.
    Bytes(Vec<u8>),
    /// In a finished file in the task's scratch folder; the store takes it over.
    File(PathBuf),
}

/// A blob that a task made.
#[derive(Debug)]
pub struct NewBlob {
    /// What it is in its artifact; unique there.
    pub role: String,
    /// Its media type.
    pub media: String,
    /// Its bytes.
    pub source: BlobSource,
}

/// What a leaf task gives.
#[derive(Debug, Default)]
pub struct Output {
    /// The document.
    pub value: Value,
    /// The blobs.
    pub blobs: Vec<NewBlob>,
}

impl Output {
    /// A document without blobs.
    pub fn document(value: &impl Serialize) -> Result<Self, TaskError> {
        serde_json::to_value(value)
            .map(|value| Self { value, blobs: Vec::new() })
            .map_err(|e| TaskError::new(FailureKind::Invalid, format!("a result cannot be stored: {e}")))
    }

    /// Adds a blob.
    #[must_use]
    pub fn with(mut self, role: &str, media: &str, source: BlobSource) -> Self {
        self.blobs.push(NewBlob { role: role.to_owned(), media: media.to_owned(), source });
        self
    }
}

/// What a task's needs gave, complete when the task starts.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    slots: BTreeMap<Slot, Artifact>,
    order: Vec<Slot>,
}

impl Inputs {
    /// Inputs from results, in the order of the plan.
    pub fn new(results: impl IntoIterator<Item = (Slot, Artifact)>) -> Self {
        let mut inputs = Self::default();
        for (slot, artifact) in results {
            inputs.order.push(slot.clone());
            inputs.slots.insert(slot, artifact);
        }
        inputs
    }

    /// The result of one slot; an error when it was not asked for, or asked for if made and not made.
    pub fn one(&self, slot: &str) -> Result<&Artifact, TaskError> {
        self.find(slot)
            .ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("the result {slot} was not asked for")))
    }

    /// The result of a slot that was asked for if it is made.
    pub fn find(&self, slot: &str) -> Option<&Artifact> {
        self.slots.get(slot)
    }

    /// The members of a collection in the order of the plan, where what an expand task gave stands in its place. It is
    /// the same whatever was done first. What was asked for if made and was not is not among them.
    pub fn every(&self, collection: &str) -> impl Iterator<Item = (&Slot, &Artifact)> {
        let collection = Collection::new(collection);
        self.order.iter().filter(move |slot| slot.collection() == collection).map(|slot| (slot, &self.slots[slot]))
    }
}
