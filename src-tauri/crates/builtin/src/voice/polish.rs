//! From the engine's sound to the film's: trimmed, clear, even in loudness.

use std::f32::consts::PI;

use models::{Failure, Job};

use super::{filter::Biquad, wav::RATE};

const SR: f32 = RATE as f32;
/// The loudness of speech after polishing: the mean of what is heard, and the highest peak (-3.2 dBFS).
const LEVEL: f32 = 0.1; // -20 dBFS
const CEILING: f32 = 0.69;
/// Silence kept before the first and after the last sound.
const LEAD: f32 = 0.035;
const TAIL: f32 = 0.05;

/// Polishes a sound at 48 kHz that has nothing above `top` hertz. Gives it with the index of its first sample in the sound that came in; empty when
/// nothing is heard.
pub(super) fn polish(sound: &[f32], top: f32, job: &Job) -> Result<(Vec<f32>, usize), Failure> {
    let (first, last) = bounds(sound);
    let mut sound = sound[first..last].to_vec();
    if sound.is_empty() {
        return Ok((sound, 0));
    }
    equalise(&mut sound);
    job.check()?;
    air(&mut sound, top);
    job.check()?;
    compress(&mut sound);
    job.check()?;
    level(&mut sound);
    limit(&mut sound);
    fade(&mut sound);
    Ok((sound, first))
}

/// Where speech starts and ends, with a little silence around it: in steps of 5 ms, against the loudest of them.
fn bounds(sound: &[f32]) -> (usize, usize) {
    let hop = (SR * 0.005) as usize;
    let loud: Vec<f32> = sound.chunks(hop).map(mean_power).collect();
    let most = loud.iter().fold(0.0_f32, |m, p| m.max(*p));
    if most < 1e-8 {
        return (0, 0);
    }
    let heard = |p: &f32| *p > most * 1e-4; // 40 dB below
    let first = loud.iter().position(heard).unwrap_or(0) * hop;
    let last = (loud.iter().rposition(heard).unwrap_or(0) + 1) * hop;
    (first.saturating_sub((SR * LEAD) as usize), (last + (SR * TAIL) as usize).min(sound.len()))
}

fn mean_power(samples: &[f32]) -> f32 {
    samples.iter().map(|s| s * s).sum::<f32>() / samples.len().max(1) as f32
}

/// Takes away rumble and boxiness, lifts the consonants.
fn equalise(sound: &mut [f32]) {
    for mut filter in [Biquad::high_pass(75.0, 0.707), Biquad::peak(260.0, 0.9, -2.0), Biquad::peak(3_300.0, 0.8, 3.0)]
    {
        for s in sound.iter_mut() {
            *s = filter.run(*s);
        }
    }
}

/// Engines stop at 8 or 11 kHz, which sounds like a telephone. Copies the highest octave that is there to above `top`
/// hertz, softer (spectral band replication, Dietz and others 2002): by modulation, keeping the upper side band.
fn air(sound: &mut [f32], top: f32) {
    if top > 13_000.0 {
        return;
    }
    let mut highest = [Biquad::high_pass(top * 0.56, 0.54), Biquad::high_pass(top * 0.56, 1.31)];
    let mut above = [0.51, 0.6, 0.9, 2.56].map(|q| Biquad::high_pass(top * 0.98, q));
    let mut soften = Biquad::low_pass(top * 1.3, 0.6);
    for (i, s) in sound.iter_mut().enumerate() {
        let octave = highest.iter_mut().fold(*s, |x, f| f.run(x));
        let turn = (f64::from(top) * 0.47 * i as f64 / f64::from(RATE)).fract() as f32;
        let moved = above.iter_mut().fold(octave * 2.0 * (2.0 * PI * turn).cos(), |x, f| f.run(x));
        *s += soften.run(moved) * 0.4;
    }
}

/// Three to one above the mean, quick to hold, slow to let go.
fn compress(sound: &mut [f32]) {
    let threshold = speech_level(sound);
    let (attack, release) = (one_pole(0.006), one_pole(0.12));
    let mut envelope = 0.0_f32;
    for s in sound.iter_mut() {
        let size = s.abs();
        let speed = if size > envelope { attack } else { release };
        envelope += speed * (size - envelope);
        if envelope > threshold {
            *s *= (threshold / envelope).powf(2.0 / 3.0);
        }
    }
}

fn level(sound: &mut [f32]) {
    let gain = LEVEL / speech_level(sound).max(1e-6);
    for s in sound {
        *s *= gain;
    }
}

/// The root mean square of what is heard: steps of 50 ms within 20 dB of the loudest.
fn speech_level(sound: &[f32]) -> f32 {
    let powers: Vec<f32> = sound.chunks((SR * 0.05) as usize).map(mean_power).collect();
    let most = powers.iter().fold(0.0_f32, |m, p| m.max(*p));
    let (sum, count) = powers.iter().filter(|p| **p >= most * 0.01).fold((0.0, 0), |(s, n), p| (s + p, n + 1));
    (sum / count.max(1) as f32).sqrt()
}

/// Holds the peaks under the ceiling. Every step of 5 ms has the gain that its highest peak needs; where two steps meet
/// the smaller one holds, and gains run straight from one to the next, so no step is louder than it may be.
fn limit(sound: &mut [f32]) {
    let hop = (SR * 0.005) as usize;
    let fits = |step: &[f32]| (CEILING / step.iter().fold(1e-9, |m: f32, s| m.max(s.abs()))).min(1.0);
    let gains: Vec<f32> = sound.chunks(hop).map(fits).collect();
    let at = |i: usize| gains[i.min(gains.len() - 1)];
    for (i, step) in sound.chunks_mut(hop).enumerate() {
        let (from, to) = (at(i.saturating_sub(1)).min(at(i)), at(i).min(at(i + 1)));
        for (k, s) in step.iter_mut().enumerate() {
            *s = (*s * (from + (to - from) * k as f32 / hop as f32)).clamp(-CEILING, CEILING);
        }
    }
}

fn fade(sound: &mut [f32]) {
    let length = ((SR * 0.01) as usize).min(sound.len() / 2).max(1);
    let count = sound.len();
    for i in 0..length.min(count) {
        let gain = i as f32 / length as f32;
        sound[i] *= gain;
        sound[count - 1 - i] *= gain;
    }
}

fn one_pole(seconds: f32) -> f32 {
    1.0 - (-1.0 / (seconds * SR)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Syllables: a tone with overtones that swells and falls four times a second, with silence around it.
    fn babble(gain: f32) -> Vec<f32> {
        let silence = vec![0.0; RATE as usize / 2];
        let voice = (0..RATE * 2).map(|i| {
            let t = i as f32 / SR;
            let swell = (2.0 * PI * 4.0 * t).sin().abs();
            let tone = (1..60).map(|k| (2.0 * PI * 120.0 * k as f32 * t).sin() / k as f32).sum::<f32>();
            gain * swell * tone * 0.3
        });
        silence.iter().copied().chain(voice).chain(silence.iter().copied()).collect()
    }

    #[test]
    fn quiet_and_loud_come_out_alike_trimmed_and_unclipped() {
        for gain in [0.01, 0.3, 1.0] {
            let (sound, first) = polish(&babble(gain), 8_000.0, &Job::unwatched()).unwrap();
            let heard = |s: &f32| s.abs() > 0.003;
            let (lead, tail) = (sound.iter().position(heard).unwrap(), sound.iter().rev().position(heard).unwrap());
            assert!(lead < 60 * 48 && tail < 60 * 48, "{gain}: {lead} {tail}");
            assert!((first as f32 / SR - 0.465).abs() < 0.03, "{first}");
            let decibel = 20.0 * speech_level(&sound).log10();
            assert!((-21.5..-18.5).contains(&decibel), "{gain}: {decibel}");
            assert!(sound.iter().all(|s| s.abs() <= CEILING));
            assert_eq!((sound[0], sound[sound.len() - 1]), (0.0, 0.0));
        }
    }

    #[test]
    fn silence_is_nothing() {
        assert_eq!(polish(&vec![0.0; 4800], 8_000.0, &Job::unwatched()).unwrap(), (Vec::new(), 0));
        assert_eq!(polish(&[], 8_000.0, &Job::unwatched()).unwrap(), (Vec::new(), 0));
    }

    #[test]
    fn air_adds_only_above_what_the_engine_had() {
        let voice = babble(0.3);
        let mut brighter = voice.clone();
        air(&mut brighter, 8_000.0);
        let band = |sound: &[f32], filter: fn() -> Biquad| {
            let mut chain = [filter(), filter(), filter(), filter()];
            sound.iter().map(|s| chain.iter_mut().fold(*s, |x, f| f.run(x)).powi(2)).sum::<f32>()
        };
        let (high, low) = (|| Biquad::high_pass(9_000.0, 0.707), || Biquad::low_pass(5_000.0, 0.707));
        assert!(band(&brighter, high) > 4.0 * band(&voice, high), "{} {}", band(&brighter, high), band(&voice, high));
        let ratio = band(&brighter, low) / band(&voice, low);
        assert!((0.97..1.03).contains(&ratio), "{ratio}");
        let mut full = voice.clone();
        air(&mut full, 22_000.0);
        assert_eq!(full, voice);
    }
}
