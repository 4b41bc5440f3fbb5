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
            sky: [0x46_5a_9c, 0x8f_98_cb, 0xf4_b5_ae, 0xff_e8_c2],
            haze: 0xf6_d0_bf, far: 0x9d_8f_b5, near: 0x33_3a_5e, light: 0xff_f0_cc,
            ambient: [0.96, 0.90, 0.92], cloud: 0xff_dc_d2, stars: 0.1,
        },
        TimeOfDay::Day => Hour {
            sky: [0x2f_7d_d6, 0x62_b0_f0, 0xa9_dc_f7, 0xe9_f8_f4],
            haze: 0xd2_eb_f2, far: 0x86_b2_d2, near: 0x1d_55_40, light: 0xff_fb_e2,
            ambient: [1.0, 1.0, 0.98], cloud: 0xff_ff_ff, stars: 0.0,
        },
        TimeOfDay::Golden => Hour {
            sky: [0x3f_64_a8, 0xc3_93_a0, 0xff_ba_70, 0xff_e8_ac],
            haze: 0xff_d3_98, far: 0xc0_88_80, near: 0x3a_24_40, light: 0xff_f0_b8,
            ambient: [1.0, 0.89, 0.77], cloud: 0xff_e0_b4, stars: 0.0,
        },
        TimeOfDay::Dusk => Hour {
            sky: [0x1d_1c_55, 0x58_2f_84, 0xd4_56_80, 0xff_b4_78],
            haze: 0xe8_85_84, far: 0x84_48_86, near: 0x1b_12_3e, light: 0xff_d4_a0,
            ambient: [0.90, 0.75, 0.84], cloud: 0xf2_8d_96, stars: 0.45,
        },
        TimeOfDay::Night => Hour {
            sky: [0x06_0b_24, 0x0f_20_4e, 0x22_43_7e, 0x58_86_b0],
            haze: 0x44_6e_9e, far: 0x2a_4a_7c, near: 0x07_0d_24, light: 0xd8_e8_ff,
            ambient: [0.64, 0.72, 0.94], cloud: 0x3e_60_96, stars: 1.0,
        },
    }
}

impl Palette {
    /// The colours at an hour, in a weather, with a look's mood, light and accents.
    pub(crate) fn of(time: TimeOfDay, weather: Weather, look: &Look) -> Self {
        let h = hour(time);
        let mut p = Self {
            sky: h.sky.map(rgb), haze: rgb(h.haze), far: rgb(h.far), near: rgb(h.near), light: rgb(h.light),
            ambient: h.ambient, cloud: rgb(h.cloud), stars: h.stars, air: 1.0,
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
        let cool = mix(veil, mul(veil, rgb(0xc8_d6_e6)), 0.6);
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
            self.haze = mix(self.haze, rgb(0xff_cf_90), 0.18);
            self.sky[3] = mix(self.sky[3], rgb(0xff_dc_a0), 0.25);
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
