//! Puts the layers over each other: a row at a time, from the nearest layer that hides everything behind it.
//!
//! Pixels are premultiplied RGBA. The inner loops work on four 16-bit numbers a pixel, written so that the compiler turns them
//! into vector instructions; overflow cannot happen (255 × 256 fits), so they use the wrapping operators, which keep the
//! checks of a debug build out of them.

use super::affine::{Map, apply, inverse};
use super::{motion, particles};
use crate::illustrator::scene::Blend;
use crate::illustrator::{RasterLayer, RasterScene, Row};

/// A composed picture and the rows it is made with; used again from frame to frame.
pub(crate) struct Frame {
    /// Pixels across.
    pub(crate) width: usize,
    /// Pixels down.
    pub(crate) height: usize,
    /// The picture, row by row.
    pub(crate) pixels: Vec<[u8; 4]>,
    row: Vec<Wide>,
    source: Vec<Wide>,
}

impl Frame {
    /// A frame of the size a scene is composed at.
    pub(crate) fn new(scene: &RasterScene) -> Self {
        let (width, height) = (scene.size.width.div_ceil(scene.block) as usize, scene.size.height.div_ceil(scene.block) as usize);
        Self { width, height, pixels: vec![[0; 4]; width * height], row: vec![[0; 4]; width], source: vec![] }
    }
}

/// A pixel with room for a product.
type Wide = [u16; 4];

/// A layer at a moment.
struct Placed<'a> {
    layer: &'a RasterLayer,
    map: Map,
    back: Map,
    /// Strength, 256 all of it.
    opacity: u16,
    upright: bool,
    top: i32,
    bottom: i32,
}

/// Composes the moment `seconds` after the shot began, when a share `done` of it has passed.
pub(crate) fn compose(scene: &RasterScene, done: f32, seconds: f32, frame: &mut Frame) {
    let view = motion::camera(&scene.camera, done, seconds);
    let (width, height) = (frame.width, frame.height);
    let placed: Vec<Placed> = scene
        .layers
        .iter()
        .filter_map(|layer| {
            let (map, bright) = motion::place(scene, layer, view, seconds);
            place(layer, map, bright, width, height)
        })
        .collect();
    for y in 0..height {
        compose_row(&placed, y as i32, &mut frame.row, &mut frame.source);
        for (out, wide) in frame.pixels[y * width..][..width].iter_mut().zip(&frame.row) {
            *out = [wide[0] as u8, wide[1] as u8, wide[2] as u8, 255];
        }
    }
    for cloud in &scene.particles {
        particles::draw(scene, cloud, view, seconds, frame);
    }
}

fn place(layer: &RasterLayer, map: Map, bright: f32, width: usize, height: usize) -> Option<Placed<'_>> {
    let opacity = (bright.clamp(0.0, 1.0) * 256.0) as u16;
    let (w, h) = (layer.width as f32, layer.height as f32);
    let corners = [apply(map, 0.0, 0.0), apply(map, w, 0.0), apply(map, 0.0, h), apply(map, w, h)];
    let bound = |pick: fn((f32, f32)) -> f32| {
        let values = corners.map(pick);
        (values.iter().copied().fold(f32::MAX, f32::min), values.iter().copied().fold(f32::MIN, f32::max))
    };
    let ((left, right), (top, bottom)) = (bound(|p| p.0), bound(|p| p.1));
    if opacity == 0 || right <= 0.0 || bottom <= 0.0 || left >= width as f32 || top >= height as f32 {
        return None;
    }
    Some(Placed {
        layer,
        map,
        back: inverse(map)?,
        opacity,
        upright: map[0] > 0.0 && map[3] > 0.0 && map[1].abs() < 1e-4 && map[2].abs() < 1e-4,
        top: top.floor().max(0.0) as i32,
        bottom: (bottom.ceil() as i32).min(height as i32),
    })
}

fn compose_row(placed: &[Placed], y: i32, row: &mut [Wide], source: &mut Vec<Wide>) {
    let start = placed.iter().rposition(|p| hides_row(p, y, row.len()));
    if start.is_none() {
        row.fill([0; 4]);
    }
    for p in &placed[start.unwrap_or(0)..] {
        if y < p.top || y >= p.bottom {
            continue;
        }
        if p.upright {
            upright_row(p, y, row, source);
        } else {
            turned_row(p, y, row);
        }
    }
}

/// The source rows that an output row of an upright layer lies between, and how far it is on the way to the second (0..256).
fn between(p: &Placed, y: i32) -> (usize, u16) {
    let sy = (y as f32 + 0.5) * p.back[3] + p.back[5] - 0.5;
    let last = p.layer.height as f32 - 2.0;
    let j = sy.floor().clamp(0.0, last);
    (j as usize, ((sy - j).clamp(0.0, 1.0) * 256.0) as u16)
}

/// True where a layer covers the whole output row, so that nothing behind it is seen.
fn hides_row(p: &Placed, y: i32, width: usize) -> bool {
    if !p.upright || p.opacity < 256 || p.layer.blend != Blend::Over || y < p.top || y >= p.bottom {
        return false;
    }
    let (j, _) = between(p, y);
    let [a, b] = [p.layer.rows[j], p.layer.rows[j + 1]];
    let (from, to) = (a.solid_from.max(b.solid_from) as f32, a.solid_to.min(b.solid_to) as f32);
    let at = |x: f32| x * p.back[0] + p.back[4] - 0.5;
    at(0.5) >= from - 0.01 && at(width as f32 - 0.5) <= to - 1.0 + 0.01
}

/// The pixels of an output row that the source pixels `from..to` reach, and the part of them that only opaque pixels reach.
fn reach(p: &Placed, a: Row, b: Row, width: usize) -> (usize, usize, usize, usize) {
    let (from, to) = match (a.from < a.to, b.from < b.to) {
        (true, true) => (a.from.min(b.from), a.to.max(b.to)),
        (true, false) => (a.from, a.to),
        (false, true) => (b.from, b.to),
        (false, false) => return (0, 0, 0, 0),
    };
    let w = width as f32;
    let (k, e) = (p.map[0], p.map[4]);
    let x0 = ((from as f32 - 0.5) * k + e).floor().clamp(0.0, w) as usize;
    let x1 = ((to as f32 + 0.5) * k + e).ceil().clamp(0.0, w) as usize;
    let (solid_from, solid_to) = (a.solid_from.max(b.solid_from) as f32, a.solid_to.min(b.solid_to) as f32);
    if p.layer.blend != Blend::Over || p.opacity < 256 || solid_to - solid_from < 4.0 {
        return (x0, x1, x1, x1);
    }
    let s0 = ((solid_from + 0.5) * k + e).ceil().clamp(x0 as f32, x1 as f32) as usize;
    let s1 = ((solid_to - 1.5) * k + e).floor().clamp(s0 as f32, x1 as f32) as usize;
    (x0, s0, s1, x1)
}

fn upright_row(p: &Placed, y: i32, row: &mut [Wide], source: &mut Vec<Wide>) {
    let (j, wy) = between(p, y);
    let w = p.layer.width;
    let (x0, s0, s1, x1) = reach(p, p.layer.rows[j], p.layer.rows[j + 1], row.len());
    if x0 >= x1 {
        return;
    }
    // 16.16 fixed point: where in the source row the first output pixel reads, and the step to the next.
    let step = (p.back[0] * 65536.0) as i64;
    let first = (((x0 as f32 + 0.5) * p.back[0] + p.back[4] - 0.5) * 65536.0) as i64;
    let last = (w as i64 - 2) << 16;
    let begin = (first.clamp(0, last) >> 16) as usize;
    let end = ((first + step * (x1 - x0) as i64).clamp(0, last) >> 16) as usize + 2;
    let upper = &p.layer.pixels[j * w..][begin..end];
    let lower = &p.layer.pixels[(j + 1) * w..][begin..end];
    source.clear();
    source.extend(upper.iter().zip(lower).map(|(a, b)| lerp_bytes(*a, *b, wy)));
    let base = first - ((begin as i64) << 16);
    let last = last - ((begin as i64) << 16);
    let run = Run { source, step, last };
    let from = |x: usize| base + step * (x - x0) as i64;
    if s0 < s1 {
        run.mix(&mut row[x0..s0], from(x0), p);
        run.store(&mut row[s0..s1], from(s0));
        run.mix(&mut row[s1..x1], from(s1), p);
    } else {
        run.mix(&mut row[x0..x1], from(x0), p);
    }
}

/// A source row and how it is walked.
struct Run<'a> {
    source: &'a [Wide],
    step: i64,
    last: i64,
}

impl Run<'_> {
    /// The source between two pixels.
    #[inline(always)]
    fn at(&self, fx: i64) -> Wide {
        let fx = fx.clamp(0, self.last);
        let i = (fx >> 16) as usize;
        match self.source.get(i..i + 2) {
            Some(&[a, b]) => lerp(a, b, ((fx >> 8) & 255) as u16),
            _ => [0; 4],
        }
    }

    /// True when every output pixel reads the same way between two neighbours.
    fn is_even(&self, len: usize) -> bool {
        (self.step - 65536).unsigned_abs() * (len as u64) < 1024
    }

    fn store(&self, out: &mut [Wide], from: i64) {
        if out.is_empty() {
            return;
        }
        if self.is_even(out.len()) && from >= 0 {
            let (i, wx) = ((from >> 16) as usize, ((from >> 8) & 255) as u16);
            if let (Some(a), Some(b)) = (self.source.get(i..i + out.len()), self.source.get(i + 1..=i + out.len())) {
                for ((o, a), b) in out.iter_mut().zip(a).zip(b) {
                    *o = lerp(*a, *b, wx);
                }
                return;
            }
        }
        let mut fx = from;
        for o in out {
            *o = self.at(fx);
            fx = fx.wrapping_add(self.step);
        }
    }

    fn mix(&self, out: &mut [Wide], from: i64, p: &Placed) {
        let screen = p.layer.blend == Blend::Screen;
        let full = p.opacity >= 256;
        let mut fx = from;
        for o in out {
            let s = self.at(fx);
            fx = fx.wrapping_add(self.step);
            let s = if full { s } else { fade(s, p.opacity) };
            *o = if screen { screened(*o, s) } else { over(*o, s) };
        }
    }
}

#[inline(always)]
fn lerp(a: Wide, b: Wide, w: u16) -> Wide {
    let v = 256_u16.wrapping_sub(w);
    [
        a[0].wrapping_mul(v).wrapping_add(b[0].wrapping_mul(w)) >> 8,
        a[1].wrapping_mul(v).wrapping_add(b[1].wrapping_mul(w)) >> 8,
        a[2].wrapping_mul(v).wrapping_add(b[2].wrapping_mul(w)) >> 8,
        a[3].wrapping_mul(v).wrapping_add(b[3].wrapping_mul(w)) >> 8,
    ]
}

#[inline(always)]
fn lerp_bytes(a: [u8; 4], b: [u8; 4], w: u16) -> Wide {
    lerp(a.map(u16::from), b.map(u16::from), w)
}

#[inline(always)]
fn fade(s: Wide, opacity: u16) -> Wide {
    [
        s[0].wrapping_mul(opacity) >> 8,
        s[1].wrapping_mul(opacity) >> 8,
        s[2].wrapping_mul(opacity) >> 8,
        s[3].wrapping_mul(opacity) >> 8,
    ]
}

/// The source over the destination.
#[inline(always)]
fn over(d: Wide, s: Wide) -> Wide {
    let keep = 256_u16.wrapping_sub(s[3].wrapping_add(s[3] >> 7));
    [
        s[0].wrapping_add(d[0].wrapping_mul(keep) >> 8).min(255),
        s[1].wrapping_add(d[1].wrapping_mul(keep) >> 8).min(255),
        s[2].wrapping_add(d[2].wrapping_mul(keep) >> 8).min(255),
        255,
    ]
}

/// The source as light on the destination: a plain sum would clip to white.
#[inline(always)]
fn screened(d: Wide, s: Wide) -> Wide {
    let one = |d: u16, s: u16| s.wrapping_add(d.wrapping_mul(256_u16.wrapping_sub(s.wrapping_add(s >> 7))) >> 8).min(255);
    [one(d[0], s[0]), one(d[1], s[1]), one(d[2], s[2]), 255]
}

/// The part of an output row where `value(x) = at0 + step · x` stays inside `low..high`.
fn inside(at0: f32, step: f32, low: f32, high: f32, (mut from, mut to): (f32, f32)) -> (f32, f32) {
    if step.abs() < 1e-6 {
        if at0 < low || at0 > high {
            return (0.0, -1.0);
        }
        return (from, to);
    }
    let (a, b) = ((low - at0) / step, (high - at0) / step);
    from = from.max(a.min(b));
    to = to.min(a.max(b));
    (from, to)
}

fn turned_row(p: &Placed, y: i32, row: &mut [Wide]) {
    let (w, h) = (p.layer.width, p.layer.height);
    let (du, dv) = (p.back[0], p.back[1]);
    let u0 = 0.5 * du + (y as f32 + 0.5) * p.back[2] + p.back[4] - 0.5;
    let v0 = 0.5 * dv + (y as f32 + 0.5) * p.back[3] + p.back[5] - 0.5;
    let range = inside(u0, du, -0.5, w as f32 - 0.5, (0.0, row.len() as f32 - 1.0));
    let (from, to) = inside(v0, dv, -0.5, h as f32 - 0.5, range);
    if from > to {
        return;
    }
    let (from, to) = (from.ceil() as usize, (to.floor() as usize + 1).min(row.len()));
    if from >= to {
        return;
    }
    let screen = p.layer.blend == Blend::Screen;
    let fixed = |v: f32| (v * 65536.0) as i64;
    let (mut u, mut v) = (fixed(u0 + du * from as f32), fixed(v0 + dv * from as f32));
    let (su, sv) = (fixed(du), fixed(dv));
    let (max_u, max_v) = ((w as i64 - 2) << 16, (h as i64 - 2) << 16);
    let pixels = &p.layer.pixels;
    for o in &mut row[from..to] {
        let (cu, cv) = (u.clamp(0, max_u), v.clamp(0, max_v));
        u = u.wrapping_add(su);
        v = v.wrapping_add(sv);
        let at = (cv >> 16) as usize * w + (cu >> 16) as usize;
        let (Some(&[a, b]), Some(&[c, d])) = (pixels.get(at..at + 2), pixels.get(at + w..at + w + 2)) else { continue };
        if a[3] | b[3] | c[3] | d[3] == 0 {
            continue;
        }
        let wy = ((cv >> 8) & 255) as u16;
        let s = lerp(lerp_bytes(a, c, wy), lerp_bytes(b, d, wy), ((cu >> 8) & 255) as u16);
        let s = if p.opacity >= 256 { s } else { fade(s, p.opacity) };
        *o = if screen { screened(*o, s) } else { over(*o, s) };
    }
}
