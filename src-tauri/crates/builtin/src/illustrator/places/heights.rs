//! Wide bare places: mountains, a castle on its hill, desert and snow.

use super::wild::ground_layer;
use super::{CoverKind, Crest, Drawable, FEET, Idle, Layer, Set, Site, Stand, Surface, mix, rgb};
use crate::illustrator::colour::WHITE;

fn peaks(site: &Site, surface: Surface) -> Vec<Layer> {
    let p = &site.palette;
    [(40.0, 420.0, 0.0016, 0.10, 0.74), (90.0, 330.0, 0.0021, 0.20, 0.52), (160.0, 240.0, 0.0026, 0.32, 0.32)]
        .into_iter()
        .enumerate()
        .map(|(i, (y, height, frequency, depth, far))| {
            let crest = Crest::Hills { base: site.horizon + y, height, frequency, sharp: true };
            let rock = mix(p.land(rgb(0x807a8c), 0.25), p.far, 0.4);
            site.land(&format!("peak {i}"), depth, crest, rock, far).surface(surface).mist(0.75).layer()
        })
        .collect()
}

pub(super) fn mountain(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let mut layers = site.sky_layers(-side);
    layers.extend(peaks(site, Surface::SnowPeaks));
    let hill = Crest::Hills { base: site.horizon + 210.0, height: 150.0, frequency: 0.0017, sharp: false };
    let green = p.land(rgb(0x668050), 0.32);
    layers.push(
        site.land("hill", 0.5, hill, green, 0.2)
            .cover(CoverKind::Pine, 84.0, 60.0, p.veiled(p.land(rgb(0x3c604c), 0.4), 0.16))
            .layer(),
    );
    let ground = site.near_ground(FEET - 8.0, 60.0);
    layers.push(ground_layer(site, &ground, p.land(rgb(0x6c7448), 0.36), Surface::Grass));
    layers.push(
        site.layer("blades", 1.3, Drawable::Blades { y: 1085.0, height: 100.0, colour: p.foreground() }).blur(4.0),
    );
    let stands = site.spots(&ground, 420.0);
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}

pub(super) fn castle(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let mut layers = site.sky_layers(-side);
    layers.extend(peaks(site, Surface::Rock).into_iter().take(2));
    let green = p.land(rgb(0x749454), 0.28);
    let hill = Crest::Shore {
        y: site.horizon + 20.0,
        foot: site.across(-0.34 * side),
        top: site.across(0.12 * side),
        rough: 30.0,
    };
    let mut mound = site.land("mound", 0.42, hill, green, 0.26).layer();
    mound.seed = site.seed.fork("mound");
    layers.push(mound);
    let near = Crest::Hills { base: site.horizon + 220.0, height: 110.0, frequency: 0.0017, sharp: false };
    layers.push(
        site.land("hill", 0.5, near, green, 0.16)
            .cover(CoverKind::Round, 80.0, 120.0, p.veiled(p.land(rgb(0x4c7444), 0.3), 0.14))
            .layer(),
    );
    let ground = site.near_ground(FEET - 8.0, 50.0);
    layers.push(ground_layer(site, &ground, p.land(rgb(0x6c9048), 0.3), Surface::Flowers));
    let x = site.across(0.24 * side);
    let seat = hill.y(x, site.seed.fork("mound")) + 12.0;
    let mut stands = vec![Stand { x, y: seat, depth: 0.421, tallest: 440.0, wet: false }];
    stands.extend(site.spots(&ground, 420.0));
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}

pub(super) fn desert(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let mut layers = site.sky_layers(-side);
    layers.retain(|l| !matches!(l.drawable, Drawable::Clouds { .. }) || site.weather != story::Weather::Clear);
    for (i, (y, height, depth, far)) in
        [(40.0, 90.0, 0.14, 0.62), (110.0, 130.0, 0.28, 0.38), (210.0, 170.0, 0.48, 0.15)].into_iter().enumerate()
    {
        let crest = Crest::Dunes { base: site.horizon + y, height, length: 420.0 + 190.0 * i as f32 };
        let sand = p.land(rgb(0xde9c58), 0.12);
        layers.push(site.land(&format!("dune {i}"), depth, crest, sand, far).surface(Surface::Dune).mist(0.25).layer());
    }
    let ground = site.near_ground(FEET - 8.0, 54.0);
    layers.push(ground_layer(site, &ground, p.land(rgb(0xcc8448), 0.18), Surface::Pebbles));
    let stands = site.spots(&ground, 420.0);
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}

pub(super) fn snowfield(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let mut layers = site.sky_layers(-side);
    if p.stars > 0.6 {
        layers.push(
            site.layer("aurora", 0.03, Drawable::Aurora { y: site.horizon * 0.5 }).light().idle(Idle::Flicker {
                low: 0.7,
                period: 5.0,
                phase: 0.0,
            }),
        );
    }
    let snow = site.snow();
    for (i, (y, depth, far, size)) in [(20.0, 0.18, 0.55, 120.0), (110.0, 0.38, 0.34, 190.0)].into_iter().enumerate() {
        let crest = Crest::Hills { base: site.horizon + y, height: 110.0, frequency: 0.0022, sharp: false };
        let trees = p.veiled(p.land(rgb(0x2c5058), 0.4), far);
        layers.push(
            site.land(&format!("hill {i}"), depth, crest, snow, far)
                .mist(0.4)
                .cover(CoverKind::Pine, size, size * 0.62, trees)
                .layer(),
        );
    }
    let ground = site.near_ground(FEET - 10.0, 46.0);
    layers.push(ground_layer(site, &ground, mix(snow, WHITE, 0.12), Surface::Snow));
    layers.push(site.layer("branch", 1.3, Drawable::Branch { right: side > 0.0, colour: p.foreground() }).blur(5.0));
    let stands = site.spots(&ground, 420.0);
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}
