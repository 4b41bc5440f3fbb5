//! What is changed: the thing that is named, or what the words around it make likely.

use std::ops::Range;

use super::modification::{Part, languages};
use super::places::Places;
use crate::parameters::{aspect, found_lengths, has_being, has_style, names_mood};
use crate::wording::{Hit, fold};

/// What is changed.
pub(super) fn target(part: &Part<'_>, operation: Option<&'static str>, has_character: bool) -> &'static str {
    let inside =
        |range: &Range<usize>| part.places.ranges.iter().any(|r| r.start <= range.start && range.start < r.end);
    let value_from = value_start(part, operation);
    let elsewhere = part.targets.len() > 1 || !part.places.ranges.is_empty();
    let located = |h: &Hit<'_>| {
        inside(&h.range)
            || (matches!(h.class, "scene" | "shot") && located_before(part, h.words.start))
            || (elsewhere && matches!(h.class, "ending" | "opening") && placed(part, h))
    };
    let mut own: Vec<&Hit<'static>> =
        part.targets.iter().filter(|h| !located(h) && h.range.start < value_from).collect();
    // "Cap it at a minute" is no cap.
    own.retain(|h| h.class != "costume" || h.words.start > 0 || fold(&part.text[h.range.clone()]) != "cap");
    if own.is_empty() && part.places.ranges.is_empty() {
        own = part.targets.iter().filter(|h| !located(h) && !matches!(h.class, "video")).collect();
    }
    let whole = own.first().is_some_and(|h| h.class == "video");
    if whole
        && matches!(operation, Some("split" | "slow_down" | "speed_up" | "regenerate" | "undo" | "duplicate"))
        && !own.iter().any(|h| !matches!(h.class, "video" | "pacing" | "scene"))
    {
        return "video";
    }
    if operation == Some("rename") && !part.places.scenes.is_empty() {
        return "scene";
    }
    // "Slow the narration": the word for the speed is what is done, not what it is done to.
    if matches!(operation, Some("speed_up" | "slow_down")) && (own.len() > 1 || !part.places.ranges.is_empty()) {
        own.retain(|h| {
            !matches!(h.class, "pacing" | "effect" | "animation") || fold(&part.text[h.range.clone()]).contains("anim")
        });
    }
    // Of two words side by side the second one is the thing: "logo animation".
    let chosen = own.iter().find(|h| !matches!(h.class, "video" | "character" | "object" | "language")).map(|h| {
        own.iter()
            .find(|n| {
                n.words.start == h.words.end
                    && !matches!(n.class, "video" | "character" | "scene" | "shot")
                    && !part.list()[n.words.start].unspaced
            })
            .unwrap_or(h)
    });
    let timing = matches!(
        operation,
        Some(
            "shorten"
                | "lengthen"
                | "speed_up"
                | "slow_down"
                | "darken"
                | "brighten"
                | "split"
                | "merge"
                | "move"
                | "duplicate"
                | "regenerate"
                | "remove"
                | "undo"
                | "freeze"
                | "zoom_in"
                | "mute"
                | "rename"
                | "translate"
        )
    );
    if let Some(hit) = chosen {
        let said_of_place =
            matches!(hit.class, "lighting" | "duration" | "pacing") && timing && !part.places.scenes.is_empty();
        if hit.class == "costume" || !said_of_place {
            return hit.class;
        }
    }
    if let Some(place) = place_target(part, operation, timing) {
        return place;
    }
    if let Some(hit) = chosen {
        return hit.class;
    }
    if !languages(part).is_empty() && matches!(operation, None | Some("change" | "translate")) {
        return "language";
    }
    let vague = own.iter().find(|h| matches!(h.class, "object" | "character" | "language")).map(|h| h.class);
    let words = part.list();
    if aspect(part.text).is_some() {
        return "aspect_ratio";
    }
    if has_character {
        return "character";
    }
    if let Some(class) = vague {
        return class;
    }
    match operation {
        Some("darken" | "brighten") => return "lighting",
        Some("speed_up" | "slow_down") => return "pacing",
        Some("translate") => return "language",
        Some("rename") => return "title",
        Some("zoom_in") => return "camera",
        Some("freeze") => return "effect",
        Some("mute") => return "sound",
        Some("undo" | "regenerate") => return "video",
        _ => {}
    }
    if !found_lengths(part.text).is_empty() || matches!(operation, Some("shorten" | "lengthen")) {
        return "duration";
    }
    if has_style(words).is_some() {
        return "style";
    }
    if matches!(operation, Some("add" | "remove" | "replace")) {
        return if has_being(words).is_some() { "character" } else { "object" };
    }
    if names_mood(words).is_some() {
        return "mood";
    }
    if fold(part.text).contains(" into ") && fold(part.text).starts_with("turn ") {
        return "object";
    }
    let article =
        words.first().is_some_and(|w| matches!(w.norm.as_str(), "a" | "an" | "un" | "una" | "une" | "ein" | "eine"));
    if operation.is_none() && article && words.len() <= 8 {
        return "object";
    }
    if has_being(words).is_some() {
        return "character";
    }
    "video"
}

/// The scene or shot itself, where it is what the change is about.
fn place_target(part: &Part<'_>, operation: Option<&'static str>, timing: bool) -> Option<&'static str> {
    let Places { scenes, shots, ranges } = &part.places;
    if ranges.is_empty() && !part.targets.iter().any(|h| matches!(h.class, "scene" | "shot")) {
        return None;
    }
    let located = ranges.first().is_some_and(|r| {
        part.list().iter().position(|w| w.range.start >= r.start).is_some_and(|i| located_before(part, i))
    });
    if located && !timing && !matches!(operation, None | Some("change")) {
        return None;
    }
    if !shots.is_empty() {
        return Some("shot");
    }
    if !scenes.is_empty() {
        return Some("scene");
    }
    part.targets.iter().find(|h| matches!(h.class, "scene" | "shot")).map(|h| h.class)
}

/// "at the end", "al final", "最後に": where, not what.
fn placed(part: &Part<'_>, hit: &Hit<'_>) -> bool {
    let before = (1..=2).filter_map(|back| hit.words.start.checked_sub(back)).filter_map(|i| part.list().get(i));
    let led = before.map(|w| w.norm.as_str()).any(|w| {
        matches!(
            w,
            "at" | "to" | "towards" | "from" | "in" | "al" | "a" | "au" | "am" | "ans" | "zum" | "en" | "到" | "在"
        )
    });
    led || part.text[hit.range.end..].starts_with(['に', 'で', '加', '放', '插'])
}

/// True when the word before says "in", "of", "after": a place, not a thing.
fn located_before(part: &Part<'_>, word: usize) -> bool {
    (1..=2).filter_map(|back| word.checked_sub(back)).filter_map(|i| part.list().get(i)).any(|w| {
        matches!(
            w.norm.as_str(),
            "in" | "of"
                | "after"
                | "before"
                | "during"
                | "at"
                | "for"
                | "from"
                | "between"
                | "to"
                | "under"
                | "on"
                | "de"
                | "en"
                | "durante"
                | "tras"
                | "dans"
                | "apres"
                | "avant"
                | "pendant"
                | "von"
                | "nach"
                | "vor"
                | "wahrend"
                | "aus"
                | "im"
                | "der"
                | "在"
        )
    })
}

/// Where what the thing becomes begins: its words are no target.
fn value_start(part: &Part<'_>, operation: Option<&str>) -> usize {
    let links: &[&str] = match operation {
        Some("replace" | "change") | None => {
            &["with", "for", "by", "into", "to", "por", "par", "durch", "gegen", "contre", "换成", "改成", "变成", "as"]
        }
        Some("translate" | "rename" | "move") => &["into", "to", "al", "a", "en", "ins", "zu", "nach"],
        _ => return usize::MAX,
    };
    let list = part.list();
    let spaced = list.iter().skip(2).find(|w| links.contains(&w.norm.as_str())).map(|w| w.range.start);
    spaced.or_else(|| ["换成", "改成", "变成", "改为"].iter().find_map(|l| part.text.find(l))).unwrap_or(usize::MAX)
}
