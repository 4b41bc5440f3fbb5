//! The sample project: a finished film that a new library begins with, so that there is something to open and play at
//! once. It comes once. Deleted it stays deleted, a copy of it is the person's own, and another version of it is made
//! like that of any project.
//!
//! It is packed in one file: the length of its [`Manifest`] (`u32`, little-endian), the manifest as JSON, and the blobs
//! in the order in which it names them. The pictures and videos in it are smaller copies of what the run made, so they
//! are kept under keys of their own, and no run takes them for its results.

use engine::{BlobSource, Clock, Kept, KeyForm, NewBlob, Output, RunId, RunOutcome, Slot, StoreError, SystemClock};
use library::{Change, Library, MessageId, ProjectId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::problem::internal;
use crate::wire::{ErrorCode, Problem};

static PACK: &[u8] = include_bytes!("../sample/sample.pack");

/// The setting that remembers which project is the sample.
const SETTING: &str = "sample";

/// The sample of a library, as its settings remember it.
#[derive(Serialize, Deserialize)]
struct Offered {
    project: ProjectId,
    /// False while its results are being put in.
    whole: bool,
}

/// What is in the pack.
#[derive(Deserialize)]
struct Manifest {
    title: String,
    /// The film's length.
    duration_ms: u64,
    /// The orchestrator's record of the project.
    record: Value,
    messages: Vec<Said>,
    run: RunId,
    /// What the run was ordered to make.
    order: Value,
    /// The engine's events of the run.
    events: Vec<Value>,
    results: Vec<Packed>,
}

#[derive(Deserialize)]
struct Said {
    role: String,
    body: Value,
}

#[derive(Deserialize)]
struct Packed {
    slot: Slot,
    value: Value,
    blobs: Vec<PackedBlob>,
}

#[derive(Deserialize)]
struct PackedBlob {
    role: String,
    media: String,
    bytes: usize,
}

/// The manifest and the bytes of the blobs, one after the other.
fn unpack(pack: &'static [u8]) -> Option<(Manifest, &'static [u8])> {
    let (length, rest) = pack.split_first_chunk::<4>()?;
    let (manifest, blobs) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    Some((serde_json::from_slice(manifest).ok()?, blobs))
}

async fn remembered(library: &Library) -> Result<Option<Offered>, Problem> {
    Ok(library.setting(SETTING).await?.and_then(|value| serde_json::from_value(value).ok()))
}

/// The project that is the library's sample; it may be deleted.
pub(crate) async fn of(library: &Library) -> Result<Option<ProjectId>, Problem> {
    Ok(remembered(library).await?.map(|offered| offered.project))
}

/// Puts the sample into a library that never had a project. One that was cut off is made anew.
pub(crate) async fn offer(library: &Library) -> Result<(), Problem> {
    match remembered(library).await? {
        Some(Offered { whole: true, .. }) => return Ok(()),
        Some(half) => library.delete_project(&half.project).await?,
        None if !library.projects().await?.is_empty() || !library.trash().await?.is_empty() => return Ok(()),
        None => {}
    }
    let (manifest, blobs) =
        unpack(PACK).ok_or_else(|| internal("The sample that comes with Workprint cannot be read."))?;
    let project = library.create_project(&manifest.title).await?;
    let remember = |whole| library.set_setting(SETTING, json!(Offered { project: project.clone(), whole }));
    remember(false).await?;
    put(library, &project, manifest, blobs).await?;
    remember(true).await?;
    tracing::info!(%project, "the sample project was made");
    Ok(())
}

fn unkept(error: StoreError) -> Problem {
    Problem {
        code: ErrorCode::Storage,
        message: story::sentence_case(&error.message),
        hint: error.hint,
        retryable: true,
    }
}

async fn put(
    library: &Library,
    project: &ProjectId,
    manifest: Manifest,
    mut bytes: &'static [u8],
) -> Result<(), Problem> {
    let store = library.project_store(project);
    let mut film = None;
    for Packed { slot, value, blobs } in manifest.results {
        let form = KeyForm {
            agent: "sample".to_owned(),
            version: "1".to_owned(),
            model: Value::Null,
            view: json!({ "slot": slot, "value": value }),
        };
        let mut output = Output { value, blobs: Vec::new() };
        for PackedBlob { role, media, bytes: length } in blobs {
            let (blob, rest) = bytes
                .split_at_checked(length)
                .ok_or_else(|| internal("The sample that comes with Workprint is cut off."))?;
            bytes = rest;
            output.blobs.push(NewBlob { role, media, source: BlobSource::Bytes(blob.to_vec()) });
        }
        let is_film = slot.as_str() == "film";
        let kept =
            store.keep(Kept { run: manifest.run.clone(), slot, form, output, took_ms: 0 }).await.map_err(unkept)?;
        if is_film {
            film = Some(kept);
        }
    }
    let film = film.ok_or_else(|| internal("The sample that comes with Workprint has no film."))?;

    let mut changes = vec![
        Change::Document { name: "record".into(), value: manifest.record },
        Change::Cover(film.blobs.iter().find(|blob| blob.role == "poster").cloned()),
        Change::Duration(Some(manifest.duration_ms)),
        Change::RunStarted { id: manifest.run.clone(), order: manifest.order },
    ];
    for Said { role, mut body } in manifest.messages {
        if let Some(key) = body.get_mut("key") {
            *key = json!(film.key);
        }
        changes.push(Change::Message { id: MessageId::new(), role, body });
    }
    let events = as_of_now(manifest.events).into_iter();
    changes.extend(events.map(|body| Change::Event { run: Some(manifest.run.clone()), body }));
    changes.push(Change::RunEnded { id: manifest.run, outcome: RunOutcome::Finished });
    changes.push(Change::Stage("film".into()));
    library.commit(project, changes).await?;
    Ok(())
}

/// The events as if the run began now, so that it took as long as it took.
fn as_of_now(mut events: Vec<Value>) -> Vec<Value> {
    let at = |event: &Value| event["at_ms"].as_u64();
    let began = events.iter().find_map(at).unwrap_or_default();
    let now = SystemClock.now_ms();
    for event in &mut events {
        if let Some(ms) = at(event) {
            event["at_ms"] = json!(now + ms.saturating_sub(began));
        }
    }
    events
}
