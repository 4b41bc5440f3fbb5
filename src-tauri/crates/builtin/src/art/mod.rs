//! The art library: bundled pictures found by noun, and the figures of the cast drawn from them.
//!
//! This module owns which picture a word means, how big that thing is, and how a member of the cast is put together from
//! parts that move. It must not place anything in a scene, light it, or animate it: it gives fragments of SVG and plain
//! data about how they move. A wrong picture is worse than none, so a word without a true picture gives `None`.

#[cfg(test)]
mod checks;
mod colour;
mod figure;
mod find;
mod motion;
mod own;
mod pack;
mod person;
mod recolour;
mod scale;
mod words;

pub use colour::{Colour, colour_of};
pub use figure::{Figure, FigureOrder, Part, View, figure, portrait};
pub use find::{Exactness, Found, Ground, find, names_place};
pub use motion::{Motion, Shift};
pub use pack::{Picture, PictureId, svg};
pub use person::{Person, person};
pub use recolour::recolour;
pub use scale::natural_height;

/// A rectangle; the units are those of what it belongs to. `y` grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl Rect {
    /// The rectangle between two corners, whichever way round.
    pub fn between(x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        Self { x: x0.min(x1), y: y0.min(y1), w: (x1 - x0).abs(), h: (y1 - y0).abs() }
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.w).max(other.x + other.w);
        let bottom = (self.y + self.h).max(other.y + other.h);
        Self { x, y, w: right - x, h: bottom - y }
    }

    /// The rectangle with a margin on every side.
    #[must_use]
    pub fn grown(self, margin: f32) -> Self {
        Self { x: self.x - margin, y: self.y - margin, w: self.w + 2.0 * margin, h: self.h + 2.0 * margin }
    }
}
