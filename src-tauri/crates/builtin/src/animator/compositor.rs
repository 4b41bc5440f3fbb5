//! Puts the layers over each other, a row at a time. What a nearer layer hides is not drawn.
//!
//! Pixels are premultiplied RGBA; a channel in work has 16 bits (255 × 256 fits). Rows are walked two pixels at a time, in
//! plain loops over numbers that compilers turn into vector instructions. The wrapping operators keep the checks of a debug
//! build out of them; nothing overflows.

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
    row: Row,
}

/// A row in work.
struct Row {
    out: Vec<Wide>,
    source: Vec<Wide>,
    pieces: Vec<Piece>,
    hidden: Hidden,
}

/// A part of a row in which a layer is seen.
#[derive(Clone, Copy)]
struct Piece {
    layer: usize,
    /// The pair of its rows that is read.
    j: usize,
    from: usize,
    to: usize,
    /// Every pixel of it is opaque.
    solid: bool,
}

impl Frame {
    /// A frame of the size a scene is composed at.
    pub(crate) fn new(scene: &RasterScene) -> Self {
        let (width, height) =
            (scene.size.width.div_ceil(scene.block) as usize, scene.size.height.div_ceil(scene.block) as usize);
        let longest = scene.layers.iter().map(|l| l.width).max().unwrap_or(0) + 4;
        let row = Row {
            out: vec![[0; 4]; width],
            source: vec![[0; 4]; longest],
            pieces: Vec::new(),
            hidden: Hidden::default(),
        };
        Self { width, height, pixels: vec![[0; 4]; width * height], row }
    }
}

/// A pixel in work.
type Wide = [u16; 4];

/// Two pixels in work.
type Pair = [u16; 8];

/// How two neighbours are weighed, by how far (of 256) a place is on the way from the first to the second.
static WEIGHTS: [Pair; 256] = {
    let mut table = [[0; 8]; 256];
    let mut w = 0;
    while w < 256 {
        let (rest, way) = (256 - w as u16, w as u16);
        table[w] = [rest, rest, rest, rest, way, way, way, way];
        w += 1;
    }
    table
};

/// A layer at a moment.
struct Placed<'a> {
    layer: &'a RasterLayer,
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
        compose_row(&placed, y as i32, &mut frame.row);
        for (out, &wide) in frame.pixels[y * width..][..width].iter_mut().zip(&frame.row.out) {
            *out = narrow(wide);
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
        back: inverse(map)?,
        opacity,
        upright: map[0] > 0.0 && map[3] > 0.0 && map[1].abs() < 1e-4 && map[2].abs() < 1e-4,
        top: top.floor().max(0.0) as i32,
        bottom: (bottom.ceil() as i32).min(height as i32),
    })
}

fn compose_row(placed: &[Placed], y: i32, row: &mut Row) {
    let Row { out, source, pieces, hidden } = row;
    pieces.clear();
    hidden.clear();
    for (layer, p) in placed.iter().enumerate().rev() {
        if y < p.top || y >= p.bottom {
            continue;
        }
        let hides = p.hides();
        // The pieces of a layer lie beside each other, so that none hides another.
        p.pieces(y, out.len(), |piece| {
            hidden.gaps((piece.from, piece.to), |from, to| pieces.push(Piece { layer, from, to, ..piece }));
            if hides && piece.solid {
                hidden.add((piece.from, piece.to));
            }
        });
        if hidden.all(out.len()) {
            break;
        }
    }
    if !hidden.all(out.len()) {
        out.fill([0; 4]);
    }
    for piece in pieces.iter().rev() {
        placed[piece.layer].draw(*piece, y, out, source);
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

    /// True when its opaque parts hide what is behind.
    fn hides(&self) -> bool {
        self.upright && self.opacity >= 256 && self.layer.blend == Blend::Over
    }

    /// Where it is seen in an output row, if nothing is before it.
    fn pieces(&self, y: i32, width: usize, mut found: impl FnMut(Piece)) {
        let piece = |j, (from, to), solid| Piece { layer: 0, j, from, to, solid };
        if self.upright {
            let (j, _) = self.between(y);
            for span in self.layer.spans.row(j) {
                found(piece(j, self.seen(*span, width), span.solid && self.opacity >= 256));
            }
        } else {
            found(piece(0, self.inside(y, width), false));
        }
    }

    fn draw(&self, piece: Piece, y: i32, row: &mut [Wide], source: &mut [Wide]) {
        if self.upright { self.upright_row(piece, y, row, source) } else { self.turned_row(piece, y, row) }
    }

    fn upright_row(&self, piece: Piece, y: i32, row: &mut [Wide], source: &mut [Wide]) {
        let Piece { j, from, to, solid, .. } = piece;
        let (_, wy) = self.between(y);
        let w = self.layer.width;
        // 16.16 fixed point: the step from one output pixel's source position to the next one's.
        let step = (self.back[0] * 65536.0) as i64;
        let last = (w as i64 - 2) << 16;
        let first = (((from as f32 + 0.5) * self.back[0] + self.back[4] - 0.5) * 65536.0) as i64;
        let begin = (first.clamp(0, last) >> 16) as usize;
        let end = ((first + step * (to - from) as i64).clamp(0, last) >> 16) as usize + 2;
        let upper = &self.layer.pixels[j * w + begin..j * w + end];
        let lower = &self.layer.pixels[(j + 1) * w + begin..(j + 1) * w + end];
        let Some(source) = source.get_mut(..end - begin) else { return };
        blend_rows(source, upper, lower, wy);
        let shift = (begin as i64) << 16;
        let run = Run { source, step, last: last - shift, first: first - shift };
        let out = &mut row[from..to];
        match (self.layer.blend, solid) {
            (Blend::Over, true) => run.store(out),
            (Blend::Over, false) => run.over(out, self.opacity),
            (Blend::Screen, _) => run.screen(out, self.opacity),
        }
    }

    /// The source position of the first pixel of an output row.
    fn start(&self, y: i32) -> (f32, f32) {
        let (dx, dy) = (0.5, y as f32 + 0.5);
        let [a, b, c, d, e, f] = self.back;
        (dx * a + dy * c + e - 0.5, dx * b + dy * d + f - 0.5)
    }

    /// The pixels of an output row that read inside the layer.
    fn inside(&self, y: i32, width: usize) -> (usize, usize) {
        let (w, h) = (self.layer.width as f32, self.layer.height as f32);
        let (u0, v0) = self.start(y);
        let range = inside(u0, self.back[0], -0.5, w - 0.5, (0.0, width as f32 - 1.0));
        let (from, to) = inside(v0, self.back[1], -0.5, h - 0.5, range);
        if from > to { (0, 0) } else { (from.ceil() as usize, (to.floor() as usize + 1).min(width)) }
    }

    fn turned_row(&self, piece: Piece, y: i32, row: &mut [Wide]) {
        let (w, h) = (self.layer.width, self.layer.height);
        let (du, dv) = (self.back[0], self.back[1]);
        let (u0, v0) = self.start(y);
        let fixed = |v: f32| (v * 65536.0) as i64;
        let (mut u, mut v) = (fixed(u0 + du * piece.from as f32), fixed(v0 + dv * piece.from as f32));
        let (su, sv) = (fixed(du), fixed(dv));
        let (max_u, max_v) = ((w as i64 - 2) << 16, (h as i64 - 2) << 16);
        let pixels = &self.layer.pixels;
        for o in &mut row[piece.from..piece.to] {
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
            let wy = ((cv >> 8) & 255) as u16;
            let s = lerp(lerp(widen(a), widen(c), wy), lerp(widen(b), widen(d), wy), ((cu >> 8) & 255) as u16);
            let s = if self.opacity >= 256 { s } else { fade(s, self.opacity) };
            *o = if self.layer.blend == Blend::Screen { screened(*o, s) } else { over(*o, s) };
        }
    }
}

/// The parts of a row that nearer layers hide, in order, apart from each other.
#[derive(Default)]
struct Hidden(Vec<(usize, usize)>);

impl Hidden {
    /// Shorter parts are drawn over: keeping them apart would cost more.
    const SHORTEST: usize = 24;

    fn clear(&mut self) {
        self.0.clear();
    }

    fn all(&self, width: usize) -> bool {
        self.0.first() == Some(&(0, width))
    }

    /// Tells what of a range is not hidden.
    fn gaps(&self, (mut from, to): (usize, usize), mut gap: impl FnMut(usize, usize)) {
        for &(start, end) in &self.0 {
            if start >= to {
                break;
            }
            if start > from {
                gap(from, start);
            }
            from = from.max(end);
        }
        if from < to {
            gap(from, to);
        }
    }

    fn add(&mut self, (mut from, mut to): (usize, usize)) {
        if to < from + Self::SHORTEST {
            return;
        }
        let first = self.0.partition_point(|(_, end)| *end < from);
        let behind = self.0.partition_point(|(start, _)| *start <= to);
        if let Some(&(start, _)) = self.0.get(first..behind).and_then(<[_]>::first) {
            from = from.min(start);
        }
        if let Some(&(_, end)) = self.0.get(first..behind).and_then(<[_]>::last) {
            to = to.max(end);
        }
        self.0.splice(first..behind, [(from, to)]);
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
    source: &'a [Wide],
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
            Some(&[a, b]) => lerp(a, b, ((fx >> 8) & 255) as u16),
            _ => [0; 4],
        }
    }

    /// Two neighbours in the source, weighed by where a place lies between them; a place inside the source.
    #[inline]
    fn weighed(&self, fx: u32) -> Pair {
        let i = (fx >> 16) as usize;
        let Some(&[a, b]) = self.source.get(i..i.wrapping_add(2)) else { return [0; 8] };
        let w = &WEIGHTS[(fx >> 8) as usize & 255];
        let s = [a[0], a[1], a[2], a[3], b[0], b[1], b[2], b[3]];
        std::array::from_fn(|c| s[c].wrapping_mul(w[c]))
    }

    #[inline]
    fn pair(&self, fx: u32) -> Pair {
        let (p, q) = (self.weighed(fx), self.weighed(fx.wrapping_add(self.step as u32)));
        let (near, far) =
            ([p[0], p[1], p[2], p[3], q[0], q[1], q[2], q[3]], [p[4], p[5], p[6], p[7], q[4], q[5], q[6], q[7]]);
        std::array::from_fn(|c| near[c].wrapping_add(far[c]) >> 8)
    }

    /// Walks the run: `one` pixel at a time where it begins or ends, `two` at a time between.
    #[inline]
    fn each(&self, out: &mut [Wide], one: impl Fn(&mut Wide, Wide), two: impl Fn(&mut Pair, Pair)) {
        let mut fx = self.first;
        let mut begin = 0;
        while begin < out.len() && fx < 0 {
            one(&mut out[begin], self.at(fx));
            fx = fx.wrapping_add(self.step);
            begin += 1;
        }
        let inside = if self.step > 0 { ((self.last - fx) / self.step + 1).max(0) as usize } else { 0 };
        let inside = inside.min(out.len() - begin) & !1;
        let (middle, rest) = out[begin..].split_at_mut(inside);
        let mut at = fx as u32;
        for pair in middle.as_flattened_mut().as_chunks_mut::<8>().0 {
            two(pair, self.pair(at));
            at = at.wrapping_add(self.step as u32 * 2);
        }
        fx = fx.wrapping_add(self.step.wrapping_mul(middle.len() as i64));
        for o in rest {
            one(o, self.at(fx));
            fx = fx.wrapping_add(self.step);
        }
    }

    fn store(&self, out: &mut [Wide]) {
        self.each(out, |o, s| *o = s, |o, s| *o = s);
    }

    fn over(&self, out: &mut [Wide], opacity: u16) {
        if opacity >= 256 {
            self.each(out, |o, s| *o = over(*o, s), |o, s| *o = over(*o, s));
        } else {
            self.each(out, |o, s| *o = over(*o, fade(s, opacity)), |o, s| *o = over(*o, fade(s, opacity)));
        }
    }

    fn screen(&self, out: &mut [Wide], opacity: u16) {
        self.each(out, |o, s| *o = screened(*o, fade(s, opacity)), |o, s| *o = screened(*o, fade(s, opacity)));
    }
}

#[inline]
fn widen(p: [u8; 4]) -> Wide {
    p.map(u16::from)
}

#[inline]
fn narrow(p: Wide) -> [u8; 4] {
    [p[0] as u8, p[1] as u8, p[2] as u8, 255]
}

/// Between two pixels, `w` of 256 towards the second.
#[inline]
fn lerp(a: Wide, b: Wide, w: u16) -> Wide {
    let rest = 256_u16.wrapping_sub(w);
    let one = |c: usize| a[c].wrapping_mul(rest).wrapping_add(b[c].wrapping_mul(w)) >> 8;
    [one(0), one(1), one(2), one(3)]
}

/// Pixels at a share (of 256) of their strength.
#[inline]
fn fade<const N: usize>(s: [u16; N], opacity: u16) -> [u16; N] {
    s.map(|c| c.wrapping_mul(opacity) >> 8)
}

/// The source over the destination. Premultiplied colour is at most alpha, so the sum stays a byte.
#[inline]
fn over<const N: usize>(d: [u16; N], s: [u16; N]) -> [u16; N] {
    std::array::from_fn(|c| {
        let alpha = s[c | 3];
        let keep = 256_u16.wrapping_sub(alpha.wrapping_add(alpha >> 7));
        s[c].wrapping_add(d[c].wrapping_mul(keep) >> 8)
    })
}

/// The source as light on the destination: a plain sum would clip to white.
#[inline]
fn screened<const N: usize>(d: [u16; N], s: [u16; N]) -> [u16; N] {
    std::array::from_fn(|c| {
        let keep = 256_u16.wrapping_sub(s[c].wrapping_add(s[c] >> 7));
        s[c].wrapping_add(d[c].wrapping_mul(keep) >> 8)
    })
}
