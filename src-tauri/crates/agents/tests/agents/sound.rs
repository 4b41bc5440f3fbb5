//! The sound of the built-in studio, measured on the stems of a short mix: voices of this machine, its composer, its places.

use std::path::Path;

use builtin::ambience::{AmbienceSection, AmbienceSheet};
use builtin::composer::Composer;
use builtin::voice::Voice;
use film::{Ffmpeg, LayoutLine, LayoutRequest, LayoutShot, Length, LineSound, MixOrder, lay_out, mix};
use models::{Job, MusicModel, SpeechModel, SpeechRequest, VoiceSpec};
use story::{
    Age, Gender, Language, Minter, Mood, PlaceKind, ScoreSection, ScoreSheet, Seed, Size, TimeOfDay, TimedLine, Weather,
};
use tokio_util::sync::CancellationToken;

const LINES: [&str; 3] = [
    "The keeper climbed the stairs every night.",
    "Then the storm came, and the light went out.",
    "In the morning there was somebody at the door.",
];

/// Ten milliseconds of a stem, by their loudness.
const STEP: usize = 480;

/// The loudness of every ten milliseconds of a stem, as a power.
fn powers(stems: &Path, name: &str) -> Vec<f32> {
    let samples: Vec<f32> =
        hound::WavReader::open(stems.join(name)).unwrap().into_samples::<f32>().map(|s| s.unwrap()).collect();
    samples.chunks(STEP * 2).map(|part| part.iter().map(|s| s * s).sum::<f32>() / part.len() as f32).collect()
}

fn db(power: f32) -> f32 {
    10.0 * power.max(1e-12).log10()
}

fn mean(powers: impl Iterator<Item = f32>) -> f32 {
    let all: Vec<f32> = powers.collect();
    all.iter().sum::<f32>() / all.len().max(1) as f32
}

/// Where silence ends and begins again around a line on the voice stem, in milliseconds.
fn heard(voice: &[f32], line: &TimedLine, loud: f32) -> (u32, u32) {
    let (from, to) = ((line.start_ms / 10).saturating_sub(25) as usize, (line.end_ms / 10 + 25) as usize);
    let part = &voice[from..to.min(voice.len())];
    let spoken = |p: &f32| db(*p) > loud - 35.0;
    let first = part.iter().position(spoken).expect("somebody speaks");
    let last = part.iter().rposition(spoken).expect("somebody speaks");
    ((from + first) as u32 * 10, (from + last + 1) as u32 * 10)
}

#[tokio::test]
async fn speech_is_over_the_music_captions_are_in_time_and_places_are_heard() {
    let voice = Voice::discover();
    if voice.identity(Language::En).is_none() {
        // Without a voice there is nothing to be in time with; the film then has captions and music.
        return;
    }
    let (folder, mut minter) = (tempfile::tempdir().unwrap(), Minter::new(Seed::new(3)));
    let (mut shots, mut sounds) = (Vec::new(), Vec::new());
    for (i, text) in LINES.iter().enumerate() {
        let request = SpeechRequest {
            text: (*text).to_owned(),
            language: Language::En,
            voice: VoiceSpec { speaker: String::new(), gender: Gender::Neutral, age: Age::Adult },
            pace: 100,
        };
        let reply = voice.speak(request, Job::unwatched()).await.unwrap();
        let (line, file) = (minter.line(), folder.path().join(format!("{i}.wav")));
        std::fs::write(&file, &reply.wav).unwrap();
        sounds.push(LineSound { line: line.clone(), file });
        let voice = film::Voice { duration_ms: reply.duration_ms, words: reply.words };
        let line = LayoutLine { line, text: (*text).to_owned(), voice: Some(voice) };
        shots.push(LayoutShot {
            shot: minter.shot(),
            length: Length::Shared(5000),
            starts_scene: true,
            lines: vec![line],
        });
    }
    let size = Size { width: 640, height: 360 };
    let request = LayoutRequest {
        fps: 30,
        size,
        target_ms: 17_000,
        shots,
        cut: vec![],
        title: None,
        ending: None,
        captions: true,
    };
    let timeline = lay_out(&request).timeline;
    let starts: Vec<u32> = timeline.shots.iter().map(|s| timeline.ms_at(s.start_frame)).collect();

    let moods = [Mood::Hopeful, Mood::Tense, Mood::Hopeful];
    let sections = starts.iter().zip(moods).map(|(&start_ms, mood)| ScoreSection { start_ms, mood }).collect();
    let duration_ms = timeline.duration_ms();
    let sheet = ScoreSheet { mood: Mood::Hopeful, duration_ms, sections, seed: Seed::new(3) };
    let music = folder.path().join("music.wav");
    Composer.compose(sheet, Job::unwatched(), &music).await.unwrap();

    let weathers = [
        (PlaceKind::LivingRoom, Weather::Clear),
        (PlaceKind::Coast, Weather::Storm),
        (PlaceKind::Garden, Weather::Clear),
    ];
    let sections = starts
        .iter()
        .zip(weathers)
        .map(|(&start_ms, (place, weather))| AmbienceSection { start_ms, place, time: TimeOfDay::Day, weather })
        .collect();
    let ambience = folder.path().join("around.wav");
    let mut out = std::fs::File::create(&ambience).unwrap();
    builtin::ambience::write(&AmbienceSheet { duration_ms, sections, seed: Seed::new(3) }, &mut out).unwrap();

    let stems = folder.path().join("stems");
    std::fs::create_dir(&stems).unwrap();
    let order = MixOrder {
        timeline: &timeline,
        lines: &sounds,
        music: Some(&music),
        ambience: Some(&ambience),
        stems: Some(&stems),
        voice_tempo_percent: 100,
    };
    let ffmpeg = Ffmpeg::discover().await.expect("these tests need ffmpeg on the PATH");
    let never = CancellationToken::new();
    let report = mix(&ffmpeg, &order, &folder.path().join("film.m4a"), &never, &|_| {}).await.unwrap();
    assert!((report.loudness_lufs + 16.0).abs() <= 1.0 && report.true_peak_dbtp <= -1.0, "{report:?}");

    let [voice, music, around] = film::STEM_NAMES.map(|name| powers(&stems, name));
    for line in &timeline.lines {
        let span = (line.start_ms / 10) as usize..(line.end_ms / 10) as usize;
        let loud = db(mean(voice[span.clone()].iter().copied()));
        let spoken: Vec<usize> = span.filter(|&i| db(voice[i]) > loud - 20.0).collect();
        let over = |bed: &[f32]| db(mean(spoken.iter().map(|&i| voice[i]))) - db(mean(spoken.iter().map(|&i| bed[i])));
        assert!(over(&music) >= 10.0, "{}: {:.1} dB over the music", line.text, over(&music));
        assert!(over(&around) >= 10.0, "{}: {:.1} dB over the place", line.text, over(&around));
        let (first, last) = heard(&voice, line, loud);
        let off = (first.abs_diff(line.start_ms), last.abs_diff(line.end_ms));
        assert!(
            off.0 <= 80 && off.1 <= 80,
            "{}: heard {first}..{last}, shown {}..{}",
            line.text,
            line.start_ms,
            line.end_ms
        );
    }
    let captions: Vec<_> = timeline.shots.iter().flat_map(|s| &s.captions).collect();
    for line in &timeline.lines {
        let begins = captions.iter().any(|c| c.start_ms.abs_diff(line.start_ms) <= 80);
        assert!(begins, "no caption begins with {:?}: {captions:?}", line.text);
    }
    let of_scene = |bed: &[f32], i: usize| {
        let (from, to) = (starts[i] + 1000, starts.get(i + 1).copied().unwrap_or(duration_ms) - 1500);
        db(mean(bed[from as usize / 10..to as usize / 10].iter().copied()))
    };
    assert!(of_scene(&around, 1) > of_scene(&around, 0) + 6.0, "the storm is louder than the room");
    let end = |bed: &[f32]| db(mean(bed[bed.len() - 3..].iter().copied()));
    assert!(end(&music) < -60.0 && end(&around) < -50.0, "the end is an end: {} {}", end(&music), end(&around));
}
