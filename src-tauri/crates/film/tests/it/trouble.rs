//! What goes wrong, and what is left behind then.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use film::{CutOrder, Ffmpeg, FilmError, Footage, FrameOrder, MixOrder, Segment, conform_shot, cut, mix, probe, still};
use tokio_util::sync::CancellationToken;

use crate::support::{QUIET, SMALL, ffmpeg, film, filmed, frames, music, never};

fn names(folder: &Path) -> Vec<String> {
    std::fs::read_dir(folder).unwrap().flatten().map(|f| f.file_name().to_string_lossy().into_owned()).collect()
}

#[tokio::test]
async fn without_ffmpeg_a_person_is_told_how_to_get_it() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("ffmpeg");
    let error = Ffmpeg::at(&nowhere, Some(&nowhere)).await.unwrap_err();
    assert!(matches!(error, FilmError::NoFfmpeg { .. }), "{error:?}");
    assert!(error.to_string().contains(nowhere.to_str().unwrap()), "{error}");
    assert!(error.hint().contains("WORKPRINT_FFMPEG") && !error.is_retryable());
    // A file that is no program.
    let fake = folder.path().join("text");
    std::fs::write(&fake, "not a program").unwrap();
    assert!(matches!(Ffmpeg::at(&fake, Some(&fake)).await, Err(FilmError::NoFfmpeg { .. })));
}

#[cfg(unix)]
#[tokio::test]
async fn an_ffmpeg_that_cannot_encode_is_refused_and_a_full_disk_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let script = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    };
    let poor = script("poor", "#!/bin/sh\necho ' A..... aac AAC'\necho ' V..... h264_nvenc x'\n[ $# -lt 4 ]\n");
    let error = Ffmpeg::at(&poor, Some(&poor)).await.unwrap_err();
    assert!(matches!(error, FilmError::NoEncoder { what: "H.264 pictures", .. }), "{error:?}");

    let full = "#!/bin/sh\necho 'ffmpeg version 9.9 x'\necho ' A..... aac AAC'\necho ' V..... libx264 x'\n\
                case \"$*\" in *lavfi*) exit 0;; *-encoders*|*-version*) exit 0;; esac\n\
                echo 'av_interleaved_write_frame(): No space left on device' >&2\nexit 1\n";
    let full = script("full", full);
    let ffmpeg = Ffmpeg::at(&full, Some(&full)).await.unwrap();
    assert!(ffmpeg.identity().contains("libx264") && ffmpeg.identity().contains("9.9"), "{}", ffmpeg.identity());
    assert_eq!(ffmpeg.codec_report().h264, "libx264");
    let out = folder.path().join("out.mp4");
    let (plain, drawn) = (Segment::plain(SMALL, 30, 30), Footage::Frames(frames(SMALL, 30, 90)));
    let error = conform_shot(&ffmpeg, &plain, &drawn, None, &out, &never(), QUIET).await.unwrap_err();
    assert!(matches!(error, FilmError::DiskFull { .. }), "{error:?}");
    assert!(error.hint().contains("space"));
    assert_eq!(names(folder.path()).len(), 2, "nothing is left behind");
}

#[tokio::test]
async fn a_file_that_is_no_video_is_named() {
    let (ffmpeg, folder) = (ffmpeg().await, tempfile::tempdir().unwrap());
    let path = folder.path().join("page.mp4");
    std::fs::write(&path, "<html>Not found</html>").unwrap();
    let error = probe(&ffmpeg, &path, &never()).await.unwrap_err();
    assert!(matches!(&error, FilmError::Unusable { .. }) && error.to_string().contains("page.mp4"), "{error}");
    let layout = film(SMALL, 4000, &[(4000, true, "", 0)]);
    let segment = Segment::of(&layout.timeline, 0).unwrap();
    let out = folder.path().join("out.mp4");
    for clip in [path.clone(), music(folder.path(), 1), folder.path().join("missing.mp4")] {
        let clip = Footage::from(clip.as_path());
        let error = conform_shot(&ffmpeg, &segment, &clip, None, &out, &never(), QUIET).await.unwrap_err();
        assert!(matches!(error, FilmError::Unusable { .. }), "{error:?}");
    }
    assert!(still(&ffmpeg, &path, 0, None, &folder.path().join("x.png"), &never()).await.is_err());
    let mut left = names(folder.path());
    left.sort();
    assert_eq!(left, ["music.wav", "page.mp4"]);
}

#[tokio::test]
async fn a_cancelled_encode_ends_at_once_and_leaves_nothing() {
    let (ffmpeg, folder) = (ffmpeg().await, tempfile::tempdir().unwrap());
    let cancel = CancellationToken::new();
    let (at, reached) = (cancel.clone(), Arc::new(std::sync::Mutex::new(None)));
    let seen = reached.clone();
    let progress = move |part: f32| {
        if part > 0.01 && !at.is_cancelled() {
            *seen.lock().unwrap() = Some(Instant::now());
            at.cancel();
        }
    };
    let (plain, drawn) = (Segment::plain(SMALL, 30, 100_000), Footage::Frames(frames(SMALL, 100_000, 90)));
    let out = folder.path().join("out.mp4");
    let error = conform_shot(&ffmpeg, &plain, &drawn, None, &out, &cancel, &progress).await.unwrap_err();
    assert!(matches!(error, FilmError::Cancelled), "{error:?}");
    let took = reached.lock().unwrap().expect("some progress").elapsed();
    // The encode itself would go on for more than ten seconds; one second is for an idle machine only.
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert_eq!(names(folder.path()), Vec::<String>::new());

    #[cfg(target_os = "linux")]
    assert_eq!(running_in(folder.path()), 0, "no child may be left");

    // What is cancelled before it starts does not start.
    let layout = film(SMALL, 4000, &[(4000, true, "", 0)]);
    let order = MixOrder {
        timeline: &layout.timeline,
        lines: &[],
        music: None,
        ambience: None,
        stems: None,
        voice_tempo_percent: 100,
    };
    let error = mix(&ffmpeg, &order, &out, &cancel, QUIET).await.unwrap_err();
    assert!(matches!(error, FilmError::Cancelled), "{error:?}");
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

/// How many processes have a file of this folder on their command line.
#[cfg(target_os = "linux")]
fn running_in(folder: &Path) -> usize {
    let folder = folder.to_str().unwrap();
    let lines =
        std::fs::read_dir("/proc").unwrap().flatten().filter_map(|p| std::fs::read(p.path().join("cmdline")).ok());
    lines.filter(|line| String::from_utf8_lossy(line).contains(folder)).count()
}

#[tokio::test]
async fn a_dropped_or_cancelled_conform_and_mix_leave_nothing() {
    let (ffmpeg, folder) = (ffmpeg().await, tempfile::tempdir().unwrap());
    let layout = film(SMALL, 600_000, &[(600_000, true, "", 0)]);
    let clip = folder.path().join("clip.mp4");
    let clip = filmed(&ffmpeg, &frames(SMALL, 30, 90), &clip).await;
    let segment = Segment::of(&layout.timeline, 0).unwrap();
    let out = folder.path().join("out.mp4");
    let (cancel, stop) = (CancellationToken::new(), CancellationToken::new());
    let stopping = stop.clone();
    let progress = move |_: f32| stopping.cancel();
    tokio::select! {
        _ = conform_shot(&ffmpeg, &segment, &clip, None, &out, &cancel, &progress) => panic!("ten minutes in a moment"),
        () = stop.cancelled() => {}
    }
    assert_eq!(names(folder.path()), ["clip.mp4"]);

    let tune = music(folder.path(), 2);
    let order = MixOrder {
        timeline: &layout.timeline,
        lines: &[],
        music: Some(&tune),
        ambience: None,
        stems: None,
        voice_tempo_percent: 100,
    };
    let stopping = cancel.clone();
    let progress = move |part: f32| {
        if part > 0.35 {
            stopping.cancel();
        }
    };
    let error = mix(&ffmpeg, &order, &folder.path().join("out.m4a"), &cancel, &progress).await.unwrap_err();
    assert!(matches!(error, FilmError::Cancelled), "{error:?}");
    let mut left = names(folder.path());
    left.sort();
    assert_eq!(left, ["clip.mp4", "music.wav"]);
}

#[tokio::test]
async fn a_frame_that_cannot_be_drawn_is_an_error_not_a_shorter_clip() {
    let (ffmpeg, folder) = (ffmpeg().await, tempfile::tempdir().unwrap());
    let broken: Arc<film::Draw> = Arc::new(|index, _| assert!(index < 20, "this frame is broken"));
    let order = |open: Arc<film::Open>| Footage::Frames(FrameOrder { size: SMALL, fps: 30, frames: 40, open });
    let plain = Segment::plain(SMALL, 30, 40);
    for drawn in [order(Arc::new(move || Ok(Arc::clone(&broken)))), order(Arc::new(|| Err("no layers".to_owned())))] {
        let out = folder.path().join("out.mp4");
        let error = conform_shot(&ffmpeg, &plain, &drawn, None, &out, &never(), QUIET).await.unwrap_err();
        assert!(matches!(error, FilmError::Draw { .. }), "{error:?}");
    }
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[tokio::test]
async fn every_call_can_run_on_any_thread() {
    fn check<F: Future + Send>(future: F) {
        drop(future);
    }
    let (ffmpeg, never, path) = (ffmpeg().await, never(), Path::new("nothing"));
    let layout = film(SMALL, 4000, &[(4000, true, "", 0)]);
    let timeline = &layout.timeline;
    let segment = Segment::of(timeline, 0).unwrap();
    let order = MixOrder { timeline, lines: &[], music: None, ambience: None, stems: None, voice_tempo_percent: 100 };
    let whole = CutOrder { timeline, segments: &[], sound: path, title: "", chapters: &[], caption_track: false };
    check(Ffmpeg::discover());
    let drawn = Footage::Frames(frames(SMALL, 1, 0));
    check(conform_shot(&ffmpeg, &segment, &drawn, Some(&drawn), path, &never, QUIET));
    check(mix(&ffmpeg, &order, path, &never, QUIET));
    check(cut(&ffmpeg, &whole, path, &never, QUIET));
    check(probe(&ffmpeg, path, &never));
    check(still(&ffmpeg, path, 0, None, path, &never));
}
