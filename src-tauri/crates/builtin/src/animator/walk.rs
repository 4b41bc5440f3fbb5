//! Reads rows of a layer between their pixels, for a row of the picture.
//!
//! Owns where a pixel is read: worked out once for a layer and a frame, and for whole stretches where pixels are read one
//! after the other. Plain loops over numbers side by side, which compilers turn into vector instructions.

use super::affine::Map;
use super::lay::{Wide, lay_light, lay_over};
use crate::illustrator::scene::Blend;

/// Rows that are used again and again.
pub(super) struct Rows {
    /// A row of the layer, mixed from two.
    source: Vec<Wide>,
    /// What the picture's row takes from it.
    taken: Vec<Wide>,
    /// For each channel of that, its pixel's alpha.
    alpha: Vec<Wide>,
}

impl Rows {
    /// For pictures of a width and layers of at most a length.
    pub(super) fn new(width: usize, longest: usize) -> Self {
        let row = |length| vec![[0; 4]; length];
        Self { source: row(longest), taken: row(width), alpha: row(width) }
    }

    /// Lays what was taken last on pixels of the picture's row, at a strength of 256.
    pub(super) fn lay(&mut self, out: &mut [Wide], blend: Blend, opacity: u16) {
        let taken = &mut self.taken[..out.len()];
        match blend {
            Blend::Over => lay_over(out, taken, &mut self.alpha, opacity),
            Blend::Screen => lay_light(out, taken, opacity),
        }
    }
}

/// Two rows of a layer, how far (of 256) between them is read, and for which pixels of the picture's row.
pub(super) struct Part<'a> {
    pub(super) upper: &'a [[u8; 4]],
    pub(super) lower: &'a [[u8; 4]],
    pub(super) weight: u16,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// How an upright layer is read along a row; the same for all its rows.
pub(super) struct Walk {
    /// The first pixel of the picture's row that is told about.
    from: usize,
    /// For each pixel from there the pixel of the layer whose right half it reads, and behind that in 8 bits how far it is
    /// on the way to the next one.
    places: Vec<u32>,
    /// Set where most pixels read the neighbour of what the one before them reads.
    stretches: Option<Stretches>,
}

/// The same, for whole stretches at once.
struct Stretches {
    /// For each pixel and each of its channels, how far (of 256) it is on the way.
    ways: Vec<Wide>,
    /// Where stretches begin, in order, as places in `ways`.
    begins: Vec<usize>,
}

impl Stretches {
    /// Shorter ones on average are read pixel by pixel.
    const SHORTEST: usize = 12;

    fn of(places: &[u32]) -> Option<Self> {
        let next = |pair: &[u32]| (pair[0] >> 8) + 1 == pair[1] >> 8;
        let broken = places.windows(2).filter(|pair| !next(pair)).count();
        if (broken + 1) * Self::SHORTEST > places.len() {
            return None;
        }
        let breaks = places.windows(2).enumerate().filter(|(_, pair)| !next(pair)).map(|(at, _)| at + 1);
        let ways = places.iter().map(|place| [(place & 255) as u16; 4]).collect();
        Some(Self { ways, begins: std::iter::once(0).chain(breaks).collect() })
    }
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
        Self { from, stretches: Stretches::of(&places), places }
    }

    /// Puts an opaque part in the place of the pixels it is seen at.
    pub(super) fn store(&self, part: &Part, out: &mut [Wide], rows: &mut Rows) {
        self.read(part, &mut rows.source, out);
    }

    /// Takes a part, to be laid on the pixels it is seen at.
    pub(super) fn take(&self, part: &Part, rows: &mut Rows) {
        self.read(part, &mut rows.source, &mut rows.taken[..part.to - part.from]);
    }

    /// What the pixels of a part read.
    fn read(&self, part: &Part, source: &mut [Wide], out: &mut [Wide]) {
        let (from, to) = (part.from - self.from, part.to - self.from);
        let places = &self.places[from..to];
        let (Some(first), Some(last)) = (places.first(), places.last()) else { return };
        let (begin, end) = ((first >> 8) as usize, (last >> 8) as usize + 2);
        let source = &mut source[..end - begin];
        mix(source, &part.upper[begin..end], &part.lower[begin..end], part.weight);
        let Some(Stretches { ways, begins }) = &self.stretches else { return each(places, begin, source, out) };
        let mut stretch = begins.partition_point(|at| *at <= from);
        let mut at = from;
        while at < to {
            let behind = begins.get(stretch).map_or(to, |next| to.min(*next));
            let (near, length) = ((self.places[at] >> 8) as usize - begin, behind - at);
            run(&source[near..=near + length], &ways[at..behind], &mut out[at - from..behind - from]);
            (at, stretch) = (behind, stretch + 1);
        }
    }
}

/// Reads pixel by pixel.
fn each(places: &[u32], begin: usize, source: &[Wide], out: &mut [Wide]) {
    for (o, place) in out.iter_mut().zip(places) {
        let at = ((place >> 8) as usize).wrapping_sub(begin);
        let Some(&[near, far]) = source.get(at..at.wrapping_add(2)) else { return };
        let weights = &WEIGHTS[(place & 255) as usize];
        let both = [near[0], near[1], near[2], near[3], far[0], far[1], far[2], far[3]];
        *o = halves(std::array::from_fn(|i| both[i].wrapping_mul(weights[i])));
    }
}

/// Reads a stretch: every pixel between one of the source and the next.
fn run(source: &[Wide], ways: &[Wide], out: &mut [Wide]) {
    let (near, far) = (source.as_flattened(), source[1..].as_flattened());
    for (((o, &near), &far), &way) in out.as_flattened_mut().iter_mut().zip(near).zip(far).zip(ways.as_flattened()) {
        *o = near.wrapping_mul(256_u16.wrapping_sub(way)).wrapping_add(far.wrapping_mul(way)) >> 8;
    }
}

/// Two rows mixed into one.
fn mix(out: &mut [Wide], upper: &[[u8; 4]], lower: &[[u8; 4]], weight: u16) {
    let rest = 256_u16.wrapping_sub(weight);
    let (out, upper, lower) = (out.as_flattened_mut(), upper.as_flattened(), lower.as_flattened());
    for ((o, &a), &b) in out.iter_mut().zip(upper).zip(lower) {
        *o = u16::from(a).wrapping_mul(rest).wrapping_add(u16::from(b).wrapping_mul(weight)) >> 8;
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
}

impl Slant<'_> {
    /// Takes so many pixels of it, to be laid on the pixels it is seen at.
    pub(super) fn take(&self, length: usize, rows: &mut Rows) {
        let height = self.pixels.len() / self.width;
        // 16.16 fixed point.
        let fixed = |v: f32| (v * 65536.0) as i32;
        let (mut u, mut v) = (fixed(self.first.0), fixed(self.first.1));
        let (du, dv) = (fixed(self.along.0), fixed(self.along.1));
        let (last_u, last_v) = (((self.width as i32 - 1) << 16) - 1, ((height as i32 - 1) << 16) - 1);
        for o in &mut rows.taken[..length] {
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
            *o = between(upper, lower, x >> 8 & 255, (y >> 8 & 255) as u16);
        }
    }
}

/// Between four pixels, so far (of 256) to the right and down.
#[inline]
fn between(upper: &[[u8; 4]], lower: &[[u8; 4]], right: usize, down: u16) -> Wide {
    let (Some(upper), Some(lower)) = (upper.as_flattened().first_chunk::<8>(), lower.as_flattened().first_chunk::<8>())
    else {
        return [0; 4];
    };
    let (rest, weights) = (256_u16.wrapping_sub(down), &WEIGHTS[right]);
    let mixed: [u16; 8] = std::array::from_fn(|i| {
        u16::from(upper[i]).wrapping_mul(rest).wrapping_add(u16::from(lower[i]).wrapping_mul(down)) >> 8
    });
    halves(std::array::from_fn(|i| mixed[i].wrapping_mul(weights[i])))
}

/// The sum of two weighed pixels.
#[inline]
fn halves([a, b, c, d, e, f, g, h]: [u16; 8]) -> Wide {
    [a.wrapping_add(e), b.wrapping_add(f), c.wrapping_add(g), d.wrapping_add(h)].map(|v| v >> 8)
}
