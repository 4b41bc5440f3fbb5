//! Speech from outside: WAV of any usual form brought to the one that is promised, and word times where none came.

use std::f64::consts::PI;
use std::io::Cursor;

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};
use story::WordTime;

/// The rate of every spoken line, in hertz.
const RATE: u32 = 48_000;
/// The longest line, in seconds.
const LONGEST_S: u32 = 600;
/// What is quieter than this at the ends is silence.
const SILENCE: f32 = 0.004;
/// So much of it is left, in samples: 40 ms.
const LEFT: usize = 1_920;

/// Why a sound cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SoundError {
    #[error("it is no WAV")]
    Format,
    #[error("the WAV is damaged: {0}")]
    Damaged(String),
    #[error("there is nothing to hear in it")]
    Silent,
    #[error("it is longer than {LONGEST_S} s")]
    TooLong,
}

fn damaged(error: &hound::Error) -> SoundError {
    SoundError::Damaged(error.to_string())
}

/// The sound as WAV, mono, 16 bits, 48 kHz, without long silence at its ends, and its length in milliseconds.
pub(crate) fn speech(bytes: &[u8]) -> Result<(Vec<u8>, u32), SoundError> {
    let (samples, rate) = mono(bytes)?;
    let samples = resample(&samples, rate);
    let heard = |s: &f32| s.abs() > SILENCE;
    let first = samples.iter().position(heard).ok_or(SoundError::Silent)?;
    let last = samples.iter().rposition(heard).unwrap_or(first);
    let kept = &samples[first.saturating_sub(LEFT)..(last + 1 + LEFT).min(samples.len())];
    let spec = WavSpec { channels: 1, sample_rate: RATE, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut wav = Cursor::new(Vec::new());
    let mut writer = WavWriter::new(&mut wav, spec).map_err(|e| damaged(&e))?;
    for sample in kept {
        writer.write_sample((sample * 32_767.0).clamp(-32_768.0, 32_767.0) as i16).map_err(|e| damaged(&e))?;
    }
    writer.finalize().map_err(|e| damaged(&e))?;
    Ok((wav.into_inner(), (kept.len() as u64 * 1000 / u64::from(RATE)) as u32))
}

/// How long a sound is, in milliseconds, when it is whole and there is something to hear in it.
pub(crate) fn check(bytes: &[u8]) -> Result<u32, SoundError> {
    let (samples, rate) = mono(bytes)?;
    if !samples.iter().any(|s| s.abs() > SILENCE) {
        return Err(SoundError::Silent);
    }
    Ok((samples.len() as u64 * 1000 / u64::from(rate)) as u32)
}

/// The samples, -1 to 1, all channels in one, and their rate.
fn mono(bytes: &[u8]) -> Result<(Vec<f32>, u32), SoundError> {
    if !(bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WAVE")) {
        return Err(SoundError::Format);
    }
    let bytes = with_true_lengths(bytes);
    let mut reader = WavReader::new(&bytes[..]).map_err(|e| damaged(&e))?;
    let spec = reader.spec();
    if spec.channels == 0 || !(4_000..=192_000).contains(&spec.sample_rate) {
        return Err(SoundError::Damaged(format!("{} channels at {} Hz", spec.channels, spec.sample_rate)));
    }
    if reader.duration() / spec.sample_rate > LONGEST_S {
        return Err(SoundError::TooLong);
    }
    let all: Vec<f32> = match spec.sample_format {
        SampleFormat::Float => reader.samples::<f32>().collect::<Result<_, _>>(),
        SampleFormat::Int => {
            let full = f32::powi(2.0, i32::from(spec.bits_per_sample) - 1);
            reader.samples::<i32>().map(|s| s.map(|s| s as f32 / full)).collect()
        }
    }
    .map_err(|e| damaged(&e))?;
    let channels = usize::from(spec.channels);
    let mixed = all.chunks_exact(channels).map(|c| c.iter().sum::<f32>() / channels as f32);
    Ok((mixed.map(|s| if s.is_finite() { s.clamp(-1.0, 1.0) } else { 0.0 }).collect(), spec.sample_rate))
}

/// A WAV that was streamed says 0 or 4 GB for the length of its data, as nobody knew it yet: it goes to the end.
fn with_true_lengths(bytes: &[u8]) -> Vec<u8> {
    let mut fixed = bytes.to_vec();
    let mut at = 12;
    while let Some(&[a, b, c, d]) = bytes.get(at + 4..at + 8) {
        let length = u32::from_le_bytes([a, b, c, d]) as usize;
        let rest = bytes.len() - (at + 8);
        if &bytes[at..at + 4] == b"data" {
            if length == 0 || length >= u32::MAX as usize - 64 {
                let whole = (rest - rest % 2) as u32;
                fixed[at + 4..at + 8].copy_from_slice(&whole.to_le_bytes());
                fixed[4..8].copy_from_slice(&((bytes.len() - 8) as u32).to_le_bytes());
            }
            break;
        }
        at += 8 + length + length % 2;
    }
    fixed
}

/// The sound at 48 kHz, by a windowed sinc of eight crossings a side.
fn resample(samples: &[f32], rate: u32) -> Vec<f32> {
    const CROSSINGS: f64 = 8.0;
    if rate == RATE {
        return samples.to_vec();
    }
    let step = f64::from(rate) / f64::from(RATE);
    // When the rate falls, the kernel is widened, so that nothing folds back.
    let scale = (1.0 / step).min(1.0) * 0.95;
    let reach = CROSSINGS / scale;
    let kernel = |x: f64| {
        let sinc = if x == 0.0 { 1.0 } else { (PI * x * scale).sin() / (PI * x * scale) };
        scale * sinc * (0.5 + 0.5 * (PI * x / reach).cos())
    };
    let count = (samples.len() as f64 / step).ceil() as usize;
    // The places between two samples come round again: 24 kHz has two of them, 44.1 kHz has 160.
    let divisor = gcd(rate, RATE);
    let phases = (RATE / divisor) as usize;
    let taps = 2 * reach.ceil() as usize;
    let back = taps as i64 / 2 - 1;
    let rows: Vec<Vec<f32>> = (0..phases.min(count))
        .map(|n| {
            let part = f64::from((n as u64 * u64::from(rate) % u64::from(RATE)) as u32) / f64::from(RATE);
            (0..taps).map(|t| kernel((t as i64 - back) as f64 - part)).map(|k| k as f32).collect()
        })
        .collect();
    (0..count)
        .map(|n| {
            let first = (n as u64 * u64::from(rate) / u64::from(RATE)) as i64 - back;
            let at = |t: usize| usize::try_from(first + t as i64).ok().and_then(|i| samples.get(i)).copied();
            rows[n % phases].iter().enumerate().map(|(t, k)| k * at(t).unwrap_or_default()).sum()
        })
        .collect()
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// When each word is spoken, guessed: as if every character took the same time. `unspaced` for languages whose words
/// are not parted by spaces: each character is a word of its own then.
pub(crate) fn even_word_times(text: &str, unspaced: bool, duration_ms: u32) -> Vec<WordTime> {
    let words: Vec<String> = if unspaced {
        text.chars().filter(|c| !c.is_whitespace()).map(String::from).collect()
    } else {
        text.split_whitespace().map(str::to_owned).collect()
    };
    let weights: Vec<u64> = words.iter().map(|w| w.chars().count() as u64 + u64::from(!unspaced)).collect();
    let total = weights.iter().sum::<u64>().max(1);
    let mut passed = 0;
    words
        .into_iter()
        .zip(weights)
        .map(|(word, weight)| {
            let at = |passed: u64| (u64::from(duration_ms) * passed / total) as u32;
            let start_ms = at(passed);
            passed += weight;
            WordTime { word, start_ms, end_ms: at(passed) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use proptest::prelude::*;

    use super::*;

    fn wav(rate: u32, channels: u16, bits: u16, sample: impl Fn(f64) -> f64) -> Vec<u8> {
        let spec = WavSpec { channels, sample_rate: rate, bits_per_sample: bits, sample_format: SampleFormat::Int };
        let mut bytes = Cursor::new(Vec::new());
        let mut writer = WavWriter::new(&mut bytes, spec).unwrap();
        let full = f64::powi(2.0, i32::from(bits) - 1) - 1.0;
        for i in 0..rate {
            for _ in 0..channels {
                writer.write_sample((sample(f64::from(i) / f64::from(rate)) * full) as i32).unwrap();
            }
        }
        writer.finalize().unwrap();
        bytes.into_inner()
    }

    fn tone(t: f64) -> f64 {
        (TAU * 1_000.0 * t).sin() * 0.5
    }

    #[test]
    fn a_tone_of_any_form_is_the_same_tone_at_48_khz() {
        for (rate, channels, bits) in
            [(24_000, 1, 16), (22_050, 2, 16), (44_100, 1, 24), (96_000, 2, 16), (48_000, 1, 16)]
        {
            let (samples, rate) = mono(&wav(rate, channels, bits, tone)).unwrap();
            let got = resample(&samples, rate);
            let worst =
                (4_000..40_000).fold(0.0_f64, |m, i| m.max((f64::from(got[i]) - tone(i as f64 / 48_000.0)).abs()));
            assert!(worst < 0.005, "{rate} Hz, {channels} channels, {bits} bits: {worst}");
        }
    }

    #[test]
    fn nothing_folds_back() {
        let (samples, rate) = mono(&wav(96_000, 1, 16, |t| (TAU * 33_000.0 * t).sin() * 0.9)).unwrap();
        assert!(resample(&samples, rate)[2_000..40_000].iter().all(|s| s.abs() < 0.01));
    }

    #[test]
    fn silence_at_the_ends_goes() {
        let (out, ms) = speech(&wav(24_000, 1, 16, |t| if (0.3..0.7).contains(&t) { tone(t) } else { 0.0 })).unwrap();
        assert!((475..=485).contains(&ms), "{ms}");
        let spec = WavReader::new(&out[..]).unwrap().spec();
        assert_eq!((spec.channels, spec.sample_rate, spec.bits_per_sample), (1, 48_000, 16));
        assert_eq!(speech(&wav(24_000, 1, 16, |_| 0.0)), Err(SoundError::Silent));
    }

    #[test]
    fn a_streamed_wav_without_lengths_is_read_to_its_end() {
        for length in [0_u32, u32::MAX] {
            let mut streamed = wav(24_000, 1, 16, tone);
            streamed[4..8].copy_from_slice(&length.to_le_bytes());
            streamed[40..44].copy_from_slice(&length.to_le_bytes());
            assert_eq!(speech(&streamed).unwrap().1, 1_000, "{length}");
        }
    }

    #[test]
    fn what_is_no_whole_wav_is_not_taken() {
        assert_eq!(speech(b"ID3\x04mp3"), Err(SoundError::Format));
        let whole = wav(24_000, 1, 16, tone);
        for cut in [11, 20, 43, 1_001] {
            assert!(speech(&whole[..cut]).is_err(), "{cut}");
        }
    }

    proptest! {
        #[test]
        fn word_times_cover_the_line_in_order(text in "([a-z鯨]{1,9} ){0,12}", unspaced: bool, ms in 0_u32..90_000) {
            let times = even_word_times(&text, unspaced, ms);
            let said: String = times.iter().map(|t| t.word.as_str()).collect();
            prop_assert_eq!(said, text.replace(' ', ""));
            prop_assert!(times.iter().all(|t| t.start_ms <= t.end_ms && t.end_ms <= ms));
            prop_assert!(times.windows(2).all(|w| w[0].end_ms == w[1].start_ms));
            prop_assert!(times.last().is_none_or(|t| t.end_ms == ms));
        }
    }
}
