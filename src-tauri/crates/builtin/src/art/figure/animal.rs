//! Beings and things that are shown by one whole picture: animals, birds, fish, dragons, ships.
//!
//! Owns how such a picture stands, turns and moves. Never another animal than the one that was named.

use story::{Facing, Nature, Pose};

use crate::art::figure::{Figure, FigureOrder, Part, held, human};
use crate::art::recolour::{map_colours, rename_ids};
use crate::art::{Colour, Found, Ground, Motion, Picture, PictureId, Rect, colour_of, recolour, svg};

/// The colour that the words about a character give its own body.
pub(super) fn own_colour(order: &FigureOrder) -> Option<Colour> {
    let c = order.character;
    Colour::from_hex(&c.features.colour)
        .or_else(|| colour_of(&c.noun))
        .or_else(|| colour_of(&c.features.hair))
        .or_else(|| if c.nature == Nature::Human { None } else { colour_of(&c.name) })
}

/// Draws a whole picture as a figure of the given height.
pub(super) fn draw(order: &FigureOrder, found: &Found, height: f32) -> Figure {
    let mut picture = if found.picture.as_str() == "unicorn" { unicorn() } else { svg(&found.picture) };
    if let Some(colour) = own_colour(order) {
        picture = recolour(&picture, colour);
    }
    let Picture { body, ink, .. } = &picture;
    // Beings with wings spread or lying long are measured by their longer side.
    let k = height / ink.h.max(ink.w * 0.62).max(0.01);
    let (x, y) = (-(ink.x + ink.w / 2.0) * k, -(ink.y + ink.h) * k);
    let tag = human::tag(order);
    let fragment = format!("<g transform='translate({x:.3} {y:.3}) scale({k:.4})'>{}</g>", rename_ids(body, &tag));
    let covers = Rect { x: -ink.w * k / 2.0, y: -ink.h * k, w: ink.w * k, h: ink.h * k };
    let phase = order.seed.fork("phase").rng().unit();
    let (pivot, motion) = motion(order, found, covers, phase);
    let mut parts = vec![Part { svg: fragment, bounds: covers.grown(2.0), pivot, motion, parent: None }];
    let mut light = found.shines.then_some((0.0, -covers.h * 0.5));
    // What looks left is turned to look right; the figure as a whole is then mirrored where it must look left.
    let looks_left = found.facing == Some(Facing::Left);
    if let Some(thing) = order.holding.and_then(|noun| held::held(noun, height)) {
        // Carried before the body, at the height of the mouth.
        let front = covers.w * 0.46 * if looks_left { -1.0 } else { 1.0 };
        let (svg, bounds) = thing.at((front, -covers.h * 0.42));
        if thing.shines {
            light = Some((bounds.x + bounds.w / 2.0, bounds.y + bounds.h * 0.55));
        }
        parts.push(Part {
            svg,
            bounds: bounds.grown(1.5),
            pivot: (front, -covers.h * 0.42),
            motion: Motion::Still,
            parent: Some(0),
        });
    }
    // The face of a picture that looks left is in its upper left part.
    let face = match found.facing {
        Some(Facing::Left) => Rect { x: covers.x, y: covers.y, w: covers.w * 0.55, h: covers.h * 0.55 },
        Some(Facing::Right) => {
            Rect { x: covers.x + covers.w * 0.45, y: covers.y, w: covers.w * 0.55, h: covers.h * 0.55 }
        }
        _ => covers,
    };
    let figure = Figure::of(parts, face, light);
    let turn = match (found.facing, order.facing) {
        (Some(Facing::Left), Facing::Right) | (Some(Facing::Right), Facing::Left) => true,
        (None, Facing::Left) => order.holding.is_some(),
        _ => false,
    };
    if turn { figure.mapped([-1.0, 0.0, 0.0, 1.0, 0.0, 0.0]) } else { figure }
}

/// The bundled unicorn is a bust: a whole one is a white horse with a coloured mane and a horn.
fn unicorn() -> Picture {
    let Some(id) = PictureId::named("horse") else { return svg(&PictureId::any()) };
    let white = Colour { r: 0.96, g: 0.94, b: 0.98 };
    let horse = recolour(&svg(&id), white);
    let mane =
        map_colours(&horse.body, |c| if c.luma() < 0.30 { Colour::from_hsl(285.0, 0.55, 0.45 + c.luma()) } else { c });
    let horn = "<linearGradient id='horn' x1='0' x2='1'><stop offset='0' stop-color='#fff0b0'/><stop offset='1' stop-color='#d99a2e'/></linearGradient>\
                <path fill='url(#horn)' d='M7.2 5.6L4.1 -1.6L9.6 4.4Z'/>";
    let top = -1.6;
    let ink = Rect { y: top, h: horse.ink.y + horse.ink.h - top, ..horse.ink };
    Picture { body: format!("{mane}{horn}"), ink, unit: horse.unit }
}

fn motion(order: &FigureOrder, found: &Found, covers: Rect, phase: f32) -> ((f32, f32), Motion) {
    let feet = (0.0, 0.0);
    let middle = (0.0, -covers.h / 2.0);
    let fast = order.pose == Pose::Run;
    let goes = matches!(order.pose, Pose::Walk | Pose::Run);
    if order.pose == Pose::Sleep {
        return (feet, Motion::Breathe { amount: 0.015 });
    }
    let period = |slow: f32| if fast { slow * 0.6 } else { slow };
    match (order.character.nature, found.ground) {
        (Nature::SeaAnimal, _) | (_, Ground::Swims) => (
            middle,
            Motion::Swim {
                degrees: if goes { 5.0 } else { 2.5 },
                amount: covers.h * 0.02,
                period_s: period(2.8),
                phase,
            },
        ),
        (_, Ground::Floats) => {
            (feet, Motion::Swim { degrees: 2.0, amount: covers.h * 0.012, period_s: period(3.6), phase })
        }
        (Nature::Bird, _) if goes => (middle, Motion::Flap { degrees: 7.0, period_s: period(0.9), phase }),
        (_, Ground::Flies) => {
            (middle, Motion::Flap { degrees: if goes { 6.0 } else { 3.0 }, period_s: period(1.4), phase })
        }
        (_, Ground::Hangs) => ((0.0, -covers.h), Motion::Sway { degrees: 2.5, period_s: 3.2, phase }),
        // A trot: the body rocks over its feet.
        (Nature::Animal | Nature::Creature | Nature::Bird | Nature::Robot | Nature::Human, _) if goes => {
            (feet, Motion::Sway { degrees: if fast { 4.5 } else { 3.0 }, period_s: period(0.8), phase })
        }
        (Nature::Thing, _) => (
            feet,
            if goes { Motion::Bob { amount: covers.h * 0.01, period_s: period(0.7), phase } } else { Motion::Still },
        ),
        _ => (feet, Motion::Breathe { amount: 0.012 }),
    }
}
