//! Affine maps `[a b c d e f]`: x' = a·x + c·y + e, y' = b·x + d·y + f.

/// An affine map.
pub(super) type Map = [f32; 6];

/// First `inner`, then `outer`.
pub(super) fn then(outer: Map, inner: Map) -> Map {
    let [a, b, c, d, e, f] = outer;
    let [g, h, i, j, k, l] = inner;
    [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

/// A scale and a shift.
pub(super) fn scaled(scale: f32, dx: f32, dy: f32) -> Map {
    [scale, 0.0, 0.0, scale, dx, dy]
}

/// A shift.
pub(super) fn shifted(dx: f32, dy: f32) -> Map {
    scaled(1.0, dx, dy)
}

/// A turn about a point, in degrees, clockwise on the screen.
pub(super) fn turned(degrees: f32, (px, py): (f32, f32)) -> Map {
    let (sin, cos) = degrees.to_radians().sin_cos();
    [cos, sin, -sin, cos, px - cos * px + sin * py, py - sin * px - cos * py]
}

/// Wider or narrower about a vertical line.
pub(super) fn widened(k: f32, px: f32) -> Map {
    [k, 0.0, 0.0, 1.0, px - k * px, 0.0]
}

/// Where a point goes.
pub(super) fn apply(m: Map, x: f32, y: f32) -> (f32, f32) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

/// The map back; `None` for a map that flattens.
pub(super) fn inverse(m: Map) -> Option<Map> {
    let det = m[0] * m[3] - m[1] * m[2];
    if det.abs() < 1e-9 {
        return None;
    }
    let [a, b, c, d] = [m[3] / det, -m[1] / det, -m[2] / det, m[0] / det];
    Some([a, b, c, d, -(a * m[4] + c * m[5]), -(b * m[4] + d * m[5])])
}
