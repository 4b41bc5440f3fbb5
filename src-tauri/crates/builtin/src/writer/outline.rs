//! The beats of each kind of film, and how many of them a film of a length has.
//!
//! Names of beats only; their words are in the books of phrases.

use story::Kind;

// Beats in the order they are told, each with its rank: with few scenes the lowest ranks are kept.
const TALE: &[(&str, u8)] = &[
    ("opening", 1),
    ("want", 6),
    ("meeting", 3),
    ("bond", 5),
    ("trouble", 4),
    ("low", 8),
    ("change", 7),
    ("ending", 2),
];
const EXPLAINER: &[(&str, u8)] =
    &[("question", 1), ("look", 4), ("inside", 5), ("answer", 3), ("meaning", 6), ("close", 2)];
const HOW_TO: &[(&str, u8)] = &[("start", 1), ("close", 2)];
const PRODUCT: &[(&str, u8)] = &[("need", 3), ("meet", 1), ("show", 4), ("life", 5), ("close", 2)];
const NEWS: &[(&str, u8)] = &[("lead", 1), ("facts", 3), ("meaning", 4), ("close", 2)];
const LIST: &[(&str, u8)] = &[("start", 1), ("close", 2)];
const MONTAGE: &[(&str, u8)] = &[("start", 1), ("wide", 3), ("near", 4), ("human", 6), ("turn", 5), ("close", 2)];
const MOOD: &[(&str, u8)] = &[("start", 1), ("look", 3), ("inside", 5), ("turn", 4), ("close", 2)];
const PORTRAIT: &[(&str, u8)] = &[("start", 1), ("near", 3), ("past", 5), ("turn", 4), ("close", 2)];

/// The word a kind's sections begin with; empty for tales.
pub(super) fn prefix(kind: Kind) -> &'static str {
    match kind {
        Kind::Tale | Kind::Journey => "",
        Kind::Explainer => "explainer",
        Kind::HowTo => "how_to",
        Kind::Product => "product",
        Kind::News => "news",
        Kind::List => "list",
        Kind::Montage => "montage",
        Kind::MoodPiece => "mood",
        Kind::Portrait => "portrait",
    }
}

/// The beats of a film with `count` scenes, in order. A film longer than its arc has beats between that only fill
/// time (`episode`, `item` or `between`).
pub(super) fn beats(kind: Kind, count: usize) -> Vec<&'static str> {
    let (arc, between) = match kind {
        Kind::Tale | Kind::Journey => (TALE, "episode"),
        Kind::Explainer => (EXPLAINER, "item"),
        Kind::HowTo => (HOW_TO, "item"),
        Kind::Product => (PRODUCT, "between"),
        Kind::News => (NEWS, "between"),
        Kind::List => (LIST, "item"),
        Kind::Montage => (MONTAGE, "between"),
        Kind::MoodPiece => (MOOD, "between"),
        Kind::Portrait => (PORTRAIT, "between"),
    };
    if count <= 1 {
        return vec!["glimpse"; count];
    }
    if count <= arc.len() {
        return arc.iter().filter(|(_, rank)| usize::from(*rank) <= count).map(|(name, _)| *name).collect();
    }
    // The arc keeps its order and is stretched over the film; what lies between is filled.
    let mut beats = vec![between; count];
    let last = arc.len() - 1;
    let mut free = 0;
    for (at, (name, _)) in arc.iter().enumerate() {
        let want = (at * (count - 1) + last / 2) / last;
        let place = want.max(free);
        beats[place.min(count - 1 - (last - at))] = name;
        free = place + 1;
    }
    beats
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_film_begins_and_ends() {
        for kind in [
            Kind::Tale,
            Kind::Explainer,
            Kind::HowTo,
            Kind::Product,
            Kind::News,
            Kind::List,
            Kind::Montage,
            Kind::MoodPiece,
            Kind::Portrait,
        ] {
            for count in 2..60 {
                let beats = beats(kind, count);
                assert_eq!(beats.len(), count);
                assert!(!matches!(beats[0], "episode" | "between" | "item"), "{kind:?} {count} {beats:?}");
                assert!(matches!(beats[count - 1], "ending" | "close"), "{kind:?} {count} {beats:?}");
            }
        }
        assert_eq!(beats(Kind::Tale, 4), ["opening", "meeting", "trouble", "ending"]);
    }
}
