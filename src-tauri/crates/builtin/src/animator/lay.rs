//! Lays a row of pixels over another.
//!
//! Pixels are premultiplied RGBA; a channel in work has 16 bits (255 × 256 fits). The alpha of a pixel is written beside each
//! of its channels before it is used, so that the loops are over plain numbers side by side, which compilers turn into vector
//! instructions. The wrapping operators keep the checks of a debug build out of them; nothing overflows.

/// A pixel in work.
pub(super) type Wide = [u16; 4];

/// Lays pixels over others, at a strength of 256.
pub(super) fn lay_over(out: &mut [Wide], above: &mut [Wide], alpha: &mut [Wide], opacity: u16) {
    fade(above, opacity);
    for (alpha, pixel) in alpha.iter_mut().zip(&*above) {
        *alpha = [pixel[3]; 4];
    }
    for ((o, &above), &alpha) in out.as_flattened_mut().iter_mut().zip(above.as_flattened()).zip(alpha.as_flattened()) {
        *o = laid(*o, above, alpha);
    }
}

/// Lays pixels as light on others, at a strength of 256: a plain sum would clip to white.
pub(super) fn lay_light(out: &mut [Wide], above: &mut [Wide], opacity: u16) {
    fade(above, opacity);
    for (o, &above) in out.as_flattened_mut().iter_mut().zip(above.as_flattened()) {
        *o = laid(*o, above, above);
    }
}

/// Pixels at a share (of 256) of their strength.
fn fade(pixels: &mut [Wide], opacity: u16) {
    if opacity < 256 {
        for c in pixels.as_flattened_mut() {
            *c = c.wrapping_mul(opacity) >> 8;
        }
    }
}

/// A channel over another of which `hidden` (0..255) is not seen. A premultiplied colour is at most its alpha, so the sum
/// stays a byte.
#[inline]
fn laid(below: u16, above: u16, hidden: u16) -> u16 {
    let keep = 256_u16.wrapping_sub(hidden.wrapping_add(hidden >> 7));
    above.wrapping_add(below.wrapping_mul(keep) >> 8)
}
