//! The composer through its public face: length, level, calm edges, moods, chance, stopping.

use std::{
    sync::{Arc, Mutex},
    time::Instant,
};

use story::{Mood, ScoreSection, Seed};
use tokio_util::sync::CancellationToken;

use super::*;

fn order(mood: Mood, duration_ms: u32, seed: u32) -> ScoreSheet {
    let scene = |part: u32| ScoreSection { start_ms: duration_ms / 5 * part, mood };
    ScoreSheet { mood, duration_ms, sections: (0..5).map(scene).collect(), seed: Seed::new(seed) }
}

fn played(sheet: &ScoreSheet) -> Vec<u8> {
    let mut out = io::Cursor::new(Vec::new());
    play(sheet, &Job::unwatched(), &mut out).unwrap();
    out.into_inner()
}

fn samples(wav: &[u8]) -> Vec<f32> {
    let mut reader = hound::WavReader::new(wav).unwrap();
    let spec = reader.spec();
    assert_eq!((spec.channels, spec.sample_rate, spec.bits_per_sample), (2, RATE, 16));
    reader.samples::<i16>().map(|s| f32::from(s.unwrap()) / 32_768.0).collect()
}

/// Integrated loudness, loudness range and the higher true peak in decibel, by the reference meter.
fn measure(sound: &[f32]) -> (f64, f64, f64) {
    let mut meter = ebur128::EbuR128::new(2, RATE, ebur128::Mode::all()).unwrap();
    meter.add_frames_f32(sound).unwrap();
    let peak = meter.true_peak(0).unwrap().max(meter.true_peak(1).unwrap());
    (meter.loudness_global().unwrap(), meter.loudness_range().unwrap(), 20.0 * peak.log10())
}

/// The centre of the spectrum in hertz, from how fast the sound moves: the root of the power of the slope over the
/// power.
fn centre(sound: &[f32]) -> f32 {
    let left: Vec<f32> = sound.iter().step_by(2).copied().collect();
    let power: f32 = left.iter().map(|s| s * s).sum();
    let slope: f32 = left.windows(2).map(|w| (w[1] - w[0]).powi(2)).sum();
    (slope / power).sqrt() * RATE as f32 / std::f32::consts::TAU
}

fn check_sound(sheet: &ScoreSheet, sound: &[f32]) {
    let what = format!("{:?} {} ms", sheet.mood, sheet.duration_ms);
    assert_eq!(sound.len(), sheet.duration_ms as usize * 48 * 2, "{what}");
    let (loudness, range, peak) = measure(sound);
    assert!((loudness + 18.0).abs() <= 1.5, "{what}: {loudness} LUFS");
    assert!(peak < -2.0, "{what}: {peak} dBTP");
    if sheet.duration_ms >= 30_000 {
        assert!(range >= 3.0, "{what}: range {range} LU");
    }
    assert!(sound[sound.len() - 30 * 48 * 2..].iter().all(|s| *s == 0.0), "{what}: no silence at the end");
    for side in 0..2 {
        let one: Vec<f32> = sound.iter().skip(side).step_by(2).copied().collect();
        let jump = one.windows(2).map(|w| (w[1] - w[0]).abs()).fold(0.0, f32::max);
        assert!(jump < 0.2, "{what}: jump {jump}");
        // Nothing stands still for long but the end.
        let steps = one[..one.len() - one.len() / 4].chunks(24_000);
        assert!(steps.skip(1).all(|c| c.iter().any(|s| s.abs() > 0.001)), "{what}: a hole");
    }
}

#[test]
fn every_mood_plays_at_level_without_clicks_and_breathes() {
    let mut centres = Vec::new();
    for mood in Mood::ALL {
        let sheet = order(mood, 30_000, 7);
        let sound = samples(&played(&sheet));
        check_sound(&sheet, &sound);
        centres.push((mood, centre(&sound), style::style(mood).tempo));
    }
    for (i, a) in centres.iter().enumerate() {
        for b in &centres[i + 1..] {
            let (colour, pace) = ((a.1 / b.1).ln().abs(), (a.2 / b.2).ln().abs());
            assert!(colour > 0.08 || pace > 0.08, "{a:?} and {b:?} sound alike");
        }
    }
    let of = |mood| centres.iter().find(|c| c.0 == mood).unwrap().1;
    assert!(of(Mood::Joyful) > 1.3 * of(Mood::Dark), "{centres:?}");
}

#[test]
fn lengths_are_exact_from_a_moment_to_minutes() {
    for duration_ms in [6_000, 8_501, 15_000, 61_234] {
        let sheet = order(Mood::Gentle, duration_ms, 3);
        check_sound(&sheet, &samples(&played(&sheet)));
    }
    for duration_ms in [0, 1, 35, 500, 2_000] {
        let sheet = order(Mood::Epic, duration_ms, 3);
        assert_eq!(samples(&played(&sheet)).len(), duration_ms as usize * 96);
    }
}

#[test]
fn the_same_order_gives_the_same_score_and_another_seed_another_tune() {
    let sheet = order(Mood::Hopeful, 12_000, 1);
    assert!(played(&sheet) == played(&sheet));
    let tune = |seed| {
        let sheet = ScoreSheet { seed: Seed::new(seed), ..order(Mood::Hopeful, 30_000, seed) };
        let notes = arrange::write(&sheet, &plan::lay_out(&sheet));
        notes.iter().map(|n| (n.sound, n.midi)).collect::<Vec<_>>()
    };
    assert_ne!(tune(1), tune(2));
}

#[test]
fn scenes_begin_bars_and_the_end_comes_home() {
    for mood in Mood::ALL {
        for duration_ms in [6_000, 30_000, 3_600_000] {
            let mut sheet = order(mood, duration_ms, 5);
            sheet.sections[2].mood = Mood::Tense;
            let plan = plan::lay_out(&sheet);
            let home = style::style(mood);
            // The beat stays near the mood's own.
            let tempo = 60.0 / plan.beat / f64::from(home.tempo);
            assert!((0.8..1.25).contains(&tempo), "{mood:?} {duration_ms}: {tempo}");
            // Bars follow each other without a gap up to the last chord.
            let mut clock = 0.0;
            for bar in &plan.bars {
                assert!((bar.at - clock).abs() < 1e-6 && bar.beats > 0);
                clock += bar.beats as f64 * plan.beat;
            }
            assert!((clock - plan.end).abs() < 1e-6);
            if duration_ms >= 30_000 {
                for section in &sheet.sections {
                    let at = f64::from(section.start_ms) / 1000.0;
                    if at + 3.0 * plan.beat > plan.end {
                        continue; // no time for a bar of its own before the last chord
                    }
                    let next = plan.bars.iter().map(|b| b.at - at).filter(|d| *d > -1e-6).fold(f64::MAX, f64::min);
                    assert!(next <= plan.beat + 1e-6, "{mood:?}: a scene waits {next} s");
                }
            }
            let last = plan.bars.last().unwrap();
            assert_eq!((last.degree, last.style.scale), (home.close, home.scale));
            let notes = arrange::write(&sheet, &plan);
            let lowest = notes.iter().filter(|n| (n.at - plan.end).abs() < 1e-6 && n.sound == instruments::Sound::Bass);
            assert!(lowest.count() == 1 && notes.iter().all(|n| n.at < f64::from(duration_ms) / 1000.0));
        }
    }
}

#[test]
fn strange_orders_are_played_too() {
    let mut sheet = order(Mood::Calm, 7_000, 1);
    sheet.sections = vec![
        ScoreSection { start_ms: 99_000, mood: Mood::Dark },
        ScoreSection { start_ms: 3_000, mood: Mood::Epic },
        ScoreSection { start_ms: 3_000, mood: Mood::Joyful },
    ];
    check_sound(&sheet, &samples(&played(&sheet)));
    sheet.sections.clear();
    check_sound(&sheet, &samples(&played(&sheet)));
}

#[tokio::test]
async fn it_reports_progress_and_stops_when_told() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (cancel, told) = (CancellationToken::new(), Arc::clone(&seen));
    let stop = cancel.clone();
    let job = Job::new(cancel, move |done| {
        told.lock().unwrap().push(done);
        if done > 0.001 {
            stop.cancel();
        }
    });
    let started = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("score.wav");
    let failure = Composer.compose(order(Mood::Calm, 600_000, 1), job, &file).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Cancelled);
    assert!(started.elapsed().as_secs() < 5);
    assert!(seen.lock().unwrap().windows(2).all(|w| w[0] <= w[1]));
    Composer.compose(order(Mood::Calm, 1_000, 1), Job::unwatched(), &file).await.unwrap();
    assert_eq!(samples(&std::fs::read(&file).unwrap()).len(), 96_000);
    let nowhere = folder.path().join("missing").join("score.wav");
    let failure = Composer.compose(order(Mood::Calm, 1_000, 1), Job::unwatched(), &nowhere).await.unwrap_err();
    assert!(failure.message.contains("score.wav") && !failure.hint.is_empty(), "{failure:?}");
    assert_eq!(Composer.identity().model, "composer");
}

/// Writes scores to listen to and to look at: `WORKPRINT_LISTEN=folder cargo test -- --ignored scores`.
#[test]
#[ignore = "writes files for the ear"]
fn scores() {
    let Ok(folder) = std::env::var("WORKPRINT_LISTEN") else { return };
    for mood in Mood::ALL {
        let started = Instant::now();
        let wav = played(&order(mood, 30_000, 7));
        let took = started.elapsed();
        let sound = samples(&wav);
        println!("{mood:?} {took:?} (LUFS, LU, dBTP) {:.1?} centre {:.0} Hz", measure(&sound), centre(&sound));
        std::fs::write(format!("{folder}/{}.wav", mood.as_str()), wav).unwrap();
    }
}
