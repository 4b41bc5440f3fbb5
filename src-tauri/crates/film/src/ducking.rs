//! Ducking: how far the music goes down while somebody speaks.

use crate::sound::{RATE, from_db};

/// How far the music goes down, in decibels.
const DEPTH_DB: f32 = -11.0;
/// It is down when the word starts.
const ATTACK: u64 = RATE as u64 * 250 / 1000;
/// It comes back slowly after the last.
const RELEASE: u64 = RATE as u64 * 600 / 1000;

/// The gain of the music over the film.
pub(crate) struct Ducking {
    /// First and last sample of speech, in order; pauses too short to come back in are closed.
    spoken: Vec<(u64, u64)>,
    next: usize,
}

impl Ducking {
    /// From the times of the lines in samples, in order.
    pub(crate) fn new(lines: &[(u64, u64)]) -> Self {
        let mut spoken: Vec<(u64, u64)> = Vec::new();
        for &(from, to) in lines {
            match spoken.last_mut() {
                Some(last) if from < last.1 + ATTACK + RELEASE => last.1 = last.1.max(to),
                _ => spoken.push((from, to)),
            }
        }
        Self { spoken, next: 0 }
    }

    /// The gain at a sample. Must be asked in order of time.
    pub(crate) fn gain(&mut self, at: u64) -> f32 {
        while self.spoken.get(self.next).is_some_and(|s| at >= s.1 + RELEASE) {
            self.next += 1;
        }
        let Some(&(from, to)) = self.spoken.get(self.next) else { return 1.0 };
        let down = if at + ATTACK <= from {
            return 1.0;
        } else if at < from {
            1.0 - (from - at) as f32 / ATTACK as f32
        } else if at <= to {
            1.0
        } else {
            1.0 - (at - to) as f32 / RELEASE as f32
        };
        // A smooth step has no corner that could be heard.
        from_db(DEPTH_DB * down * down * (3.0 - 2.0 * down))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn music_is_down_while_words_are_heard_and_never_jumps() {
        let s = |ms: u64| ms * u64::from(RATE) / 1000;
        let mut ducking = Ducking::new(&[(s(1000), s(2000)), (s(2300), s(3000)), (s(6000), s(6500))]);
        let gains: Vec<f32> = (0..8000).map(|ms| ducking.gain(s(ms))).collect();
        let down = from_db(DEPTH_DB);
        for ms in [1000, 1500, 2000, 2150, 2999, 6200] {
            assert!((gains[ms] - down).abs() < 0.01, "{ms} ms: {}", gains[ms]);
        }
        for ms in [0, 700, 3700, 5000, 7500] {
            assert_eq!(gains[ms], 1.0, "{ms} ms");
        }
        assert!(gains.windows(2).all(|g| (g[0] - g[1]).abs() < 0.02));
    }
}
