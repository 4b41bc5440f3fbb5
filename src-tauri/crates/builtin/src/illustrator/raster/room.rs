//! The shell of a room: wall, floor, windows that are holes, curtains.

use std::fmt::Write;

use super::gradient;
use super::plot::Plot;
use crate::illustrator::colour::{WHITE, css, mix, mul, scale};
use crate::illustrator::scene::Room;

/// The room as SVG. The panes are left empty: the outside is another layer.
pub(super) fn room(plot: &Plot, room: &Room) -> (String, String) {
    let (x0, x1) = plot.span();
    let (y0, y1) = plot.reach();
    let y0 = y0.min(-20.0);
    let y1 = y1.max(room.floor_y + 40.0);
    let mut defs = gradient("w", 0.0, room.floor_y, scale(room.wall, 0.74), room.wall);
    defs += &gradient("f", room.floor_y, room.floor_y + 320.0, room.floor, scale(room.floor, 0.48));
    let mut holes = String::new();
    for &[x, y, w, h] in &room.windows {
        let _ = write!(holes, "M{:.0} {y}V{}H{:.0}V{y}Z", x - w / 2.0, y + h, x + w / 2.0);
    }
    let mut body = format!(
        "<path fill-rule='evenodd' d='M{x0:.0} {y0:.0}H{x1:.0}V{:.0}H{x0:.0}Z{holes}' fill='url(#w)'/>",
        room.floor_y + 2.0
    );
    let _ = write!(
        body,
        "<clipPath id='wall'><path clip-rule='evenodd' d='M{x0:.0} {y0:.0}H{x1:.0}V{:.0}H{x0:.0}Z{holes}'/></clipPath>",
        room.floor_y
    );
    let mut pattern = String::new();
    if room.tiles {
        let top = room.floor_y - 420.0;
        let line = css(scale(room.wall, 0.84));
        let _ = write!(
            pattern,
            "<rect x='{x0:.0}' y='{top}' width='{:.0}' height='420' fill='{}' opacity='.55'/>",
            x1 - x0,
            css(mix(room.wall, WHITE, 0.45))
        );
        for i in 0..=7 {
            let _ = write!(
                pattern,
                "<rect x='{x0:.0}' y='{}' width='{:.0}' height='3' fill='{line}'/>",
                top + i as f32 * 60.0,
                x1 - x0
            );
        }
        for i in (x0 / 60.0).floor() as i32..=(x1 / 60.0).ceil() as i32 {
            let _ = write!(pattern, "<rect x='{}' y='{top}' width='3' height='420' fill='{line}'/>", i * 60);
        }
    } else {
        for i in (x0 / 108.0).floor() as i32..=(x1 / 108.0).ceil() as i32 {
            let _ = write!(
                pattern,
                "<rect x='{}' y='{y0:.0}' width='46' height='{:.0}' fill='#fff' opacity='.045'/>",
                i * 108,
                room.floor_y - y0
            );
        }
    }
    let _ = write!(body, "<g clip-path='url(#wall)'>{pattern}</g>");
    let _ = write!(
        body,
        "<rect x='{x0:.0}' y='{}' width='{:.0}' height='{:.0}' fill='url(#f)'/>",
        room.floor_y,
        x1 - x0,
        y1 - room.floor_y + 10.0
    );
    let plank = css(scale(room.floor, 0.55));
    for i in -9..=9 {
        let _ = write!(
            body,
            "<path d='M{} {}L{} {}' stroke='{plank}' stroke-width='4' opacity='.45'/>",
            i * 190,
            room.floor_y,
            i * 420,
            room.floor_y + 420.0
        );
    }
    let _ = write!(
        body,
        "<rect x='{x0:.0}' y='{}' width='{:.0}' height='26' fill='{}'/><rect x='{x0:.0}' y='{}' width='{:.0}' height='12' fill='#000' opacity='.22'/>",
        room.floor_y - 24.0,
        x1 - x0,
        css(room.wood),
        room.floor_y + 2.0,
        x1 - x0
    );
    for &window in &room.windows {
        frame(&mut defs, &mut body, room, window);
    }
    (defs, body)
}

fn frame(defs: &mut String, body: &mut String, room: &Room, [x, y, w, h]: [f32; 4]) {
    let (l, r, wood) = (x - w / 2.0, x + w / 2.0, css(room.wood));
    let _ = write!(
        body,
        "<path fill-rule='evenodd' d='M{} {}H{}V{}H{}Z M{l} {y}V{}H{r}V{y}Z' fill='{wood}'/><path d='M{} {y}h14v{h}h-14Z M{l} {}h{w}v12h-{w}Z' fill='{wood}'/><rect x='{}' y='{}' width='{}' height='26' rx='4' fill='{}'/><path d='M{l} {y}h{w}l-{} {h}h-{}Z' fill='#fff' opacity='.05'/>",
        l - 20.0,
        y - 20.0,
        r + 20.0,
        y + h + 20.0,
        l - 20.0,
        y + h,
        x - 7.0,
        y + h * 0.42,
        l - 44.0,
        y + h + 16.0,
        w + 88.0,
        css(mix(room.wood, WHITE, 0.12)),
        w * 0.4,
        w * 0.35
    );
    let Some(curtain) = room.curtain else { return };
    let id = format!("u{}", (x + 5000.0) as i32);
    let _ = write!(
        defs,
        "<linearGradient id='{id}' x1='0' x2='96' y1='0' y2='0' gradientUnits='userSpaceOnUse' spreadMethod='reflect'><stop offset='0' stop-color='{}'/><stop offset='.35' stop-color='{}'/><stop offset='.7' stop-color='{}'/><stop offset='1' stop-color='{}'/></linearGradient>",
        css(scale(curtain, 0.72)),
        css(mix(curtain, WHITE, 0.14)),
        css(scale(curtain, 0.64)),
        css(curtain)
    );
    let (top, foot) = (y - 62.0, y + h + 74.0);
    for side in [-1.0_f32, 1.0] {
        let edge = x + side * w * 0.5;
        let (a, b, c) = (edge + side * 130.0, edge - side * 10.0, edge + side * 44.0);
        let _ = write!(
            body,
            "<path d='M{a:.0} {top:.0}L{b:.0} {top:.0}C{:.0} {:.0} {:.0} {:.0} {c:.0} {foot:.0}L{a:.0} {foot:.0}Z' fill='url(#{id})'/>",
            b - side * 6.0,
            y + h * 0.5,
            c - side * 26.0,
            y + h * 0.62
        );
    }
    let _ = write!(
        body,
        "<rect x='{:.0}' y='{:.0}' width='{:.0}' height='20' rx='10' fill='{}'/>",
        l - 160.0,
        top - 14.0,
        w + 320.0,
        css(mul(room.wood, [0.7, 0.66, 0.66]))
    );
}
