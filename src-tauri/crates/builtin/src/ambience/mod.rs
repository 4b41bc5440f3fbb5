//! Ambience: what a place sounds like – rain, wind, the sea, birds, a city – made of filtered noise and small tones.
//!
//! This module owns the sound from the order (places over time, length, seed) to the finished file. It must not look at
//! anything but the order: the same order gives the same sound. `scene` says what is heard where, `sources` make the sounds.

mod scene;
mod sources;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use story::{PlaceKind, Seed, TimeOfDay, Weather};

use scene::{Level, heard};
use sources::{Source, source};

/// The rate of the sound, in hertz.
const RATE: u32 = 48_000;
/// Frames that are worked on at a time: 50 ms. Memory does not grow with the film.
const BLOCK: usize = 2_400;
/// How long one place takes to make way for the next, in seconds.
const CHANGE_S: f32 = 0.9;
/// How long the sound takes to come and to go at the ends of the film, in seconds.
const EDGE_S: f32 = 0.4;

/// A stretch of the film in one place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AmbienceSection {
    /// Where it starts, in milliseconds from the start of the film.
    pub start_ms: u32,
    /// The sort of place.
    pub place: PlaceKind,
    /// When it is seen.
    pub time: TimeOfDay,
    /// The weather.
    pub weather: Weather,
}

/// The order for an ambience.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AmbienceSheet {
    /// Length in milliseconds.
    pub duration_ms: u32,
    /// The places, in order.
    pub sections: Vec<AmbienceSection>,
    /// The chance in it.
    pub seed: Seed,
}

/// A sound that is heard somewhere in the film, and how loud at the moment.
struct Voice {
    level: Level,
    source: Box<dyn Source>,
    gain: f32,
}

/// Writes the sound as WAV (48 kHz, stereo, 16 bits), as long as the order says.
pub fn write(sheet: &AmbienceSheet, out: &mut dyn Write) -> io::Result<()> {
    let frames = sheet.duration_ms as usize * (RATE as usize / 1000);
    out.write_all(&crate::composer::wav_header(frames))?;
    let mut voices: Vec<Voice> = Vec::new();
    for section in &sheet.sections {
        for level in heard(section) {
            if !voices.iter().any(|v| v.level.sound == level.sound) {
                let seed = sheet.seed.fork(level.sound.name());
                voices.push(Voice { level, source: source(level.sound, seed), gain: 0.0 });
            }
        }
    }
    let (mut left, mut right) = (vec![0.0; BLOCK], vec![0.0; BLOCK]);
    let mut bytes = Vec::with_capacity(BLOCK * 4);
    for start in (0..frames).step_by(BLOCK) {
        let count = BLOCK.min(frames - start);
        left[..count].fill(0.0);
        right[..count].fill(0.0);
        let now = section_at(sheet, start);
        for voice in &mut voices {
            let wanted = now
                .and_then(|section| heard(section).into_iter().find(|l| l.sound == voice.level.sound))
                .map_or(0.0, |level| level.gain);
            voice.play(wanted, &mut left[..count], &mut right[..count]);
        }
        bytes.clear();
        for (i, (l, r)) in left[..count].iter().zip(&right[..count]).enumerate() {
            let edge = edge(start + i, frames);
            for s in [l, r] {
                // Bends what is far too loud, so that nothing clips.
                let value = ((s * edge).tanh() * 32_000.0).round() as i16;
                bytes.extend_from_slice(&value.to_le_bytes());
            }
        }
        out.write_all(&bytes)?;
    }
    Ok(())
}

impl Voice {
    /// Adds a block, its gain on the way to what is wanted. A source that is not heard stands still.
    fn play(&mut self, wanted: f32, left: &mut [f32], right: &mut [f32]) {
        if self.gain == 0.0 && wanted == 0.0 {
            return;
        }
        let step = 1.0 / (CHANGE_S * RATE as f32);
        for (l, r) in left.iter_mut().zip(right) {
            let (a, b) = self.source.frame();
            self.gain += (wanted - self.gain).clamp(-step, step);
            *l += a * self.gain;
            *r += b * self.gain;
        }
    }
}

fn section_at(sheet: &AmbienceSheet, frame: usize) -> Option<&AmbienceSection> {
    let ms = (frame / (RATE as usize / 1000)) as u32;
    sheet.sections.iter().rev().find(|s| s.start_ms <= ms).or(sheet.sections.first())
}

/// Comes softly and goes softly.
fn edge(frame: usize, frames: usize) -> f32 {
    let near = frame.min(frames - 1 - frame) as f32 / (EDGE_S * RATE as f32);
    let k = near.min(1.0);
    k * k * (3.0 - 2.0 * k)
}
