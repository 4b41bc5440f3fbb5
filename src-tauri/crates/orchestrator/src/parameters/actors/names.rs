//! Names: those that are given as names, and those that stand beside the being they name.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::parameters::reading::Reading;

struct Names {
    called: Regex,
    listed: Regex,
    among: Regex,
    /// A couple, or those who are interviewed.
    pair: Regex,
    /// "Frau Klamm", "Doña Pilar".
    titled: Regex,
}

static NAMES: LazyLock<Option<Names>> = LazyLock::new(|| {
    let name = r"[\p{Lu}][\p{L}'’.-]*(?: [\p{Lu}][\p{L}'’-]*){0,2}";
    Some(Names {
        called: Regex::new(&format!(
            r"(?:\b(?:called|named|namens|nommée?s?|appelée?s?|s['’]appelle(?:nt)?|prénommée?|llamad[oa]s?|(?:se )?llama[n]?|heißt|heißen|genannt|names?|Names|(?:[Mm]ain )?[Cc]haracter is|[Pp]rotagonist is|sidekick:|[Hh]auptfigur(?:en)? (?:ist|sind)(?: (?:der|die|das) [\p{{L}}]+)?|[Ss]tarring|[Hh]ero is|interviews? with|interview de|Interviews mit)\s+)({name})(?:(?:,| and| und| y| et| &) ({name}))?(?:,? (?:and|und|y|et|&) ({name}))?|(?:名叫|叫做|叫|主角是|名为)([\p{{Han}}·]{{1,4}}?)(?:的|，|,|。|和|在|与|、|去|$)|(?:主角是)?(?:捕快|侦探|新娘|新郎|少女|少年|少女の|哑女|公主|王子)([\p{{Han}}]{{2}})|([\p{{Katakana}}\p{{Han}}ー]{{2,8}})(?:という名の|という名前の|という)"
        ))
        .ok()?,
        listed: Regex::new(r"(?:[Cc]haracters?|[Cc]ast|[Rr]oles|[Pp]ersonajes|[Pp]ersonnages|[Ff]iguren|角色|人物|登場人物)\s*(?:are|sind|son|sont)?\s*[:：]\s*([^.。\n]+)").ok()?,
        titled: Regex::new(r"\b((?:Mr|Mrs|Ms|Dr|Prof)\. \p{Lu}[\p{L}'’-]+|(?:Frau|Herr|Doña|Don|Madame|Monsieur|Mademoiselle|Señora|Señor|Miss|Professor|Captain|Aunt|Uncle|Tante|Onkel|Oma|Opa|Tía|Tío) \p{Lu}[\p{L}'’-]+)").ok()?,
        pair: Regex::new(&format!(
            r"(?:[Ww]edding|[Bb]oda|[Mm]ariage|[Hh]ochzeit\w*|[Ee]ngagement|[Ff]riendship|[Ff]reundschaft|[Aa]mitié|[Aa]mistad|[Ii]nterviews?|[Ee]ntrevistas?|[Nn]ames|[Nn]ombres|[Nn]amen|[Nn]oms|[Bb]rothers|[Ss]isters|[Ss]iblings|[Ff]riends|[Tt]wins|[Cc]ouple|[Tt]eenagers|[Pp]artners)\b[^.!?\n]{{0,24}}?({name})(?:, ({name}))?,? (?:and|&|y|e|et|und) ({name})"
        ))
        .ok()?,
        among: Regex::new(&format!(r"[(]({name})(?:, ({name}))?(?:,? (?:and|&|y|et|und) ({name}))?[)]")).ok()?,
    })
});

/// Names that are given as names.
pub(super) fn names(reading: &Reading<'_>) -> Vec<(usize, String, Range<usize>)> {
    let Some(patterns) = NAMES.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for pattern in [&patterns.titled, &patterns.called, &patterns.among] {
        for captures in pattern.captures_iter(reading.text) {
            for group in captures.iter().skip(1).flatten() {
                let name = group.as_str().trim_end_matches(['.', '\'']);
                let known = found
                    .iter()
                    .any(|(_, _, r): &(usize, String, Range<usize>)| r.start < group.end() && group.start() < r.end);
                if known || reading.languages.iter().any(|h| h.range == group.range()) {
                    continue;
                }
                found.push((group.start(), name.to_owned(), group.range()));
            }
        }
    }
    for captures in patterns.pair.captures_iter(reading.text) {
        let pair: Vec<_> = captures.iter().skip(1).flatten().filter(|m| is_name(reading, &m.range())).collect();
        if pair.len() >= 2 {
            found.extend(pair.iter().map(|m| (m.start(), m.as_str().to_owned(), m.range())));
        }
    }
    if let Some(list) = patterns.listed.captures(reading.text).and_then(|c| c.get(1)) {
        let mut at = list.start();
        for piece in list.as_str().split([',', ';', '、', '，', '&']).flat_map(|p| p.split(" and ")) {
            let name = piece.trim();
            let name = name.split(" (").next().unwrap_or(name);
            if !name.is_empty() && name.chars().count() <= 40 {
                found.push((at, name.to_owned(), at..at + piece.len()));
            }
            at += piece.len() + 1;
        }
    }
    found
}

/// True for words that no list knows as something else.
fn is_name(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let within = |hits: &[crate::wording::Hit<'_>]| {
        hits.iter().any(|h| range.start <= h.range.start && h.range.end <= range.end)
    };
    !within(&reading.languages)
        && !within(&reading.styles)
        && !reading.special.iter().any(|h| h.class == "platform" && h.range == *range)
}

/// "two sisters, Noor and Salma, restore a boat": the names right after a being.
pub(super) fn beside(reading: &Reading<'_>, being_end: usize) -> Vec<(usize, String, Range<usize>)> {
    static BESIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let name = r"\p{Lu}[\p{L}'’-]+";
        Regex::new(&format!(r"^,\s+({name})(?:(?:,\s+({name}))?,?\s+(?:and|y|et|&)\s+({name}))?(?:,|\s+\p{{Ll}})")).ok()
    });
    let after = &reading.text[being_end..];
    let Some(captures) = BESIDE.as_ref().and_then(|re| re.captures(after)) else { return Vec::new() };
    let groups: Vec<Range<usize>> =
        captures.iter().skip(1).flatten().map(|m| being_end + m.start()..being_end + m.end()).collect();
    // One name alone must stand between commas.
    let enclosed = captures.get(0).is_some_and(|m| m.as_str().ends_with(','));
    if (groups.len() == 1 && !enclosed) || groups.iter().any(|g| !is_name(reading, g)) {
        return Vec::new();
    }
    groups.into_iter().map(|g| (g.start, reading.text[g.clone()].to_owned(), g)).collect()
}

/// "Ama, a fisherwoman": the name right before the being that it is.
pub(super) fn named_before(reading: &Reading<'_>, being_start: usize) -> Option<(usize, String)> {
    static BEFORE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?:^|[\s:(])(\p{Lu}[\p{L}'’-]+), (?:an?|the|our|une?|una?|eine?) $").ok());
    let before = &reading.text[..being_start];
    let name = BEFORE.as_ref()?.captures(before)?.get(1)?;
    let first = before[..name.start()].trim_end().chars().next_back().is_none_or(|c| matches!(c, '.' | '!' | '?'));
    (!first && is_name(reading, &name.range())).then(|| (name.start(), name.as_str().to_owned()))
}
