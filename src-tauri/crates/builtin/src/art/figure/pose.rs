//! Poses: which way every segment of a body points, and where that puts its joints.
//!
//! Owns the proportions of a body and the stride. Does not draw.

use story::Pose;

use crate::art::figure::dress::Lines;
use crate::art::figure::human::Body;
use crate::art::figure::limbs::Point;

/// Directions of the segments in degrees: 0 down, positive forward.
pub(super) struct Stance {
    pub lead_arm: (f32, f32),
    pub rear_arm: (f32, f32),
    pub lead_leg: (f32, f32),
    pub rear_leg: (f32, f32),
    pub lean: f32,
}

/// The directions of a pose; `turned` seen from the side, `holds` with something in the leading hand.
pub(super) fn stance(pose: Pose, turned: bool, holds: bool) -> Stance {
    let s = |lead_arm, rear_arm, lead_leg, rear_leg, lean| Stance { lead_arm, rear_arm, lead_leg, rear_leg, lean };
    let mut out = match (pose, turned) {
        (Pose::Walk, true) => s((30.0, 54.0), (-30.0, -12.0), (-18.0, -42.0), (26.0, 10.0), 3.0),
        (Pose::Walk, false) => s((16.0, 4.0), (-16.0, -24.0), (6.0, 2.0), (-7.0, -5.0), 0.0),
        (Pose::Run, true) => s((48.0, 128.0), (-52.0, 22.0), (-34.0, -84.0), (44.0, -6.0), 11.0),
        (Pose::Run, false) => s((26.0, 110.0), (-26.0, -60.0), (9.0, 3.0), (-9.0, -6.0), 0.0),
        (Pose::Sit, _) => s((24.0, 66.0), (14.0, 56.0), (80.0, 4.0), (86.0, 12.0), 0.0),
        (Pose::Point, _) => s((98.0, 100.0), (-12.0, -4.0), (5.0, 2.0), (-6.0, -3.0), 0.0),
        (Pose::Hold, _) => s((26.0, 84.0), (-12.0, -4.0), (5.0, 2.0), (-6.0, -3.0), 0.0),
        (Pose::Talk, _) => s((28.0, 124.0), (-14.0, 10.0), (5.0, 2.0), (-6.0, -3.0), 0.0),
        (Pose::Sleep, _) => s((10.0, 6.0), (-8.0, -2.0), (3.0, 1.0), (-3.0, -1.0), 0.0),
        (Pose::Stand, true) => s((14.0, 24.0), (-12.0, 2.0), (5.0, 2.0), (-6.0, -3.0), 0.0),
        (Pose::Stand, false) => s((15.0, 8.0), (-15.0, -8.0), (5.0, 2.0), (-5.0, -2.0), 0.0),
    };
    if holds && !matches!(pose, Pose::Point | Pose::Sleep) {
        out.lead_arm = (26.0, 84.0);
    }
    out
}

/// The measures that all parts share.
pub(super) struct Frame {
    pub lines: Lines,
    pub hip: Point,
    pub shoulder: [Point; 2],
    pub chin: Point,
    pub head: f32,
    pub upper: f32,
    pub fore: f32,
    pub arm: f32,
    pub thigh: f32,
    pub leg: f32,
}

/// The measures of a body in a stance.
pub(super) fn frame(body: &Body, stance: &Stance, turned: bool, seated: bool) -> Frame {
    let head = body.height * body.head_share;
    let rest = body.height - head;
    let leg_length = rest * 0.49;
    let thigh = leg_length / 2.0;
    let leg = rest * 0.056 * body.stout;
    let down = |(a, b): (f32, f32)| thigh * (a.to_radians().cos() + b.to_radians().cos()) + toes(leg, flat(b));
    // The lower sole is on the ground, wherever that puts the hips.
    let hip_y = -down(stance.lead_leg).max(down(stance.rear_leg));
    let (broad, slim) = (rest * 0.158 * body.stout, rest * 0.132 * body.stout);
    let shoulder = hip_y - rest * 0.44;
    let turn = if turned { broad * 0.24 } else { 0.0 };
    let lines = Lines { shoulder, hip: hip_y, broad, slim, turn, leg: leg_length, seated };
    let lean = |p: Point| rotate(p, (0.0, hip_y), stance.lean);
    let arm_y = shoulder + broad * 0.38;
    Frame {
        lines,
        hip: (0.0, hip_y),
        shoulder: [lean((broad * 0.80, arm_y)), lean((-broad * 0.80, arm_y))],
        chin: lean((turn * 0.5, shoulder - rest * 0.045)),
        head,
        upper: rest * 0.20,
        fore: rest * 0.185,
        arm: rest * 0.046 * body.stout,
        thigh,
        leg,
    }
}

/// The turn of a foot on this shin: flat on the ground under an almost upright shin, else it rolls over its toes.
pub(super) fn flat(shin: f32) -> f32 {
    if shin.abs() < 14.0 { 0.0 } else { shin * 0.5 }
}

/// A point turned about another; positive leans to the right.
fn rotate(p: Point, about: Point, degrees: f32) -> Point {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (x, y) = (p.0 - about.0, p.1 - about.1);
    (about.0 + x * cos - y * sin, about.1 + x * sin + y * cos)
}

/// How far the hips rise between two steps: the legs are longest when they pass each other.
pub(super) fn rise(f: &Frame, stance: &Stance, height: f32) -> f32 {
    let middle = |a: f32, b: f32| f32::midpoint(a, b);
    let thigh = middle(stance.lead_leg.0, stance.rear_leg.0).to_radians().cos();
    let shin = middle(stance.lead_leg.1, stance.rear_leg.1);
    let foot = middle(flat(stance.lead_leg.1), flat(stance.rear_leg.1));
    let passing = f.thigh * (thigh + shin.to_radians().cos()) + toes(f.leg, foot);
    (passing + f.hip.1).max(0.0) + height * 0.008
}

/// How far the toes of a foot that points down reach below its ankle.
fn toes(leg: f32, foot: f32) -> f32 {
    (leg * 2.16 * (-foot).to_radians().sin()).max(0.0)
}
