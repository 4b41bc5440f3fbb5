//! How fast the compositor is: beside a general library's draw call on the same layers, and beside a plain copy.
//!
//! Owns the comparison; prints nothing. Times are those of one thread on a processor, so that a busy machine does not
//! spoil them.

use std::hint::black_box;
use std::time::{Duration, Instant};

use resvg::tiny_skia::{BlendMode, FilterQuality, Pixmap, PixmapPaint, PixmapRef, Transform};
use story::{PlaceKind, Size, Style, TimeOfDay, Weather};

use super::compositor::{self, Frame};
use super::{motion, yuv};
use crate::illustrator::scene::Blend;
use crate::illustrator::{RasterScene, SheetCell, sheet_scene};

/// How long a thing is measured at least.
const ENOUGH: Duration = Duration::from_millis(120);

/// How often each is measured, in turn; the least counts. What disturbs a machine for a moment would otherwise spoil one of
/// the figures and so their ratio.
const ROUNDS: u32 = 3;

/// What one frame of a scene takes, in milliseconds of one core.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Which scene.
    pub scene: String,
    /// How many layers it has.
    pub layers: usize,
    /// Putting the layers over each other.
    pub compose_ms: f64,
    /// From there to what the encoder takes.
    pub convert_ms: f64,
    /// The same layers with tiny-skia's draw call.
    pub general_ms: f64,
    /// Copying the frame.
    pub copy_ms: f64,
}

/// Measures some scenes at a size.
pub fn measure(size: Size) -> Vec<Measured> {
    let place = |kind, time, weather| SheetCell::Place(kind, time, weather);
    [
        ("coast with somebody", SheetCell::Style(Style::Flat)),
        ("forest by day", place(PlaceKind::Forest, TimeOfDay::Day, Weather::Clear)),
        ("city at night in rain", place(PlaceKind::City, TimeOfDay::Night, Weather::Rain)),
        ("living room", place(PlaceKind::LivingRoom, TimeOfDay::Dusk, Weather::Clear)),
    ]
    .into_iter()
    .map(|(name, cell)| of(name, &sheet_scene(&cell, size)))
    .collect()
}

fn of(name: &str, scene: &RasterScene) -> Measured {
    let mut frame = Frame::new(scene);
    let at = |i: u32| ((i % 30) as f32 / 30.0, (i % 30) as f32 / 10.0);
    let mut planes = vec![0; (scene.size.width * scene.size.height * 3 / 2) as usize];
    let mut copy = frame.pixels.clone();
    let mut least = Measured {
        scene: name.to_owned(),
        layers: scene.layers.len(),
        compose_ms: f64::MAX,
        convert_ms: f64::MAX,
        general_ms: f64::MAX,
        copy_ms: f64::MAX,
    };
    for _ in 0..ROUNDS {
        least.compose_ms = least.compose_ms.min(per_frame(|i| {
            let (done, seconds) = at(i);
            compositor::layers(scene, motion::camera(&scene.camera, done, seconds), seconds, &mut frame);
        }));
        least.convert_ms = least.convert_ms.min(per_frame(|_| yuv::planes(scene, &frame, black_box(&mut planes))));
        least.general_ms = least.general_ms.min(general(scene, &at));
        let copying = per_frame(|_| black_box(&mut copy).copy_from_slice(black_box(&frame.pixels)));
        least.copy_ms = least.copy_ms.min(copying);
    }
    least
}

/// The layers drawn by a general library, with the same maps, blending and filter.
fn general(scene: &RasterScene, at: &impl Fn(u32) -> (f32, f32)) -> f64 {
    let (w, h) = (scene.size.width.div_ceil(scene.block), scene.size.height.div_ceil(scene.block));
    let Some(mut picture) = Pixmap::new(w, h) else { return f64::NAN };
    per_frame(|i| {
        let (done, seconds) = at(i);
        let view = motion::camera(&scene.camera, done, seconds);
        for layer in &scene.layers {
            let (map, bright) = motion::place(scene, layer, view, seconds);
            let bytes = layer.pixels.as_flattened();
            let Some(pixels) = PixmapRef::from_bytes(bytes, layer.width as u32, layer.height as u32) else { continue };
            let paint = PixmapPaint {
                opacity: bright.clamp(0.0, 1.0),
                blend_mode: if layer.blend == Blend::Screen { BlendMode::Screen } else { BlendMode::SourceOver },
                quality: FilterQuality::Bilinear,
            };
            let transform = Transform::from_row(map[0], map[1], map[2], map[3], map[4], map[5]);
            picture.draw_pixmap(0, 0, pixels, &paint, transform, None);
        }
        black_box(&picture);
    })
}

/// What a run takes on average, in milliseconds. The clock of the processor ticks a few hundred times a second, so that
/// many runs are measured as one.
fn per_frame(mut work: impl FnMut(u32)) -> f64 {
    work(0);
    let start = busy();
    let (mut runs, mut batch) = (0, 1);
    loop {
        for _ in 0..batch {
            work(runs);
            runs += 1;
        }
        let spent = busy().saturating_sub(start);
        if spent >= ENOUGH {
            return spent.as_secs_f64() * 1000.0 / f64::from(runs);
        }
        batch *= 2;
    }
}

/// How long this thread has been on a processor; where the system does not tell, the time of day has to do.
fn busy() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanos.map_or_else(
        || {
            static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
            START.get_or_init(Instant::now).elapsed()
        },
        Duration::from_nanos,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    // How much faster is the bench's to say: a shared or an instrumented machine orders nothing but a copy.
    #[test]
    fn every_scene_is_measured_and_a_copy_is_the_least() {
        for measured in measure(Size { width: 320, height: 180 }) {
            assert!(measured.layers > 3, "{measured:?}");
            let others = [measured.compose_ms, measured.convert_ms, measured.general_ms];
            assert!(others.iter().all(|took| measured.copy_ms < *took), "{measured:?}");
        }
    }
}
