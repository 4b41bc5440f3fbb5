//! How fast the studio's compositor is, for the command line.

use story::Size;

/// What one frame of a scene takes, in milliseconds of one core.
pub use builtin::animator::Measured as Pace;

/// Measures the compositor on some scenes at 1920 × 1080, beside a general library and beside a plain copy.
pub fn paces() -> Vec<Pace> {
    builtin::animator::measure(Size { width: 1920, height: 1080 })
}
