//! The tune: a motif that is found once and then varied.

use story::{Rng, Seed};

/// A note of the tune: its start and length in beats, and its degree of the scale above the tonic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tone {
    pub(super) at: f64,
    pub(super) beats: f64,
    pub(super) degree: i32,
}

/// A motif: two bars of rhythm and the steps between its notes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Motif {
    bars: [Vec<f64>; 2],
    steps: Vec<i32>,
}

const FOUR: [&[f64]; 7] = [
    &[1.5, 0.5, 2.0],
    &[1.0, 1.0, 2.0],
    &[0.5, 0.5, 1.0, 2.0],
    &[2.0, 1.0, 1.0],
    &[1.0, 0.5, 0.5, 2.0],
    &[3.0, 1.0],
    &[1.5, 1.5, 1.0],
];
const THREE: [&[f64]; 5] = [&[2.0, 1.0], &[1.0, 1.0, 1.0], &[1.5, 0.5, 1.0], &[1.0, 2.0], &[0.5, 0.5, 2.0]];

impl Motif {
    /// Finds a motif by chance.
    pub(super) fn find(seed: Seed, beats: usize) -> Self {
        let mut rng = seed.fork("motif").rng();
        let rhythm = |rng: &mut Rng| -> Vec<f64> {
            let known: &[&[f64]] = if beats == 3 { &THREE } else { &FOUR };
            rng.pick(known).map_or_else(|| vec![1.0], |r| r.to_vec())
        };
        let bars = [rhythm(&mut rng), rhythm(&mut rng)];
        let count = bars[0].len() + bars[1].len();
        // Mostly steps, now and then a leap; after a leap the tune turns back.
        let mut steps = Vec::with_capacity(count);
        let mut last = 0_i32;
        for _ in 0..count {
            let step = if last.abs() > 2 {
                -last.signum()
            } else if rng.chance(0.22) {
                if rng.chance(0.6) { 3 } else { -3 }
            } else {
                [-1, 1, -1, 1, 2, 0].get(rng.below(6)).copied().unwrap_or(0)
            };
            steps.push(step);
            last = step;
        }
        Self { bars, steps }
    }

    /// The motif over one bar: `half` is its first or second bar, `variation` how it is turned, `chord` the degree of
    /// the bar's chord. Notes on whole beats 1 and 3 belong to the chord.
    pub(super) fn over(&self, half: usize, variation: usize, chord: usize, beats: usize) -> Vec<Tone> {
        let before = if half == 0 { 0 } else { self.bars[0].len() };
        let mut degree = nearest_chord_tone(4 + i32::from(variation == 1) * 2, chord);
        let mut at = 0.0;
        let mut tones = Vec::new();
        for (i, &length) in self.bars[half % 2].iter().enumerate() {
            if at >= beats as f64 {
                break;
            }
            let step = self.steps[before + i];
            if i > 0 {
                degree += if variation == 2 { -step } else { step };
            }
            degree = degree.clamp(0, 11);
            let strong = at.fract() == 0.0 && (at as usize).is_multiple_of(2);
            let placed = if strong { nearest_chord_tone(degree, chord) } else { degree };
            // The thin variation keeps only what carries.
            if variation != 3 || strong {
                tones.push(Tone { at, beats: length.min(beats as f64 - at), degree: placed });
            }
            at += length;
        }
        tones
    }
}

/// The degree nearest to `degree` that belongs to the triad on `chord`.
pub(super) fn nearest_chord_tone(degree: i32, chord: usize) -> i32 {
    let fits = |d: i32| [0, 2, 4].contains(&(d - chord as i32).rem_euclid(7));
    [0, -1, 1, -2, 2].into_iter().map(|s| degree + s).find(|d| fits(*d)).unwrap_or(degree)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn motifs_differ_by_seed_and_stand_on_the_chord() {
        let all: Vec<Motif> = (0..12).map(|s| Motif::find(Seed::new(s), 4)).collect();
        let different = all.iter().enumerate().filter(|(i, m)| !all[..*i].contains(m)).count();
        assert!(different >= 11, "{different}");
        for motif in &all {
            for (half, variation, chord) in [(0, 0, 0), (1, 1, 3), (0, 2, 4), (1, 3, 5)] {
                let tones = motif.over(half, variation, chord, 4);
                assert!(!tones.is_empty());
                let first = tones[0].degree;
                assert_eq!(nearest_chord_tone(first, chord), first);
                assert!(tones.iter().all(|t| t.at + t.beats <= 4.0));
                assert!(motif.over(half, variation, chord, 1).iter().all(|t| t.at + t.beats <= 1.0));
            }
        }
    }
}
