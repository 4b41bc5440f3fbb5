//! What is heard where: sounds and how loud, by place, hour and weather.

use story::{PlaceKind, TimeOfDay, Weather};

use super::AmbienceSection;

/// A sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sound {
    /// Rain on leaves, roofs and water.
    Rain,
    /// The same through a window.
    RainOutside,
    /// Wind.
    Wind,
    /// Waves that come and go.
    Waves,
    /// Running water.
    Stream,
    /// Songbirds.
    Birds,
    /// Gulls.
    Gulls,
    /// Crickets at night.
    Crickets,
    /// Traffic, far and passing.
    Traffic,
    /// People who talk, none of them understood.
    Crowd,
    /// A fire.
    Fire,
    /// A quiet room.
    Room,
    /// Between the stars.
    Void,
    /// Below the surface.
    Depth,
    /// Drops in a cave.
    Drops,
    /// Thunder.
    Thunder,
}

impl Sound {
    /// A name that its share of the chance is forked by.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rain => "rain",
            Self::RainOutside => "rain outside",
            Self::Wind => "wind",
            Self::Waves => "waves",
            Self::Stream => "stream",
            Self::Birds => "birds",
            Self::Gulls => "gulls",
            Self::Crickets => "crickets",
            Self::Traffic => "traffic",
            Self::Crowd => "crowd",
            Self::Fire => "fire",
            Self::Room => "room",
            Self::Void => "void",
            Self::Depth => "depth",
            Self::Drops => "drops",
            Self::Thunder => "thunder",
        }
    }
}

/// A sound and how loud it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Level {
    pub(super) sound: Sound,
    pub(super) gain: f32,
}

/// What is heard in a stretch of the film.
pub(super) fn heard(section: &AmbienceSection) -> Vec<Level> {
    let mut out: Vec<Level> = of_place(section.place, section.time).into_iter().map(level).collect();
    let open = !section.place.is_indoors() && !matches!(section.place, PlaceKind::Space | PlaceKind::Underwater);
    let weather: &[(Sound, f32)] = match (section.weather, open) {
        (Weather::Rain, true) => &[(Sound::Rain, 0.55)],
        (Weather::Rain, false) if shut(section.place) => &[(Sound::RainOutside, 0.3)],
        (Weather::Storm, true) => &[(Sound::Rain, 0.6), (Sound::Wind, 0.6), (Sound::Thunder, 0.7)],
        (Weather::Storm, false) if shut(section.place) => &[(Sound::RainOutside, 0.4), (Sound::Thunder, 0.3)],
        (Weather::Snow, true) => &[(Sound::Wind, 0.3)],
        (Weather::Fog, true) => &[(Sound::Wind, 0.12)],
        _ => &[],
    };
    if matches!(section.weather, Weather::Rain | Weather::Storm | Weather::Snow) {
        // Nobody sings in the rain.
        out.retain(|l| !matches!(l.sound, Sound::Birds | Sound::Crickets));
    }
    for &pair in weather {
        match out.iter_mut().find(|l| l.sound == pair.0) {
            Some(known) => known.gain = known.gain.max(pair.1),
            None => out.push(level(pair)),
        }
    }
    out
}

fn level((sound, gain): (Sound, f32)) -> Level {
    Level { sound, gain }
}

/// True for a room with a window to the weather.
fn shut(place: PlaceKind) -> bool {
    place.is_indoors() && !matches!(place, PlaceKind::Cave | PlaceKind::Studio | PlaceKind::Stage)
}

fn of_place(place: PlaceKind, time: TimeOfDay) -> Vec<(Sound, f32)> {
    use PlaceKind as P;
    let night = matches!(time, TimeOfDay::Night | TimeOfDay::Dusk);
    // Who sings in the open, by the hour.
    let singers = |gain| if night { (Sound::Crickets, gain * 0.5) } else { (Sound::Birds, gain) };
    match place {
        P::Meadow | P::Farm | P::Garden | P::Village => vec![singers(0.5), (Sound::Wind, 0.12)],
        P::Forest => vec![singers(0.6), (Sound::Wind, 0.2)],
        P::Jungle => vec![(Sound::Birds, 0.5), (Sound::Crickets, 0.3), (Sound::Wind, 0.1)],
        P::Sea | P::Coast | P::Beach => {
            let mut out = vec![(Sound::Waves, 0.6), (Sound::Wind, 0.15)];
            if !night {
                out.push((Sound::Gulls, 0.25));
            }
            out
        }
        P::Harbor => vec![(Sound::Waves, 0.35), (Sound::Gulls, if night { 0.0 } else { 0.3 }), (Sound::Wind, 0.1)],
        P::City => vec![(Sound::Traffic, 0.6)],
        P::Street | P::Road => vec![(Sound::Traffic, 0.35), (Sound::Wind, 0.08)],
        P::Market => vec![(Sound::Crowd, 0.6)],
        P::Cafe => vec![(Sound::Crowd, 0.4), (Sound::Room, 0.15)],
        P::Stage => vec![(Sound::Crowd, 0.15), (Sound::Room, 0.15)],
        P::Mountain | P::Sky | P::Castle => vec![(Sound::Wind, 0.45)],
        P::Desert | P::Snowfield | P::Planet => vec![(Sound::Wind, 0.4)],
        P::Space => vec![(Sound::Void, 0.5)],
        P::Underwater => vec![(Sound::Depth, 0.6)],
        P::Cave => vec![(Sound::Drops, 0.5), (Sound::Room, 0.2)],
        P::River => vec![(Sound::Stream, 0.5), singers(0.3)],
        P::Lake => vec![(Sound::Waves, 0.2), singers(0.35)],
        P::Kitchen | P::LivingRoom if night => vec![(Sound::Fire, 0.25), (Sound::Room, 0.15)],
        P::Workshop => vec![(Sound::Room, 0.25), (Sound::Fire, 0.15)],
        P::School | P::Office | P::Kitchen | P::LivingRoom | P::Bedroom | P::Laboratory | P::Library | P::Shop => {
            vec![(Sound::Room, 0.25)]
        }
        P::Studio => vec![(Sound::Room, 0.1)],
    }
}
