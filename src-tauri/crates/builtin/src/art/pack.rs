//! The bundled pictures: opens the pack and gives one picture at a time.

use crate::art::Rect;

/// The name of a bundled picture, such as `fox` or `noto:lighthouse`. Only a picture that exists has one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureId(pub(super) String);

impl PictureId {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A picture as a fragment of SVG, drawn in a square from (0, 0).
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The fragment: no `<svg>` around it, its ids unlike those of any other picture.
    pub body: String,
    /// The side of the square, in the fragment's own units.
    pub unit: f32,
    /// What is really drawn on, in the fragment's own units: seat a prop on the lower edge of this.
    pub ink: Rect,
}

/// The picture with this name.
pub fn svg(_id: &PictureId) -> Picture {
    Picture { body: String::new(), unit: 32.0, ink: Rect { x: 0.0, y: 0.0, w: 32.0, h: 32.0 } }
}
