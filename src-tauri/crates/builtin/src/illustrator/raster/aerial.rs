//! The ground from straight above, computed a pixel at a time.

use rayon::prelude::*;
use story::Seed;

use super::filter::Image;
use super::noise_seed;
use super::plot::Plot;
use crate::illustrator::colour::{Rgb, WHITE, mix, rgb, scale};
use crate::illustrator::noise::{fbm, fbm2, hash, hash2, step};
use crate::illustrator::palette::Palette;
use crate::illustrator::scene::Aerial;

/// The ground as pixels.
pub(super) fn above(p: &Palette, plot: &Plot, seed: Seed, ground: Aerial) -> Image {
    let noise = noise_seed(seed);
    let mut image = Image::new(plot.width(), plot.height());
    let width = image.width;
    image.pixels.par_chunks_exact_mut(width).enumerate().for_each(|(py, row)| {
        for (px, out) in row.iter_mut().enumerate() {
            let (x, y) = plot.at(px, py);
            let c = match ground {
                Aerial::Country => country(x, y, noise),
                Aerial::Water => water(x, y, noise),
                Aerial::Shore => shore(x, y, noise),
                Aerial::Town => town(p, x, y, noise),
                Aerial::Sand => sand(x, y, noise),
                Aerial::Snow => woods(x, y, noise, mix(rgb(0xe8f0fa), WHITE, 0.3), 0.30),
                Aerial::Woods => woods(x, y, noise, rgb(0x6c984c), 0.90),
            };
            let c = p.lit(mix(c, p.haze, 0.06));
            let c = if p.stars > 0.3 { mix(scale(c, 0.62), p.near, 0.25) } else { c };
            let dither = (hash2(px as i32, py as i32, 3) - 0.5) * 0.02;
            let byte = |v: f32| ((v + dither).clamp(0.0, 1.0) * 255.0) as u8;
            *out = [byte(c[0]), byte(c[1]), byte(c[2]), 255];
        }
    });
    image
}

/// A tree seen from above: how high it is here (0 none) and how lit.
fn crown(x: f32, y: f32, cell: f32, share: f32, noise: u32) -> Option<(f32, f32)> {
    let (ci, cj) = ((x / cell).floor() as i32, (y / cell).floor() as i32);
    let mut best: Option<(f32, f32)> = None;
    for j in cj - 1..=cj + 1 {
        for i in ci - 1..=ci + 1 {
            let n = |k: u32| hash2(i, j, noise.wrapping_add(k));
            if n(0) > share {
                continue;
            }
            let (tx, ty) = ((i as f32 + 0.2 + 0.6 * n(1)) * cell, (j as f32 + 0.2 + 0.6 * n(2)) * cell);
            let r = cell * (0.36 + 0.26 * n(3));
            let d = ((x - tx).powi(2) + (y - ty).powi(2)).sqrt() / r;
            if d < 1.0 {
                let lit = ((tx - x) + (ty - y)) / r * 0.35 + 0.5 - d * 0.2;
                if best.is_none_or(|b| b.0 < 1.0 - d) {
                    best = Some((1.0 - d, lit));
                }
            }
        }
    }
    best
}

fn tree_colour(lit: f32) -> Rgb {
    mix(rgb(0x245834), rgb(0x7cb858), step(0.1, 0.9, lit))
}

fn woods(x: f32, y: f32, noise: u32, floor: Rgb, share: f32) -> Rgb {
    let floor = mix(floor, scale(floor, 0.86), fbm2(x / 180.0, y / 180.0, noise, 3));
    if let Some((_, lit)) = crown(x, y, 64.0, share, noise) {
        return tree_colour(lit);
    }
    if crown(x - 18.0, y - 22.0, 64.0, share, noise).is_some() { scale(floor, 0.72) } else { floor }
}

fn country(x: f32, y: f32, noise: u32) -> Rgb {
    let bent = x + 60.0 * fbm2(x / 200.0, y / 200.0, noise, 3);
    let river = (y - 640.0 - (bent / 420.0).sin() * 210.0 - 60.0 * fbm(bent / 160.0, noise, 3)).abs();
    if river < 70.0 {
        let deep = mix(rgb(0x5cc6cf), rgb(0x237fb0), step(70.0, 10.0, river));
        return if fbm2(x / 60.0, y / 9.0, noise, 2) > 0.66 { mix(deep, WHITE, 0.25) } else { deep };
    }
    let kind = fbm2(x / 330.0, y / 330.0, noise.wrapping_add(9), 4);
    let mut c = mix(rgb(0x5f9a4a), rgb(0x93bf5a), step(0.35, 0.65, kind));
    if kind > 0.46 {
        let (i, j) = ((x / 260.0 + (y / 190.0).floor() * 0.37).floor() as i32, (y / 190.0).floor() as i32);
        let cell = hash2(i, j, noise.wrapping_add(7));
        c = mix(c, [rgb(0xd8c05c), rgb(0xa9c964), rgb(0x7fae52), rgb(0xc79a54)][(cell * 3.99) as usize], 0.6);
        if ((x * 0.5 + y) * 0.09 * (1.0 + cell)).sin() > 0.5 {
            c = scale(c, 0.94);
        }
    } else if river > 110.0 {
        if let Some((_, lit)) = crown(x, y, 58.0, 0.7, noise) {
            return tree_colour(lit);
        }
        if crown(x - 16.0, y - 20.0, 58.0, 0.7, noise).is_some() {
            c = scale(c, 0.7);
        }
    }
    mix(c, rgb(0xe6d6a0), step(92.0, 74.0, river))
}

fn water(x: f32, y: f32, noise: u32) -> Rgb {
    let depth = fbm2(x / 520.0, y / 380.0, noise, 4);
    let c = mix(rgb(0x2c8cb4), rgb(0x16548c), step(0.3, 0.7, depth));
    let wave = fbm2(x / 90.0, y / 26.0, noise.wrapping_add(4), 3);
    mix(c, WHITE, step(0.62, 0.74, wave) * 0.22)
}

fn shore(x: f32, y: f32, noise: u32) -> Rgb {
    let line = y - 620.0 - 170.0 * (fbm(x / 420.0, noise, 4) - 0.5) * 2.0;
    if line < 0.0 {
        let shallow = mix(rgb(0x6cd0cc), water(x, y, noise), step(0.0, -190.0, line));
        return mix(shallow, WHITE, step(-26.0, -4.0, line) * 0.6);
    }
    if line < 90.0 {
        return mix(rgb(0xe8d8a8), rgb(0xd8c08c), line / 90.0);
    }
    woods(x, y, noise, rgb(0x78a054), 0.55)
}

fn sand(x: f32, y: f32, noise: u32) -> Rgb {
    let dune = ((y + 120.0 * fbm2(x / 340.0, y / 340.0, noise, 3)) / 46.0).sin();
    let c = mix(rgb(0xd89858), rgb(0xf0c484), step(-0.8, 0.9, dune));
    mix(c, rgb(0xc0804c), fbm2(x / 420.0, y / 420.0, noise.wrapping_add(2), 3) * 0.5)
}

/// Blocks of roofs between streets.
fn town(p: &Palette, x: f32, y: f32, noise: u32) -> Rgb {
    const BLOCK: f32 = 330.0;
    const STREET: f32 = 52.0;
    const ROOFS: [u32; 5] = [0xb45c48, 0x945048, 0x6c7484, 0xc0885c, 0x8c8480];
    let (bx, by) = (x.rem_euclid(BLOCK), y.rem_euclid(BLOCK));
    if bx < STREET || by < STREET {
        let middle = ((bx - STREET / 2.0).abs() < 2.0 && by > STREET && by.rem_euclid(44.0) < 22.0)
            || ((by - STREET / 2.0).abs() < 2.0 && bx > STREET && bx.rem_euclid(44.0) < 22.0);
        let c = if middle { rgb(0xd8d0b4) } else { rgb(0x74747c) };
        let lamp = p.lamps && (bx - 8.0).hypot(by - 8.0) < 16.0;
        return if lamp { rgb(0xffe098) } else { c };
    }
    let (gx, gy) = ((bx - STREET) / ((BLOCK - STREET) / 3.0), (by - STREET) / ((BLOCK - STREET) / 3.0));
    let cell = (x / BLOCK).floor() as i32 * 3 + gx as i32;
    let row = (y / BLOCK).floor() as i32 * 3 + gy as i32;
    let own = hash2(cell, row, noise);
    if own < 0.16 {
        return woods(x, y, noise, rgb(0x78a858), 0.5);
    }
    let (fx, fy) = (gx.fract() - 0.5, gy.fract() - 0.5);
    if fx.abs() > 0.44 || fy.abs() > 0.44 {
        return rgb(0x9c9890);
    }
    let roof = rgb(ROOFS[(hash(cell * 31 + row, noise) * 4.99) as usize]);
    let across = if own < 0.58 { fx } else { fy };
    let c = scale(roof, if across < 0.0 { 1.08 } else { 0.78 });
    if across.abs() < 0.02 { mix(c, WHITE, 0.3) } else { c }
}
