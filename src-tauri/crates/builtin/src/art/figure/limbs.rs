//! Limbs: arms, hands, legs and shoes as shaded capsules between joints.
//!
//! Owns the drawing of one segment. Does not know poses.

use crate::art::{Colour, Rect};

/// A point in figure units.
pub(super) type Point = (f32, f32);

/// The point at a distance from another, in a direction: 0° is straight down, positive turns towards +x.
pub(super) fn reach(from: Point, degrees: f32, length: f32) -> Point {
    let (sin, cos) = degrees.to_radians().sin_cos();
    (from.0 + sin * length, from.1 + cos * length)
}

/// A tapered capsule from one joint to the next, lighter on its right side.
pub(super) fn capsule(id: &str, from: Point, to: Point, r0: f32, r1: f32, colour: Colour) -> String {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(0.01);
    let (nx, ny) = (-dy / length, dx / length);
    let (nx, ny) = if nx > 0.0 || nx == 0.0 && ny < 0.0 { (nx, ny) } else { (-nx, -ny) };
    let r = r0.max(r1);
    let p = |at: Point, k: f32| format!("{:.2} {:.2}", at.0 + nx * k, at.1 + ny * k);
    // Which way round the arcs go depends on the side the normal lies on.
    let sweep = i32::from(dx * ny - dy * nx < 0.0);
    format!(
        "<linearGradient id='{id}' gradientUnits='userSpaceOnUse' x1='{:.2}' y1='{:.2}' x2='{:.2}' y2='{:.2}'>\
         <stop offset='0' stop-color='{}'/><stop offset='.5' stop-color='{}'/><stop offset='1' stop-color='{}'/></linearGradient>\
         <path fill='url(#{id})' d='M{}L{}A{r1:.2} {r1:.2} 0 0 {sweep} {}L{}A{r0:.2} {r0:.2} 0 0 {sweep} {}Z'/>",
        from.0 - nx * r,
        from.1 - ny * r,
        from.0 + nx * r,
        from.1 + ny * r,
        colour.shade(0.32).to_hex(),
        colour.to_hex(),
        colour.light(0.16).to_hex(),
        p(from, r0),
        p(to, r1),
        p(to, -r1),
        p(from, -r0),
        p(from, r0),
    )
}

/// A hand at the end of a forearm.
pub(super) fn hand(id: &str, at: Point, degrees: f32, r: f32, skin: Colour) -> String {
    format!(
        "<radialGradient id='{id}' cx='.6' cy='.35' r='.8'><stop offset='0' stop-color='{}'/><stop offset='1' stop-color='{}'/></radialGradient>\
         <g transform='translate({:.2} {:.2}) rotate({:.1})'><ellipse cx='{:.2}' cy='{:.2}' rx='{:.2}' ry='{:.2}' fill='{}'/>\
         <ellipse cx='0' cy='{:.2}' rx='{r:.2}' ry='{:.2}' fill='url(#{id})'/></g>",
        skin.light(0.12).to_hex(),
        skin.shade(0.16).to_hex(),
        at.0,
        at.1,
        -degrees,
        r * 0.75,
        r * 0.1,
        r * 0.42,
        r * 0.62,
        skin.shade(0.10).to_hex(),
        r * 0.35,
        r * 1.18,
    )
}

/// A shoe whose sole is at the end of a shin; `turn` 1 points to the right, 0 at the viewer, −1 to the left.
pub(super) fn shoe(ankle: Point, degrees: f32, r: f32, turn: f32, colour: Colour) -> String {
    let (toe, heel) = (r * (0.9 + 1.1 * turn.max(0.0)), r * (0.9 + 1.1 * (-turn).max(0.0)));
    let h = r * 1.5;
    format!(
        "<g transform='translate({:.2} {:.2}) rotate({:.1})'><path fill='{}' d='M{:.2} {:.2}L{:.2} {:.2}Q{:.2} {:.2} {:.2} 0L{:.2} 0Q{:.2} {:.2} {:.2} {:.2}Z'/>\
         <path fill='{}' d='M{:.2} {:.2}H{:.2}V0H{:.2}Z'/></g>",
        ankle.0,
        ankle.1,
        -degrees,
        colour.to_hex(),
        -r * 0.95,
        -h,
        r * 0.95,
        -h,
        toe,
        -h * 0.75,
        toe,
        -heel,
        -heel,
        -h * 0.75,
        -r * 0.95,
        -h,
        colour.shade(0.45).to_hex(),
        -heel,
        -r * 0.28,
        toe,
        -heel,
    )
}

/// What a capsule covers, with a margin.
pub(super) fn around(from: Point, to: Point, margin: f32) -> Rect {
    Rect::between(from.0, from.1, to.0, to.1).grown(margin)
}
