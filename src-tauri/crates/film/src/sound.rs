//! Samples in and out: raw 32-bit floats at 48 kHz, one meter for loudness and true peaks.

use std::io::{BufReader, Read};
use std::path::Path;

use ebur128::{EbuR128, Mode};
use tokio_util::sync::CancellationToken;

use crate::{Ffmpeg, FilmError};

/// Samples a second, everywhere in the mix.
pub(crate) const RATE: u32 = 48_000;

/// Frames of sound in a block, one millisecond: the step of the meter and of the limiter.
pub(crate) const BLOCK: usize = 48;

/// Factor of a level in decibels.
pub(crate) fn from_db(db: f32) -> f32 {
    10f32.powf(db / 20.0)
}

/// Level in decibels of a factor.
pub(crate) fn to_db(factor: f32) -> f32 {
    20.0 * factor.log10()
}

/// A line's sound as mono samples, played at a speed in percent.
pub(crate) async fn speech(
    ffmpeg: &Ffmpeg,
    path: &Path,
    tempo_percent: u32,
    cancel: &CancellationToken,
) -> Result<Vec<f32>, FilmError> {
    if tempo_percent == 100
        && let Some(samples) = read_wav(path)
    {
        return Ok(samples);
    }
    let tempo = format!("atempo={}.{:02}", tempo_percent / 100, tempo_percent % 100);
    let bytes = ffmpeg
        .call("reading a voice", path)
        .arg_input(path)
        .args(["-vn", "-filter:a", &tempo, "-f", "f32le", "-ar", "48000", "-ac", "1", "pipe:1"])
        .output(cancel)
        .await?;
    Ok(bytes.chunks_exact(4).map(sample).collect())
}

/// The usual case without a process: WAV, 48 kHz, 16 bits. `None` for all else.
fn read_wav(path: &Path) -> Option<Vec<f32>> {
    let mut reader = hound::WavReader::open(path).ok()?;
    let spec = reader.spec();
    if spec.sample_rate != RATE || spec.bits_per_sample != 16 || spec.channels != 1 {
        return None;
    }
    reader.samples::<i16>().map(|s| s.ok().map(|s| f32::from(s) / 32768.0)).collect()
}

/// Decodes any sound to raw stereo samples in a file, at most `ms` milliseconds.
pub(crate) async fn decode(
    ffmpeg: &Ffmpeg,
    path: &Path,
    ms: u32,
    raw: &Path,
    cancel: &CancellationToken,
) -> Result<(), FilmError> {
    let length = format!("{}.{:03}", ms / 1000, ms % 1000);
    let call = ffmpeg.call("reading music", path).arg_input(path);
    call.args(["-vn", "-t", &length, "-f", "f32le", "-ar", "48000", "-ac", "2"]).file(raw).output(cancel).await?;
    Ok(())
}

/// One little-endian sample.
pub(crate) fn sample(bytes: &[u8]) -> f32 {
    let value = bytes.try_into().map_or(0.0, f32::from_le_bytes);
    if value.is_finite() { value } else { 0.0 }
}

/// Raw samples read from a file; silence after its end.
pub(crate) struct Samples {
    file: Option<BufReader<std::fs::File>>,
    bytes: Vec<u8>,
}

impl Samples {
    /// The samples of a file, or silence when there is none.
    pub(crate) fn open(path: Option<&Path>) -> std::io::Result<Self> {
        let file = path.map(std::fs::File::open).transpose()?.map(BufReader::new);
        Ok(Self { file, bytes: Vec::new() })
    }

    /// Fills `out`.
    pub(crate) fn read(&mut self, out: &mut [f32]) -> std::io::Result<()> {
        out.fill(0.0);
        let Some(file) = &mut self.file else { return Ok(()) };
        self.bytes.clear();
        file.by_ref().take(out.len() as u64 * 4).read_to_end(&mut self.bytes)?;
        for (to, from) in out.iter_mut().zip(self.bytes.chunks_exact(4)) {
            *to = sample(from);
        }
        Ok(())
    }
}

/// Measures loudness (ITU-R BS.1770, EBU R 128) and the true peak of every block.
pub(crate) struct Meter {
    meter: EbuR128,
    /// The highest true peak of each block, linear.
    pub(crate) peaks: Vec<f32>,
}

impl Meter {
    pub(crate) fn new() -> Result<Self, FilmError> {
        let meter = EbuR128::new(2, RATE, Mode::I | Mode::TRUE_PEAK | Mode::HISTOGRAM).map_err(broken)?;
        Ok(Self { meter, peaks: Vec::new() })
    }

    /// Measures no peaks: they take most of the time.
    pub(crate) fn of_loudness() -> Result<Self, FilmError> {
        let meter = EbuR128::new(2, RATE, Mode::I | Mode::HISTOGRAM).map_err(broken)?;
        Ok(Self { meter, peaks: Vec::new() })
    }

    /// Adds stereo samples, whole blocks of them (the last may be short).
    pub(crate) fn add(&mut self, stereo: &[f32]) -> Result<(), FilmError> {
        if !self.meter.mode().contains(Mode::TRUE_PEAK) {
            return self.meter.add_frames_f32(stereo).map_err(broken);
        }
        for block in stereo.chunks(BLOCK * 2) {
            self.meter.add_frames_f32(block).map_err(broken)?;
            let peak = |channel| self.meter.prev_true_peak(channel).map_err(broken);
            self.peaks.push(peak(0)?.max(peak(1)?) as f32);
        }
        Ok(())
    }

    /// Integrated loudness in LUFS; minus infinity for silence.
    pub(crate) fn loudness(&self) -> Result<f32, FilmError> {
        Ok(self.meter.loudness_global().map_err(broken)? as f32)
    }

    /// The highest true peak in dBTP; minus infinity for silence.
    pub(crate) fn true_peak(&self) -> f32 {
        to_db(self.peaks.iter().copied().fold(0.0, f32::max))
    }
}

fn broken(error: ebur128::Error) -> FilmError {
    FilmError::Draw { detail: format!("the loudness could not be measured ({error})") }
}

/// How loud mono speech is when it comes from both sides, in LUFS; for a very short sound its plain level.
pub(crate) fn speech_loudness(mono: &[f32]) -> Result<f32, FilmError> {
    let mut meter = EbuR128::new(1, RATE, Mode::I).map_err(broken)?;
    meter.set_channel(0, ebur128::Channel::DualMono).map_err(broken)?;
    meter.add_frames_f32(mono).map_err(broken)?;
    let loudness = meter.loudness_global().map_err(broken)? as f32;
    if loudness.is_finite() {
        return Ok(loudness);
    }
    let power = mono.iter().map(|s| s * s).sum::<f32>() / mono.len().max(1) as f32;
    Ok(10.0 * (2.0 * power).log10() - 0.7)
}
