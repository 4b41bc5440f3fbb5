//! Light and shadow as layers: glows, beams, cones, rays, northern lights, out-of-focus lamps, contact shadows.

use std::fmt::Write;

use story::Seed;

use super::filter::Image;
use super::plot::Plot;
use super::{Moves, RasterLayer, Studio, finish, noise_seed, style};
use crate::illustrator::colour::{Rgb, WHITE, css, mix, rgb, scale as dim};
use crate::illustrator::noise::{hash, hash2};
use crate::illustrator::palette::Palette;
use crate::illustrator::scene::{Drawable, Layer, LayeredScene};

/// How soft the edge of a light is, a blur radius in stage units; 0 for things with edges.
pub(super) fn softness(drawable: &Drawable) -> f32 {
    match drawable {
        Drawable::Rays { .. } => 12.0,
        Drawable::Cone { .. } => 16.0,
        Drawable::Beam { .. } => 7.0,
        Drawable::Aurora { .. } => 20.0,
        Drawable::Shadow { .. } => 3.0,
        Drawable::Mist { .. } => 4.0,
        _ => 0.0,
    }
}

/// Side of a glow's own picture; it is as smooth as it needs to be.
const GLOW: usize = 96;

/// A round glow.
#[expect(clippy::too_many_arguments, reason = "the fields of one drawable")]
pub(super) fn glow(
    scene: &LayeredScene,
    studio: &Studio,
    layer: &Layer,
    scale: f32,
    at: (f32, f32),
    radius: f32,
    colour: Rgb,
    strength: f32,
) -> Vec<RasterLayer> {
    let plot = Plot::full(scene, layer, scale);
    let radius = radius * plot.base.scale;
    let (x, y) = plot.project(at.0, at.1);
    if plot.grown(40.0).within(x - radius, y - radius, x + radius, y + radius).is_none() {
        return vec![];
    }
    let mut image = Image::new(GLOW, GLOW);
    let middle = (GLOW as f32 - 1.0) / 2.0;
    for (i, p) in image.pixels.iter_mut().enumerate() {
        let (px, py) = (i % GLOW, i / GLOW);
        let r = ((px as f32 - middle).hypot(py as f32 - middle)) / (GLOW as f32 / 2.0);
        let a = (1.0 - r).max(0.0);
        let a = a * a * (3.0 - 2.0 * a) * a.sqrt() * strength;
        if a > 0.0 {
            let a = (a + (hash2(px as i32, py as i32, 3) - 0.5) * 0.006).clamp(0.0, 1.0);
            *p = [
                (colour[0] * a * 255.0) as u8,
                (colour[1] * a * 255.0) as u8,
                (colour[2] * a * 255.0) as u8,
                (a * 255.0) as u8,
            ];
        }
    }
    style::apply(studio, layer, &mut image, scale);
    let scale = GLOW as f32 / (2.0 * radius);
    vec![finish(image, layer, x - radius, y - radius, scale, Moves::Idle(layer.idle, (x, y)))]
}

/// Beams falling from a point.
pub(super) fn rays(seed: Seed, x: f32, y: f32, colour: Rgb, strength: f32) -> (String, String) {
    const LENGTH: f32 = 1800.0;
    let noise = noise_seed(seed);
    let c = css(colour);
    let defs = format!(
        "<radialGradient id='r' cx='{x}' cy='{y}' r='1550' gradientUnits='userSpaceOnUse'><stop offset='0' stop-color='{c}' stop-opacity='{strength}'/><stop offset='.7' stop-color='{c}' stop-opacity='{}'/><stop offset='1' stop-color='{c}' stop-opacity='0'/></radialGradient>",
        strength * 0.35
    );
    let mut body = String::new();
    for i in 0..24 {
        let n = |k: u32| hash(i, noise.wrapping_add(k));
        let (a, w) = (0.8 + 1.6 * n(1), 0.02 + 0.05 * n(2));
        let _ = write!(
            body,
            "<path d='M{x:.0} {y:.0}L{:.0} {:.0}L{:.0} {:.0}Z' fill='url(#r)' opacity='{:.2}'/>",
            x + (a - w).cos() * LENGTH,
            y + (a - w).sin() * LENGTH,
            x + (a + w).cos() * LENGTH,
            y + (a + w).sin() * LENGTH,
            0.4 + 0.6 * n(3)
        );
    }
    (defs, body)
}

/// Light from a short edge (middle x, y, width) to a long one.
pub(super) fn cone(
    (x, y, top): (f32, f32, f32),
    (fx, fy, foot): (f32, f32, f32),
    colour: Rgb,
    strength: f32,
) -> (String, String) {
    let c = css(colour);
    let defs = format!(
        "<linearGradient id='c' x1='{x}' y1='{y}' x2='{fx}' y2='{fy}' gradientUnits='userSpaceOnUse'><stop offset='0' stop-color='{c}' stop-opacity='{strength}'/><stop offset='1' stop-color='{c}' stop-opacity='0'/></linearGradient>"
    );
    let body = format!(
        "<path d='M{} {y}H{}L{} {fy}H{}Z' fill='url(#c)'/>",
        x - top / 2.0,
        x + top / 2.0,
        fx + foot / 2.0,
        fx - foot / 2.0
    );
    (defs, body)
}

/// The two beams of a lighthouse.
pub(super) fn beam(x: f32, y: f32, length: f32, colour: Rgb) -> (String, String) {
    let c = css(colour);
    let defs = format!(
        "<radialGradient id='b' cx='{x}' cy='{y}' r='{length}' gradientUnits='userSpaceOnUse'><stop offset='0' stop-color='{c}' stop-opacity='.75'/><stop offset='.5' stop-color='{c}' stop-opacity='.22'/><stop offset='1' stop-color='{c}' stop-opacity='0'/></radialGradient>"
    );
    let spread = length * 0.085;
    let body = format!(
        "<path d='M{x} {}L{} {}V{}L{x} {}Z M{x} {}L{} {}V{}L{x} {}Z' fill='url(#b)'/>",
        y - 5.0,
        x - length,
        y - spread + 26.0,
        y + spread + 26.0,
        y + 5.0,
        y - 5.0,
        x + length * 0.8,
        y - spread - 16.0,
        y + spread - 16.0,
        y + 5.0
    );
    (defs, body)
}

/// Northern lights across the sky.
pub(super) fn aurora(plot: &Plot, y: f32) -> (String, String) {
    let (x0, x1) = plot.span();
    let (a, w) = (x0 - 100.0, x1 - x0 + 200.0);
    let defs = format!(
        "<linearGradient id='a' x1='0' y1='{}' x2='0' y2='{}' gradientUnits='userSpaceOnUse'><stop offset='0' stop-color='#7affc8' stop-opacity='0'/><stop offset='.72' stop-color='#58f0b4' stop-opacity='.46'/><stop offset='1' stop-color='#6fb8ff' stop-opacity='0'/></linearGradient>",
        y - 240.0,
        y + 170.0
    );
    let band = |dy: f32, opacity: f32| {
        let p = |f: f32, o: f32| format!("{:.0} {:.0}", a + w * f, y + o + dy);
        format!(
            "<path d='M{}C{} {} {}S{} {}V{:.0}C{} {} {}S{} {}Z' fill='url(#a)' opacity='{opacity}'/>",
            p(0.0, 20.0),
            p(0.15, -190.0),
            p(0.28, 150.0),
            p(0.43, -50.0),
            p(0.72, -190.0),
            p(1.0, -50.0),
            y + dy + 170.0,
            p(0.80, -30.0),
            p(0.60, 250.0),
            p(0.43, 110.0),
            p(0.15, -10.0),
            p(0.0, 170.0)
        )
    };
    (defs, band(0.0, 1.0) + &band(-100.0, 0.6))
}

/// Lamps far out of focus.
pub(super) fn bokeh(plot: &Plot, seed: Seed, low: f32, high: f32, colours: &[Rgb]) -> (String, String) {
    let noise = noise_seed(seed);
    let (x0, x1) = plot.span();
    let mut body = String::new();
    for i in 0..24 {
        let n = |k: u32| hash(i, noise.wrapping_add(k));
        let c = colours.get((n(5) * colours.len() as f32) as usize).copied().unwrap_or(rgb(0xffd090));
        let (x, y, r) = (x0 + (x1 - x0) * n(1), low + (high - low) * n(2), 24.0 + 54.0 * n(3));
        let o = 0.16 + 0.26 * n(4);
        let _ = write!(
            body,
            "<circle cx='{x:.0}' cy='{y:.0}' r='{r:.0}' fill='{}' opacity='{o:.2}'/><circle cx='{x:.0}' cy='{y:.0}' r='{:.0}' fill='none' stroke='{}' stroke-width='3' opacity='{o:.2}'/>",
            css(c),
            r - 1.5,
            css(mix(c, WHITE, 0.4))
        );
    }
    (String::new(), body)
}

/// What keeps a foot on the ground.
pub(super) fn shadow(p: &Palette, x: f32, y: f32, width: f32) -> (String, String) {
    let c = css(dim(p.near, 0.4));
    let defs = format!(
        "<radialGradient id='s' cx='0' cy='0' r='1' gradientUnits='userSpaceOnUse' gradientTransform='translate({x} {y}) scale({} {})'><stop offset='0' stop-color='{c}' stop-opacity='.62'/><stop offset='.55' stop-color='{c}' stop-opacity='.30'/><stop offset='1' stop-color='{c}' stop-opacity='0'/></radialGradient>",
        width * 0.62,
        (width * 0.11).clamp(6.0, 34.0)
    );
    let body = format!(
        "<ellipse cx='{x}' cy='{y}' rx='{}' ry='{}' fill='url(#s)'/>",
        width * 0.62,
        (width * 0.11).clamp(6.0, 34.0)
    );
    (defs, body)
}
