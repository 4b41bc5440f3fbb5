//! Demands that fit no other field: sound, captions, camera, audience, platform, things to leave out.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::labels::Label;
use super::reading::{Part, Reading, Role};
use crate::wording::Hit;

/// Words that begin a demand inside a longer clause.
static LEADS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|\s)(with|without|no|only|just|use|using|add|include|including|featuring|plus|and|but|for|on|in|to|at|as|con|sin|para|y|en|avec|sans|pour|et|sur|mit|ohne|für|und|auf)\s").ok()
});
/// Words that are dropped from the start of a demand.
static OPENERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:please|and|with|use|using|add|include|including|plus|also|have|give it|make it|make sure|there (?:should|must) be|i want|i'd like|we want|a|an|the|some|it should have|it needs|needs|put|y|con|usa|añade|et|avec|mit|und|mettez|ajoute|要有|加上|加|配上|配|带|用)\s+)+").ok()
});

/// Who speaks or sings: "voiced by an old actor", "narrado por una mujer".
static SPOKEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:voiced|narrated|told|spoken|sung|read|narrad[oa]|contad[oa]|cantad[oa]|racontée?|lue?|chantée?|erzählt|gesprochen|gesungen)s? (?:by|in|por|en|par|von|auf)\s[^,.;:!?。，]{2,40}").ok()
});
/// For whom: by school year or age.
static AUDIENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\bfor )?\b(?:my )?(?:\d+(?:st|nd|rd|th)[ -]grade(?:rs)?|(?:first|second|third|fourth|fifth|sixth|seventh|eighth)[ -]graders?|(?:year|grade|klasse) \d{1,2}\b|ages? \d+(?: ?(?:-|–|to) ?\d+)?|(?:girls|boys|kids|children|people|teens)? ?aged \d+(?: ?(?:-|–|to) ?\d+)?|\d+(?: ?(?:-|–|to) ?\d+)?[- ]year[- ]olds?)\b|(?:面向|针对)[^，。、！]{1,10}|[^、。，\s]{1,7}向け").ok()
});

/// The demands of a message, in the person's words, and where they stand.
pub(super) struct Demands {
    pub(super) list: Vec<String>,
    pub(super) ranges: Vec<Range<usize>>,
}

/// Reads the demands. `taken` is what other fields have used.
pub(super) fn demands(reading: &Reading<'_>, taken: &[Range<usize>]) -> Demands {
    let mut found = Demands { list: Vec::new(), ranges: Vec::new() };
    for re in [&*SPOKEN, &*AUDIENCE] {
        for said in re.iter().flat_map(|re| re.find_iter(reading.text)) {
            add(&mut found, reading, said.range());
        }
    }
    for part in &reading.parts {
        if part.is_label || part.label.is_some_and(|l| l != Label::Demand && l != Label::Subject) {
            continue;
        }
        let hits: Vec<&Hit<'_>> = reading.special.iter().filter(|h| part.words.contains(&h.words.start)).collect();
        if part.role == Role::How {
            let left = left_over(reading, part, taken) || part.label == Some(Label::Demand);
            if !asks_for_the_film(reading, part) {
                if !hits.is_empty() || left {
                    add(&mut found, reading, part.clause.range.clone());
                }
                continue;
            }
        }
        for hit in hits {
            if let Some(range) = inside(reading, part, hit) {
                add(&mut found, reading, range);
            }
        }
    }
    found
}

/// "sales pitch video for investors": a word for the film, and no demand of which it is a part.
fn asks_for_the_film(reading: &Reading<'_>, part: &Part<'_>) -> bool {
    let demanded = |i: &usize| reading.special.iter().any(|h| h.words.contains(i));
    let leads = |i: usize| {
        (i == part.words.end && part.clause.range.start == 0)
            || reading.word(i).is_some_and(|w| {
                matches!(
                    w.norm.as_str(),
                    "for"
                        | "of"
                        | "about"
                        | "on"
                        | "with"
                        | "showing"
                        | "that"
                        | "where"
                        | "to"
                        | "fur"
                        | "uber"
                        | "para"
                        | "sobre"
                        | "pour"
                        | "sur"
                )
            })
    };
    let works = reading.work.iter().filter(|h| h.class == "work" && part.words.contains(&h.words.start));
    works.filter(|h| !h.words.clone().any(|i| demanded(&i))).any(|h| leads(h.words.end))
}

/// True when a clause says something that no other field has taken.
fn left_over(reading: &Reading<'_>, part: &Part<'_>, taken: &[Range<usize>]) -> bool {
    part.unknown > 0
        && !taken.iter().any(|r| r.start < part.clause.range.end && part.clause.range.start < r.end)
        && !reading.languages.iter().any(|h| part.words.contains(&h.words.start) && part.words.len() <= 2)
}

/// The demand around a word inside a clause that says more: from the word that leads to it, to the next such word.
fn inside(reading: &Reading<'_>, part: &Part<'_>, hit: &Hit<'_>) -> Option<Range<usize>> {
    let clause = part.clause.range.clone();
    let at = match hit.words.start.checked_sub(1).and_then(|i| reading.word(i)) {
        // "60 fps".
        Some(number) if hit.class == "quality" && number.norm.chars().all(|c| c.is_ascii_digit()) => {
            number.range.start.max(clause.start)
        }
        _ => hit.range.start,
    };
    let hit = &Hit { range: at..hit.range.end, ..hit.clone() };
    let before = &reading.text[clause.start..at];
    let lead = LEADS.as_ref()?.captures_iter(&reading.text[clause.start..at]).last();
    let asks = hit.class == "quality" || matches!(hit.class, "camera") && strong(&reading.text[hit.range.clone()]);
    let Some(lead) = lead else { return asks.then(|| hit.range.clone()) };
    let word = lead.get(1)?;
    let distance = before[word.end()..].split_whitespace().count();
    let named = word.as_str().to_lowercase();
    let fits = match hit.class {
        "audience" => matches!(named.as_str(), "for" | "to" | "para" | "pour" | "für") && distance <= 4,
        "platform" => {
            matches!(named.as_str(), "for" | "on" | "to" | "para" | "en" | "pour" | "sur" | "für" | "auf")
                && distance <= 3
        }
        _ => {
            matches!(
                named.as_str(),
                "with"
                    | "without"
                    | "no"
                    | "only"
                    | "just"
                    | "use"
                    | "using"
                    | "add"
                    | "include"
                    | "including"
                    | "plus"
                    | "con"
                    | "sin"
                    | "avec"
                    | "sans"
                    | "mit"
                    | "ohne"
                    | "and"
                    | "und"
                    | "y"
                    | "et"
            ) && distance <= 4
                && !acts_between(reading, clause.start + word.end()..at)
        }
    };
    if !fits {
        return asks.then(|| hit.range.clone());
    }
    let joins = matches!(named.as_str(), "and" | "und" | "y" | "et");
    if joins && !reading.is_request(part) {
        return asks.then(|| hit.range.clone());
    }
    let keep = matches!(
        named.as_str(),
        "for" | "no" | "without" | "only" | "just" | "sin" | "sans" | "ohne" | "para" | "pour" | "für"
    );
    let keep = keep || hit.class == "audience";
    let start = clause.start + if keep { word.start() } else { word.end() };
    let rest = &reading.text[hit.range.end..clause.end];
    let led = LEADS.as_ref()?.captures(rest).and_then(|c| c.get(1)).map(|m| m.start());
    // "for children about the moon": what it is about is no part of whom it is for.
    let about = [" about ", " sobre ", " sur ", " über "].iter().filter_map(|word| rest.find(word)).min();
    let end = led.into_iter().chain(about).min().map_or(clause.end, |at| hit.range.end + at);
    let end = if reading.text[start..end].split_whitespace().count() > 9 { hit.range.end } else { end };
    Some(start..end)
}

fn acts_between(reading: &Reading<'_>, range: Range<usize>) -> bool {
    reading.beings.iter().any(|h| range.contains(&h.range.start))
}

/// Words of the camera that are demands wherever they stand.
fn strong(word: &str) -> bool {
    let word = word.to_lowercase();
    [
        "slow",
        "handheld",
        "reverse",
        "fps",
        "golden hour",
        "gopro",
        "hand-held",
        "hand held",
        "close-up",
        "close up",
        "macro shot",
        "timelapse",
        "time-lapse",
        "hyperlapse",
        "primer plano",
        "gros plan",
        "plan-séquence",
        "plano secuencia",
        "toma única",
        "zeitraffer",
        "nahaufnahme",
        "特写",
        "长镜头",
        "延时",
        "長回し",
        "ワンカット",
        "クローズアップ",
        "loop",
        "take",
        "continuous",
        "drone",
        "split screen",
        "慢",
        "一镜",
        "航拍",
        "循环",
        "スロー",
        "ループ",
        "ドローン",
        "空撮",
        "cámara lenta",
        "ralenti",
        "zeitlupe",
    ]
    .iter()
    .any(|s| word.contains(s))
}

fn add(found: &mut Demands, reading: &Reading<'_>, range: Range<usize>) {
    if found.ranges.iter().any(|r| r.start < range.end && range.start < r.end) {
        return;
    }
    let text = reading.text[range.clone()].trim().to_lowercase();
    let text = OPENERS.as_ref().map_or(text.clone(), |re| re.replace(&text, "").into_owned());
    if !text.is_empty() {
        for piece in pieces(&text) {
            found.list.push(piece);
        }
        found.ranges.push(range);
    }
}

/// Two demands joined by "and" are two.
fn pieces(text: &str) -> Vec<String> {
    if text.chars().count() > 90 {
        return vec![text.chars().take(90).collect()];
    }
    vec![text.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn demands_are_kept_in_the_persons_words() {
        let check = |text: &str, want: &[&str]| {
            let reading = Reading::of(text, crate::language_of(text));
            assert_eq!(demands(&reading, &[]).list, want, "{text}");
        };
        check("A fox in the snow, no dialogue, 4K, for kids", &["no dialogue", "4k", "for kids"]);
        check("a film about a whale with accordion music", &["accordion music"]);
        check("a musician plays the piano in the street", &[]);
        check("un zorro en la nieve, sin diálogos", &["sin diálogos"]);
        check("一只狐狸，慢镜头，无对白", &["慢镜头", "无对白"]);
    }
}
