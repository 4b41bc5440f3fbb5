//! How a shot is framed and how its camera moves, so that no shot looks like the one before.
//!
//! Chooses among what the scene can show; it does not know the words.

use story::{Angle, CameraMove, Framing, Mood, Pose, Rng};

/// A framing and the height it is seen from.
pub(super) type View = (Framing, Angle);

/// Where a shot stands in the film.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The first of a scene; even and odd scenes begin differently, so that no cut joins two alike.
    First {
        /// Which scene of the film it is.
        scene: usize,
    },
    /// Neither first nor last.
    Inside,
    /// The very last of the film.
    Closing,
}

/// The view of a shot with so many people and things to show.
pub(super) fn view(standing: Standing, people: usize, things: usize, before: Option<View>, rng: &mut Rng) -> View {
    use Angle::{Eye, High, Low};
    use Framing as F;
    let inside: &[View] = match (people, things) {
        (0, 0) => &[(F::Full, Eye), (F::Medium, Eye), (F::Wide, High), (F::Wide, Low), (F::Medium, High)],
        (0, _) => {
            &[(F::Insert, Eye), (F::Full, Eye), (F::Medium, Eye), (F::Wide, High), (F::Insert, Low), (F::Wide, Low)]
        }
        (1, 0) => {
            &[(F::Medium, Eye), (F::CloseUp, Eye), (F::Full, Eye), (F::Medium, Low), (F::Full, High), (F::CloseUp, Low)]
        }
        (1, _) => {
            &[(F::Medium, Eye), (F::CloseUp, Eye), (F::Full, Eye), (F::Insert, Eye), (F::Medium, Low), (F::Full, High)]
        }
        (_, 0) => &[
            (F::Medium, Eye),
            (F::OverShoulder, Eye),
            (F::Full, Eye),
            (F::CloseUp, Eye),
            (F::Full, High),
            (F::Medium, Low),
        ],
        _ => &[
            (F::Medium, Eye),
            (F::OverShoulder, Eye),
            (F::CloseUp, Eye),
            (F::Full, Eye),
            (F::Insert, Eye),
            (F::Full, High),
        ],
    };
    // Openings are never used inside a scene, and even and odd scenes have different ones.
    let choices: &[View] = match standing {
        Standing::First { scene } if scene % 2 == 0 => &[(F::Establishing, Eye)],
        Standing::First { .. } if people == 0 => &[(F::Wide, Eye)],
        Standing::First { .. } => &[(F::Wide, Eye), (F::Full, Low)],
        Standing::Closing => &[(F::Wide, Eye), (F::Full, Eye), (F::Wide, High)],
        Standing::Inside => inside,
    };
    let other: Vec<View> = choices.iter().copied().filter(|v| before.is_none_or(|b| b.0 != v.0)).collect();
    let fallback: Vec<View> = choices.iter().copied().filter(|v| before != Some(*v)).collect();
    if standing == Standing::Closing {
        return other.first().or(fallback.first()).copied().unwrap_or((F::Wide, High));
    }
    rng.pick(&other).or_else(|| rng.pick(&fallback)).copied().unwrap_or((F::Wide, Eye))
}

/// How the camera moves: what the picture needs, not the same twice in a row.
pub(super) fn camera(
    view: View,
    standing: Standing,
    pose: Pose,
    mood: Mood,
    before: Option<CameraMove>,
    rng: &mut Rng,
) -> CameraMove {
    use CameraMove as C;
    if standing == Standing::Closing {
        return C::PullOut;
    }
    let restless = matches!(mood, Mood::Tense | Mood::Energetic | Mood::Dark);
    let choices: &[CameraMove] = match view.0 {
        Framing::Establishing => &[C::PushIn, C::PanRight, C::TiltDown, C::Drift],
        Framing::Wide if matches!(pose, Pose::Walk | Pose::Run) => &[C::PanRight, C::PanLeft],
        Framing::Wide => &[C::Drift, C::PanRight, C::PanLeft, C::PushIn],
        Framing::Full if matches!(pose, Pose::Walk | Pose::Run) => &[C::PanRight, C::PanLeft, C::Drift],
        Framing::Full if view.1 == Angle::Low => &[C::TiltUp, C::PushIn],
        Framing::Full => &[C::Hold, C::PushIn, C::Drift],
        Framing::Medium if restless => &[C::Handheld, C::PushIn],
        Framing::Medium => &[C::PushIn, C::Hold, C::Drift],
        Framing::CloseUp => &[C::PushIn, C::Hold],
        Framing::OverShoulder => &[C::Hold, C::Drift],
        Framing::Insert => &[C::PushIn, C::Hold, C::TiltDown],
    };
    let fresh: Vec<CameraMove> = choices.iter().copied().filter(|c| before != Some(*c)).collect();
    rng.pick(&fresh).or_else(|| rng.pick(choices)).copied().unwrap_or_default()
}
