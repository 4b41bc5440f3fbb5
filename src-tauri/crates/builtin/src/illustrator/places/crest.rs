//! Crest lines: the upper edge of a piece of land. The same line draws the land and seats what stands on it.

use serde::{Deserialize, Serialize};
use story::Seed;

use crate::illustrator::noise::{fbm, hash, step};

/// The upper edge of land.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Crest {
    /// Hills, or peaks when `sharp`: between `base` and `height` above it.
    Hills { base: f32, height: f32, frequency: f32, sharp: bool },
    /// Land that rises out of the water at `foot` and is flat from `top` on, `y` high.
    Shore { y: f32, foot: f32, top: f32, rough: f32 },
    /// Dunes: long to the wind, steep to the lee, `length` from one to the next.
    Dunes { base: f32, height: f32, length: f32 },
    /// A level line.
    Flat { y: f32 },
}

/// Where the crest of a dune is on its way from one valley to the next.
const LEE: f32 = 0.70;

/// How deep below the stage a shore begins: out of sight.
const BELOW: f32 = 1500.0;

impl Crest {
    /// The height of the line at `x`.
    pub(crate) fn y(&self, x: f32, seed: Seed) -> f32 {
        let noise = seed.value() as u32;
        match *self {
            Self::Hills { base, height, frequency, sharp: false } => {
                base - height * fbm(x * frequency + 100.0, noise, 4)
            }
            Self::Hills { base, height, frequency, sharp: true } => {
                let fold = 1.0 - (fbm(x * frequency + 100.0, noise, 4) * 2.0 - 1.0).abs();
                base - height * (fold.powf(1.6) * 0.9 + 0.12 * fbm(x * frequency * 9.0, noise.wrapping_add(7), 3))
            }
            Self::Shore { y, foot, top, rough } => {
                let t = ((x - foot) / (top - foot)).clamp(0.0, 1.0);
                let rise = 1.0 - (1.0 - t).powi(3);
                let cut =
                    rough * (fbm(x / 70.0, noise, 4) - 0.5) * step(0.0, 0.3, t) * (1.0 - 0.75 * step(0.5, 1.0, t));
                BELOW + (y - BELOW) * rise + cut * 2.0
                    - rough * 0.5 * (fbm(x / 260.0, noise.wrapping_add(3), 3) - 0.5) * t
            }
            Self::Dunes { base, height, length } => {
                let at = x / length + 0.35 * fbm(x / (length * 1.7), noise, 2) + 100.0;
                let (cell, t) = (at.floor(), at - at.floor());
                let own = 0.35 + 0.65 * hash(cell as i32, noise.wrapping_add(11));
                let profile = if t < LEE { step(0.0, LEE, t) * 0.4 + t / LEE * 0.6 } else { 1.0 - step(LEE, 1.0, t) };
                base - height * (own * profile * 0.85 + 0.15 * fbm(x / length, noise, 2))
            }
            Self::Flat { y } => y,
        }
    }
}
