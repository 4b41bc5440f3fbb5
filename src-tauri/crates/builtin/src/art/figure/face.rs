//! What a face tells: the bundled faces all smile; another mouth and other brows make them calm, wistful or worried.
//!
//! Owns the change of the shapes of a face. A face whose mouth is not known (an animal's) stays as it is.

use story::Mood;

use super::head::Shape;
use crate::art::Rect;

/// What a face tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) enum Face {
    /// It smiles, as it is bundled.
    #[default]
    Pleased,
    /// It looks on.
    Calm,
    /// It remembers.
    Wistful,
    /// It fears what comes.
    Worried,
}

impl From<Mood> for Face {
    fn from(mood: Mood) -> Self {
        match mood {
            Mood::Gentle | Mood::Joyful | Mood::Playful | Mood::Calm | Mood::Hopeful => Self::Pleased,
            Mood::Epic | Mood::Mysterious | Mood::Energetic => Self::Calm,
            Mood::Melancholy => Self::Wistful,
            Mood::Tense | Mood::Dark => Self::Worried,
        }
    }
}

/// Lips that are closed.
const LIPS: &str = "#8a3346";
/// A mouth that is open.
const OPEN: &str = "#5e1730";
/// How far the inner ends of the brows go up, in degrees.
const RAISED: f32 = 11.0;

impl Face {
    /// The shapes of a face that smiles, telling this. `eyes` are the whites of both eyes.
    pub(super) fn on(self, shapes: &[Shape], eyes: &[Rect]) -> Vec<Shape> {
        let ([left, .., right], true) = (eyes, self != Self::Pleased) else { return shapes.to_vec() };
        let (middle, of_mouth) =
            (f32::midpoint(left.x, right.x + right.w), |s: &&Shape| is_mouth(s.bounds, *left, *right));
        let Some(mouth) = shapes.iter().filter(of_mouth).map(|s| s.bounds).reduce(Rect::union) else {
            return shapes.to_vec();
        };
        let others = shapes.iter().filter(|s| !of_mouth(s));
        let mut told: Vec<Shape> = others.map(|s| self.brow(s, *left, middle)).collect();
        told.push(Shape { svg: self.mouth(mouth), bounds: mouth });
        told
    }

    /// A shape, turned when it is a brow of somebody who is sad or afraid.
    fn brow(self, shape: &Shape, eye: Rect, middle: f32) -> Shape {
        let b = shape.bounds;
        let (x, y) = (b.x + b.w / 2.0, b.y + b.h / 2.0);
        let over_an_eye = b.y + b.h < eye.y + eye.h * 0.2 && b.y > eye.y - eye.w * 1.1 && b.w < eye.w * 1.3;
        if !over_an_eye || !matches!(self, Self::Wistful | Self::Worried) {
            return shape.clone();
        }
        let turn = if x < middle { -RAISED } else { RAISED };
        Shape { svg: format!("<g transform='rotate({turn} {x:.2} {y:.2})'>{}</g>", shape.svg), bounds: b }
    }

    fn mouth(self, m: Rect) -> String {
        let (cx, x0, x1) = (m.x + m.w / 2.0, m.x + m.w * 0.18, m.x + m.w * 0.82);
        let line = |y: f32, bend: f32| {
            let (width, bend) = (m.h * 0.26, y + m.h * bend);
            format!(
                "<path d='M{x0:.2} {y:.2}Q{cx:.2} {bend:.2} {x1:.2} {y:.2}' stroke='{LIPS}' stroke-width='{width:.2}' \
                 stroke-linecap='round'/>"
            )
        };
        match self {
            Self::Pleased => String::new(),
            Self::Calm => line(m.y + m.h * 0.42, 0.34),
            Self::Wistful => line(m.y + m.h * 0.60, -0.24),
            Self::Worried => {
                let (cy, rx, ry) = (m.y + m.h * 0.55, m.w * 0.17, m.h * 0.44);
                format!("<ellipse cx='{cx:.2}' cy='{cy:.2}' rx='{rx:.2}' ry='{ry:.2}' fill='{OPEN}'/>")
            }
        }
    }
}

/// True for what lies where the mouth of a bundled face is: below the nose, between the eyes, wider than high.
fn is_mouth(b: Rect, left: Rect, right: Rect) -> bool {
    let (span, below) = (right.x + right.w - left.x, left.y + left.h);
    let off = (b.x + b.w / 2.0 - left.x - span / 2.0).abs();
    off < span * 0.08
        && b.y > below + span * 0.15
        && b.y + b.h < below + span * 0.68
        && (span * 0.2..span * 0.7).contains(&b.w)
        && b.h < b.w
}
