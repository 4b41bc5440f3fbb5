//! Moves a still that has no layers: a photo, or a frame of another model.

use models::{Failure, FrameSource};
use story::{CameraMove, Size};

use super::yuv;
use crate::illustrator::png;

/// How much of the picture is kept back at the edges, so that a move never shows one.
const MARGIN: f32 = 0.08;

/// A still that the camera moves over.
pub(super) struct Still {
    size: Size,
    frames: u32,
    camera: CameraMove,
    picture: Size,
    pixels: Vec<[u8; 4]>,
}

impl Still {
    /// Reads a PNG. A failure names what is wrong with it.
    pub(super) fn new(frame: &[u8], size: Size, frames: u32, camera: CameraMove) -> Result<Self, Failure> {
        let (picture, pixels) = png::decode(frame)?;
        Ok(Self { size, frames, camera, picture, pixels })
    }

    /// The part of the picture that is seen: its middle (0..1 of the free way) and its size as a share of what fits.
    fn window(&self, index: u32) -> (f32, f32, f32) {
        let t = if self.frames > 1 { index as f32 / (self.frames - 1) as f32 } else { 0.0 };
        let u = t * t * (3.0 - 2.0 * t);
        let near = 1.0 - MARGIN;
        match self.camera {
            CameraMove::Hold => (0.0, 0.0, near),
            CameraMove::PushIn => (0.0, 0.0, 1.0 - MARGIN * u),
            CameraMove::PullOut => (0.0, 0.0, near + MARGIN * u),
            CameraMove::PanLeft => (1.0 - 2.0 * u, 0.0, near),
            CameraMove::PanRight => (2.0 * u - 1.0, 0.0, near),
            CameraMove::TiltUp => (0.0, 1.0 - 2.0 * u, near),
            CameraMove::TiltDown => (0.0, 2.0 * u - 1.0, near),
            CameraMove::Drift | CameraMove::Handheld => (0.6 * u - 0.3, 0.3 - 0.6 * u, near + 0.02 * u),
        }
    }
}

impl FrameSource for Still {
    fn size(&self) -> Size {
        self.size
    }

    fn frames(&self) -> u32 {
        self.frames
    }

    fn draw(&self, index: u32, out: &mut [u8]) {
        let (w, h) = (self.size.width as usize, self.size.height as usize);
        let (pw, ph) = (self.picture.width as f32, self.picture.height as f32);
        // The largest part of the picture with the clip's own shape.
        let fit = (pw / w as f32).min(ph / h as f32);
        let (px, py, share) = self.window(index);
        let (vw, vh) = (w as f32 * fit * share, h as f32 * fit * share);
        let full = (w as f32 * fit, h as f32 * fit);
        let x0 = (pw - vw) / 2.0 + px * (full.0 - vw) / 2.0;
        let y0 = (ph - vh) / 2.0 + py * (full.1 - vh) / 2.0;
        let k = fit * share;
        let (last_x, last_y) = (self.picture.width as usize - 1, self.picture.height as usize - 1);
        let mut pixels = Vec::with_capacity(w * h);
        for y in 0..h {
            let sy = (y0 + (y as f32 + 0.5) * k - 0.5).clamp(0.0, last_y as f32);
            let (j, g) = (sy as usize, ((sy.fract()) * 256.0) as u32);
            let j1 = (j + 1).min(last_y);
            for x in 0..w {
                let sx = (x0 + (x as f32 + 0.5) * k - 0.5).clamp(0.0, last_x as f32);
                let (i, f) = (sx as usize, ((sx.fract()) * 256.0) as u32);
                let i1 = (i + 1).min(last_x);
                let row = self.picture.width as usize;
                let (a, b, c, d) = (
                    self.pixels[j * row + i],
                    self.pixels[j * row + i1],
                    self.pixels[j1 * row + i],
                    self.pixels[j1 * row + i1],
                );
                let mut p = [255_u8; 4];
                for q in 0..3 {
                    let top = u32::from(a[q]) * (256 - f) + u32::from(b[q]) * f;
                    let low = u32::from(c[q]) * (256 - f) + u32::from(d[q]) * f;
                    p[q] = ((top * (256 - g) + low * g) >> 16) as u8;
                }
                pixels.push(p);
            }
        }
        yuv::convert(&pixels, None, w, h, out);
    }
}
