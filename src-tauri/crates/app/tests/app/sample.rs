//! A new library begins with a film to play.

use std::path::Path;
use std::process::Command;

use app::wire::{MessageBody, ProjectCard, RunState, Stage, TaskStateView};
use app::{App, Options};
use engine::{Blob, BlobHash};
use library::Library;
use serde_json::{Value, json};

use crate::{SMALL, finished, open, start};

/// What the sample is made from.
const IDEA: &str = "Make a 20-second watercolor film about an old lighthouse keeper who befriends a white whale. \
                    Gentle, a little melancholy.";
/// The slots that are packed: what a project shows.
const SHOWN: [&str; 8] = ["look", "script", "cast", "places", "board/", "frame/", "segment/", "film"];

async fn open_new(home: &Path) -> App {
    App::open_with(home, &Options { sample: true, ..SMALL }).await.expect("the library opens")
}

async fn only(app: &App) -> ProjectCard {
    let mut cards = app.projects().await.unwrap();
    assert_eq!(cards.len(), 1, "{cards:?}");
    cards.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_is_a_project_like_any() {
    let home = tempfile::tempdir().unwrap();
    let app = open_new(home.path()).await;
    let card = only(&app).await;
    assert!(card.sample && card.stage == Stage::Film, "{card:?}");
    assert!((18_000..=21_000).contains(&card.duration_ms), "{card:?}");

    let view = app.project(&card.id).await.unwrap();
    let film = view.film.as_ref().expect("a film");
    let mut media = vec![card.cover.as_ref().unwrap(), &film.video, &film.poster, &film.srt, &film.vtt];
    for shot in &view.shots {
        media.extend([shot.frame.as_ref().expect("a still"), shot.clip.as_ref().expect("a clip")]);
    }
    media.extend(view.cast.iter().map(|c| c.portrait.as_ref().expect("a portrait")));
    for shown in media {
        let file = app.media(&shown.id).await.unwrap();
        assert_eq!((std::fs::metadata(&file.path).unwrap().len(), &file.media), (file.bytes, &shown.media));
    }
    assert_eq!(film.shots.len(), view.shots.len());
    assert!(view.brief.is_some() && view.plan.as_ref().is_some_and(|p| p.can_start) && !film.outdated);
    assert!(view.scenes.iter().any(|s| !s.lines.is_empty()));
    let told = view.messages.iter().find_map(|m| match &m.body {
        MessageBody::Film { film, .. } => Some(film),
        _ => None,
    });
    assert_eq!(told.map(|f| &f.video), Some(&film.video), "the conversation shows the film");
    let run = view.run.as_ref().unwrap();
    assert_eq!(run.state, RunState::Finished);
    assert!(run.took_ms > 0 && run.tasks.iter().all(|t| t.state == TaskStateView::Done));

    let saved = app.save_film(&card.id, &home.path().join("fox")).await.unwrap();
    assert!(std::fs::read(saved).unwrap().len() > 100_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_comes_once() {
    let home = tempfile::tempdir().unwrap();
    let app = open_new(home.path()).await;
    let sample = only(&app).await;
    let copy = app.duplicate_project(&sample.id, "").await.unwrap();
    assert!(app.home().await.unwrap().projects.iter().all(|p| p.sample == (p.id == sample.id)), "a copy is one's own");
    app.delete_project(&copy).await.unwrap();
    app.close().await;
    drop(app);

    let app = open_new(home.path()).await;
    assert_eq!(only(&app).await, sample);
    app.delete_project(&sample.id).await.unwrap();
    app.close().await;
    drop(app);
    assert!(open_new(home.path()).await.projects().await.unwrap().is_empty(), "deleted it stays deleted");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_new_library_gets_the_sample() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    assert!(app.projects().await.unwrap().is_empty(), "only who asks for it");
    let own = app.create_project("").await.unwrap();
    app.delete_project(&own).await.unwrap();
    app.close().await;
    drop(app);
    assert!(open_new(home.path()).await.projects().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_that_was_cut_off_is_made_anew() {
    let home = tempfile::tempdir().unwrap();
    {
        let library = Library::open(home.path()).unwrap().library;
        let half = library.create_project("half").await.unwrap();
        library.set_setting("sample", json!({ "project": half, "whole": false })).await.unwrap();
    }
    let card = only(&open_new(home.path()).await).await;
    assert!(card.sample && card.stage == Stage::Film, "{card:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_version_of_the_sample_is_made_whole() {
    let home = tempfile::tempdir().unwrap();
    let app = open_new(home.path()).await;
    let sample = only(&app).await;
    let packed = app.project(&sample.id).await.unwrap().film.unwrap();
    app.another_version(&sample.id, "").await.unwrap();
    let view = finished(&app, &sample.id).await;
    assert_eq!(view.brief.unwrap().version, 2);
    assert!(
        view.run.unwrap().tasks.iter().all(|t| t.state == TaskStateView::Done),
        "nothing of the pack is a result of a run"
    );
    let film = view.film.unwrap();
    assert_ne!(film.video, packed.video);
    assert_eq!((film.width, film.height), (256, 144));
}

/// Not a test: makes the film of the sample and packs it (`make sample`).
#[tokio::test(flavor = "multi_thread")]
#[ignore = "writes the sample: make sample"]
async fn the_sample_is_made_anew() {
    if std::env::var_os("WORKPRINT_WRITE_SAMPLE").is_none() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let app = App::open_with(home.path(), &Options { size: Some((854, 480)), ..Options::default() }).await.unwrap();
    let project = start(&app, IDEA).await;
    let view = finished(&app, &project).await;
    app.close().await;
    drop(app);

    let library = Library::open_read_only(home.path()).unwrap();
    let id = library.projects().await.unwrap().remove(0).id;
    let snapshot = library.snapshot(&id).await.unwrap();
    let run = snapshot.runs.last().unwrap();
    let events = library.events_after(&id, 0, 100_000).await.unwrap();
    let events: Vec<Value> =
        events.into_iter().filter(|e| e.run.as_ref() == Some(&run.id)).map(|e| (*e.body).clone()).collect();
    let (mut results, mut blobs) = (Vec::new(), Vec::new());
    for (slot, key) in &snapshot.slots {
        let name = slot.as_str();
        if !SHOWN.iter().any(|s| name == *s || s.ends_with('/') && name.starts_with(s)) && !name.ends_with("-front") {
            continue;
        }
        let artifact = library.artifact(key).await.unwrap().unwrap();
        let mut packed = Vec::new();
        for blob in artifact.blobs.iter().filter(|b| b.media != "application/json") {
            let (media, bytes) = smaller(&library, blob, name).await;
            packed.push(json!({ "role": blob.role, "media": media, "bytes": bytes.len() }));
            blobs.extend(bytes);
        }
        results.push(json!({ "slot": slot, "value": artifact.value, "blobs": packed }));
    }
    let manifest = json!({
        "title": snapshot.project.title,
        "duration_ms": view.film.unwrap().duration_ms,
        "record": snapshot.documents["record"],
        "messages": snapshot.messages.iter().map(|m| json!({ "role": m.role, "body": m.body })).collect::<Vec<_>>(),
        "run": run.id,
        "order": run.order,
        "events": events,
        "results": results,
    });
    let manifest = serde_json::to_vec(&manifest).unwrap();
    let pack = [&u32::try_from(manifest.len()).unwrap().to_le_bytes()[..], &manifest, &blobs].concat();
    assert!(pack.len() <= 4_000_000, "the sample has {} bytes; it must not weigh on the program", pack.len());
    std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample/sample.pack"), pack).unwrap();
}

/// A blob as it is packed: stills as JPEG, videos coded smaller, the rest as it is.
async fn smaller(library: &Library, blob: &Blob, slot: &str) -> (String, Vec<u8>) {
    let hash: &BlobHash = &blob.hash;
    let from = library.blob_by_hash(hash).await.unwrap().unwrap().path;
    let film = [
        "-c:v",
        "libx264",
        "-preset",
        "slow",
        "-crf",
        "27",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-b:a",
        "96k",
        "-movflags",
        "+faststart",
    ];
    let clip = [
        "-an",
        "-vf",
        "scale=640:-2",
        "-c:v",
        "libx264",
        "-preset",
        "slow",
        "-crf",
        "31",
        "-pix_fmt",
        "yuv420p",
        "-movflags",
        "+faststart",
    ];
    let (media, ending, how): (_, _, &[&str]) = match (blob.media.as_str(), slot) {
        ("image/png", _) => ("image/jpeg", "jpg", &["-q:v", "3"]),
        ("video/mp4", "film") => ("video/mp4", "mp4", &film),
        ("video/mp4", _) => ("video/mp4", "mp4", &clip),
        (other, _) => return (other.to_owned(), std::fs::read(from).unwrap()),
    };
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("small").with_extension(ending);
    let done =
        Command::new("ffmpeg").args(["-v", "error", "-nostdin", "-i"]).arg(from).args(how).arg(&to).status().unwrap();
    assert!(done.success(), "{slot}");
    (media.to_owned(), std::fs::read(to).unwrap())
}
