//! The window of a layer: which part of the set is drawn, and how set coordinates become pixels.

use crate::illustrator::scene::{Idle, Layer, LayeredScene, Projection, STAGE, View};

/// The farthest that anything drifts, in stage units.
pub(crate) const DRIFT: f32 = 70.0;
/// Spare room on every side, in stage units.
const SPARE: f32 = 6.0;

/// Where a layer is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    /// Left edge in stage units, as the base view shows them.
    pub(super) x0: f32,
    /// Upper edge.
    pub(super) y0: f32,
    /// Right edge.
    pub(super) x1: f32,
    /// Lower edge.
    pub(super) y1: f32,
    /// Pixels for a stage unit.
    pub(super) scale: f32,
    /// From set coordinates to stage units.
    pub(super) base: Projection,
}

impl Plot {
    /// Everything the camera ever sees at the layer's depth.
    pub(super) fn full(scene: &LayeredScene, layer: &Layer, scale: f32) -> Self {
        let half = scene.width / 2.0;
        let (mut x0, mut y0, mut x1, mut y1) = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
        let shake = scene.camera.shake;
        let View { x, y, zoom } = scene.camera.from;
        let to = scene.camera.to;
        for view in
            [scene.camera.from, to, View { zoom: zoom.min(to.zoom), x, y }, View { zoom: zoom.min(to.zoom), ..to }]
        {
            let projection = view.project(layer.depth);
            let (a, b) = projection.invert(-half, 0.0);
            let (c, d) = projection.invert(half, STAGE);
            (x0, y0, x1, y1) = (x0.min(a), y0.min(b), x1.max(c), y1.max(d));
        }
        let idle = match layer.idle {
            Idle::Drift { .. } => (DRIFT, 0.0),
            Idle::Bob { amount, .. } => (0.0, amount),
            Idle::Travel { amount, speed, .. } => (amount + if speed == 0.0 { 0.0 } else { DRIFT }, amount),
            Idle::Sweep { .. } => (scene.width * 0.4, 0.0),
            _ => (0.0, 0.0),
        };
        let (mx, my) = (SPARE + shake * layer.depth + idle.0, SPARE + shake * layer.depth + idle.1);
        Self { x0: x0 - mx, y0: y0 - my, x1: x1 + mx, y1: y1 + my, scale, base: scene.view.project(layer.depth) }
    }

    /// The part of this window that lies in a box of stage units; `None` when they do not meet.
    pub(super) fn within(self, x0: f32, y0: f32, x1: f32, y1: f32) -> Option<Self> {
        let cut = Self { x0: self.x0.max(x0), y0: self.y0.max(y0), x1: self.x1.min(x1), y1: self.y1.min(y1), ..self };
        (cut.x1 - cut.x0 > 0.5 && cut.y1 - cut.y0 > 0.5).then_some(cut)
    }

    /// With room on every side.
    pub(super) fn grown(self, margin: f32) -> Self {
        Self { x0: self.x0 - margin, y0: self.y0 - margin, x1: self.x1 + margin, y1: self.y1 + margin, ..self }
    }

    /// Pixels across.
    pub(super) fn width(&self) -> usize {
        (((self.x1 - self.x0) * self.scale).ceil() as usize).clamp(2, 8192)
    }

    /// Pixels down.
    pub(super) fn height(&self) -> usize {
        (((self.y1 - self.y0) * self.scale).ceil() as usize).clamp(2, 8192)
    }

    /// From set coordinates to stage units.
    pub(super) fn project(&self, x: f32, y: f32) -> (f32, f32) {
        self.base.apply(x, y)
    }

    /// The set coordinates of a pixel's middle.
    pub(super) fn at(&self, px: usize, py: usize) -> (f32, f32) {
        self.base.invert(self.x0 + (px as f32 + 0.5) / self.scale, self.y0 + (py as f32 + 0.5) / self.scale)
    }

    /// The set's left and right edges of the window.
    pub(super) fn span(&self) -> (f32, f32) {
        (self.base.invert(self.x0, 0.0).0 - 4.0, self.base.invert(self.x1, 0.0).0 + 4.0)
    }

    /// The set's upper and lower edges of the window.
    pub(super) fn reach(&self) -> (f32, f32) {
        (self.base.invert(0.0, self.y0).1 - 4.0, self.base.invert(0.0, self.y1).1 + 4.0)
    }

    /// The SVG transform from set coordinates to pixels.
    pub(super) fn matrix(&self) -> String {
        let s = self.base.scale * self.scale;
        format!(
            "matrix({s} 0 0 {s} {} {})",
            (self.base.dx - self.x0) * self.scale,
            (self.base.dy - self.y0) * self.scale
        )
    }
}
