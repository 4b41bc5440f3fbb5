//! How loud a score is: integrated loudness after ITU-R BS.1770-4, measured as the sound goes by.

use crate::voice::filter::Biquad;

use super::RATE;

/// Frames of a step of 100 ms; a block is four steps.
const STEP: usize = RATE as usize / 10;

/// Listens to stereo sound at 48 kHz.
pub(super) struct Meter {
    filters: [[Biquad; 2]; 2],
    sum: f64,
    count: usize,
    steps: Vec<f64>,
}

impl Meter {
    pub(super) fn new() -> Self {
        // The head and the low cut of the "K" weighting, as the recommendation gives them for 48 kHz.
        let head = Biquad::new([1.535_124_9, -2.691_696_2, 1.198_392_9], 1.0, [-1.690_659_3, 0.732_480_8]);
        let cut = Biquad::new([1.0, -2.0, 1.0], 1.0, [-1.990_047_5, 0.990_072_25]);
        let pair = [head, cut];
        Self { filters: [pair.clone(), pair], sum: 0.0, count: 0, steps: Vec::new() }
    }

    pub(super) fn hear(&mut self, left: f32, right: f32) {
        for (s, chain) in [left, right].into_iter().zip(&mut self.filters) {
            let weighted = chain.iter_mut().fold(s, |x, f| f.run(x));
            self.sum += f64::from(weighted * weighted);
        }
        self.count += 1;
        if self.count == STEP {
            self.steps.push(self.sum / STEP as f64);
            (self.sum, self.count) = (0.0, 0);
        }
    }

    /// Integrated loudness in LUFS; `None` when there was nothing to hear. Sound shorter than a block counts as one.
    pub(super) fn loudness(&self) -> Option<f64> {
        let blocks: Vec<f64> = if self.steps.len() < 4 {
            vec![
                (self.steps.iter().sum::<f64>() * STEP as f64 + self.sum)
                    / (self.steps.len() * STEP + self.count).max(1) as f64,
            ]
        } else {
            self.steps.windows(4).map(|w| w.iter().sum::<f64>() / 4.0).collect()
        };
        let gate = |above: f64| {
            let (sum, count) = blocks.iter().filter(|b| **b > above).fold((0.0, 0), |(s, n), b| (s + b, n + 1));
            (count > 0).then(|| sum / f64::from(count))
        };
        let floor = 10_f64.powf((-70.0 + 0.691) / 10.0);
        let mean = gate((gate(floor)? / 10.0).max(floor))?;
        Some(-0.691 + 10.0 * mean.log10())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_the_reference() {
        let check = |sound: Vec<f32>| {
            let mut reference = ebur128::EbuR128::new(2, RATE, ebur128::Mode::I).unwrap();
            reference.add_frames_f32(&sound).unwrap();
            let mut meter = Meter::new();
            sound.chunks(2).for_each(|f| meter.hear(f[0], f[1]));
            let (got, want) = (meter.loudness().unwrap(), reference.loudness_global().unwrap());
            assert!((got - want).abs() < 0.1, "{got} {want}");
        };
        let tone = |hertz: f32, gate: usize| -> Vec<f32> {
            (0..RATE as usize * 4)
                .flat_map(|i| {
                    let s = 0.2 * (std::f32::consts::TAU * hertz * i as f32 / RATE as f32).sin();
                    let s = if (i / 24_000) % gate == 0 { s } else { s * 0.01 };
                    [s, s * 0.5]
                })
                .collect()
        };
        check(tone(997.0, 1));
        check(tone(80.0, 1));
        check(tone(4_000.0, 3));
        assert_eq!(Meter::new().loudness(), None);
    }
}
