//! Places by the water: open sea, coast, harbor, beach, lake and river.

use super::{CoverKind, Crest, Drawable, FEET, Ground, Idle, Layer, Pool, Rgb, Set, Site, Stand, Surface, mix, rgb};
use crate::illustrator::colour::{mul, scale};
use crate::illustrator::scene::{Piece, PieceKind};

/// The colour of deep water at this hour.
fn deep(site: &Site, blue: u32) -> Rgb {
    let p = &site.palette;
    let dark = if p.stars > 0.3 { 0.38 } else { 0.05 };
    mix(mix(p.lit(rgb(blue)), p.sky[0], 0.36), p.near, dark)
}

/// Sky, far islands and water down to the lower edge, with rows of waves.
fn open_water(site: &Site, light_side: f32, islands: f32, blue: u32, waves: &[(f32, f32, f32)]) -> Vec<Layer> {
    let p = &site.palette;
    let h = site.horizon;
    let mut layers = site.sky_layers(light_side);
    if islands > 0.0 {
        let crest = Crest::Hills { base: h + 14.0, height: islands, frequency: 0.0031, sharp: true };
        layers
            .push(site.land("islands", 0.12, crest, p.land(p.far, 0.1), 0.45).surface(Surface::Rock).mist(0.6).layer());
    }
    let deep = deep(site, blue);
    let sun = site.sun(light_side);
    layers.push(site.layer("water", 0.25, Drawable::Water { line: h, deep, light_x: Some(sun.x) }));
    for (i, &(depth, y, height)) in waves.iter().enumerate() {
        let near = (i + 1) as f32 / waves.len() as f32;
        let colour = mix(
            mix(deep, p.haze, 0.20 * (1.0 - near)),
            p.near,
            if p.stars > 0.3 { 0.10 + 0.26 * near } else { 0.03 + 0.15 * near },
        );
        let wave = Drawable::Wave { y: h + y, height, length: 260.0 + 260.0 * near, colour };
        let motion = Idle::Travel {
            speed: 0.0,
            amount: 3.0 + 6.0 * near,
            degrees: 0.0,
            period: 4.6 + i as f32 * 0.7,
            phase: i as f32 * 0.31,
        };
        layers.push(site.layer(&format!("wave {i}"), depth, wave).idle(motion));
    }
    layers
}

fn pool(site: &Site, y: f32, depth: f32, left: f32, right: f32) -> Pool {
    Pool { line: site.horizon + y, depth, left: site.across(left), right: site.across(right), under: false }
}

/// A piece of near land that rises out of the water on one side and is walked on.
fn near_shore(site: &Site, side: f32, foot: f32, top: f32, y: f32, rough: f32) -> Ground {
    let crest = Crest::Shore { y, foot: site.across(foot * side), top: site.across(top * side), rough };
    let (a, b) = (site.across((top + 0.02) * side), site.across(0.47 * side));
    Ground { crest, seed: site.seed.fork("ground"), depth: 0.85, left: a.min(b), right: a.max(b) }
}

fn ground_layer(site: &Site, ground: &Ground, colour: Rgb, surface: Surface) -> Layer {
    let mut layer = site.land("ground", ground.depth, ground.crest, colour, 0.05).surface(surface).mist(0.06).layer();
    layer.seed = ground.seed;
    layer
}

pub(super) fn sea(site: &Site) -> Set {
    let side = site.side();
    let mut layers = open_water(
        site,
        -side,
        0.0,
        0x2b6fb0,
        &[(0.34, 70.0, 8.0), (0.48, 150.0, 13.0), (0.66, 250.0, 18.0), (1.1, 400.0, 24.0)],
    );
    // Whoever cannot swim stands on a rock in the water.
    let ground = near_shore(site, side, 0.10, 0.20, FEET - 6.0, 34.0);
    let p = &site.palette;
    layers.push(ground_layer(site, &ground, p.land(rgb(0x6a6f80), 0.42), Surface::Rock));
    let pool = Some(pool(site, 156.0, 0.56, -0.40, 0.40));
    let x = site.across(-0.2 * side);
    let stands = vec![Stand { x, y: site.horizon + 70.0, depth: 0.36, tallest: 210.0, wet: true }];
    Set { layers, particles: vec![], ground, pool, stands, weightless: false }
}

pub(super) fn coast(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let h = site.horizon;
    let mut layers = open_water(
        site,
        -side,
        92.0,
        0x2f6da8,
        &[(0.36, 74.0, 8.0), (0.50, 150.0, 12.0), (0.74, 268.0, 19.0), (1.12, 420.0, 26.0)],
    );
    let rock = p.land(rgb(0x7d7886), 0.34);
    let cliff_y = h + 66.0;
    let cliff = Crest::Shore { y: cliff_y, foot: site.across(0.06 * side), top: site.across(0.19 * side), rough: 46.0 };
    let mut headland = site.land("headland", 0.62, cliff, rock, 0.12).surface(Surface::Rock).mist(0.16).layer();
    headland.seed = site.seed.fork("headland");
    let seat = |x: f32| cliff.y(x, site.seed.fork("headland")) + 8.0;
    layers.push(headland);
    let ground = near_shore(site, side, -0.16, 0.02, FEET - 4.0, 30.0);
    layers.push(ground_layer(site, &ground, p.land(rgb(0x6d7260), 0.42), Surface::Grass));
    let (a, b) = (site.across(0.30 * side), site.across(0.43 * side));
    let stands = vec![
        Stand { x: a, y: seat(a), depth: 0.621, tallest: 470.0, wet: false },
        Stand { x: b, y: seat(b), depth: 0.622, tallest: 200.0, wet: false },
        Stand { x: site.across(-0.26 * side), y: h + 66.0, depth: 0.365, tallest: 130.0, wet: true },
    ];
    let (l, r) = if side > 0.0 { (-0.42, -0.02) } else { (0.02, 0.42) };
    Set { layers, particles: vec![], ground, pool: Some(pool(site, 172.0, 0.56, l, r)), stands, weightless: false }
}

pub(super) fn harbor(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let h = site.horizon;
    let mut layers =
        open_water(site, -side, 70.0, 0x2d6492, &[(0.36, 70.0, 6.0), (0.52, 150.0, 9.0), (0.72, 240.0, 12.0)]);
    let shore = Crest::Hills { base: h + 26.0, height: 56.0, frequency: 0.0022, sharp: false };
    let green = p.land(rgb(0x6b846a), 0.28);
    layers.push(
        site.land("bank", 0.28, shore, green, 0.34)
            .mist(0.3)
            .cover(CoverKind::Round, 54.0, 74.0, p.veiled(p.land(rgb(0x446c50), 0.3), 0.3))
            .layer(),
    );
    layers.push(site.layer(
        "houses",
        0.30,
        Drawable::Houses { base: h + 40.0, height: 92.0, width: 92.0, gap: 26.0, far: 0.26 },
    ));
    let water = Drawable::Water { line: h + 46.0, deep: deep(site, 0x2d6492), light_x: Some(site.sun(-side).x) };
    layers.push(site.layer("basin", 0.32, water));
    let ground = Ground {
        crest: Crest::Flat { y: FEET - 6.0 },
        seed: site.seed,
        depth: 0.85,
        left: -site.across(0.36),
        right: site.across(0.36),
    };
    let wood = p.land(rgb(0x8a6244), 0.22);
    let quay =
        Piece { kind: PieceKind::Quay, x: 0.0, y: FEET - 40.0 + 420.0, w: site.width * 1.9, h: 420.0, colour: wood };
    layers.push(site.layer("quay", 0.84, Drawable::Piece { piece: quay }));
    let stands = [(-0.30, 112.0, 0.46, 220.0), (0.04, 84.0, 0.40, 150.0), (0.36, 118.0, 0.47, 230.0)]
        .into_iter()
        .map(|(x, y, depth, tallest)| Stand { x: site.across(x * side), y: h + y, depth, tallest, wet: true })
        .collect();
    Set {
        layers,
        particles: vec![],
        ground,
        pool: Some(pool(site, 170.0, 0.58, -0.42, 0.42)),
        stands,
        weightless: false,
    }
}

pub(super) fn beach(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let h = site.horizon;
    let mut layers = open_water(site, -side, 60.0, 0x2f9cc0, &[(0.36, 66.0, 6.0), (0.52, 126.0, 9.0)]);
    let sand = p.land(rgb(0xecd3a0), 0.10);
    let wet = Crest::Hills { base: h + 226.0, height: 50.0, frequency: 0.0013, sharp: false };
    layers.push(site.land("wet sand", 0.70, wet, scale(mul(sand, rgb(0xd8d8e4)), 0.88), 0.08).mist(0.05).layer());
    let ground = site.near_ground(FEET - 10.0, 40.0);
    layers.push(ground_layer(site, &ground, sand, Surface::Pebbles));
    let mut stands = site.spots(&ground, 420.0);
    stands.insert(1, Stand { x: site.across(-0.28 * side), y: h + 60.0, depth: 0.365, tallest: 130.0, wet: true });
    Set { layers, particles: vec![], ground, pool: Some(pool(site, 132.0, 0.53, -0.4, 0.4)), stands, weightless: false }
}

/// Water between two wooded banks.
fn between_banks(site: &Site, far_bank: f32, blue: u32) -> Set {
    let p = &site.palette;
    let side = site.side();
    let h = site.horizon;
    let mut layers = site.sky_layers(-side);
    for (i, (base, height, far)) in [(h + 10.0, 250.0, 0.72), (h + 16.0, 150.0, 0.5)].into_iter().enumerate() {
        let crest = Crest::Hills { base, height, frequency: 0.0017 + 0.0008 * i as f32, sharp: i == 0 };
        let green = p.land(rgb(0x4c7c5c), 0.25);
        let mut hill = site.land(&format!("hill {i}"), 0.10 + 0.08 * i as f32, crest, mix(green, p.far, 0.4), far);
        if i == 1 {
            hill = hill.cover(CoverKind::Pine, 66.0, 36.0, p.veiled(green, far - 0.06));
        }
        layers.push(hill.layer());
    }
    let bank = Crest::Hills { base: h + far_bank, height: 30.0, frequency: 0.002, sharp: false };
    let grass = p.land(rgb(0x5c8c50), 0.26);
    let trees = p.veiled(p.land(rgb(0x3f7048), 0.3), 0.26);
    layers.push(site.land("far bank", 0.3, bank, grass, 0.3).cover(CoverKind::Round, 104.0, 92.0, trees).layer());
    let line = h + far_bank + 6.0;
    let deep = deep(site, blue);
    layers.push(site.layer("water", 0.34, Drawable::Water { line, deep, light_x: Some(site.sun(-side).x) }));
    let wave =
        |y, height, near: f32| Drawable::Wave { y, height, length: 380.0, colour: mix(deep, p.near, 0.1 + near) };
    layers.push(site.layer("ripple", 0.62, wave(line + 170.0, 7.0, 0.12)).idle(Idle::Bob {
        amount: 3.0,
        period: 5.0,
        phase: 0.2,
    }));
    let ground = near_shore(site, side, -0.30, -0.06, FEET - 4.0, 20.0);
    layers.push(ground_layer(site, &ground, p.land(rgb(0x5f8a48), 0.30), Surface::Grass));
    let mut stands = site.spots(&Ground { left: ground.left, ..ground }, 420.0);
    stands.retain(|s| s.x >= ground.left && s.x <= ground.right);
    stands.push(Stand { x: site.across(-0.2 * side), y: line + 60.0, depth: 0.42, tallest: 140.0, wet: true });
    let (l, r) = if side > 0.0 { (-0.42, -0.05) } else { (0.05, 0.42) };
    let pool =
        Some(Pool { line: line + 118.0, depth: 0.56, left: site.across(l), right: site.across(r), under: false });
    Set { layers, particles: vec![], ground, pool, stands, weightless: false }
}

pub(super) fn lake(site: &Site) -> Set {
    between_banks(site, 34.0, 0x3a7cb4)
}

pub(super) fn river(site: &Site) -> Set {
    between_banks(site, 96.0, 0x3c84a8)
}
