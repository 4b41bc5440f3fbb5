//! Things that act though no list of beings has them: what wants something, and what a sentence says that it does.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use story::Language;

use super::STOPS;
use crate::parameters::reading::{Reading, Role, work_has};
use crate::wording::fold;

/// "a glove who…", "un cactus qui…": what wants something acts, whatever it is.
pub(super) fn relative(reading: &Reading<'_>, used: &[Range<usize>]) -> Vec<(usize, String)> {
    static WHO: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:an?|the|two|three|un|une|una|ein|eine)\s+((?:[^\s,.;:]+ ){0,2}?[^\s,.;:]+),? (?:who(?:se)?|that (?:wants|dreams|learns|falls|refuses|thinks|believes|tries|is afraid|can't|cannot|longs|loves|hates|discovers|decides)|qui|que (?:quiere|sueña|aprende|busca|no|tiene|se)|(?:der|die|das) (?:[^\s,.;:]+ ){1,6}(?:will|möchte|sucht|lernt|träumt|kann|verliebt))\b|\b(?:about|über|sobre|sur) (?:an?|ein|eine|einen|un|une|una) (?:lonely|sad|happy|tiny|little|brave|shy|curious|grumpy|clumsy|lost|forgotten|talking|proud|einsame[nr]?|kleine[nr]?|traurige[nr]?) ([\p{L}-]+)").ok()
    });
    let Some(re) = WHO.as_ref() else { return Vec::new() };
    re.captures_iter(reading.text)
        .filter_map(|c| c.get(1).or_else(|| c.get(2)))
        .filter(|m| !used.iter().any(|r| r.start < m.end() && m.start() < r.end))
        .filter(|m| !work_has("work", &fold(m.as_str())))
        .map(|m| (m.start(), m.as_str().to_lowercase()))
        .collect()
}

/// Places and views that a sentence may begin with and that do nothing.
const STILL: &str = " city street village town house room story scene shot view look style camera series world place sky sea ocean road river lake forest minute second hour day night morning evening week year lot pair kind sort bit piece set range number part hand eye face smile voice light sun moon wind rain song stadt strasse dorf haus zimmer kamera himmel meer szene musik sonne mond shop store company business school office museum church restaurant hotel market few couple bunch dozen hundred thousand team agency practice studio firm bakery ";

/// "a paper plane flies through an office", "ein Windhund wälzt sich": who does something in a clause.
pub(super) fn doing(reading: &Reading<'_>, used: &[Range<usize>]) -> Vec<(usize, String)> {
    static ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:(?:and|then|where|when|in which) )?((?:an?|one|my|our|the) (?:[a-z'-]+ ){0,2}?[a-z'-]+?)(?: (?:in|on|of|from|at|with|without) (?:an? |the |our |my )?[a-z'-]+)? ([a-z]{2,}s) (an?|the|his|her|its|their|my|our|to|into|through|in|on|at|for|over|under|with|up|out|off|away|from|across|around|down|back|how|that|by|every|no|alone|slowly)?(?:\b|$)").ok()
    });
    static GERMAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:Ein|Eine|Der|Die|Das|Mein|Meine|Unser|Unsere|Zwei|Drei|Vier) (?:[a-zäöüß]+ ){0,2}?(\p{Lu}[\p{L}-]+)(?: (?:in|im|am|auf|aus|mit|ohne|vom|von) (?:[\p{L}-]+ ){0,2}?[\p{L}-]+)? [a-zäöüß]{2,}(?:t|en) ").ok()
    });
    static BETWEEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:battle|fight|duel|friendship|love|race|war|conversation|dialogue|match|argument|rivalry) between (?:an? |the )?([a-z-]+(?: [a-z-]+)?) and (?:an? |the )?([a-z-]+)").ok()
    });
    let mut found = Vec::new();
    for part in reading.parts.iter().filter(|p| p.role == Role::What) {
        let clause = part.clause.text;
        let re = if reading.language == Language::De { &*GERMAN } else { &*ENGLISH };
        let Some(captures) = re.as_ref().and_then(|re| re.captures(clause)) else { continue };
        let Some(subject) = captures.get(1) else { continue };
        let said = subject.as_str().to_lowercase();
        let definite = said.starts_with("the ");
        let ends = captures.get(0).is_some_and(|m| m.end() == clause.len());
        let owns =
            captures.get(3).is_none_or(|m| matches!(m.as_str(), "a" | "an" | "the" | "his" | "her" | "its" | "their"));
        let verb = captures.get(2).map_or("", |m| m.as_str());
        let verb_fits =
            !matches!(verb, "is" | "was" | "has" | "its" | "his" | "this" | "as" | "does" | "us" | "yes" | "less");
        let words: Vec<&str> = said.split(' ').skip(1).collect();
        let head = words.last().copied().unwrap_or(&said);
        let plain = if reading.language == Language::De { vec![said.as_str()] } else { words.clone() };
        let fits = plain.iter().all(|w| !STOPS.contains(&format!(" {w} ")) && !work_has("work", w))
            && !STILL.contains(&format!(" {} ", fold(head)));
        let goes_on = reading.language == Language::De || captures.get(3).is_some() || ends;
        if fits
            && verb_fits
            && goes_on
            && (!definite || (owns && captures.get(3).is_some()) || reading.language == Language::De)
        {
            found.push((part.clause.range.start + subject.start(), said));
        }
    }
    for captures in BETWEEN.iter().flat_map(|re| re.captures_iter(reading.text)) {
        found.extend(captures.iter().skip(1).flatten().map(|m| (m.start(), m.as_str().to_lowercase())));
    }
    found.retain(|(at, said)| !used.iter().any(|r| r.start < at + said.len() && *at < r.end));
    found
}
