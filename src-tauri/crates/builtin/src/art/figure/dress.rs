//! Draws what is worn: the torso with its garment, scarf, apron and cape.
//!
//! Owns the shapes of clothes around a given body. Does not choose them.

use std::fmt::Write as _;

use crate::art::Colour;
use crate::art::figure::clothes::{Cut, Mark, Outfit};

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

/// A gradient across a body, lighter on its right side.
pub(super) fn gradient(id: &str, colour: Colour, half: f32) -> String {
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
// The numbers of a path are read together.
#[rustfmt::skip]
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

// The numbers of a path are read together.
#[rustfmt::skip]
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
// The numbers of a path are read together.
#[rustfmt::skip]
pub(super) fn cape(id: &str, l: &Lines, colour: Colour) -> String {
    let (b, y0) = (l.broad, l.shoulder);
    let low = if l.seated { l.hip + l.leg * 0.1 } else { l.hip + l.leg * 0.55 };
    format!(
        "{}<path d='M{:.2} {:.2}Q{:.2} {:.2} {:.2} {low:.2}Q0 {:.2} {:.2} {low:.2}Q{:.2} {:.2} {:.2} {:.2}Z' fill='url(#{id})'/>",
        gradient(id, colour.shade(0.15), b * 1.5),
        -b * 0.6, y0 - b * 0.1, -b * 1.35, y0 + b * 1.2, -b * 1.55, low + b * 0.25, b * 1.35, b * 1.25, y0 + b * 1.2, b * 0.6, y0 - b * 0.1
    )
}
