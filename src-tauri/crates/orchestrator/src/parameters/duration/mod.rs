//! The length of the film, every way people say it; and what only looks like one.

mod patterns;
mod weigh;

use std::ops::Range;

use super::numbers::{self, Plain};
use crate::wording::Words;
use patterns::{Kind, PATTERNS, UNIT};

/// A length found in a message.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Length {
    /// Where it stands, in bytes.
    pub(crate) range: Range<usize>,
    /// Seconds.
    pub(crate) seconds: f64,
    /// True for the length of one of several parts ("ten seconds each").
    each: bool,
}

/// What a message says of length.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Lengths {
    /// The length of the film, in seconds.
    pub(crate) total: Option<u32>,
    /// Where lengths of the film stand.
    pub(crate) ranges: Vec<Range<usize>>,
}

/// The length that a message asks for, in seconds.
pub(crate) fn duration(text: &str) -> Option<u32> {
    lengths(&Plain::of(&Words::of(text)), None).total
}

/// Every length in a text, whatever it is of, in seconds.
pub(crate) fn found_lengths(text: &str) -> Vec<f64> {
    found(&Plain::of(&Words::of(text)).text).into_iter().map(|l| l.seconds).collect()
}

/// The lengths in a message; `parts` is the number of scenes, for lengths said of each.
pub(crate) fn lengths(plain: &Plain, parts: Option<u32>) -> Lengths {
    let text = plain.text.as_str();
    let all = found(text);
    let weighed: Vec<(i32, &Length)> = all.iter().map(|l| (weigh::weight(text, l), l)).collect();
    let likely: Vec<&(i32, &Length)> = weighed.iter().filter(|(weight, _)| *weight > -2).collect();
    let Some(best) = likely.iter().map(|(weight, _)| *weight).max() else { return Lengths::default() };
    let mut chosen: Option<&Length> = None;
    for (weight, length) in &likely {
        let corrects = chosen.is_some_and(|before| weigh::corrects(&text[before.range.end..length.range.start]));
        if corrects || (chosen.is_none() && *weight == best) {
            chosen = Some(length);
        }
    }
    let corrected = chosen.and_then(|l| weigh::corrected(text, l));
    let seconds = corrected
        .or_else(|| chosen.map(|l| if l.each { l.seconds * f64::from(parts.unwrap_or(1)) } else { l.seconds }));
    Lengths {
        total: seconds.map(|s| s.round() as u32).filter(|s| *s >= 1),
        ranges: likely.iter().map(|(_, l)| plain.original(&l.range)).collect(),
    }
}

/// Every length in the text, in order, none over another.
pub(crate) fn found(text: &str) -> Vec<Length> {
    let mut lengths: Vec<Length> = Vec::new();
    let Some(patterns) = PATTERNS.as_ref() else { return lengths };
    if !patterns.any.is_match(text) {
        return lengths;
    }
    for (kind, pattern) in &patterns.list {
        for captures in pattern.captures_iter(text) {
            let Some(whole) = captures.get(0) else { continue };
            if lengths.iter().any(|l| whole.start() < l.range.end && l.range.start < whole.end()) {
                continue;
            }
            if let Some((seconds, each)) = read(*kind, &captures, text).filter(|(s, _)| *s >= 1.0) {
                lengths.push(Length { range: whole.range(), seconds, each });
            }
        }
    }
    lengths.sort_by_key(|l| l.range.start);
    lengths
}

/// The seconds of a match, and whether they are of each part.
fn read(kind: Kind, captures: &regex::Captures<'_>, text: &str) -> Option<(f64, bool)> {
    let number = |i: usize| {
        let said = captures.get(i)?.as_str();
        numbers::value(said).or_else(|| said.starts_with(char::is_alphabetic).then_some(1.0))
    };
    let unit = |i: usize| captures.get(i).map_or(1.0, |m| UNIT.seconds(m.as_str()));
    Some(match kind {
        Kind::Product => (number(1)? * number(2)? * unit(3), false),
        Kind::Each => (number(1)? * unit(2), true),
        Kind::AndAQuarter => ((number(1)? + 0.25) * unit(2), false),
        // A shape is no length.
        Kind::Clock if captures.get(0).is_some_and(|m| m.as_str() == "9:16") => return None,
        Kind::Clock => {
            let (a, b, c) = (number(1)?, number(2)?, number(3));
            (c.map_or(a * 60.0 + b, |s| a * 3600.0 + b * 60.0 + s), false)
        }
        Kind::TwoUnits => {
            let (whole, part) = (number(1)?, number(3)?);
            let big = unit(2);
            // "3 minutes 20": the second number has no unit of its own and nothing that it counts.
            let counted = captures.get(4).is_none()
                && (!weigh::stands_alone(text, captures.get(3)?.end()) || captures.get(0)?.as_str().contains(','));
            let small = captures.get(4).map_or(big / 60.0, |m| UNIT.seconds(m.as_str()));
            if counted || part >= 60.0 || small >= big {
                return None;
            }
            (whole * big + part * small, false)
        }
        Kind::TwoScales => (f64::midpoint(number(1)? * unit(2), number(3)? * unit(4)), false),
        Kind::Range => (f64::midpoint(number(1)?, number(2)?) * unit(3), false),
        Kind::AndAHalf => ((number(1)? + 0.5) * unit(2), false),
        Kind::Fixed(seconds) => (seconds, false),
        Kind::Plain => {
            let seconds = number(1)? * unit(2);
            let article = captures.get(1)?.as_str().starts_with(char::is_alphabetic);
            // A decade or a year is none, and "a second whale" neither.
            if unit(2) < 60.0 && number(1)? >= 1900.0 && number(1)? <= 2100.0 {
                return None;
            }
            if article && unit(2) < 60.0 {
                return None;
            }
            (seconds, false)
        }
    })
}

#[cfg(test)]
mod tests;
