//! Reads rows of a layer between their pixels, for a row of the picture.
//!
//! Owns where a pixel is read: worked out once for a layer and a frame, and for whole stretches where pixels are read one
//! after the other. Plain loops over numbers side by side, which compilers turn into vector instructions.

use super::affine::Map;
use super::kept::Kept;
use super::lay::{Wide, lay, lay_one};
use crate::illustrator::scene::Blend;

/// Rows that are used again and again.
pub(super) struct Rows {
    /// A row of the layer, mixed from two.
    source: Vec<Wide>,
    /// What the picture's row takes from it.
    taken: Vec<Wide>,
    /// For each channel of that, its pixel's alpha.
    alpha: Vec<Wide>,
    /// The two pixels that each pixel is read between.
    pairs: Pairs,
}

/// Pixels and their right neighbours, brought side by side.
struct Pairs {
    wide: (Vec<Wide>, Vec<Wide>),
    bytes: (Vec<[u8; 4]>, Vec<[u8; 4]>),
}

impl Rows {
    /// For pictures of a width and layers of at most a length.
    pub(super) fn new(width: usize, longest: usize) -> Self {
        let row = |length| vec![[0; 4]; length];
        let pairs = Pairs { wide: (row(width), row(width)), bytes: (vec![[0; 4]; width], vec![[0; 4]; width]) };
        Self { source: row(longest), taken: row(width), alpha: row(width), pairs }
    }

    /// Lays what was taken last on pixels of the picture's row.
    #[inline(always)]
    pub(super) fn lay(&mut self, out: &mut [Wide], blend: Blend) {
        lay(out, &self.taken[..out.len()], &mut self.alpha, blend);
    }
}

/// Two rows of a layer, how much of each is read, and for which pixels of the picture's row.
pub(super) struct Part<'a> {
    pub(super) upper: &'a [[u8; 4]],
    pub(super) lower: &'a [[u8; 4]],
    pub(super) weights: Weights,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// How much (of 256) of an upper and a lower row is read; together less than all of it where a layer is weak.
#[derive(Clone, Copy)]
pub(super) struct Weights {
    upper: u16,
    lower: u16,
}

impl Weights {
    /// For so far (of 256) on the way down, at a strength of 256.
    pub(super) fn new(down: u16, opacity: u16) -> Self {
        let share = |way: u16| ((u32::from(way) * u32::from(opacity)) >> 8) as u16;
        Self { upper: share(256_u16.saturating_sub(down)), lower: share(down) }
    }
}

/// How an upright layer is read along a row; the same for all its rows.
pub(super) struct Walk {
    /// The first pixel of the picture's row that is told about.
    from: usize,
    /// For each pixel from there the pixel of the layer whose right half it reads, and behind that in 8 bits how far it is
    /// on the way to the next one.
    places: Vec<u32>,
    /// The latter for each of the pixel's channels.
    ways: Vec<[u8; 4]>,
    /// Where stretches begin, in order: most pixels read the neighbour of what the one before them reads. Empty where that
    /// is not so.
    stretches: Vec<usize>,
}

/// Where stretches begin, if they are long enough on average to be read each at once.
fn stretches(places: &[u32]) -> Vec<usize> {
    const SHORTEST: usize = 12;
    let next = |pair: &[u32]| (pair[0] >> 8) + 1 == pair[1] >> 8;
    let broken = places.windows(2).filter(|pair| !next(pair)).count();
    if (broken + 1) * SHORTEST > places.len() {
        return vec![];
    }
    let breaks = places.windows(2).enumerate().filter(|(_, pair)| !next(pair)).map(|(at, _)| at + 1);
    std::iter::once(0).chain(breaks).collect()
}

/// How two neighbours are weighed, by how far (of 256) a place is on the way from the first to the second.
static WEIGHTS: [[u16; 8]; 256] = {
    let mut table = [[0; 8]; 256];
    let mut w = 0;
    while w < 256 {
        let (rest, way) = (256 - w as u16, w as u16);
        table[w] = [rest, rest, rest, rest, way, way, way, way];
        w += 1;
    }
    table
};

impl Walk {
    /// Shorter parts are read and laid pixel by pixel: the edges of a shape are a few pixels each.
    const FEW: usize = 12;

    /// The walk for pixels `from..to` of the picture's row along a layer so many pixels wide (at most 2²⁴).
    pub(super) fn new(back: Map, (from, to): (usize, usize), width: usize) -> Self {
        // 32.32 fixed point.
        let fixed = |v: f32| (f64::from(v) * 4_294_967_296.0) as i64;
        // The last place lies just before the last pixel, so that it has a right neighbour.
        let (step, last) = (fixed(back[0]), ((width as i64 - 1) << 32) - 1);
        let mut at = fixed((from as f32 + 0.5) * back[0] + back[4] - 0.5);
        let places: Vec<u32> = (from..to)
            .map(|_| {
                let place = (at.clamp(0, last) >> 24) as u32;
                at = at.wrapping_add(step);
                place
            })
            .collect();
        let ways = places.iter().map(|place| [(place & 255) as u8; 4]).collect();
        Self { from, stretches: stretches(&places), places, ways }
    }

    /// Puts an opaque part in the place of the pixels it is seen at.
    #[inline(always)]
    pub(super) fn store(&self, part: &Part, out: &mut [Wide], rows: &mut Rows) {
        self.read(part, &mut rows.source, &mut rows.pairs, out);
    }

    /// Lays a part on the pixels it is seen at.
    #[inline(always)]
    pub(super) fn lay(&self, part: &Part, out: &mut [Wide], blend: Blend, rows: &mut Rows) {
        if out.len() < Self::FEW {
            return self.lay_few(part, out, blend);
        }
        self.read(part, &mut rows.source, &mut rows.pairs, &mut rows.taken[..out.len()]);
        rows.lay(out, blend);
    }

    /// Lays a part of a layer that is drawn larger than it is, whose upper row is `j`.
    #[inline(always)]
    pub(super) fn lay_kept(
        &self,
        part: &Part,
        j: usize,
        kept: &mut Kept,
        out: &mut [Wide],
        blend: Blend,
        rows: &mut Rows,
    ) {
        let range = (part.from, part.to);
        for (row, pixels) in [(j, part.upper), (j + 1, part.lower)] {
            kept.extend(
                row,
                range,
                #[inline(always)]
                |from, to, out| {
                    self.along(pixels, (from, to), &mut rows.pairs, out);
                },
            );
        }
        mix(&mut rows.taken[..out.len()], kept.pixels(j, range), kept.pixels(j + 1, range), part.weights);
        rows.lay(out, blend);
    }

    /// What the pixels of a part read.
    #[inline(always)]
    fn read(&self, part: &Part, source: &mut [Wide], pairs: &mut Pairs, out: &mut [Wide]) {
        let (from, to) = (part.from - self.from, part.to - self.from);
        let places = &self.places[from..to];
        let (Some(first), Some(last)) = (places.first(), places.last()) else { return };
        let (begin, end) = ((first >> 8) as usize, (last >> 8) as usize + 2);
        let source = &mut source[..end - begin];
        mix(source, &part.upper[begin..end], &part.lower[begin..end], part.weights);
        if self.stretches.is_empty() {
            let (near, far) = (&mut pairs.wide.0[..out.len()], &mut pairs.wide.1[..out.len()]);
            gather(places, begin, source, near, far);
            return between(near, far, &self.ways[from..to], out);
        }
        let mut stretch = self.stretches.partition_point(|at| *at <= from);
        let mut at = from;
        while at < to {
            let behind = self.stretches.get(stretch).map_or(to, |next| to.min(*next));
            let (near, length) = ((self.places[at] >> 8) as usize - begin, behind - at);
            let (out, ways) = (&mut out[at - from..behind - from], &self.ways[at..behind]);
            between(&source[near..near + length], &source[near + 1..=near + length], ways, out);
            (at, stretch) = (behind, stretch + 1);
        }
    }

    /// What pixels of the picture's row read along one row of the layer.
    #[inline(always)]
    fn along(&self, row: &[[u8; 4]], (from, to): (usize, usize), pairs: &mut Pairs, out: &mut [Wide]) {
        let (from, to) = (from - self.from, to - self.from);
        let (near, far) = (&mut pairs.bytes.0[..out.len()], &mut pairs.bytes.1[..out.len()]);
        gather(&self.places[from..to], 0, row, near, far);
        between(near, far, &self.ways[from..to], out);
    }

    #[inline(always)]
    fn lay_few(&self, part: &Part, out: &mut [Wide], blend: Blend) {
        for (o, place) in out.iter_mut().zip(&self.places[part.from - self.from..]) {
            let at = (place >> 8) as usize;
            let (Some(upper), Some(lower)) = (part.upper.get(at..at + 2), part.lower.get(at..at + 2)) else { return };
            *o = lay_one(*o, of_four(upper, lower, (place & 255) as usize, part.weights), blend);
        }
    }
}

/// Brings the two pixels that each place lies between side by side.
#[inline(always)]
fn gather<P: Copy>(places: &[u32], begin: usize, source: &[P], near: &mut [P], far: &mut [P]) {
    for ((near, far), place) in near.iter_mut().zip(far).zip(places) {
        let at = ((place >> 8) as usize).wrapping_sub(begin);
        let Some(&[left, right]) = source.get(at..at.wrapping_add(2)) else { return };
        (*near, *far) = (left, right);
    }
}

/// Pixels between others, each so far on its way.
#[inline(always)]
fn between<C: Copy + Into<u16>>(near: &[[C; 4]], far: &[[C; 4]], ways: &[[u8; 4]], out: &mut [Wide]) {
    let (near, far) = (near.as_flattened(), far.as_flattened());
    for (((o, &near), &far), &way) in out.as_flattened_mut().iter_mut().zip(near).zip(far).zip(ways.as_flattened()) {
        let way = u16::from(way);
        *o = near.into().wrapping_mul(256_u16.wrapping_sub(way)).wrapping_add(far.into().wrapping_mul(way)) >> 8;
    }
}

/// Two rows mixed into one.
#[inline(always)]
fn mix<C: Copy + Into<u16>>(out: &mut [Wide], upper: &[[C; 4]], lower: &[[C; 4]], weights: Weights) {
    let (upper, lower) = (upper.as_flattened(), lower.as_flattened());
    for ((o, &a), &b) in out.as_flattened_mut().iter_mut().zip(upper).zip(lower) {
        *o = a.into().wrapping_mul(weights.upper).wrapping_add(b.into().wrapping_mul(weights.lower)) >> 8;
    }
}

/// A layer that is read along a slanting line.
pub(super) struct Slant<'a> {
    pub(super) pixels: &'a [[u8; 4]],
    pub(super) width: usize,
    /// Where the first pixel of the picture reads.
    pub(super) first: (f32, f32),
    /// From there to where the next one reads.
    pub(super) along: (f32, f32),
    /// How strong it is, 256 all of it.
    pub(super) opacity: u16,
}

impl Slant<'_> {
    /// Lays its pixels on those it is seen at.
    #[inline(always)]
    pub(super) fn lay(&self, out: &mut [Wide], blend: Blend, rows: &mut Rows) {
        let height = self.pixels.len() / self.width;
        // 16.16 fixed point.
        let fixed = |v: f32| (v * 65536.0) as i32;
        let (mut u, mut v) = (fixed(self.first.0), fixed(self.first.1));
        let (du, dv) = (fixed(self.along.0), fixed(self.along.1));
        let (last_u, last_v) = (((self.width as i32 - 1) << 16) - 1, ((height as i32 - 1) << 16) - 1);
        for o in &mut rows.taken[..out.len()] {
            let (x, y) = (u.clamp(0, last_u) as usize, v.clamp(0, last_v) as usize);
            (u, v) = (u.wrapping_add(du), v.wrapping_add(dv));
            let at = (y >> 16).wrapping_mul(self.width).wrapping_add(x >> 16);
            let below = at.wrapping_add(self.width);
            let (Some(upper), Some(lower)) =
                (self.pixels.get(at..at.wrapping_add(2)), self.pixels.get(below..below.wrapping_add(2)))
            else {
                *o = [0; 4];
                continue;
            };
            *o = of_four(upper, lower, x >> 8 & 255, Weights::new((y >> 8 & 255) as u16, self.opacity));
        }
        rows.lay(out, blend);
    }
}

/// Between two pixels and the two below, so far (of 256) to the right.
#[inline(always)]
fn of_four(upper: &[[u8; 4]], lower: &[[u8; 4]], right: usize, weights: Weights) -> Wide {
    let (Some(upper), Some(lower)) = (upper.as_flattened().first_chunk::<8>(), lower.as_flattened().first_chunk::<8>())
    else {
        return [0; 4];
    };
    let sides = &WEIGHTS[right];
    let mixed: [u16; 8] = std::array::from_fn(|i| {
        let upper = u16::from(upper[i]).wrapping_mul(weights.upper);
        upper.wrapping_add(u16::from(lower[i]).wrapping_mul(weights.lower)) >> 8
    });
    halves(std::array::from_fn(|i| mixed[i].wrapping_mul(sides[i])))
}

/// The sum of two weighed pixels.
#[inline(always)]
fn halves([a, b, c, d, e, f, g, h]: [u16; 8]) -> Wide {
    [a.wrapping_add(e), b.wrapping_add(f), c.wrapping_add(g), d.wrapping_add(h)].map(|v| v >> 8)
}
