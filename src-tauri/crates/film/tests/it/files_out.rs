//! What is taken out as moving pictures, sound and pictures: opened again, whole or not there, never over another file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use film::export::{
    Captions, Over, Part, Recut, RecutShot, SoundFormat, animated, copy_new, part, picture_folder, recut, sound_of,
    write_new,
};
use film::{Chapter, CutOrder, FilmError, Footage, Layout, MixOrder, Segment, conform_shot, cut, mix, probe, still};
use story::{CardText, Size};

use crate::papers::{draw, lighthouse};
use crate::support::{QUIET, SMALL, ffmpeg, film, filmed, frames, music, never};

/// A film of two shots on the disk, with a caption over the second, and the clips it is cut from.
struct Made {
    folder: tempfile::TempDir,
    layout: Layout,
    clips: Vec<Footage>,
    film: PathBuf,
}

async fn made() -> Made {
    let (ffmpeg, folder) = (ffmpeg().await, tempfile::tempdir().unwrap());
    let text = "Nobody on the mainland knew why the lamp had never gone out.";
    let layout = film(SMALL, 6000, &[(2500, true, "", 0), (3500, true, text, 2400)]);
    let timeline = &layout.timeline;
    let mut clips = Vec::new();
    let mut segments = Vec::new();
    for (index, timed) in timeline.shots.iter().enumerate() {
        let clip = folder.path().join(format!("clip{index}.mp4"));
        let order = frames(SMALL, timed.frames + timed.tail_frames, 60 + index as u8 * 60);
        let clip = filmed(&ffmpeg, &order, &clip).await;
        let segment = folder.path().join(format!("segment{index}.mp4"));
        let plan = Segment::of(timeline, index).unwrap();
        conform_shot(&ffmpeg, &plan, &clip, clips.last(), &segment, &never(), QUIET).await.unwrap();
        clips.push(clip);
        segments.push(segment);
    }
    let tune = music(folder.path(), 6);
    let sound = folder.path().join("sound.m4a");
    let order =
        MixOrder { timeline, lines: &[], music: Some(&tune), ambience: None, stems: None, voice_tempo_percent: 100 };
    mix(&ffmpeg, &order, &sound, &never(), QUIET).await.unwrap();
    let out = folder.path().join("film.mp4");
    let whole =
        CutOrder { timeline, segments: &segments, sound: &sound, title: "Lamp", chapters: &[], caption_track: false };
    cut(&ffmpeg, &whole, &out, &never(), QUIET).await.unwrap();
    Made { folder, layout, clips, film: out }
}

/// How bright the lower part of a film is on average at a time, where captions are.
async fn lower(path: &Path, at_ms: u32) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let png = folder.path().join("still.png");
    still(&ffmpeg().await, path, at_ms, Some(320), &png, &never()).await.unwrap();
    let picture = tiny_skia::Pixmap::load_png(&png).unwrap();
    let (w, h) = (picture.width() as usize, picture.height() as usize);
    let part = &picture.pixels()[w * h * 3 / 4..];
    part.iter().map(|p| f64::from(p.green())).sum::<f64>() / part.len() as f64
}

#[tokio::test]
async fn a_film_is_cut_again_in_another_size_with_and_without_captions() {
    let (ffmpeg, made) = (ffmpeg().await, made().await);
    let timeline = &made.layout.timeline;
    let shots: Vec<RecutShot> = timeline
        .shots
        .iter()
        .enumerate()
        .map(|(i, timed)| RecutShot {
            clip: Some(made.clips[i].clone()),
            before: (timed.fade_in_frames > 0).then(|| made.clips[i - 1].clone()),
            slate: None,
        })
        .collect();
    let chapters = [Chapter { start_ms: 0, title: "One".to_owned() }];
    let order = |captions, short_side, shots| Recut {
        timeline,
        shots,
        sound: &made.film,
        title: "Lamp",
        chapters: &chapters,
        captions,
        short_side,
        at_once: 2,
    };
    let caption = timeline.shots.iter().flat_map(|shot| &shot.captions).next().expect("a caption");
    let at = u32::midpoint(caption.start_ms, caption.end_ms);
    let told: Arc<film::Progress> = Arc::new(|done: f32| assert!((0.0..=1.001).contains(&done), "{done}"));
    let before = lower(&made.film, at).await;
    for (captions, short, same) in
        [(Captions::Burned, None, true), (Captions::Off, Some(240), false), (Captions::Track, None, false)]
    {
        let scratch = tempfile::tempdir().unwrap();
        let order = order(captions, short, &shots);
        let (file, found) = recut(&ffmpeg, &order, scratch.path(), &never(), &told).await.unwrap();
        let video = found.video.unwrap();
        assert_eq!((video.frames, video.size.height), (timeline.frames(), short.unwrap_or(180)));
        let now = lower(&file, at).await;
        assert_eq!((now - before).abs() < 4.0, same, "{captions:?}: {now} beside {before}");
        let tracks = std::process::Command::new("ffprobe")
            .args(["-v", "error", "-select_streams", "s", "-show_entries", "stream=codec_name", "-of", "csv=p=0"])
            .arg(&file)
            .output()
            .unwrap();
        let tracks = String::from_utf8(tracks.stdout).unwrap();
        assert_eq!(tracks.trim() == "mov_text", captions == Captions::Track, "{tracks:?}");
    }
    // A shot without a clip is a slate, for as long.
    let words = CardText { title: "Shot 2 is missing".to_owned(), subtitle: String::new() };
    let mut slated = shots.clone();
    slated[1] = RecutShot { clip: None, before: None, slate: Some(words) };
    let scratch = tempfile::tempdir().unwrap();
    let order = order(Captions::Off, None, &slated);
    let (_, found) = recut(&ffmpeg, &order, scratch.path(), &never(), &told).await.unwrap();
    assert_eq!(found.video.unwrap().frames, timeline.frames());
}

#[tokio::test]
async fn a_part_and_a_moving_picture_have_exactly_their_frames() {
    let (ffmpeg, made) = (ffmpeg().await, made().await);
    let timed = &made.layout.timeline.shots[1];
    let wanted = Part { from: timed.start_frame, frames: timed.frames, fps: 30 };
    let out = made.folder.path().join("shot \"2\" 'x' 鯨🐋.mp4");
    part(&ffmpeg, &made.film, wanted, Some(240), (&out, Over::Never), &never(), QUIET).await.unwrap();
    let found = probe(&ffmpeg, &out, &never()).await.unwrap();
    let video = found.video.unwrap();
    assert_eq!((video.frames, video.size), (timed.frames, Size { width: 426, height: 240 }));
    assert!(
        found.audio.is_some() && found.duration_ms.abs_diff(timed.frames * 1000 / 30) < 80,
        "{}",
        found.duration_ms
    );

    let gif = made.folder.path().join("shot.gif");
    animated(&ffmpeg, &made.film, wanted, (&gif, Over::Never), &never(), QUIET).await.unwrap();
    let found = probe(&ffmpeg, &gif, &never()).await.unwrap();
    let video = found.video.unwrap();
    assert_eq!(video.codec, "gif");
    assert!(video.frames.abs_diff(timed.frames * 12 / 30) <= 1 && found.audio.is_none(), "{video:?}");
}

#[tokio::test]
async fn the_sound_is_a_file_of_its_own() {
    let (ffmpeg, made) = (ffmpeg().await, made().await);
    let length = made.layout.timeline.duration_ms();
    for (format, name, codec) in [(SoundFormat::Wav, "a.wav", "pcm_s16le"), (SoundFormat::Mp3, "a.mp3", "mp3")] {
        let out = made.folder.path().join(name);
        let about = (format, "Lamp; 'quoted'\nand more", length);
        sound_of(&ffmpeg, &made.film, about, (&out, Over::Never), &never(), QUIET).await.unwrap();
        let found = probe(&ffmpeg, &out, &never()).await.unwrap();
        let audio = found.audio.unwrap();
        assert_eq!((audio.codec.as_str(), audio.rate, audio.channels), (codec, 48_000, 2));
        assert!(found.video.is_none() && found.duration_ms.abs_diff(length) < 100, "{} of {length}", found.duration_ms);
    }
}

#[tokio::test]
async fn what_is_there_stays_unless_it_is_said_and_what_fails_leaves_nothing() {
    let (ffmpeg, made) = (ffmpeg().await, made().await);
    let folder = made.folder.path().join("out");
    std::fs::create_dir(&folder).unwrap();
    let taken = folder.join("taken.mp4");
    std::fs::write(&taken, "mine").unwrap();
    let wanted = Part { from: 0, frames: 30, fps: 30 };
    let refused = part(&ffmpeg, &made.film, wanted, None, (&taken, Over::Never), &never(), QUIET).await;
    assert!(matches!(refused, Err(FilmError::Exists { .. })), "{refused:?}");
    assert!(matches!(write_new(b"x", &taken, Over::Never), Err(FilmError::Exists { .. })));
    assert!(matches!(copy_new(&made.film, &taken, Over::Never), Err(FilmError::Exists { .. })));
    assert_eq!(std::fs::read(&taken).unwrap(), b"mine");
    write_new(b"yours", &taken, Over::Replace).unwrap();
    assert_eq!(std::fs::read(&taken).unwrap(), b"yours");

    let cancel = never();
    cancel.cancel();
    let stopped = part(&ffmpeg, &made.film, wanted, None, (&folder.join("a.mp4"), Over::Never), &cancel, QUIET).await;
    assert!(matches!(stopped, Err(FilmError::Cancelled)), "{stopped:?}");
    let below_a_file = taken.join("b.mp4");
    assert!(write_new(b"x", &below_a_file, Over::Never).is_err());
    let names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["taken.mp4"], "nothing is left behind");
}

#[test]
fn the_frames_are_a_new_folder_in_the_order_of_the_film() {
    let folder = tempfile::tempdir().unwrap();
    let mut papers = lighthouse();
    draw(&mut papers, folder.path(), (64, 36));
    let out = folder.path().join("frames");
    assert_eq!(picture_folder(&papers, &out, &never(), QUIET).unwrap(), 6);
    let names = |path: &Path| {
        let mut names: Vec<String> =
            std::fs::read_dir(path).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&out)[..2], ["01-01 wide shot.png", "01-02 close-up.png"]);
    let first = &papers.pictures[&papers.boards[0].shots[0].id];
    assert_eq!(std::fs::read(out.join("01-01 wide shot.png")).unwrap(), std::fs::read(first).unwrap());
    assert!(matches!(picture_folder(&papers, &out, &never(), QUIET), Err(FilmError::Exists { .. })));
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    assert_eq!(picture_folder(&papers.clone().only_scene(2), &empty, &never(), QUIET).unwrap(), 2);
    let cancel = never();
    cancel.cancel();
    assert!(picture_folder(&papers, &folder.path().join("none"), &cancel, QUIET).is_err());
    assert!(!names(folder.path()).iter().any(|name| name == "none" || name.starts_with('.')));
}
