//! From an order to a layered scene: the place, the camera in it, the subjects and the light.
//!
//! The set is decided by the place and the film's seed, the staging by the shot, so a place stays itself from shot to shot
//! and two neighbouring shots never give the same picture. Draws nothing.

mod actors;
mod camera;
mod portrait;
mod props;
mod staging;

use models::Purpose;
use story::{Angle, Character, Framing, Look, Place, PlaceKind, Seed, Shot, Size, Style};

use super::colour::rgb;
use super::palette::Palette;
use super::places::{Set, Site, aerial};
use super::scene::{Drawable, FORM, Idle, Layer, LayeredScene, STAGE, View};
pub(crate) use camera::path;
use staging::Staging;

/// Puts a picture together. Another take of a frame is staged by another chance; people and places stay themselves.
pub(crate) fn compose(purpose: &Purpose, look: &Look, size: Size, seed: Seed, take: u32) -> LayeredScene {
    match purpose {
        Purpose::Portrait { character, view } => portrait::portrait(character, *view, look, size, seed),
        Purpose::SetSheet { place } => {
            let mut scene = empty_set(place, look, size, seed);
            scene.layers.sort_by(|a, b| a.depth.total_cmp(&b.depth));
            scene
        }
        Purpose::Frame { shot, cast, place } => {
            let shot_seed = seed.fork("shot").fork(shot.id.as_str());
            let shot_seed = if take == 0 { shot_seed } else { shot_seed.fork(&format!("take {take}")) };
            frame(shot, cast, &site(place, look, size, seed, shot.angle), &place.props, look, shot_seed)
        }
    }
}

/// Where the horizon is for a camera height.
fn horizon(angle: Angle) -> f32 {
    STAGE
        * match angle {
            Angle::Eye | Angle::BirdsEye => 0.555,
            Angle::Low => 0.60,
            Angle::High => 0.45,
        }
}

fn site(place: &Place, look: &Look, size: Size, seed: Seed, angle: Angle) -> Site {
    Site {
        kind: place.kind,
        time: place.time,
        weather: place.weather,
        width: LayeredScene::width_for(size),
        horizon: horizon(angle),
        palette: Palette::of(place.time, place.weather, look),
        // A place at another hour is still the same place.
        seed: seed.fork("place").fork(place.variant_of.as_ref().unwrap_or(&place.id).as_str()),
    }
}

fn scene_of(site: &Site, style: Style, view: View, set: Set) -> LayeredScene {
    LayeredScene {
        form: FORM,
        width: site.width,
        style,
        palette: site.palette,
        view,
        camera: camera::still(),
        layers: set.layers,
        particles: set.particles,
        vignette: 0.34,
    }
}

fn empty_set(place: &Place, look: &Look, size: Size, seed: Seed) -> LayeredScene {
    let site = site(place, look, size, seed, Angle::Eye);
    let mut set = site.build();
    props::furnish(&site, &mut set, &place.props, &[]);
    scene_of(&site, look.style, View::PLAIN, set)
}

fn frame(
    shot: &Shot,
    cast: &[Character],
    site: &Site,
    things: &[String],
    look: &Look,
    shot_seed: Seed,
) -> LayeredScene {
    let above = (shot.angle == Angle::BirdsEye).then(|| aerial(site)).flatten();
    let from_above = above.is_some();
    let mut set = above.unwrap_or_else(|| site.build());
    let actors = actors::actors(shot, cast, shot_seed);
    let shown: Vec<&str> = actors.iter().map(actors::Actor::noun).collect();
    if !from_above {
        props::furnish(site, &mut set, things, &shown);
    }
    if shown.iter().any(|noun| matches!(*noun, "moon" | "sun")) {
        alone_in_the_sky(&mut set.layers);
    }
    let framing = match shot.framing {
        _ if from_above => Framing::Wide,
        // A thing has no face: seen closely it is an insert.
        Framing::CloseUp if actors.first().is_some_and(actors::Actor::is_thing) => Framing::Insert,
        framing => framing,
    };
    let staging = Staging { site, set: &set, framing, angle: shot.angle, seed: shot_seed, from_above };
    let view = staging.view(&actors);
    let staged = staging.stage(&actors, view);
    let mut scene = scene_of(site, look.style, view, set);
    out_of_focus(&mut scene.layers, framing);
    if let Some(lamps) = far_lamps(site, framing) {
        scene.layers.push(lamps);
    }
    scene.layers.extend(staged);
    scene.layers.sort_by(|a, b| a.depth.total_cmp(&b.depth));
    scene.camera = path(shot.camera, shot_seed);
    scene
}

/// There is one moon and one sun: whoever plays it takes the place of the one in the sky.
fn alone_in_the_sky(layers: &mut [Layer]) {
    for layer in layers {
        if let Drawable::Sky { sun: Some(sun), .. } = &mut layer.drawable {
            sun.radius = 0.0;
        }
    }
}

/// The lights of a town behind a face at night.
fn far_lamps(site: &Site, framing: Framing) -> Option<Layer> {
    use PlaceKind::{City, Harbor, Market, Street, Village};
    let town = matches!(site.kind, City | Harbor | Market | Street | Village);
    if !(town && site.palette.lamps && framing == Framing::CloseUp) {
        return None;
    }
    let colours = vec![rgb(0xffc15a), rgb(0xff8f5a), rgb(0x9fd8ff), rgb(0xffe2a8)];
    let bokeh = Drawable::Bokeh { low: site.horizon - 60.0, high: site.horizon + 330.0, colours };
    Some(site.layer("far lamps", 0.5, bokeh).light().idle(Idle::Flicker { low: 0.75, period: 3.7, phase: 0.0 }))
}

/// What is far away loses its focus as the subject comes near.
fn out_of_focus(layers: &mut Vec<Layer>, framing: Framing) {
    let radius = match framing {
        Framing::Medium => 3.0,
        Framing::CloseUp | Framing::Insert => 8.0,
        Framing::OverShoulder => 1.5,
        _ => return,
    };
    let close = matches!(framing, Framing::CloseUp | Framing::Insert);
    if close {
        // What stands right before the viewer would hide what the shot is about.
        layers.retain(|l| l.depth < 1.0 || matches!(l.drawable, Drawable::Curtains { .. }));
    }
    for layer in layers.iter_mut().filter(|l| l.depth < 0.8 && l.depth > 0.03) {
        layer.blur += radius * (1.0 - 0.6 * layer.depth);
    }
}
