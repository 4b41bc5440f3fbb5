//! The figures of the cast: a character in a pose, as parts that move.
//!
//! Figure units: a standing adult is 100 high, the ground is y = 0, up is negative, x = 0 is the middle.

mod animal;
#[cfg(test)]
mod checks;
mod choose;
mod clothes;
mod dress;
mod face;
mod hats;
mod head;
mod held;
mod human;
mod limbs;
mod pose;

use story::{Character, Facing, Mood, Pose, Seed};

use crate::art::{Motion, Rect};

/// What to draw.
#[derive(Debug, Clone, Copy)]
pub struct FigureOrder<'a> {
    /// Who.
    pub character: &'a Character,
    /// What the body does.
    pub pose: Pose,
    /// Which way it looks.
    pub facing: Facing,
    /// What it holds, as one noun.
    pub holding: Option<&'a str>,
    /// What its face tells.
    pub mood: Mood,
    /// Decides the phase of the motions; never the looks, which come from the character alone.
    pub seed: Seed,
}

/// A drawn character.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The parts, in the order they are drawn.
    pub parts: Vec<Part>,
    /// How wide it is, in figure units.
    pub width: f32,
    /// How high it reaches over the ground, in figure units.
    pub height: f32,
    /// The face or head: what a close-up frames.
    pub face: Rect,
    /// Where a held light shines from, if something held gives light.
    pub light: Option<(f32, f32)>,
}

/// A part of a figure. Drawn plainly, without its motion, it is the still at time 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The fragment of SVG, in figure units; its ids are unlike those of any other part of the figure.
    pub svg: String,
    /// What it covers, with a margin.
    pub bounds: Rect,
    /// The point it moves about.
    pub pivot: (f32, f32),
    /// How it moves.
    pub motion: Motion,
    /// The part (index in [`Figure::parts`]) that carries this one: it moves along with it (a hand with its arm).
    pub parent: Option<usize>,
}

impl Figure {
    /// A figure of these parts, measured.
    fn of(parts: Vec<Part>, face: Rect, light: Option<(f32, f32)>) -> Self {
        let all = parts.iter().map(|p| p.bounds).reduce(Rect::union).unwrap_or_default();
        Self { width: all.w, height: -all.y, parts, face, light }
    }

    /// The figure under an affine map without shear.
    fn mapped(self, m: [f32; 6]) -> Self {
        let [a, b, c, d, e, f] = m;
        let point = |(x, y): (f32, f32)| (a * x + c * y + e, b * x + d * y + f);
        let rect = |r: Rect| {
            let ((x0, y0), (x1, y1)) = (point((r.x, r.y)), point((r.x + r.w, r.y + r.h)));
            Rect::between(x0, y0, x1, y1)
        };
        let mirror = a * d - b * c < 0.0;
        let part = |p: Part| Part {
            svg: format!("<g transform='matrix({a} {b} {c} {d} {e} {f})'>{}</g>", p.svg),
            bounds: rect(p.bounds),
            pivot: point(p.pivot),
            motion: if mirror { p.motion.mirrored() } else { p.motion },
            parent: p.parent,
        };
        let parts = self.parts.into_iter().map(part).collect();
        Self::of(parts, rect(self.face), self.light.map(point))
    }

    /// The affine map `[a b c d e f]` (as in SVG's `matrix`) of a part `seconds` after the shot began, its own motion and that of
    /// the parts that carry it. At 0 it changes nothing.
    pub fn matrix(&self, part: usize, seconds: f32) -> [f32; 6] {
        let mut out = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
        let mut next = Some(part);
        // A chain longer than the figure would be a ring: stop there.
        for _ in 0..self.parts.len() {
            let Some(p) = next.and_then(|i| self.parts.get(i)) else { break };
            out = product(p.motion.at(seconds).about(p.pivot), out);
            next = p.parent;
        }
        out
    }
}

/// First `inner`, then `outer`.
fn product(outer: [f32; 6], inner: [f32; 6]) -> [f32; 6] {
    let [a, b, c, d, e, f] = outer;
    let [g, h, i, j, k, l] = inner;
    [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

/// Which side of a character a portrait shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum View {
    /// From the front.
    #[default]
    Front,
    /// From the side.
    Side,
    /// From behind.
    Back,
}

/// Draws a character. The same order gives the same figure; a character looks the same in every order.
pub fn figure(order: &FigureOrder) -> Figure {
    choose::figure(order)
}

/// A character standing, seen from one side, for its sheet.
pub fn portrait(character: &Character, view: View) -> Figure {
    let facing = match view {
        View::Front => Facing::Camera,
        View::Side => Facing::Right,
        View::Back => Facing::Away,
    };
    figure(&FigureOrder {
        character,
        pose: Pose::Stand,
        facing,
        holding: None,
        mood: Mood::default(),
        seed: Seed::new(0),
    })
}
