//! A look-ahead true-peak limiter: the gain that keeps every peak under a ceiling, and turns before the peak comes.

/// Blocks the gain starts to turn before a peak, and over which it is smoothed.
const LOOK_AHEAD: usize = 5;
/// Blocks it takes to come back by two thirds.
const RELEASE: f32 = 80.0;

/// The gain of every block, at most 1, for sound that is made louder by `gain`. `peaks` are the true peaks of the
/// blocks, `ceiling` is linear.
///
/// Every value is a mean of minima that all reach over the block itself and its neighbours, so that the line between
/// two values is never above what either block needs.
pub(crate) fn envelope(peaks: &[f32], gain: f32, ceiling: f32) -> Vec<f32> {
    let need = |peak: &f32| if peak * gain > ceiling { ceiling / (peak * gain) } else { 1.0 };
    let needs: Vec<f32> = peaks.iter().map(need).collect();
    let n = needs.len();
    let window = |values: &[f32], i: usize, reach: usize| -> std::ops::Range<usize> {
        i.saturating_sub(reach)..(i + reach + 1).min(values.len())
    };
    let mut held = vec![1.0f32; n];
    let back = 1.0 - (-1.0 / RELEASE).exp();
    let mut before = 1.0f32;
    for i in 0..n {
        let lowest = needs[window(&needs, i, LOOK_AHEAD + 1)].iter().copied().fold(1.0, f32::min);
        before = lowest.min(before + (1.0 - before) * back);
        held[i] = before;
    }
    let mean = |i: usize| {
        let values = &held[window(&held, i, LOOK_AHEAD)];
        values.iter().sum::<f32>() / values.len() as f32
    };
    (0..n).map(mean).collect()
}

/// The gain at a place between blocks: `part` is 0 at the start of the block and 1 at its end.
pub(crate) fn between(envelope: &[f32], block: usize, part: f32) -> f32 {
    let at = |i: usize| envelope.get(i).or(envelope.last()).copied().unwrap_or(1.0);
    let here = at(block);
    if part < 0.5 {
        let before = at(block.saturating_sub(1));
        before + (here - before) * (part + 0.5)
    } else {
        here + (at(block + 1) - here) * (part - 0.5)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_peak_passes_the_ceiling(
            peaks in prop::collection::vec(0f32..2.0, 1..300),
            gain in 0.1f32..8.0,
            part in 0f32..1.0,
        ) {
            let envelope = envelope(&peaks, gain, 0.8);
            for (i, peak) in peaks.iter().enumerate() {
                let factor = between(&envelope, i, part);
                prop_assert!(factor <= 1.0 + 1e-6);
                prop_assert!(peak * gain * factor <= 0.8 + 1e-4, "block {i}: {peak} × {gain} × {factor}");
            }
        }
    }

    #[test]
    fn quiet_sound_is_left_alone() {
        assert!(envelope(&[0.1, 0.3, 0.2], 1.0, 0.8).iter().all(|&g| g == 1.0));
    }
}
