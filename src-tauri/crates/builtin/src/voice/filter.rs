//! The filter that the voice and the composer share, for sound at 48 kHz.

use std::f32::consts::PI;

const SR: f32 = 48_000.0;

/// A filter of the second order (Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients").
#[derive(Debug, Clone)]
pub(crate) struct Biquad {
    b: [f32; 3],
    a: [f32; 2],
    state: [f32; 2],
}

impl Biquad {
    /// A filter by its coefficients; `a0` scales all.
    pub(crate) fn new(b: [f32; 3], a0: f32, a: [f32; 2]) -> Self {
        Self { b: b.map(|x| x / a0), a: a.map(|x| x / a0), state: [0.0; 2] }
    }

    /// Lets pass what is above `hertz`.
    pub(crate) fn high_pass(hertz: f32, q: f32) -> Self {
        let (cos, alpha) = angle(hertz, q);
        Self::new(
            [f32::midpoint(1.0, cos), -(1.0 + cos), f32::midpoint(1.0, cos)],
            1.0 + alpha,
            [-2.0 * cos, 1.0 - alpha],
        )
    }

    /// Lets pass what is below `hertz`.
    pub(crate) fn low_pass(hertz: f32, q: f32) -> Self {
        let (cos, alpha) = angle(hertz, q);
        Self::new([(1.0 - cos) / 2.0, 1.0 - cos, (1.0 - cos) / 2.0], 1.0 + alpha, [-2.0 * cos, 1.0 - alpha])
    }

    /// Lifts or lowers what is around `hertz` by `decibel`.
    pub(crate) fn peak(hertz: f32, q: f32, decibel: f32) -> Self {
        let (cos, alpha) = angle(hertz, q);
        let a = 10_f32.powf(decibel / 40.0);
        Self::new([1.0 + alpha * a, -2.0 * cos, 1.0 - alpha * a], 1.0 + alpha / a, [-2.0 * cos, 1.0 - alpha / a])
    }

    /// One sample.
    pub(crate) fn run(&mut self, x: f32) -> f32 {
        let y = self.b[0] * x + self.state[0];
        self.state[0] = self.b[1] * x - self.a[0] * y + self.state[1];
        self.state[1] = self.b[2] * x - self.a[1] * y;
        y
    }
}

fn angle(hertz: f32, q: f32) -> (f32, f32) {
    let (sin, cos) = (2.0 * PI * hertz / SR).sin_cos();
    (cos, sin / (2.0 * q))
}
