//! The ways of drawing, put on each layer once: colours, edges, paper. What must lie on the picture itself (corners, the
//! tooth of the paper, a painted margin) is a map or a pinned layer.

use story::{Size, Style};

use super::filter::{self, Image};
use super::{Moves, RasterLayer, Studio, watercolor};
use crate::illustrator::colour::{Rgb, WHITE, luma, mix, mul, rgb, saturate, scale as dim};
use crate::illustrator::noise::{fbm2, hash2, step};
use crate::illustrator::scene::{Blend, Drawable, Layer};

/// How strong the tooth of each layer is.
pub(super) fn grain(style: Style) -> f32 {
    match style {
        Style::Pixel | Style::Anime | Style::Blueprint | Style::Neon | Style::Chalk => 0.0,
        Style::Watercolor => 0.006,
        Style::PaperCut | Style::Storybook => 0.030,
        Style::Ink | Style::Sepia | Style::Noir => 0.020,
        Style::Flat => 0.013,
    }
}

/// How far outside of what is drawn a style may draw, in pixels: the shadow of a sheet of paper is the farthest.
pub(super) fn reach(scale: f32) -> usize {
    (30.0 * scale).ceil() as usize + 2
}

/// Gives a layer its style.
pub(super) fn apply(studio: &Studio, layer: &Layer, image: &mut Image, scale: f32) {
    let light = layer.blend == Blend::Screen;
    let sky = matches!(layer.drawable, Drawable::Sky { .. } | Drawable::Backdrop { .. } | Drawable::Above { .. });
    let hard = layer.blur * scale < 2.0
        && !light
        && !matches!(layer.drawable, Drawable::Mist { .. } | Drawable::Shadow { .. });
    let seed = layer.seed.value() as u32;
    match studio.style {
        Style::Flat => recolour(image, |c| saturate(c, 1.06)),
        Style::Pixel => recolour(image, |c| saturate(contrast(c, 0.25), 1.18)),
        Style::Watercolor => watercolor::paint(image, seed, scale, hard, light, sky),
        Style::Noir => {
            let thing = matches!(layer.drawable, Drawable::Picture { .. } | Drawable::Figure { .. });
            recolour(image, |c| noir(c, thing));
        }
        Style::Sepia => recolour(image, sepia),
        Style::Anime => {
            recolour(image, |c| saturate(contrast(mix(c, WHITE, 0.04), 0.40), 1.32));
            if hard && !sky {
                outline(image, scale * 1.3, |c| dim(saturate(c, 1.1), 0.30), 0.75);
            }
        }
        Style::Storybook => {
            recolour(image, |c| mix(saturate(contrast(mix(c, rgb(0xfff0d8), 0.12), 0.22), 1.14), rgb(0xf6d8c0), 0.05));
            if !light {
                pencil(image, seed, scale, 0.026);
            }
        }
        Style::PaperCut => paper_cut(image, layer, seed, scale, hard, sky),
        Style::Ink => ink(image, seed, scale, hard, sky),
        Style::Chalk => chalk(image, seed, scale, hard, sky, light),
        Style::Neon => neon(image, scale, hard, sky, light),
        Style::Blueprint => blueprint(image, scale, hard, sky, light),
    }
}

/// The colour of what floats and falls, in a style.
pub(super) fn tint(style: Style, c: Rgb) -> Rgb {
    match style {
        Style::Noir => noir(c, false),
        Style::Sepia => sepia(c),
        Style::Blueprint => rgb(0xc8dcf8),
        Style::Neon => vivid(c),
        Style::Chalk => mix(c, WHITE, 0.5),
        _ => c,
    }
}

/// A colour made steeper about its middle.
fn contrast(c: Rgb, amount: f32) -> Rgb {
    c.map(|v| v + (step(-0.04, 1.02, v) - v) * amount)
}

/// Changes every colour; premultiplied pixels are divided first, so edges keep their colour.
pub(super) fn recolour(image: &mut Image, f: impl Fn(Rgb) -> Rgb) {
    for p in &mut image.pixels {
        if p[3] == 0 {
            continue;
        }
        let a = f32::from(p[3]);
        let c = f([f32::from(p[0]) / a, f32::from(p[1]) / a, f32::from(p[2]) / a].map(|v| v.min(1.0)));
        for k in 0..3 {
            p[k] = (c[k].clamp(0.0, 1.0) * a + 0.5) as u8;
        }
    }
}

fn noir(c: Rgb, thing: bool) -> Rgb {
    let l = luma(c).powf(0.86);
    let grey = dim([1.0, 0.985, 0.955], (step(0.03, 0.92, l) * 1.06).min(1.0));
    if !thing {
        return grey;
    }
    // Red is kept: the one colour of the style.
    let red = ((c[0] - c[1].max(c[2])) / 0.42 - 0.38).clamp(0.0, 1.0);
    mix(grey, [c[0], c[1] * 0.5, c[2] * 0.5], red * 0.9)
}

fn sepia(c: Rgb) -> Rgb {
    let l = step(-0.10, 1.10, luma(c));
    [l * 0.98 + 0.05, l * 0.84 + 0.035, l * 0.62 + 0.02]
}

/// How much of an edge each pixel is, 0..1: the border of the layer and lines between its colours.
pub(super) fn edges(image: &Image, reach: f32) -> Vec<f32> {
    let (w, h) = (image.width, image.height);
    let r = reach.round().max(1.0) as usize;
    let tone = |p: [u8; 4]| ((i32::from(p[0]) * 77 + i32::from(p[1]) * 150 + i32::from(p[2]) * 29) >> 8) as i16;
    let tones: Vec<i16> = image.pixels.iter().map(|p| tone(*p)).collect();
    let covers: Vec<i16> = image.pixels.iter().map(|p| i16::from(p[3])).collect();
    let mut out = vec![0.0; w * h];
    let (mut padded, mut tone, mut cover) = (vec![0; w + 2 * r], vec![0; w], vec![0; w]);
    for (y, out) in out.chunks_exact_mut(w).enumerate() {
        let rows = [y.saturating_sub(r), y, (y + r).min(h - 1)];
        if rows.iter().all(|row| covers[row * w..][..w].iter().all(|v| *v == 0)) {
            continue;
        }
        steep(&tones, rows, &mut padded, &mut tone);
        steep(&covers, rows, &mut padded, &mut cover);
        for ((out, tone), cover) in out.iter_mut().zip(&tone).zip(&cover) {
            *out = ((f32::from(*tone) * 1.4).max(f32::from(*cover)) / 255.0).min(1.0);
        }
    }
    out
}

/// How much the values of a row differ from left to right and from the row above to the row below.
fn steep(values: &[i16], [above, own, below]: [usize; 3], padded: &mut [i16], out: &mut [i16]) {
    let w = out.len();
    let around = (padded.len() - w) / 2;
    let row = |y: usize| &values[y * w..][..w];
    beside(row(own), around, padded);
    let (left, right) = (&padded[..w], &padded[2 * around..]);
    for ((((o, a), b), c), d) in out.iter_mut().zip(left).zip(right).zip(row(above)).zip(row(below)) {
        *o = (a - b).abs() + (c - d).abs();
    }
}

/// A row with its first and last value repeated on either side.
fn beside(row: &[i16], around: usize, out: &mut [i16]) {
    let (first, last) = (row[0], row[row.len() - 1]);
    out[..around].fill(first);
    out[around..][..row.len()].copy_from_slice(row);
    out[around + row.len()..].fill(last);
}

/// Draws the edges in a colour made from the pixel's own.
fn outline(image: &mut Image, reach: f32, colour: impl Fn(Rgb) -> Rgb, strength: f32) {
    let edges = edges(image, reach);
    for (p, e) in image.pixels.iter_mut().zip(edges) {
        let e = step(0.22, 0.65, e) * strength;
        if e <= 0.0 || p[3] == 0 {
            continue;
        }
        let a = f32::from(p[3]);
        let own = [f32::from(p[0]) / a, f32::from(p[1]) / a, f32::from(p[2]) / a];
        let c = mix(own, colour(own), e);
        for k in 0..3 {
            p[k] = (c[k].clamp(0.0, 1.0) * a) as u8;
        }
    }
}

/// Coloured-pencil strokes.
fn pencil(image: &mut Image, seed: u32, scale: f32, amount: f32) {
    let width = image.width;
    let k = 1.0 / scale;
    for (i, p) in image.pixels.iter_mut().enumerate() {
        if p[3] == 0 {
            continue;
        }
        let (x, y) = ((i % width) as f32 * k, (i / width) as f32 * k);
        let n = hash2((((x + y * 0.9) / 2.2) as i32).wrapping_add((seed & 1023) as i32), ((x - y) / 46.0) as i32, seed)
            - 0.5;
        for c in 0..3 {
            p[c] = (f32::from(p[c]) * (1.0 + n * amount * 2.0)).clamp(0.0, f32::from(p[3])) as u8;
        }
    }
}

/// Fewer tones, a lit upper edge, and the shadow the sheet throws on the one behind it.
fn paper_cut(image: &mut Image, layer: &Layer, seed: u32, scale: f32, hard: bool, sky: bool) {
    recolour(image, |c| {
        let l = luma(c).max(0.02);
        let tone = ((l * 6.0).round() / 6.0).max(0.06);
        saturate(mix(dim(c, tone / l).map(|v| v.min(1.0)), rgb(0xf4e8d8), 0.10), 1.15)
    });
    let width = image.width;
    for (i, p) in image.pixels.iter_mut().enumerate() {
        let (x, y) = ((i % width) as f32 / scale, (i / width) as f32 / scale);
        let fibre = 0.95 + 0.10 * fbm2(x / 3.0, y / 14.0, seed, 2);
        for c in 0..3 {
            p[c] = (f32::from(p[c]) * fibre).min(f32::from(p[3])) as u8;
        }
    }
    if !hard || sky {
        return;
    }
    let (w, h) = (image.width as i32, image.height as i32);
    let alpha = image.alpha();
    let shift = (7.0 * scale).round() as i32;
    let soft = filter::blur_channel(&alpha, image.width, image.height, (9.0 * scale).round() as usize);
    let rim = (2.0 * scale).round().max(1.0) as i32;
    let strength = if layer.depth < 0.1 { 0.25 } else { 0.5 };
    for y in 0..h {
        for x in 0..w {
            let i = (y * w + x) as usize;
            let at = |map: &[u8], x: i32, y: i32| {
                if x < 0 || y < 0 || x >= w || y >= h { 0 } else { map[(y * w + x) as usize] }
            };
            let p = &mut image.pixels[i];
            if y > rim {
                // As far as the sheet rises above what lies up and to the left; all or nothing would be a row of dashes.
                let lit = u32::from(alpha[i].saturating_sub(at(&alpha, x - rim, y - rim)));
                *p = p.map(|v| v.saturating_add(((255 - u32::from(v)) * lit * 2 / (5 * 255)) as u8));
            }
            if alpha[i] < 255 {
                let s = f32::from(at(&soft, x - shift / 2, y - shift)) * strength * (1.0 - f32::from(alpha[i]) / 255.0);
                p[3] = p[3].saturating_add(s as u8);
            }
        }
    }
}

/// A pen line and a thin wash.
fn ink(image: &mut Image, seed: u32, scale: f32, hard: bool, sky: bool) {
    let paper = rgb(0xf6f0e2);
    let pen = rgb(0x22222c);
    let lines = if hard { edges(image, scale * 1.2) } else { vec![0.0; image.pixels.len()] };
    let width = image.width;
    for (i, (p, e)) in image.pixels.iter_mut().zip(lines).enumerate() {
        if p[3] == 0 {
            continue;
        }
        let a = f32::from(p[3]);
        let own = [f32::from(p[0]) / a, f32::from(p[1]) / a, f32::from(p[2]) / a];
        let (x, y) = ((i % width) as f32 / scale, (i / width) as f32 / scale);
        let l = luma(own);
        let wash = fbm2(x / 130.0, y / 110.0, seed, 3);
        let mut c = mix(paper, saturate(own, 0.62), (0.16 + 0.42 * (1.0 - l)) * (0.7 + 0.6 * wash));
        // Hatching where it is dark, closer the darker.
        let stroke = ((x + y * 0.8 + 5.0 * (wash - 0.5)) / 4.4).fract();
        let hatch = step(0.46, 0.24, l) * step(0.66, 0.78, stroke)
            + step(0.24, 0.10, l) * step(0.66, 0.78, ((x - y * 0.9) / 4.8).rem_euclid(1.0));
        c = mix(c, pen, (hatch * if sky { 0.20 } else { 0.48 }).min(0.7));
        let pressure = 0.75 + 0.4 * (hash2((x / 9.0) as i32, (y / 9.0) as i32, seed) - 0.5);
        c = mix(c, pen, step(0.16, 0.5, e) * pressure);
        for k in 0..3 {
            p[k] = (c[k].clamp(0.0, 1.0) * a) as u8;
        }
    }
}

/// Chalk on slate.
fn chalk(image: &mut Image, seed: u32, scale: f32, hard: bool, sky: bool, light: bool) {
    let board = rgb(0x263330);
    if light {
        return recolour(image, |c| dim(mix(c, WHITE, 0.4), 0.5));
    }
    let lines = if hard { edges(image, scale * 1.8) } else { vec![0.0; image.pixels.len()] };
    let width = image.width;
    for (i, (p, e)) in image.pixels.iter_mut().zip(lines).enumerate() {
        if p[3] == 0 {
            continue;
        }
        let a = f32::from(p[3]);
        let own = [f32::from(p[0]) / a, f32::from(p[1]) / a, f32::from(p[2]) / a];
        let (x, y) = ((i % width) as f32 / scale, (i / width) as f32 / scale);
        let tooth = hash2((x / 1.6) as i32, (y / 1.6) as i32, seed);
        let stroke = fbm2((x + y * 0.7) / 5.0, (x - y) / 70.0, seed, 2);
        let bright = saturate(mix(own, WHITE, 0.34), 0.85);
        let body = if sky { 0.16 + 0.34 * luma(own) } else { 0.30 + 0.50 * luma(own) };
        let cover = body * (0.45 + 1.1 * stroke) * (0.55 + 0.75 * tooth);
        let line = step(0.14, 0.5, e) * (0.55 + 0.6 * tooth);
        let c = mix(mix(board, bright, cover.min(0.75)), mix(bright, WHITE, 0.45), line.min(1.0));
        for k in 0..3 {
            p[k] = (c[k].clamp(0.0, 1.0) * a) as u8;
        }
    }
}

/// Dark shapes with glowing edges.
fn neon(image: &mut Image, scale: f32, hard: bool, sky: bool, light: bool) {
    if light {
        return recolour(image, |c| saturate(c, 1.7));
    }
    let lines = if hard && !sky { edges(image, scale * 1.4) } else { vec![0.0; image.pixels.len()] };
    let bytes: Vec<u8> = lines.iter().map(|e| (step(0.15, 0.5, *e) * 255.0) as u8).collect();
    let halo = if hard && !sky {
        filter::blur_channel(&bytes, image.width, image.height, (7.0 * scale).round() as usize)
    } else {
        bytes.clone()
    };
    for ((p, line), halo) in image.pixels.iter_mut().zip(bytes).zip(halo) {
        if p[3] == 0 {
            continue;
        }
        let a = f32::from(p[3]);
        let own = [f32::from(p[0]) / a, f32::from(p[1]) / a, f32::from(p[2]) / a];
        let dark = mix(mul(saturate(own, 1.3), rgb(0x4a387c)), rgb(0x0a061c), 0.52);
        let tube = vivid(own);
        let c = mix(dark, tube, f32::from(halo) / 255.0 * 0.75);
        let c = mix(c, mix(tube, WHITE, 0.45), f32::from(line) / 255.0 * 0.9);
        for k in 0..3 {
            p[k] = (c[k].clamp(0.0, 1.0) * a) as u8;
        }
    }
}

/// The purest colour of a hue; greys become violet.
fn vivid(c: Rgb) -> Rgb {
    let (low, high) = (c[0].min(c[1]).min(c[2]), c[0].max(c[1]).max(c[2]));
    if high - low < 0.06 {
        return rgb(0x8c6cff);
    }
    let pure = c.map(|v| (v - low) / (high - low));
    mix(pure, rgb(0xff40c0), 0.12)
}

/// White lines on blue.
fn blueprint(image: &mut Image, scale: f32, hard: bool, sky: bool, light: bool) {
    let blue = rgb(0x164284);
    if light {
        return recolour(image, |_| rgb(0x1c3050));
    }
    let lines = if hard && !sky { edges(image, scale * 1.1) } else { vec![0.0; image.pixels.len()] };
    for (p, e) in image.pixels.iter_mut().zip(lines) {
        if p[3] == 0 {
            continue;
        }
        let a = f32::from(p[3]);
        let l = luma([f32::from(p[0]) / a, f32::from(p[1]) / a, f32::from(p[2]) / a]);
        let tone = ((l * 5.0).floor() / 5.0 - 0.4) * 0.22;
        let c = mix(blue.map(|v| v + tone * v), rgb(0xe4f0ff), step(0.14, 0.42, e) * 0.92);
        for k in 0..3 {
            p[k] = (c[k].clamp(0.0, 1.0) * a) as u8;
        }
    }
}

/// Light that every pixel keeps: darker corners, and for paintings the tooth of the paper, still on the screen.
pub(super) fn shade(style: Style, vignette: f32, size: Size, scale: f32) -> Vec<u8> {
    let (w, h) = (size.width as usize, size.height as usize);
    let (vignette, tooth) = match style {
        Style::Watercolor => (0.0, 0.07),
        Style::Ink | Style::Storybook => (vignette * 0.25, 0.05),
        Style::Noir | Style::Sepia => (vignette * 1.5, 0.0),
        Style::Blueprint | Style::Anime => (vignette * 0.4, 0.0),
        Style::Chalk => (vignette * 0.8, 0.04),
        _ => (vignette, 0.0),
    };
    let mut out = Vec::with_capacity(w * h);
    for y in 0..h {
        for x in 0..w {
            let (dx, dy) = ((x as f32 / w as f32 - 0.5) * 1.15, (y as f32 / h as f32 - 0.5) * 1.05);
            let corner = 1.0 - vignette * step(0.16, 0.75, dx * dx + dy * dy);
            let fibre = if tooth > 0.0 { 1.0 - tooth * watercolor::tooth(x, y, scale) } else { 1.0 };
            out.push((255.0 * corner * fibre + 0.5) as u8);
        }
    }
    out
}

/// Layers that lie on the picture: the unpainted margin of a watercolour, the grid of a blueprint.
pub(super) fn overlays(style: Style, size: Size, scale: f32) -> Vec<RasterLayer> {
    match style {
        Style::Watercolor => watercolor::margins(size, scale),
        Style::Blueprint => vec![pinned(grid(size, scale), 0, 0)],
        _ => vec![],
    }
}

fn grid(size: Size, scale: f32) -> Image {
    let mut image = Image::new(size.width as usize, size.height as usize);
    let width = image.width;
    let pitch = (54.0 * scale).round().max(4.0) as usize;
    for (i, p) in image.pixels.iter_mut().enumerate() {
        let (x, y) = (i % width, i / width);
        if x % pitch == 0 || y % pitch == 0 {
            let a = if x % (pitch * 5) == 0 || y % (pitch * 5) == 0 { 52 } else { 24 };
            *p = [a, a, a, a];
        }
    }
    image
}

/// A layer that never moves, its corner at a pixel of the picture.
pub(crate) fn pinned(mut image: Image, x: usize, y: usize) -> RasterLayer {
    let spans = filter::spans(&mut image);
    RasterLayer {
        width: image.width,
        height: image.height,
        pixels: image.pixels,
        spans,
        x: x as f32,
        y: y as f32,
        scale: 1.0,
        depth: 2.0,
        blend: Blend::Over,
        opacity: 1.0,
        moves: Moves::Pinned,
    }
}
