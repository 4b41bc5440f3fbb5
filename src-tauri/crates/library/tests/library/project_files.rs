//! Projects as files: out of one library, into another, and what is refused on the way.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::Arc;

use engine::{BlobSource, Kept, KeyForm, Output, RunId, RunOutcome};
use library::{Change, Library, LibraryError, MessageId, ProjectId, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::{files_below, form, kept, open, slot};

/// What is in an archive: names and bytes.
type Entries = Vec<(String, Vec<u8>)>;

/// Takes out what must not travel, as a front end does.
fn fit(value: &mut Value) {
    if let Some(fields) = value.as_object_mut() {
        fields.remove("models");
    }
}

async fn write(library: &Library, project: &ProjectId, history: bool, to: &Path) -> Result<u64, LibraryError> {
    library.write_project(project, history, to, (fit, Arc::new(|_: f32| true))).await
}

async fn read(library: &Library, from: &Path) -> Result<ProjectId, LibraryError> {
    library.read_project(from, (fit, Arc::new(|_: f32| true))).await
}

/// A project that has something of everything.
async fn full(library: &Library) -> ProjectId {
    let id = library.create_project("The whale's \"lamp\" 🐋").await.unwrap();
    let store = library.project_store(&id);
    let mut frames = Vec::new();
    for n in 0..3 {
        frames.push(store.keep(kept("frame/sh_1", json!(n), format!("picture {n}").as_bytes())).await.unwrap());
    }
    let film = KeyForm {
        agent: "cutter".to_owned(),
        version: "1".to_owned(),
        model: json!({"encoder": 1.5}),
        view: json!([1]),
    };
    let output = Output { value: json!({"title": "x", "level": -16.25}), blobs: Vec::new() }
        .with("video", "video/mp4", BlobSource::Bytes(vec![7; 200_000]))
        .with("srt", "application/x-subrip", BlobSource::Bytes(b"1\n".to_vec()));
    let film = store
        .keep(Kept { run: RunId("run_a".to_owned()), slot: slot("film"), form: film, output, took_ms: 5 })
        .await
        .unwrap();
    let run = RunId("run_a".to_owned());
    let cover = film.blobs.iter().find(|blob| blob.role == "srt").cloned();
    let changes = vec![
        Change::Stage("film".to_owned()),
        Change::Cover(cover),
        Change::Duration(Some(30_000)),
        Change::Document { name: "record".into(), value: json!({"film": film.key, "models": {"url": "http://evil"}}) },
        Change::Message { id: MessageId::new(), role: "you".into(), body: json!({"text": "a whale"}) },
        Change::Message { id: MessageId::new(), role: "workprint".into(), body: json!({"key": film.key}) },
        Change::RunStarted { id: RunId("run_0".to_owned()), order: json!({"n": 0}) },
        Change::RunEnded { id: RunId("run_0".to_owned()), outcome: RunOutcome::Finished },
        Change::Event { run: Some(RunId("run_0".to_owned())), body: json!({"type": "task", "slot": "film"}) },
        Change::RunStarted { id: run.clone(), order: json!({"n": 1, "models": {"url": "http://evil"}}) },
        Change::Event { run: Some(run.clone()), body: json!({"type": "task", "slot": "film", "at_ms": 5}) },
        Change::Event { run: None, body: json!({"type": "history"}) },
        Change::Edition { value: json!({"pins": {}}), words: "begun".into() },
        Change::Edition { value: json!({"pins": {"frame/sh_1": frames[1].key}}), words: "chosen".into() },
        Change::Pin { slot: slot("frame/sh_1"), key: frames[1].key.clone() },
        Change::Verdict {
            slot: slot("frame/sh_1"),
            key: frames[0].key.clone(),
            verdict: Verdict::Rejected,
            reason: "too dark".into(),
        },
        Change::Approve { key: frames[1].key.clone() },
    ];
    library.commit(&id, changes).await.unwrap();
    id
}

/// Everything that a library shows of a project, but for its own id and times.
async fn shown(library: &Library, id: &ProjectId) -> Value {
    let snapshot = library.snapshot(id).await.unwrap();
    let mut takes = BTreeMap::new();
    for of in snapshot.slots.keys() {
        let of_slot = library.takes_of(id, of).await.unwrap();
        let told =
            |take: &library::Take| json!([take.key, take.form, take.parent, take.pinned, take.verdict.is_some()]);
        takes.insert(of.to_string(), of_slot.iter().map(told).collect::<Vec<_>>());
    }
    let mut blobs = BTreeMap::new();
    for key in snapshot.slots.values().chain(snapshot.pins.values()) {
        for blob in library.artifact(key).await.unwrap().unwrap().blobs {
            let file = library.blob_by_hash(&blob.hash).await.unwrap().expect("its file is there");
            blobs.insert(blob.hash.as_str().to_owned(), std::fs::read(file.path).unwrap());
        }
    }
    let bodies: Vec<Value> =
        library.events_after(id, 0, 1000).await.unwrap().iter().map(|event| (*event.body).clone()).collect();
    json!({
        "title": snapshot.project.title, "stage": snapshot.project.stage, "duration": snapshot.project.duration_ms,
        "cover": snapshot.project.cover, "documents": snapshot.documents, "takes": takes, "blobs": blobs,
        "messages": snapshot.messages.iter().map(|m| json!([m.id, m.role, m.body])).collect::<Vec<_>>(),
        "slots": snapshot.slots, "pins": snapshot.pins, "events": bodies,
        "editions": library.editions(id).await.unwrap(), "verdicts": library.verdicts(id).await.unwrap(),
    })
}

#[tokio::test]
async fn a_project_is_the_same_in_another_library() {
    let (here, there, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (library, other) = (open(here.path()), open(there.path()));
    let id = full(&library).await;
    let run = RunId("run_a".to_owned());
    library.end_run(&id, &run, RunOutcome::Finished).await.unwrap();
    let file = out.path().join("whale.workprint");
    let bytes = write(&library, &id, true, &file).await.unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().len(), bytes);

    let new = read(&other, &file).await.unwrap();
    assert_ne!(new, id, "it is a project of its own");
    let (mut was, is) = (shown(&library, &id).await, shown(&other, &new).await);
    was["documents"]["record"].as_object_mut().unwrap().remove("models");
    assert_eq!(is, was, "and the same but for what must not travel");
    let runs = other.runs(&new).await.unwrap();
    assert_eq!((runs.len(), &runs[1].order), (2, &json!({"n": 1})));
    assert_eq!(other.standing(&new, &run).await.unwrap().len(), library.standing(&id, &run).await.unwrap().len());
    // Whoever makes the same there finds it.
    let store = other.project_store(&new);
    assert!(store.find(&form(json!(2)).key()).await.unwrap().is_some());
    // Once more, and back where it came from: each is a project, nothing is stored twice.
    let before = files_below(&here.path().join("blobs"));
    read(&library, &file).await.unwrap();
    read(&library, &file).await.unwrap();
    assert_eq!(library.projects().await.unwrap().len(), 3);
    assert_eq!(files_below(&here.path().join("blobs")), before);
    assert_eq!(other.collect_garbage().await.unwrap().files, 0, "everything is used");
}

#[tokio::test]
async fn without_history_it_is_what_it_is_now() {
    let (here, there, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (library, other) = (open(here.path()), open(there.path()));
    let id = full(&library).await;
    let file = out.path().join("whale.workprint");
    write(&library, &id, false, &file).await.unwrap();
    let new = read(&other, &file).await.unwrap();
    let snapshot = other.snapshot(&new).await.unwrap();
    assert_eq!((snapshot.messages.len(), snapshot.runs.len()), (2, 1));
    assert_eq!(snapshot.runs[0].outcome, Some(RunOutcome::Cancelled), "a run that did not end is over here");
    let editions = other.editions(&new).await.unwrap();
    assert_eq!((editions.all.len(), editions.current, editions.undo()), (1, Some(2), None));
    let takes = other.takes_of(&new, &slot("frame/sh_1")).await.unwrap();
    assert_eq!(takes.len(), 1, "the present one; what was chosen is held by its pin");
    assert_eq!(other.pins(&new).await.unwrap(), library.pins(&id).await.unwrap());
    let seqs: Vec<u32> = other.events_after(&new, 0, 100).await.unwrap().iter().map(|event| event.seq).collect();
    assert_eq!(seqs, (1..=seqs.len() as u32).collect::<Vec<_>>(), "no gap");
}

#[tokio::test]
async fn a_result_that_lost_a_file_is_left_behind() {
    let (here, there, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (library, other) = (open(here.path()), open(there.path()));
    let id = full(&library).await;
    let lost = library.results(&id, vec![slot("film")]).await.unwrap().pop_first().unwrap().1;
    let video = library.blob_by_hash(&lost.blob("video").unwrap().hash).await.unwrap().unwrap();
    std::fs::remove_file(video.path).unwrap();
    let file = out.path().join("whale.workprint");
    write(&library, &id, true, &file).await.unwrap();
    let new = read(&other, &file).await.unwrap();
    assert!(other.slots(&new).await.unwrap().keys().all(|of| *of != slot("film")));
}

#[tokio::test]
async fn a_work_that_is_stopped_ends() {
    let (here, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let library = open(here.path());
    let id = full(&library).await;
    let file = out.path().join("whale.workprint");
    let stopped = library.write_project(&id, true, &file, (fit, Arc::new(|_: f32| false))).await;
    assert_eq!(stopped, Err(LibraryError::Stopped));
    write(&library, &id, true, &out.path().join("b")).await.unwrap();
    let stopped = library.read_project(&out.path().join("b"), (fit, Arc::new(|_: f32| false))).await;
    assert_eq!((stopped, library.projects().await.unwrap().len()), (Err(LibraryError::Stopped), 1));
    assert_eq!(files_below(&here.path().join("scratch")), 0);
}

/// The entries of an archive.
fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (entry.name().unwrap().into_owned(), content)
        })
        .collect()
}

fn archive(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        archive.start_file(name.as_str(), plain).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The file with its rows changed, and a manifest that agrees with them.
fn with_rows(whole: &[u8], change: impl Fn(&mut Vec<Value>)) -> Vec<u8> {
    let mut all = entries(whole);
    let rows = all.iter().position(|(name, _)| name == "rows.jsonl").unwrap();
    let mut lines: Vec<Value> = all[rows]
        .1
        .split(|b| *b == b'\n')
        .filter(|l| !l.is_empty())
        .map(|l| serde_json::from_slice(l).unwrap())
        .collect();
    change(&mut lines);
    let text: String = lines.iter().flat_map(|line| [line.to_string(), "\n".to_owned()]).collect();
    all[rows].1 = text.into_bytes();
    let (hash, bytes) = (blake3_of(&all[rows].1), all[rows].1.len());
    with_manifest(&archive(&all), |manifest| {
        manifest["rows_hash"] = json!(hash);
        manifest["rows_bytes"] = json!(bytes);
    })
}

fn with_manifest(whole: &[u8], change: impl Fn(&mut Value)) -> Vec<u8> {
    let mut all = entries(whole);
    let at = all.iter().position(|(name, _)| name == "manifest.json").unwrap();
    let mut manifest: Value = serde_json::from_slice(&all[at].1).unwrap();
    change(&mut manifest);
    all[at].1 = serde_json::to_vec(&manifest).unwrap();
    archive(&all)
}

/// The hash of bytes as the library has it: that of a blob that it keeps.
fn blake3_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// A library with one project, and all that is on its disk.
struct Stood {
    home: tempfile::TempDir,
    library: Library,
    project: ProjectId,
    before: Value,
    blobs: usize,
}

impl Stood {
    async fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let library = open(home.path());
        let project = library.create_project("Mine").await.unwrap();
        library.project_store(&project).keep(kept("frame/sh_9", json!("mine"), b"mine")).await.unwrap();
        let before = shown(&library, &project).await;
        let blobs = files_below(&home.path().join("blobs"));
        Self { home, library, project, before, blobs }
    }

    /// Demands that a file is refused and that nothing is another than it was.
    async fn refuses(&self, bytes: &[u8], why: &str) -> LibraryError {
        let file = self.home.path().parent().unwrap().join(format!("{}.workprint", self.project.as_str()));
        std::fs::write(&file, bytes).unwrap();
        let told = read(&self.library, &file).await;
        std::fs::remove_file(&file).unwrap();
        self.is_as_it_was(why).await;
        told.expect_err(why)
    }

    async fn is_as_it_was(&self, why: &str) {
        assert_eq!(self.library.projects().await.unwrap().len(), 1, "{why}");
        assert_eq!(shown(&self.library, &self.project).await, self.before, "{why}");
        assert_eq!(files_below(&self.home.path().join("blobs")), self.blobs, "{why}");
        assert_eq!(files_below(&self.home.path().join("scratch")), 0, "{why}");
    }
}

async fn whole_file() -> Vec<u8> {
    let (here, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let library = open(here.path());
    let id = full(&library).await;
    let file = out.path().join("whale.workprint");
    write(&library, &id, true, &file).await.unwrap();
    std::fs::read(file).unwrap()
}

/// Files that are wrong, and what is wrong with them.
fn hostile(whole: &[u8]) -> Vec<(Vec<u8>, &'static str)> {
    let manifest = |change: &dyn Fn(&mut Value)| with_manifest(whole, change);
    let rows = |change: &dyn Fn(&mut Vec<Value>)| with_rows(whole, change);
    let altered = |change: &dyn Fn(&mut Entries, usize)| {
        let mut all = entries(whole);
        let blob = all.iter().position(|(name, _)| name.starts_with("blobs/")).unwrap();
        change(&mut all, blob);
        archive(&all)
    };
    let nothing = || json!("a".repeat(64));
    vec![
        (b"PK\x03\x04 but no".to_vec(), "no archive"),
        (Vec::new(), "nothing"),
        (archive(&[("hello.txt".to_owned(), b"hello".to_vec())]), "another archive"),
        (manifest(&|m| m["version"] = json!(0)), "no version"),
        (manifest(&|m| m["format"] = json!("zip")), "another format"),
        (manifest(&|m| m["rows_hash"] = json!("0".repeat(64))), "another hash of the rows"),
        (manifest(&|m| m["project"]["edition"] = json!(77)), "a present state that is not there"),
        (manifest(&serve_a_page), "a page"),
        (altered(&|all, _| all.push(("../../escaped".to_owned(), b"out".to_vec()))), "a path that leads out"),
        (altered(&|all, blob| "blobs/../../../etc/cron.d/x".clone_into(&mut all[blob].0)), "a blob elsewhere"),
        (altered(&|all, blob| all[blob].1.fill(0)), "a blob with other bytes"),
        (altered(&|all, blob| all[blob].1.resize(10_000_000, 0)), "a blob longer than it says"),
        // A result under a key that it does not have would be taken for another's.
        (rows(&|rows| of(rows, "artifact")["form"]["view"] = json!("else")), "another form"),
        (rows(&|rows| of(rows, "artifact")["key"] = nothing()), "another key"),
        (rows(&|rows| of(rows, "take")["key"] = nothing()), "a take of nothing"),
        (rows(&|rows| of(rows, "pin")["key"] = nothing()), "a pin of nothing"),
        (rows(&|rows| of(rows, "take")["slot"] = json!("../x y")), "no slot"),
        (rows(&|rows| of(rows, "event")["seq"] = json!(9)), "a gap"),
        (rows(&|rows| of(rows, "edition")["parent"] = json!(5)), "a later parent"),
        (rows(&|rows| of(rows, "message")["id"] = json!("'; drop table projects")), "no id"),
        (rows(&|rows| of(rows, "run")["id"] = json!("x".repeat(5000))), "a long name"),
        (rows(&|rows| of(rows, "document")["sql"] = json!(1)), "a field that rows do not have"),
        (rows(&|rows| rows.push(json!({"row": "setting", "name": "x"}))), "a row of another kind"),
        (rows(&|rows| rows.extend(rows.clone())), "everything twice"),
        // It says of a blob that it is as long as no disk is.
        (rows(&|rows| of(rows, "artifact")["blobs"][0]["bytes"] = json!(1u64 << 60)), "more than it holds"),
    ]
}

/// Says of a blob that it is a web page.
fn serve_a_page(manifest: &mut Value) {
    let hash = manifest["blobs"].as_object().unwrap().keys().next().unwrap().clone();
    manifest["blobs"][hash]["media"] = json!("text/html");
}

#[tokio::test]
async fn a_hostile_file_is_refused_in_words_and_changes_nothing() {
    let whole = Box::pin(whole_file()).await;
    let stood = Stood::new().await;
    for (bytes, why) in hostile(&whole) {
        let error = Box::pin(stood.refuses(&bytes, why)).await;
        assert!(matches!(&error, LibraryError::NotAProject { .. }) && !error.hint().is_empty(), "{why}: {error}");
    }
    assert!(!stood.home.path().join("../../escaped").exists());
    for later in [json!({"version": 2}), json!({"version": 9, "more": 1})] {
        let bytes = with_manifest(&whole, |m| m.as_object_mut().unwrap().extend(later.as_object().unwrap().clone()));
        let newer = Box::pin(stood.refuses(&bytes, "a later version")).await;
        assert!(
            matches!(newer, LibraryError::NewerProject { known: 1, .. }),
            "what it has beside is not looked at: {newer}"
        );
    }
    // And the whole file is good.
    assert!(Box::pin(read_bytes(&stood, &whole)).await.is_ok());
}

async fn read_bytes(stood: &Stood, bytes: &[u8]) -> Result<ProjectId, LibraryError> {
    let file = stood.home.path().parent().unwrap().join(format!("{}-good.workprint", stood.project.as_str()));
    std::fs::write(&file, bytes).unwrap();
    let told = read(&stood.library, &file).await;
    std::fs::remove_file(&file).unwrap();
    told
}

/// The first row of a kind.
fn of<'a>(rows: &'a mut [Value], kind: &str) -> &'a mut Value {
    rows.iter_mut().find(|row| row["row"] == kind).unwrap_or_else(|| panic!("there is a {kind}"))
}

#[test]
fn two_hundred_mutated_files_change_nothing() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let whole = runtime.block_on(whole_file());
    let stood = runtime.block_on(Stood::new());
    let config = ProptestConfig { cases: 200, ..ProptestConfig::default() };
    proptest!(config, |(at in prop::collection::vec(any::<prop::sample::Index>(), 1..6), to in any::<u8>(), how in 0u8..4)| {
        let mut bytes = whole.clone();
        match how {
            // Bytes turned, a part cut out, the end cut off, a part doubled.
            0 => at.iter().for_each(|at| { let at = at.index(bytes.len()); bytes[at] ^= to.max(1); }),
            1 => { let from = at[0].index(bytes.len()); let end = (from + 1 + usize::from(to) * 8).min(bytes.len()); bytes.drain(from..end); }
            2 => bytes.truncate(at[0].index(bytes.len())),
            _ => { let from = at[0].index(bytes.len()); let part = bytes[from..(from + 64).min(bytes.len())].to_vec(); bytes.splice(from..from, part); }
        }
        runtime.block_on(async {
            let told = read_bytes(&stood, &bytes).await;
            match told {
                Err(_) => stood.is_as_it_was("a mutated file").await,
                // A turned byte that says nothing (a time, a permission): then everything is there, and it can be deleted.
                Ok(id) => {
                    let all = library_rows(&stood.library, &id).await;
                    assert!(all > 5, "a project that was taken is whole");
                    purge(&stood).await;
                }
            }
        });
    });
}

async fn library_rows(library: &Library, id: &ProjectId) -> usize {
    let snapshot = library.snapshot(id).await.unwrap();
    snapshot.messages.len() + snapshot.slots.len() + snapshot.documents.len() + snapshot.runs.len()
}

/// Takes what a good file brought out again.
async fn purge(stood: &Stood) {
    let connection = rusqlite::Connection::open(stood.home.path().join("library.db")).unwrap();
    connection.pragma_update(None, "foreign_keys", true).unwrap();
    connection.execute("delete from projects where id != ?1", [stood.project.as_str()]).unwrap();
    drop(connection);
    stood.library.collect_garbage().await.unwrap();
    stood.is_as_it_was("after a good file went").await;
}
