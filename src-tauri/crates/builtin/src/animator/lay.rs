//! Lays a row of pixels over another.
//!
//! Pixels are premultiplied RGBA; a channel in work has 16 bits (255 × 256 fits). The alpha of a pixel is written beside each
//! of its channels before it is used, so that the loops are over plain numbers side by side, which compilers turn into vector
//! instructions. The wrapping operators keep the checks of a debug build out of them; nothing overflows.

use crate::illustrator::scene::Blend;

/// A pixel in work.
pub(super) type Wide = [u16; 4];

/// Lays pixels over others; `alpha` is room for as many.
#[inline(always)]
pub(super) fn lay(out: &mut [Wide], above: &[Wide], alpha: &mut [Wide], blend: Blend) {
    match blend {
        Blend::Over => {
            for (alpha, pixel) in alpha.iter_mut().zip(above) {
                *alpha = [pixel[3]; 4];
            }
            lay_hiding(out, above, alpha);
        }
        Blend::Screen => lay_hiding(out, above, above),
    }
}

/// Lays one pixel over another.
#[inline(always)]
pub(super) fn lay_one(below: Wide, above: Wide, blend: Blend) -> Wide {
    let hidden = hidden(above, blend);
    std::array::from_fn(|c| laid(below[c], above[c], hidden[c]))
}

/// What (0..255) a pixel hides of each channel behind it: light hides as much as it adds, since a plain sum would clip to white.
#[inline(always)]
fn hidden(above: Wide, blend: Blend) -> Wide {
    match blend {
        Blend::Over => [above[3]; 4],
        Blend::Screen => above,
    }
}

#[inline(always)]
fn lay_hiding(out: &mut [Wide], above: &[Wide], hidden: &[Wide]) {
    let (above, hidden) = (above.as_flattened(), hidden.as_flattened());
    for ((o, &above), &hidden) in out.as_flattened_mut().iter_mut().zip(above).zip(hidden) {
        *o = laid(*o, above, hidden);
    }
}

/// A channel over another of which `hidden` (0..255) is not seen. A premultiplied colour is at most its alpha, so the sum
/// stays a byte.
#[inline(always)]
fn laid(below: u16, above: u16, hidden: u16) -> u16 {
    let keep = 256_u16.wrapping_sub(hidden.wrapping_add(hidden >> 7));
    above.wrapping_add(below.wrapping_mul(keep) >> 8)
}
