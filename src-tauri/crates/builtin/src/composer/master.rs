//! The last desk: room for the voice, the fades, the level, the file.

use std::io::{self, Read, Seek, SeekFrom, Write};

use models::Job;

use crate::voice::filter::Biquad;

use super::{Bus, RATE, Stop, loudness::Meter};

/// What a score shall measure, in LUFS.
const LEVEL: f64 = -18.0;
/// No sample above this: -3 dBFS, which leaves a decibel for what lies between the samples.
const CEILING: f32 = 0.708;
/// Silence at the very end, in frames (40 ms).
const SILENCE: usize = RATE as usize / 25;
const HEADER: usize = 44;
/// Frames of a step of the limiter (20 ms).
const STEP: usize = RATE as usize / 50;
/// How many of them are levelled at a time.
const STEPS: usize = 50;

/// Takes the score block by block and writes it out as 16 bits; the level is set at the end, when the loudness is known.
pub(super) struct Master<W> {
    out: W,
    frames: usize,
    at: usize,
    fade_from: usize,
    desk: [[Biquad; 3]; 2],
    meter: Meter,
    /// The highest sample of each step.
    peaks: Vec<u16>,
    bytes: Vec<u8>,
}

impl<W: Read + Write + Seek> Master<W> {
    /// A desk for `frames` frames whose last chord comes at `end` seconds, which writes to something empty.
    pub(super) fn new(frames: usize, end: f64, mut out: W) -> io::Result<Self> {
        out.write_all(&wav_header(frames))?;
        let channel =
            [Biquad::high_pass(32.0, 0.707), Biquad::peak(1_500.0, 0.55, -4.0), Biquad::peak(7_000.0, 0.6, 1.5)];
        // The last chord stands for a quarter of its time before it begins to fade.
        let end = (end * f64::from(RATE)) as usize;
        let fade_from = end + frames.saturating_sub(end) / 4;
        let (desk, meter) = ([channel.clone(), channel], Meter::new());
        Ok(Self { out, frames, at: 0, fade_from, desk, meter, peaks: Vec::new(), bytes: Vec::new() })
    }

    pub(super) fn push(&mut self, bus: &Bus) -> io::Result<()> {
        self.bytes.clear();
        for (l, r) in bus.left.iter().zip(&bus.right) {
            let gain = self.edge();
            let [l, r] = [(l, 0), (r, 1)].map(|(s, side)| {
                let s = self.desk[side].iter_mut().fold(*s, |x, f| f.run(x));
                // Bends only what is far too loud.
                (s * 1.3).tanh() * gain
            });
            self.meter.hear(l, r);
            let (l, r) = (sixteen(l * 32_767.0), sixteen(r * 32_767.0));
            self.peaks.resize(self.at / STEP + 1, 0);
            if let Some(peak) = self.peaks.last_mut() {
                *peak = (*peak).max(l.unsigned_abs()).max(r.unsigned_abs());
            }
            self.bytes.extend_from_slice(&l.to_le_bytes());
            self.bytes.extend_from_slice(&r.to_le_bytes());
            self.at += 1;
        }
        self.out.write_all(&self.bytes)
    }

    /// The fade in of 30 ms and the fade out under the last chord.
    fn edge(&self) -> f32 {
        let rise = (self.at as f32 / (RATE as f32 * 0.03)).min(1.0);
        let silent = self.frames.saturating_sub(SILENCE);
        if self.at >= silent {
            return 0.0;
        }
        let left = (silent - self.at) as f32 / silent.saturating_sub(self.fade_from).max(1) as f32;
        let fall = left.min(1.0);
        rise * fall * fall * (3.0 - 2.0 * fall)
    }

    /// Sets the level and holds the peaks, a second at a time.
    pub(super) fn finish(mut self, job: &Job) -> Result<(), Stop> {
        let Some(loudness) = self.meter.loudness() else { return Ok(self.out.flush()?) };
        let gain = 10_f64.powf((LEVEL - loudness) / 20.0).min(16.0) as f32;
        // The gain of each step so that its highest peak fits; between two steps the smaller one holds, and gains
        // run straight from one to the next, so no step is ever louder than it may be.
        let fits: Vec<f32> =
            self.peaks.iter().map(|peak| gain.min(CEILING * 32_767.0 / f32::from((*peak).max(1)))).collect();
        let at = |i: usize| fits[i.min(fits.len() - 1)];
        let mut place = HEADER as u64;
        for first in (0..fits.len()).step_by(STEPS) {
            job.check()?;
            let steps = STEPS.min(fits.len() - first);
            self.bytes.resize((steps * STEP).min(self.frames - first * STEP) * 4, 0);
            self.out.seek(SeekFrom::Start(place))?;
            self.out.read_exact(&mut self.bytes)?;
            for (i, step) in (first..).zip(self.bytes.chunks_mut(STEP * 4)) {
                let (from, to) = (at(i.saturating_sub(1)).min(at(i)), at(i).min(at(i + 1)));
                for (k, frame) in step.chunks_exact_mut(4).enumerate() {
                    let gain = from + (to - from) * k as f32 / STEP as f32;
                    for s in frame.chunks_exact_mut(2) {
                        let value = f32::from(i16::from_le_bytes([s[0], s[1]])) * gain;
                        s.copy_from_slice(&sixteen(value).to_le_bytes());
                    }
                }
            }
            self.out.seek(SeekFrom::Start(place))?;
            self.out.write_all(&self.bytes)?;
            place += self.bytes.len() as u64;
        }
        Ok(self.out.flush()?)
    }
}

/// A sample of 16 bits.
fn sixteen(value: f32) -> i16 {
    value.round() as i16
}

/// The header of a WAV file of so many frames: stereo, 16 bits, 48 kHz.
pub(crate) fn wav_header(frames: usize) -> [u8; HEADER] {
    let size = frames as u32 * 4;
    let mut header = [0; HEADER];
    let parts: [(usize, &[u8]); 8] = [
        (0, b"RIFF"),
        (4, &(36 + size).to_le_bytes()),
        (8, b"WAVEfmt \x10\0\0\0\x01\0\x02\0"),
        (24, &RATE.to_le_bytes()),
        (28, &(RATE * 4).to_le_bytes()),
        (32, b"\x04\0\x10\0"),
        (36, b"data"),
        (40, &size.to_le_bytes()),
    ];
    for (at, bytes) in parts {
        header[at..at + bytes.len()].copy_from_slice(bytes);
    }
    header
}
