//! Value noise over a seed: the same number for the same place on every machine. Owns no state.

/// A number in 0..1 for a whole number.
pub(crate) fn hash(i: i32, seed: u32) -> f32 {
    let mut x = (i as u32).wrapping_mul(374_761_393) ^ seed.wrapping_mul(668_265_263);
    x = (x ^ (x >> 13)).wrapping_mul(1_274_126_177);
    x ^= x >> 16;
    (x & 0xffff) as f32 / 65_536.0
}

/// A number in 0..1 for a point of the grid.
pub(crate) fn hash2(i: i32, j: i32, seed: u32) -> f32 {
    hash(i.wrapping_mul(73_856_093) ^ j.wrapping_mul(19_349_663), seed)
}

fn smooth(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

/// 0 below `a`, 1 above `b`, smooth between; `a` may be the larger one.
pub(crate) fn step(a: f32, b: f32, x: f32) -> f32 {
    smooth(((x - a) / (b - a)).clamp(0.0, 1.0))
}

/// Smooth noise along a line, 0..1, one bump a unit.
pub(crate) fn value(x: f32, seed: u32) -> f32 {
    let i = x.floor();
    let (a, b) = (hash(i as i32, seed), hash(i as i32 + 1, seed));
    a + (b - a) * smooth(x - i)
}

/// Noise with finer noise on it, 0..1.
pub(crate) fn fbm(x: f32, seed: u32, octaves: u32) -> f32 {
    octave_sum(octaves, |frequency, k| value(x * frequency, seed.wrapping_add(k * 17)))
}

/// Smooth noise over the plane, 0..1.
pub(crate) fn value2(x: f32, y: f32, seed: u32) -> f32 {
    let (i, j) = (x.floor(), y.floor());
    let (f, g) = (smooth(x - i), smooth(y - j));
    let (i, j) = (i as i32, j as i32);
    let (a, b) = (hash2(i, j, seed), hash2(i + 1, j, seed));
    let (c, d) = (hash2(i, j + 1, seed), hash2(i + 1, j + 1, seed));
    a + (b - a) * f + (c - a) * g + (a - b - c + d) * f * g
}

/// Noise over the plane with finer noise on it, 0..1.
pub(crate) fn fbm2(x: f32, y: f32, seed: u32, octaves: u32) -> f32 {
    octave_sum(octaves, |frequency, k| value2(x * frequency, y * frequency, seed.wrapping_add(k * 31)))
}

fn octave_sum(octaves: u32, noise: impl Fn(f32, u32) -> f32) -> f32 {
    let (mut sum, mut weight, mut total, mut frequency) = (0.0, 0.5, 0.0, 1.0);
    for k in 0..octaves {
        sum += weight * noise(frequency, k);
        total += weight;
        weight *= 0.5;
        frequency *= 2.03;
    }
    sum / total
}
