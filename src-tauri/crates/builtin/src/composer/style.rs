//! How each mood sounds: key, scale, tempo, harmony, instruments.

use story::Mood;

use super::instruments::Sound;

/// The half steps of a scale above its tonic.
pub(super) type Scale = [i32; 7];

const MAJOR: Scale = [0, 2, 4, 5, 7, 9, 11];
const MINOR: Scale = [0, 2, 3, 5, 7, 8, 10];
const DORIAN: Scale = [0, 2, 3, 5, 7, 9, 10];
const LYDIAN: Scale = [0, 2, 4, 6, 7, 9, 11];
const MIXOLYDIAN: Scale = [0, 2, 4, 5, 7, 9, 10];
const PHRYGIAN: Scale = [0, 1, 3, 5, 7, 8, 10];

/// What beats the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drums {
    /// Nothing.
    None,
    /// A shaker and a soft kick.
    Light,
    /// Four kicks a bar, a shaker between.
    Driving,
    /// Deep drums, far apart.
    Deep,
    /// A clock.
    Ticking,
    /// Wood.
    Wooden,
}

/// How the bass moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bass {
    /// One long tone a bar.
    Held,
    /// On the first beat and the middle one.
    Walking,
    /// Every half beat.
    Pulsing,
    /// Short, root and fifth.
    Bouncing,
}

/// A mood as music.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// MIDI number of the tonic, around which the chords lie.
    pub(super) tonic: i32,
    pub(super) scale: Scale,
    /// Beats a minute and beats a bar.
    pub(super) tempo: f32,
    pub(super) beats: usize,
    /// Two progressions, as degrees of the scale, one chord a bar.
    pub(super) chords: [&'static [usize]; 2],
    /// The chord before the last: the dominant, or the subdominant for a softer close.
    pub(super) close: usize,
    pub(super) bed: Sound,
    pub(super) figure: Sound,
    /// Notes of the figure a beat.
    pub(super) figure_rate: usize,
    pub(super) lead: Sound,
    /// Half steps from the usual register of the lead.
    pub(super) lead_shift: i32,
    pub(super) bass: Bass,
    pub(super) drums: Drums,
    /// 0 dull to 1 bright.
    pub(super) bright: f32,
    /// How much is going on, -1 to 1, beside where the film is.
    pub(super) drive: f32,
    /// The size of the room, 0 to 1.
    pub(super) room: f32,
}

/// The style of a mood.
pub(super) fn style(mood: Mood) -> Style {
    let base = Style {
        tonic: 53,
        scale: MAJOR,
        tempo: 76.0,
        beats: 3,
        chords: [&[0, 5, 3, 4], &[0, 2, 3, 1]],
        close: 4,
        bed: Sound::Pad,
        figure: Sound::Harp,
        figure_rate: 2,
        lead: Sound::Piano,
        lead_shift: 0,
        bass: Bass::Held,
        drums: Drums::None,
        bright: 0.45,
        drive: 0.0,
        room: 0.6,
    };
    match mood {
        Mood::Gentle => base,
        Mood::Melancholy => Style {
            tonic: 50,
            scale: MINOR,
            tempo: 63.0,
            beats: 4,
            chords: [&[0, 5, 2, 6], &[0, 3, 5, 4]],
            bed: Sound::Strings,
            figure: Sound::Piano,
            figure_rate: 1,
            lead: Sound::Piano,
            lead_shift: -2,
            bright: 0.3,
            drive: -0.1,
            room: 0.75,
            ..base
        },
        Mood::Joyful => Style {
            tonic: 55,
            tempo: 112.0,
            beats: 4,
            chords: [&[0, 4, 5, 3], &[0, 3, 1, 4]],
            figure: Sound::Harp,
            lead: Sound::Bell,
            bass: Bass::Bouncing,
            drums: Drums::Light,
            bright: 0.75,
            drive: 0.15,
            room: 0.35,
            ..base
        },
        Mood::Epic => Style {
            tonic: 50,
            scale: DORIAN,
            tempo: 88.0,
            beats: 4,
            chords: [&[0, 6, 3, 4], &[0, 2, 6, 3]],
            bed: Sound::Strings,
            figure: Sound::Strings,
            lead: Sound::Strings,
            lead_shift: -5,
            bass: Bass::Walking,
            drums: Drums::Deep,
            bright: 0.7,
            drive: 0.25,
            room: 0.8,
            ..base
        },
        Mood::Tense => Style {
            tonic: 52,
            scale: PHRYGIAN,
            tempo: 100.0,
            beats: 4,
            chords: [&[0, 0, 1, 0], &[0, 5, 1, 6]],
            close: 1,
            bed: Sound::Strings,
            figure: Sound::Marimba,
            lead: Sound::Strings,
            lead_shift: 3,
            bass: Bass::Pulsing,
            drums: Drums::Ticking,
            bright: 0.4,
            drive: 0.05,
            room: 0.45,
            ..base
        },
        Mood::Mysterious => Style {
            tonic: 54,
            scale: DORIAN,
            tempo: 69.0,
            beats: 4,
            chords: [&[0, 3, 0, 6], &[0, 1, 5, 3]],
            close: 3,
            figure: Sound::Bell,
            figure_rate: 1,
            lead: Sound::Bell,
            lead_shift: -3,
            bright: 0.35,
            drive: -0.1,
            room: 0.9,
            ..base
        },
        Mood::Playful => Style {
            tonic: 60,
            tempo: 124.0,
            beats: 4,
            chords: [&[0, 5, 1, 4], &[0, 3, 0, 4]],
            bed: Sound::Pad,
            figure: Sound::Marimba,
            lead: Sound::Marimba,
            lead_shift: 2,
            bass: Bass::Bouncing,
            drums: Drums::Wooden,
            bright: 0.5,
            drive: 0.1,
            room: 0.25,
            ..base
        },
        Mood::Calm => Style {
            tonic: 56,
            scale: LYDIAN,
            tempo: 54.0,
            beats: 4,
            chords: [&[0, 1, 0, 5], &[0, 2, 5, 1]],
            close: 1,
            figure: Sound::Harp,
            figure_rate: 1,
            lead: Sound::Bell,
            bright: 0.3,
            drive: -0.2,
            room: 0.85,
            ..base
        },
        Mood::Energetic => Style {
            tonic: 57,
            scale: MIXOLYDIAN,
            tempo: 132.0,
            beats: 4,
            chords: [&[0, 6, 3, 0], &[0, 4, 6, 3]],
            close: 6,
            figure: Sound::Harp,
            lead: Sound::Strings,
            bass: Bass::Pulsing,
            drums: Drums::Driving,
            bright: 0.85,
            drive: 0.3,
            room: 0.3,
            ..base
        },
        Mood::Dark => Style {
            tonic: 48,
            scale: PHRYGIAN,
            tempo: 58.0,
            beats: 4,
            chords: [&[0, 1, 0, 5], &[0, 6, 5, 1]],
            close: 1,
            bed: Sound::Strings,
            figure: Sound::Piano,
            figure_rate: 1,
            lead: Sound::Strings,
            lead_shift: -14,
            bass: Bass::Held,
            drums: Drums::Deep,
            bright: 0.12,
            drive: -0.05,
            room: 0.95,
        },
        Mood::Hopeful => Style {
            tonic: 51,
            tempo: 92.0,
            beats: 4,
            chords: [&[0, 4, 5, 3], &[3, 0, 4, 5]],
            bed: Sound::Strings,
            figure: Sound::Piano,
            lead: Sound::Piano,
            bass: Bass::Walking,
            drums: Drums::Light,
            bright: 0.6,
            drive: 0.1,
            room: 0.6,
            ..base
        },
    }
}
