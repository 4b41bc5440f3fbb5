//! From composed RGB to what leaves the animator: planar YUV 4:2:0 (BT.709, limited range), or RGB of the full size.

use super::compositor::Frame;
use crate::illustrator::RasterScene;
use crate::widest::widest;

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

/// BT.709, limited range, in 16.8 fixed point.
///
/// A pixel is taken apart as a number of 32 bits: its bytes one by one would keep compilers from using vectors.
pub(super) fn convert(pixels: &[[u8; 4]], shade: Option<&[u8]>, w: usize, h: usize, out: &mut [u8]) {
    let (luma, chroma) = out.split_at_mut(w * h);
    let (us, vs) = chroma.split_at_mut(w * h / 4);
    let plain = vec![255_u8; w];
    let dither = DITHER.map(|row| row.into_iter().cycle().take(w).collect::<Vec<_>>());
    widest(
        #[inline(always)]
        || {
            for y in (0..h).step_by(2) {
                let shade_of = |row: usize| shade.map_or(&plain[..], |s| &s[row * w..(row + 1) * w]);
                let (upper, lower) = pixels[y * w..(y + 2) * w].split_at(w);
                for (row, pixels) in [(y, upper), (y + 1, lower)] {
                    luma_row(&mut luma[row * w..(row + 1) * w], pixels, shade_of(row), &dither[row & 3]);
                }
                let (u_row, v_row) = (&mut us[y / 2 * (w / 2)..][..w / 2], &mut vs[y / 2 * (w / 2)..][..w / 2]);
                chroma_row(u_row, v_row, upper, lower, shade_of(y));
            }
        },
    );
}

#[inline(always)]
fn luma_row(out: &mut [u8], row: &[[u8; 4]], shade: &[u8], dither: &[u16]) {
    for (((o, p), &s), &d) in out.iter_mut().zip(row).zip(shade).zip(dither) {
        let p = u32::from_le_bytes(*p);
        let sum = 47 * (p & 255) + 157 * (p >> 8 & 255) + 16 * (p >> 16 & 255);
        let shaded = ((sum * (u32::from(s) * 257)) >> 16) as u16;
        *o = (shaded.wrapping_add(4096).wrapping_add(d) >> 8) as u8;
    }
}

#[inline(always)]
fn chroma_row(us: &mut [u8], vs: &mut [u8], upper: &[[u8; 4]], lower: &[[u8; 4]], shade: &[u8]) {
    // Two channels of a pixel with room to be summed.
    const TWO: u32 = 0x00ff_00ff;
    let (upper, lower, shade) = (upper.as_chunks::<2>().0, lower.as_chunks::<2>().0, shade.as_chunks::<2>().0);
    for ((((u, v), a), b), s) in us.iter_mut().zip(vs).zip(upper).zip(lower).zip(shade) {
        let four = [a[0], a[1], b[0], b[1]].map(u32::from_le_bytes);
        let red_blue: u32 = four.iter().map(|p| p & TWO).sum();
        let green: u32 = four.iter().map(|p| p >> 8 & 255).sum();
        let (r, g, bl) = ((red_blue & 0xffff) as i32, green as i32, (red_blue >> 16) as i32);
        let k = i32::from(s[0]) + 1;
        // Divided by 4 pixels × 256 × 256, rounded.
        let (cu, cv) = (((-26 * r - 87 * g + 113 * bl) >> 2) * k, ((112 * r - 102 * g - 10 * bl) >> 2) * k);
        *u = (128 + ((cu + 32768) >> 16)) as u8;
        *v = (128 + ((cv + 32768) >> 16)) as u8;
    }
}
