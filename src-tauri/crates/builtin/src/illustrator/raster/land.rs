//! Land: a crest, its colour fading into haze at the foot, what grows on it, and the marks of its surface.

use std::fmt::Write;

use story::Seed;

use super::plot::Plot;
use super::{Studio, gradient, growth, noise_seed};
use crate::illustrator::colour::{Rgb, WHITE, css, mix, mul, rgb, scale};
use crate::illustrator::noise::hash;
use crate::illustrator::places::crest::Crest;
use crate::illustrator::scene::{Cover, Surface};

/// How a land layer is drawn.
pub(super) struct LandOrder {
    /// Its upper edge.
    pub(super) crest: Crest,
    /// Its colour at the crest.
    pub(super) colour: Rgb,
    /// How much its foot fades.
    pub(super) mist: f32,
    /// Its marks.
    pub(super) surface: Surface,
    /// What grows on it.
    pub(super) cover: Option<Cover>,
    /// The colour of that.
    pub(super) cover_colour: Rgb,
}

/// The land as SVG.
pub(super) fn land(studio: &Studio, plot: &Plot, seed: Seed, order: &LandOrder) -> (String, String) {
    let p = &studio.palette;
    let noise = noise_seed(seed);
    let (x0, x1) = plot.span();
    let bottom = plot.reach().1 + 20.0;
    let sharp = matches!(order.crest, Crest::Hills { sharp: true, .. } | Crest::Shore { .. });
    let pitch = if sharp { 6.0 } else { 10.0 };
    let line: Vec<(f32, f32)> = (((x0 - 20.0) / pitch).floor() as i32..=((x1 + 20.0) / pitch).ceil() as i32)
        .map(|i| (i as f32 * pitch, order.crest.y(i as f32 * pitch, seed)))
        .collect();
    let top = line.iter().map(|q| q.1).fold(f32::MAX, f32::min);
    let foot = mix(order.colour, p.haze, order.mist);
    let foot = if order.mist < 0.12 { mix(foot, p.near, 0.38) } else { foot };
    let mut defs = gradient("g", top, top + 420.0, order.colour, foot);
    let mut body = String::new();
    if let Some(cover) = order.cover {
        let mut path = String::new();
        for (x, own) in growth::row(x0, x1, cover.spacing, noise) {
            let n = |k: u32| hash(k as i32, own);
            let h = cover.height * (0.55 + 0.6 * n(0));
            growth::plant(&mut path, cover.kind, x, order.crest.y(x, seed) + cover.height * 0.06, h, &n);
        }
        let crown = mix(order.cover_colour, p.light, 0.10);
        defs += &gradient(
            "t",
            top - cover.height * 0.8,
            top + cover.height * 0.6,
            crown,
            mix(order.cover_colour, p.haze, order.mist * 0.45),
        );
        let _ = write!(body, "<path d='{path}' fill='url(#t)'/>");
    }
    let mut outline = String::with_capacity(line.len() * 14);
    for (i, (x, y)) in line.iter().enumerate() {
        let _ = write!(outline, "{}{x:.1} {:.1}", if i == 0 { "M" } else { "L" }, y.min(bottom));
    }
    let _ = write!(outline, "L{:.1} {bottom:.1}L{:.1} {bottom:.1}Z", x1 + 30.0, x0 - 30.0);
    let _ = write!(body, "<path d='{outline}' fill='url(#g)'/>");
    let _ = write!(defs, "<clipPath id='land'><path d='{outline}'/></clipPath>");
    let marks = marks(studio, plot, noise, order, &line);
    let _ = write!(body, "<g clip-path='url(#land)'>{marks}</g>");
    (defs, body)
}

fn marks(studio: &Studio, plot: &Plot, noise: u32, order: &LandOrder, line: &[(f32, f32)]) -> String {
    let p = &studio.palette;
    let middle = line.get(line.len() / 2).map_or(0.0, |q| q.0);
    let from = if studio.sun_x > middle { 1 } else { -1 };
    match order.surface {
        Surface::Plain => String::new(),
        Surface::Rock if matches!(order.crest, Crest::Shore { .. }) => strata(plot, noise, line, order.colour, p.light),
        Surface::Rock => facets(line, mix(order.colour, p.light, 0.28), from, 0.5),
        Surface::SnowPeaks => {
            let snow = mix(order.colour, mix(p.light, WHITE, 0.6), 0.62);
            snow_caps(line, snow) + &facets(line, mix(order.colour, p.light, 0.28), from, 0.4)
        }
        Surface::Dune => dunes(line, mul(order.colour, [0.72, 0.60, 0.68]), -1),
        Surface::Grass => tufts(plot, noise, line, order.colour, p.light, 0.0),
        Surface::Flowers => tufts(plot, noise, line, order.colour, p.light, 0.30),
        Surface::Craters => craters(plot, noise, line, order.colour),
        Surface::Snow => hollows(plot, noise, line, mix(order.colour, p.sky[1], 0.35)),
        Surface::Pebbles => pebbles(plot, noise, line, order.colour, p.light),
        Surface::Furrows => furrows(plot, line, order.colour),
    }
}

/// The peaks of a line: indices that are the highest of their neighbourhood.
fn summits(line: &[(f32, f32)], reach: usize) -> Vec<usize> {
    let mut found: Vec<usize> = vec![];
    for i in reach..line.len().saturating_sub(reach) {
        let y = line[i].1;
        let peak = (1..=reach).all(|k| line[i - k].1 >= y && line[i + k].1 >= y);
        if peak && line[i - reach].1 > y + 4.0 && found.last().is_none_or(|last| i > last + reach) {
            found.push(i);
        }
    }
    found
}

fn facets(line: &[(f32, f32)], lit: Rgb, from: i32, opacity: f32) -> String {
    let mut out = String::new();
    for i in summits(line, 6) {
        let (px, py) = line[i];
        let mut path = format!("M{px:.1} {py:.1}");
        let mut k = i as i32;
        for _ in 0..26 {
            let next = k + from;
            if next < 0 || next as usize >= line.len() || line[next as usize].1 < line[k as usize].1 - 3.0 {
                break;
            }
            k = next;
            let _ = write!(path, "L{:.1} {:.1}", line[k as usize].0, line[k as usize].1);
        }
        let (ex, ey) = line[k as usize];
        for m in (1..=5).rev() {
            let t = m as f32 / 5.0;
            let bx = px + (ex - px) * t * 0.55 - from as f32 * (m % 2) as f32 * 14.0;
            let _ = write!(path, "L{bx:.1} {:.1}", py + (ey + 70.0 - py) * t * 1.15);
        }
        let _ = write!(out, "<path d='{path}Z' fill='{}' opacity='{opacity}'/>", css(lit));
    }
    out
}

fn snow_caps(line: &[(f32, f32)], snow: Rgb) -> String {
    let low = line.iter().map(|q| q.1).fold(f32::MIN, f32::max);
    let top = line.iter().map(|q| q.1).fold(f32::MAX, f32::min);
    let snow_line = top + (low - top) * 0.34;
    let mut path = String::new();
    let mut open = false;
    for (i, &(x, y)) in line.iter().enumerate() {
        if y < snow_line {
            let _ = write!(path, "{}{x:.1} {y:.1}", if open { "L" } else { "M" });
            open = true;
        } else if open {
            // Back along a ragged lower edge.
            let mut k = i;
            while k > 0 && line[k - 1].1 < snow_line {
                k -= 1;
                if k % 3 == 0 {
                    let depth = (snow_line - line[k].1) * (0.35 + 0.5 * hash(k as i32, 31));
                    let _ = write!(path, "L{:.1} {:.1}", line[k].0, line[k].1 + depth);
                }
            }
            path.push('Z');
            open = false;
        }
    }
    if open {
        path.push('Z');
    }
    format!("<path d='{path}' fill='{}' opacity='.85'/>", css(snow))
}

fn dunes(line: &[(f32, f32)], shade: Rgb, from: i32) -> String {
    let mut out = String::new();
    let away = -from as f32;
    for i in summits(line, 8) {
        let (px, py) = line[i];
        let mut path = format!("M{px:.0} {py:.0}");
        let mut k = i as i32;
        for _ in 0..90 {
            let next = k - from;
            if next < 0 || next as usize >= line.len() || line[next as usize].1 < line[k as usize].1 {
                break;
            }
            k = next;
            let _ = write!(path, "L{:.0} {:.0}", line[k as usize].0, line[k as usize].1);
        }
        let (ex, ey) = line[k as usize];
        let way = (ex - px).abs();
        if way < 70.0 {
            continue;
        }
        // The edge runs down from the summit in an S; the lee side beside it lies in shadow, which fades into the sand.
        let down = 120.0 + way * 0.5;
        let foot = px + away * way * 0.30;
        let _ = write!(
            path,
            "C{:.0} {:.0} {:.0} {:.0} {foot:.0} {:.0}C{:.0} {:.0} {:.0} {:.0} {px:.0} {py:.0}Z",
            ex - away * way * 0.05,
            ey + down * 0.35,
            foot + away * way * 0.5,
            py + down * 0.9,
            py + down,
            foot - away * way * 0.34,
            py + down * 0.72,
            px + away * way * 0.16,
            py + down * 0.30
        );
        let c = css(shade);
        let _ = write!(
            out,
            "<linearGradient id='d{i}' x1='0' y1='{py:.0}' x2='0' y2='{:.0}' gradientUnits='userSpaceOnUse'><stop offset='0' stop-color='{c}' stop-opacity='.75'/><stop offset='.5' stop-color='{c}' stop-opacity='.45'/><stop offset='1' stop-color='{c}' stop-opacity='0'/></linearGradient><path d='{path}' fill='url(#d{i})'/>",
            py + down
        );
    }
    out
}

/// Layers of stone: short strokes, light above and dark below.
fn strata(plot: &Plot, noise: u32, line: &[(f32, f32)], colour: Rgb, light: Rgb) -> String {
    let mut out = String::new();
    let (dark, bright) = (css(scale(colour, 0.72)), css(mix(colour, light, 0.28)));
    for (x, y, near, own) in scatter(plot, noise, line, 120.0) {
        let n = |k: i32| hash(k, own);
        let (w, h) = ((26.0 + 70.0 * near) * (0.4 + n(1)), 5.0 + 14.0 * n(2));
        let tilt = (n(3) - 0.4) * 0.3 * w;
        let _ = write!(
            out,
            "<path d='M{:.0} {y:.0}l{w:.0} {tilt:.0}l{:.0} {h:.0}l{:.0} {:.0}Z' fill='{}' opacity='{:.2}'/>",
            x - w * 0.5,
            w * 0.3,
            -w * 1.1,
            -tilt * 0.6,
            if n(4) < 0.55 { &dark } else { &bright },
            0.25 + 0.25 * n(5)
        );
    }
    out
}

/// Places on the surface below the line, more of them and larger the nearer they are: (x, y, nearness 0..1, own chance).
fn scatter(plot: &Plot, noise: u32, line: &[(f32, f32)], spacing: f32) -> Vec<(f32, f32, f32, u32)> {
    let (x0, x1) = plot.span();
    let bottom = plot.reach().1;
    let at = |x: f32| {
        let i = line.partition_point(|q| q.0 < x).min(line.len().saturating_sub(1));
        line.get(i).map_or(bottom, |q| q.1)
    };
    let mut out = vec![];
    for row in 0..6_u32 {
        let near = (row as f32 + 0.5) / 6.0;
        for (x, own) in growth::row(x0, x1, spacing * (0.6 + near), noise.wrapping_add(row * 131)) {
            let y0 = at(x);
            let y = y0 + 8.0 + 300.0 * (near + (hash(1, own) - 0.5) * 0.16).max(0.01);
            if y < bottom {
                out.push((x, y, near, own));
            }
        }
    }
    out
}

fn tufts(plot: &Plot, noise: u32, line: &[(f32, f32)], colour: Rgb, light: Rgb, flowers: f32) -> String {
    let (mut dark, mut bright, mut blossoms) = (String::new(), String::new(), String::new());
    let hues = [rgb(0xfff4d8), rgb(0xffd05c), rgb(0xf08ca0), rgb(0xc8a8f0)];
    for (x, y, near, own) in scatter(plot, noise, line, 64.0) {
        let n = |k: i32| hash(k, own);
        let h = 9.0 + 22.0 * near * (0.6 + 0.6 * n(2));
        let path = if n(3) < 0.5 { &mut dark } else { &mut bright };
        for b in -1..=1 {
            let tip = x + b as f32 * h * 0.34 + (n(4) - 0.5) * h * 0.3;
            let foot = x + b as f32 * h * 0.12;
            let _ = write!(
                path,
                "M{:.0} {y:.0}Q{foot:.0} {:.0} {tip:.0} {:.0}Q{:.0} {:.0} {:.0} {y:.0}Z",
                foot - h * 0.07,
                y - h * 0.6,
                y - h,
                foot + h * 0.1,
                y - h * 0.5,
                foot + h * 0.09
            );
        }
        if flowers > 0.0 && n(6) < flowers {
            let hue = hues[(n(7) * 3.99) as usize];
            let r = 2.2 + 3.4 * near;
            let hue = css(mix(mul(hue, mix(light, WHITE, 0.5)), colour, 0.18));
            let _ =
                write!(blossoms, "<circle cx='{:.0}' cy='{:.0}' r='{r:.1}' fill='{hue}'/>", x + h * 0.1, y - h * 1.05);
        }
    }
    format!(
        "<path d='{dark}' fill='{}' opacity='.5'/><path d='{bright}' fill='{}' opacity='.5'/>{blossoms}",
        css(scale(colour, 0.68)),
        css(mix(colour, light, 0.30))
    )
}

fn pebbles(plot: &Plot, noise: u32, line: &[(f32, f32)], colour: Rgb, light: Rgb) -> String {
    let mut out = String::new();
    for (x, y, near, own) in scatter(plot, noise, line, 150.0) {
        let n = |k: i32| hash(k, own);
        if n(2) < 0.35 {
            continue;
        }
        let w = (4.0 + 13.0 * near) * (0.5 + n(3));
        let stone = scale(colour, 0.66 + 0.2 * n(4));
        let _ = write!(
            out,
            "<ellipse cx='{x:.0}' cy='{:.0}' rx='{:.1}' ry='{:.1}' fill='#000' opacity='.14'/><ellipse cx='{x:.0}' cy='{y:.0}' rx='{w:.1}' ry='{:.1}' fill='{}'/><ellipse cx='{:.0}' cy='{:.1}' rx='{:.1}' ry='{:.1}' fill='{}' opacity='.5'/>",
            y + w * 0.3,
            w * 1.2,
            w * 0.4,
            w * 0.52,
            css(stone),
            x - w * 0.2,
            y - w * 0.2,
            w * 0.55,
            w * 0.22,
            css(mix(stone, light, 0.5))
        );
    }
    // Long soft marks: wind and water drew them.
    for (x, y, near, own) in scatter(plot, noise.wrapping_add(77), line, 230.0) {
        let w = (50.0 + 130.0 * near) * (0.5 + hash(5, own));
        let tone = if hash(6, own) < 0.5 { scale(colour, 0.8) } else { mix(colour, light, 0.35) };
        let _ = write!(
            out,
            "<ellipse cx='{x:.0}' cy='{y:.0}' rx='{w:.0}' ry='{:.1}' fill='{}' opacity='.22'/>",
            2.0 + 4.0 * near,
            css(tone)
        );
    }
    out
}

fn craters(plot: &Plot, noise: u32, line: &[(f32, f32)], colour: Rgb) -> String {
    let mut out = String::new();
    for (x, y, near, own) in scatter(plot, noise, line, 260.0) {
        let n = |k: i32| hash(k, own);
        if n(2) < 0.45 {
            continue;
        }
        let w = (18.0 + 64.0 * near) * (0.4 + 0.8 * n(3));
        let _ = write!(
            out,
            "<ellipse cx='{x:.0}' cy='{y:.0}' rx='{w:.0}' ry='{:.0}' fill='{}' opacity='.75'/><path d='M{:.0} {y:.0}A{w:.0} {:.0} 0 0 0 {:.0} {y:.0}A{w:.0} {:.0} 0 0 1 {:.0} {y:.0}Z' fill='{}' opacity='.7'/>",
            w * 0.25,
            css(scale(colour, 0.66)),
            x - w,
            w * 0.25,
            x + w,
            w * 0.31,
            x - w,
            css(mix(colour, WHITE, 0.34))
        );
    }
    out
}

fn hollows(plot: &Plot, noise: u32, line: &[(f32, f32)], shade: Rgb) -> String {
    let mut out = String::new();
    for (x, y, near, own) in scatter(plot, noise, line, 240.0) {
        let w = (70.0 + 150.0 * near) * (0.5 + hash(3, own));
        let _ = write!(
            out,
            "<ellipse cx='{x:.0}' cy='{y:.0}' rx='{w:.0}' ry='{:.1}' fill='{}' opacity='.25'/>",
            4.0 + 9.0 * near,
            css(shade)
        );
    }
    out
}

fn furrows(plot: &Plot, line: &[(f32, f32)], colour: Rgb) -> String {
    let (x0, x1) = plot.span();
    let (middle, top) = (f32::midpoint(x0, x1), line.iter().map(|q| q.1).fold(f32::MAX, f32::min));
    let mut path = String::new();
    for i in -30..=30 {
        let x = i as f32 * 26.0;
        let _ = write!(path, "M{:.0} {:.0}L{:.0} {:.0}", middle + x, top - 10.0, middle + x * 4.6, top + 420.0);
    }
    format!("<path d='{path}' fill='none' stroke='{}' stroke-width='5' opacity='.35'/>", css(scale(colour, 0.78)))
}
