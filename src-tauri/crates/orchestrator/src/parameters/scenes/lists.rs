//! Scenes that stand side by side: after an announcement or a colon, before their number, or as the seasons.

use std::sync::LazyLock;

use regex::Regex;
use story::Language;

use super::count::{PART, PART_HAN};
use super::tidy;
use crate::parameters::reading::{Part, Reading, Role};

static ANNOUNCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)(?:\b{PART}|{PART_HAN}|\bseasons|\bstages|\bplaces|\blocations|\bfollowing|\bfeatures|\bmoments|\brooms|\bstops|\bsteps|\bestaciones|\bsaisons|\bjahreszeiten|walkthrough|\bshows?(?: the)?)\b?[^:：.\n]*[:：]\s*")).ok()
});

static SEASONS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(spring),? (summer),? (?:autumn|fall),? (?:and )?(winter)\b|\b(primavera), (verano), (?:otoño) ?(?:,|y) ?(invierno)\b|\b(printemps), (été), (?:automne) ?(?:,|et) ?(hiver)\b|\b(frühling), (sommer), (?:herbst) ?(?:,|und) ?(winter)\b|(春)、?(夏)、?(?:秋)、?(冬)",
    )
    .ok()
});

/// The most words of one scene in a bare list, and the most characters where there are no spaces.
const MOST: (usize, usize) = (6, 12);

/// The scenes of a list that no word of order parts.
pub(super) fn listed(reading: &Reading<'_>) -> Vec<String> {
    [after_announcement, after_colon, before_number, seasons]
        .iter()
        .map(|reader| reader(reading))
        .find(|list| !list.is_empty())
        .unwrap_or_default()
}

/// "three scenes: dawn, the market, dusk".
fn after_announcement(reading: &Reading<'_>) -> Vec<String> {
    let Some(found) = ANNOUNCED.as_ref().and_then(|re| re.find(reading.text)) else { return Vec::new() };
    let parts: Vec<_> = reading.parts.iter().skip_while(|p| p.clause.range.start < found.end()).collect();
    let Some(sentence) = parts.first().map(|p| p.clause.sentence) else { return Vec::new() };
    let mut list: Vec<String> = Vec::new();
    for part in parts.iter().take_while(|p| p.clause.sentence == sentence) {
        if part.role == Role::How && part.unknown == 0 && list.len() >= 2 {
            break;
        }
        list.extend(split_and(part.clause.text).into_iter().map(tidy).filter(|s| !s.is_empty()));
    }
    let whole = reading.count.as_ref().is_none_or(|c| c.number as usize == list.len());
    if list.len() >= 3 || (list.len() >= 2 && reading.count.is_some() && whole) { list } else { Vec::new() }
}

/// "scan and share" as two, where both sides are short.
fn split_and(text: &str) -> Vec<&str> {
    for and in [" and ", " y ", " et ", " und ", "和", "と"] {
        if let Some((a, b)) = text.split_once(and)
            && a.split(' ').count() <= 3
            && b.split(' ').count() <= 3
            && a.chars().count() <= 24
        {
            return vec![a, b];
        }
    }
    vec![text]
}

/// "a day in the life of a cat: wake up, patrol, supper".
fn after_colon(reading: &Reading<'_>) -> Vec<String> {
    for (at, lead) in reading.parts.iter().enumerate() {
        let opens = matches!(lead.clause.end, Some(':' | '：' | '-' | '–' | '—')) && !lead.is_label;
        if !opens || lead.label.is_some() || lead.words.is_empty() {
            continue;
        }
        let listed = reading.parts[at + 1..].iter().take_while(|p| p.clause.sentence == lead.clause.sentence);
        let list: Vec<&Part<'_>> = listed.take_while(|p| is_item(reading, p)).collect();
        let beings = list.iter().filter(|p| is_being(reading, p)).count();
        // "a lifeguard, Sam, talks to the camera" is a sentence.
        let sentence =
            reading.language != Language::De && list.iter().any(|p| is_name(p)) && !list.iter().all(|p| is_name(p));
        if list.len() >= 3 && beings * 2 < list.len() && !sentence {
            return tidied(list.iter().map(|p| p.clause.text));
        }
    }
    Vec::new()
}

/// True for a few words that say neither how nor how long.
fn is_item(reading: &Reading<'_>, part: &Part<'_>) -> bool {
    let lists = [&reading.special, &reading.styles, &reading.moods];
    let says_how = |i: &usize| lists.iter().any(|hits| hits.iter().any(|h| h.words.contains(i)));
    let how = part.words.clone().filter(says_how).count();
    let range = &part.clause.range;
    let measured = reading.lengths.ranges.iter().chain(&reading.ratio_ranges).any(|r| range.contains(&r.start));
    let unspaced = part.words.clone().any(|i| reading.words.list[i].unspaced);
    let short = part.words.len() <= if unspaced { MOST.1 } else { MOST.0 };
    short && !measured && !part.words.is_empty() && how * 2 <= part.words.len() && (how == 0 || part.words.len() > 1)
}

/// True for a single capitalised word.
fn is_name(part: &Part<'_>) -> bool {
    part.words.len() == 1
        && part.clause.text.starts_with(char::is_uppercase)
        && part.clause.text.chars().skip(1).any(char::is_lowercase)
}

/// True when a being is all that the words name.
fn is_being(reading: &Reading<'_>, part: &Part<'_>) -> bool {
    reading
        .beings
        .iter()
        .any(|h| h.words.end == part.words.end && h.words.start >= part.words.start && part.words.len() <= 3)
}

/// "morning bath, noon garden, evening feast: the three scenes" with the number last, as Chinese and Japanese say it.
fn before_number(reading: &Reading<'_>) -> Vec<String> {
    let Some(count) = &reading.count else { return Vec::new() };
    let Some(last) = reading.parts.iter().find(|p| p.clause.range.contains(&count.range.start)) else {
        return Vec::new();
    };
    let mut list: Vec<&str> = reading
        .parts
        .iter()
        .filter(|p| p.clause.sentence == last.clause.sentence && p.clause.range.end <= last.clause.range.start)
        .map(|p| p.clause.text)
        .collect();
    let wanted = count.number as usize;
    if list.len() + 1 < wanted || wanted < 2 {
        return Vec::new();
    }
    list.drain(..list.len() + 1 - wanted);
    list.push(reading.text[last.clause.range.start..count.range.start].trim_end_matches('の'));
    let list = list.iter().map(|s| s.trim_start_matches("要").trim_start_matches("展示"));
    let list = tidied(list);
    let short = list.iter().all(|s| s.chars().count() <= 24);
    if short && list.len() == wanted && list.iter().all(|s| !s.is_ascii()) { list } else { Vec::new() }
}

fn seasons(reading: &Reading<'_>) -> Vec<String> {
    let Some(found) = SEASONS.as_ref().and_then(|re| re.find(reading.text)) else { return Vec::new() };
    let name = found.as_str();
    if name.chars().all(|c| !c.is_ascii()) {
        return name.chars().filter(|c| *c != '、').map(String::from).collect();
    }
    tidied(name.split([',', ' ']).filter(|w| !matches!(w.trim(), "" | "and" | "y" | "et" | "und")))
}

fn tidied<'t>(scenes: impl Iterator<Item = &'t str>) -> Vec<String> {
    scenes.map(tidy).filter(|s| !s.is_empty()).collect()
}
