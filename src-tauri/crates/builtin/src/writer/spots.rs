//! The places a film is told in: the one the person named, the one its hero is at home in, and those near by.
//!
//! Gives places in words; drawing them is another's work.

use story::{Kind, Nature, PlaceKind, Rng};

use super::lexicon::{self, VerbClass, place_defaults};
use super::setting::places_in;
use super::theme::Theme;
use super::vocabulary::is_water;

/// A place in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) preposition: String,
    pub(super) words: String,
    pub(super) kind: PlaceKind,
    pub(super) props: Vec<String>,
}

impl Spot {
    /// The place that stands for a kind.
    pub(super) fn of_kind(kind: PlaceKind) -> Self {
        let words = place_defaults(kind);
        Self { preposition: words.preposition.to_owned(), words: words.phrase.to_owned(), kind, props: Vec::new() }
    }

    /// "on the cliff".
    pub(super) fn with_preposition(&self) -> String {
        format!("{} {}", self.preposition, self.words)
    }
}

/// The places of one film.
#[derive(Debug, Clone)]
pub(super) struct Spots {
    pub(super) home: Spot,
    /// True when the person named the place; then the film stays there.
    pub(super) said: bool,
    near: Vec<Spot>,
    water: Option<Spot>,
}

impl Spots {
    /// The places of a theme.
    pub(super) fn of(theme: &Theme, kind: Kind, rng: &mut Rng) -> Self {
        let found = places_in(&theme.text);
        let hero_home = theme.hero.as_ref().filter(|_| !theme.owned).and_then(|h| {
            let noun = h.noun?;
            let kind = noun.home?;
            Some(noun.work.as_ref().map_or_else(
                || Spot::of_kind(kind),
                |work| Spot {
                    preposition: work_preposition(kind, work.place).to_owned(),
                    words: work.place.to_owned(),
                    kind,
                    props: Vec::new(),
                },
            ))
        });
        // "sails to the moon": where somebody goes is not where the tale begins.
        let lower = theme.text.to_lowercase();
        let tale = matches!(kind, Kind::Tale | Kind::Journey);
        let found: Vec<_> = found
            .into_iter()
            .filter(|f| {
                !(tale && (lower.contains(&format!("to {}", f.word)) || lower.contains(&format!("to the {}", f.word))))
            })
            .collect();
        // "discover a cave": what is found is not where anybody lives.
        let got = theme
            .deed
            .as_ref()
            .filter(|deed| matches!(deed.class, VerbClass::Find | VerbClass::Seek | VerbClass::Make));
        let found: Vec<_> = found
            .into_iter()
            .filter(|f| !(tale && got.is_some_and(|deed| deed.rest.to_lowercase().contains(f.word))))
            .collect();
        // Nobody who walks lives in the sky because a rainbow is in the story.
        let walks =
            theme.hero.as_ref().is_some_and(|h| matches!(h.nature, Nature::Human | Nature::Animal | Nature::Robot));
        let far =
            |k: PlaceKind| matches!(k, PlaceKind::Sky | PlaceKind::Space | PlaceKind::Planet | PlaceKind::Underwater);
        let found: Vec<_> = found.into_iter().filter(|f| !(tale && walks && far(f.kind))).collect();
        let seen =
            found.iter().find(|f| !matches!(kind, Kind::Tale | Kind::Journey | Kind::Portrait) || f.prop.is_none());
        let mut home = if let Some(place) = &theme.place {
            Spot {
                preposition: place.preposition.clone(),
                words: place.words.clone(),
                kind: place.kind,
                props: Vec::new(),
            }
        } else if let Some(home) = hero_home {
            home
        } else if let Some(found) = seen.or(found.first()) {
            Spot::of_kind(found.kind)
        } else {
            Spot::of_kind(fallback(theme, kind, rng))
        };
        for found in &found {
            if let Some(prop) = found.prop.filter(|p| home.kind == found.kind && !home.props.iter().any(|h| h == p)) {
                home.props.push(prop.to_owned());
            }
        }
        for word in places_in(&home.words) {
            if let Some(prop) = word.prop.filter(|p| !home.props.iter().any(|h| h == p)) {
                home.props.push(prop.to_owned());
            }
        }
        let said = theme.place.is_some();
        let named = said && super::tokens::is_large(&home.words);
        let near = place_defaults(home.kind)
            .near
            .iter()
            .map(|k| {
                let mut spot = Spot::of_kind(*k);
                if named && !matches!(k, PlaceKind::City) {
                    let bare = spot.words.trim_start_matches("the ").to_owned();
                    spot.words = format!("{} {bare} in {}", super::grammar::article(&bare), home.words);
                }
                spot
            })
            .filter(|s| s.kind != PlaceKind::City || !named)
            .collect();
        let swims = theme.other.iter().chain(&theme.hero).any(|b| b.nature == Nature::SeaAnimal);
        let water = swims.then(|| {
            if is_water(home.kind) {
                home.clone()
            } else {
                Spot { words: "the shore".to_owned(), ..Spot::of_kind(PlaceKind::Coast) }
            }
        });
        Self { home, said, near, water }
    }

    /// The place a beat asks for: `home`, `near`, `water`; `turn` picks among those near by.
    pub(super) fn at(&self, word: Option<&str>, turn: usize) -> Spot {
        match word {
            Some("near") => {
                let swims = self.water.is_some();
                let fitting: Vec<&Spot> = self.near.iter().filter(|s| !swims || is_water(s.kind)).collect();
                fitting.get(turn % fitting.len().max(1)).map_or_else(|| self.home.clone(), |s| (*s).clone())
            }
            Some("water") => self.water.clone().unwrap_or_else(|| self.home.clone()),
            _ => self.home.clone(),
        }
    }
}

fn work_preposition(kind: PlaceKind, words: &str) -> &'static str {
    match kind {
        _ if words.contains("edge")
            || words.contains("desk")
            || words.contains("corner")
            || words.contains("table") =>
        {
            "at"
        }
        PlaceKind::Road
        | PlaceKind::Stage
        | PlaceKind::Street
        | PlaceKind::Beach
        | PlaceKind::Mountain
        | PlaceKind::Sea
        | PlaceKind::Farm => {
            if words.contains("monastery")
                || words.contains("observatory")
                || words.contains("station")
                || words.contains("circus")
                || words.contains("theatre")
            {
                "at"
            } else {
                "on"
            }
        }
        PlaceKind::Village
        | PlaceKind::Castle
        | PlaceKind::Forest
        | PlaceKind::Garden
        | PlaceKind::City
        | PlaceKind::Cave
        | PlaceKind::Library
        | PlaceKind::Kitchen => "in",
        _ => "at",
    }
}

fn fallback(theme: &Theme, kind: Kind, rng: &mut Rng) -> PlaceKind {
    let nature = theme.hero.as_ref().map(|h| h.nature);
    let choices: &[PlaceKind] = match (kind, nature) {
        (Kind::Product | Kind::News | Kind::List, _) => &[PlaceKind::Studio],
        (Kind::Explainer, _) => &[PlaceKind::Library, PlaceKind::School, PlaceKind::Laboratory],
        (Kind::HowTo, _) => &[PlaceKind::Workshop],
        (_, Some(Nature::Human)) => &[PlaceKind::Village, PlaceKind::Meadow, PlaceKind::Street, PlaceKind::Garden],
        (_, Some(Nature::Robot)) => &[PlaceKind::Workshop, PlaceKind::City],
        (_, Some(Nature::Thing)) => &[PlaceKind::LivingRoom, PlaceKind::Workshop, PlaceKind::Village],
        _ => &[PlaceKind::Meadow, PlaceKind::Sky, PlaceKind::Lake, PlaceKind::Mountain],
    };
    rng.pick(choices).copied().unwrap_or_default()
}

/// The words of a place in a listed scene, if it names one.
pub(super) fn spot_in(text: &str) -> Option<Spot> {
    let found = places_in(text);
    let first = found.first()?;
    let mut spot = Spot::of_kind(first.kind);
    let ascii = first.word.is_ascii();
    let default = places_in(&spot.words).first().is_some_and(|d| d.word == first.word);
    if ascii
        && !default
        && lexicon::noun(first.word).is_none()
        && !matches!(first.word, "bake" | "baking" | "cook" | "cooking" | "trees" | "waves" | "stars" | "woods")
    {
        spot.words = format!("the {}", first.word);
    }
    spot.props = found.iter().filter(|f| f.kind == first.kind).filter_map(|f| f.prop).map(str::to_owned).collect();
    spot.props.dedup();
    Some(spot)
}
