//! The feeling that is said of the film, in the person's words.

use std::ops::Range;

use super::labels::Label;
use super::reading::{Reading, Role, mood_words};
use crate::wording::{Hit, Words};

/// A feeling, and where it stands.
pub(super) struct Feeling {
    pub(super) words: String,
    pub(super) ranges: Vec<Range<usize>>,
}

/// True when every word that says something names a feeling.
pub(super) fn is_mood(text: &str) -> bool {
    mood_words(&Words::of(text).list)
}

/// The feeling that a message names; the music's feeling is the music's.
pub(super) fn feeling(reading: &Reading<'_>, scenes: &[String]) -> Option<Feeling> {
    let mut said: Vec<String> = Vec::new();
    let mut ranges = Vec::new();
    for part in reading.parts.iter().filter(|p| !scenes.iter().any(|s| s == p.clause.text)) {
        if part.label == Some(Label::Feeling) && part.clause.text.chars().count() <= 40 {
            said.push(part.clause.text.to_lowercase());
            ranges.push(part.clause.range.clone());
            continue;
        }
        let hits: Vec<&Hit<'_>> = reading.moods.iter().filter(|h| part.words.contains(&h.words.start)).collect();
        if hits.is_empty() || part.is_label || matches!(part.label, Some(Label::Demand)) {
            continue;
        }
        let demand = reading.special.iter().any(|h| part.words.contains(&h.words.start));
        let look = reading.styles.iter().any(|s| {
            part.words.contains(&s.words.start)
                && !hits.iter().any(|h| h.words.start < s.words.end && s.words.start < h.words.end)
        });
        let measured = reading
            .lengths
            .ranges
            .iter()
            .chain(&reading.ratio_ranges)
            .any(|r| r.start < part.clause.range.end && part.clause.range.start < r.end);
        let first = reading.word(part.words.start).map_or("", |w| w.norm.as_str());
        let whole = part.clause.range.start > 0 && !matches!(first, "with" | "con" | "avec" | "mit" | "give" | "make");
        if part.role == Role::How && whole && !demand && !look && !measured && part.clause.text.chars().count() <= 40 {
            said.push(part.clause.text.to_lowercase());
            ranges.push(part.clause.range.clone());
            continue;
        }
        for hit in hits {
            let alone = part.role == Role::How && !demand && (!look || part.unknown == 0);
            if alone || describes_the_film(reading, hit, &part.words) {
                said.push(reading.text[hit.range.clone()].to_lowercase());
                ranges.push(hit.range.clone());
            }
        }
    }
    let mut words = String::new();
    for one in said {
        if words.chars().count() + one.chars().count() < 56 && !words.contains(&one) {
            words = if words.is_empty() { one } else { format!("{words}, {one}") };
        }
    }
    (!words.is_empty()).then_some(Feeling { words, ranges })
}

/// "a funny film", "keep it light", "a dreamy mood".
fn describes_the_film(reading: &Reading<'_>, hit: &Hit<'_>, part: &Range<usize>) -> bool {
    let near = part.start.max(hit.words.start.saturating_sub(8));
    if (near..hit.words.start).any(|i| reading.word(i).is_some_and(|w| super::style::about(&w.norm))) {
        return false;
    }
    let before = (part.start..hit.words.start).rev().take(4).filter_map(|i| reading.word(i)).map(|w| w.norm.as_str());
    let asked = before.clone().any(|w| {
        matches!(
            w,
            "it" | "something"
                | "mood"
                | "tone"
                | "feel"
                | "tono"
                | "ton"
                | "stimmung"
                | "should"
                | "soll"
                | "algo"
                | "quelque"
                | "etwas"
        )
    });
    for i in hit.words.end..(hit.words.end + 5).min(part.end) {
        if reading.is(i, "work") || reading.is(i, "feel") {
            return true;
        }
        let demand = reading.special.iter().any(|h| h.words.contains(&i));
        let stop = reading.word(i).is_some_and(|w| {
            matches!(
                w.norm.as_str(),
                "of" | "who" | "about" | "that" | "with" | "in" | "is" | "on" | "de" | "sur" | "sobre" | "uber"
            )
        });
        if demand || stop {
            return asked && !demand;
        }
    }
    // "un corto divertido": after the word for the film.
    let follows = hit.words.start > part.start
        && reading.is(hit.words.start - 1, "work")
        && !reading.words.list[hit.words.start].unspaced;
    asked || follows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feeling_of_the_film_is_not_the_musics() {
        let check = |text: &str, want: Option<&str>| {
            let found = feeling(&Reading::of(text, crate::language_of(text)), &[]).map(|f| f.words);
            assert_eq!(found.as_deref(), want, "{text}");
        };
        check("a film about a whale. Gentle, a little melancholy.", Some("gentle, a little melancholy"));
        check("a funny film about a goat", Some("funny"));
        check("a fox in the snow, happy ukulele music", None);
        check("the sad clown buys a hat", None);
        check("eine Geschichte über ein Schaf, ruhig", Some("ruhig"));
    }
}
