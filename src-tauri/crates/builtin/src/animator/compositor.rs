//! Puts the layers over each other, a row at a time. What a nearer layer hides is not drawn.
//!
//! Owns what is seen where and what hides what; how a row is read is `walk`'s, and how it is laid over another `lay`'s.
//! Pixels are premultiplied RGBA; a channel in work has 16 bits.

use super::affine::{Map, apply, inverse};
use super::kept::Kept;
use super::lay::Wide;
use super::walk::{self, Walk, Weights};
use super::{motion, particles};
use crate::illustrator::scene::{Blend, View};
use crate::illustrator::{RasterLayer, RasterScene, Span};
use crate::widest::widest;

/// A composed picture and the rows it is made with; used again from frame to frame.
pub(crate) struct Frame {
    /// Pixels across.
    pub(crate) width: usize,
    /// Pixels down.
    pub(crate) height: usize,
    /// The picture, row by row: red, green and blue; the fourth byte says nothing.
    pub(crate) pixels: Vec<[u8; 4]>,
    row: Row,
}

/// A row in work.
struct Row {
    out: Vec<Wide>,
    work: walk::Rows,
    pieces: Vec<Piece>,
    hidden: Hidden,
    /// For each layer that is drawn larger than it is.
    kept: Vec<Kept>,
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
            work: walk::Rows::new(width, longest),
            pieces: Vec::new(),
            hidden: Hidden::default(),
            kept: scene.layers.iter().map(|_| Kept::default()).collect(),
        };
        Self { width, height, pixels: vec![[0; 4]; width * height], row }
    }
}

/// A layer at a moment.
struct Placed<'a> {
    layer: &'a RasterLayer,
    back: Map,
    /// Strength, 256 all of it.
    opacity: u16,
    /// How its rows are read when it stands upright.
    walk: Option<Walk>,
    top: i32,
    bottom: i32,
}

/// Composes the moment `seconds` after the shot began, when a share `done` of it has passed.
pub(crate) fn compose(scene: &RasterScene, done: f32, seconds: f32, frame: &mut Frame) {
    let view = motion::camera(&scene.camera, done, seconds);
    layers(scene, view, seconds, frame);
    for cloud in &scene.particles {
        particles::draw(scene, cloud, view, seconds, frame);
    }
}

/// The layers of that moment, without what falls and floats.
pub(super) fn layers(scene: &RasterScene, view: View, seconds: f32, frame: &mut Frame) {
    let (width, height) = (frame.width, frame.height);
    let placed: Vec<Placed> = scene
        .layers
        .iter()
        .filter_map(|layer| {
            let (map, bright) = motion::place(scene, layer, view, seconds);
            place(layer, map, bright, width, height)
        })
        .collect();
    for kept in &mut frame.row.kept {
        kept.forget();
    }
    widest(
        #[inline(always)]
        || {
            for (y, pixels) in frame.pixels.chunks_exact_mut(width).enumerate() {
                compose_row(&placed, y as i32, &mut frame.row);
                narrow(&frame.row.out, pixels);
            }
        },
    );
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
    let back = inverse(map)?;
    let upright = map[0] > 0.0 && map[3] > 0.0 && map[1].abs() < 1e-4 && map[2].abs() < 1e-4;
    // The border of a layer is read half a pixel of its own outside of it, which may be several of the picture's.
    let around = (1.0 / back[0].abs().max(0.01)).ceil() + 2.0;
    let seen = ((left - around).max(0.0) as usize, ((right + around).max(0.0) as usize).min(width));
    Some(Placed {
        layer,
        back,
        opacity,
        walk: upright.then(|| Walk::new(back, seen, layer.width)),
        top: top.floor().max(0.0) as i32,
        bottom: (bottom.ceil() as i32).min(height as i32),
    })
}

#[inline(always)]
fn compose_row(placed: &[Placed], y: i32, row: &mut Row) {
    let Row { out, work, pieces, hidden, kept } = row;
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
    // The farthest layer first, and each from left to right, which is how memory is read fastest.
    for layer in pieces.chunk_by(|a, b| a.layer == b.layer).rev() {
        for piece in layer {
            placed[piece.layer].draw(*piece, y, out, work, &mut kept[piece.layer]);
        }
    }
}

impl Placed<'_> {
    /// Layers whose rows are read more often than this to a row are worth reading along once for several.
    const KEPT_BELOW: f32 = 0.8;

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
        self.walk.is_some() && self.opacity >= 256 && self.layer.blend == Blend::Over
    }

    /// Where it is seen in an output row, if nothing is before it.
    fn pieces(&self, y: i32, width: usize, mut found: impl FnMut(Piece)) {
        let piece = |j, (from, to), solid| Piece { layer: 0, j, from, to, solid };
        if self.walk.is_some() {
            let (j, _) = self.between(y);
            for span in self.layer.spans.row(j) {
                found(piece(j, self.seen(*span, width), span.solid && self.opacity >= 256));
            }
        } else {
            found(piece(0, self.inside(y, width), false));
        }
    }

    #[inline(always)]
    fn draw(&self, piece: Piece, y: i32, row: &mut [Wide], work: &mut walk::Rows, kept: &mut Kept) {
        match &self.walk {
            Some(walk) => self.upright_row(walk, piece, y, row, work, kept),
            None => self.turned_row(piece, y, row, work),
        }
    }

    #[inline(always)]
    fn upright_row(&self, walk: &Walk, piece: Piece, y: i32, row: &mut [Wide], work: &mut walk::Rows, kept: &mut Kept) {
        let Piece { j, from, to, solid, .. } = piece;
        let (_, down) = self.between(y);
        let mut pair = self.layer.pixels.chunks_exact(self.layer.width).skip(j);
        let (Some(upper), Some(lower)) = (pair.next(), pair.next()) else { return };
        let part = walk::Part { upper, lower, weights: Weights::new(down, self.opacity), from, to };
        let out = &mut row[from..to];
        match self.layer.blend {
            Blend::Over if solid => walk.store(&part, out, work),
            blend if self.back[3] < Self::KEPT_BELOW => walk.lay_kept(&part, j, kept, out, blend, work),
            blend => walk.lay(&part, out, blend, work),
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

    #[inline(always)]
    fn turned_row(&self, piece: Piece, y: i32, row: &mut [Wide], work: &mut walk::Rows) {
        let (u, v) = self.start(y);
        let along = (self.back[0], self.back[1]);
        let first = (u + along.0 * piece.from as f32, v + along.1 * piece.from as f32);
        let (pixels, width) = (&self.layer.pixels, self.layer.width);
        let slant = walk::Slant { pixels, width, first, along, opacity: self.opacity };
        slant.lay(&mut row[piece.from..piece.to], self.layer.blend, work);
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

/// A row in work as bytes.
#[inline(always)]
fn narrow(row: &[Wide], out: &mut [[u8; 4]]) {
    for (out, &wide) in out.as_flattened_mut().iter_mut().zip(row.as_flattened()) {
        *out = wide as u8;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::affine::turned;
    use super::*;
    use crate::illustrator::{Image, pinned};

    const WIDTH: usize = 64;
    const HEIGHT: usize = 40;
    const BELOW: [u16; 4] = [40, 90, 160, 255];

    /// What a plain reading of the layer puts on a pixel of the picture.
    fn plainly(layer: &RasterLayer, back: Map, opacity: f32, x: usize, y: usize) -> Option<[f32; 4]> {
        let (u, v) = apply(back, x as f32 + 0.5, y as f32 + 0.5);
        let (u, v) = (u - 0.5, v - 0.5);
        let (w, h) = (layer.width as f32, layer.height as f32);
        // At its border a layer may end a pixel earlier or later: drawings are empty there.
        let soft = 0.6 + back[0].hypot(back[1]);
        let near = |at: f32, size: f32| (at + 0.5).abs() < soft || (at - size + 0.5).abs() < soft;
        if near(u, w) || near(v, h) {
            return None;
        }
        let outside = u < -0.5 || v < -0.5 || u > w - 0.5 || v > h - 0.5;
        let (u, v) = (u.clamp(0.0, w - 1.0), v.clamp(0.0, h - 1.0));
        let (i, j) = (u.floor().min(w - 2.0), v.floor().min(h - 2.0));
        let (f, g) = (u - i, v - j);
        let at = |i: f32, j: f32, c: usize| f32::from(layer.pixels[j as usize * layer.width + i as usize][c]);
        let read = |c: usize| {
            let upper = at(i, j, c) * (1.0 - f) + at(i + 1.0, j, c) * f;
            let lower = at(i, j + 1.0, c) * (1.0 - f) + at(i + 1.0, j + 1.0, c) * f;
            if outside { 0.0 } else { (upper * (1.0 - g) + lower * g) * opacity }
        };
        let alpha = read(3);
        Some(std::array::from_fn(|c| {
            let hidden = if layer.blend == Blend::Screen { read(c) } else { alpha };
            read(c) + f32::from(BELOW[c]) * (1.0 - hidden / 255.0)
        }))
    }

    fn layer(size: (usize, usize), dots: &[(u8, u8)], blend: Blend) -> RasterLayer {
        let mut image = Image::new(size.0, size.1);
        // Runs of what is empty, opaque and between, as drawings have them: the edge of a shape is never opaque beside empty.
        for (i, p) in image.pixels.iter_mut().enumerate() {
            let (kind, tone) = dots[i / 7 % dots.len()];
            let alpha = if i % 7 == 0 { 128 } else { [0, 255, tone][kind as usize % 3] };
            *p = [tone, tone / 2, 255 - tone, 255].map(|c| (u16::from(c) * u16::from(alpha) / 255) as u8);
        }
        let mut layer = pinned(image, 0, 0);
        layer.blend = blend;
        layer
    }

    proptest! {
        #[test]
        fn a_layer_lies_where_a_plain_reading_puts_it(
            size in (2_usize..50, 2_usize..30),
            dots in prop::collection::vec((0_u8..3, any::<u8>()), 1..40),
            scale in prop_oneof![Just(1.0_f32), 0.2_f32..1.2, 0.9_f32..1.1, 1.0_f32..7.0],
            degrees in prop_oneof![Just(0.0_f32), -40.0_f32..40.0],
            shift in (-50.0_f32..60.0, -30.0_f32..40.0),
            bright in prop_oneof![Just(1.0_f32), 0.1_f32..1.0],
            light in any::<bool>(),
        ) {
            let layer = layer(size, &dots, if light { Blend::Screen } else { Blend::Over });
            let [a, b, c, d, e, f] = turned(degrees, (0.0, 0.0));
            let map = [a * scale, b * scale, c * scale, d * scale, e + shift.0, f + shift.1];
            let placed: Vec<Placed> = place(&layer, map, bright, WIDTH, HEIGHT).into_iter().collect();
            let mut row = Row {
                out: vec![[0; 4]; WIDTH],
                work: walk::Rows::new(WIDTH, layer.width + 4),
                pieces: vec![],
                hidden: Hidden::default(),
                kept: vec![Kept::default()],
            };
            let back = inverse(map).unwrap();
            for y in 0..HEIGHT {
                // Over what is there already: the row is composed on a coloured ground.
                let mut out: Vec<Wide> = vec![BELOW; WIDTH];
                row.pieces.clear();
                if let [placed] = placed.as_slice()
                    && (placed.top..placed.bottom).contains(&(y as i32))
                {
                    placed.pieces(y as i32, WIDTH, |piece| row.pieces.push(piece));
                    for piece in &row.pieces {
                        placed.draw(*piece, y as i32, &mut out, &mut row.work, &mut row.kept[0]);
                    }
                }
                for (x, got) in out.iter().enumerate() {
                    let Some(wanted) = plainly(&layer, back, bright, x, y) else { continue };
                    for (got, wanted) in got.iter().zip(wanted).take(3) {
                        prop_assert!((f32::from(*got) - wanted).abs() <= 6.0, "{x},{y}: {got} for {wanted}");
                    }
                }
            }
        }
    }
}
