//! The library through its public face: what people and the engine rely on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod calls;
mod caps;
mod child;
mod choices;
mod damage;
mod housekeeping;
mod measure;
mod project_files;
mod projects;
mod results;
mod retention;
mod streams;
mod versions;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use engine::{BlobSource, Clock, Kept, KeyForm, Output, RunId, Slot};
use library::{Library, Opened};
use serde_json::{Value, json};

pub(crate) const DAY: u64 = 86_400_000;

/// A clock that stands until it is turned.
#[derive(Debug, Default)]
pub(crate) struct HandClock(AtomicU64);

impl HandClock {
    pub(crate) fn at(ms: u64) -> Arc<Self> {
        Arc::new(Self(AtomicU64::new(ms)))
    }
    pub(crate) fn turn(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

pub(crate) fn open(home: &Path) -> Library {
    let Opened { library, trouble } = Library::open(home).unwrap();
    assert_eq!(trouble, None);
    library
}

pub(crate) fn slot(text: &str) -> Slot {
    Slot::new(text).unwrap()
}

pub(crate) fn run() -> RunId {
    RunId("run_test".to_owned())
}

pub(crate) fn form(view: Value) -> KeyForm {
    KeyForm { agent: "painter".to_owned(), version: "1".to_owned(), model: Value::Null, view }
}

/// A result with one picture.
pub(crate) fn kept(at: &str, view: Value, picture: &[u8]) -> Kept {
    let output = Output { value: json!({"of": view}), blobs: Vec::new() };
    let output = output.with("picture", "image/png", BlobSource::Bytes(picture.to_vec()));
    Kept { run: run(), slot: slot(at), form: form(view), output, took_ms: 7 }
}

/// How many files lie below a folder.
pub(crate) fn files_below(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files_below(&path) } else { 1 }).sum()
}
