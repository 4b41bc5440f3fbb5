//! What stands right before the viewer or around the picture: trunks, grass, branches, rock, corals, curtains.

use std::fmt::Write;

use story::Seed;

use super::plot::Plot;
use super::{growth, noise_seed};
use crate::illustrator::colour::{Rgb, WHITE, css, mix, mul, rgb, scale};
use crate::illustrator::noise::{fbm, hash};
use crate::illustrator::palette::Palette;

/// Tree trunks from top to bottom.
pub(super) fn trunks(p: &Palette, at: &[[f32; 2]], colour: Rgb) -> (String, String) {
    let (mut defs, mut body) = (String::new(), String::new());
    for (i, &[x, w]) in at.iter().enumerate() {
        let _ = write!(
            defs,
            "<linearGradient id='t{i}' x1='{}' x2='{}' y1='0' y2='0' gradientUnits='userSpaceOnUse'><stop offset='0' stop-color='{}'/><stop offset='.6' stop-color='{}'/><stop offset='1' stop-color='{}'/></linearGradient>",
            x - w,
            x + w,
            css(mul(colour, [0.6, 0.6, 0.65])),
            css(colour),
            css(mix(colour, p.light, 0.22))
        );
        let _ = write!(
            body,
            "<path d='M{} -400C{} 300 {} 780 {} 900Q{} 1000 {} 1700H{}Q{} 1000 {} 900C{} 780 {} 300 {} -400Z' fill='url(#t{i})'/>",
            x - w * 0.7,
            x - w * 0.55,
            x - w * 0.6,
            x - w * 0.85,
            x - w * 1.0,
            x - w * 1.5,
            x + w * 1.5,
            x + w * 1.0,
            x + w * 0.9,
            x + w * 0.6,
            x + w * 0.5,
            x + w * 0.75
        );
        // Bark.
        for k in 0..7 {
            let bx = x + w * (-0.42 + 0.13 * k as f32);
            let y = 900.0 * hash(k + i as i32 * 16, 5);
            let _ = write!(
                body,
                "<rect x='{bx:.0}' y='{y:.0}' width='{:.1}' height='{:.0}' rx='2' fill='#000' opacity='.10'/>",
                w * 0.05,
                60.0 + 150.0 * hash(k, 9)
            );
        }
    }
    (defs, body)
}

/// Grass before the viewer, higher towards the sides so that the middle stays free.
pub(super) fn blades(plot: &Plot, seed: Seed, y: f32, height: f32, colour: Rgb) -> (String, String) {
    let noise = noise_seed(seed);
    let (x0, x1) = plot.span();
    let half = (x1 - x0) / 2.0;
    let mut path = String::new();
    for (x, own) in growth::row(x0, x1, 6.5, noise) {
        let n = |k: i32| hash(k, own);
        let h = height * (0.35 + 0.65 * n(1)) * (0.42 + 0.75 * (x / half).abs().min(1.0));
        let (lean, w) = ((n(2) - 0.5) * 0.7 * h, 5.0 + 6.0 * n(3));
        let foot = y + 80.0;
        let _ = write!(
            path,
            "M{:.0} {foot:.0}Q{:.0} {:.0} {:.0} {:.0}Q{:.0} {:.0} {:.0} {foot:.0}Z",
            x - w,
            x - w * 0.3 + lean * 0.3,
            y - h * 0.5,
            x + lean,
            y - h,
            x + w * 0.6 + lean * 0.3,
            y - h * 0.5,
            x + w
        );
    }
    let bottom = plot.reach().1.max(y) + 30.0;
    let _ = write!(path, "M{x0:.0} {:.0}H{x1:.0}V{bottom:.0}H{x0:.0}Z", y - height * 0.10);
    (String::new(), format!("<path d='{path}' fill='{}'/>", css(colour)))
}

/// A leafy branch that hangs into a corner.
pub(super) fn branch(plot: &Plot, seed: Seed, right: bool, colour: Rgb) -> (String, String) {
    let noise = noise_seed(seed);
    let (x0, x1) = plot.span();
    let (y0, _) = plot.reach();
    let reach = ((x1 - x0) * 0.34).min(620.0);
    let mut path = String::new();
    for k in 0..3_i32 {
        let (sy, len) = (y0 + 30.0 + k as f32 * 70.0, reach * (1.0 - k as f32 * 0.24));
        let points: Vec<(f32, f32)> = (0..=12)
            .map(|i| {
                let t = i as f32 / 12.0;
                (t * len, sy + t * t * 110.0 + (t * 9.0).sin() * 8.0)
            })
            .collect();
        let _ = write!(path, "M0 {:.0}", sy - 14.0);
        for q in &points {
            let _ = write!(path, "L{:.0} {:.0}", q.0, q.1 - 4.0);
        }
        for q in points.iter().rev() {
            let _ = write!(path, "L{:.0} {:.0}", q.0, q.1 + 5.0);
        }
        path.push('Z');
        for (i, q) in points.iter().enumerate() {
            for leaf in 0..5 {
                let n = |j: i32| hash(k * 1000 + i as i32 * 50 + leaf * 7 + j, noise);
                let (a, l) = (0.2 + 2.7 * n(1), 34.0 + 42.0 * n(2));
                let (x, y) = (q.0 + (n(3) - 0.5) * 40.0, q.1 + (n(4) - 0.4) * 16.0);
                let (ex, ey) = (x + a.cos() * l, y + a.sin() * l);
                let (nx, ny) = (-(ey - y) * 0.24, (ex - x) * 0.24);
                let (mx, my) = (f32::midpoint(x, ex), f32::midpoint(y, ey));
                let _ = write!(
                    path,
                    "M{x:.0} {y:.0}Q{:.0} {:.0} {ex:.0} {ey:.0}Q{:.0} {:.0} {x:.0} {y:.0}Z",
                    mx + nx,
                    my + ny,
                    mx - nx,
                    my - ny
                );
            }
        }
    }
    let place = if right { format!("translate({x1} 0) scale(-1 1)") } else { format!("translate({x0} 0)") };
    (String::new(), format!("<g transform='{place}'><path d='{path}' fill='{}'/></g>", css(colour)))
}

/// Rock around an opening. As the `mouth` it leaves a hole to the outside; else it is the dark rock close by.
pub(super) fn cave(plot: &Plot, seed: Seed, opening: f32, floor: f32, colour: Rgb, mouth: bool) -> (String, String) {
    let noise = noise_seed(seed);
    let (x0, x1) = plot.span();
    let (y0, y1) = plot.reach();
    let half = if mouth { 390.0 } else { (x1 - x0) * 0.53 };
    let height = if mouth { 540.0 } else { 1060.0 };
    let mut hole = String::new();
    for i in 0..=64 {
        let a = std::f32::consts::PI * (1.0 + i as f32 / 64.0);
        let rough = 1.0 + (fbm(i as f32 * 0.42, noise, 3) - 0.5) * if mouth { 0.42 } else { 0.16 };
        let (x, y) = (opening + a.cos() * half * rough, floor + a.sin() * height * rough);
        let _ = write!(hole, "{}{x:.0} {y:.0}", if i == 0 { 'M' } else { 'L' });
    }
    if mouth {
        hole.push('Z');
    } else {
        let _ = write!(hole, "V{:.0}H{:.0}Z", y1 + 40.0, opening - half);
    }
    let defs = format!(
        "<radialGradient id='g' cx='{opening}' cy='{}' r='1100' gradientUnits='userSpaceOnUse'><stop offset='.25' stop-color='{}'/><stop offset='1' stop-color='{}'/></radialGradient>",
        floor - height * 0.4,
        css(mix(colour, WHITE, 0.10)),
        css(scale(colour, 0.46))
    );
    let mut body = format!(
        "<path fill-rule='evenodd' d='M{x0:.0} {y0:.0}H{x1:.0}V{:.0}H{x0:.0}Z{hole}' fill='url(#g)'/>",
        y1 + 30.0
    );
    if mouth {
        let mut facets = String::new();
        for (x, own) in growth::row(x0, x1, 130.0, noise.wrapping_add(3)) {
            let n = |k: i32| hash(k, own);
            let y = 60.0 + 700.0 * n(1);
            if ((x - opening) / (half * 1.3)).powi(2) + ((y - floor) / (height * 1.25)).powi(2) < 1.0 {
                continue;
            }
            let s = 36.0 + 90.0 * n(2);
            let _ = write!(
                facets,
                "M{x:.0} {y:.0}l{:.0} {:.0}l{:.0} {:.0}Z",
                s,
                s * (0.3 + n(3)),
                -s * (0.4 + n(4)),
                s * 0.5
            );
        }
        // Stone hanging from the roof.
        for (x, own) in growth::row(x0, x1, 150.0, noise.wrapping_add(8)) {
            let n = |k: i32| hash(k, own);
            let (w, l) = (22.0 + 40.0 * n(1), 80.0 + 190.0 * n(2));
            let _ = write!(
                body,
                "<path d='M{:.0} {y0:.0}H{:.0}L{x:.0} {:.0}Z' fill='{}'/>",
                x - w,
                x + w,
                l,
                css(scale(colour, 0.5 + 0.25 * n(3)))
            );
        }
        let _ = write!(body, "<path d='{facets}' fill='{}' opacity='.16'/>", css(mix(colour, WHITE, 0.5)));
    }
    (defs, body)
}

/// Corals and weeds on the ground of the sea, in clumps towards the sides.
pub(super) fn reef(plot: &Plot, seed: Seed, y: f32, height: f32, colour: Rgb) -> (String, String) {
    let noise = noise_seed(seed);
    let (x0, x1) = plot.span();
    let hues =
        [colour, mix(colour, rgb(0xf0b05c), 0.7), mix(colour, rgb(0x9c6cc8), 0.7), mix(colour, rgb(0x3cb090), 0.8)];
    let mut body = String::new();
    for (x, own) in growth::row(x0, x1, 190.0, noise) {
        let n = |k: i32| hash(k, own);
        let side = (x / ((x1 - x0) / 2.0)).abs().min(1.0);
        if n(1) > 0.35 + 0.6 * side {
            continue;
        }
        let h = height * (0.5 + 0.6 * n(2)) * (0.6 + 0.5 * side);
        let hue = hues[(n(3) * 3.99) as usize];
        let mut path = String::new();
        let foot = y + 30.0 * n(4);
        if n(5) < 0.55 {
            coral(&mut path, x, foot, h, -std::f32::consts::FRAC_PI_2, 4, own);
            let _ = write!(
                body,
                "<path d='{path}' fill='none' stroke='{}' stroke-width='{:.0}' stroke-linecap='round'/>",
                css(hue),
                h * 0.085
            );
            let _ = write!(
                body,
                "<path d='{path}' fill='none' stroke='{}' stroke-width='{:.0}' stroke-linecap='round' opacity='.4' transform='translate(-3 -3)'/>",
                css(mix(hue, WHITE, 0.5)),
                h * 0.03
            );
        } else {
            for k in 0..5 {
                let (dx, bend, l) =
                    ((k - 2) as f32 * h * 0.1, (n(10 + k) - 0.5) * h * 0.5, h * (0.7 + 0.5 * n(20 + k)));
                let _ = write!(
                    path,
                    "M{:.0} {foot:.0}C{:.0} {:.0} {:.0} {:.0} {:.0} {:.0}",
                    x + dx,
                    x + dx + bend,
                    foot - l * 0.35,
                    x + dx - bend,
                    foot - l * 0.7,
                    x + dx + bend * 0.6,
                    foot - l
                );
            }
            let _ = write!(
                body,
                "<path d='{path}' fill='none' stroke='{}' stroke-width='{:.0}' stroke-linecap='round'/>",
                css(scale(mix(hues[3], hue, 0.25), 0.8)),
                h * 0.06
            );
        }
    }
    (String::new(), body)
}

fn coral(path: &mut String, x: f32, y: f32, length: f32, angle: f32, depth: u32, own: u32) {
    let l = length * 0.42;
    let (ex, ey) = (x + angle.cos() * l, y + angle.sin() * l);
    let _ = write!(path, "M{x:.0} {y:.0}L{ex:.0} {ey:.0}");
    if depth > 1 {
        let turn = 0.35 + 0.3 * hash(depth as i32, own);
        coral(path, ex, ey, length * 0.74, angle - turn, depth - 1, own.wrapping_add(11));
        coral(path, ex, ey, length * 0.74, angle + turn, depth - 1, own.wrapping_add(23));
    }
}

/// The curtains of a stage: one on either side and a valance above.
pub(super) fn curtains(plot: &Plot, colour: Rgb) -> (String, String) {
    let (x0, x1) = plot.span();
    let (y0, y1) = plot.reach();
    let w = (x1 - x0) * 0.17;
    let defs = format!(
        "<linearGradient id='u' x1='0' x2='74' y1='0' y2='0' gradientUnits='userSpaceOnUse' spreadMethod='reflect'><stop offset='0' stop-color='{}'/><stop offset='.4' stop-color='{}'/><stop offset='1' stop-color='{}'/></linearGradient>",
        css(scale(colour, 0.42)),
        css(mix(colour, WHITE, 0.10)),
        css(scale(colour, 0.62))
    );
    let mut body = String::new();
    for (edge, side) in [(x0, 1.0), (x1, -1.0)] {
        let _ = write!(
            body,
            "<path d='M{edge:.0} {y0:.0}H{:.0}C{:.0} 420 {:.0} 700 {:.0} {:.0}H{edge:.0}Z' fill='url(#u)'/>",
            edge + side * w * 1.25,
            edge + side * w * 1.05,
            edge + side * w * 0.6,
            edge + side * w * 0.82,
            y1 + 20.0
        );
    }
    let steps = 9;
    let pitch = (x1 - x0) / steps as f32;
    let mut valance = format!("M{x0:.0} {y0:.0}H{x1:.0}V110");
    for _ in 0..steps {
        let _ = write!(valance, "q{:.0} 90 {:.0} 0", -pitch / 2.0, -pitch);
    }
    let _ = write!(body, "<path d='{valance}Z' fill='url(#u)'/><path d='{valance}Z' fill='#000' opacity='.22'/>");
    (defs, body)
}
