//! Clips, filmed and drawn → segments → film.

use std::path::{Path, PathBuf};
use std::process::Command;

use film::{
    Chapter, CutOrder, Ffmpeg, Footage, LineSound, MixOrder, Segment, SegmentCaption, conform_shot, cut, mix, probe,
    srt, still, vtt,
};
use story::{Aspect, Size, Timeline};

use crate::support::{QUIET, SMALL, ffmpeg, film, filmed, frames, music, never, voice};

/// The clips of a film: a drawn one, then a file, so that each fades into each.
async fn clips(ffmpeg: &Ffmpeg, folder: &Path, timeline: &Timeline, files: bool) -> Vec<Footage> {
    let mut found = Vec::new();
    for (i, shot) in timeline.shots.iter().enumerate() {
        let order = frames(timeline.size, shot.frames + shot.tail_frames, 60 + 50 * (i as u8 % 3));
        found.push(if (i % 2 == 1) == files {
            filmed(ffmpeg, &order, &folder.join(format!("clip{i}.mp4"))).await
        } else {
            Footage::Frames(order)
        });
    }
    found
}

async fn segments(ffmpeg: &Ffmpeg, folder: &Path, timeline: &Timeline, clips: &[Footage]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for i in 0..timeline.shots.len() {
        let path = folder.join(format!("segment{i}.mp4"));
        let segment = Segment::of(timeline, i).unwrap();
        let previous = i.checked_sub(1).map(|p| &clips[p]);
        conform_shot(ffmpeg, &segment, &clips[i], previous, &path, &never(), QUIET).await.unwrap();
        found.push(path);
    }
    found
}

/// The luma of a part of one frame, given in pixels.
fn pixels(video: &Path, frame: u32, crop: &str) -> Vec<u8> {
    plane("y", video, frame, crop)
}

/// One plane of a part of one frame, the part given in pixels of the whole picture.
fn plane(plane: &str, video: &Path, frame: u32, crop: &str) -> Vec<u8> {
    let out = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(video)
        .args(["-vf", &format!("select=eq(n\\,{frame}),crop={crop},extractplanes={plane}"), "-frames:v", "1"])
        .args(["-f", "rawvideo", "-"])
        .output()
        .unwrap();
    assert!(!out.stdout.is_empty(), "frame {frame}: {}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

/// The mean luma of a part of one frame.
fn luma(video: &Path, frame: u32, crop: &str) -> f32 {
    let found = pixels(video, frame, crop);
    found.iter().map(|&b| f32::from(b)).sum::<f32>() / found.len() as f32
}

#[tokio::test]
async fn the_word_that_is_heard_is_lit() {
    let (ffmpeg, folder) = (ffmpeg().await, tempfile::tempdir().unwrap());
    let caption = SegmentCaption {
        text: "Nobody anywhere".to_owned(),
        from: 6,
        to: 54,
        soft_in: true,
        soft_out: true,
        said: vec![16, 36],
    };
    let segment = Segment { captions: vec![caption], ..Segment::plain(SMALL, 30, 60) };
    let out = folder.path().join("segment.mp4");
    conform_shot(&ffmpeg, &segment, &Footage::Frames(frames(SMALL, 60, 60)), None, &out, &never(), QUIET)
        .await
        .unwrap();
    // Amber has little blue in it.
    let lit = |frame, crop: &str| plane("u", &out, frame, crop).into_iter().min().unwrap() < 100;
    let (first, second) = ("80:24:78:140", "80:24:162:140");
    for (frame, want) in [(10, (false, false)), (18, (true, false)), (33, (true, false)), (39, (false, true))] {
        assert_eq!((lit(frame, first), lit(frame, second)), want, "frame {frame}");
    }
    let brightest = |frame| pixels(&out, frame, "160:24:80:140").into_iter().max().unwrap();
    assert!(brightest(3) < 100 && brightest(20) > 180 && brightest(57) < 100, "it comes and goes");
}

#[tokio::test]
async fn a_film_is_cut_from_drawn_and_filmed_clips_and_is_what_was_laid_out() {
    for files in [true, false] {
        a_film_is_what_was_laid_out(files).await;
    }
}

async fn a_film_is_what_was_laid_out(files: bool) {
    let (ffmpeg, folder) = (ffmpeg().await, tempfile::tempdir().unwrap());
    // A quote in a folder's name must not end a string in the list of segments.
    let folder = folder.path().join("Anna's film");
    std::fs::create_dir(&folder).unwrap();
    let said = "The keeper climbed the stairs every night.";
    let layout =
        film(SMALL, 12_000, &[(4000, true, said, 2500), (3000, false, "", 0), (5000, true, "So it was.", 1200)]);
    let timeline = &layout.timeline;
    let clips = clips(&ffmpeg, &folder, timeline, files).await;
    let segments = segments(&ffmpeg, &folder, timeline, &clips).await;
    let lines: Vec<LineSound> = timeline
        .lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let file = voice(&folder, &format!("{i}.wav"), line.end_ms - line.start_ms, 0.3);
            LineSound { line: line.line.clone(), file }
        })
        .collect();
    let tune = music(&folder, 12);
    let order =
        MixOrder { timeline, lines: &lines, music: Some(&tune), ambience: None, stems: None, voice_tempo_percent: 100 };
    let sound = folder.join("sound.m4a");
    mix(&ffmpeg, &order, &sound, &never(), QUIET).await.unwrap();

    let out = folder.join("film.mp4");
    let title = "It's = a; \\ #1\n[CHAPTER] 'title'";
    let chapters =
        [Chapter { start_ms: 0, title: "One".to_owned() }, Chapter { start_ms: 7000, title: title.to_owned() }];
    let order =
        CutOrder { timeline, segments: &segments, sound: &sound, title, chapters: &chapters, caption_track: true };
    let found = cut(&ffmpeg, &order, &out, &never(), QUIET).await.unwrap();
    let video = found.video.unwrap();
    assert_eq!((video.frames, video.size, video.codec.as_str()), (360, SMALL, "h264"));
    assert_eq!(video.matrix, "bt709");
    assert_eq!(found.audio.unwrap().codec, "aac");
    assert!(
        found.duration_ms.abs_diff(12_000) <= 1 && (video.fps - 30.0).abs() < 1e-3,
        "{} {}",
        found.duration_ms,
        video.fps
    );
    let tags = ["-v", "error", "-show_entries", "format_tags=title", "-of", "csv=p=0"];
    let said_title = Command::new("ffprobe").args(tags).arg(&out).output().unwrap().stdout;
    assert_eq!(String::from_utf8_lossy(&said_title).trim().replace('"', ""), title.replace('\n', " "));

    // The same job gives the same bytes.
    let again = folder.join("again.mp4");
    conform_shot(&ffmpeg, &Segment::of(timeline, 0).unwrap(), &clips[0], None, &again, &never(), QUIET).await.unwrap();
    assert_eq!(std::fs::read(&again).unwrap(), std::fs::read(&segments[0]).unwrap());

    // It comes from black and goes to black.
    assert!(luma(&out, 0, "300:60:10:100") < 20.0);
    assert!(luma(&out, 359, "300:60:10:100") < 20.0);
    // The third shot fades in: its first frame looks like the second shot (luma 110), later like itself (160).
    let cut_at = timeline.shots[2].start_frame;
    let corner = "40:30:0:70";
    assert!((luma(&out, cut_at, corner) - 110.0).abs() < 8.0, "{}", luma(&out, cut_at, corner));
    assert!((luma(&out, cut_at + 6, corner) - 135.0).abs() < 14.0, "{}", luma(&out, cut_at + 6, corner));
    assert!((luma(&out, cut_at + 13, corner) - 160.0).abs() < 8.0, "{}", luma(&out, cut_at + 13, corner));
    // The second shot starts with a cut.
    assert!((luma(&out, timeline.shots[1].start_frame, corner) - 110.0).abs() < 8.0);
    // The caption is there while the line is heard, and not before.
    let at = |ms: u32| ms * 30 / 1000;
    let line = &timeline.lines[0];
    let brightest = |frame: u32| pixels(&out, frame, "200:20:60:146").into_iter().max().unwrap_or(0);
    assert!(brightest(at(line.start_ms) - 3) < 100);
    assert!(brightest(at(line.start_ms) + 30) > 200);
    assert!((luma(&out, at(line.start_ms) + 30, "20:12:20:150") - 60.0).abs() < 6.0, "beside the panel");

    let poster = folder.join("poster.jpg");
    still(&ffmpeg, &out, 6000, Some(160), &poster, &never()).await.unwrap();
    assert_eq!(probe(&ffmpeg, &poster, &never()).await.unwrap().video.unwrap().size, Size { width: 160, height: 90 });

    // A film with a segment too few, or a wrong one, is not the film.
    let none = folder.join("none.mp4");
    let wrong = [segments[0].clone(), segments[0].clone(), segments[2].clone()];
    for (segments, why) in [(&segments[..2], "2 of 3 shots"), (&wrong[..], "frames")] {
        let order = CutOrder { segments, ..order };
        let error = cut(&ffmpeg, &order, &none, &never(), QUIET).await.unwrap_err();
        assert!(error.to_string().contains(why) && error.to_string().contains("none.mp4"), "{error}");
        assert!(!none.exists());
    }
}

#[tokio::test]
async fn a_clip_of_any_shape_and_speed_becomes_exactly_its_segment() {
    let (ffmpeg, folder) = (ffmpeg().await, tempfile::tempdir().unwrap());
    let layout = film(Aspect::Tall.size(180), 5000, &[(2000, true, "Tall.", 700), (3000, true, "", 0)]);
    // Wide, slower, far too short, with a sound track nobody asked for.
    let odd = folder.path().join("odd.mov");
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-f", "lavfi", "-i", "testsrc=size=426x240:rate=25:duration=0.6", "-f", "lavfi", "-i"])
        .args(["sine=duration=3", "-pix_fmt", "yuv420p", "-c:v", "mpeg4", "-c:a", "aac"])
        .arg(&odd)
        .status();
    assert!(made.unwrap().success());
    for i in 0..2 {
        let segment = Segment::of(&layout.timeline, i).unwrap();
        let out = folder.path().join(format!("{i}.mp4"));
        let odd = Footage::from(odd.as_path());
        conform_shot(&ffmpeg, &segment, &odd, Some(&odd), &out, &never(), QUIET).await.unwrap();
        let found = probe(&ffmpeg, &out, &never()).await.unwrap();
        let video = found.video.unwrap();
        assert_eq!((video.frames, video.size, video.fps), (segment.frames, layout.timeline.size, 30.0));
        assert_eq!(found.audio, None);
    }
}

#[tokio::test]
async fn captions_lie_beside_the_film_as_they_are_shown() {
    let text = "When the war ended --> and <b>nobody</b> & nothing was left of the long road, the keeper went home.";
    let layout = film(SMALL, 12_000, &[(6000, true, text, 5000), (6000, true, "So.", 900)]);
    let (srt, vtt) = (srt(&layout.timeline), vtt(&layout.timeline));
    assert!(srt.starts_with("1\n00:00:0"), "{srt}");
    assert_eq!(srt.matches(" --> ").count(), srt.split("\n\n").filter(|c| !c.is_empty()).count());
    assert!(vtt.starts_with("WEBVTT\n\n00:00:0"), "{vtt}");
    assert!(vtt.contains("--&gt; and &lt;b&gt;nobody&lt;/b&gt;\n&amp; nothing"), "{vtt}");
    assert!(srt.ends_with("So.\n\n"), "{srt}");
}
