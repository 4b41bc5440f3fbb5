//! Places without a sky: under water and under the ground.

use super::wild::ground_layer;
use super::{Crest, Drawable, FEET, Idle, ParticleKind, Particles, Pool, STAGE, Set, Site, Surface, glow, mix, rgb};
use crate::illustrator::colour::{Rgb, scale};

pub(super) fn underwater(site: &Site) -> Set {
    let side = site.side();
    let night = site.palette.stars > 0.3;
    let dim = if night { 0.52 } else { 1.0 };
    let water: [Rgb; 4] = [0x8ff0e4, 0x2fb3c9, 0x12669c, 0x0a2f66].map(|c| scale(rgb(c), dim));
    let mut site = *site;
    site.palette.haze = scale(rgb(0x1f7fae), dim);
    site.palette.near = scale(rgb(0x061a3c), dim);
    site.palette.light = rgb(0xd8fff4);
    let p = &site.palette;
    let sky = Drawable::Sky { colours: water, top: 0.0, horizon: STAGE, sun: None, stars: 0.0, nebula: 0.0 };
    let mut layers = vec![site.layer("water", 0.02, sky)];
    let rays = Drawable::Rays {
        x: site.across(-0.05 * side),
        y: -420.0,
        colour: p.light,
        strength: if night { 0.14 } else { 0.26 },
    };
    layers.push(site.layer("rays", 0.12, rays).light().idle(Idle::Flicker { low: 0.7, period: 4.0, phase: 0.0 }));
    for (i, (base, far)) in [(830.0, 0.62), (910.0, 0.36)].into_iter().enumerate() {
        let crest = Crest::Hills { base, height: 210.0, frequency: 0.0025, sharp: true };
        layers.push(
            site.land(&format!("reef {i}"), 0.22 + 0.2 * i as f32, crest, mix(p.near, p.haze, far), 0.1)
                .mist(0.4)
                .layer(),
        );
    }
    let ground = site.near_ground(FEET + 10.0, 46.0);
    let sand = mix(p.near, scale(rgb(0xc7b98a), dim), 0.45);
    layers.push(ground_layer(&site, &ground, sand, Surface::Pebbles));
    let coral = Drawable::Reef { y: 1010.0, height: 190.0, colour: scale(rgb(0xe06c78), 0.8 * dim) };
    layers.push(site.layer("corals", 0.92, coral));
    let weed = Drawable::Blades { y: 1090.0, height: 200.0, colour: scale(p.near, 0.9) };
    layers.push(site.layer("weed", 1.3, weed).blur(6.0));
    let bubbles = Particles {
        kind: ParticleKind::Bubbles,
        count: 50,
        depth: 0.9,
        colour: rgb(0xccffff),
        size: 7.0,
        seed: site.seed.fork("bubbles"),
    };
    let stands = site.spots(&ground, 340.0);
    let pool = Some(Pool { line: 500.0, depth: 0.72, left: -site.across(0.36), right: site.across(0.36), under: true });
    Set { layers, particles: vec![bubbles], ground, pool, stands, weightless: false }
}

pub(super) fn cave(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let rock = mix(p.lit(rgb(0x948288)), p.near, 0.24);
    let x = site.across(0.16 * side);
    let mut layers = site.sky_layers(side);
    layers.retain(|l| !matches!(l.drawable, Drawable::Clouds { .. }));
    let far = Crest::Hills { base: site.horizon + 40.0, height: 120.0, frequency: 0.003, sharp: true };
    layers.push(site.land("outside", 0.12, far, p.land(rgb(0x8cb480), 0.1), 0.3).mist(0.2).layer());
    layers.push(site.layer(
        "mouth",
        0.34,
        Drawable::CaveWall { opening: x, floor: 790.0, colour: mix(rock, p.haze, 0.16), mouth: true },
    ));
    let warm = mix(p.light, rgb(0xffe0b0), 0.3);
    layers.push(glow(x, 560.0, 520.0, warm, 0.34, 0.35, site.seed));
    let cone = Drawable::Cone {
        x,
        y: 470.0,
        top: 220.0,
        foot_x: x - 260.0 * side,
        foot_y: 1000.0,
        foot: 780.0,
        colour: warm,
        strength: 0.22,
    };
    layers.push(site.layer("daylight", 0.7, cone).light());
    let ground = site.near_ground(FEET - 8.0, 50.0);
    layers.push(ground_layer(site, &ground, mix(rock, p.near, 0.2), Surface::Pebbles));
    layers.push(
        site.layer(
            "near rock",
            1.25,
            Drawable::CaveWall {
                opening: 0.0,
                floor: 1130.0,
                colour: mix(p.foreground(), scale(rock, 0.4), 0.5),
                mouth: false,
            },
        )
        .blur(6.0),
    );
    let motes = Particles {
        kind: ParticleKind::Motes,
        count: 40,
        depth: 0.8,
        colour: warm,
        size: 4.0,
        seed: site.seed.fork("motes"),
    };
    let stands = site.spots(&ground, 360.0);
    Set { layers, particles: vec![motes], ground, pool: None, stands, weightless: false }
}
