//! The room: eight lines of delay that feed each other (a feedback delay network, Jot 1991), darker with every turn.

use super::{Bus, RATE};

const LINES: usize = 8;
/// Lengths in frames without a common divisor, so that no echo stands out.
const LENGTHS: [usize; LINES] = [1687, 1933, 2251, 2539, 2833, 3137, 3469, 3793];

pub(super) struct Reverb {
    lines: [Vec<f32>; LINES],
    at: [usize; LINES],
    dark: [f32; LINES],
    keep: [f32; LINES],
    level: f32,
}

impl Reverb {
    /// A room from a chamber (0) to a hall (1).
    pub(super) fn new(size: f32) -> Self {
        let seconds = 1.1 + 2.4 * size.clamp(0.0, 1.0);
        Self {
            lines: LENGTHS.map(|l| vec![0.0; l]),
            at: [0; LINES],
            dark: [0.0; LINES],
            // Each line loses 60 dB in `seconds`.
            keep: LENGTHS.map(|l| 10_f32.powf(-3.0 * l as f32 / RATE as f32 / seconds)),
            level: 0.5 + 0.25 * size,
        }
    }

    /// Adds the room's answer to the block.
    pub(super) fn add(&mut self, bus: &mut Bus) {
        for i in 0..bus.len() {
            let mut out = [0.0; LINES];
            for (k, heard) in out.iter_mut().enumerate() {
                self.dark[k] += 0.42 * (self.lines[k][self.at[k]] - self.dark[k]);
                *heard = self.dark[k] * self.keep[k];
            }
            // Householder: every line hears all, nothing is gained or lost.
            let shared = out.iter().sum::<f32>() * 2.0 / LINES as f32;
            for (k, heard) in out.iter().enumerate() {
                let fresh = if k % 2 == 0 { bus.room_left[i] } else { bus.room_right[i] };
                self.lines[k][self.at[k]] = fresh + heard - shared;
                self.at[k] = (self.at[k] + 1) % LENGTHS[k];
            }
            bus.left[i] += self.level * (out[0] - out[2] + out[4] - out[6]);
            bus.right[i] += self.level * (out[1] - out[3] + out[5] - out[7]);
        }
    }
}
