//! How a part of a figure moves, as plain data, and what that is at a moment.
//!
//! Every motion is nothing at time 0: the parts as they are drawn are the still. Does not draw.

use std::f32::consts::TAU;

/// How a part moves about its pivot. Lengths are figure units, angles degrees (clockwise on the screen), `period_s`
/// seconds, `phase` the fraction of a period that has passed at time 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Motion {
    /// Not at all.
    #[default]
    Still,
    /// Grows and shrinks upwards from the pivot by this fraction, once in about three seconds.
    Breathe {
        /// Fraction of the height.
        amount: f32,
    },
    /// Turns gently to and fro.
    Sway {
        /// The largest angle.
        degrees: f32,
        /// A whole swing.
        period_s: f32,
        /// Where it starts.
        phase: f32,
    },
    /// Swings as an arm or a leg does in walking or running.
    Limb {
        /// The largest angle.
        degrees: f32,
        /// Two steps.
        period_s: f32,
        /// Where it starts.
        phase: f32,
    },
    /// Goes up and down.
    Bob {
        /// The largest way from the middle.
        amount: f32,
        /// A whole swing.
        period_s: f32,
        /// Where it starts.
        phase: f32,
    },
    /// Beats like a wing: the width is squeezed and the body rises with each beat.
    Flap {
        /// The largest turn.
        degrees: f32,
        /// A whole beat.
        period_s: f32,
        /// Where it starts.
        phase: f32,
    },
    /// Swims: turns and rises in a wave.
    Swim {
        /// The largest angle.
        degrees: f32,
        /// The largest rise.
        amount: f32,
        /// A whole stroke.
        period_s: f32,
        /// Where it starts.
        phase: f32,
    },
}

/// What a motion does at a moment: first scale, then turn (both about the pivot), then shift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// To the right, in figure units.
    pub dx: f32,
    /// Down, in figure units.
    pub dy: f32,
    /// Clockwise, in degrees.
    pub degrees: f32,
    /// Width, 1 as drawn.
    pub scale_x: f32,
    /// Height, 1 as drawn.
    pub scale_y: f32,
}

/// How long one breath lasts, in seconds.
const BREATH_S: f32 = 3.2;

fn wave(seconds: f32, period_s: f32, phase: f32) -> f32 {
    let period = if period_s > 0.01 { period_s } else { 1.0 };
    (TAU * (seconds / period + phase)).sin() - (TAU * phase).sin()
}

impl Motion {
    /// What this motion does `seconds` after the shot began.
    pub fn at(self, seconds: f32) -> Shift {
        let rest = Shift { dx: 0.0, dy: 0.0, degrees: 0.0, scale_x: 1.0, scale_y: 1.0 };
        match self {
            Self::Still => rest,
            Self::Breathe { amount } => Shift { scale_y: 1.0 + amount * wave(seconds, BREATH_S, 0.0), ..rest },
            Self::Sway { degrees, period_s, phase } | Self::Limb { degrees, period_s, phase } => {
                Shift { degrees: degrees * wave(seconds, period_s, phase), ..rest }
            }
            Self::Bob { amount, period_s, phase } => Shift { dy: -amount * wave(seconds, period_s, phase), ..rest },
            Self::Flap { degrees, period_s, phase } => {
                let beat = wave(seconds, period_s, phase);
                Shift { degrees: degrees * beat, dy: -degrees * 0.12 * beat, scale_y: 1.0 + 0.05 * beat, ..rest }
            }
            Self::Swim { degrees, amount, period_s, phase } => Shift {
                degrees: degrees * wave(seconds, period_s, phase),
                dy: -amount * wave(seconds, period_s, phase + 0.25),
                ..rest
            },
        }
    }

    /// The same motion seen in a mirror.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Sway { degrees, period_s, phase } => Self::Sway { degrees: -degrees, period_s, phase },
            Self::Limb { degrees, period_s, phase } => Self::Limb { degrees: -degrees, period_s, phase },
            Self::Swim { degrees, amount, period_s, phase } => {
                Self::Swim { degrees: -degrees, amount, period_s, phase }
            }
            other => other,
        }
    }
}

impl Shift {
    /// The affine map `[a b c d e f]` (x' = a·x + c·y + e, y' = b·x + d·y + f) of this shift about a pivot.
    pub fn about(self, pivot: (f32, f32)) -> [f32; 6] {
        let (sin, cos) = self.degrees.to_radians().sin_cos();
        let (a, b, c, d) = (cos * self.scale_x, sin * self.scale_x, -sin * self.scale_y, cos * self.scale_y);
        let (px, py) = pivot;
        [a, b, c, d, px - a * px - c * py + self.dx, py - b * px - d * py + self.dy]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Motion; 7] = [
        Motion::Still,
        Motion::Breathe { amount: 0.01 },
        Motion::Sway { degrees: 3.0, period_s: 2.0, phase: 0.3 },
        Motion::Limb { degrees: 24.0, period_s: 1.0, phase: 0.25 },
        Motion::Bob { amount: 2.0, period_s: 1.0, phase: 0.6 },
        Motion::Flap { degrees: 8.0, period_s: 0.5, phase: 0.1 },
        Motion::Swim { degrees: 5.0, amount: 3.0, period_s: 2.0, phase: 0.9 },
    ];

    #[test]
    fn every_motion_is_nothing_at_time_zero() {
        for motion in ALL {
            let m = motion.at(0.0).about((7.0, -30.0));
            for (got, want) in m.iter().zip([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]) {
                assert!((got - want).abs() < 1e-5, "{motion:?} {m:?}");
            }
        }
    }

    #[test]
    fn motions_move_and_come_back() {
        for motion in &ALL[2..] {
            assert_ne!(motion.at(0.3), motion.at(0.0), "{motion:?}");
            let (a, b) = (motion.at(0.3), motion.at(4.3));
            assert!((a.degrees - b.degrees).abs() < 0.01 && (a.dy - b.dy).abs() < 0.01, "{motion:?}");
            assert_eq!(motion.mirrored().mirrored(), *motion);
        }
    }

    #[test]
    fn the_pivot_stays_where_it_is() {
        let [a, b, c, d, e, f] = Motion::Limb { degrees: 30.0, period_s: 1.0, phase: 0.0 }.at(0.2).about((5.0, -40.0));
        assert!((a * 5.0 + c * -40.0 + e - 5.0).abs() < 1e-3 && (b * 5.0 + d * -40.0 + f + 40.0).abs() < 1e-3);
    }
}
