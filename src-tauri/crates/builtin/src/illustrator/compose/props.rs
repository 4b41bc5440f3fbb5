//! Things that belong to a place: each on a spot where such a thing can be, never twice, never where a subject shows it.

use super::actors::shown_height;
use crate::art::{self, Ground};
use crate::illustrator::colour::rgb;
use crate::illustrator::places::{Set, Site, Stand, glow};
use crate::illustrator::scene::{Drawable, Idle, STAGE};
use crate::writer::lamps::UNLIT;

/// How high an adult is at depth 1, in stage units, when things are set beside each other.
const ADULT: f32 = 300.0;

/// Puts the place's own things on its stands. `shown` are nouns that a subject shows already.
pub(super) fn furnish(site: &Site, set: &mut Set, props: &[String], shown: &[&str]) {
    let mut free = std::mem::take(&mut set.stands);
    for noun in props {
        let key = story::words(noun).join(" ");
        if shown.iter().any(|other| story::words(other).join(" ") == key) {
            continue;
        }
        let Some(found) = art::find(noun) else { continue };
        let wet = matches!(found.ground, Ground::Floats | Ground::Swims);
        let flies = matches!(found.ground, Ground::Flies);
        let natural = art::natural_height(noun).max(3.0);
        // The first spot of its element; a big thing takes the spot where it may be biggest.
        let chosen = free.iter().enumerate().filter(|(_, stand)| flies || stand.wet == wet).max_by(|(i, a), (j, b)| {
            let room = |stand: &Stand| if natural > 200.0 { stand.tallest } else { 0.0 };
            room(a).total_cmp(&room(b)).then(j.cmp(i))
        });
        let Some(index) = chosen.map(|(i, _)| i) else { continue };
        let stand = free.remove(index);
        place(site, set, noun, &found, natural, stand, flies);
    }
}

fn place(site: &Site, set: &mut Set, noun: &str, found: &art::Found, natural: f32, stand: Stand, flies: bool) {
    let p = &site.palette;
    let ink = art::svg(&found.picture).ink;
    let height = (ADULT * stand.depth.max(0.5) * shown_height(natural) / 100.0).clamp(34.0, stand.tallest);
    let height = if flies { height.min(STAGE * 0.24) } else { height };
    let width = height * ink.w / ink.h.max(0.1);
    let y = if flies { site.horizon * 0.42 + height / 2.0 } else { stand.y };
    // Nothing is cut by the edge of the picture, and what is moved for that stays on its ground.
    let reach = (0.44 * site.width - width / 2.0).max(0.0);
    let x = stand.x.clamp(-reach, reach);
    let near = (set.ground.depth..set.ground.depth + 0.02).contains(&stand.depth);
    let y = if near && !flies {
        y + set.ground.crest.y(x, set.ground.seed) - set.ground.crest.y(stand.x, set.ground.seed)
    } else {
        y
    };
    let flip = site.seed.fork(noun).rng().chance(0.5);
    let sunk = if stand.wet { 0.10 } else { 0.0 };
    let picture = Drawable::Picture { noun: noun.to_owned(), x, y: y + height * sunk, height, flip, sunk };
    let mut layer = site.layer(noun, stand.depth, picture);
    if stand.wet {
        layer = layer.idle(Idle::Travel { speed: 0.0, amount: 4.0, degrees: 2.0, period: 4.2, phase: 0.2 });
        let foam = Drawable::Foam { x, y, width, colour: p.light };
        set.layers.push(site.layer("wake", stand.depth + 0.0005, foam).opacity(0.6));
    } else if flies {
        layer = layer.idle(Idle::Bob { amount: 12.0, period: 5.0, phase: 0.1 });
    } else {
        set.layers.push(site.layer(
            "prop shadow",
            stand.depth - 0.0005,
            Drawable::Shadow { x, y, width: width * 1.15 },
        ));
    }
    set.layers.push(layer);
    let warm = rgb(0xffd890);
    let lighthouse = found.picture.as_str().ends_with("lighthouse");
    if noun.starts_with(UNLIT) {
        return;
    }
    if lighthouse && p.lamps {
        let lamp = y - height * 0.86;
        let beam = Drawable::Beam { x, y: lamp, length: site.width * 0.62, colour: warm };
        set.layers.push(site.layer("beam", stand.depth - 0.001, beam).light().idle(Idle::Sweep { period: 9.0 }));
        set.layers.push(glow(x, lamp, height * 0.34, warm, 0.75, stand.depth + 0.001, site.seed));
    } else if found.shines && (p.lamps || site.kind.is_indoors()) {
        let mut light = glow(x, y - height * 0.6, height * 1.6 + 60.0, warm, 0.5, stand.depth + 0.001, site.seed);
        light.idle = Idle::Flicker { low: 0.82, period: 1.3, phase: 0.0 };
        set.layers.push(light);
    }
}
