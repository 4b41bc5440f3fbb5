//! Things and people: pictures of `art`, drawn once at their size in the picture and put into its light.

use std::sync::Arc;

use story::{Facing, Style};

use super::filter::{self, Lit};
use super::plot::Plot;
use super::{Moves, RasterLayer, Studio, finish, style, svg};
use crate::art::{self, FigureOrder, Rect};
use crate::illustrator::colour::{BLACK, WHITE, mix, mul};
use crate::illustrator::scene::{Drawable, Layer, LayeredScene};

/// The sprite's layers: one for a picture, one for every part of a figure.
pub(super) fn draw(scene: &LayeredScene, studio: &Studio, layer: &Layer, scale: f32) -> Vec<RasterLayer> {
    let plot = Plot::full(scene, layer, scale).grown(30.0);
    match &layer.drawable {
        Drawable::Picture { noun, x, y, height, flip, sunk } => {
            picture(studio, layer, plot, noun, (*x, *y), *height, *flip, *sunk).into_iter().collect()
        }
        Drawable::Figure { character, pose, facing, holding, x, y, unit, sunk, dark, mood } => {
            let held = (!holding.is_empty()).then_some(holding.as_str());
            let (pose, facing, mood, seed) = (*pose, *facing, *mood, layer.seed);
            let order = FigureOrder { character, pose, facing, holding: held, mood, seed };
            figure(studio, layer, plot, &order, (*x, *y), *unit, *sunk, *dark)
        }
        _ => vec![],
    }
}

/// How the picture's light falls on something at a depth.
fn light(studio: &Studio, layer: &Layer, x: f32, dark: bool) -> Lit {
    let p = &studio.palette;
    let far = (1.0 - layer.depth / 0.85).clamp(0.0, 1.0);
    // Faces stay readable: a third of the ambient colour is taken back to white.
    let ambient = mix(p.ambient, WHITE, 0.40);
    let ambient = if studio.indoors { mix(ambient, [1.0, 0.94, 0.88], 0.5) } else { ambient };
    let from = if studio.sun_x >= x { 1 } else { -1 };
    if dark {
        let shadow = mix(p.near, BLACK, 0.3);
        let ambient = mul(ambient, [0.30, 0.27, 0.33]);
        return Lit { ambient, haze: shadow, hidden: 0.30, rim: p.light, rim_strength: 0.55, from, shade: 0.3 };
    }
    Lit {
        ambient,
        haze: p.haze,
        hidden: (far * 0.62 * p.air).min(0.7),
        rim: p.light,
        rim_strength: if studio.indoors { 0.4 } else { 0.62 },
        from,
        shade: 0.2,
    }
}

/// How wide a rim of light is, in stage units, on a thing of this height.
fn rim(height: f32, scale: f32) -> i32 {
    ((height * 0.016).clamp(2.0, 7.0) * scale).round().max(1.0) as i32
}

#[expect(clippy::too_many_arguments, reason = "the fields of one drawable")]
fn picture(
    studio: &Studio,
    layer: &Layer,
    plot: Plot,
    noun: &str,
    (x, y): (f32, f32),
    height: f32,
    flip: bool,
    sunk: f32,
) -> Option<RasterLayer> {
    let found = art::find(noun)?;
    let picture = art::svg(&found.picture);
    let ink = picture.ink;
    let (sx, sy) = plot.project(x, y);
    let height = height * plot.base.scale;
    let k = height / ink.h.max(0.01);
    let width = ink.w * k;
    let area = plot.within(sx - width / 2.0 - 3.0, sy - height - 3.0, sx + width / 2.0 + 3.0, sy + 3.0)?;
    let mirrored = match found.facing {
        Some(Facing::Left) => !flip,
        Some(Facing::Right) => flip,
        _ => false,
    };
    let s = k * plot.scale;
    let px = |v: f32| (v - area.x0) * plot.scale;
    let py = |v: f32| (v - area.y0) * plot.scale;
    let (ax, tx) =
        if mirrored { (-s, px(sx) + (ink.x + ink.w / 2.0) * s) } else { (s, px(sx) - (ink.x + ink.w / 2.0) * s) };
    let ty = py(sy) - (ink.y + ink.h) * s;
    let mut image = svg::render_with(
        area.width(),
        area.height(),
        "",
        &format!("<g transform='matrix({ax} 0 0 {s} {tx} {ty})'>{}</g>", picture.body),
    );
    let lit = light(studio, layer, x, false);
    filter::relight(&mut image, &lit, py(sy - height), py(sy), rim(height, plot.scale));
    if sunk > 0.0 {
        filter::sink(&mut image, py(sy - height * sunk), 4.0 * plot.scale);
    }
    filter::blur(&mut image, (layer.blur * plot.scale).round() as usize);
    style::apply(studio, layer, &mut image, plot.scale);
    filter::grain(&mut image, style::grain(studio.style), 9);
    Some(finish(image, layer, area.x0, area.y0, plot.scale, Moves::Idle(layer.idle, (sx, sy))))
}

#[expect(clippy::too_many_arguments, reason = "the fields of one drawable")]
fn figure(
    studio: &Studio,
    layer: &Layer,
    plot: Plot,
    order: &FigureOrder,
    (x, y): (f32, f32),
    unit: f32,
    sunk: f32,
    dark: bool,
) -> Vec<RasterLayer> {
    let figure = Arc::new(art::figure(order));
    let (sx, sy) = plot.project(x, y);
    let unit = unit * plot.base.scale;
    let lit = light(studio, layer, x, dark);
    let height = figure.height * unit;
    let mut layers = vec![];
    for (index, part) in figure.parts.iter().enumerate() {
        let Rect { x: bx, y: by, w, h } = part.bounds.grown(1.0);
        // A limb that swings may come into the picture from outside it.
        let swing = plot.grown(height * 0.12);
        let Some(area) = swing.within(sx + bx * unit, sy + by * unit, sx + (bx + w) * unit, sy + (by + h) * unit)
        else {
            continue;
        };
        let s = unit * plot.scale;
        let (tx, ty) = ((sx - area.x0) * plot.scale, (sy - area.y0) * plot.scale);
        let mut image = svg::render_with(
            area.width(),
            area.height(),
            "",
            &format!("<g transform='matrix({s} 0 0 {s} {tx} {ty})'>{}</g>", part.svg),
        );
        filter::relight(&mut image, &lit, ty - height * plot.scale, ty, rim(height, plot.scale));
        if sunk > 0.0 {
            filter::sink(&mut image, ty - height * sunk * plot.scale, 4.0 * plot.scale);
        }
        filter::blur(&mut image, (layer.blur * plot.scale).round() as usize);
        if studio.style != Style::Flat {
            style::apply(studio, layer, &mut image, plot.scale);
        }
        filter::grain(&mut image, style::grain(studio.style), 3);
        let moves = Moves::Part { figure: Arc::clone(&figure), part: index, unit, x: sx, y: sy, idle: layer.idle };
        layers.push(finish(image, layer, area.x0, area.y0, plot.scale, moves));
    }
    layers
}
