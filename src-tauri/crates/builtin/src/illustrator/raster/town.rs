//! Built things in rows: towers, houses, paving, a road.

use std::fmt::Write;

use story::Seed;

use super::plot::Plot;
use super::{gradient, noise_seed};
use crate::illustrator::colour::{BLACK, Rgb, WHITE, css, mix, mul, rgb, scale};
use crate::illustrator::noise::hash;
use crate::illustrator::palette::Palette;

/// A row of towers.
pub(super) struct Towers {
    /// The line they stand on.
    pub(super) base: f32,
    /// The lowest.
    pub(super) low: f32,
    /// The highest.
    pub(super) high: f32,
    /// Usual width.
    pub(super) width: f32,
    /// Colour of the stone.
    pub(super) colour: Rgb,
    /// How much the foot fades.
    pub(super) mist: f32,
    /// Share of windows that are lit.
    pub(super) lit: f32,
}

/// The row as SVG: one tower in every cell, so that the skyline stays itself.
pub(super) fn towers(p: &Palette, plot: &Plot, seed: Seed, order: &Towers) -> (String, String) {
    let noise = noise_seed(seed);
    let (x0, x1) = plot.span();
    let bottom = plot.reach().1 + 10.0;
    let foot = mix(order.colour, p.haze, order.mist);
    let defs = gradient("g", order.base - order.high, order.base, order.colour, foot);
    let mut body = String::new();
    let (a, b) = ((x0 / order.width).floor() as i32 - 2, (x1 / order.width).ceil() as i32 + 2);
    let window = order.width * 0.118;
    let dark_glass = css(scale(mix(order.colour, p.sky[1], 0.25), 0.86));
    for i in a..=b {
        let n = |k: u32| hash(i, noise.wrapping_add(k));
        let w = order.width * (0.72 + 0.5 * n(1));
        let x = i as f32 * order.width + (n(2) - 0.5) * order.width * 0.3;
        let h = order.low + (order.high - order.low) * n(3) * (0.55 + 0.45 * n(4));
        let top = order.base - h;
        let _ =
            write!(body, "<rect x='{x:.0}' y='{top:.0}' width='{w:.0}' height='{:.0}' fill='url(#g)'/>", bottom - top);
        roof(&mut body, x, top, w, h, n(5));
        let _ = write!(
            body,
            "<rect x='{:.0}' y='{top:.0}' width='{:.0}' height='{:.0}' fill='{}' opacity='.10'/>",
            x + w * 0.72,
            w * 0.28,
            order.base - top + 300.0,
            css(p.light)
        );
        let mut row = 0_u32;
        let mut y = top + window * 1.3;
        while y < order.base + 20.0 {
            let mut column = 0_u32;
            let mut wx = x + window * 0.85;
            while wx < x + w - window * 1.2 {
                let own = hash(i.wrapping_mul(7919) + (row * 64 + column) as i32, noise.wrapping_add(40));
                if own < order.lit {
                    let glow = if own < order.lit * 0.75 { rgb(0xffd27a) } else { rgb(0xbfe6ff) };
                    let bright = 0.4 + 0.55 * (own / order.lit.max(0.01) * 7.0).fract();
                    let _ = write!(
                        body,
                        "<rect x='{wx:.0}' y='{y:.0}' width='{:.1}' height='{:.1}' fill='{}' opacity='{bright:.2}'/>",
                        window * 0.62,
                        window * 0.9,
                        css(mix(glow, p.haze, 0.2))
                    );
                } else if order.lit == 0.0 && own < 0.75 {
                    let _ = write!(
                        body,
                        "<rect x='{wx:.0}' y='{y:.0}' width='{:.1}' height='{:.1}' fill='{dark_glass}' opacity='.6'/>",
                        window * 0.62,
                        window * 0.9
                    );
                }
                wx += window * 1.45;
                column += 1;
            }
            y += window * 1.9;
            row += 1;
        }
    }
    (defs, body)
}

fn roof(body: &mut String, x: f32, top: f32, w: f32, h: f32, kind: f32) {
    let _ = match (kind * 4.0) as u32 {
        0 => write!(
            body,
            "<rect x='{:.0}' y='{:.0}' width='4' height='{:.0}' fill='url(#g)'/>",
            x + w * 0.5,
            top - h * 0.15,
            h * 0.16
        ),
        1 => write!(
            body,
            "<path d='M{x:.0} {:.0}L{:.0} {:.0}L{:.0} {:.0}Z' fill='url(#g)'/>",
            top + 1.0,
            x + w * 0.5,
            top - w * 0.35,
            x + w,
            top + 1.0
        ),
        2 => write!(
            body,
            "<rect x='{:.0}' y='{:.0}' width='{:.0}' height='28' fill='url(#g)'/>",
            x + w * 0.2,
            top - 26.0,
            w * 0.35
        ),
        _ => Ok(()),
    };
}

/// A row of houses with roofs, doors and windows.
#[expect(clippy::too_many_arguments, reason = "the fields of one drawable")]
pub(super) fn houses(
    p: &Palette,
    plot: &Plot,
    seed: Seed,
    base: f32,
    height: f32,
    width: f32,
    gap: f32,
    far: f32,
) -> (String, String) {
    const WALLS: [u32; 6] = [0xe8d0a8, 0xd8a888, 0xc8c4b4, 0xe0b87c, 0xb8c0c8, 0xd49880];
    const ROOFS: [u32; 4] = [0xa85440, 0x844c48, 0x5c6478, 0x9c6c4c];
    let noise = noise_seed(seed);
    let (x0, x1) = plot.span();
    let cell = width + gap;
    let mut body = String::new();
    let tone = |hex: u32| p.veiled(p.land(rgb(hex), 0.14), far);
    for i in (x0 / cell).floor() as i32 - 1..=(x1 / cell).ceil() as i32 + 1 {
        let n = |k: u32| hash(i, noise.wrapping_add(k));
        let w = width * (0.86 + 0.20 * n(1));
        let x = i as f32 * cell + (n(2) - 0.5) * gap * 0.6;
        let h = height * (0.74 + 0.36 * n(3));
        let wall = tone(WALLS[(n(4) * 5.99) as usize]);
        let roof = tone(ROOFS[(n(5) * 3.99) as usize]);
        house(p, &mut body, x, base, w, h, wall, roof, &n);
    }
    (String::new(), body)
}

#[expect(clippy::too_many_arguments, reason = "a house is its box, its two colours and its chance")]
fn house(
    p: &Palette,
    body: &mut String,
    x: f32,
    base: f32,
    w: f32,
    h: f32,
    wall: Rgb,
    roof: Rgb,
    n: &impl Fn(u32) -> f32,
) {
    let rise = (w * 0.34).min(h * 0.45);
    let top = base - h;
    let shade = css(mul(wall, [0.80, 0.78, 0.84]));
    let _ =
        write!(body, "<rect x='{x:.0}' y='{top:.0}' width='{w:.0}' height='{:.0}' fill='{}'/>", h + 30.0, css(wall));
    let _ = write!(
        body,
        "<rect x='{:.0}' y='{top:.0}' width='{:.0}' height='{:.0}' fill='{shade}'/>",
        x + w * 0.78,
        w * 0.22,
        h + 30.0
    );
    let e = w * 0.05;
    if n(6) < 0.6 {
        let _ = write!(
            body,
            "<path d='M{:.0} {:.0}L{:.0} {:.0}L{:.0} {:.0}Z' fill='{}'/>",
            x - e,
            top + 2.0,
            x + w * 0.5,
            top - rise,
            x + w + e,
            top + 2.0,
            css(roof)
        );
        let _ = write!(
            body,
            "<path d='M{:.0} {:.0}L{:.0} {:.0}L{:.0} {:.0}Z' fill='{}' opacity='.22'/>",
            x + w * 0.5,
            top - rise,
            x + w + e,
            top + 2.0,
            x + w * 0.62,
            top + 2.0,
            css(BLACK)
        );
    } else {
        let _ = write!(
            body,
            "<path d='M{:.0} {:.0}L{:.0} {:.0}H{:.0}L{:.0} {:.0}Z' fill='{}'/>",
            x - e,
            top + 2.0,
            x + w * 0.12,
            top - rise * 0.7,
            x + w * 0.88,
            x + w + e,
            top + 2.0,
            css(roof)
        );
    }
    if n(7) < 0.55 {
        let cx = x + w * (0.2 + 0.1 * n(8));
        let _ = write!(
            body,
            "<rect x='{cx:.0}' y='{:.0}' width='{:.0}' height='{:.0}' fill='{}'/>",
            top - rise * 0.86,
            w * 0.09,
            rise * 0.6,
            css(scale(wall, 0.7))
        );
    }
    let _ = write!(
        body,
        "<rect x='{:.0}' y='{top:.0}' width='{:.0}' height='{:.1}' fill='#000' opacity='.14'/>",
        x,
        w,
        h * 0.03
    );
    let glass = mix(scale(wall, 0.42), p.sky[1], 0.4);
    let floors = ((h / (w * 0.48)).round() as u32).clamp(1, 3);
    let columns = if w > 170.0 { 3 } else { 2 };
    for f in 0..floors {
        for c in 0..columns {
            let ww = w * 0.17;
            let wh = (h / floors as f32 * 0.46).min(ww * 1.45);
            let wx = x + w * (c as f32 + 0.5) / columns as f32 - ww / 2.0;
            let wy = top + h * (f as f32 + 0.5) / floors as f32 - wh * 0.6;
            let door = f + 1 == floors && c == columns / 2;
            if door {
                let _ = write!(
                    body,
                    "<rect x='{wx:.0}' y='{:.0}' width='{ww:.0}' height='{:.0}' rx='3' fill='{}'/>",
                    base - wh * 1.5,
                    wh * 1.5 + 20.0,
                    css(scale(wall, 0.48))
                );
                continue;
            }
            let lit = p.lamps && n(20 + f * 4 + c) < 0.6;
            let fill = if lit { mix(rgb(0xffcf78), p.haze, 0.12) } else { glass };
            let _ = write!(
                body,
                "<rect x='{:.1}' y='{:.1}' width='{:.1}' height='{:.1}' fill='{}'/><rect x='{wx:.1}' y='{wy:.1}' width='{ww:.1}' height='{wh:.1}' fill='{}'/><path d='M{:.1} {wy:.1}V{:.1}M{wx:.1} {:.1}H{:.1}' stroke='{}' stroke-width='{:.1}'/>",
                wx - ww * 0.1,
                wy - ww * 0.1,
                ww * 1.2,
                wh + ww * 0.22,
                css(mix(wall, WHITE, 0.35)),
                css(fill),
                wx + ww / 2.0,
                wy + wh,
                wy + wh * 0.5,
                wx + ww,
                css(mix(wall, WHITE, 0.3)),
                (ww * 0.09).max(1.0)
            );
        }
    }
}

/// Flat paving below a line, with the lights that lie on it when it is wet.
pub(super) fn pavement(
    p: &Palette,
    plot: &Plot,
    seed: Seed,
    y: f32,
    near: Rgb,
    far: Rgb,
    wet: f32,
) -> (String, String) {
    let noise = noise_seed(seed);
    let (x0, x1) = plot.span();
    let bottom = plot.reach().1.max(y + 20.0);
    let defs = gradient("g", y, y + 330.0, far, near);
    let mut body =
        format!("<rect x='{x0:.0}' y='{y}' width='{:.0}' height='{:.0}' fill='url(#g)'/>", x1 - x0, bottom - y + 20.0);
    let _ = write!(
        body,
        "<rect x='{x0:.0}' y='{y}' width='{:.0}' height='9' fill='{}' opacity='.5'/><rect x='{x0:.0}' y='{:.0}' width='{:.0}' height='5' fill='#000' opacity='.25'/>",
        x1 - x0,
        css(mix(far, p.light, 0.35)),
        y + 9.0,
        x1 - x0
    );
    // Joints of the slabs, closer together the farther they are.
    let joint = css(scale(near, 0.62));
    for i in 1..9 {
        let t = i as f32 / 9.0;
        let jy = y + 14.0 + t * t * 420.0;
        let _ = write!(
            body,
            "<rect x='{x0:.0}' y='{jy:.0}' width='{:.0}' height='{:.1}' fill='{joint}' opacity='.28'/>",
            x1 - x0,
            1.2 + 2.4 * t
        );
        for k in (x0 / 120.0).floor() as i32..=(x1 / 120.0).ceil() as i32 {
            let x = (k as f32 + if i % 2 == 0 { 0.5 } else { 0.0 }) * (90.0 + 170.0 * t);
            if x > x0 && x < x1 {
                let _ = write!(
                    body,
                    "<rect x='{x:.0}' y='{jy:.0}' width='{:.1}' height='{:.0}' fill='{joint}' opacity='.2'/>",
                    1.2 + 2.0 * t,
                    18.0 + 80.0 * t
                );
            }
        }
    }
    if wet > 0.0 {
        for i in 0..60 {
            let n = |k: u32| hash(i, noise.wrapping_add(k));
            let t = n(1);
            let _ = write!(
                body,
                "<ellipse cx='{:.0}' cy='{:.0}' rx='{:.0}' ry='{:.1}' fill='{}' opacity='{:.2}'/>",
                (n(2) - 0.5) * 2600.0,
                y + 14.0 + t * 300.0,
                40.0 + t * 120.0,
                2.0 + t * 5.0,
                css(mix(p.light, rgb(0xffe0a0), 0.4)),
                wet * (0.05 + 0.13 * n(3))
            );
        }
    }
    (defs, body)
}

/// A road that runs to the horizon.
pub(super) fn roadway(p: &Palette, horizon: f32, x: f32, colour: Rgb) -> (String, String) {
    let foot = horizon + 700.0;
    let defs = gradient("r", horizon, horizon + 420.0, p.veiled(colour, 0.45), colour);
    let edge = css(mix(colour, p.light, 0.5));
    let mut body = format!(
        "<path d='M{} {horizon}L{} {horizon}L{} {foot}L{} {foot}Z' fill='url(#r)'/>",
        x - 16.0,
        x + 16.0,
        x + 900.0,
        x - 900.0
    );
    for side in [-1.0, 1.0] {
        let _ = write!(
            body,
            "<path d='M{} {horizon}L{} {foot}L{} {foot}L{} {horizon}Z' fill='{edge}' opacity='.55'/>",
            x + side * 14.4,
            x + side * 812.0,
            x + side * 846.0,
            x + side * 15.4
        );
    }
    for i in 0..12 {
        let (a, b) = (((i as f32) / 12.0).powi(2), ((i as f32 + 0.55) / 12.0).powi(2));
        let (ya, yb) = (horizon + a * 700.0, horizon + b * 700.0);
        let (wa, wb) = (0.6 + a * 17.0, 0.6 + b * 17.0);
        let _ = write!(
            body,
            "<path d='M{:.1} {ya:.1}L{:.1} {ya:.1}L{:.1} {yb:.1}L{:.1} {yb:.1}Z' fill='{edge}' opacity='.8'/>",
            x - wa,
            x + wa,
            x + wb,
            x - wb
        );
    }
    (defs, body)
}
