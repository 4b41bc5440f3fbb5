//! Places among houses: city, street, village and market.

use super::wild::ground_layer;
use super::{Crest, Drawable, FEET, Ground, Layer, Set, Site, Surface, glow, mix, rgb};
use crate::illustrator::scene::{Piece, PieceKind};
use story::Weather;

fn lamps(site: &Site, layers: &mut Vec<Layer>, y: f32, depth: f32, fractions: &[f32]) {
    let p = &site.palette;
    let height = 500.0;
    for (i, &fraction) in fractions.iter().enumerate() {
        let x = site.across(fraction);
        let piece = Piece { kind: PieceKind::Lamp, x, y, w: 150.0, h: height, colour: mix(p.near, rgb(0x080a10), 0.5) };
        layers.push(site.layer(&format!("lamp {i}"), depth, Drawable::Piece { piece }));
        if p.lamps {
            let warm = rgb(0xffe8b0);
            let (hx, hy) = (x, y - height + 34.0);
            let cone = Drawable::Cone {
                x: hx,
                y: hy,
                top: 30.0,
                foot_x: hx,
                foot_y: y + 20.0,
                foot: 420.0,
                colour: warm,
                strength: 0.34,
            };
            layers.push(site.layer(&format!("lamplight {i}"), depth + 0.001, cone).light());
            layers.push(glow(hx, hy, 150.0, warm, 0.8, depth + 0.002, site.seed));
        }
    }
}

fn wet(site: &Site) -> f32 {
    match site.weather {
        Weather::Rain | Weather::Storm => 1.0,
        _ if site.palette.lamps => 0.35,
        _ => 0.0,
    }
}

fn paved(site: &Site, y: f32) -> Ground {
    Ground {
        crest: Crest::Flat { y },
        seed: site.seed,
        depth: 0.85,
        left: -site.across(0.36),
        right: site.across(0.36),
    }
}

pub(super) fn city(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let h = site.horizon;
    let mut layers = site.sky_layers(-side);
    let lit = if p.lamps { 0.26 } else { 0.0 };
    for (i, (base, low, high, width, far, depth)) in [
        (160.0, 220.0, 470.0, 76.0, 0.66, 0.14),
        (200.0, 240.0, 560.0, 110.0, 0.40, 0.28),
        (250.0, 140.0, 440.0, 150.0, 0.18, 0.46),
    ]
    .into_iter()
    .enumerate()
    {
        let stone = mix(p.land(rgb(0x6c7488), 0.42), p.far, 0.35 * far);
        let towers = Drawable::Towers {
            base: h + base,
            low,
            high,
            width,
            colour: p.veiled(stone, far),
            mist: 0.2 + 0.4 * far,
            lit,
        };
        layers.push(site.layer(&format!("towers {i}"), depth, towers));
    }
    let (near, far) = (p.land(rgb(0x3c3e4c), 0.5), p.veiled(p.land(rgb(0x6c6e7c), 0.3), 0.25));
    layers.push(site.layer(
        "street",
        0.7,
        Drawable::Pavement { y: (h + 214.0).min(FEET - 62.0), near, far, wet: wet(site) },
    ));
    lamps(site, &mut layers, (h + 250.0).min(FEET - 26.0), 0.78, &[-0.31 * side, 0.36 * side]);
    let ground = paved(site, FEET - 8.0);
    let stands = site.spots(&ground, 420.0);
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}

pub(super) fn street(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let h = site.horizon;
    let mut layers = site.sky_layers(-side);
    let lit = if p.lamps { 0.3 } else { 0.0 };
    let stone = p.land(rgb(0x7c7480), 0.3);
    let towers = Drawable::Towers {
        base: h + 130.0,
        low: 200.0,
        high: 430.0,
        width: 110.0,
        colour: p.veiled(stone, 0.6),
        mist: 0.5,
        lit,
    };
    layers.push(site.layer("towers", 0.16, towers));
    layers.push(site.layer(
        "far houses",
        0.3,
        Drawable::Houses { base: h + 190.0, height: 250.0, width: 190.0, gap: 0.0, far: 0.36 },
    ));
    layers.push(site.layer(
        "houses",
        0.5,
        Drawable::Houses { base: h + 238.0, height: 380.0, width: 300.0, gap: 0.0, far: 0.10 },
    ));
    let (near, far) = (p.land(rgb(0x54525c), 0.4), p.land(rgb(0x868288), 0.2));
    layers.push(site.layer(
        "street",
        0.7,
        Drawable::Pavement { y: (h + 228.0).min(FEET - 62.0), near, far, wet: wet(site) },
    ));
    lamps(site, &mut layers, (h + 262.0).min(FEET - 26.0), 0.78, &[-0.36 * side, 0.32 * side]);
    let ground = paved(site, FEET - 8.0);
    let stands = site.spots(&ground, 380.0);
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}

pub(super) fn village(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let h = site.horizon;
    let mut layers = site.sky_layers(-side);
    let green = p.land(rgb(0x74a058), 0.24);
    for (i, (y, height, depth, far)) in [(10.0, 170.0, 0.12, 0.72), (70.0, 110.0, 0.22, 0.5)].into_iter().enumerate() {
        let crest = Crest::Hills { base: h + y, height, frequency: 0.0017, sharp: false };
        layers.push(
            site.land(&format!("hill {i}"), depth, crest, mix(green, p.far, far * 0.5), far)
                .cover(super::CoverKind::Round, 60.0, 110.0, p.veiled(p.land(rgb(0x4c7c48), 0.3), far * 0.9))
                .layer(),
        );
    }
    layers.push(site.layer(
        "far houses",
        0.34,
        Drawable::Houses { base: h + 120.0, height: 120.0, width: 130.0, gap: 70.0, far: 0.34 },
    ));
    let lane = Crest::Hills { base: h + 140.0, height: 30.0, frequency: 0.002, sharp: false };
    layers.push(site.land("lane", 0.38, lane, green, 0.26).layer());
    layers.push(site.layer(
        "houses",
        0.55,
        Drawable::Houses { base: h + 216.0, height: 210.0, width: 220.0, gap: 190.0, far: 0.10 },
    ));
    let green_near = Crest::Hills { base: h + 216.0, height: 16.0, frequency: 0.002, sharp: false };
    layers.push(site.land("green", 0.6, green_near, p.land(rgb(0x7cac58), 0.2), 0.08).surface(Surface::Grass).layer());
    let ground = site.near_ground(FEET - 8.0, 26.0);
    layers.push(ground_layer(site, &ground, p.land(rgb(0x8ca45c), 0.24), Surface::Grass));
    let stands = site.spots(&ground, 400.0);
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}

pub(super) fn market(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let h = site.horizon;
    let mut layers = site.sky_layers(-side);
    layers.push(site.layer(
        "far houses",
        0.26,
        Drawable::Houses { base: h + 170.0, height: 240.0, width: 180.0, gap: 0.0, far: 0.42 },
    ));
    let (near, far) = (p.land(rgb(0x8c7c6c), 0.34), p.land(rgb(0xb4a490), 0.14));
    layers.push(site.layer("square", 0.4, Drawable::Pavement { y: h + 150.0, near, far, wet: wet(site) * 0.6 }));
    let awnings = [0xd04c44, 0x3c849c, 0xe0a03c, 0x5c8c50];
    for (i, fraction) in [-0.40, -0.13, 0.14, 0.41].into_iter().enumerate() {
        let colour = p.lit(rgb(awnings[i]));
        let piece = Piece {
            kind: PieceKind::Stall,
            x: site.width.max(1300.0) * fraction,
            y: h + 226.0,
            w: 300.0,
            h: 330.0,
            colour,
        };
        layers.push(site.layer(&format!("stall {i}"), 0.6, Drawable::Piece { piece }));
    }
    let ground = paved(site, FEET - 8.0);
    let stands = site.spots(&ground, 300.0);
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}
