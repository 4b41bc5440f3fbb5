//! The sets: every sort of place as layers, with the ground one stands on and the water one swims in.
//!
//! A set is decided by its place alone (kind, time, weather, seed): the same ridge and the same lighthouse in every shot.
//! Nothing is put into it that was not asked for but scenery. Does not know subjects or cameras.

mod above;
mod beyond;
pub(crate) mod crest;
mod deep;
mod heights;
mod rooms;
mod shore;
mod town;
mod wild;

use story::{PlaceKind, Seed, TimeOfDay, Weather};

use super::colour::{Rgb, WHITE, mix, rgb};
use super::palette::Palette;
use super::scene::{Blend, Cover, CoverKind, Drawable, Idle, Layer, ParticleKind, Particles, STAGE, Sun, Surface};
pub(crate) use above::aerial;
use crest::Crest;

/// A place to be built.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site {
    /// The sort of place.
    pub(crate) kind: PlaceKind,
    /// When.
    pub(crate) time: TimeOfDay,
    /// In what weather.
    pub(crate) weather: Weather,
    /// Width of the stage.
    pub(crate) width: f32,
    /// Where the sky ends.
    pub(crate) horizon: f32,
    /// The colours.
    pub(crate) palette: Palette,
    /// The place's own chance.
    pub(crate) seed: Seed,
}

/// Where somebody can stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ground {
    /// The line of the feet.
    pub(crate) crest: Crest,
    /// The chance of the line.
    pub(crate) seed: Seed,
    /// Its depth.
    pub(crate) depth: f32,
    /// From here …
    pub(crate) left: f32,
    /// … to here.
    pub(crate) right: f32,
}

/// Where somebody can swim.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pool {
    /// The line a swimmer breaks, or the middle of the water when `under`.
    pub(crate) line: f32,
    /// Its depth.
    pub(crate) depth: f32,
    /// From here …
    pub(crate) left: f32,
    /// … to here.
    pub(crate) right: f32,
    /// True below the surface.
    pub(crate) under: bool,
}

/// A spot for a thing that belongs to the place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stand {
    /// Its middle.
    pub(crate) x: f32,
    /// Its foot.
    pub(crate) y: f32,
    /// Its depth.
    pub(crate) depth: f32,
    /// How high a thing may be here.
    pub(crate) tallest: f32,
    /// True on the water.
    pub(crate) wet: bool,
}

/// A built place.
#[derive(Debug, Clone)]
pub(crate) struct Set {
    /// The layers in any order; depth sorts them.
    pub(crate) layers: Vec<Layer>,
    /// What floats and falls.
    pub(crate) particles: Vec<Particles>,
    /// Where one stands.
    pub(crate) ground: Ground,
    /// Where one swims.
    pub(crate) pool: Option<Pool>,
    /// Spots for things, the best first.
    pub(crate) stands: Vec<Stand>,
    /// True where one floats in nothing (space).
    pub(crate) weightless: bool,
}

/// Where the sun or the moon goes: to the left (-1), to the right (1).
pub(crate) type Side = f32;

impl Site {
    /// Builds the place.
    pub(crate) fn build(&self) -> Set {
        use PlaceKind as P;
        let mut set = match self.kind {
            P::Sea => shore::sea(self),
            P::Coast => shore::coast(self),
            P::Harbor => shore::harbor(self),
            P::Beach => shore::beach(self),
            P::Lake => shore::lake(self),
            P::River => shore::river(self),
            P::Meadow => wild::meadow(self),
            P::Forest => wild::forest(self),
            P::Jungle => wild::jungle(self),
            P::Garden => wild::garden(self),
            P::Farm => wild::farm(self),
            P::Road => wild::road(self),
            P::Mountain => heights::mountain(self),
            P::Castle => heights::castle(self),
            P::Desert => heights::desert(self),
            P::Snowfield => heights::snowfield(self),
            P::City => town::city(self),
            P::Street => town::street(self),
            P::Village => town::village(self),
            P::Market => town::market(self),
            P::Space => beyond::space(self),
            P::Planet => beyond::planet(self),
            P::Sky => beyond::sky(self),
            P::Underwater => deep::underwater(self),
            P::Cave => deep::cave(self),
            P::School
            | P::Office
            | P::Kitchen
            | P::LivingRoom
            | P::Bedroom
            | P::Laboratory
            | P::Stage
            | P::Library
            | P::Cafe
            | P::Shop
            | P::Workshop
            | P::Studio => rooms::room(self),
        };
        if self.is_open() {
            if self.weather == Weather::Snow {
                self.snow_over(&mut set);
            }
            self.weather_into(&mut set);
        }
        set
    }

    /// Where it snows the ground is white, what grows on it is dusted, and roads are half covered.
    fn snow_over(&self, set: &mut Set) {
        let snow = self.snow();
        for layer in &mut set.layers {
            match &mut layer.drawable {
                Drawable::Land { colour, surface, cover_colour, .. } => {
                    *colour = mix(*colour, snow, 0.8);
                    *cover_colour = mix(*cover_colour, snow, 0.35);
                    if matches!(surface, Surface::Grass | Surface::Flowers) {
                        *surface = Surface::Snow;
                    }
                }
                Drawable::Pavement { near, far, .. } => {
                    *near = mix(*near, snow, 0.5);
                    *far = mix(*far, snow, 0.6);
                }
                Drawable::Roadway { colour, .. } => *colour = mix(*colour, snow, 0.5),
                _ => {}
            }
        }
    }

    /// The colour of lying snow in this light.
    pub(super) fn snow(&self) -> Rgb {
        mix(self.palette.lit(rgb(0xe4f0fc)), self.palette.sky[1], 0.24)
    }

    fn is_open(&self) -> bool {
        !self.kind.is_indoors() && !matches!(self.kind, PlaceKind::Space | PlaceKind::Underwater | PlaceKind::Planet)
    }

    /// A layer with its own chance, named so that another layer more or less never moves it.
    pub(crate) fn layer(&self, name: &str, depth: f32, drawable: Drawable) -> Layer {
        Layer::new(drawable, depth, self.seed.fork(name))
    }

    /// Which side the main mass of the place is on.
    pub(crate) fn side(&self) -> Side {
        if self.seed.fork("side").rng().chance(0.5) { 1.0 } else { -1.0 }
    }

    /// A fraction of the stage's width from its middle.
    pub(crate) fn across(&self, fraction: f32) -> f32 {
        self.width * fraction
    }

    /// The sun or the moon on a side.
    pub(crate) fn sun(&self, side: Side) -> Sun {
        let mut rng = self.seed.fork("sun").rng();
        let x = self.across(side * rng.between(0.12, 0.27));
        let h = self.horizon;
        match self.time {
            TimeOfDay::Dawn => Sun { x, y: h - 10.0, radius: 74.0, moon: false },
            TimeOfDay::Day => Sun { x, y: h * 0.28, radius: 60.0, moon: false },
            TimeOfDay::Golden => Sun { x, y: h - 95.0, radius: 88.0, moon: false },
            TimeOfDay::Dusk => Sun { x, y: h - 22.0, radius: 84.0, moon: false },
            TimeOfDay::Night => Sun { x, y: h * 0.38, radius: 70.0, moon: true },
        }
    }

    /// The sky and its clouds.
    pub(crate) fn sky_layers(&self, side: Side) -> Vec<Layer> {
        let p = &self.palette;
        let covered = matches!(self.weather, Weather::Rain | Weather::Storm | Weather::Fog | Weather::Snow);
        let mut sun = self.sun(side);
        if covered {
            sun.radius = 0.0;
        }
        let sky = Drawable::Sky {
            colours: p.sky,
            top: 0.0,
            horizon: self.horizon + 20.0,
            sun: Some(sun),
            stars: p.stars,
            nebula: 0.0,
        };
        let mut layers = vec![self.layer("sky", 0.02, sky)];
        let (spacing, size) = match self.weather {
            Weather::Clear => (560.0, 74.0),
            Weather::Cloudy => (300.0, 104.0),
            Weather::Rain | Weather::Storm => (210.0, 140.0),
            Weather::Snow => (340.0, 110.0),
            Weather::Fog => return layers,
        };
        let clouds = |name: &str, depth, high, low, spacing, size, speed| {
            self.layer(name, depth, Drawable::Clouds { high, low, spacing, size }).idle(Idle::Drift { speed })
        };
        layers.push(clouds(
            "far clouds",
            0.04,
            self.horizon * 0.55,
            self.horizon * 0.85,
            spacing * 1.1,
            size * 0.5,
            3.0,
        ));
        layers.push(clouds("clouds", 0.07, self.horizon * 0.16, self.horizon * 0.55, spacing, size, 6.0));
        layers
    }

    /// Falling rain or snow, mist, and the motes of a clear evening.
    fn weather_into(&self, set: &mut Set) {
        let p = &self.palette;
        let seed = self.seed.fork("weather");
        let fall = |kind, count, depth, size, colour| Particles { kind, count, depth, colour, size, seed };
        match self.weather {
            Weather::Rain => set.particles.push(fall(ParticleKind::Rain, 260, 0.9, 1.6, mix(p.light, WHITE, 0.3))),
            Weather::Storm => set.particles.push(fall(ParticleKind::Rain, 460, 0.9, 1.9, mix(p.light, WHITE, 0.3))),
            Weather::Snow => {
                set.particles.push(fall(ParticleKind::Snow, 190, 0.8, 4.0, WHITE));
                set.particles.push(fall(ParticleKind::Snow, 24, 1.4, 11.0, WHITE));
            }
            Weather::Clear if self.kind != PlaceKind::City && self.kind != PlaceKind::Sky => {
                let count = if self.time == TimeOfDay::Day { 14 } else { 34 };
                set.particles.push(fall(ParticleKind::Motes, count, 0.9, 5.0, mix(p.light, rgb(0xfff0b8), 0.5)));
            }
            _ => {}
        }
        let thick = match self.weather {
            Weather::Fog => 0.62,
            Weather::Rain | Weather::Storm => 0.25,
            Weather::Snow => 0.2,
            _ if self.time == TimeOfDay::Dawn => 0.22,
            _ => return,
        };
        for (name, depth, y, height) in
            [("mist far", 0.3, self.horizon + 20.0, 260.0), ("mist near", 0.66, self.horizon + 170.0, 240.0)]
        {
            let mist = Drawable::Mist { y, height, colour: mix(p.haze, WHITE, 0.1) };
            set.layers.push(self.layer(name, depth, mist).opacity(thick).idle(Idle::Drift { speed: 5.0 }));
        }
    }

    /// A land layer: `far` is how much of it the air hides.
    pub(crate) fn land(&self, name: &str, depth: f32, crest: Crest, colour: Rgb, far: f32) -> LandOrder<'_> {
        LandOrder {
            site: self,
            name: name.to_owned(),
            depth,
            crest,
            colour: self.palette.veiled(colour, far),
            mist: 0.15 + 0.6 * far,
            surface: Surface::Plain,
            cover: None,
            cover_colour: None,
        }
    }

    /// The near ground that subjects stand on, over the whole width.
    pub(crate) fn near_ground(&self, y: f32, roll: f32) -> Ground {
        let crest = Crest::Hills { base: y + roll * 0.5, height: roll, frequency: 0.0016, sharp: false };
        Ground {
            crest,
            seed: self.seed.fork("ground"),
            depth: 0.85,
            left: -self.across(0.36),
            right: self.across(0.36),
        }
    }

    /// Spots on the near ground and behind it.
    pub(crate) fn spots(&self, ground: &Ground, tallest: f32) -> Vec<Stand> {
        let side = self.side();
        [0.33, -0.36, 0.16, -0.19, 0.43]
            .into_iter()
            .enumerate()
            .map(|(i, fraction)| {
                let x = self.across(fraction * side);
                let sink = 4.0 + 12.0 * i as f32;
                Stand {
                    x,
                    y: ground.crest.y(x, ground.seed) + sink,
                    depth: ground.depth + 0.002 * (i + 1) as f32,
                    tallest,
                    wet: false,
                }
            })
            .collect()
    }
}

/// A land layer being described.
pub(crate) struct LandOrder<'a> {
    site: &'a Site,
    name: String,
    depth: f32,
    crest: Crest,
    colour: Rgb,
    mist: f32,
    surface: Surface,
    cover: Option<Cover>,
    cover_colour: Option<Rgb>,
}

impl LandOrder<'_> {
    /// With marks on it.
    pub(crate) fn surface(mut self, surface: Surface) -> Self {
        self.surface = surface;
        self
    }

    /// With growth of a colour; the air has been put into that colour already.
    pub(crate) fn cover(mut self, kind: CoverKind, height: f32, spacing: f32, colour: Rgb) -> Self {
        self.cover = Some(Cover { kind, height, spacing });
        self.cover_colour = Some(colour);
        self
    }

    /// How much its foot fades into the haze.
    pub(crate) fn mist(mut self, mist: f32) -> Self {
        self.mist = mist;
        self
    }

    /// The layer.
    pub(crate) fn layer(self) -> Layer {
        let drawable = Drawable::Land {
            crest: self.crest,
            colour: self.colour,
            mist: self.mist,
            surface: self.surface,
            cover: self.cover,
            cover_colour: self.cover_colour.unwrap_or(self.colour),
        };
        self.site.layer(&self.name, self.depth, drawable)
    }
}

/// A glow as a layer.
pub(crate) fn glow(x: f32, y: f32, radius: f32, colour: Rgb, strength: f32, depth: f32, seed: Seed) -> Layer {
    let mut layer = Layer::new(Drawable::Glow { x, y, radius, colour, strength }, depth, seed);
    layer.blend = Blend::Screen;
    layer
}

/// The lowest line that feet may touch: captions go below it.
pub(crate) const FEET: f32 = STAGE * 0.815;
