//! Gives a picture another main colour without losing its shading.
//!
//! Works on the colours written in the fragment, so gradients stay gradients. Does not know what is drawn.

use crate::art::pack::raster;
use crate::art::{Colour, Picture, Rect};

/// Below this saturation a colour counts as grey.
const GREY: f32 = 0.16;
/// How far a hue may lie from the main one and still turn with it, in degrees.
const NEAR: f32 = 48.0;

/// The attributes that carry colours.
const ATTRIBUTES: &[&str] = &["fill=\"#", "stroke=\"#", "stop-color=\"#", "flood-color=\"#"];

/// The picture with its dominant colour turned into `colour`; shades and highlights keep their distance from it.
pub fn recolour(picture: &Picture, colour: Colour) -> Picture {
    let main = dominant(picture);
    let body = map_colours(&picture.body, |c| turn(c, main, colour));
    Picture { body: rename_ids(&body, &colour.to_hex()[1..]), ..picture.clone() }
}

/// The colour that covers most of the picture: the mean of the commonest hue, or of the greys.
pub(super) fn dominant(picture: &Picture) -> Colour {
    let square = Rect { x: 0.0, y: 0.0, w: picture.unit, h: picture.unit };
    let Some(small) = raster(&picture.body, square, 48, 48) else { return Colour::WHITE.mix(Colour::BLACK, 0.5) };
    // Twelve hues and the greys.
    let mut bins = [(0.0_f32, Colour::BLACK); 13];
    for pixel in small.pixels().iter().filter(|p| p.alpha() > 200) {
        let p = pixel.demultiply();
        let c =
            Colour { r: f32::from(p.red()) / 255.0, g: f32::from(p.green()) / 255.0, b: f32::from(p.blue()) / 255.0 };
        let (h, s, l) = c.hsl();
        let grey = s < GREY || !(0.08..0.95).contains(&l);
        let bin = &mut bins[if grey { 12 } else { (h / 30.0) as usize % 12 }];
        bin.0 += 1.0;
        bin.1 = Colour { r: bin.1.r + c.r, g: bin.1.g + c.g, b: bin.1.b + c.b };
    }
    let best = bins.iter().copied().fold(bins[12], |a, b| if b.0 > a.0 { b } else { a });
    let n = best.0.max(1.0);
    Colour { r: best.1.r / n, g: best.1.g / n, b: best.1.b / n }
}

fn turn(c: Colour, main: Colour, to: Colour) -> Colour {
    let ((h, s, l), (mh, ms, ml), (th, ts, tl)) = (c.hsl(), main.hsl(), to.hsl());
    let near = if ms < GREY {
        s < GREY * 1.5
    } else {
        let d = (h - mh).abs();
        s >= GREY && d.min(360.0 - d) < NEAR
    };
    if !near {
        return c;
    }
    // Very light and very dark colours have less room: their shading is pressed together, never cut off.
    let room = if (0.25..=0.75).contains(&tl) { 0.85 } else { 0.55 };
    let l2 = (tl + (l - ml) * room).clamp(0.05, 0.985);
    // Shade of white is cool, never grey.
    if ts < GREY && tl > 0.75 {
        let shade = ((0.93 - l2) / 0.5).clamp(0.0, 1.0);
        return Colour::from_hsl(215.0, 0.10 + 0.22 * shade, l2);
    }
    let s2 = if ms < GREY { ts } else { (ts * (0.5 + 0.5 * s / ms)).clamp(0.0, 1.0) };
    Colour::from_hsl(th + if ms < GREY { 0.0 } else { (h - mh + 540.0).rem_euclid(360.0) - 180.0 } * 0.35, s2, l2)
}

/// Rewrites every colour written in a fragment.
pub(super) fn map_colours(body: &str, map: impl Fn(Colour) -> Colour) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    loop {
        let next = ATTRIBUTES.iter().filter_map(|a| rest.find(a).map(|at| at + a.len() - 1)).min();
        let Some(at) = next else { break };
        let end = rest[at..].find('"').map_or(rest.len(), |e| at + e);
        out.push_str(&rest[..at]);
        match Colour::from_hex(&rest[at..end]) {
            Some(colour) => out.push_str(&map(colour).to_hex()),
            None => out.push_str(&rest[at..end]),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// The fragment with `suffix` at every id and every use of one, so that it can stand beside its original.
pub(super) fn rename_ids(body: &str, suffix: &str) -> String {
    let mut out = String::with_capacity(body.len() + body.len() / 16);
    let mut rest = body;
    while let Some((at, close)) = [(" id=\"", '"'), (" id='", '\''), ("url(#", ')'), ("href=\"#", '"')]
        .iter()
        .filter_map(|(open, close)| rest.find(open).map(|at| (at + open.len(), *close)))
        .min()
    {
        let end = rest[at..].find(close).map_or(rest.len(), |e| at + e);
        out.push_str(&rest[..end]);
        out.push('_');
        out.push_str(suffix);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::art::{PictureId, svg};

    fn mean(picture: &Picture) -> Colour {
        dominant(picture)
    }

    #[test]
    fn a_white_whale_is_white_and_still_shaded() {
        let whale = svg(&PictureId::named("whale").unwrap());
        let white = recolour(&whale, Colour::from_hex("#f4f4f0").unwrap());
        assert!(mean(&white).luma() > 0.78, "{:?}", mean(&white));
        let mut shades: Vec<String> = Vec::new();
        let seen = std::cell::RefCell::new(&mut shades);
        let _ = map_colours(&white.body, |c| {
            seen.borrow_mut().push(c.to_hex());
            c
        });
        shades.sort();
        shades.dedup();
        assert!(shades.len() > 8, "shading is kept: {shades:?}");
    }

    #[test]
    fn colours_arrive_and_the_shape_stays() {
        let check = |picture: &str, colour: &str| {
            let before = svg(&PictureId::named(picture).unwrap());
            let to = Colour::from_hex(colour).unwrap();
            let after = recolour(&before, to);
            let (h, _, l) = mean(&after).hsl();
            let (th, ts, tl) = to.hsl();
            let d = (h - th).abs();
            assert!(
                (ts < GREY || d.min(360.0 - d) < 40.0) && (l - tl).abs() < 0.25,
                "{picture} {colour}: {:?}",
                mean(&after)
            );
            assert_eq!((after.ink, after.unit), (before.ink, before.unit));
        };
        check("balloon", "#3473c8");
        check("fox", "#26262c");
        check("automobile", "#3f9a52");
        check("elephant", "#f08db4");
    }

    #[test]
    fn ids_are_renamed_with_all_their_uses() {
        let body = r##"<g><linearGradient id="a"/><path fill="url(#a)"/><use xlink:href="#a"/></g>"##;
        assert_eq!(
            rename_ids(body, "z"),
            r##"<g><linearGradient id="a_z"/><path fill="url(#a_z)"/><use xlink:href="#a_z"/></g>"##
        );
    }
}
