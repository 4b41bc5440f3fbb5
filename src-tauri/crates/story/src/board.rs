//! The storyboard: shots, what is in them, how they are framed and how the camera moves.

use serde::{Deserialize, Serialize};

use crate::{CastId, LineId, Mood, PlaceId, SceneId, ShotId};

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every one, in the order of the declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stored word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

choice!(
    /// How much of the subject fills the picture.
    Framing {
        /// The place, with the subject small in it.
        #[default] Wide = "wide",
        /// The subject whole, in the place.
        Full = "full",
        /// From the waist.
        Medium = "medium",
        /// A face, or a thing that fills the picture.
        CloseUp = "close_up",
        /// From behind somebody.
        OverShoulder = "over_shoulder",
        /// One thing that matters, alone.
        Insert = "insert",
        /// The place alone, from far away.
        Establishing = "establishing",
    }
);

choice!(
    /// The height the camera looks from.
    Angle {
        /// Level.
        #[default] Eye = "eye",
        /// From below.
        Low = "low",
        /// From above.
        High = "high",
        /// Straight down.
        BirdsEye = "birds_eye",
    }
);

choice!(
    /// What the camera does during the shot.
    CameraMove {
        /// Nothing.
        #[default] Hold = "hold",
        /// Slowly nearer.
        PushIn = "push_in",
        /// Slowly away.
        PullOut = "pull_out",
        /// To the left.
        PanLeft = "pan_left",
        /// To the right.
        PanRight = "pan_right",
        /// Upwards.
        TiltUp = "tilt_up",
        /// Downwards.
        TiltDown = "tilt_down",
        /// Floating.
        Drift = "drift",
        /// In somebody's hand.
        Handheld = "handheld",
    }
);

choice!(
    /// What a subject does with its body.
    Pose {
        /// Stands; a swimmer floats, a flyer hovers.
        #[default] Stand = "stand",
        /// Walks; a swimmer swims, a flyer flies.
        Walk = "walk",
        /// Sits.
        Sit = "sit",
        /// Runs.
        Run = "run",
        /// Points at something.
        Point = "point",
        /// Holds something.
        Hold = "hold",
        /// Sleeps.
        Sleep = "sleep",
        /// Talks.
        Talk = "talk",
    }
);

choice!(
    /// Which way a subject looks.
    Facing {
        /// To the viewer's left.
        Left = "left",
        /// To the viewer's right.
        #[default] Right = "right",
        /// At the viewer.
        Camera = "camera",
        /// Away.
        Away = "away",
    }
);

/// Who or what a subject is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectOf {
    /// A member of the cast.
    Cast(CastId),
    /// A thing, as one noun ("lantern").
    Prop(String),
}

/// Somebody or something in the picture, most important first.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// Who or what.
    pub of: SubjectOf,
    /// What it does.
    pub pose: Pose,
    /// Which way it looks.
    pub facing: Facing,
    /// What it holds, as one noun; empty for nothing.
    pub holding: String,
}

/// A shot: one uninterrupted picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Shot {
    /// Identity.
    pub id: ShotId,
    /// The scene it belongs to.
    pub scene: SceneId,
    /// Where it is.
    pub place: PlaceId,
    /// How much is seen.
    pub framing: Framing,
    /// From what height.
    pub angle: Angle,
    /// How the camera moves.
    pub camera: CameraMove,
    /// What happens, in one sentence; shown on the storyboard, drawn by models that read.
    pub action: String,
    /// Who and what is in the picture, most important first.
    pub subjects: Vec<Subject>,
    /// What faces tell.
    #[serde(default)]
    pub mood: Mood,
    /// The lines heard during the shot, in order.
    pub lines: Vec<LineId>,
    /// The length the storyboard wants, in milliseconds; the timeline may stretch it to the voice.
    pub duration_ms: u32,
}

/// The shots of one scene, in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Storyboard {
    /// The scene.
    pub scene: SceneId,
    /// Its shots.
    pub shots: Vec<Shot>,
}
