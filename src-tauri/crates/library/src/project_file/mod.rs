//! A project as one file (`.workprint`): a ZIP archive of its rows and blobs, described in docs/PROJECT_FILE.md.
//!
//! Writing reads one state of the project. Reading trusts nothing: all of a file is looked through, and its blobs
//! are hashed, before the first of them is put in place; the rows come last, in one transaction.

mod insert;
mod read;
mod rows;
mod write;

use std::collections::BTreeMap;

use engine::BlobHash;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use insert::{Ready, insert};
pub(crate) use read::read;
pub(crate) use write::{Wanted, gather, write};

/// What a front end has to say about documents and orders, whose meaning this room does not know: it may take out of
/// them what must not travel.
pub type Fit = fn(&mut Value);

/// Told how far a long work is, from 0 to 1; says whether to go on.
pub type Onward<'a> = dyn Fn(f32) -> bool + Send + Sync + 'a;

/// What the manifest of a project file names itself.
const FORMAT: &str = "workprint-project";
/// The version that is written, and the newest that is read.
pub(crate) const VERSION: u32 = 1;
/// The two entries that are not blobs.
const MANIFEST: &str = "manifest.json";
const ROWS: &str = "rows.jsonl";
/// More than any manifest and any project's rows have; what is longer is no project.
const LONGEST_MANIFEST: u64 = 64 << 20;
const LONGEST_ROWS: u64 = 1 << 30;
/// More blobs than any project has.
const MOST_BLOBS: usize = 200_000;

/// The first entry of a project file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: String,
    version: u32,
    /// What wrote it, for people.
    made_by: String,
    /// False when earlier takes, decisions and runs were left out.
    history: bool,
    project: About,
    /// The BLAKE3 hash of the rows.
    rows_hash: BlobHash,
    rows_bytes: u64,
    /// The blobs by their hash.
    blobs: BTreeMap<BlobHash, BlobAbout>,
}

/// The project's own row.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    title: String,
    stage: String,
    created_at: u64,
    updated_at: u64,
    duration_ms: Option<u64>,
    /// The blob that is its picture, by role, hash, size and media type.
    cover: Option<engine::Blob>,
    /// The number of the current edition.
    edition: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BlobAbout {
    bytes: u64,
    media: String,
}

/// Where a blob is in the archive.
fn blob_entry(hash: &BlobHash) -> String {
    format!("blobs/{}", hash.as_str())
}
