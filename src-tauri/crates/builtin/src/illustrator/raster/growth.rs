//! Trees and bushes as outlines, each seated by its foot.

use std::fmt::Write;

use crate::illustrator::noise::hash;
use crate::illustrator::scene::CoverKind;

/// Adds one plant to a path: its foot at (x, y), `h` high; `n` gives its own chance.
pub(super) fn plant(path: &mut String, kind: CoverKind, x: f32, y: f32, h: f32, n: &impl Fn(u32) -> f32) {
    match kind {
        CoverKind::Pine => pine(path, x, y, h, n),
        CoverKind::Round => round_tree(path, x, y, h, n),
        CoverKind::Palm => palm(path, x, y, h, n),
        CoverKind::Bush => bush(path, x, y, h, n),
    }
}

fn pine(path: &mut String, x: f32, y: f32, h: f32, n: &impl Fn(u32) -> f32) {
    const TIERS: u32 = 6;
    let w = h * (0.34 + 0.08 * n(1));
    let _ = write!(path, "M{x:.1} {:.1}", y - h);
    let tiers: Vec<(f32, f32, f32)> = (1..=TIERS)
        .map(|k| {
            let f = k as f32 / TIERS as f32;
            let half = w * 0.5 * f * (0.86 + 0.26 * n(10 + k));
            (half, y - h * (1.0 - f * 0.92) + h * 0.025 * n(20 + k), half * 0.52)
        })
        .collect();
    for &(half, ty, inner) in &tiers {
        let _ = write!(path, "L{:.1} {ty:.1}L{:.1} {:.1}", x + half, x + inner, ty - h * 0.035);
    }
    let t = w * 0.06;
    let _ = write!(path, "L{:.1} {:.1}V{:.1}H{:.1}V{:.1}", x + t, y - h * 0.1, y + 4.0, x - t, y - h * 0.1);
    for (k, &(half, ty, inner)) in tiers.iter().enumerate().rev() {
        let half = half * (0.94 + 0.1 * n(30 + k as u32));
        let _ = write!(path, "L{:.1} {:.1}L{:.1} {ty:.1}", x - inner, ty - h * 0.035, x - half);
    }
    path.push('Z');
}

fn circle(path: &mut String, cx: f32, cy: f32, r: f32) {
    let _ = write!(
        path,
        "M{:.1} {cy:.1}a{r:.1} {r:.1} 0 1 0 {:.1} 0a{r:.1} {r:.1} 0 1 0 {:.1} 0Z",
        cx - r,
        2.0 * r,
        -2.0 * r
    );
}

fn round_tree(path: &mut String, x: f32, y: f32, h: f32, n: &impl Fn(u32) -> f32) {
    let t = h * 0.035;
    let _ = write!(path, "M{:.1} {:.1}h{:.1}l{:.1} {:.1}h{:.1}Z", x - t, y + 4.0, 2.0 * t, -t * 0.5, -h * 0.6, -t);
    for k in 0..7 {
        let a = k as f32 / 7.0 * std::f32::consts::TAU;
        let r = h * (0.17 + 0.07 * n(k));
        circle(path, x + a.cos() * h * 0.2, y - h * 0.68 + a.sin() * h * 0.17, r);
    }
}

fn bush(path: &mut String, x: f32, y: f32, h: f32, n: &impl Fn(u32) -> f32) {
    for k in 0..5 {
        let r = h * (0.28 + 0.14 * n(k));
        circle(path, x + (k as f32 - 2.0) * h * 0.24, y - r * 0.7 - h * 0.18 * (1.0 - (k as f32 - 2.0).abs() * 0.5), r);
    }
}

fn palm(path: &mut String, x: f32, y: f32, h: f32, n: &impl Fn(u32) -> f32) {
    let lean = (n(1) - 0.5) * h * 0.36;
    let (tx, ty) = (x + lean, y - h * 0.82);
    let w = h * 0.026;
    let _ = write!(
        path,
        "M{:.1} {:.1}Q{:.1} {:.1} {:.1} {ty:.1}H{:.1}Q{:.1} {:.1} {:.1} {:.1}Z",
        x - w,
        y + 4.0,
        x - w * 0.6,
        y - h * 0.45,
        tx - w * 0.55,
        tx + w * 0.55,
        x + w * 0.8,
        y - h * 0.4,
        x + w,
        y + 4.0
    );
    for k in 0..9_u32 {
        let a = -std::f32::consts::PI * (0.02 + 0.96 * (k as f32 + 0.5 * n(40 + k)) / 9.0);
        let l = h * (0.30 + 0.12 * n(50 + k));
        let (ex, ey) = (tx + a.cos() * l, ty + a.sin() * l * 0.55 + l * 0.42 * a.cos().abs());
        let (mx, my) = (tx + a.cos() * l * 0.55, ty + a.sin() * l * 0.75 - l * 0.06);
        let _ = write!(
            path,
            "M{tx:.1} {ty:.1}Q{mx:.1} {my:.1} {ex:.1} {ey:.1}Q{:.1} {:.1} {tx:.1} {:.1}Z",
            mx,
            my + l * 0.17,
            ty + w
        );
    }
}

/// The plants of a row between two edges: position and own chance, one in every cell, so that the same plant is
/// there from every view.
pub(super) fn row(x0: f32, x1: f32, spacing: f32, seed: u32) -> impl Iterator<Item = (f32, u32)> {
    let (a, b) = (((x0 - spacing * 2.0) / spacing).floor() as i32, ((x1 + spacing * 2.0) / spacing).ceil() as i32);
    (a..=b)
        .map(move |i| ((i as f32 + hash(i, seed)) * spacing, seed.wrapping_add((i as u32).wrapping_mul(2_654_435_761))))
}
