//! The rows of a project in its file: one JSON object a line.

use engine::{Blob, Key, KeyForm, RunOutcome, Slot};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{MessageId, Verdict};

/// A row. Times are milliseconds since 1970.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "row", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Row {
    /// A document by name.
    Document { name: String, value: Value },
    /// A message of the conversation.
    Message { place: u32, id: MessageId, role: String, body: Value, at: u64 },
    /// A run.
    Run { id: String, order: Value, started_at: u64, ended_at: Option<u64>, outcome: Option<RunOutcome> },
    /// An event of the stream.
    Event { seq: u32, run: Option<String>, body: Value, at: u64 },
    /// A result, with what decided it; its key is the hash of that.
    Artifact { key: Key, form: KeyForm, value: Value, took_ms: u64, made_at: u64, blobs: Vec<Blob> },
    /// A result that a slot had.
    Take { slot: Slot, place: u32, key: Key, run: String, at: u64, parent: Option<Key> },
    /// A result that was chosen for a slot.
    Pin { slot: Slot, key: Key, at: u64 },
    /// What the maker had decided.
    Edition { number: u32, parent: Option<u32>, value: Value, words: String, at: u64 },
    /// What the maker thinks of a take.
    Verdict { slot: Slot, key: Key, verdict: Verdict, reason: String, at: u64 },
    /// A review stop that was let pass.
    Approval { key: Key, at: u64 },
}
