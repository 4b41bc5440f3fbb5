//! From a layered scene to pixels: every layer is drawn once, lit, and given the style; the compositor only moves them.
//!
//! Owns the raster form of a layer. Does not know time: nothing here moves.

mod aerial;
mod filter;
mod front;
mod growth;
mod land;
mod light;
mod piece;
mod plot;
mod room;
mod sky;
mod sprite;
mod style;
mod svg;
mod town;
mod water;
mod watercolor;

use std::sync::Arc;

use rayon::prelude::*;
use story::{Seed, Size, Style};

use super::colour::Rgb;
use super::palette::Palette;
use super::scene::{Blend, Drawable, Idle, Layer, LayeredScene, Particles, Path, STAGE};
use crate::art::Figure;
pub(crate) use filter::Image;
pub(crate) use plot::DRIFT;
use plot::Plot;
#[cfg(test)]
pub(crate) use style::pinned;

/// A scene whose layers are pixels.
pub(crate) struct RasterScene {
    /// The picture size the layers were drawn for.
    pub(crate) size: Size,
    /// Pixels for a stage unit in the composed picture (which is coarser than `size` when `block` is above 1).
    pub(crate) scale: f32,
    /// The composed picture is shown with pixels this many times larger.
    pub(crate) block: u32,
    /// The layers, the farthest first.
    pub(crate) layers: Vec<RasterLayer>,
    /// The camera's move.
    pub(crate) camera: Path,
    /// Stage width.
    pub(crate) width: f32,
    /// What floats and falls.
    pub(crate) particles: Vec<Particles>,
    /// Light that every pixel keeps (255 all of it): corners and paper, for the composed size.
    pub(crate) shade: Vec<u8>,
    /// Steps of a channel in the pixel style, 0 for all of them.
    pub(crate) steps: u32,
}

/// A layer as pixels.
pub(crate) struct RasterLayer {
    /// Pixels across.
    pub(crate) width: usize,
    /// Pixels down.
    pub(crate) height: usize,
    /// Red, green, blue, alpha, premultiplied.
    pub(crate) pixels: Vec<[u8; 4]>,
    /// What of its rows is drawn on.
    pub(crate) spans: Spans,
    /// Where its left edge is, in stage units as the base view shows them.
    pub(crate) x: f32,
    /// Where its upper edge is.
    pub(crate) y: f32,
    /// Pixels for a stage unit.
    pub(crate) scale: f32,
    /// Its depth.
    pub(crate) depth: f32,
    /// How it lies over what is behind it.
    pub(crate) blend: Blend,
    /// Its strength.
    pub(crate) opacity: f32,
    /// How it moves.
    pub(crate) moves: Moves,
}

/// A part of a row that is drawn on, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    /// First pixel.
    pub(crate) from: u32,
    /// Behind the last one.
    pub(crate) to: u32,
    /// True when every pixel of it is opaque.
    pub(crate) solid: bool,
}

/// The spans of every pair of neighbouring rows (a row and the one below), which is what bilinear reading needs to know.
#[derive(Debug, Default)]
pub(crate) struct Spans {
    spans: Vec<Span>,
    /// Where each pair's spans begin; one more than there are pairs.
    starts: Vec<u32>,
}

impl Spans {
    /// The spans of row `j` and the one below.
    pub(crate) fn row(&self, j: usize) -> &[Span] {
        match (self.starts.get(j), self.starts.get(j + 1)) {
            (Some(&a), Some(&b)) => &self.spans[a as usize..b as usize],
            _ => &[],
        }
    }
}

/// How a layer moves.
pub(crate) enum Moves {
    /// By itself, turning about a point.
    Idle(Idle, (f32, f32)),
    /// As a part of a figure that moves by itself too: figure units × unit + (x, y) are stage units.
    Part { figure: Arc<Figure>, part: usize, unit: f32, x: f32, y: f32, idle: Idle },
    /// Never: it lies on the picture, not in the scene.
    Pinned,
}

/// What the drawing functions need to know besides the layer.
pub(crate) struct Studio {
    /// The colours.
    pub(crate) palette: Palette,
    /// The way of drawing.
    pub(crate) style: Style,
    /// Where the light comes from: to the left (-1) or to the right (1), and where it stands.
    pub(crate) sun_x: f32,
    /// True inside a room.
    pub(crate) indoors: bool,
}

/// Draws every layer of a scene for a picture of this size.
pub(crate) fn rasterise(scene: &LayeredScene, size: Size) -> RasterScene {
    let block = if scene.style == Style::Pixel { (size.height.min(size.width) / 216).max(2) } else { 1 };
    let composed = Size { width: size.width.div_ceil(block), height: size.height.div_ceil(block) };
    let scale = size.height as f32 / STAGE / block as f32;
    let studio = Studio {
        palette: scene.palette,
        style: scene.style,
        sun_x: sun_x(scene),
        indoors: scene.layers.iter().any(|l| matches!(l.drawable, Drawable::Room { .. } | Drawable::Backdrop { .. })),
    };
    let mut layers: Vec<RasterLayer> = scene
        .layers
        .par_iter()
        .map(|layer| draw(scene, &studio, layer, scale))
        .collect::<Vec<_>>()
        .into_iter()
        .flatten()
        .collect();
    layers.extend(style::overlays(scene.style, composed, scale));
    let shade = style::shade(scene.style, scene.vignette, composed, scale);
    let particles =
        scene.particles.iter().map(|p| Particles { colour: style::tint(scene.style, p.colour), ..*p }).collect();
    let steps = if scene.style == Style::Pixel { 12 } else { 0 };
    RasterScene { size, scale, block, layers, camera: scene.camera, width: scene.width, particles, shade, steps }
}

fn sun_x(scene: &LayeredScene) -> f32 {
    scene
        .layers
        .iter()
        .find_map(|l| match &l.drawable {
            Drawable::Sky { sun: Some(sun), .. } => Some(sun.x),
            _ => None,
        })
        .unwrap_or(scene.width * 0.3)
}

/// What a drawing function gives: SVG for the plot, or pixels of its own.
enum Painting {
    /// Definitions and body.
    Svg(String, String),
    /// Pixels of the plot's size.
    Pixels(Image),
}

fn draw(scene: &LayeredScene, studio: &Studio, layer: &Layer, scale: f32) -> Vec<RasterLayer> {
    match &layer.drawable {
        Drawable::Picture { .. } | Drawable::Figure { .. } => return sprite::draw(scene, studio, layer, scale),
        Drawable::Glow { x, y, radius, colour, strength } => {
            return light::glow(scene, studio, layer, scale, (*x, *y), *radius, *colour, *strength);
        }
        _ => {}
    }
    let soft = light::softness(&layer.drawable);
    let fineness = if soft > 0.0 || layer.blur * scale > 1.6 { 0.5 } else { 1.0 };
    let plot = Plot::full(scene, layer, scale * fineness);
    let image = match paint(studio, layer, &plot) {
        Painting::Svg(defs, body) => svg::render(&plot, &defs, &body),
        Painting::Pixels(image) => image,
    };
    let blur = ((layer.blur + soft) * plot.scale).round() as usize;
    // What is empty is neither blurred nor given a style.
    let (mut image, left, top) = filter::crop(image, 2 * blur + style::reach(plot.scale));
    filter::blur(&mut image, blur);
    style::apply(studio, layer, &mut image, plot.scale);
    if layer.blend == Blend::Over {
        filter::grain(&mut image, style::grain(studio.style), layer.seed.value() as u32);
    }
    let pivot = (f32::midpoint(plot.x0, plot.x1), plot.y1);
    let pivot = match &layer.drawable {
        Drawable::Beam { x, y, .. } => plot.project(*x, *y),
        _ => pivot,
    };
    let (x, y) = (plot.x0 + left as f32 / plot.scale, plot.y0 + top as f32 / plot.scale);
    vec![finish(image, layer, x, y, plot.scale, Moves::Idle(layer.idle, pivot))]
}

fn paint(studio: &Studio, layer: &Layer, plot: &Plot) -> Painting {
    let p = &studio.palette;
    let seed = layer.seed;
    let svg = |(defs, body): (String, String)| Painting::Svg(defs, body);
    match &layer.drawable {
        Drawable::Sky { colours, top, horizon, sun, stars, nebula } => {
            let order = sky::SkyOrder {
                colours: *colours,
                top: *top,
                horizon: *horizon,
                sun: *sun,
                stars: *stars,
                nebula: *nebula,
            };
            Painting::Pixels(sky::sky(p, plot, &order, seed))
        }
        Drawable::Clouds { high, low, spacing, size } => {
            svg(sky::clouds(p, plot, seed, (*high, *low), *spacing, *size))
        }
        Drawable::Mist { y, height, colour } => Painting::Pixels(sky::mist(plot, seed, *y, *height, *colour)),
        Drawable::Land { crest, colour, mist, surface, cover, cover_colour } => svg(land::land(
            studio,
            plot,
            seed,
            &land::LandOrder {
                crest: *crest,
                colour: *colour,
                mist: *mist,
                surface: *surface,
                cover: *cover,
                cover_colour: *cover_colour,
            },
        )),
        Drawable::Water { line, deep, light_x } => svg(water::water(p, plot, seed, *line, *deep, *light_x)),
        Drawable::Wave { y, height, length, colour } => svg(water::wave(p, plot, seed, *y, *height, *length, *colour)),
        Drawable::Foam { x, y, width, colour } => svg(water::foam(seed, *x, *y, *width, *colour)),
        Drawable::Towers { base, low, high, width, colour, mist, lit } => svg(town::towers(
            p,
            plot,
            seed,
            &town::Towers {
                base: *base,
                low: *low,
                high: *high,
                width: *width,
                colour: *colour,
                mist: *mist,
                lit: *lit,
            },
        )),
        Drawable::Houses { base, height, width, gap, far } => {
            svg(town::houses(p, plot, seed, *base, *height, *width, *gap, *far))
        }
        Drawable::Pavement { y, near, far, wet } => svg(town::pavement(p, plot, seed, *y, *near, *far, *wet)),
        Drawable::Roadway { horizon, x, colour } => svg(town::roadway(p, *horizon, *x, *colour)),
        Drawable::Room { room } => svg(room::room(plot, room)),
        Drawable::Piece { piece } => svg(piece::piece(p, plot, seed, piece)),
        Drawable::Rays { x, y, colour, strength } => svg(light::rays(seed, *x, *y, *colour, *strength)),
        Drawable::Cone { x, y, top, foot_x, foot_y, foot, colour, strength } => {
            svg(light::cone((*x, *y, *top), (*foot_x, *foot_y, *foot), *colour, *strength))
        }
        Drawable::Beam { x, y, length, colour } => svg(light::beam(*x, *y, *length, *colour)),
        Drawable::Aurora { y } => svg(light::aurora(plot, *y)),
        Drawable::Bokeh { low, high, colours } => svg(light::bokeh(plot, seed, *low, *high, colours)),
        Drawable::Shadow { x, y, width } => svg(light::shadow(p, *x, *y, *width)),
        Drawable::Trunks { at, colour } => svg(front::trunks(p, at, *colour)),
        Drawable::Blades { y, height, colour } => svg(front::blades(plot, seed, *y, *height, *colour)),
        Drawable::Branch { right, colour } => svg(front::branch(plot, seed, *right, *colour)),
        Drawable::CaveWall { opening, floor, colour, mouth } => {
            svg(front::cave(plot, seed, *opening, *floor, *colour, *mouth))
        }
        Drawable::Reef { y, height, colour } => svg(front::reef(plot, seed, *y, *height, *colour)),
        Drawable::Curtains { colour } => svg(front::curtains(plot, *colour)),
        Drawable::Globe { x, y, radius, colour, ring } => svg(sky::globe(seed, *x, *y, *radius, *colour, *ring)),
        Drawable::Above { ground } => Painting::Pixels(aerial::above(p, plot, seed, *ground)),
        Drawable::Backdrop { colour, floor_y } => Painting::Pixels(sky::backdrop(plot, *colour, *floor_y)),
        // Drawn before this point.
        Drawable::Picture { .. } | Drawable::Figure { .. } | Drawable::Glow { .. } => {
            Painting::Svg(String::new(), String::new())
        }
    }
}

/// A layer from its pixels, cut to what is drawn on.
fn finish(image: Image, layer: &Layer, x: f32, y: f32, scale: f32, moves: Moves) -> RasterLayer {
    // One empty pixel around keeps the edge soft when it is moved by fractions.
    let (mut image, left, top) = filter::crop(image, 1);
    let spans = filter::spans(&mut image);
    RasterLayer {
        width: image.width,
        height: image.height,
        pixels: image.pixels,
        spans,
        x: x + left as f32 / scale,
        y: y + top as f32 / scale,
        scale,
        depth: layer.depth,
        blend: layer.blend,
        opacity: layer.opacity,
        moves,
    }
}

/// Numbers for noise.
fn noise_seed(seed: Seed) -> u32 {
    seed.value() as u32
}

/// A vertical gradient in user space.
fn gradient(id: &str, y0: f32, y1: f32, from: Rgb, to: Rgb) -> String {
    use super::colour::css;
    format!(
        "<linearGradient id='{id}' x1='0' y1='{y0:.1}' x2='0' y2='{y1:.1}' gradientUnits='userSpaceOnUse'>\
         <stop offset='0' stop-color='{}'/><stop offset='1' stop-color='{}'/></linearGradient>",
        css(from),
        css(to)
    )
}
