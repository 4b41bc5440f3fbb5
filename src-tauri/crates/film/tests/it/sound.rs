//! The mix, measured on the file that comes out.

use std::path::Path;
use std::process::Command;

use ebur128::{EbuR128, Mode};
use film::{LineSound, MixOrder, mix};
use story::Timeline;

use crate::support::{QUIET, SMALL, ffmpeg, film, music, never, voice};

/// The samples of an encoded file, as stereo.
fn decoded(path: &Path) -> Vec<f32> {
    let out = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args(["-f", "f32le", "-ac", "2", "-ar", "48000", "-"])
        .output()
        .unwrap();
    out.stdout.chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().unwrap())).collect()
}

fn rms(stereo: &[f32], from_ms: u32, to_ms: u32) -> f32 {
    let part = &stereo[from_ms as usize * 96..to_ms as usize * 96];
    (part.iter().map(|s| s * s).sum::<f32>() / part.len() as f32).sqrt()
}

async fn check(lines: bool, tune: bool, tempo: u32) -> (Timeline, Vec<f32>) {
    let (ffmpeg, folder) = (ffmpeg().await, tempfile::tempdir().unwrap());
    let layout = film(SMALL, 14_000, &[(7000, true, "A quiet line.", 2000), (7000, true, "A loud line.", 2500)]);
    let timeline = layout.timeline;
    let levels = [0.02, 1.0];
    let sounds: Vec<LineSound> = timeline
        .lines
        .iter()
        .zip(levels)
        .filter(|_| lines)
        .map(|(line, level)| {
            let ms = (line.end_ms - line.start_ms) * tempo / 100;
            LineSound { line: line.line.clone(), file: voice(folder.path(), &format!("{level}.wav"), ms, level) }
        })
        .collect();
    let tune = tune.then(|| music(folder.path(), 20));
    let order = MixOrder {
        timeline: &timeline,
        lines: &sounds,
        music: tune.as_deref(),
        ambience: None,
        stems: None,
        voice_tempo_percent: tempo,
    };
    let out = folder.path().join("mix.m4a");
    let report = mix(&ffmpeg, &order, &out, &never(), QUIET).await.unwrap();
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().flatten().map(|f| f.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with('.')), "{left:?}");

    let samples = decoded(&out);
    // Old versions of ffmpeg give the padding of the last AAC frame too.
    let length = timeline.frames() as usize * 1600;
    assert!((length..length + 1024).contains(&(samples.len() / 2)), "{} of {length}", samples.len() / 2);
    let mut meter = EbuR128::new(2, 48_000, Mode::I | Mode::TRUE_PEAK).unwrap();
    meter.add_frames_f32(&samples).unwrap();
    let loudness = meter.loudness_global().unwrap() as f32;
    let peak = meter.true_peak(0).unwrap().max(meter.true_peak(1).unwrap());
    if lines || tune.is_some() {
        assert!((loudness + 16.0).abs() < 0.7, "{loudness} LUFS");
        assert!(20.0 * peak.log10() < -1.0, "{} dBTP", 20.0 * peak.log10());
        assert!((report.loudness_lufs - loudness).abs() < 0.1, "{report:?}");
    } else {
        assert!(loudness < -70.0 && peak < 0.001);
    }
    (timeline, samples)
}

#[tokio::test]
async fn voice_and_music_are_as_loud_as_a_film_and_the_music_makes_room() {
    let (timeline, samples) = check(true, true, 100).await;
    let heard = |i: usize| rms(&samples, timeline.lines[i].start_ms + 100, timeline.lines[i].end_ms - 100);
    assert!((heard(0) / heard(1)).log10().abs() * 20.0 < 3.0, "whisper and shout are equally loud");
    let pause = timeline.lines[0].end_ms + 800;
    assert!(rms(&samples, pause, pause + 400) > 0.005, "the music is there between the lines");
}

#[tokio::test]
async fn voice_alone_at_another_tempo_is_at_its_times() {
    let (timeline, samples) = check(true, false, 110).await;
    for line in &timeline.lines {
        assert!(rms(&samples, line.start_ms + 50, line.end_ms - 50) > 0.02);
        assert!(rms(&samples, line.start_ms - 200, line.start_ms - 50) < 0.001);
        assert!(rms(&samples, line.end_ms + 100, line.end_ms + 300) < 0.001);
    }
}

#[tokio::test]
async fn music_alone_has_the_loudness_of_the_film() {
    let (_, samples) = check(false, true, 100).await;
    assert!(rms(&samples, 13_980, 14_000) < rms(&samples, 11_000, 12_000), "it fades at the end");
}

#[tokio::test]
async fn a_silent_film_has_a_silent_track() {
    check(false, false, 100).await;
}
