//! Puts the layers over each other: a row at a time, from the nearest layer that hides everything behind it.
//!
//! Pixels are premultiplied RGBA. A pixel in work is a `u64` with a channel in every 16 bits, so one multiplication weighs all
//! four (255 × 256 fits into 16 bits). The wrapping operators keep the checks of a debug build out of the inner loops; nothing
//! overflows.

use super::affine::{Map, apply, inverse};
use super::{motion, particles};
use crate::illustrator::scene::Blend;
use crate::illustrator::{RasterLayer, RasterScene, Span};

/// A composed picture and the rows it is made with; used again from frame to frame.
pub(crate) struct Frame {
    /// Pixels across.
    pub(crate) width: usize,
    /// Pixels down.
    pub(crate) height: usize,
    /// The picture, row by row.
    pub(crate) pixels: Vec<[u8; 4]>,
    row: Vec<Wide>,
    source: Vec<[u16; 4]>,
}

impl Frame {
    /// A frame of the size a scene is composed at.
    pub(crate) fn new(scene: &RasterScene) -> Self {
        let (width, height) =
            (scene.size.width.div_ceil(scene.block) as usize, scene.size.height.div_ceil(scene.block) as usize);
        let longest = scene.layers.iter().map(|l| l.width).max().unwrap_or(0) + 4;
        Self { width, height, pixels: vec![[0; 4]; width * height], row: vec![0; width], source: vec![[0; 4]; longest] }
    }
}

/// A pixel with a channel in every 16 bits: red lowest, alpha highest.
type Wide = u64;

/// The low byte of every channel.
const BYTES: u64 = 0x00ff_00ff_00ff_00ff;

/// A layer at a moment.
struct Placed<'a> {
    layer: &'a RasterLayer,
    back: Map,
    /// Strength, 256 all of it.
    opacity: u64,
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
        for (out, &wide) in frame.pixels[y * width..][..width].iter_mut().zip(&frame.row) {
            *out = narrow(wide);
        }
    }
    for cloud in &scene.particles {
        particles::draw(scene, cloud, view, seconds, frame);
    }
}

fn place(layer: &RasterLayer, map: Map, bright: f32, width: usize, height: usize) -> Option<Placed<'_>> {
    let opacity = (bright.clamp(0.0, 1.0) * 256.0) as u64;
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
        back: inverse(map)?,
        opacity,
        upright: map[0] > 0.0 && map[3] > 0.0 && map[1].abs() < 1e-4 && map[2].abs() < 1e-4,
        top: top.floor().max(0.0) as i32,
        bottom: (bottom.ceil() as i32).min(height as i32),
    })
}

fn compose_row(placed: &[Placed], y: i32, row: &mut [Wide], source: &mut [[u16; 4]]) {
    let start = placed.iter().rposition(|p| p.hides_row(y, row.len()));
    if start.is_none() {
        row.fill(0);
    }
    for p in &placed[start.unwrap_or(0)..] {
        if y < p.top || y >= p.bottom {
            continue;
        }
        if p.upright {
            p.upright_row(y, row, source);
        } else {
            p.turned_row(y, row);
        }
    }
}

impl Placed<'_> {
    /// The source row above an output row of an upright layer, and how far it is on the way to the next (0..256).
    fn between(&self, y: i32) -> (usize, u16) {
        let sy = (y as f32 + 0.5) * self.back[3] + self.back[5] - 0.5;
        let j = sy.floor().clamp(0.0, self.layer.height as f32 - 2.0);
        (j as usize, ((sy - j).clamp(0.0, 1.0) * 256.0) as u16)
    }

    /// The first output pixel that reads at or behind a source position.
    fn cut(&self, source: f32, width: usize) -> usize {
        ((source + 0.5 - self.back[4]) / self.back[0] - 0.5).ceil().clamp(0.0, width as f32) as usize
    }

    /// The output pixels that a span is seen in.
    fn seen(&self, span: Span, width: usize) -> (usize, usize) {
        let (from, to) = (span.from as f32, span.to as f32);
        if span.solid {
            (self.cut(from, width), self.cut(to - 1.0, width))
        } else {
            (self.cut(from - 1.0, width), self.cut(to, width))
        }
    }

    /// True where a layer covers the whole output row, so that nothing behind it is seen.
    fn hides_row(&self, y: i32, width: usize) -> bool {
        if !self.upright || self.opacity < 256 || self.layer.blend != Blend::Over || y < self.top || y >= self.bottom {
            return false;
        }
        let (j, _) = self.between(y);
        self.layer.spans.row(j).iter().any(|span| span.solid && self.seen(*span, width) == (0, width))
    }

    fn upright_row(&self, y: i32, row: &mut [Wide], source: &mut [[u16; 4]]) {
        let (j, wy) = self.between(y);
        let w = self.layer.width;
        // 16.16 fixed point: the step from one output pixel's source position to the next one's.
        let step = (self.back[0] * 65536.0) as i64;
        let last = (w as i64 - 2) << 16;
        for &span in self.layer.spans.row(j) {
            let (x0, x1) = self.seen(span, row.len());
            if x0 >= x1 {
                continue;
            }
            let first = (((x0 as f32 + 0.5) * self.back[0] + self.back[4] - 0.5) * 65536.0) as i64;
            let begin = (first.clamp(0, last) >> 16) as usize;
            let end = ((first + step * (x1 - x0) as i64).clamp(0, last) >> 16) as usize + 2;
            let upper = &self.layer.pixels[j * w + begin..j * w + end];
            let lower = &self.layer.pixels[(j + 1) * w + begin..(j + 1) * w + end];
            let Some(source) = source.get_mut(..end - begin) else { continue };
            blend_rows(source, upper, lower, wy);
            let shift = (begin as i64) << 16;
            let run = Run { source, step, last: last - shift, first: first - shift };
            let out = &mut row[x0..x1];
            match (self.layer.blend, span.solid && self.opacity >= 256) {
                (Blend::Over, true) => run.store(out),
                (Blend::Over, false) => run.over(out, self.opacity),
                (Blend::Screen, _) => run.screen(out, self.opacity),
            }
        }
    }

    fn turned_row(&self, y: i32, row: &mut [Wide]) {
        let (w, h) = (self.layer.width, self.layer.height);
        let (du, dv) = (self.back[0], self.back[1]);
        let u0 = 0.5 * du + (y as f32 + 0.5) * self.back[2] + self.back[4] - 0.5;
        let v0 = 0.5 * dv + (y as f32 + 0.5) * self.back[3] + self.back[5] - 0.5;
        let range = inside(u0, du, -0.5, w as f32 - 0.5, (0.0, row.len() as f32 - 1.0));
        let (from, to) = inside(v0, dv, -0.5, h as f32 - 0.5, range);
        if from > to {
            return;
        }
        let (from, to) = (from.ceil() as usize, (to.floor() as usize + 1).min(row.len()));
        if from >= to {
            return;
        }
        let fixed = |v: f32| (v * 65536.0) as i64;
        let (mut u, mut v) = (fixed(u0 + du * from as f32), fixed(v0 + dv * from as f32));
        let (su, sv) = (fixed(du), fixed(dv));
        let (max_u, max_v) = ((w as i64 - 2) << 16, (h as i64 - 2) << 16);
        let pixels = &self.layer.pixels;
        for o in &mut row[from..to] {
            let (cu, cv) = (u.clamp(0, max_u), v.clamp(0, max_v));
            u = u.wrapping_add(su);
            v = v.wrapping_add(sv);
            let at = (cv >> 16) as usize * w + (cu >> 16) as usize;
            let (Some(&[a, b]), Some(&[c, d])) = (pixels.get(at..at + 2), pixels.get(at + w..at + w + 2)) else {
                continue;
            };
            if a[3] | b[3] | c[3] | d[3] == 0 {
                continue;
            }
            let wy = ((cv >> 8) & 255) as u64;
            let s = lerp(lerp(widen(a), widen(c), wy), lerp(widen(b), widen(d), wy), ((cu >> 8) & 255) as u64);
            let s = if self.opacity >= 256 { s } else { fade(s, self.opacity) };
            *o = if self.layer.blend == Blend::Screen { screened(*o, s) } else { over(*o, s) };
        }
    }
}

/// The part of an output row where `at0 + step · x` stays inside `low..high`.
fn inside(at0: f32, step: f32, low: f32, high: f32, (from, to): (f32, f32)) -> (f32, f32) {
    if step.abs() < 1e-6 {
        return if at0 < low || at0 > high { (0.0, -1.0) } else { (from, to) };
    }
    let (a, b) = ((low - at0) / step, (high - at0) / step);
    (from.max(a.min(b)), to.min(a.max(b)))
}

/// Two source rows mixed into one: the plain loop over numbers that compilers turn into vector instructions.
fn blend_rows(out: &mut [[u16; 4]], upper: &[[u8; 4]], lower: &[[u8; 4]], weight: u16) {
    let rest = 256_u16.wrapping_sub(weight);
    let (out, upper, lower) = (out.as_flattened_mut(), upper.as_flattened(), lower.as_flattened());
    for ((o, &a), &b) in out.iter_mut().zip(upper).zip(lower) {
        *o = u16::from(a).wrapping_mul(rest).wrapping_add(u16::from(b).wrapping_mul(weight)) >> 8;
    }
}

/// A source row and how it is walked: 16.16 fixed point.
struct Run<'a> {
    source: &'a [[u16; 4]],
    first: i64,
    step: i64,
    last: i64,
}

impl Run<'_> {
    /// The source between two pixels.
    #[inline]
    fn at(&self, fx: i64) -> Wide {
        let fx = fx.clamp(0, self.last);
        let i = (fx >> 16) as usize;
        match self.source.get(i..i.wrapping_add(2)) {
            Some(&[a, b]) => lerp(pack(a), pack(b), ((fx >> 8) & 255) as u64),
            _ => 0,
        }
    }

    fn each(&self, out: &mut [Wide], put: impl Fn(&mut Wide, Wide)) {
        let mut fx = self.first;
        for o in out {
            put(o, self.at(fx));
            fx = fx.wrapping_add(self.step);
        }
    }

    fn store(&self, out: &mut [Wide]) {
        self.each(out, |o, s| *o = s);
    }

    fn over(&self, out: &mut [Wide], opacity: u64) {
        if opacity >= 256 {
            self.each(out, |o, s| *o = over(*o, s));
        } else {
            self.each(out, |o, s| *o = over(*o, fade(s, opacity)));
        }
    }

    fn screen(&self, out: &mut [Wide], opacity: u64) {
        self.each(out, |o, s| *o = screened(*o, fade(s, opacity)));
    }
}

#[inline]
fn pack(p: [u16; 4]) -> Wide {
    u64::from(p[0]) | u64::from(p[1]) << 16 | u64::from(p[2]) << 32 | u64::from(p[3]) << 48
}

#[inline]
fn widen(p: [u8; 4]) -> Wide {
    pack(p.map(u16::from))
}

#[inline]
fn narrow(p: Wide) -> [u8; 4] {
    [p as u8, (p >> 16) as u8, (p >> 32) as u8, 255]
}

/// Between two pixels, `w` of 256 towards the second.
#[inline]
fn lerp(a: Wide, b: Wide, w: u64) -> Wide {
    (a.wrapping_mul(256_u64.wrapping_sub(w)).wrapping_add(b.wrapping_mul(w)) >> 8) & BYTES
}

/// A pixel at a share (of 256) of its strength.
#[inline]
fn fade(s: Wide, opacity: u64) -> Wide {
    (s.wrapping_mul(opacity) >> 8) & BYTES
}

/// The source over the destination. Premultiplied colour is at most alpha, so the sum stays a byte.
#[inline]
fn over(d: Wide, s: Wide) -> Wide {
    let alpha = s >> 48;
    let keep = 256_u64.wrapping_sub(alpha.wrapping_add(alpha >> 7));
    s.wrapping_add((d.wrapping_mul(keep) >> 8) & BYTES)
}

/// The source as light on the destination: a plain sum would clip to white.
#[inline]
fn screened(d: Wide, s: Wide) -> Wide {
    let one = |shift: u32| {
        let (d, s) = ((d >> shift) & 255, (s >> shift) & 255);
        s.wrapping_add(d.wrapping_mul(256_u64.wrapping_sub(s.wrapping_add(s >> 7))) >> 8) << shift
    };
    one(0) | one(16) | one(32) | 255 << 48
}
