//! The layered scene: everything a picture is made of, as plain data. It is the companion of a frame.
//!
//! Units: the stage is 1080 high at any aspect ratio; x = 0 is its middle, y grows downwards from its upper edge.
//! Depth is 0 at infinity, 1 where the subjects are, above 1 before them. Nothing here draws.

use serde::{Deserialize, Serialize};
use story::{Seed, Size, Style};

use super::colour::Rgb;
pub(crate) use super::drawable::{Aerial, Cover, CoverKind, Drawable, Piece, PieceKind, Room, Sun, Surface};
use super::palette::Palette;

/// The height of every stage, in stage units.
pub(crate) const STAGE: f32 = 1080.0;

/// The form of this data; a companion of another form is not read.
pub(crate) const FORM: u32 = 1;

/// A picture as layers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LayeredScene {
    /// [`FORM`].
    pub(crate) form: u32,
    /// Width of the stage in stage units.
    pub(crate) width: f32,
    /// The way of drawing.
    pub(crate) style: Style,
    /// Its colours.
    pub(crate) palette: Palette,
    /// Where in the set the picture is taken; drawn into the layers.
    pub(crate) view: View,
    /// How the camera moves from there.
    pub(crate) camera: Path,
    /// The layers, the farthest first.
    pub(crate) layers: Vec<Layer>,
    /// What floats and falls.
    pub(crate) particles: Vec<Particles>,
    /// How dark the corners are, 0..1.
    pub(crate) vignette: f32,
}

impl LayeredScene {
    /// The stage width that fills a picture of this size.
    pub(crate) fn width_for(size: Size) -> f32 {
        STAGE * size.ratio()
    }
}

/// A camera position: shift in stage units, zoom 1 or more. Near layers follow more than far ones.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct View {
    /// To the right.
    pub(crate) x: f32,
    /// Down.
    pub(crate) y: f32,
    /// 1 shows the stage as it is.
    pub(crate) zoom: f32,
}

impl View {
    /// The stage as it is.
    pub(crate) const PLAIN: Self = Self { x: 0.0, y: 0.0, zoom: 1.0 };

    /// How this view scales and shifts a layer of some depth: p' = p · scale + (dx, dy).
    pub(crate) fn project(self, depth: f32) -> Projection {
        let scale = 1.0 + (self.zoom - 1.0) * (0.25 + 0.75 * depth);
        let middle = STAGE / 2.0;
        Projection { scale, dx: -self.x * depth * scale, dy: middle - (middle + self.y * depth) * scale }
    }
}

/// A scale and a shift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Projection {
    /// Scale.
    pub(crate) scale: f32,
    /// Shift to the right.
    pub(crate) dx: f32,
    /// Shift down.
    pub(crate) dy: f32,
}

impl Projection {
    /// Where a point is seen.
    pub(crate) fn apply(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.scale + self.dx, y * self.scale + self.dy)
    }

    /// The point that is seen here.
    pub(crate) fn invert(self, x: f32, y: f32) -> (f32, f32) {
        ((x - self.dx) / self.scale, (y - self.dy) / self.scale)
    }
}

/// A camera move, eased from one view to another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Path {
    /// Where it starts.
    pub(crate) from: View,
    /// Where it ends.
    pub(crate) to: View,
    /// The unrest of a hand, in stage units.
    pub(crate) shake: f32,
}

/// One layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Layer {
    /// What is drawn.
    pub(crate) drawable: Drawable,
    /// How far away.
    pub(crate) depth: f32,
    /// Decides the chance in it.
    pub(crate) seed: Seed,
    /// How it moves by itself.
    #[serde(default)]
    pub(crate) idle: Idle,
    /// How it lies over what is behind it.
    #[serde(default)]
    pub(crate) blend: Blend,
    /// Its strength.
    pub(crate) opacity: f32,
    /// How much out of focus, a radius in stage units.
    pub(crate) blur: f32,
}

impl Layer {
    /// A layer that stands still and is in focus.
    pub(crate) fn new(drawable: Drawable, depth: f32, seed: Seed) -> Self {
        Self { drawable, depth, seed, idle: Idle::Still, blend: Blend::Over, opacity: 1.0, blur: 0.0 }
    }

    /// With a motion.
    pub(crate) fn idle(mut self, idle: Idle) -> Self {
        self.idle = idle;
        self
    }

    /// As light: it brightens what is behind it.
    pub(crate) fn light(mut self) -> Self {
        self.blend = Blend::Screen;
        self
    }

    /// Out of focus.
    pub(crate) fn blur(mut self, radius: f32) -> Self {
        self.blur = radius;
        self
    }

    /// Fainter.
    pub(crate) fn opacity(mut self, opacity: f32) -> Self {
        self.opacity = opacity;
        self
    }
}

/// How a layer lies over what is behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Blend {
    /// Covers it.
    #[default]
    Over,
    /// Brightens it without ever clipping.
    Screen,
}

/// A motion without end. Lengths are stage units, times seconds, phases fractions of a period.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Idle {
    /// None.
    #[default]
    Still,
    /// Slowly to one side.
    Drift { speed: f32 },
    /// Up and down, and a little to the side.
    Bob { amount: f32, period: f32, phase: f32 },
    /// Up and down while travelling to one side, and tilting.
    Travel { speed: f32, amount: f32, degrees: f32, period: f32, phase: f32 },
    /// Brighter and darker, down to `low`.
    Flicker { low: f32, period: f32, phase: f32 },
    /// The beam of a lighthouse: comes round once a period.
    Sweep { period: f32 },
}

/// What floats and falls in the air or the water.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Particles {
    /// What they are.
    pub(crate) kind: ParticleKind,
    /// How many on a 16:9 stage.
    pub(crate) count: u32,
    /// Their depth.
    pub(crate) depth: f32,
    /// Their colour.
    pub(crate) colour: Rgb,
    /// Their size in stage units.
    pub(crate) size: f32,
    /// Their chance.
    pub(crate) seed: Seed,
}

/// Sorts of particles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ParticleKind {
    /// Motes of light: dust, pollen, fireflies.
    Motes,
    /// Snowflakes.
    Snow,
    /// Rain.
    Rain,
    /// Bubbles.
    Bubbles,
    /// Stars that twinkle.
    Twinkles,
}
