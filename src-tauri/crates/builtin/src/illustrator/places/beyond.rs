//! Places off the earth: space, another planet, and the sky above the clouds.

use super::wild::ground_layer;
use super::{
    Crest, Drawable, FEET, Ground, Idle, ParticleKind, Particles, Pool, STAGE, Set, Site, Stand, Sun, Surface, WHITE,
    mix, rgb,
};
use crate::illustrator::colour::Rgb;

fn night_sky(site: &Site) -> [Rgb; 4] {
    [rgb(0x040412), rgb(0x0c0c2e), rgb(0x1e1756), mix(rgb(0x3c2678), site.palette.haze, 0.12)]
}

fn twinkles(site: &Site) -> Particles {
    Particles {
        kind: ParticleKind::Twinkles,
        count: 110,
        depth: 0.03,
        colour: rgb(0xe8f0ff),
        size: 4.0,
        seed: site.seed.fork("twinkles"),
    }
}

pub(super) fn space(site: &Site) -> Set {
    let side = site.side();
    let sun = Sun { x: site.across(0.30 * side), y: 260.0, radius: 0.0, moon: true };
    let sky = Drawable::Sky {
        colours: night_sky(site),
        top: 0.0,
        horizon: STAGE * 1.1,
        sun: Some(sun),
        stars: 1.7,
        nebula: 1.0,
    };
    let mut layers = vec![site.layer("sky", 0.02, sky)];
    let mut rng = site.seed.fork("globe").rng();
    let hue = [rgb(0xd88c5c), rgb(0x6c8cd8), rgb(0xb070b8), rgb(0x5cb0a4)][rng.below(4)];
    let globe = Drawable::Globe { x: site.across(0.27 * side), y: 300.0, radius: 150.0, colour: hue, ring: true };
    layers.push(site.layer("globe", 0.10, globe).idle(Idle::Bob { amount: 7.0, period: 11.0, phase: 0.1 }));
    let low =
        Drawable::Globe { x: site.across(-0.22 * side), y: 2330.0, radius: 1500.0, colour: rgb(0x5c78b4), ring: false };
    layers.push(site.layer("world below", 0.30, low));
    let ground = Ground {
        crest: Crest::Flat { y: FEET - 60.0 },
        seed: site.seed,
        depth: 0.85,
        left: -site.across(0.36),
        right: site.across(0.36),
    };
    let pool = Some(Pool { line: 520.0, depth: 0.8, left: -site.across(0.36), right: site.across(0.36), under: true });
    let stands = vec![
        Stand { x: site.across(-0.26 * side), y: 560.0, depth: 0.5, tallest: 300.0, wet: false },
        Stand { x: site.across(0.10 * side), y: 380.0, depth: 0.3, tallest: 180.0, wet: false },
    ];
    Set { layers, particles: vec![twinkles(site)], ground, pool, stands, weightless: true }
}

pub(super) fn planet(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let mut rng = site.seed.fork("soil").rng();
    let soil = [rgb(0xc06c4c), rgb(0x8c86b4), rgb(0x5c9494), rgb(0xb4946c)][rng.below(4)];
    let lamp = if p.stars > 0.3 { 0.75 } else { 0.95 };
    let soil = soil.map(|v| v * lamp);
    let mut sky_colours = night_sky(site);
    sky_colours[3] = mix(sky_colours[3], soil, 0.45);
    let sun = Sun { x: site.across(-0.28 * side), y: 210.0, radius: 0.0, moon: true };
    let sky = Drawable::Sky {
        colours: sky_colours,
        top: 0.0,
        horizon: site.horizon + 40.0,
        sun: Some(sun),
        stars: 1.4,
        nebula: 0.6,
    };
    let mut layers = vec![site.layer("sky", 0.02, sky)];
    let globe = Drawable::Globe {
        x: site.across(0.26 * side),
        y: 250.0,
        radius: 120.0,
        colour: rgb(0x8ca0d8),
        ring: rng.chance(0.6),
    };
    layers.push(site.layer("globe", 0.06, globe));
    for (i, (y, height, depth, far)) in
        [(30.0, 190.0, 0.14, 0.6), (120.0, 140.0, 0.30, 0.35), (200.0, 90.0, 0.5, 0.15)].into_iter().enumerate()
    {
        let crest = Crest::Hills { base: site.horizon + y, height, frequency: 0.0019, sharp: i < 2 };
        let mut layer = site
            .land(&format!("ridge {i}"), depth, crest, soil, 0.0)
            .surface(if i < 2 { Surface::Rock } else { Surface::Craters })
            .mist(0.1)
            .layer();
        if let Drawable::Land { colour, .. } = &mut layer.drawable {
            *colour = mix(soil, sky_colours[2], far);
        }
        layers.push(layer);
    }
    let ground = site.near_ground(FEET - 8.0, 40.0);
    let mut floor = ground_layer(site, &ground, soil, Surface::Craters);
    if let Drawable::Land { colour, mist, .. } = &mut floor.drawable {
        *colour = mix(soil, sky_colours[0], 0.16);
        *mist = 0.0;
    }
    layers.push(floor);
    let stands = site.spots(&ground, 420.0);
    Set { layers, particles: vec![twinkles(site)], ground, pool: None, stands, weightless: false }
}

pub(super) fn sky(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let site = &Site { horizon: STAGE * 0.80, ..*site };
    let mut layers = site.sky_layers(-side);
    let sea_of_clouds = |name: &str, depth, y: f32, size, speed| {
        site.layer(name, depth, Drawable::Clouds { high: y, low: y + 90.0, spacing: size * 1.5, size })
            .idle(Idle::Drift { speed })
    };
    layers.push(site.layer("floor", 0.2, Drawable::Mist { y: 960.0, height: 560.0, colour: mix(p.cloud, WHITE, 0.2) }));
    layers.push(sea_of_clouds("cloud floor far", 0.24, 830.0, 130.0, 5.0));
    layers.push(sea_of_clouds("cloud floor", 0.5, 960.0, 190.0, 8.0));
    layers.push(sea_of_clouds("cloud near", 1.2, 1090.0, 260.0, 16.0).blur(6.0));
    let ground = Ground {
        crest: Crest::Flat { y: FEET - 20.0 },
        seed: site.seed,
        depth: 0.85,
        left: -site.across(0.36),
        right: site.across(0.36),
    };
    let stands = vec![
        Stand { x: site.across(0.28 * side), y: 470.0, depth: 0.5, tallest: 260.0, wet: false },
        Stand { x: site.across(-0.3 * side), y: 600.0, depth: 0.6, tallest: 260.0, wet: false },
    ];
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: true }
}
