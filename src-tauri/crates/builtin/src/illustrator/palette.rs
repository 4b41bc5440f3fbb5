//! The colours of a picture: time of day, weather and mood decide them, everything drawn takes them from here.

use serde::{Deserialize, Serialize};
use story::{Light, Look, Mood, TimeOfDay, Weather};

use super::colour::{BLACK, Rgb, WHITE, mix, mul, parse, rgb, saturate};

/// The colours of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Palette {
    /// The sky from its top to the horizon.
    pub(crate) sky: [Rgb; 4],
    /// What far things fade into.
    pub(crate) haze: Rgb,
    /// Far land.
    pub(crate) far: Rgb,
    /// Near land, in shadow.
    pub(crate) near: Rgb,
    /// The sun or the moon, and everything it touches.
    pub(crate) light: Rgb,
    /// What falls on people and things: their colours are seen through it.
    pub(crate) ambient: Rgb,
    /// Clouds.
    pub(crate) cloud: Rgb,
    /// How many stars are seen, 0 to about 1.5.
    pub(crate) stars: f32,
    /// How much of a far thing the air hides, 1 as usual.
    pub(crate) air: f32,
    /// True when lamps and windows are lit.
    pub(crate) lamps: bool,
}

struct Hour {
    sky: [u32; 4],
    haze: u32,
    far: u32,
    near: u32,
    light: u32,
    ambient: Rgb,
    cloud: u32,
    stars: f32,
}

const fn hour(time: TimeOfDay) -> Hour {
    match time {
        TimeOfDay::Dawn => Hour {
            sky: [0x465a9c, 0x8f98cb, 0xf4b5ae, 0xffe8c2],
            haze: 0xf6d0bf,
            far: 0x9d8fb5,
            near: 0x333a5e,
            light: 0xfff0cc,
            ambient: [0.96, 0.90, 0.92],
            cloud: 0xffdcd2,
            stars: 0.1,
        },
        TimeOfDay::Day => Hour {
            sky: [0x2f7dd6, 0x62b0f0, 0xa9dcf7, 0xe9f8f4],
            haze: 0xd2ebf2,
            far: 0x86b2d2,
            near: 0x1d5540,
            light: 0xfffbe2,
            ambient: [1.0, 1.0, 0.98],
            cloud: 0xffffff,
            stars: 0.0,
        },
        TimeOfDay::Golden => Hour {
            sky: [0x3f64a8, 0xc393a0, 0xffba70, 0xffe8ac],
            haze: 0xffd398,
            far: 0xc08880,
            near: 0x3a2440,
            light: 0xfff0b8,
            ambient: [1.0, 0.89, 0.77],
            cloud: 0xffe0b4,
            stars: 0.0,
        },
        TimeOfDay::Dusk => Hour {
            sky: [0x1d1c55, 0x582f84, 0xd45680, 0xffb478],
            haze: 0xe88584,
            far: 0x844886,
            near: 0x1b123e,
            light: 0xffd4a0,
            ambient: [0.90, 0.75, 0.84],
            cloud: 0xf28d96,
            stars: 0.45,
        },
        TimeOfDay::Night => Hour {
            sky: [0x060b24, 0x0f204e, 0x22437e, 0x5886b0],
            haze: 0x446e9e,
            far: 0x2a4a7c,
            near: 0x070d24,
            light: 0xd8e8ff,
            ambient: [0.64, 0.72, 0.94],
            cloud: 0x3e6096,
            stars: 1.0,
        },
    }
}

impl Palette {
    /// The colours at an hour, in a weather, with a look's mood, light and accents.
    pub(crate) fn of(time: TimeOfDay, weather: Weather, look: &Look) -> Self {
        let h = hour(time);
        let mut p = Self {
            sky: h.sky.map(rgb),
            haze: rgb(h.haze),
            far: rgb(h.far),
            near: rgb(h.near),
            light: rgb(h.light),
            ambient: h.ambient,
            cloud: rgb(h.cloud),
            stars: h.stars,
            air: 1.0,
            lamps: matches!(time, TimeOfDay::Dusk | TimeOfDay::Night),
        };
        p.weather(weather);
        p.feel(look);
        p
    }

    fn each(&mut self, f: impl Fn(Rgb) -> Rgb) {
        self.sky = self.sky.map(&f);
        for colour in [&mut self.haze, &mut self.far, &mut self.near, &mut self.cloud] {
            *colour = f(*colour);
        }
    }

    fn weather(&mut self, weather: Weather) {
        // How grey the sky becomes, how dark, how much the air hides, how many stars stay.
        let (grey, dark, air, stars) = match weather {
            Weather::Clear => return,
            Weather::Cloudy => (0.42, 0.94, 1.1, 0.25),
            Weather::Rain => (0.62, 0.78, 1.25, 0.0),
            Weather::Storm => (0.68, 0.58, 1.2, 0.0),
            Weather::Snow => (0.42, 1.0, 1.3, 0.2),
            Weather::Fog => (0.52, 1.0, 1.75, 0.15),
        };
        // Weather greys the hour's own colours, so that a wet dusk is still a dusk.
        let veil = saturate(mix(self.sky[2], self.haze, 0.5), 0.45);
        let cool = mix(veil, mul(veil, rgb(0xc8d6e6)), 0.6);
        self.each(|c| mul(mix(saturate(c, 1.0 - grey * 0.7), cool, grey * 0.55), [dark; 3]));
        self.light = mix(self.light, WHITE, grey * 0.5);
        self.ambient = mix(self.ambient, [0.82 * dark + 0.1, 0.86 * dark + 0.1, 0.92 * dark + 0.1], grey * 0.8);
        self.air = air;
        self.stars *= stars;
        self.lamps |= matches!(weather, Weather::Storm | Weather::Rain);
    }

    fn feel(&mut self, look: &Look) {
        let (colour, bright, tint) = match look.mood {
            Mood::Gentle => (0.97, 1.02, [1.01, 1.0, 0.99]),
            Mood::Melancholy => (0.80, 0.96, [0.97, 0.99, 1.05]),
            Mood::Joyful => (1.15, 1.04, [1.02, 1.01, 0.98]),
            Mood::Epic => (1.08, 0.97, [1.02, 0.99, 0.98]),
            Mood::Tense => (0.85, 0.88, [0.98, 1.0, 1.02]),
            Mood::Mysterious => (0.95, 0.90, [0.97, 0.98, 1.05]),
            Mood::Playful => (1.18, 1.04, [1.01, 1.0, 1.0]),
            Mood::Calm => (0.92, 1.02, [0.99, 1.01, 1.01]),
            Mood::Energetic => (1.22, 1.0, [1.02, 1.0, 0.98]),
            Mood::Dark => (0.70, 0.74, [0.98, 0.99, 1.03]),
            Mood::Hopeful => (1.06, 1.05, [1.03, 1.01, 0.97]),
        };
        let (more_colour, more_bright) = match look.light {
            Light::Soft => (1.0, 1.0),
            Light::Golden => (1.06, 1.02),
            Light::Contrast => (1.02, 0.94),
            Light::Glowing => (1.16, 0.96),
            Light::Muted => (0.78, 0.98),
        };
        let (colour, bright) = (colour * more_colour, bright * more_bright);
        self.each(|c| mul(saturate(c, colour), tint.map(|v| v * bright)).map(|v: f32| v.min(1.0)));
        // An accent colours the light in the air, never the hour itself.
        if let Some(accent) = look.palette.first().and_then(|text| parse(text)) {
            self.sky[2] = mix(self.sky[2], accent, 0.16);
            self.haze = mix(self.haze, accent, 0.12);
            self.cloud = mix(self.cloud, accent, 0.10);
        }
        if look.light == Light::Golden {
            self.haze = mix(self.haze, rgb(0xffcf90), 0.18);
            self.sky[3] = mix(self.sky[3], rgb(0xffdca0), 0.25);
        }
    }

    /// A land colour as it is seen from far away: `far` 0 at the viewer's feet, 1 at the horizon.
    pub(crate) fn veiled(&self, colour: Rgb, far: f32) -> Rgb {
        mix(colour, self.haze, (far * self.air).clamp(0.0, 0.93))
    }

    /// A colour of things (grass, sand, a wall) as the hour's light leaves it.
    pub(crate) fn lit(&self, colour: Rgb) -> Rgb {
        mul(colour, mix(self.ambient, mix(self.light, WHITE, 0.4), 0.15))
    }

    /// A land colour: the biome's own colour, lit, pulled into the hour's shadows so that all land belongs together.
    pub(crate) fn land(&self, biome: Rgb, shadow: f32) -> Rgb {
        let dark = if self.stars > 0.3 { 0.72 } else { 1.0 };
        mix(mul(self.lit(biome), [dark; 3]), self.near, shadow)
    }

    /// The darkest thing in the picture: what is out of focus right before the viewer.
    pub(crate) fn foreground(&self) -> Rgb {
        mix(self.near, BLACK, 0.35)
    }
}
