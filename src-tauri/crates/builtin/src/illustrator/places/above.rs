//! Places from straight above.

use story::PlaceKind;

use super::{Crest, Drawable, Ground, Idle, Pool, STAGE, Set, Site};
use crate::illustrator::scene::Aerial;

/// The place from above; `None` where there is nothing above to look from.
pub(crate) fn aerial(site: &Site) -> Option<Set> {
    use PlaceKind as P;
    let ground = match site.kind {
        P::Sea | P::Lake => Aerial::Water,
        P::Coast | P::Beach | P::Harbor => Aerial::Shore,
        P::City | P::Street | P::Village | P::Market => Aerial::Town,
        P::Desert => Aerial::Sand,
        P::Snowfield => Aerial::Snow,
        P::Forest | P::Jungle => Aerial::Woods,
        P::Meadow | P::Farm | P::River | P::Road | P::Garden | P::Castle => Aerial::Country,
        _ => return None,
    };
    let mut layers = vec![site.layer("above", 0.55, Drawable::Above { ground })];
    let clouds = Drawable::Clouds { high: 100.0, low: 1000.0, spacing: 760.0, size: 120.0 };
    layers.push(site.layer("clouds below", 1.35, clouds).blur(9.0).opacity(0.5).idle(Idle::Drift { speed: -14.0 }));
    let here = Ground {
        crest: Crest::Flat { y: STAGE * 0.60 },
        seed: site.seed,
        depth: 0.6,
        left: -site.across(0.3),
        right: site.across(0.3),
    };
    let pool = matches!(ground, Aerial::Water | Aerial::Shore).then(|| Pool {
        line: STAGE * 0.5,
        depth: 0.58,
        left: -site.across(0.3),
        right: site.across(0.3),
        under: true,
    });
    Some(Set { layers, particles: vec![], ground: here, pool, stands: vec![], weightless: true })
}
