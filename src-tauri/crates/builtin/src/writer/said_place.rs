//! The place that a theme names, in the person's own words.

use story::PlaceKind;

use super::being::is_lead;
use super::grammar;
use super::lexicon;
use super::setting::places_in;
use super::tokens::is_break;

/// A place in the person's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlaceSaid {
    pub(super) preposition: String,
    /// "the old harbour", "Tokyo".
    pub(super) words: String,
    pub(super) kind: PlaceKind,
}

/// The place a theme names with a preposition, or by a name ("Tokyo at night").
pub(super) fn place_said(tokens: &[String]) -> Option<PlaceSaid> {
    const AT: &[&str] = &[
        "in", "on", "at", "by", "near", "under", "across", "through", "crossing", "inside", "over", "beneath", "above",
        "beside", "along", "into", "below", "haunts", "explores", "visits", "enters",
    ];
    for (i, token) in tokens.iter().enumerate() {
        let token = token.to_lowercase();
        // "by train" is no place, "by the sea" is one.
        let led = tokens.get(i + 1).is_some_and(|next| is_lead(&next.to_lowercase()));
        if !AT.contains(&token.as_str()) || token == "by" && !led {
            continue;
        }
        // "on Mars grows a flower": what is done there is no part of the place.
        let ends = |at: usize| {
            let word = tokens[at].to_lowercase();
            let led = tokens.get(at + 1).is_some_and(|next| is_lead(&next.to_lowercase()));
            is_break(&word) && word != "of" || grammar::is_third(&word) && led
        };
        let mut end = i + 1;
        while end < tokens.len() && end - i < 8 && !(end > i + 1 && ends(end)) {
            end += 1;
        }
        let words = tokens[i + 1..end].join(" ");
        if let Some(found) = places_in(&words).into_iter().next_back() {
            let below = matches!(token.as_str(), "under" | "beneath" | "below");
            if below && super::vocabulary::is_water(found.kind) && found.kind != PlaceKind::Underwater {
                // The words alone ("the sea") would be the place above it.
                let default = lexicon::place_defaults(PlaceKind::Underwater);
                let (preposition, words) = (default.preposition.to_owned(), default.phrase.to_owned());
                return Some(PlaceSaid { preposition, words, kind: PlaceKind::Underwater });
            }
            let default = lexicon::place_defaults(found.kind).preposition;
            let preposition = match token.as_str() {
                // On a mountain, in the mountains.
                "across" | "through" | "over" | "into" if found.word == "mountains" => "in".to_owned(),
                "across" | "through" | "crossing" | "over" | "into" | "inside" | "along" | "haunts" | "explores"
                | "visits" | "enters" => default.to_owned(),
                _ => token,
            };
            let words = words.trim_end_matches(" at night").to_owned();
            let words = if words.split(' ').count() > 6 { format!("the {}", found.word) } else { words };
            return Some(PlaceSaid { preposition, words, kind: found.kind });
        }
    }
    let end = tokens.iter().position(|t| is_break(&t.to_lowercase())).unwrap_or(tokens.len());
    let first = tokens[..end].join(" ");
    let all = places_in(&first);
    let found = all.last()?.clone();
    // "the lighthouse keeper" lives at a lighthouse but is not one.
    // A train or a machine is a thing to look at, not a place to be in.
    let thing = all.iter().any(|f| {
        f.kind == PlaceKind::Studio
            || f.prop.is_some()
                && matches!(
                    f.kind,
                    PlaceKind::Sea
                        | PlaceKind::Road
                        | PlaceKind::Kitchen
                        | PlaceKind::Sky
                        | PlaceKind::Shop
                        | PlaceKind::Library
                )
    });
    let asks = matches!(tokens[0].to_lowercase().as_str(), "why" | "how" | "what" | "when" | "who");
    if thing
        || asks
        || end == 0
        || end > 5
        || tokens[..end].iter().any(|t| lexicon::noun(&t.to_lowercase()).is_some())
        || tokens[..end].iter().any(|t| t.ends_with("ing"))
    {
        return None;
    }
    let last = tokens[end - 1].to_lowercase();
    if !found.word.ends_with(last.as_str()) {
        return None;
    }
    let known_name = super::tokens::is_large(&tokens[0]) && !is_lead(&tokens[0].to_lowercase());
    let first = super::vocabulary::inner(&first);
    let words = if known_name || is_lead(&tokens[0].to_lowercase()) || found.kind == PlaceKind::Space {
        first
    } else {
        format!("the {first}")
    };
    Some(PlaceSaid { preposition: lexicon::place_defaults(found.kind).preposition.to_owned(), words, kind: found.kind })
}
