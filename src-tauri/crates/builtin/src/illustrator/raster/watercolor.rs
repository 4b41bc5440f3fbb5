//! Watercolour: trembling edges, pigment that gathers at them, washes that pool and fade, and paper that shows through.

use std::sync::LazyLock;

use rayon::prelude::*;
use story::Size;

use super::RasterLayer;
use super::filter::{self, Image};
use super::style::{edges, pinned};
use crate::illustrator::colour::{Rgb, luma, mix, mul, rgb, saturate};
use crate::illustrator::noise::{fbm2, step, value2};

/// The paper's own colour.
const PAPER: Rgb = rgb(0xfbf6ec);

/// Side of the noise tile, in cells; it repeats without a seam.
const TILE: usize = 256;

/// Noise that repeats without a seam, in two independent channels and a fine one, 0..1.
static NOISE: LazyLock<Vec<[f32; 3]>> = LazyLock::new(|| {
    (0..TILE * TILE)
        .into_par_iter()
        .map(|i| {
            let (x, y) = ((i % TILE) as f32, (i / TILE) as f32);
            // Two copies cross-faded over the tile make the borders meet.
            let blend = |f: &dyn Fn(f32, f32) -> f32| {
                let t = TILE as f32;
                let (u, v) = (x / t, y / t);
                let (a, b, c, d) = (f(x, y), f(x - t, y), f(x, y - t), f(x - t, y - t));
                (a * (1.0 - u) + b * u) * (1.0 - v) + (c * (1.0 - u) + d * u) * v
            };
            [
                blend(&|x, y| fbm2(x / 9.0, y / 9.0, 3, 3)),
                blend(&|x, y| fbm2(x / 9.0, y / 9.0, 8, 3)),
                blend(&|x, y| fbm2(x / 2.4, y / 2.4, 21, 2)),
            ]
        })
        .collect()
});

/// The noise at a point, read smoothly.
fn tile(x: f32, y: f32) -> [f32; 3] {
    let (u, v) = (x.floor(), y.floor());
    let (f, g) = (x - u, y - v);
    let (i, j) = (u as i32 as usize, v as i32 as usize);
    let at = |i: usize, j: usize| &NOISE[(j % TILE) * TILE + i % TILE];
    let (a, b, c, d) =
        (at(i, j), at(i.wrapping_add(1), j), at(i, j.wrapping_add(1)), at(i.wrapping_add(1), j.wrapping_add(1)));
    std::array::from_fn(|k| (a[k] * (1.0 - f) + b[k] * f) * (1.0 - g) + (c[k] * (1.0 - f) + d[k] * f) * g)
}

/// The fine noise of the nearest cell.
fn fine(x: f32, y: f32) -> f32 {
    NOISE[(y as i32 as usize % TILE) * TILE + x as i32 as usize % TILE][2]
}

/// How deep the paper is at a pixel of the screen, 0..1.
pub(super) fn tooth(x: usize, y: usize, scale: f32) -> f32 {
    let cell = 1.0 / (scale * 1.9);
    step(0.36, 0.74, tile(x as f32 * cell, y as f32 * cell)[2])
}

/// Paints a layer. `hard` layers have edges where pigment gathers, `light` is light on the paper, `sky` a wash over all of it.
pub(super) fn paint(image: &mut Image, seed: u32, scale: f32, hard: bool, light: bool, sky: bool) {
    if light {
        // Light on paper is only more paper: softer, and never whiter than it.
        for p in &mut image.pixels {
            *p = p.map(|v| (u16::from(v) * 7 / 10) as u8);
        }
        return;
    }
    let offset = (seed % 251) as f32;
    if hard && !sky {
        tremble(image, scale, offset);
    }
    let (w, h) = (image.width, image.height);
    let alpha = image.alpha();
    let reach = (5.5 * scale).round().max(1.0) as usize;
    let inside = if hard && !sky { filter::blur_channel(&alpha, w, h, reach) } else { vec![255; alpha.len()] };
    let lines = if hard && !sky { edges(image, scale * 1.6) } else { vec![0.0; alpha.len()] };
    let pool = Pool::new(w, h, scale, seed, sky);
    let cell = 1.0 / (scale * 2.2);
    image.pixels.par_chunks_exact_mut(w).enumerate().for_each(|(y, row)| {
        for (x, p) in row.iter_mut().enumerate() {
            if p[3] == 0 {
                continue;
            }
            let i = y * w + x;
            let a = f32::from(p[3]);
            let own = [f32::from(p[0]) / a, f32::from(p[1]) / a, f32::from(p[2]) / a].map(|v| v.min(1.0));
            // The border of a wash dries darker; inner lines only a little.
            let border = if alpha[i] > 20 { (1.0 - f32::from(inside[i]) / 255.0).clamp(0.0, 0.5) * 2.0 } else { 0.0 };
            let line = step(0.10, 0.5, lines[i]);
            let depth = border * 0.52 + line * 0.24;
            let c = wash(own, pool.at(x, y), depth, sky);
            let grain = fine(x as f32 * cell + offset, y as f32 * cell) - 0.5;
            let dark = 1.0 - luma(c);
            for k in 0..3 {
                p[k] = ((c[k] + grain * 0.11 * dark).clamp(0.0, 1.0) * a + 0.5) as u8;
            }
        }
    });
}

/// A colour as a wash: thinned with water (`thin` 0..1), darker and stronger where pigment gathers (`depth`).
fn wash(own: Rgb, thin: f32, depth: f32, sky: bool) -> Rgb {
    // Transparent paint has no black: the darkest tone is a strong colour.
    let lifted = own.map(|v| 0.07 + 0.93 * v);
    let base = mix(saturate(lifted, 1.16), PAPER, 0.07);
    let water = if sky { 0.42 } else { 0.30 };
    let wet = mix(base, PAPER, thin * water);
    let strong = mul(saturate(base, 1.25), [0.62, 0.60, 0.68]);
    mix(wet, strong, depth.min(0.8))
}

/// Where the water stood: coarse noise with the dark rims of dried blooms, read smoothly.
struct Pool {
    width: usize,
    cell: f32,
    values: Vec<f32>,
}

const POOL_CELL: f32 = 12.0;

impl Pool {
    fn new(w: usize, h: usize, scale: f32, seed: u32, sky: bool) -> Self {
        let cell = (POOL_CELL * scale).max(1.0);
        let width = (w as f32 / cell) as usize + 3;
        let height = (h as f32 / cell) as usize + 3;
        let stretch = if sky { 1.7 } else { 1.0 };
        let values = (0..width * height)
            .into_par_iter()
            .map(|i| {
                let (x, y) = ((i % width) as f32 * POOL_CELL, (i / width) as f32 * POOL_CELL);
                let broad = fbm2(x / (260.0 * stretch), y / 170.0, seed, 4);
                let warp = value2(x / 70.0, y / 70.0, seed.wrapping_add(5)) * 40.0;
                // A bloom: paint pushed outwards by a drop of water, with a rim where it stopped.
                let drop = fbm2((x + warp) / (330.0 * stretch), (y - warp) / 250.0, seed.wrapping_add(9), 3);
                let bloom = step(0.54, 0.60, drop) * step(0.78, 0.60, drop);
                let rim = step(0.515, 0.54, drop) * step(0.565, 0.54, drop);
                (step(0.22, 0.80, broad) + bloom * 0.16 - rim * 0.10).clamp(0.0, 1.25)
            })
            .collect();
        Self { width, cell, values }
    }

    fn at(&self, x: usize, y: usize) -> f32 {
        let (u, v) = (x as f32 / self.cell, y as f32 / self.cell);
        let (i, j) = (u as usize, v as usize);
        let (f, g) = (u - i as f32, v - j as f32);
        let at = |i: usize, j: usize| self.values[j * self.width + i];
        (at(i, j) * (1.0 - f) + at(i + 1, j) * f) * (1.0 - g) + (at(i, j + 1) * (1.0 - f) + at(i + 1, j + 1) * f) * g
    }
}

/// Moves every pixel a little, the same way as its neighbours: the hand and the paper.
fn tremble(image: &mut Image, scale: f32, offset: f32) {
    /// How far, in stage units.
    const AMOUNT: f32 = 12.0;
    /// The displacement is computed once for a cell of this many pixels and read smoothly.
    const CELL: usize = 4;
    let (w, h) = (image.width, image.height);
    let source = std::mem::take(&mut image.pixels);
    let amount = AMOUNT * scale;
    let cell = CELL as f32 / (scale * 4.2);
    let across = w / CELL + 2;
    let shifts: Vec<(f32, f32)> = (0..across * (h / CELL + 2))
        .map(|i| {
            let n = tile((i % across) as f32 * cell + offset, (i / across) as f32 * cell);
            ((n[0] - 0.5) * amount, (n[1] - 0.5) * amount)
        })
        .collect();
    image.pixels = vec![[0; 4]; w * h];
    let far = (amount / 2.0).ceil() as usize + 1;
    let drawn = Drawn::of(&source, w);
    image.pixels.par_chunks_exact_mut(w).enumerate().for_each(|(y, row)| {
        let (from, to) = drawn.near(y, far);
        let (j, g) = (y / CELL, (y % CELL) as f32 / CELL as f32);
        let (upper, lower) = (&shifts[j * across..(j + 1) * across], &shifts[(j + 1) * across..(j + 2) * across]);
        for (x, out) in row.iter_mut().enumerate().take(to).skip(from) {
            let (i, f) = (x / CELL, (x % CELL) as f32 / CELL as f32);
            let mix = |a: f32, b: f32, c: f32, d: f32| (a + (b - a) * f) * (1.0 - g) + (c + (d - c) * f) * g;
            let dx = mix(upper[i].0, upper[i + 1].0, lower[i].0, lower[i + 1].0);
            let dy = mix(upper[i].1, upper[i + 1].1, lower[i].1, lower[i + 1].1);
            *out = between(&source, w, h, x as f32 + dx, y as f32 + dy);
        }
    });
}

/// Where the first and behind the last pixel of each row is that is not empty.
struct Drawn {
    width: usize,
    rows: Vec<(usize, usize)>,
}

impl Drawn {
    fn of(pixels: &[[u8; 4]], width: usize) -> Self {
        let ends = |row: &[[u8; 4]]| {
            let from = row.iter().position(|p| *p != [0; 4])?;
            Some((from, row.iter().rposition(|p| *p != [0; 4])? + 1))
        };
        let rows = pixels.chunks_exact(width).map(|row| ends(row).unwrap_or((width, 0))).collect();
        Self { width, rows }
    }

    /// The part of a row that has something drawn within so many pixels.
    fn near(&self, y: usize, far: usize) -> (usize, usize) {
        let rows = &self.rows[y.saturating_sub(far)..(y + far + 1).min(self.rows.len())];
        let from = rows.iter().map(|r| r.0).min().unwrap_or(0);
        let to = rows.iter().map(|r| r.1).max().unwrap_or(0);
        (from.saturating_sub(far), (to + far).min(self.width))
    }
}

/// A pixel between four, at the border the nearest.
fn between(source: &[[u8; 4]], w: usize, h: usize, x: f32, y: f32) -> [u8; 4] {
    let (x, y) = (x.clamp(0.0, (w - 1) as f32), y.clamp(0.0, (h - 1) as f32));
    let (ix, iy) = (x as usize, y as usize);
    let (f, g) = (((x - ix as f32) * 256.0) as u32, ((y - iy as f32) * 256.0) as u32);
    let (ix1, iy1) = ((ix + 1).min(w - 1), (iy + 1).min(h - 1));
    let (a, b, c, d) = (source[iy * w + ix], source[iy * w + ix1], source[iy1 * w + ix], source[iy1 * w + ix1]);
    if a == b && c == d && a == c {
        return a;
    }
    std::array::from_fn(|k| {
        let top = u32::from(a[k]) * (256 - f) + u32::from(b[k]) * f;
        let low = u32::from(c[k]) * (256 - f) + u32::from(d[k]) * f;
        ((top * (256 - g) + low * g + 32768) >> 16) as u8
    })
}

/// The margin that the brush left free, as four strips, so that the middle costs nothing.
pub(super) fn margins(size: Size, scale: f32) -> Vec<RasterLayer> {
    let (w, h) = (size.width as usize, size.height as usize);
    let deep = (46.0 * scale).round() as usize;
    let (deep_x, deep_y) = (deep.min(w / 4), deep.min(h / 4));
    let strips = [
        (0, 0, w, deep_y),
        (0, h - deep_y, w, deep_y),
        (0, deep_y, deep_x, h - 2 * deep_y),
        (w - deep_x, deep_y, deep_x, h - 2 * deep_y),
    ];
    strips
        .into_iter()
        .map(|(x0, y0, sw, sh)| {
            let mut image = Image::new(sw, sh);
            for (i, p) in image.pixels.iter_mut().enumerate() {
                let (x, y) = (x0 + i % sw, y0 + i / sw);
                let edge = x.min(w - 1 - x).min(y).min(h - 1 - y) as f32 / scale;
                let (u, v) = (x as f32 / scale, y as f32 / scale);
                let wander = 12.0 + 15.0 * fbm2(u / 130.0, v / 130.0, 41, 3) + 7.0 * (tile(u / 5.0, v / 5.0)[0] - 0.5);
                let a = step(wander + 5.0, wander - 4.0, edge);
                // The wash dries darker where it ends.
                let rim = step(wander + 14.0, wander + 3.0, edge) * (1.0 - a) * 0.20;
                let alpha = (a + rim).min(1.0);
                let tone = if alpha > 0.0 { a / alpha } else { 0.0 };
                for k in 0..3 {
                    let dark = [0.30, 0.24, 0.34][k];
                    p[k] = ((PAPER[k] * tone + dark * (1.0 - tone)) * alpha * 255.0) as u8;
                }
                p[3] = (alpha * 255.0) as u8;
            }
            pinned(image, x0, y0)
        })
        .collect()
}
