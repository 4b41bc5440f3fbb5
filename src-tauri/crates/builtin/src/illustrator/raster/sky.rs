//! What is above: the sky with sun, moon and stars, clouds, mist, planets, and the plain backdrop of a studio.

use std::fmt::Write;

use rayon::prelude::*;
use story::Seed;

use super::filter::Image;
use super::noise_seed;
use super::plot::Plot;
use crate::illustrator::colour::{Rgb, WHITE, css, mix, mul, rgb};
use crate::illustrator::noise::{fbm2, hash, hash2, step};
use crate::illustrator::palette::Palette;
use crate::illustrator::scene::Sun;

/// How a sky is drawn.
pub(super) struct SkyOrder {
    /// From top to horizon.
    pub(super) colours: [Rgb; 4],
    /// Where the first colour is.
    pub(super) top: f32,
    /// Where the last colour is.
    pub(super) horizon: f32,
    /// The sun or the moon.
    pub(super) sun: Option<Sun>,
    /// How many stars.
    pub(super) stars: f32,
    /// How much nebula.
    pub(super) nebula: f32,
}

/// How strongly the sun lights the sky at a distance from its edge: `TABLE_STEP` stage units an entry.
const TABLE: usize = 512;
const TABLE_STEP: f32 = 4.0;

fn glow_table(sun: &Sun) -> Vec<f32> {
    (0..=TABLE)
        .map(|i| {
            let r = (i as f32 * TABLE_STEP - sun.radius).max(0.0);
            if sun.moon {
                0.34 * (-r / 110.0).exp() + 0.16 * (-r / 480.0).exp()
            } else {
                0.46 * (-r / 150.0).exp() + 0.30 * (-r / 560.0).exp()
            }
        })
        .collect()
}

/// The sky, computed a pixel at a time and dithered, so that no band is seen.
pub(super) fn sky(p: &Palette, plot: &Plot, order: &SkyOrder, seed: Seed) -> Image {
    let mut image = Image::new(plot.width(), plot.height());
    let width = image.width;
    let noise = noise_seed(seed);
    let table = order.sun.as_ref().map(glow_table);
    let nebula = (order.nebula > 0.0).then(|| Nebula::new(plot, noise));
    image.pixels.par_chunks_exact_mut(width).enumerate().for_each(|(py, row)| {
        let (_, y) = plot.at(0, py);
        let base = gradient_at(order, y);
        for (px, out) in row.iter_mut().enumerate() {
            let (x, _) = plot.at(px, py);
            let mut c = base;
            if let Some(nebula) = &nebula {
                c = nebula.over(c, px, py, order.nebula);
            }
            if let (Some(sun), Some(table)) = (&order.sun, &table) {
                c = sunlit(p, c, sun, table, x, y);
            }
            let dither = (hash2(px as i32, py as i32, 5) + hash2(px as i32, py as i32, 9) - 1.0) * 0.010;
            let byte = |v: f32| ((v + dither).clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
            *out = [byte(c[0]), byte(c[1]), byte(c[2]), 255];
        }
    });
    stars(plot, order, seed, &mut image);
    image
}

fn gradient_at(order: &SkyOrder, y: f32) -> Rgb {
    let t = ((y - order.top) / (order.horizon - order.top)).clamp(0.0, 1.0) * 3.0;
    let i = (t as usize).min(2);
    let f = t - i as f32;
    mix(order.colours[i], order.colours[i + 1], step(0.0, 1.0, f) * 0.5 + f * 0.5)
}

fn sunlit(p: &Palette, mut c: Rgb, sun: &Sun, table: &[f32], x: f32, y: f32) -> Rgb {
    let (dx, dy) = (x - sun.x, y - sun.y);
    let r = (dx * dx + dy * dy).sqrt();
    let at = (r / TABLE_STEP).min((TABLE - 1) as f32);
    let i = at as usize;
    let glow = table[i] + (table[i + 1] - table[i]) * (at - i as f32);
    c = mix(c, p.light, glow);
    if sun.radius > 0.0 && r < sun.radius + 2.0 {
        let edge = step(sun.radius + 1.2, sun.radius - 1.2, r);
        let disc = if sun.moon {
            let seas = step(0.44, 0.66, fbm2(dx / 26.0, dy / 26.0, 77, 3)) * 0.7;
            let turned = ((dx + dy * 0.3) / sun.radius * 0.5 + 0.5).clamp(0.0, 1.0) * 0.5;
            let face = mul(mix(p.light, WHITE, 0.3), [0.94, 0.95, 0.96]);
            let face = mix(face, mul(face, [0.80, 0.85, 0.92]), seas);
            mix(face, mul(face, [0.78, 0.84, 0.95]), turned)
        } else {
            mix(p.light, WHITE, 0.55)
        };
        c = mix(c, disc, edge);
    }
    c
}

/// Clouds of gas among the stars, computed coarsely and read smoothly.
struct Nebula {
    width: usize,
    veil: Vec<(f32, f32)>,
}

const NEBULA_CELL: usize = 6;

impl Nebula {
    fn new(plot: &Plot, noise: u32) -> Self {
        let width = plot.width() / NEBULA_CELL + 2;
        let height = plot.height() / NEBULA_CELL + 2;
        let veil = (0..width * height)
            .into_par_iter()
            .map(|i| {
                let (x, y) = plot.at(i % width * NEBULA_CELL, i / width * NEBULA_CELL);
                let band = step(0.25, 0.75, 1.0 - (y - 430.0 - x * 0.18).abs() / 520.0);
                let red = step(0.42, 0.8, fbm2(x / 420.0, y / 420.0, noise, 5)) * band;
                (red, step(0.45, 0.85, fbm2(x / 300.0 + 9.0, y / 300.0, noise.wrapping_add(5), 5)))
            })
            .collect();
        Self { width, veil }
    }

    fn over(&self, c: Rgb, px: usize, py: usize, strength: f32) -> Rgb {
        let (i, j) = (px / NEBULA_CELL, py / NEBULA_CELL);
        let (f, g) = ((px % NEBULA_CELL) as f32 / NEBULA_CELL as f32, (py % NEBULA_CELL) as f32 / NEBULA_CELL as f32);
        let at = |i: usize, j: usize| self.veil[j * self.width + i];
        let (a, b, d, e) = (at(i, j), at(i + 1, j), at(i, j + 1), at(i + 1, j + 1));
        let lerp = |a: f32, b: f32, d: f32, e: f32| (a + (b - a) * f) * (1.0 - g) + (d + (e - d) * f) * g;
        let c = mix(c, rgb(0xb0489e), lerp(a.0, b.0, d.0, e.0) * 0.7 * strength);
        mix(c, rgb(0x3f7fe0), lerp(a.1, b.1, d.1, e.1).min(0.9) * strength)
    }
}

/// Stars on a grid of cells, so that the same star is there from every view.
fn stars(plot: &Plot, order: &SkyOrder, seed: Seed, image: &mut Image) {
    if order.stars <= 0.0 {
        return;
    }
    const CELL: f32 = 58.0;
    let noise = noise_seed(seed).wrapping_add(3);
    let (x0, x1) = plot.span();
    let (y0, _) = plot.reach();
    let k = plot.base.scale * plot.scale;
    for j in (y0 / CELL).floor() as i32..=(order.horizon * 0.92 / CELL) as i32 {
        for i in (x0 / CELL).floor() as i32..=(x1 / CELL).ceil() as i32 {
            let n = |k: u32| hash2(i, j, noise.wrapping_add(k));
            if n(0) > order.stars * 0.62 {
                continue;
            }
            let (x, y) = ((i as f32 + n(1)) * CELL, (j as f32 + n(2)) * CELL);
            let fade = 1.0 - (y / order.horizon).clamp(0.0, 1.0) * 0.75;
            let size = n(3).powi(6) * 2.4 + 0.75;
            let bright = (0.3 + 0.7 * n(4)) * fade;
            let tint = if n(5) < 0.3 { [255.0, 230.0, 190.0] } else { [217.0, 235.0, 255.0] };
            let (sx, sy) = plot.project(x, y);
            dot(
                image,
                (sx - plot.x0) * plot.scale,
                (sy - plot.y0) * plot.scale,
                (size * k * 0.8).max(0.55),
                bright,
                tint,
            );
        }
    }
}

fn dot(image: &mut Image, x: f32, y: f32, radius: f32, bright: f32, tint: [f32; 3]) {
    let reach = (radius * 2.2).ceil() as i32;
    let (w, h) = (image.width as i32, image.height as i32);
    for py in (y as i32 - reach).max(0)..(y as i32 + reach + 1).min(h) {
        for px in (x as i32 - reach).max(0)..(x as i32 + reach + 1).min(w) {
            let (dx, dy) = (px as f32 + 0.5 - x, py as f32 + 0.5 - y);
            let r = (dx * dx + dy * dy).sqrt() / radius;
            // A core, and a thin cross on the larger ones.
            let cross = if radius > 1.6 {
                (1.0 - dx.abs().min(dy.abs()) * 2.2).max(0.0) * (1.0 - r * 0.45).max(0.0) * 0.6
            } else {
                0.0
            };
            let a = ((1.25 - r).clamp(0.0, 1.0) + cross).min(1.0) * bright;
            if a > 0.0 {
                let p = &mut image.pixels[(py * w + px) as usize];
                for c in 0..3 {
                    let v = f32::from(p[c]);
                    p[c] = (v + (tint[c] - v).max(0.0) * a) as u8;
                }
            }
        }
    }
}

/// Flat-footed heaps of cloud, lit from above.
pub(super) fn clouds(
    p: &Palette,
    plot: &Plot,
    seed: Seed,
    (high, low): (f32, f32),
    spacing: f32,
    size: f32,
) -> (String, String) {
    let noise = noise_seed(seed);
    let (x0, x1) = plot.span();
    let (mut defs, mut body) = (String::new(), String::new());
    let lit = mix(p.cloud, p.light, 0.55);
    let shaded = mix(p.cloud, p.sky[1], 0.35);
    for i in ((x0 - size * 4.0) / spacing).floor() as i32..=((x1 + size * 4.0) / spacing).ceil() as i32 {
        let n = |k: u32| hash(i, noise.wrapping_add(k));
        if n(9) < 0.12 {
            continue;
        }
        let s = size * (0.6 + 0.75 * n(1));
        let (cx, cy) = ((i as f32 + n(2)) * spacing, high + (low - high) * n(3));
        let id = format!("c{}", i + 1000);
        let _ = write!(
            defs,
            "<linearGradient id='{id}' x1='0' y1='{:.0}' x2='0' y2='{:.0}' gradientUnits='userSpaceOnUse'><stop offset='0' stop-color='{}'/><stop offset='.55' stop-color='{}'/><stop offset='1' stop-color='{}' stop-opacity='.5'/></linearGradient><clipPath id='k{id}'><rect x='{:.0}' y='{:.0}' width='{:.0}' height='{:.0}'/></clipPath>",
            cy - s * 0.75,
            cy + s * 0.18,
            css(lit),
            css(p.cloud),
            css(shaded),
            cx - s * 3.0,
            cy - s * 2.0,
            s * 6.0,
            s * 2.16
        );
        let _ = write!(
            body,
            "<g clip-path='url(#k{id})' fill='url(#{id})' opacity='{:.2}'><rect x='{:.0}' y='{:.0}' width='{:.0}' height='{:.0}' rx='{:.0}'/>",
            0.6 + 0.35 * n(4),
            cx - s * 1.75,
            cy - s * 0.12,
            s * 3.5,
            s * 0.30,
            s * 0.15
        );
        let count = 7 + (n(5) * 4.0) as u32;
        for k in 0..count {
            let t = (k as f32 + 0.5) / count as f32;
            let r = s * (0.30 + 0.42 * (t * std::f32::consts::PI).sin()) * (0.8 + 0.35 * n(20 + k));
            let _ = write!(body, "<circle cx='{:.0}' cy='{:.0}' r='{r:.0}'/>", cx + (t - 0.5) * s * 3.2, cy - r * 0.25);
        }
        body.push_str("</g>");
    }
    (defs, body)
}

/// A band of mist, thicker in places.
pub(super) fn mist(plot: &Plot, seed: Seed, y: f32, height: f32, colour: Rgb) -> Image {
    let mut image = Image::new(plot.width(), plot.height());
    let noise = noise_seed(seed);
    let width = image.width;
    for (py, row) in image.pixels.chunks_exact_mut(width).enumerate() {
        let (_, vy) = plot.at(0, py);
        let band = 1.0 - ((vy - y) / (height * 0.5)).abs();
        if band <= 0.0 {
            continue;
        }
        for (px, out) in row.iter_mut().enumerate() {
            let (x, _) = plot.at(px, py);
            let a = step(0.0, 1.0, band) * (0.45 + 0.55 * fbm2(x / 330.0, vy / 90.0, noise, 3));
            let a = (a + (hash2(px as i32, py as i32, 3) - 0.5) * 0.008).clamp(0.0, 1.0);
            *out = [
                (colour[0] * a * 255.0) as u8,
                (colour[1] * a * 255.0) as u8,
                (colour[2] * a * 255.0) as u8,
                (a * 255.0) as u8,
            ];
        }
    }
    image
}

/// A planet with bands and a shadow side.
pub(super) fn globe(seed: Seed, x: f32, y: f32, radius: f32, colour: Rgb, ring: bool) -> (String, String) {
    let noise = noise_seed(seed);
    let lit = mix(colour, WHITE, 0.35);
    let dark = mul(colour, [0.22, 0.20, 0.34]);
    let defs = format!(
        "<radialGradient id='b' cx='{}' cy='{}' r='{}' gradientUnits='userSpaceOnUse'><stop offset='0' stop-color='{}'/><stop offset='.5' stop-color='{}'/><stop offset='1' stop-color='{}'/></radialGradient><clipPath id='d'><circle cx='{x}' cy='{y}' r='{radius}'/></clipPath><radialGradient id='h' cx='{x}' cy='{y}' r='{}' gradientUnits='userSpaceOnUse'><stop offset='.86' stop-color='{}' stop-opacity='.5'/><stop offset='1' stop-color='{}' stop-opacity='0'/></radialGradient>",
        x - radius * 0.45,
        y - radius * 0.5,
        radius * 1.65,
        css(lit),
        css(colour),
        css(dark),
        radius * 1.14,
        css(lit),
        css(lit)
    );
    let mut bands = String::new();
    for i in 0..9 {
        let t = hash(i, noise);
        let cy = y - radius + 2.0 * radius * (i as f32 + t) / 9.0;
        let tone = if i % 2 == 0 { WHITE } else { [0.1, 0.05, 0.2] };
        let _ = write!(
            bands,
            "<ellipse cx='{x}' cy='{cy:.0}' rx='{:.0}' ry='{:.0}' fill='{}' opacity='{:.2}'/>",
            radius * 1.1,
            radius * (0.03 + 0.07 * hash(i, noise + 1)),
            css(tone),
            0.06 + 0.08 * hash(i, noise + 2)
        );
    }
    let tilt = format!("rotate(-16 {x} {y})");
    let ring_part = |clip: &str, y0: f32| {
        if !ring {
            return String::new();
        }
        format!(
            "<clipPath id='{clip}'><rect x='{}' y='{y0}' width='{}' height='{}'/></clipPath><g transform='{tilt}'><g clip-path='url(#{clip})' fill='none' stroke='{}'><ellipse cx='{x}' cy='{y}' rx='{}' ry='{}' stroke-width='{}' opacity='.75'/><ellipse cx='{x}' cy='{y}' rx='{}' ry='{}' stroke-width='{}' opacity='.45'/></g></g>",
            x - radius * 3.0,
            radius * 6.0,
            radius * 2.0,
            css(mix(colour, WHITE, 0.55)),
            radius * 1.55,
            radius * 0.36,
            radius * 0.14,
            radius * 1.82,
            radius * 0.43,
            radius * 0.07
        )
    };
    let body = format!(
        "<circle cx='{x}' cy='{y}' r='{}' fill='url(#h)'/>{}<circle cx='{x}' cy='{y}' r='{radius}' fill='url(#b)'/><g clip-path='url(#d)' transform='{tilt}'>{bands}</g>{}",
        radius * 1.14,
        ring_part("r0", y - radius * 2.0),
        ring_part("r1", y)
    );
    (defs, body)
}

/// The seamless backdrop of a studio: a wall that bends into the floor.
pub(super) fn backdrop(plot: &Plot, colour: Rgb, floor_y: f32) -> Image {
    let mut image = Image::new(plot.width(), plot.height());
    let width = image.width;
    image.pixels.par_chunks_exact_mut(width).enumerate().for_each(|(py, row)| {
        for (px, out) in row.iter_mut().enumerate() {
            let (x, y) = plot.at(px, py);
            let r = ((x / 900.0).powi(2) + ((y - 430.0) / 620.0).powi(2)).sqrt();
            let wall = mix(mix(colour, WHITE, 0.50), mul(colour, [0.92, 0.90, 0.92]), step(0.05, 1.45, r));
            let floor =
                mix(mul(colour, [0.86, 0.84, 0.85]), mix(colour, WHITE, 0.2), step(floor_y, floor_y + 330.0, y));
            let c = mix(wall, floor, step(floor_y - 70.0, floor_y + 60.0, y) * 0.75);
            let dither = (hash2(px as i32, py as i32, 5) + hash2(px as i32, py as i32, 9) - 1.0) * 0.010;
            let byte = |v: f32| ((v + dither).clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
            *out = [byte(c[0]), byte(c[1]), byte(c[2]), 255];
        }
    });
    image
}
