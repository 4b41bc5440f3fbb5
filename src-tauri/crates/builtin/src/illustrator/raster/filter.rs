//! Pixel work that every layer needs: blur, grain, light on things, cropping and row spans. Premultiplied RGBA throughout.

use super::{Span, Spans};
use crate::illustrator::colour::Rgb;
use crate::illustrator::noise::hash2;

/// A picture in memory, premultiplied RGBA.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    /// Pixels across.
    pub(crate) width: usize,
    /// Pixels down.
    pub(crate) height: usize,
    /// Row by row.
    pub(crate) pixels: Vec<[u8; 4]>,
}

impl Image {
    /// An empty picture.
    pub(crate) fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![[0; 4]; width * height] }
    }

    /// The alpha channel.
    pub(crate) fn alpha(&self) -> Vec<u8> {
        self.pixels.iter().map(|p| p[3]).collect()
    }
}

/// Blurs with two box passes of a radius in pixels.
pub(super) fn blur(image: &mut Image, radius: usize) {
    if radius > 0 {
        image.pixels = box_blur(std::mem::take(&mut image.pixels), image.width, image.height, radius);
    }
}

/// A blurred copy of one channel.
pub(super) fn blur_channel(channel: &[u8], w: usize, h: usize, radius: usize) -> Vec<u8> {
    let single = channel.iter().map(|&v| [v]).collect();
    box_blur(single, w, h, radius.max(1)).into_iter().map(|[v]| v).collect()
}

fn box_blur<const N: usize>(mut pixels: Vec<[u8; N]>, w: usize, h: usize, radius: usize) -> Vec<[u8; N]> {
    let window = Window::new(radius);
    for _ in 0..2 {
        pixels = box_columns(&box_rows(&pixels, w, &window), w, h, &window);
    }
    pixels
}

/// How many neighbours a box has, and their share of its sum. A sum of bytes stays below 2¹⁶.
struct Window {
    radius: usize,
    half: u16,
    /// 2¹⁶ divided by the neighbours, rounded up, so that what is white stays white.
    share: u16,
}

impl Window {
    fn new(radius: usize) -> Self {
        let radius = radius.clamp(1, 120);
        let all = 2 * radius as u32 + 1;
        Self { radius, half: radius as u16, share: 65536_u32.div_ceil(all) as u16 }
    }

    /// The mean of what a sum holds.
    fn mean(&self, sum: u16) -> u8 {
        ((u32::from(sum.wrapping_add(self.half)) * u32::from(self.share)) >> 16) as u8
    }
}

fn box_rows<const N: usize>(pixels: &[[u8; N]], w: usize, window: &Window) -> Vec<[u8; N]> {
    let mut out = Vec::with_capacity(pixels.len());
    let radius = window.radius;
    for row in pixels.chunks_exact(w) {
        if row.iter().all(|p| *p == row[0]) {
            out.extend_from_slice(row);
            continue;
        }
        let at = |i: usize| row[i.min(w - 1)];
        let mut sum = [0_u16; N];
        for i in 0..=2 * radius {
            let p = at(i.saturating_sub(radius));
            sum = std::array::from_fn(|c| sum[c].wrapping_add(u16::from(p[c])));
        }
        for x in 0..w {
            out.push(sum.map(|s| window.mean(s)));
            let (new, old) = (at(x + radius + 1), at(x.saturating_sub(radius)));
            sum = std::array::from_fn(|c| sum[c].wrapping_add(u16::from(new[c])).wrapping_sub(u16::from(old[c])));
        }
    }
    out
}

/// A sum for every column walks down, so that no picture is turned and whole rows are added at once.
fn box_columns<const N: usize>(pixels: &[[u8; N]], w: usize, h: usize, window: &Window) -> Vec<[u8; N]> {
    let radius = window.radius;
    let row = |y: usize| pixels[y.min(h - 1) * w..][..w].as_flattened();
    let mut sums = vec![0_u16; w * N];
    for y in 0..=2 * radius {
        for (sum, &v) in sums.iter_mut().zip(row(y.saturating_sub(radius))) {
            *sum = sum.wrapping_add(u16::from(v));
        }
    }
    let mut out = vec![[0; N]; pixels.len()];
    for (y, line) in out.chunks_exact_mut(w).enumerate() {
        let (new, old) = (row(y + radius + 1), row(y.saturating_sub(radius)));
        for (((o, sum), &new), &old) in line.as_flattened_mut().iter_mut().zip(&mut sums).zip(new).zip(old) {
            *o = window.mean(*sum);
            *sum = sum.wrapping_add(u16::from(new)).wrapping_sub(u16::from(old));
        }
    }
    out
}

/// The tooth of the paper: hides banding and costs no bit rate, because it is part of the layer.
pub(super) fn grain(image: &mut Image, amount: f32, seed: u32) {
    if amount <= 0.0 {
        return;
    }
    // A tile is enough: nobody sees a repeat in noise this fine.
    const TILE: usize = 128;
    let tile: Vec<f32> = (0..TILE * TILE)
        .map(|i| {
            let (x, y) = ((i % TILE) as i32, (i / TILE) as i32);
            (hash2(x, y, seed) + hash2(x / 2, y / 2, seed.wrapping_add(1)) - 1.0) * amount
        })
        .collect();
    for (y, row) in image.pixels.chunks_exact_mut(image.width).enumerate() {
        let noise = &tile[(y % TILE) * TILE..][..TILE];
        for (x, p) in row.iter_mut().enumerate() {
            if p[3] == 0 {
                continue;
            }
            let n = noise[x % TILE] * f32::from(p[3]);
            for c in 0..3 {
                p[c] = (f32::from(p[c]) + n).clamp(0.0, f32::from(p[3])) as u8;
            }
        }
    }
}

/// How light falls on a thing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lit {
    /// Its colours are seen through this.
    pub(super) ambient: Rgb,
    /// What hides it with distance.
    pub(super) haze: Rgb,
    /// How much, 0..1.
    pub(super) hidden: f32,
    /// The light at its edge.
    pub(super) rim: Rgb,
    /// How strong that is, 0..1.
    pub(super) rim_strength: f32,
    /// Where it comes from: 1 right, -1 left.
    pub(super) from: i32,
    /// How much darker its foot is, 0..1.
    pub(super) shade: f32,
}

/// Puts a thing into the picture's light. `top` and `bottom` are the pixel rows of its head and foot; `reach` the width of the rim.
pub(super) fn relight(image: &mut Image, lit: &Lit, top: f32, bottom: f32, reach: i32) {
    let (w, h) = (image.width as i32, image.height as i32);
    let alpha = image.alpha();
    let at =
        |x: i32, y: i32| if x < 0 || y < 0 || x >= w || y >= h { 0 } else { i32::from(alpha[(y * w + x) as usize]) };
    for y in 0..h {
        let fall = ((y as f32 - top) / (bottom - top).max(1.0)).clamp(0.0, 1.0);
        let shade = 1.0 - lit.shade * fall;
        for x in 0..w {
            let i = (y * w + x) as usize;
            let a = i32::from(alpha[i]);
            if a == 0 {
                continue;
            }
            let af = a as f32 / 255.0;
            let far = at(x + lit.from * reach, y - reach);
            let near = at(x + lit.from * reach / 2, y - reach / 2);
            let edge = ((a - far).max(0) + (a - near).max(0)) as f32 / 510.0 * lit.rim_strength;
            let p = &mut image.pixels[i];
            for (((v, ambient), haze), rim) in p.iter_mut().zip(lit.ambient).zip(lit.haze).zip(lit.rim) {
                let mut c = f32::from(*v) / 255.0 * ambient * shade;
                c = c * (1.0 - lit.hidden) + haze * lit.hidden * af;
                c += rim * edge * (1.0 - c * 0.5);
                *v = (c.min(af) * 255.0 + 0.5) as u8;
            }
        }
    }
}

/// Fades a picture out below a row over some rows: what is under water.
pub(super) fn sink(image: &mut Image, line: f32, soft: f32) {
    let w = image.width;
    for (y, row) in image.pixels.chunks_exact_mut(w).enumerate() {
        let keep = 1.0 - ((y as f32 - line) / soft.max(1.0)).clamp(0.0, 1.0);
        if keep < 1.0 {
            for p in row {
                *p = p.map(|v| (f32::from(v) * keep) as u8);
            }
        }
    }
}

/// Cuts away empty borders but for some pixels `around`; gives how much was cut on the left and above.
pub(super) fn crop(image: Image, around: usize) -> (Image, usize, usize) {
    let w = image.width;
    let used = |row: &[[u8; 4]]| row.iter().any(|p| *p != [0; 4]);
    let top = image.pixels.chunks_exact(w).position(used).unwrap_or(0);
    let bottom = image.pixels.chunks_exact(w).rposition(used).map_or(top + 1, |y| y + 1);
    let (mut left, mut right) = (w, 0);
    for row in image.pixels.chunks_exact(w) {
        if let Some(a) = row.iter().position(|p| *p != [0; 4]) {
            left = left.min(a);
            right = right.max(row.iter().rposition(|p| *p != [0; 4]).map_or(a, |b| b) + 1);
        }
    }
    if left >= right {
        return (Image::new(2, 2), 0, 0);
    }
    let left = left.saturating_sub(around);
    let top = top.saturating_sub(around);
    // Bilinear reading needs two of each in any case.
    let (right, bottom) = (
        (right + around).min(w).max(left + 2).min(w),
        (bottom + around).min(image.height).max(top + 2).min(image.height),
    );
    if left == 0 && top == 0 && right == w && bottom == image.height {
        return (image, 0, 0);
    }
    let (left, top) = (left.min(right.saturating_sub(2)), top.min(bottom.saturating_sub(2)));
    let pixels: Vec<_> =
        (top..bottom).flat_map(|y| image.pixels[y * w + left..y * w + right].iter().copied()).collect();
    (Image { width: right - left, height: bottom - top, pixels }, left, top)
}

/// Gaps shorter than this are not worth skipping.
const SHORTEST_GAP: usize = 12;
/// Solid runs shorter than this are not worth telling apart from the edges beside them.
const SHORTEST_SOLID: usize = 32;

/// What of the rows is drawn on. Holds every colour to at most its alpha, which the compositor counts on.
pub(super) fn spans(image: &mut Image) -> Spans {
    for p in &mut image.pixels {
        let alpha = p[3];
        p[0] = p[0].min(alpha);
        p[1] = p[1].min(alpha);
        p[2] = p[2].min(alpha);
    }
    let w = image.width;
    let mut out = Spans { spans: vec![], starts: vec![0] };
    let rows: Vec<&[[u8; 4]]> = image.pixels.chunks_exact(w).collect();
    for pair in rows.windows(2) {
        let kind = |x: usize| match (pair[0][x][3], pair[1][x][3]) {
            (0, 0) => 0,
            (255, 255) => 2,
            _ => 1,
        };
        let begin = out.spans.len();
        let mut x = 0;
        while x < w {
            let k = kind(x);
            let end = (x..w).find(|&i| kind(i) != k).unwrap_or(w);
            let solid = k == 2 && end - x >= SHORTEST_SOLID;
            let gap = k == 0 && (end - x >= SHORTEST_GAP || x == 0 || end == w);
            if !gap {
                let span = Span { from: x as u32, to: end as u32, solid };
                match out.spans[begin..].last_mut() {
                    Some(last) if !solid && !last.solid && last.to == span.from => last.to = span.to,
                    _ => out.spans.push(span),
                }
            }
            x = end;
        }
        out.starts.push(out.spans.len() as u32);
    }
    out
}
