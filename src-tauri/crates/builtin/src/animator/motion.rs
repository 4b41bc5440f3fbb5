//! What a layer and the camera do at a moment. All of it follows from the time alone.

use std::f32::consts::TAU;

use super::affine::{Map, scaled, shifted, then, turned, widened};
use crate::illustrator::noise::value;
use crate::illustrator::scene::{Idle, Path, View};
use crate::illustrator::{DRIFT, Moves, RasterLayer, RasterScene};

/// Where the camera is when a share `done` (0..1) of the shot has passed, `seconds` after its beginning.
pub(super) fn camera(path: &Path, done: f32, seconds: f32) -> View {
    let t = done.clamp(0.0, 1.0);
    // Starts and stops softly without ever standing still for long.
    let u = t * t * (3.0 - 2.0 * t) * 0.55 + t * 0.45;
    let (from, to) = (path.from, path.to);
    let mut view = View {
        x: from.x + (to.x - from.x) * u,
        y: from.y + (to.y - from.y) * u,
        zoom: from.zoom * (to.zoom / from.zoom).powf(u),
    };
    if path.shake > 0.0 {
        let unrest = |rate: f32, seed: u32| {
            (value(seconds * rate, seed) - 0.5) * 1.4 + (value(seconds * rate * 2.9, seed + 9) - 0.5) * 0.4
        };
        view.x += unrest(0.8, 1) * path.shake;
        view.y += unrest(0.7, 3) * path.shake * 0.8;
    }
    view
}

/// Slowly to one side and never farther than there is something drawn.
fn drift(speed: f32, seconds: f32) -> f32 {
    DRIFT * (speed * seconds / DRIFT).tanh()
}

fn wave(seconds: f32, period: f32, phase: f32) -> f32 {
    (TAU * (seconds / period.max(0.05) + phase)).sin()
}

/// What a motion does at a moment: a map of stage units, and how bright the layer is.
pub(super) fn idle(idle: Idle, pivot: (f32, f32), seconds: f32) -> (Map, f32) {
    let still = shifted(0.0, 0.0);
    match idle {
        Idle::Still => (still, 1.0),
        Idle::Drift { speed } => (shifted(drift(speed, seconds), 0.0), 1.0),
        Idle::Bob { amount, period, phase } => (shifted(0.0, amount * wave(seconds, period, phase)), 1.0),
        Idle::Travel { speed, amount, degrees, period, phase } => {
            let dx = drift(speed, seconds) + amount * 0.5 * wave(seconds, period * 1.43, phase);
            let shift = shifted(dx, amount * wave(seconds, period, phase));
            let turn = if degrees == 0.0 { still } else { turned(degrees * wave(seconds, period, phase + 0.2), pivot) };
            (then(shift, turn), 1.0)
        }
        Idle::Flicker { low, period, phase } => {
            let slow = 0.5 + 0.5 * wave(seconds, period, phase);
            let quick = value(seconds * 6.0 + phase * 9.0, 8);
            (still, low + (1.0 - low) * (0.6 * slow + 0.4 * quick))
        }
        Idle::Sweep { period } => {
            // Seen from the side, a turning beam grows and shrinks and is brightest when it passes the viewer.
            let turn = wave(seconds, period, 0.12);
            (widened(0.72 + 0.28 * turn.abs(), pivot.0), 0.40 + 0.60 * turn.abs())
        }
    }
}

/// From a layer's pixels to the composed picture's pixels, and the layer's brightness.
pub(super) fn place(scene: &RasterScene, layer: &RasterLayer, view: View, seconds: f32) -> (Map, f32) {
    let to_stage = scaled(1.0 / layer.scale, layer.x, layer.y);
    let (own, bright) = match &layer.moves {
        Moves::Pinned => return (scaled(1.0, layer.x, layer.y), layer.opacity),
        Moves::Idle(motion, pivot) => idle(*motion, *pivot, seconds),
        Moves::Part { figure, part, unit, x, y, idle: motion } => {
            let to_figure = scaled(1.0 / unit, -x / unit, -y / unit);
            let part = then(scaled(*unit, *x, *y), then(figure.matrix(*part, seconds), to_figure));
            let (whole, bright) = idle(*motion, (*x, *y), seconds);
            (then(whole, part), bright)
        }
    };
    let p = view.project(layer.depth);
    let k = scene.scale;
    let camera = scaled(p.scale * k, p.dx * k + scene.width * k / 2.0, p.dy * k);
    (then(camera, then(own, to_stage)), bright * layer.opacity)
}
