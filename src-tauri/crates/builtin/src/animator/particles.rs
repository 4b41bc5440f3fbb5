//! What floats and falls: each particle's place follows from its number and the time.

use std::f32::consts::TAU;

use super::compositor::Frame;
use crate::illustrator::RasterScene;
use crate::illustrator::noise::hash;
use crate::illustrator::scene::{ParticleKind, Particles, STAGE, View};

/// How far outside the stage particles wrap around, in stage units.
const BORDER: f32 = 150.0;

/// Draws a cloud of particles into a frame.
pub(super) fn draw(scene: &RasterScene, cloud: &Particles, view: View, seconds: f32, frame: &mut Frame) {
    let count = (cloud.count as f32 * scene.width / 1920.0).ceil() as i32;
    let seed = cloud.seed.value() as u32;
    let (across, down) = (scene.width + 2.0 * BORDER, STAGE + 2.0 * BORDER);
    let t = seconds;
    for i in 0..count {
        let n = |k: u32| hash(i, seed.wrapping_add(k * 7919));
        let (bx, by, q, phase) = (n(0), n(1), n(2), n(3));
        let depth = cloud.depth * (0.6 + 0.8 * q);
        let size = cloud.size * (0.5 + q);
        let (x, y, alpha) = match cloud.kind {
            ParticleKind::Motes => (
                bx * across + t * 18.0 * (phase - 0.4) + 40.0 * ((t * 0.5 + phase) * TAU * 0.3).sin(),
                by * down - t * 14.0 * (0.3 + q),
                0.2 + 0.7 * (0.5 + 0.5 * ((t * 0.6 + phase * 7.0) * TAU * 0.5).sin()).powi(2),
            ),
            ParticleKind::Snow => (
                bx * across + t * 26.0 + 38.0 * ((t * 0.35 + phase) * TAU).sin(),
                by * down + t * (70.0 + 120.0 * q),
                0.55 + 0.4 * q,
            ),
            ParticleKind::Rain => (bx * across - t * 180.0, by * down + t * (1500.0 + 700.0 * q), 0.16 + 0.22 * q),
            ParticleKind::Bubbles => {
                (bx * across + 14.0 * ((t * 0.8 + phase) * TAU).sin(), by * down - t * (50.0 + 90.0 * q), 0.5)
            }
            ParticleKind::Twinkles => {
                (bx * across, by * down * 0.8, (0.5 + 0.5 * ((t * (0.4 + q) + phase) * TAU).sin()).powi(3))
            }
        };
        let x = (x - view.x * depth).rem_euclid(across) - BORDER - scene.width / 2.0;
        let y = (y - view.y * depth).rem_euclid(down) - BORDER;
        let zoom = 1.0 + (view.zoom - 1.0) * (0.25 + 0.75 * depth);
        let px = (x * zoom + scene.width / 2.0) * scene.scale;
        let py = ((y - STAGE / 2.0) * zoom + STAGE / 2.0) * scene.scale;
        let radius = size * zoom * scene.scale;
        let colour = cloud.colour.map(|v| v * 255.0);
        if cloud.kind == ParticleKind::Rain {
            streak(frame, px, py, (26.0 + 44.0 * q) * zoom * scene.scale, alpha, colour);
        } else {
            dot(frame, cloud.kind, px, py, radius.max(0.8), alpha, colour);
        }
    }
}

fn streak(frame: &mut Frame, x: f32, y: f32, length: f32, alpha: f32, colour: [f32; 3]) {
    let steps = length as i32;
    for i in 0..steps {
        let (px, py) = ((x - i as f32 * 0.11).floor(), y.floor() + i as f32);
        if px < 0.0 || py < 0.0 || px >= frame.width as f32 || py >= frame.height as f32 {
            continue;
        }
        let a = alpha * i as f32 / steps as f32;
        let p = &mut frame.pixels[py as usize * frame.width + px as usize];
        for c in 0..3 {
            p[c] = (f32::from(p[c]) * (1.0 - a) + colour[c] * a) as u8;
        }
    }
}

fn dot(frame: &mut Frame, kind: ParticleKind, x: f32, y: f32, radius: f32, alpha: f32, colour: [f32; 3]) {
    let clip = |v: f32, limit: usize| v.clamp(0.0, limit as f32) as usize;
    let (x0, x1) = (clip((x - radius).floor(), frame.width), clip((x + radius).ceil() + 1.0, frame.width));
    let (y0, y1) = (clip((y - radius).floor(), frame.height), clip((y + radius).ceil() + 1.0, frame.height));
    for py in y0..y1 {
        for px in x0..x1 {
            let (dx, dy) = (px as f32 + 0.5 - x, py as f32 + 0.5 - y);
            let d2 = (dx * dx + dy * dy) / (radius * radius);
            if d2 >= 1.0 {
                continue;
            }
            let a = match kind {
                ParticleKind::Bubbles => alpha * if d2 > 0.56 { 0.8 } else { 0.14 },
                ParticleKind::Snow => alpha * (1.0 - d2),
                _ => alpha * (1.0 - d2.sqrt()).powi(2),
            };
            let p = &mut frame.pixels[py * frame.width + px];
            for c in 0..3 {
                let v = f32::from(p[c]);
                p[c] = if kind == ParticleKind::Snow {
                    v * (1.0 - a) + colour[c] * a
                } else {
                    v + (255.0 - v) * a * colour[c] / 255.0
                } as u8;
            }
        }
    }
}
