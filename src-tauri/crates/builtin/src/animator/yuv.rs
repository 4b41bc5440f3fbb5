//! From composed RGB to what leaves the animator: planar YUV 4:2:0 (BT.709, limited range), or RGB of the full size.

use super::compositor::Frame;
use crate::illustrator::RasterScene;

/// Ordered dither for the luma, in 1/256: hides the bands that rounding would leave in a sky.
const DITHER: [[u16; 4]; 4] = [[0, 128, 32, 160], [192, 64, 224, 96], [48, 176, 16, 144], [240, 112, 208, 80]];

/// Ordered dither for few colours, 0..16.
const BAYER: [[i32; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];

/// A colour channel in few steps.
fn stepped(v: u8, steps: u32, x: usize, y: usize) -> u8 {
    let dither = (BAYER[y & 3][x & 3] - 8) * 14 / 16;
    let v = (i32::from(v) + dither).clamp(0, 255) as u32;
    ((v * (steps - 1) + 127) / 255 * 255 / (steps - 1)) as u8
}

/// The picture as it is shown, shaded, at full size: RGB, 3 bytes a pixel.
pub(super) fn show(scene: &RasterScene, frame: &Frame) -> Vec<u8> {
    full_size(scene, frame).into_iter().flat_map(|p| [p[0], p[1], p[2]]).collect()
}

/// The composed picture, shaded, in few colours if the style wants that, each pixel as large as its block.
fn full_size(scene: &RasterScene, frame: &Frame) -> Vec<[u8; 4]> {
    let (w, h, block) = (scene.size.width as usize, scene.size.height as usize, scene.block as usize);
    let mut out = Vec::with_capacity(w * h);
    let mut row = Vec::with_capacity(w + block);
    for (y, (pixels, shades)) in
        frame.pixels.chunks_exact(frame.width).zip(scene.shade.chunks_exact(frame.width)).enumerate()
    {
        row.clear();
        for (x, (p, s)) in pixels.iter().zip(shades).enumerate() {
            let p = shaded(*p, *s);
            let p = if scene.steps > 1 { p.map(|v| stepped(v, scene.steps, x, y)) } else { p };
            row.extend(std::iter::repeat_n(p, block));
        }
        row.truncate(w);
        for _ in 0..block.min(h - (y * block).min(h)) {
            out.extend_from_slice(&row);
        }
    }
    out
}

fn shaded(p: [u8; 4], shade: u8) -> [u8; 4] {
    let k = u32::from(shade) + 1;
    p.map(|v| ((u32::from(v) * k) >> 8) as u8)
}

/// Fills `out` (width × height luma, then two quarter planes) from a composed frame.
pub(super) fn planes(scene: &RasterScene, frame: &Frame, out: &mut [u8]) {
    let (w, h) = (scene.size.width as usize, scene.size.height as usize);
    if scene.block > 1 || scene.steps > 1 {
        convert(&full_size(scene, frame), None, w, h, out);
    } else {
        convert(&frame.pixels, Some(&scene.shade), w, h, out);
    }
}

/// Four pixels at a time, which is how the dither repeats.
fn luma_row(out: &mut [u8], row: &[[u8; 4]], shade: &[u8], dither: [u16; 4]) {
    let one = |p: [u8; 4], s: u8, d: u16| {
        let sum = 47 * u32::from(p[0]) + 157 * u32::from(p[1]) + 16 * u32::from(p[2]);
        let shaded = ((sum * (u32::from(s) * 257)) >> 16) as u16;
        (shaded.wrapping_add(4096).wrapping_add(d) >> 8) as u8
    };
    let (out4, out_rest) = out.as_chunks_mut::<4>();
    let ((row4, row_rest), (shade4, shade_rest)) = (row.as_chunks::<4>(), shade.as_chunks::<4>());
    for ((o, p), s) in out4.iter_mut().zip(row4).zip(shade4) {
        for i in 0..4 {
            o[i] = one(p[i], s[i], dither[i]);
        }
    }
    for (((o, p), s), d) in out_rest.iter_mut().zip(row_rest).zip(shade_rest).zip(dither) {
        *o = one(*p, *s, d);
    }
}

/// BT.709, limited range, in 16.8 fixed point.
pub(super) fn convert(pixels: &[[u8; 4]], shade: Option<&[u8]>, w: usize, h: usize, out: &mut [u8]) {
    let (luma, chroma) = out.split_at_mut(w * h);
    let (us, vs) = chroma.split_at_mut(w * h / 4);
    let plain = vec![255_u8; w];
    for y in (0..h).step_by(2) {
        let pair = &pixels[y * w..(y + 2) * w];
        let (upper, lower) = pair.split_at(w);
        let shade_of = |row: usize| shade.map_or(&plain[..], |s| &s[row * w..(row + 1) * w]);
        for (k, row) in [upper, lower].into_iter().enumerate() {
            let dither = DITHER[(y + k) & 3];
            let target = &mut luma[(y + k) * w..(y + k + 1) * w];
            luma_row(target, row, shade_of(y + k), dither);
        }
        let s = shade_of(y);
        let (u_row, v_row) = (&mut us[y / 2 * (w / 2)..][..w / 2], &mut vs[y / 2 * (w / 2)..][..w / 2]);
        let (upper, lower, s) = (upper.as_chunks::<2>().0, lower.as_chunks::<2>().0, s.as_chunks::<2>().0);
        for ((((u, v), a), b), s) in u_row.iter_mut().zip(v_row).zip(upper).zip(lower).zip(s) {
            let sum = |c: usize| i32::from(a[0][c]) + i32::from(a[1][c]) + i32::from(b[0][c]) + i32::from(b[1][c]);
            let (r, g, bl) = (sum(0), sum(1), sum(2));
            let k = i32::from(s[0]) + 1;
            // Divided by 4 pixels × 256 × 256, rounded.
            let (cu, cv) = (((-26 * r - 87 * g + 113 * bl) >> 2) * k, ((112 * r - 102 * g - 10 * bl) >> 2) * k);
            *u = (128 + ((cu + 32768) >> 16)) as u8;
            *v = (128 + ((cv + 32768) >> 16)) as u8;
        }
    }
}
