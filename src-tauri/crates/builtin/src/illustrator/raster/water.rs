//! Water: its surface with glitter, rows of waves, and foam.

use std::fmt::Write;

use story::Seed;

use super::plot::Plot;
use super::{gradient, growth, noise_seed};
use crate::illustrator::colour::{Rgb, WHITE, css, mix, mul};
use crate::illustrator::noise::{fbm, hash};
use crate::illustrator::palette::Palette;

/// Water from a line down.
pub(super) fn water(
    p: &Palette,
    plot: &Plot,
    seed: Seed,
    line: f32,
    deep: Rgb,
    light_x: Option<f32>,
) -> (String, String) {
    let noise = noise_seed(seed);
    let (x0, x1) = plot.span();
    let bottom = plot.reach().1.max(line + 10.0);
    let far = mix(mix(p.sky[3], p.sky[2], 0.35), deep, 0.34);
    let light = css(p.light);
    let mut defs = gradient("w", line, line + 430.0, far, deep);
    let _ = write!(
        defs,
        "<linearGradient id='l' x1='0' y1='{line}' x2='0' y2='{}' gradientUnits='userSpaceOnUse'><stop offset='0' stop-color='{light}' stop-opacity='.9'/><stop offset='1' stop-color='{light}' stop-opacity='.12'/></linearGradient>",
        line + 430.0
    );
    let mut body = format!(
        "<rect x='{x0:.0}' y='{line}' width='{:.0}' height='{:.0}' fill='url(#w)'/>",
        x1 - x0,
        bottom - line + 10.0
    );
    let (bright, dark) = (css(mix(p.sky[2], p.light, 0.3)), css(mul(deep, [0.62, 0.62, 0.72])));
    // Ripples: rows that grow towards the viewer, the same from every view.
    for row in 0..16_u32 {
        let t = ((row as f32 + 0.5) / 16.0).powf(1.6);
        let y = line + 3.0 + t * 460.0;
        for (x, own) in growth::row(x0, x1, 130.0 + 200.0 * t, noise.wrapping_add(row * 97)) {
            let n = |k: i32| hash(k, own);
            let (w, h) = ((20.0 + 150.0 * t) * (0.4 + 0.8 * n(1)), 1.0 + 4.6 * t);
            let _ = write!(
                body,
                "<ellipse cx='{x:.0}' cy='{:.0}' rx='{w:.0}' ry='{h:.1}' fill='{}' opacity='{:.2}'/>",
                y + (n(2) - 0.5) * 40.0 * t,
                if n(3) < 0.55 { &bright } else { &dark },
                0.10 + 0.22 * n(4)
            );
        }
    }
    if let Some(sun) = light_x {
        for i in 0..150 {
            let n = |k: u32| hash(i, noise.wrapping_add(500 + k));
            let t = n(0).powf(1.7);
            let spread = (n(1) + n(2) + n(3) - 1.5) * 1.1;
            let _ = write!(
                body,
                "<ellipse cx='{:.0}' cy='{:.0}' rx='{:.0}' ry='{:.1}' fill='url(#l)' opacity='{:.2}'/>",
                sun + spread * (26.0 + t * 240.0),
                line + 3.0 + t * 440.0,
                (12.0 + t * 100.0) * (0.4 + 0.8 * n(4)),
                1.5 + t * 7.0,
                0.3 + 0.55 * n(5)
            );
        }
    }
    (defs, body)
}

/// A row of waves with a light crest.
pub(super) fn wave(
    p: &Palette,
    plot: &Plot,
    seed: Seed,
    y: f32,
    height: f32,
    length: f32,
    colour: Rgb,
) -> (String, String) {
    const PITCH: f32 = 8.0;
    let noise = noise_seed(seed);
    let own = hash(1, noise) * std::f32::consts::TAU;
    let (x0, x1) = plot.span();
    let bottom = plot.reach().1.max(y) + 20.0;
    let (mut outline, mut crest) = (String::new(), String::new());
    let (a, b) = ((x0 / PITCH).floor() as i32 - 1, (x1 / PITCH).ceil() as i32 + 1);
    for i in a..=b {
        let x = i as f32 * PITCH;
        let t = x / length * std::f32::consts::TAU;
        let wy = y - height * (t.sin() * 0.55 + (t * 2.3 + own).sin() * 0.25 + fbm(x / 90.0, noise, 2) * 0.4);
        let c = if i == a { 'M' } else { 'L' };
        let _ = write!(outline, "{c}{x:.0} {wy:.1}");
        let _ = write!(crest, "{c}{x:.0} {:.1}", wy + height * 0.10);
    }
    let _ = write!(outline, "L{:.0} {bottom:.0}L{:.0} {bottom:.0}Z", b as f32 * PITCH, a as f32 * PITCH);
    let defs = gradient("g", y - height, y + 260.0, mix(colour, p.light, 0.14), mul(colour, [0.66, 0.68, 0.78]));
    let mut body = format!(
        "<path d='{outline}' fill='url(#g)'/><path d='{crest}' fill='none' stroke='{}' stroke-width='{:.1}' opacity='.5'/>",
        css(mix(colour, p.light, 0.62)),
        1.4 + height * 0.12
    );
    // Short strokes below the crest: the near side of the wave.
    let stroke = css(mix(colour, p.light, 0.34));
    for row in 0..4_u32 {
        let near = (row as f32 + 0.5) / 4.0;
        for (x, own) in growth::row(x0, x1, length * (0.34 + 0.2 * near), noise.wrapping_add(9 + row * 41)) {
            let n = |k: i32| hash(k, own);
            let (w, dy) = (length * (0.04 + 0.13 * n(1)), height * (1.1 + 7.0 * near + 1.2 * n(2)));
            let _ = write!(
                body,
                "<ellipse cx='{x:.0}' cy='{:.0}' rx='{w:.0}' ry='{:.1}' fill='{stroke}' opacity='{:.2}'/>",
                y + dy,
                0.8 + height * 0.06 * (0.6 + near),
                0.14 + 0.26 * n(3)
            );
        }
    }
    (defs, body)
}

/// Foam around something that breaks the surface at (x, y).
pub(super) fn foam(seed: Seed, x: f32, y: f32, width: f32, colour: Rgb) -> (String, String) {
    let noise = noise_seed(seed);
    let light = css(mix(colour, WHITE, 0.6));
    let mut body = String::new();
    for i in 0..14 {
        let n = |k: u32| hash(i, noise.wrapping_add(k));
        let t = (i as f32 + n(1)) / 14.0 * 2.0 - 1.0;
        let rx = width * (0.05 + 0.09 * n(2)) * (1.15 - t.abs() * 0.5);
        let dy = (n(3) - 0.35) * width * 0.035 + t * t * width * 0.012;
        let _ = write!(
            body,
            "<ellipse cx='{:.1}' cy='{:.1}' rx='{rx:.1}' ry='{:.1}' fill='{light}' opacity='{:.2}'/>",
            x + t * width * 0.52,
            y + dy,
            (rx * 0.14).max(1.6),
            0.45 + 0.4 * n(4)
        );
    }
    for (k, (rx, o)) in [(0.66, 0.30), (0.86, 0.16)].into_iter().enumerate() {
        let _ = write!(
            body,
            "<ellipse cx='{x:.0}' cy='{:.1}' rx='{:.0}' ry='{:.1}' fill='none' stroke='{light}' stroke-width='{:.1}' opacity='{o}'/>",
            y + width * 0.012 * (k + 1) as f32,
            width * rx,
            width * rx * 0.07,
            (width * 0.008).clamp(1.2, 4.0)
        );
    }
    (String::new(), body)
}
