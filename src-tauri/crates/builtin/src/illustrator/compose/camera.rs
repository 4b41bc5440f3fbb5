//! Camera moves: small enough that nobody feels sick and no edge is ever seen.

use story::{CameraMove, Seed};

use crate::illustrator::scene::{Path, View};

/// How far a pan goes to either side, in stage units at depth 1.
const PAN: f32 = 44.0;
/// How far a tilt goes up or down.
const TILT: f32 = 30.0;
/// How near a push comes.
const PUSH: f32 = 1.085;

/// A camera that does nothing.
pub(super) fn still() -> Path {
    Path { from: View::PLAIN, to: View::PLAIN, shake: 0.0 }
}

/// The path of a move. Zoom never falls below 1, so the stage always fills the picture.
pub(crate) fn path(camera: CameraMove, seed: Seed) -> Path {
    let view = |x, y, zoom| View { x, y, zoom };
    let side = if seed.fork("camera").rng().chance(0.5) { 1.0 } else { -1.0 };
    let path = |from, to| Path { from, to, shake: 0.0 };
    match camera {
        CameraMove::Hold => still(),
        CameraMove::PushIn => path(View::PLAIN, view(8.0 * side, 0.0, PUSH)),
        CameraMove::PullOut => path(view(8.0 * side, 0.0, PUSH), View::PLAIN),
        CameraMove::PanLeft => path(view(PAN, 0.0, 1.0), view(-PAN, 0.0, 1.0)),
        CameraMove::PanRight => path(view(-PAN, 0.0, 1.0), view(PAN, 0.0, 1.0)),
        CameraMove::TiltUp => path(view(0.0, TILT, 1.0), view(0.0, -TILT, 1.0)),
        CameraMove::TiltDown => path(view(0.0, -TILT, 1.0), view(0.0, TILT, 1.0)),
        CameraMove::Drift => path(view(-20.0 * side, 6.0, 1.0), view(20.0 * side, -6.0, 1.03)),
        CameraMove::Handheld => Path { from: View::PLAIN, to: view(0.0, 0.0, 1.03), shake: 7.0 },
    }
}
