//! Brings a sound to 48 kHz with a windowed sinc (Smith, "Digital Audio Resampling", CCRMA 2002).

use std::f64::consts::PI;

use models::{Failure, Job};

use super::wav::RATE;

/// Zero crossings on each side of the kernel, and how many places between two samples it is tabled for.
const CROSSINGS: f64 = 20.0;
const PLACES: usize = 256;
/// The shape of the Kaiser window: about 80 dB of stop band.
const BETA: f64 = 8.0;

/// The sound at 48 kHz, from samples at `rate` hertz (any positive number; it need not be whole).
pub(super) fn resample(samples: &[f32], rate: f64, job: &Job) -> Result<Vec<f32>, Failure> {
    let step = rate / f64::from(RATE);
    // When the rate falls, the kernel is widened, so that nothing folds back.
    let scale = (1.0 / step).min(1.0) * 0.96;
    let reach = (CROSSINGS / scale).ceil() as usize;
    let rows: Vec<Vec<f32>> = (0..=PLACES).map(|p| row(p as f64 / PLACES as f64, reach, scale)).collect();
    let mut padded = vec![0.0; samples.len() + 2 * reach];
    padded[reach..reach + samples.len()].copy_from_slice(samples);

    let count = (samples.len() as f64 / step).ceil() as usize;
    let mut out = Vec::with_capacity(count);
    for n in 0..count {
        if n % 65_536 == 0 {
            job.check()?;
        }
        let centre = n as f64 * step;
        let place = centre.fract() * PLACES as f64;
        let (low, part) = (place as usize, place.fract() as f32);
        // From reach - 1 samples before to reach after; the padding makes up for the ends.
        let first = (centre as usize + 1).min(samples.len());
        let heard = &padded[first..first + 2 * reach];
        let (mut a, mut b) = (0.0, 0.0);
        for ((s, x), y) in heard.iter().zip(&rows[low]).zip(&rows[low + 1]) {
            a += s * x;
            b += s * y;
        }
        out.push(a + (b - a) * part);
    }
    Ok(out)
}

/// The kernel for a place `part` of the way from one sample to the next.
fn row(part: f64, reach: usize, scale: f64) -> Vec<f32> {
    let edge = bessel(BETA);
    (0..2 * reach)
        .map(|tap| {
            let x = ((tap as f64 - (reach as f64 - 1.0)) - part) * scale;
            let sinc = if x == 0.0 { 1.0 } else { (PI * x).sin() / (PI * x) };
            let away = (x / CROSSINGS).abs().min(1.0);
            (scale * sinc * bessel(BETA * (1.0 - away * away).sqrt()) / edge) as f32
        })
        .collect()
}

/// The modified Bessel function of the first kind, order 0, by its series.
fn bessel(x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for k in 1..30 {
        term *= (x / (2.0 * f64::from(k))).powi(2);
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    fn tone(hertz: f64, rate: f64, seconds: f64) -> Vec<f32> {
        (0..(rate * seconds) as usize).map(|i| (TAU * hertz * i as f64 / rate).sin() as f32 * 0.5).collect()
    }

    #[test]
    fn a_tone_stays_the_same_tone() {
        for rate in [8_000.0, 16_000.0, 22_050.0, 44_100.0, 17_600.0, 96_000.0] {
            let got = resample(&tone(1_000.0, rate, 0.5), rate, &Job::unwatched()).unwrap();
            assert!(got.len().abs_diff(24_000) <= 3, "{rate}: {}", got.len());
            let want = tone(1_000.0, 48_000.0, 0.5);
            let worst = got.iter().zip(&want).skip(2_000).take(20_000).fold(0.0_f32, |m, (a, b)| m.max((a - b).abs()));
            assert!(worst < 0.002, "{rate}: {worst}");
        }
    }

    #[test]
    fn nothing_folds_back_and_nothing_stays_nothing() {
        let high = resample(&tone(30_000.0, 96_000.0, 0.2), 96_000.0, &Job::unwatched()).unwrap();
        assert!(high.iter().skip(500).take(8_000).all(|s| s.abs() < 0.001));
        assert!(resample(&[], 16_000.0, &Job::unwatched()).unwrap().is_empty());
    }
}
