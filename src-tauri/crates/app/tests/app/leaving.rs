//! What leaves the library and what comes into it: every export of a film, and the project as a file.

use std::path::Path;
use std::sync::Arc;

use app::App;
use app::wire::{
    ErrorCode, ExportCaptions, ExportFormat, ExportOrder, ExportState, MessageBody, ProjectView, TaskStateView,
};
use film::{Ffmpeg, Probe, probe};
use tokio_util::sync::CancellationToken;

use crate::{SENTENCE, finished, make, open};

async fn save(app: &App, view: &ProjectView, order: &ExportOrder, to: &Path) -> std::path::PathBuf {
    let never = CancellationToken::new();
    app.export(&view.id, order, (to, false), &never, Arc::new(|_| {}))
        .await
        .unwrap_or_else(|p| panic!("{order:?}: {p}"))
}

async fn looked_at(path: &Path) -> Probe {
    probe(&Ffmpeg::discover().await.unwrap(), path, &CancellationToken::new()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_a_film_can_be_taken_out() {
    let (home, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = open(home.path()).await;
    let view = make(&app, SENTENCE).await;
    let film = view.film.as_ref().unwrap();
    let of = ExportOrder::of;
    let at = |name: &str| out.path().join(name);

    // As it is, it is the film, byte for byte.
    let whole = save(&app, &view, &of(ExportFormat::Mp4), &at("whole")).await;
    assert_eq!(whole, at("whole.mp4"), "with the ending of its kind");
    let kept = app.media(&film.video.id).await.unwrap().path;
    assert_eq!(std::fs::read(&whole).unwrap(), std::fs::read(kept).unwrap());

    // Otherwise it is cut again: as long, in the size and with the captions that are wanted.
    let bare = ExportOrder { captions: ExportCaptions::Off, height: Some(160), ..of(ExportFormat::Mp4) };
    let bare = looked_at(&save(&app, &view, &bare, &at("bare.mp4")).await).await;
    let (was, is) = (looked_at(&whole).await, bare);
    assert_eq!(is.video.as_ref().unwrap().frames, was.video.as_ref().unwrap().frames);
    assert_eq!(is.video.unwrap().size.height, 160);

    // A scene and a shot, by their numbers.
    let scene = ExportOrder { scene: Some(1), ..of(ExportFormat::Mp4) };
    let scene = looked_at(&save(&app, &view, &scene, &at("scene.mp4")).await).await;
    assert!(
        scene.duration_ms < was.duration_ms || view.scenes.len() == 1,
        "{} of {}",
        scene.duration_ms,
        was.duration_ms
    );
    let shot = ExportOrder { scene: Some(1), shot: Some(1), ..of(ExportFormat::Gif) };
    assert_eq!(looked_at(&save(&app, &view, &shot, &at("shot.gif")).await).await.video.unwrap().codec, "gif");

    for (format, codec) in [(ExportFormat::Wav, "pcm_s16le"), (ExportFormat::Mp3, "mp3")] {
        let sound = looked_at(&save(&app, &view, &of(format), &at(codec)).await).await;
        assert_eq!(sound.audio.unwrap().codec, codec);
    }

    // Words.
    let text = |path: std::path::PathBuf| std::fs::read_to_string(path).unwrap();
    let srt = text(save(&app, &view, &of(ExportFormat::Srt), &at("a.srt")).await);
    let stored = app.media(&film.srt.id).await.unwrap().path;
    assert_eq!(srt, text(stored), "the captions are the film's");
    assert!(text(save(&app, &view, &of(ExportFormat::Vtt), &at("a.vtt")).await).starts_with("WEBVTT"));
    let fountain = text(save(&app, &view, &of(ExportFormat::Fountain), &at("a.fountain")).await);
    let plain = text(save(&app, &view, &of(ExportFormat::Text), &at("a.txt")).await);
    for line in view.scenes.iter().flat_map(|scene| &scene.lines) {
        assert!(fountain.contains(line.as_str()), "{line:?} is not in\n{fountain}");
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        assert!(bare(&plain).contains(&bare(line)), "{line:?} is not in\n{plain}");
    }
    let csv = text(save(&app, &view, &of(ExportFormat::ShotList), &at("a.csv")).await);
    assert!(view.shots.iter().all(|shot| csv.contains(&shot.id)), "{csv}");
    for format in [ExportFormat::ScriptPdf, ExportFormat::StoryboardPdf] {
        let path = save(&app, &view, &of(format), &at(&format!("{format:?}.pdf"))).await;
        assert!(std::fs::read(path).unwrap().starts_with(b"%PDF-"));
    }

    // Pictures.
    let folder = save(&app, &view, &of(ExportFormat::Pictures), &at("frames")).await;
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), view.shots.len());
    for order in [
        of(ExportFormat::Still),
        ExportOrder { at_ms: Some(2000), ..of(ExportFormat::Still) },
        ExportOrder { shot: Some(1), ..of(ExportFormat::Still) },
        ExportOrder { scene: Some(1), ..of(ExportFormat::Still) },
    ] {
        let name = format!("still {:?} {:?} {:?}", order.at_ms, order.shot, order.scene);
        let still = save(&app, &view, &order, &at(&name)).await;
        assert!(std::fs::read(still).unwrap().starts_with(b"\x89PNG"), "{name}");
    }

    // What is wrong is said, and what is there stays.
    let never = CancellationToken::new();
    let refused = async |order: &ExportOrder, to: &Path, code: ErrorCode| {
        let problem = app.export(&view.id, order, (to, false), &never, Arc::new(|_| {})).await.unwrap_err();
        assert_eq!(problem.code, code, "{order:?}: {problem:?}");
    };
    refused(&of(ExportFormat::Srt), &at("a.srt"), ErrorCode::NotNow).await;
    refused(&ExportOrder { scene: Some(99), ..of(ExportFormat::Mp4) }, &at("x"), ErrorCode::NotFound).await;
    refused(&ExportOrder { shot: Some(99), ..of(ExportFormat::Still) }, &at("x"), ErrorCode::NotFound).await;
    refused(&ExportOrder { height: Some(7), ..of(ExportFormat::Mp4) }, &at("x"), ErrorCode::BadRequest).await;
    assert!(
        app.export(&view.id, &of(ExportFormat::Srt), (&at("a.srt/x"), false), &never, Arc::new(|_| {})).await.is_err()
    );
    assert_eq!(text(at("a.srt")), srt);
    let left: Vec<_> = std::fs::read_dir(out.path()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{left:?}");

    // By itself, it tells how it stands, and can be stopped.
    let mut told = app.exports();
    app.start_export(&view.id, "e1", of(ExportFormat::StoryboardPdf), (at("told"), true)).unwrap();
    app.start_export(&view.id, "e1", of(ExportFormat::StoryboardPdf), (at("told"), true)).unwrap();
    let mut states = Vec::new();
    while let Ok(one) = told.recv().await {
        states.push((one.state, one.percent));
        if one.state != ExportState::Going {
            assert_eq!(one.path, at("told.pdf").display().to_string());
            break;
        }
    }
    assert_eq!(states.first().unwrap().0, ExportState::Going);
    assert_eq!(states.last(), Some(&(ExportState::Done, 100)));
    let long = ExportOrder { height: Some(720), ..of(ExportFormat::Mp4) };
    app.start_export(&view.id, "e2", long, (at("stopped"), true)).unwrap();
    app.cancel_export("e2");
    let last = loop {
        let one = told.recv().await.unwrap();
        if one.request == "e2" && one.state != ExportState::Going {
            break one;
        }
    };
    assert_eq!((last.state, at("stopped.mp4").exists()), (ExportState::Cancelled, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_goes_on_in_another_library_without_a_repeated_call() {
    let (here, there, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (app, other) = (open(here.path()).await, open(there.path()).await);
    let view = make(&app, SENTENCE).await;
    let file = save(&app, &view, &ExportOrder::of(ExportFormat::Project), &out.path().join("whale")).await;

    let id = other.import_project("r", &file).await.unwrap();
    assert_eq!(other.import_project("r", &file).await.unwrap(), id, "the same request is done once");
    let moved = other.project(&id).await.unwrap();
    let bare = |view: &ProjectView| {
        let ProjectView { title, stage, messages, brief, cast, scenes, shots, film, .. } = view.clone();
        (title, stage, messages, brief, cast, scenes, shots, film)
    };
    assert_eq!(bare(&moved), bare(&view), "it shows the same");
    for shot in &moved.shots {
        let media = shot.clip.as_ref().unwrap();
        let (a, b) = (app.media(&media.id).await.unwrap(), other.media(&media.id).await.unwrap());
        assert_eq!(std::fs::read(a.path).unwrap(), std::fs::read(b.path).unwrap(), "byte for byte");
    }
    // The whole film is asked for again there, and every result is found.
    other.start(&id, "again").await.unwrap();
    let again = finished(&other, &id).await;
    let run = again.run.as_ref().unwrap();
    let made: Vec<_> = run.tasks.iter().filter(|t| t.state != TaskStateView::Cached).map(|t| &t.slot).collect();
    assert!(!run.tasks.is_empty() && made.is_empty(), "made again: {made:?}");
    assert_eq!(again.film.as_ref().map(|film| &film.video), view.film.as_ref().map(|film| &film.video));

    // A damaged one is refused in words.
    let mut bytes = std::fs::read(&file).unwrap();
    bytes.truncate(bytes.len() / 2);
    let half = out.path().join("half.workprint");
    std::fs::write(&half, bytes).unwrap();
    let problem = other.import_project("h", &half).await.unwrap_err();
    assert!(problem.code == ErrorCode::BadFile && !problem.hint.is_empty(), "{problem:?}");
    assert_eq!(other.projects().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_in_words_is_offered() {
    let home = tempfile::tempdir().unwrap();
    let app = open(home.path()).await;
    let none = app.say(None, "export the script as PDF").await.unwrap();
    assert_eq!(none.replies.len(), 1, "there is nothing yet: {none:?}");
    let view = make(&app, SENTENCE).await;
    app.say(Some(&view.id), "export the script as PDF").await.unwrap();
    let view = app.project(&view.id).await.unwrap();
    let Some(MessageBody::Export { text, order }) = view.messages.last().map(|message| message.body.clone()) else {
        panic!("{:?}", view.messages.last());
    };
    assert_eq!(order.format, ExportFormat::ScriptPdf);
    assert!(text.contains("PDF"), "{text}");

    // Care: what it takes, what can go, and a report that tells nothing of it.
    let usage = app.usage().await.unwrap();
    assert!(usage.media_kb > 0 && usage.media_count > 10 && usage.database_kb > 0, "{usage:?}");
    app.clean_up().await.unwrap();
    let after = app.project(&view.id).await.unwrap();
    assert_eq!((after.film, after.shots), (view.film, view.shots), "nothing that is used went");
    let report = app.problem_report().await.unwrap();
    assert!(report.contains("Workprint") && !report.contains("whale") && !report.contains(&view.title), "{report}");
}
