//! Draws what is worn: the torso with its garment, scarf, apron, cape, and the drawn hats.
//!
//! Owns the shapes of clothes around a given body. Does not choose them.

use std::fmt::Write as _;

use crate::art::Colour;
use crate::art::figure::clothes::{Cut, Hat, Mark, Outfit};

/// The lines of a body that clothes follow, in figure units; the body stands upright around x = 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines {
    /// Height of the shoulders (negative: up).
    pub shoulder: f32,
    /// Height of the hips.
    pub hip: f32,
    /// Half the width of the shoulders.
    pub broad: f32,
    /// Half the width of the hips.
    pub slim: f32,
    /// How far the middle line is turned to the right.
    pub turn: f32,
    /// Length of the legs.
    pub leg: f32,
    /// Seated: nothing hangs below the hips.
    pub seated: bool,
}

fn gradient(id: &str, colour: Colour, half: f32) -> String {
    format!(
        "<linearGradient id='{id}' gradientUnits='userSpaceOnUse' x1='{:.2}' y1='0' x2='{half:.2}' y2='0'><stop offset='0' stop-color='{}'/>\
         <stop offset='.5' stop-color='{}'/><stop offset='1' stop-color='{}'/></linearGradient>",
        -half,
        colour.shade(0.38).to_hex(),
        colour.to_hex(),
        colour.light(0.2).to_hex()
    )
}

/// Where the garment ends: its height and half its width there.
pub(super) fn hem(cut: Cut, l: &Lines) -> (f32, f32) {
    let (drop, wide) = match cut {
        Cut::Shirt | Cut::Suit => (0.06, 1.0),
        Cut::Fur => (0.10, 1.02),
        Cut::Jacket => (0.16, 1.10),
        Cut::Coat => (0.58, 1.38),
        Cut::Dress => (0.62, 1.75),
        Cut::Robe => (0.80, 1.66),
    };
    if l.seated { (l.hip + l.leg * 0.08, l.slim * 1.15) } else { (l.hip + l.leg * drop, l.slim * wide) }
}

/// The torso in its garment.
pub(super) fn torso(id: &str, l: &Lines, o: &Outfit, skin: Colour) -> String {
    let (b, s, t, y0) = (l.broad, l.slim, l.turn, l.shoulder);
    let (hem_y, hem_w) = hem(o.cut, l);
    let long = hem_y - y0;
    let waist = y0 + (l.hip - y0) * 0.72;
    let waist_w = if o.cut == Cut::Dress || o.cut == Cut::Robe { s * 0.86 } else { s * 0.98 };
    let neck = b * 0.36;
    let mut out = String::new();
    let _ = write!(out, "{}", gradient(id, o.main, b.max(hem_w)));
    // Neck, in the shade of the chin.
    let _ = write!(
        out,
        "<rect x='{:.2}' y='{:.2}' width='{:.2}' height='{:.2}' rx='{:.2}' fill='{}'/>",
        t * 0.4 - neck * 0.75,
        y0 - b * 0.55,
        neck * 1.5,
        b * 0.8,
        neck * 0.5,
        skin.shade(0.28).to_hex()
    );
    let outline = format!(
        "M{:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}L{:.2} {:.2}Q0 {:.2} {:.2} {:.2}L{:.2} {:.2}\
         C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}Q{:.2} {:.2} {:.2} {:.2}Z",
        -neck, y0 - b * 0.12, -b * 0.7, y0 - b * 0.06, -b, y0 + b * 0.10, -b, y0 + b * 0.42,
        -b, y0 + b * 0.9, -waist_w, waist - b * 0.3, -waist_w, waist,
        -hem_w, hem_y, hem_y + hem_w * 0.13, hem_w, hem_y,
        waist_w, waist, waist_w, waist - b * 0.3, b, y0 + b * 0.9, b, y0 + b * 0.42,
        b, y0 + b * 0.10, b * 0.7, y0 - b * 0.06, neck, y0 - b * 0.12,
        t * 0.5, y0 + b * 0.22, -neck, y0 - b * 0.12,
    );
    let _ = write!(out, "<path d='{outline}' fill='url(#{id})'/>");
    if matches!(o.cut, Cut::Coat | Cut::Dress | Cut::Robe) && !l.seated {
        for k in [-0.5, 0.15, 0.62_f32] {
            let _ = write!(
                out,
                "<path d='M{:.2} {:.2}Q{:.2} {:.2} {:.2} {:.2}' stroke='{}' stroke-width='{:.2}' fill='none' opacity='.45' stroke-linecap='round'/>",
                waist_w * k * 0.8, waist + b * 0.3, hem_w * k * 0.9, f32::midpoint(waist, hem_y), hem_w * k, hem_y - b * 0.12,
                o.main.shade(0.6).to_hex(), b * 0.07
            );
        }
    }
    mark(&mut out, l, o, long);
    if o.cut == Cut::Fur {
        let _ = write!(
            out,
            "<ellipse cx='{:.2}' cy='{:.2}' rx='{:.2}' ry='{:.2}' fill='{}' opacity='.75'/>",
            t, y0 + (hem_y - y0) * 0.56, s * 0.60, (hem_y - y0) * 0.36, o.trim.to_hex()
        );
    }
    if let Some(apron) = o.apron {
        let (top, low) = (y0 + b * 0.75, hem_y.max(l.hip + l.leg * if l.seated { 0.05 } else { 0.42 }));
        let _ = write!(
            out,
            "<path d='M{:.2} {top:.2}H{:.2}L{:.2} {waist:.2}L{:.2} {low:.2}Q{t:.2} {:.2} {:.2} {low:.2}L{:.2} {waist:.2}Z' fill='{}'/>\
             <path d='M{:.2} {waist:.2}H{:.2}' stroke='{}' stroke-width='{:.2}'/>",
            t - s * 0.5, t + s * 0.5, t + s * 0.82, t + s * 0.88, low + b * 0.14, t - s * 0.88, t - s * 0.82, apron.to_hex(),
            -waist_w, waist_w, apron.shade(0.25).to_hex(), b * 0.09
        );
    }
    if let Some(scarf) = o.scarf {
        let (w, h) = (b * 0.66, b * 0.40);
        let _ = write!(
            out,
            "<path d='M{:.2} {:.2}L{:.2} {:.2}L{:.2} {:.2}L{:.2} {:.2}Z' fill='{}'/><path d='M{:.2} {:.2}Q{t:.2} {:.2} {:.2} {:.2}L{:.2} {:.2}Q{t:.2} {:.2} {:.2} {:.2}Z' fill='{}'/>",
            t + w * 0.25, y0 + h * 0.3, t + w * 0.8, y0 + h * 0.2, t + w * 0.95, y0 + h * 2.9, t + w * 0.40, y0 + h * 3.0,
            scarf.shade(0.22).to_hex(),
            t - w, y0 - h * 0.7, y0 + h * 0.35, t + w, y0 - h * 0.7, t + w * 1.02, y0 + h * 0.35, y0 + h * 1.5, t - w * 1.02, y0 + h * 0.35,
            scarf.to_hex()
        );
    }
    out
}

fn mark(out: &mut String, l: &Lines, o: &Outfit, long: f32) {
    let (b, s, t, y0) = (l.broad, l.slim, l.turn, l.shoulder);
    let (trim, dark) = (o.trim.to_hex(), o.main.shade(0.55).to_hex());
    let dot = |out: &mut String, x: f32, y: f32, r: f32| {
        let _ = write!(out, "<circle cx='{x:.2}' cy='{y:.2}' r='{r:.2}' fill='{trim}'/>");
    };
    let open = |out: &mut String, inner: &str| {
        let _ = write!(
            out,
            "<path d='M{:.2} {:.2}L{t:.2} {:.2}L{:.2} {:.2}Q{t:.2} {:.2} {:.2} {:.2}Z' fill='{inner}'/>",
            t - b * 0.36, y0 - b * 0.10, y0 + b * 1.05, t + b * 0.36, y0 - b * 0.10, y0 + b * 0.18, t - b * 0.36, y0 - b * 0.10
        );
    };
    let line = |out: &mut String, from: f32, to: f32| {
        let _ = write!(out, "<path d='M{t:.2} {from:.2}V{to:.2}' stroke='{dark}' stroke-width='{:.2}' opacity='.7'/>", b * 0.06);
    };
    match o.mark {
        Mark::None => {}
        Mark::Buttons => {
            line(out, y0 + b * 0.2, y0 + long * 0.97);
            for k in 0..3 {
                dot(out, t + b * 0.16, y0 + b * (0.62 + 0.55 * k as f32), b * 0.085);
            }
        }
        Mark::DoubleButtons => {
            line(out, y0 + b * 0.2, y0 + long * 0.97);
            for k in 0..3 {
                dot(out, t - b * 0.26, y0 + b * (0.62 + 0.5 * k as f32), b * 0.085);
                dot(out, t + b * 0.26, y0 + b * (0.62 + 0.5 * k as f32), b * 0.085);
            }
        }
        Mark::Tie => {
            open(out, "#f4f1ea");
            line(out, y0 + b * 1.05, y0 + long * 0.97);
            let _ = write!(
                out,
                "<path d='M{:.2} {:.2}H{:.2}L{:.2} {:.2}L{:.2} {:.2}L{t:.2} {:.2}L{:.2} {:.2}L{:.2} {:.2}Z' fill='{trim}'/>",
                t - b * 0.10, y0 + b * 0.12, t + b * 0.10, t + b * 0.06, y0 + b * 0.3, t + b * 0.15, y0 + b * 0.85, y0 + b * 1.02,
                t - b * 0.15, y0 + b * 0.85, t - b * 0.06, y0 + b * 0.3
            );
        }
        Mark::Bow => {
            open(out, "#f6f3ee");
            let _ = write!(
                out,
                "<path d='M{t:.2} {0:.2}L{1:.2} {2:.2}V{3:.2}L{t:.2} {0:.2}L{4:.2} {2:.2}V{3:.2}Z' fill='#a8243a'/>",
                y0 + b * 0.22, t - b * 0.28, y0 + b * 0.08, y0 + b * 0.38, t + b * 0.28
            );
        }
        Mark::Stripes => {
            for k in 0..5 {
                let y = y0 + b * (0.5 + 0.42 * k as f32);
                if y < l.hip {
                    let _ = write!(
                        out,
                        "<path d='M{:.2} {y:.2}Q0 {:.2} {:.2} {y:.2}' stroke='{trim}' stroke-width='{:.2}' fill='none'/>",
                        -s * 0.97, y + b * 0.14, s * 0.97, b * 0.16
                    );
                }
            }
        }
        Mark::Overalls => {
            let _ = write!(
                out,
                "<path d='M{:.2} {:.2}H{:.2}V{:.2}H{:.2}V{:.2}H{:.2}V{:.2}H{:.2}Z' fill='{trim}'/><path d='M{:.2} {:.2}V{:.2}M{:.2} {:.2}V{:.2}' stroke='{trim}' stroke-width='{:.2}'/>",
                t - s * 0.6, y0 + b * 0.85, t + s * 0.6, y0 + b * 1.5, s, l.hip + l.leg * 0.05, -s, y0 + b * 1.5, t - s * 0.6,
                t - s * 0.5, y0 + b * 0.02, y0 + b * 0.9, t + s * 0.5, y0 + b * 0.02, y0 + b * 0.9, b * 0.20
            );
            dot(out, t - s * 0.5, y0 + b * 0.95, b * 0.08);
            let _ = write!(
                out,
                "<rect x='{:.2}' y='{:.2}' width='{:.2}' height='{:.2}' rx='.6' fill='{}'/>",
                t - s * 0.28, y0 + b * 1.05, s * 0.56, b * 0.42, o.trim.shade(0.18).to_hex()
            );
        }
        Mark::Bands => {
            line(out, y0 + b * 0.2, y0 + long * 0.97);
            for y in [y0 + b * 1.0, y0 + b * 1.75] {
                let _ = write!(
                    out,
                    "<path d='M{:.2} {y:.2}Q0 {:.2} {:.2} {y:.2}' stroke='{trim}' stroke-width='{:.2}' fill='none'/>",
                    -s * 0.99, y + b * 0.14, s * 0.99, b * 0.22
                );
            }
        }
        Mark::Panel => {
            let _ = write!(
                out,
                "<rect x='{:.2}' y='{:.2}' width='{:.2}' height='{:.2}' rx='{:.2}' fill='{}'/>",
                t - b * 0.5, y0 + b * 0.7, b, b * 0.75, b * 0.14, o.main.shade(0.22).to_hex()
            );
            for (k, c) in ["#e0563c", "#4aa3d8", "#f2c94c"].iter().enumerate() {
                let _ = write!(
                    out,
                    "<circle cx='{:.2}' cy='{:.2}' r='{:.2}' fill='{c}'/>",
                    t + b * (k as f32 - 1.0) * 0.28, y0 + b * 1.08, b * 0.10
                );
            }
        }
        Mark::Plate => {
            let _ = write!(
                out,
                "<path d='M{:.2} {:.2}Q{t:.2} {:.2} {:.2} {:.2}L{:.2} {:.2}Q{t:.2} {:.2} {:.2} {:.2}Z' fill='{}' opacity='.6'/><path d='M{t:.2} {:.2}V{:.2}' stroke='{trim}' stroke-width='{:.2}'/>",
                t - b * 0.72, y0 + b * 0.35, y0 + b * 0.1, t + b * 0.72, y0 + b * 0.35, t + s * 0.6, y0 + b * 1.5, y0 + b * 1.9,
                t - s * 0.6, y0 + b * 1.5, o.main.light(0.45).to_hex(), y0 + b * 0.4, y0 + b * 1.6, b * 0.10
            );
        }
        Mark::Emblem => dot(out, t, y0 + b * 0.85, b * 0.28),
    }
}

/// A cape behind the body.
pub(super) fn cape(id: &str, l: &Lines, colour: Colour) -> String {
    let (b, y0) = (l.broad, l.shoulder);
    let low = if l.seated { l.hip + l.leg * 0.1 } else { l.hip + l.leg * 0.55 };
    format!(
        "{}<path d='M{:.2} {:.2}Q{:.2} {:.2} {:.2} {low:.2}Q0 {:.2} {:.2} {low:.2}Q{:.2} {:.2} {:.2} {:.2}Z' fill='url(#{id})'/>",
        gradient(id, colour.shade(0.15), b * 1.5),
        -b * 0.6, y0 - b * 0.1, -b * 1.35, y0 + b * 1.2, -b * 1.55, low + b * 0.25, b * 1.35, b * 1.25, y0 + b * 1.2, b * 0.6, y0 - b * 0.1
    )
}

/// A beard and moustache on a face whose chin is at (0, 0) and whose skull is `h` high and `2·w` wide.
pub(super) fn beard(id: &str, w: f32, h: f32, turn: f32, colour: Colour) -> String {
    let t = turn;
    format!(
        "<linearGradient id='{id}' x1='0' x2='0' y1='0' y2='1'><stop offset='0' stop-color='{}'/><stop offset='1' stop-color='{}'/></linearGradient>\
         <path fill='url(#{id})' d='M{:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}\
         Q{:.2} {:.2} {t:.2} {:.2}Q{:.2} {:.2} {:.2} {:.2}Z'/>\
         <path fill='{}' d='M{t:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}Q{:.2} {:.2} {t:.2} {:.2}Q{:.2} {:.2} {:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} {t:.2} {:.2}Z'/>\
         <path d='M{:.2} {:.2}Q{t:.2} {:.2} {:.2} {:.2}' stroke='#7a3a35' stroke-width='{:.2}' fill='none' stroke-linecap='round'/>",
        colour.light(0.25).to_hex(),
        colour.shade(0.14).to_hex(),
        -w * 0.86, -h * 0.42, -w * 0.98, -h * 0.10, -w * 0.62, h * 0.10, t * 0.4, h * 0.20,
        w * 0.62 + t * 0.2, h * 0.18, w * 0.98, -h * 0.04, w * 0.86, -h * 0.42,
        w * 0.74, -h * 0.26, w * 0.60, -h * 0.22, w * 0.44 + t, -h * 0.22,
        w * 0.2 + t, -h * 0.28, -h * 0.27, -w * 0.2 + t, -h * 0.28, -w * 0.44 + t * 0.5, -h * 0.22,
        colour.light(0.42).to_hex(),
        -h * 0.275, t + w * 0.16, -h * 0.31, t + w * 0.42, -h * 0.26, t + w * 0.50, -h * 0.17,
        t + w * 0.2, -h * 0.16, -h * 0.20, t - w * 0.2, -h * 0.16, t - w * 0.50, -h * 0.17, t - w * 0.42, -h * 0.26, t - w * 0.16, -h * 0.31, -h * 0.275,
        t - w * 0.14, -h * 0.135, -h * 0.10, t + w * 0.14, -h * 0.135, h * 0.022
    )
}

/// A hat on a head whose chin is at (0, 0) and whose skull is `h` high and `2·w` wide.
pub(super) fn hat(id: &str, kind: Hat, colour: Colour, w: f32, h: f32, turn: f32) -> String {
    let g = gradient(id, colour, w * 1.1);
    let (dark, t) = (colour.shade(0.5).to_hex(), turn);
    let fill = format!("fill='url(#{id})'");
    let body = match kind {
        Hat::Peaked => format!(
            "<path {fill} d='M{:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} 0 {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}L{:.2} {:.2}H{:.2}Z'/>\
             <path d='M{:.2} {:.2}Q0 {:.2} {:.2} {:.2}V{:.2}Q0 {:.2} {:.2} {:.2}Z' fill='{dark}'/>\
             <path d='M{:.2} {:.2}Q{t:.2} {:.2} {:.2} {:.2}Q{:.2} {:.2} {t:.2} {:.2}Q{:.2} {:.2} {:.2} {:.2}Z' fill='#1a1d26'/>\
             <path d='M{:.2} {:.2}Q{t:.2} {:.2} {:.2} {:.2}' stroke='#e0b03c' stroke-width='{:.2}' fill='none'/>\
             <circle cx='{t:.2}' cy='{:.2}' r='{:.2}' fill='#e0b03c'/>",
            -w * 0.98, -h * 0.86, -w * 1.22, -h * 1.12, -w * 0.7, -h * 1.20, -h * 1.18, w * 0.7, -h * 1.20, w * 1.22, -h * 1.12, w * 0.98, -h * 0.86, w * 0.96, -h * 0.74, -w * 0.96,
            -w * 0.97, -h * 0.86, -h * 0.80, w * 0.97, -h * 0.86, -h * 0.72, -h * 0.64, -w * 0.97, -h * 0.72,
            t - w * 0.78, -h * 0.71, -h * 0.62, t + w * 0.78, -h * 0.71, t + w * 0.66, -h * 0.52, -h * 0.50, t - w * 0.66, -h * 0.52, t - w * 0.78, -h * 0.71,
            t - w * 0.76, -h * 0.735, -h * 0.645, t + w * 0.76, -h * 0.735, h * 0.025,
            -h * 0.92, h * 0.065
        ),
        Hat::SouWester => format!(
            "<path {fill} d='M{:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} 0 {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}Z'/>\
             <path fill='{}' d='M{:.2} {:.2}Q0 {:.2} {:.2} {:.2}Q{:.2} {:.2} {:.2} {:.2}Q0 {:.2} {:.2} {:.2}Q{:.2} {:.2} {:.2} {:.2}Z'/>",
            -w * 0.92, -h * 0.70, -w * 0.96, -h * 1.02, -w * 0.55, -h * 1.16, -h * 1.16, w * 0.55, -h * 1.16, w * 0.96, -h * 1.02, w * 0.92, -h * 0.70,
            colour.light(0.14).to_hex(),
            -w * 0.94, -h * 0.80, -h * 0.70, w * 0.94, -h * 0.80, w * 1.32, -h * 0.62, w * 1.22, -h * 0.42, -h * 0.70, -w * 1.22, -h * 0.42, -w * 1.32, -h * 0.62, -w * 0.94, -h * 0.80
        ),
        Hat::Sailor => format!(
            "<path {fill} d='M{:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} 0 {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}Z'/><path d='M{:.2} {:.2}Q0 {:.2} {:.2} {:.2}L{:.2} {:.2}Q0 {:.2} {:.2} {:.2}Z' fill='{}'/>\
             <path d='M{:.2} {:.2}Q0 {:.2} {:.2} {:.2}' stroke='#27466e' stroke-width='{:.2}' fill='none'/>",
            -w * 0.72, -h * 0.86, -w * 0.74, -h * 1.12, -w * 0.4, -h * 1.14, -h * 1.13, w * 0.4, -h * 1.14, w * 0.74, -h * 1.12, w * 0.72, -h * 0.86,
            -w * 0.86, -h * 0.96, -h * 0.90, w * 0.86, -h * 0.96, w * 0.80, -h * 0.80, -h * 0.74, -w * 0.80, -h * 0.80, colour.light(0.3).to_hex(),
            -w * 0.83, -h * 0.88, -h * 0.82, w * 0.83, -h * 0.88, h * 0.03
        ),
        Hat::Tricorn => format!(
            "<path {fill} d='M{:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} 0 {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}Z'/>\
             <path fill='{dark}' d='M{:.2} {:.2}Q{:.2} {:.2} 0 {:.2}Q{:.2} {:.2} {:.2} {:.2}Q{:.2} {:.2} 0 {:.2}Q{:.2} {:.2} {:.2} {:.2}Z'/>\
             <path d='M{:.2} {:.2}Q{:.2} {:.2} 0 {:.2}Q{:.2} {:.2} {:.2} {:.2}' stroke='#e0b03c' stroke-width='{:.2}' fill='none'/><circle cx='{t:.2}' cy='{:.2}' r='{:.2}' fill='#f4f1ea'/>",
            -w * 0.82, -h * 0.80, -w * 0.8, -h * 1.10, -w * 0.5, -h * 1.22, -h * 1.22, w * 0.5, -h * 1.22, w * 0.8, -h * 1.10, w * 0.82, -h * 0.80,
            -w * 1.38, -h * 0.86, -w * 0.6, -h * 0.96, -h * 1.10, w * 0.6, -h * 0.96, w * 1.38, -h * 0.86, w * 0.9, -h * 0.66, -h * 0.68, -w * 0.9, -h * 0.66, -w * 1.38, -h * 0.86,
            -w * 1.36, -h * 0.86, -w * 0.6, -h * 0.955, -h * 1.09, w * 0.6, -h * 0.955, w * 1.36, -h * 0.86, h * 0.03, -h * 0.88, h * 0.07
        ),
        Hat::Helmet => format!(
            "<path {fill} d='M{:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} 0 {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}Q{:.2} {:.2} {:.2} {:.2}Q0 {:.2} {:.2} {:.2}Q{:.2} {:.2} {:.2} {:.2}Z'/>\
             <path d='M{t:.2} {:.2}V{:.2}' stroke='{}' stroke-width='{:.2}'/>",
            -w * 1.08, -h * 0.38, -w * 1.16, -h * 0.95, -w * 0.7, -h * 1.10, -h * 1.10, w * 0.7, -h * 1.10, w * 1.16, -h * 0.95, w * 1.08, -h * 0.38,
            w * 0.86, -h * 0.42, w * 0.84, -h * 0.66, -h * 0.76, -w * 0.84, -h * 0.66, -w * 0.86, -h * 0.42, -w * 1.08, -h * 0.38,
            -h * 1.09, -h * 0.74, colour.light(0.5).to_hex(), w * 0.12
        ),
        Hat::Brim => format!(
            "<path {fill} d='M{:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}Q0 {:.2} {:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}Z'/>\
             <path d='M{:.2} {:.2}Q0 {:.2} {:.2} {:.2}V{:.2}Q0 {:.2} {:.2} {:.2}Z' fill='{dark}'/>\
             <path fill='{}' d='M{:.2} {:.2}Q{:.2} {:.2} {:.2} {:.2}Q0 {:.2} {:.2} {:.2}Q{:.2} {:.2} {:.2} {:.2}Q0 {:.2} {:.2} {:.2}Z'/>",
            -w * 0.80, -h * 0.72, -w * 0.78, -h * 1.02, -w * 0.62, -h * 1.24, -w * 0.3, -h * 1.24, -h * 1.16, w * 0.3, -h * 1.24, w * 0.62, -h * 1.24, w * 0.78, -h * 1.02, w * 0.80, -h * 0.72,
            -w * 0.81, -h * 0.86, -h * 0.78, w * 0.81, -h * 0.86, -h * 0.72, -h * 0.62, -w * 0.81, -h * 0.72,
            colour.light(0.10).to_hex(),
            -w * 0.82, -h * 0.76, -w * 1.3, -h * 0.80, -w * 1.5, -h * 0.74, -h * 0.50, w * 1.5, -h * 0.74, w * 1.3, -h * 0.80, w * 0.82, -h * 0.76, -h * 0.66, -w * 0.82, -h * 0.76
        ),
        Hat::Beanie => format!(
            "<path {fill} d='M{:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} 0 {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}Z'/><path d='M{:.2} {:.2}Q0 {:.2} {:.2} {:.2}V{:.2}Q0 {:.2} {:.2} {:.2}Z' fill='{}'/><circle cx='0' cy='{:.2}' r='{:.2}' fill='{}'/>",
            -w * 0.95, -h * 0.76, -w * 1.0, -h * 1.05, -w * 0.5, -h * 1.16, -h * 1.16, w * 0.5, -h * 1.16, w * 1.0, -h * 1.05, w * 0.95, -h * 0.76,
            -w * 0.98, -h * 0.84, -h * 0.76, w * 0.98, -h * 0.84, -h * 0.66, -h * 0.58, -w * 0.98, -h * 0.66, colour.light(0.18).to_hex(), -h * 1.18, w * 0.2, colour.light(0.3).to_hex()
        ),
        Hat::Hood => format!(
            "<path {fill} fill-rule='evenodd' d='M{:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} 0 {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}Q0 {:.2} {:.2} {:.2}Z\
             M{:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} 0 {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}Q0 {:.2} {:.2} {:.2}Z'/>",
            -w * 1.02, h * 0.10, -w * 1.42, -h * 0.70, -w * 0.85, -h * 1.14, -h * 1.16, w * 0.85, -h * 1.14, w * 1.42, -h * 0.70, w * 1.02, h * 0.10, h * 0.22, -w * 1.02, h * 0.10,
            t - w * 0.70, -h * 0.10, t - w * 1.04, -h * 0.55, t - w * 0.62, -h * 0.90, -h * 0.90, t + w * 0.62, -h * 0.90, t + w * 1.04, -h * 0.55, t + w * 0.70, -h * 0.10, h * 0.08, t - w * 0.70, -h * 0.10
        ),
        Hat::Top => format!(
            "<path {fill} d='M{:.2} {:.2}L{:.2} {:.2}Q0 {:.2} {:.2} {:.2}L{:.2} {:.2}Z'/><path d='M{:.2} {:.2}Q0 {:.2} {:.2} {:.2}V{:.2}Q0 {:.2} {:.2} {:.2}Z' fill='#8a2438'/><ellipse cx='0' cy='{:.2}' rx='{:.2}' ry='{:.2}' fill='{dark}'/>",
            -w * 0.72, -h * 0.82, -w * 0.80, -h * 1.50, -h * 1.60, w * 0.80, -h * 1.50, w * 0.72, -h * 0.82,
            -w * 0.74, -h * 0.98, -h * 0.92, w * 0.74, -h * 0.98, -h * 0.84, -h * 0.76, -w * 0.74, -h * 0.84, -h * 0.82, w * 1.16, h * 0.07
        ),
    };
    g + &body
}
