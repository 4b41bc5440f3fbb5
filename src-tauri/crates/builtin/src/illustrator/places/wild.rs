//! Green places: meadow, forest, jungle, garden, farm and the open road.

use super::{CoverKind, Crest, Drawable, FEET, Ground, Layer, Rgb, Set, Site, Surface, mix, rgb};
use crate::illustrator::colour::{luma, scale};
use crate::illustrator::scene::{Piece, PieceKind};

/// The near ground as a layer.
pub(super) fn ground_layer(site: &Site, ground: &Ground, colour: Rgb, surface: Surface) -> Layer {
    let mut layer = site.land("ground", ground.depth, ground.crest, colour, 0.03).surface(surface).mist(0.05).layer();
    layer.seed = ground.seed;
    layer
}

/// Grass right before the viewer.
fn blades(site: &Site, height: f32) -> Layer {
    let colour = site.palette.foreground();
    site.layer("blades", 1.3, Drawable::Blades { y: 1075.0, height, colour }).blur(4.0)
}

/// The light under leaves: the haze and the lower sky take on their colour, as bright as the hour has them.
fn leafy(site: &Site) -> Site {
    let mut site = *site;
    let p = &mut site.palette;
    let green = rgb(0xdfecc0);
    let tint = |c: Rgb, k: f32| mix(c, scale(green, luma(c) / luma(green)).map(|v| v.min(1.0)), k);
    p.haze = tint(p.haze, 0.72);
    p.sky = [tint(p.sky[0], 0.25), tint(p.sky[1], 0.35), tint(p.sky[2], 0.5), tint(p.sky[3], 0.6)];
    site
}

/// Rows of hills from the horizon towards the viewer.
fn hills(site: &Site, rows: &[(f32, f32, f32, f32)], green: Rgb, cover: Option<(CoverKind, f32, f32)>) -> Vec<Layer> {
    let p = &site.palette;
    rows.iter()
        .enumerate()
        .map(|(i, &(y, height, depth, far))| {
            let crest =
                Crest::Hills { base: site.horizon + y, height, frequency: 0.0015 + 0.0003 * i as f32, sharp: false };
            let mut land = site.land(&format!("hill {i}"), depth, crest, mix(green, p.far, far * 0.5), far);
            if let Some((kind, size, spacing)) = cover {
                let grow = 0.6 + 0.5 * i as f32;
                let shade = p.veiled(mix(scale(green, 0.72), p.near, 0.25), far * 0.9);
                land = land.cover(kind, size * grow, spacing * grow, shade);
            }
            land.layer()
        })
        .collect()
}

pub(super) fn meadow(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let mut layers = site.sky_layers(-side);
    let green = p.land(rgb(0x79b358), 0.20);
    layers.extend(hills(
        site,
        &[(20.0, 130.0, 0.14, 0.72), (90.0, 150.0, 0.28, 0.46)],
        green,
        Some((CoverKind::Round, 60.0, 130.0)),
    ));
    layers.extend(hills(site, &[(180.0, 110.0, 0.5, 0.22)], green, None).into_iter().map(|mut l| {
        l.seed = site.seed.fork("near hill");
        l
    }));
    let ground = site.near_ground(FEET - 10.0, 46.0);
    layers.push(ground_layer(site, &ground, p.land(rgb(0x6ca84c), 0.22), Surface::Flowers));
    layers.push(blades(site, 110.0));
    let stands = site.spots(&ground, 420.0);
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}

pub(super) fn forest(site: &Site) -> Set {
    let site = &leafy(site);
    let p = &site.palette;
    let side = site.side();
    let mut layers = site.sky_layers(-side);
    layers.retain(|l| !matches!(l.drawable, Drawable::Clouds { .. }));
    let green = p.land(rgb(0x3c745c), 0.32);
    for (i, (y, size, depth, far)) in
        [(-10.0, 190.0, 0.14, 0.74), (60.0, 250.0, 0.28, 0.54), (140.0, 330.0, 0.44, 0.34)].into_iter().enumerate()
    {
        let crest = Crest::Hills { base: site.horizon + y, height: 80.0, frequency: 0.0022, sharp: false };
        let trees = p.veiled(scale(green, 0.88), far * 0.96);
        layers.push(
            site.land(&format!("pines {i}"), depth, crest, green, far)
                .mist(0.7)
                .cover(CoverKind::Pine, size, size * 0.30, trees)
                .layer(),
        );
    }
    let sun = site.sun(-side);
    let strength = if p.stars > 0.3 { 0.10 } else { 0.22 };
    layers.push(site.layer("rays", 0.45, Drawable::Rays { x: sun.x, y: -220.0, colour: p.light, strength }).light());
    let w = site.width;
    let trunk = p.veiled(p.land(rgb(0x4c544c), 0.5), 0.2);
    layers.push(site.layer(
        "trunks",
        0.62,
        Drawable::Trunks { at: vec![[-0.34 * w, 42.0], [0.13 * w, 27.0], [0.37 * w, 50.0]], colour: trunk },
    ));
    let ground = site.near_ground(FEET - 10.0, 40.0);
    layers.push(ground_layer(site, &ground, p.land(rgb(0x4c7c44), 0.42), Surface::Grass));
    let edge = Drawable::Trunks { at: vec![[-0.56 * w, 120.0], [0.55 * w, 140.0]], colour: p.foreground() };
    layers.push(site.layer("near trunks", 1.25, edge).blur(6.0));
    layers.push(blades(site, 130.0));
    let stands = site.spots(&ground, 420.0);
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}

pub(super) fn jungle(site: &Site) -> Set {
    let site = &leafy(site);
    let p = &site.palette;
    let side = site.side();
    let mut layers = site.sky_layers(-side);
    layers.retain(|l| !matches!(l.drawable, Drawable::Clouds { .. }));
    let green = p.land(rgb(0x3c9050), 0.26);
    for (i, (y, size, depth, far, kind)) in [
        (-20.0, 260.0, 0.16, 0.66, CoverKind::Round),
        (60.0, 380.0, 0.30, 0.44, CoverKind::Palm),
        (160.0, 460.0, 0.46, 0.24, CoverKind::Palm),
        (190.0, 150.0, 0.60, 0.14, CoverKind::Bush),
    ]
    .into_iter()
    .enumerate()
    {
        let crest = Crest::Hills { base: site.horizon + y, height: 70.0, frequency: 0.002, sharp: false };
        let trees = p.veiled(scale(green, 0.84), far * 0.95);
        layers.push(
            site.land(&format!("trees {i}"), depth, crest, green, far)
                .mist(0.6)
                .cover(kind, size, size * 0.42, trees)
                .layer(),
        );
    }
    let sun = site.sun(-side);
    layers
        .push(site.layer("rays", 0.5, Drawable::Rays { x: sun.x, y: -220.0, colour: p.light, strength: 0.16 }).light());
    let ground = site.near_ground(FEET - 10.0, 44.0);
    layers.push(ground_layer(site, &ground, p.land(rgb(0x4a863c), 0.36), Surface::Grass));
    for right in [false, true] {
        let branch = Drawable::Branch { right, colour: p.foreground() };
        layers.push(site.layer(if right { "branch right" } else { "branch left" }, 1.3, branch).blur(5.0));
    }
    layers.push(blades(site, 150.0));
    let stands = site.spots(&ground, 420.0);
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}

pub(super) fn garden(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let mut layers = site.sky_layers(-side);
    let green = p.land(rgb(0x6ea856), 0.18);
    layers.extend(hills(site, &[(40.0, 90.0, 0.16, 0.66)], green, Some((CoverKind::Round, 120.0, 110.0))));
    let hedge = Crest::Flat { y: site.horizon + 150.0 };
    let leaf = p.land(rgb(0x4c8c46), 0.24);
    layers.push(
        site.land("hedge", 0.46, hedge, leaf, 0.18).cover(CoverKind::Bush, 120.0, 64.0, p.veiled(leaf, 0.14)).layer(),
    );
    let fence = Piece {
        kind: PieceKind::Fence,
        x: 0.0,
        y: site.horizon + 206.0,
        w: site.width * 1.8,
        h: 116.0,
        colour: p.lit(rgb(0xf4eee2)),
    };
    layers.push(site.layer("fence", 0.6, Drawable::Piece { piece: fence }));
    let lawn = Crest::Hills { base: site.horizon + 204.0, height: 14.0, frequency: 0.002, sharp: false };
    layers.push(site.land("lawn", 0.64, lawn, p.land(rgb(0x7cb858), 0.14), 0.06).surface(Surface::Flowers).layer());
    let ground = site.near_ground(FEET - 6.0, 26.0);
    layers.push(ground_layer(site, &ground, p.land(rgb(0x74b450), 0.16), Surface::Flowers));
    layers.push(site.layer("branch", 1.3, Drawable::Branch { right: side > 0.0, colour: p.foreground() }).blur(5.0));
    let stands = site.spots(&ground, 420.0);
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}

pub(super) fn farm(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let mut layers = site.sky_layers(-side);
    let green = p.land(rgb(0x86b056), 0.16);
    layers.extend(hills(site, &[(24.0, 110.0, 0.14, 0.7)], green, Some((CoverKind::Round, 56.0, 120.0))));
    let field = Crest::Hills { base: site.horizon + 110.0, height: 70.0, frequency: 0.0014, sharp: false };
    layers.push(site.land("field", 0.32, field, p.land(rgb(0xd8bc5c), 0.12), 0.28).surface(Surface::Furrows).layer());
    layers.push(site.layer(
        "houses",
        0.36,
        Drawable::Houses { base: site.horizon + 120.0, height: 165.0, width: 200.0, gap: 760.0, far: 0.18 },
    ));
    let pasture = Crest::Hills { base: site.horizon + 186.0, height: 60.0, frequency: 0.0018, sharp: false };
    layers.push(site.land("pasture", 0.5, pasture, p.land(rgb(0x7cb050), 0.16), 0.14).surface(Surface::Grass).layer());
    let fence = Piece {
        kind: PieceKind::Fence,
        x: 0.0,
        y: site.horizon + 206.0,
        w: site.width * 1.8,
        h: 84.0,
        colour: p.lit(rgb(0x946c48)),
    };
    layers.push(site.layer("fence", 0.6, Drawable::Piece { piece: fence }));
    let ground = site.near_ground(FEET - 8.0, 30.0);
    layers.push(ground_layer(site, &ground, p.land(rgb(0x7aa44a), 0.22), Surface::Grass));
    let stands = site.spots(&ground, 420.0);
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}

pub(super) fn road(site: &Site) -> Set {
    let p = &site.palette;
    let side = site.side();
    let mut layers = site.sky_layers(-side);
    let green = p.land(rgb(0x9ca85c), 0.2);
    layers.extend(hills(site, &[(16.0, 150.0, 0.12, 0.74), (26.0, 70.0, 0.2, 0.52)], green, None));
    let plain = Crest::Flat { y: site.horizon + 20.0 };
    layers.push(site.land("plain", 0.4, plain, green, 0.10).surface(Surface::Grass).mist(0.0).layer());
    let road = Drawable::Roadway { horizon: site.horizon + 20.0, x: 0.0, colour: p.land(rgb(0x6c6a74), 0.3) };
    layers.push(site.layer("road", 0.402, road));
    let ground = Ground {
        crest: Crest::Flat { y: FEET - 6.0 },
        seed: site.seed,
        depth: 0.85,
        left: -site.across(0.30),
        right: site.across(0.30),
    };
    layers.push(blades(site, 90.0));
    let stands = site.spots(&ground, 420.0);
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}
