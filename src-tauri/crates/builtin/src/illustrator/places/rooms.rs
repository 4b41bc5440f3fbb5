//! Rooms: a wall with a window, a floor, and the furniture that such a room has.

use story::PlaceKind;

use super::{Crest, Drawable, FEET, Ground, Layer, ParticleKind, Particles, Rgb, Set, Site, Stand, glow, mix, rgb};
use crate::illustrator::colour::mul;
use crate::illustrator::scene::{Piece, PieceKind, Room};

/// What sort of room: colours, windows (middle as a fraction, upper edge, width, height), pieces.
struct Plan {
    wall: u32,
    floor: u32,
    wood: u32,
    curtain: Option<u32>,
    tiles: bool,
    windows: &'static [(f32, f32, f32, f32)],
    /// Kind, middle as a fraction, foot above the floor's edge (0) or below it, width, height, colour.
    pieces: &'static [(PieceKind, f32, f32, f32, f32, u32)],
    /// Where things are put: fraction, y, tallest.
    spots: &'static [(f32, f32, f32)],
}

const FLOOR: f32 = 800.0;

const fn plan(kind: PlaceKind) -> Plan {
    use PieceKind as K;
    const PLAIN: Plan = Plan {
        wall: 0xd8b894,
        floor: 0x9c6c4c,
        wood: 0x6c442c,
        curtain: Some(0xb84c50),
        tiles: false,
        windows: &[(0.20, 170.0, 420.0, 400.0)],
        pieces: &[
            (K::Bookcase, -0.27, 14.0, 470.0, 560.0, 0x7a482c),
            (K::Rug, 0.02, 150.0, 1300.0, 190.0, 0xa0404c),
            (K::Frame, -0.03, -330.0, 150.0, 190.0, 0x8c6c4c),
        ],
        spots: &[(0.38, 905.0, 250.0), (-0.40, 915.0, 250.0), (0.13, 925.0, 200.0)],
    };
    match kind {
        PlaceKind::Kitchen => Plan {
            wall: 0xf0dcb4,
            floor: 0xb48460,
            wood: 0x9c6840,
            curtain: Some(0xe07c5c),
            tiles: true,
            windows: &[(-0.04, 170.0, 380.0, 330.0)],
            pieces: &[
                (K::Cupboard, -0.31, -300.0, 420.0, 230.0, 0x6c948c),
                (K::Shelf, 0.27, -280.0, 420.0, 240.0, 0x9c6840),
                (K::Counter, -0.16, 22.0, 1040.0, 250.0, 0x7ca49c),
                (K::Stove, 0.21, 26.0, 300.0, 268.0, 0xd8d0c8),
                (K::Pendant, 0.10, -450.0, 150.0, 300.0, 0xc85c3c),
            ],
            spots: &[(-0.24, 574.0, 130.0), (-0.10, 574.0, 120.0), (-0.37, 574.0, 130.0), (0.21, 556.0, 110.0)],
        },
        PlaceKind::Bedroom => Plan {
            wall: 0xb4bcd8,
            floor: 0xa07858,
            wood: 0x74503c,
            curtain: Some(0x6c7cb4),
            windows: &[(0.04, 170.0, 380.0, 380.0)],
            pieces: &[
                (K::Bed, -0.27, 60.0, 640.0, 330.0, 0x8c74b4),
                (K::Desk, 0.34, 22.0, 300.0, 240.0, 0x8c6040),
                (K::Frame, -0.26, -330.0, 200.0, 150.0, 0x74503c),
                (K::Rug, 0.16, 150.0, 900.0, 150.0, 0x7c88c0),
            ],
            spots: &[(0.34, 584.0, 150.0), (0.13, 920.0, 200.0)],
            ..PLAIN
        },
        PlaceKind::School => Plan {
            wall: 0xe4dcb8,
            floor: 0xb88c64,
            wood: 0x8c6040,
            curtain: None,
            windows: &[(0.36, 180.0, 260.0, 370.0)],
            pieces: &[
                (K::Board, -0.06, -140.0, 860.0, 390.0, 0x2c5c4c),
                (K::Desk, -0.34, 40.0, 330.0, 220.0, 0xa07048),
                (K::Desk, 0.25, 40.0, 330.0, 220.0, 0xa07048),
                (K::Shelf, -0.43, -300.0, 240.0, 230.0, 0x8c6040),
            ],
            spots: &[(-0.34, 622.0, 130.0), (0.25, 622.0, 130.0)],
            ..PLAIN
        },
        PlaceKind::Office => Plan {
            wall: 0xc4d0d8,
            floor: 0x7c848c,
            wood: 0x5c646c,
            curtain: None,
            windows: &[(-0.24, 150.0, 460.0, 430.0), (0.14, 150.0, 460.0, 430.0)],
            pieces: &[
                (K::Desk, -0.24, 44.0, 560.0, 230.0, 0x8c6c50),
                (K::Bookcase, 0.40, 16.0, 300.0, 520.0, 0x6c747c),
                (K::Pendant, 0.0, -480.0, 170.0, 250.0, 0x3c444c),
            ],
            spots: &[(-0.30, 616.0, 140.0), (-0.18, 616.0, 120.0)],
            ..PLAIN
        },
        PlaceKind::Laboratory => Plan {
            wall: 0xb8d0d4,
            floor: 0x74848c,
            wood: 0x546c78,
            curtain: None,
            tiles: true,
            windows: &[(0.30, 160.0, 320.0, 380.0)],
            pieces: &[
                (K::Shelf, -0.30, -270.0, 520.0, 260.0, 0x546c78),
                (K::Glass, -0.12, -228.0, 560.0, 200.0, 0x5cd0b0),
                (K::Counter, -0.10, 26.0, 1180.0, 254.0, 0xd8e0e4),
                (K::Pendant, 0.06, -480.0, 190.0, 240.0, 0x3c5464),
            ],
            spots: &[(0.14, 570.0, 120.0), (0.07, 570.0, 120.0)],
        },
        PlaceKind::Library => Plan {
            wall: 0x7c4c3c,
            floor: 0x845438,
            wood: 0x543020,
            curtain: Some(0x8c343c),
            windows: &[(0.06, 130.0, 320.0, 470.0)],
            pieces: &[
                (K::Bookcase, -0.34, 16.0, 620.0, 690.0, 0x643824),
                (K::Bookcase, 0.38, 16.0, 540.0, 690.0, 0x643824),
                (K::Rug, 0.04, 150.0, 1200.0, 170.0, 0x7c2c3c),
                (K::Pendant, -0.10, -470.0, 150.0, 270.0, 0xc89c50),
            ],
            spots: &[(0.14, 912.0, 240.0), (-0.12, 918.0, 240.0)],
            ..PLAIN
        },
        PlaceKind::Cafe => Plan {
            wall: 0xc48c6c,
            floor: 0x7c5440,
            wood: 0x543428,
            curtain: None,
            windows: &[(-0.20, 150.0, 640.0, 430.0)],
            pieces: &[
                (K::Shelf, 0.28, -270.0, 460.0, 300.0, 0x6c4430),
                (K::Counter, 0.29, 26.0, 560.0, 270.0, 0x7c4c34),
                (K::Table, -0.30, 90.0, 300.0, 210.0, 0x8c5838),
                (K::Pendant, -0.30, -420.0, 150.0, 320.0, 0x3c5c5c),
                (K::Pendant, 0.28, -470.0, 150.0, 260.0, 0x3c5c5c),
            ],
            spots: &[(-0.30, 684.0, 120.0), (0.22, 554.0, 120.0), (0.34, 554.0, 120.0)],
            ..PLAIN
        },
        PlaceKind::Shop => Plan {
            wall: 0xe8c898,
            floor: 0xa47450,
            wood: 0x845434,
            curtain: None,
            windows: &[(0.25, 170.0, 460.0, 400.0)],
            pieces: &[
                (K::Shelf, -0.26, -90.0, 640.0, 470.0, 0x8c5c38),
                (K::Counter, -0.20, 30.0, 860.0, 250.0, 0xa06840),
                (K::Pendant, 0.06, -460.0, 150.0, 280.0, 0xc04c3c),
            ],
            spots: &[(-0.10, 580.0, 130.0), (-0.24, 580.0, 130.0), (-0.34, 580.0, 130.0)],
            ..PLAIN
        },
        PlaceKind::Workshop => Plan {
            wall: 0xa89078,
            floor: 0x7c6450,
            wood: 0x5c4430,
            curtain: None,
            windows: &[(0.26, 180.0, 360.0, 340.0)],
            pieces: &[
                (K::Tools, -0.20, -270.0, 620.0, 300.0, 0x7c5c40),
                (K::Desk, -0.20, 34.0, 780.0, 250.0, 0x946844),
                (K::Pendant, -0.02, -440.0, 170.0, 300.0, 0x4c5c5c),
                (K::Shelf, 0.42, -120.0, 250.0, 420.0, 0x6c4c34),
            ],
            spots: &[(-0.28, 586.0, 150.0), (-0.14, 586.0, 150.0), (0.37, 915.0, 260.0)],
            ..PLAIN
        },
        PlaceKind::LivingRoom => Plan {
            pieces: &[
                (K::Bookcase, -0.31, 14.0, 470.0, 580.0, 0x7a482c),
                (K::Rug, 0.02, 150.0, 1300.0, 190.0, 0xa0404c),
                (K::Sofa, 0.24, 40.0, 560.0, 250.0, 0x6c8490),
                (K::Frame, -0.06, -330.0, 150.0, 190.0, 0x8c6c4c),
            ],
            ..PLAIN
        },
        _ => PLAIN,
    }
}

/// The light in a room: warm lamps in the dark, the day's own light else.
fn lamplight(site: &Site, colour: Rgb) -> Rgb {
    let p = &site.palette;
    if p.stars > 0.3 { mul(colour, [0.62, 0.52, 0.56]) } else { mul(colour, mix([0.96; 3], p.ambient, 0.7)) }
}

pub(super) fn room(site: &Site) -> Set {
    match site.kind {
        PlaceKind::Studio => studio(site),
        PlaceKind::Stage => stage(site),
        kind => furnished(site, &plan(kind)),
    }
}

fn furnished(site: &Site, plan: &Plan) -> Set {
    let p = &site.palette;
    let lit = |hex: u32| lamplight(site, rgb(hex));
    // Furniture keeps its size: a narrow picture shows less of the room, a wide one more of the wall.
    let span = site.width.clamp(1100.0, 1920.0);
    let mut layers = site.sky_layers(1.0);
    for layer in &mut layers {
        layer.depth *= 0.6;
    }
    let hills = Crest::Hills { base: site.horizon, height: 150.0, frequency: 0.004, sharp: false };
    layers.push(site.land("outside", 0.06, hills, p.land(rgb(0x6c946c), 0.3), 0.45).layer());
    let windows: Vec<[f32; 4]> = plan.windows.iter().map(|&(x, y, w, h)| [x * span, y, w, h]).collect();
    let room = Room {
        wall: lit(plan.wall),
        floor: lit(plan.floor),
        wood: lit(plan.wood),
        curtain: plan.curtain.map(lit),
        floor_y: FLOOR,
        windows: windows.clone(),
        tiles: plan.tiles,
    };
    layers.push(site.layer("room", 0.40, Drawable::Room { room }));
    for (i, &(kind, x, y, w, h, colour)) in plan.pieces.iter().enumerate() {
        let piece = Piece { kind, x: x * span, y: FLOOR + y, w, h, colour: lit(colour) };
        let depth =
            if kind == PieceKind::Rug { 0.7 } else { 0.405 + 0.002 * i as f32 + if y > 0.0 { 0.04 } else { 0.0 } };
        layers.push(site.layer(&format!("piece {i}"), depth, Drawable::Piece { piece }));
        if kind == PieceKind::Pendant && p.lamps {
            lamp(site, &mut layers, piece.x, FLOOR + y, 0.46);
        }
    }
    daylight(site, &mut layers, &windows);
    if p.lamps && !plan.pieces.iter().any(|piece| piece.0 == PieceKind::Pendant) {
        layers.push(glow(0.1 * span, 470.0, 760.0, rgb(0xffb060), 0.34, 0.6, site.seed));
    }
    let ground = Ground {
        crest: Crest::Flat { y: FEET + 6.0 },
        seed: site.seed,
        depth: 0.85,
        left: -site.across(0.36),
        right: site.across(0.36),
    };
    let motes = Particles {
        kind: ParticleKind::Motes,
        count: 26,
        depth: 0.8,
        colour: rgb(0xffe4b0),
        size: 3.6,
        seed: site.seed.fork("motes"),
    };
    let stands = plan.spots.iter().map(|&(x, y, tallest)| Stand {
        x: x * span,
        y,
        depth: if y < FLOOR { 0.47 } else { 0.82 },
        tallest,
        wet: false,
    });
    Set { layers, particles: vec![motes], ground, pool: None, stands: stands.collect(), weightless: false }
}

fn lamp(site: &Site, layers: &mut Vec<Layer>, x: f32, y: f32, depth: f32) {
    let warm = rgb(0xffd088);
    let cone = Drawable::Cone {
        x,
        y: y - 20.0,
        top: 90.0,
        foot_x: x,
        foot_y: 1000.0,
        foot: 900.0,
        colour: warm,
        strength: 0.20,
    };
    layers.push(site.layer("lamp cone", depth + 0.02, cone).light());
    layers.push(glow(x, y - 10.0, 420.0, warm, 0.42, depth + 0.021, site.seed));
}

/// Light falling in through the windows.
fn daylight(site: &Site, layers: &mut Vec<Layer>, windows: &[[f32; 4]]) {
    let p = &site.palette;
    let strength = if p.stars > 0.6 { 0.10 } else { 0.24 };
    for (i, &[x, y, w, h]) in windows.iter().enumerate() {
        let cone = Drawable::Cone {
            x,
            y: y + h * 0.4,
            top: w * 0.9,
            foot_x: x - w * 0.9,
            foot_y: 1060.0,
            foot: w * 1.5,
            colour: p.light,
            strength,
        };
        layers.push(site.layer(&format!("daylight {i}"), 0.5, cone).light());
    }
}

fn studio(site: &Site) -> Set {
    let p = &site.palette;
    let mut rng = site.seed.fork("backdrop").rng();
    let hue = [0xf0c8a0, 0xa8ccdc, 0xd8b8d8, 0xb8d8b4, 0xf0d88c][rng.below(5)];
    let colour = lamplight(site, mix(rgb(hue), p.haze, 0.06));
    let mut layers = vec![site.layer("backdrop", 0.1, Drawable::Backdrop { colour, floor_y: 760.0 })];
    layers.push(glow(0.0, 480.0, 720.0, mix(p.light, colour, 0.3), 0.36, 0.2, site.seed));
    let ground = Ground {
        crest: Crest::Flat { y: FEET - 4.0 },
        seed: site.seed,
        depth: 0.85,
        left: -site.across(0.34),
        right: site.across(0.34),
    };
    let stands = [0.28, -0.28, 0.0]
        .into_iter()
        .map(|x| Stand { x: site.across(x), y: 850.0, depth: 0.8, tallest: 340.0, wet: false })
        .collect();
    Set { layers, particles: vec![], ground, pool: None, stands, weightless: false }
}

fn stage(site: &Site) -> Set {
    let colour = rgb(0x9c2434);
    let room = Room {
        wall: rgb(0x241428),
        floor: rgb(0x7c4c30),
        wood: rgb(0x4c2c20),
        curtain: None,
        floor_y: 770.0,
        windows: vec![],
        tiles: false,
    };
    let mut layers = vec![
        site.layer("room", 0.3, Drawable::Room { room }),
        site.layer("curtains", 1.15, Drawable::Curtains { colour }),
    ];
    for (i, side) in [-1.0_f32, 1.0].into_iter().enumerate() {
        let cone = Drawable::Cone {
            x: site.across(0.30 * side),
            y: -140.0,
            top: 60.0,
            foot_x: site.across(-0.06 * side),
            foot_y: 930.0,
            foot: 620.0,
            colour: rgb(0xfff0cc),
            strength: 0.30,
        };
        layers.push(site.layer(&format!("spot {i}"), 0.6, cone).light());
    }
    let ground = Ground {
        crest: Crest::Flat { y: FEET - 4.0 },
        seed: site.seed,
        depth: 0.85,
        left: -site.across(0.28),
        right: site.across(0.28),
    };
    let motes = Particles {
        kind: ParticleKind::Motes,
        count: 40,
        depth: 0.8,
        colour: rgb(0xfff0cc),
        size: 3.6,
        seed: site.seed.fork("motes"),
    };
    let stands = [0.2, -0.22, 0.05]
        .into_iter()
        .map(|x| Stand { x: site.across(x), y: 845.0, depth: 0.8, tallest: 360.0, wet: false })
        .collect();
    Set { layers, particles: vec![motes], ground, pool: None, stands, weightless: false }
}
