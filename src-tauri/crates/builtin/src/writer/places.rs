//! The scene extractor: the places of a script, each with its sort, light, weather and things.
//!
//! Two scenes in the same words at the same time and in the same weather share one place.

use story::{Minter, Place, PlaceKind, Places, Scene, Script, Seed};

use super::setting::places_in;
use super::{lamps, lexicon};

/// Extracts the places of a script.
pub fn extract_places(script: &Script) -> Places {
    let mut places = Places::default();
    // The script carries no seed; its own first id stands for one, so that ids are the same when it is read again.
    let name = script.scenes.first().map_or_else(String::new, |s| s.id.to_string());
    let mut minter = Minter::new(Seed::new(1).fork(&format!("places {name}")));
    for scene in &script.scenes {
        let kind = place_kind(scene);
        let name = if scene.place.trim().is_empty() {
            lexicon::place_defaults(kind).phrase.to_owned()
        } else {
            scene.place.clone()
        };
        let props = props(scene, kind);
        let unlit = |props: &[String]| props.iter().any(|p| p.starts_with(lamps::UNLIT));
        let known = places.all.iter_mut().find(|p| {
            p.name.eq_ignore_ascii_case(&name)
                && p.kind == kind
                && p.time == scene.time
                && p.weather == scene.weather
                && unlit(&p.props) == unlit(&props)
        });
        let id = if let Some(place) = known {
            for prop in props {
                if !place.props.contains(&prop) {
                    place.props.push(prop);
                }
            }
            place.id.clone()
        } else {
            let id = minter.place();
            places.all.push(Place {
                id: id.clone(),
                variant_of: None,
                name,
                kind,
                time: scene.time,
                weather: scene.weather,
                props,
            });
            id
        };
        places.of_scene.insert(scene.id.clone(), id);
    }
    places
}

/// The sort of place a scene happens in, by its place words, then by what it tells.
fn place_kind(scene: &Scene) -> PlaceKind {
    if let Some(kind) = PlaceKind::ALL.iter().copied().find(|k| lexicon::place_defaults(*k).phrase == scene.place) {
        return kind;
    }
    // The head of the words decides: "the old harbour by the sea" is a harbour.
    let head = scene.place.split(" in ").next().unwrap_or_default();
    let of = |text: &str| places_in(text).first().map(|f| f.kind);
    of(head)
        .or_else(|| of(&scene.place))
        .or_else(|| of_work(&scene.place))
        .or_else(|| of(&scene.summary))
        .or_else(|| of(&scene.title))
        .unwrap_or_default()
}

fn of_work(place: &str) -> Option<PlaceKind> {
    lexicon::home_of_words(place)
}

/// The things that stand in a place, as nouns.
fn props(scene: &Scene, kind: PlaceKind) -> Vec<String> {
    let mut props: Vec<String> = Vec::new();
    let mut add = |prop: &str| {
        if !prop.is_empty() && !props.iter().any(|p| p == prop) {
            props.push(prop.to_owned());
        }
    };
    for found in places_in(&scene.place) {
        if found.kind == kind || found.prop == Some("lighthouse") {
            add(found.prop.unwrap_or_default());
        }
    }
    for prop in &scene.props {
        let noun = noun_of(prop);
        if lexicon::place_words().iter().any(|w| w.kind == kind && w.prop == Some(noun.as_str())) {
            add(&noun);
        }
    }
    // A lamp that is out makes another place of it: there the same things stand in the dark.
    if scene.props.iter().any(|p| p.starts_with(lamps::UNLIT)) {
        for prop in &mut props {
            *prop = format!("{} {prop}", lamps::UNLIT);
        }
    }
    props
}

/// The noun of a thing said in words ("a brass lamp" is "lamp").
pub(super) fn noun_of(prop: &str) -> String {
    let words = story::words(prop);
    let end = words
        .iter()
        .position(|w| matches!(w.as_str(), "of" | "with" | "in" | "on" | "from"))
        .filter(|e| *e > 0)
        .unwrap_or(words.len());
    // Two-word things keep both words ("coffee cup", "watering can", "palm tree").
    const PAIRS: &[&str] = &["coffee cup", "watering can", "palm tree"];
    if end >= 2 {
        let pair = words[end - 2..end].join(" ");
        if PAIRS.contains(&pair.as_str()) || super::things::is_pair(&pair) {
            return pair;
        }
    }
    words[..end].last().cloned().unwrap_or_default()
}
