//! The length of the film, every way people say it.

use std::sync::LazyLock;

use regex::Regex;

use super::numbers::with_digits;

const NUMBER: &str = r"(\d+(?:[.,]\d+)?)";
const SECOND: &str = r"(?:seconds?|secs?|s\b|segundos?|secondes?|sekunden?|sek\b|秒(?:钟|間)?)";
const MINUTE: &str = r"(?:minutes?|mins?\b|min\b|m\b|minutos?|minuten?|分(?:钟|鐘|間)?)";
const HOUR: &str = r"(?:hours?|hrs?\b|h\b|horas?|heures?|stunden?|小时|小時|時間)";

struct Patterns {
    clock: Regex,
    range: Regex,
    scenes_of: Regex,
    and_a_half: Regex,
    half: Regex,
    minutes_seconds: Regex,
    plain: Regex,
    not_a_length: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let re = |pattern: String| Regex::new(&pattern).ok();
    Some(Patterns {
        clock: re(r"\b(\d{1,2}):([0-5]\d)\b(?:\s*(?:long|min|minutes?|mins?|in length|runtime))".into())?,
        range: re(format!(r"{NUMBER}\s*(?:-|–|to|or|a|à|bis|到|至)\s*{NUMBER}[\s-]*({SECOND}|{MINUTE})"))?,
        scenes_of: re(format!(r"(\d+)\s*(?:scenes?|shots?|parts?|clips?|chapters?|escenas|scènes|szenen)\s*(?:of|at|with|,|x|de|von|zu)?\s*(?:about\s*)?{NUMBER}[\s-]*{SECOND}(?:\s*each)?"))?,
        and_a_half: re(format!(r"(?:(\d+)|\ba|\ban|\bun|\bune|\beine?)?[\s-]*(?:and a half[\s-]*({MINUTE}|{HOUR})|({MINUTE}|{HOUR})\s*(?:and a half|y medio|y media|et demie?|半))|anderthalb\s*minuten"))?,
        half: re(r"half (?:a |an )?(minute|hour)|medio minuto|media hora|(?:une )?demi-(?:minute|heure)|(?:eine )?halbe (?:minute|stunde)|半分|半小时".into())?,
        minutes_seconds: re(format!(r"{NUMBER}[\s-]*{MINUTE}\s*(?:and|y|et|und|,)?\s*{NUMBER}[\s-]*{SECOND}"))?,
        plain: re(format!(r"(?:{NUMBER}|\b(a|an|un|una|une|eine[rns]?|1))[\s-]*({SECOND}|{MINUTE}|{HOUR})"))?,
        not_a_length: re(format!(r"(?:first|last|within the first|in the first|every|primeros|ersten|premières)\s+(?:\d+\s*)?{NUMBER}?\s*{SECOND}"))?,
    })
});

fn number(text: &str) -> f64 {
    text.replace(',', ".").parse().unwrap_or(0.0)
}

fn unit_seconds(unit: &str) -> f64 {
    let is = |pattern: &str| Regex::new(&format!("^(?:{pattern})$")).is_ok_and(|re| re.is_match(unit));
    if is(HOUR) {
        3600.0
    } else if is(MINUTE) {
        60.0
    } else {
        1.0
    }
}

/// The length that a message asks for, in seconds; the last one said counts ("half a minute - sorry, forty seconds").
pub(crate) fn duration(text: &str) -> Option<u32> {
    let patterns = PATTERNS.as_ref()?;
    let text = with_digits(text);
    let text = patterns.not_a_length.replace_all(&text, " ").into_owned();
    let mut found: Vec<(usize, usize, f64)> = Vec::new();
    {
        let mut add = |range: std::ops::Range<usize>, seconds: f64| {
            if seconds >= 1.0 && !found.iter().any(|(a, b, _)| range.start < *b && *a < range.end) {
                found.push((range.start, range.end, seconds));
            }
        };
        let whole = |c: &regex::Captures<'_>| c.get(0).map_or(0..0, |m| m.range());
        for c in patterns.scenes_of.captures_iter(&text) {
            add(whole(&c), number(&c[1]) * number(&c[2]));
        }
        for c in patterns.clock.captures_iter(&text) {
            add(whole(&c), number(&c[1]) * 60.0 + number(&c[2]));
        }
        for c in patterns.minutes_seconds.captures_iter(&text) {
            add(whole(&c), number(&c[1]) * 60.0 + number(&c[2]));
        }
        for c in patterns.range.captures_iter(&text) {
            add(whole(&c), f64::midpoint(number(&c[1]), number(&c[2])) * unit_seconds(&c[3]));
        }
        for c in patterns.and_a_half.captures_iter(&text) {
            let unit = c.get(2).or_else(|| c.get(3)).map_or(60.0, |m| unit_seconds(m.as_str()));
            add(whole(&c), (c.get(1).map_or(1.0, |m| number(m.as_str())) + 0.5) * unit);
        }
        for c in patterns.half.captures_iter(&text) {
            let hour = ["hour", "hora", "heure", "stunde", "小时"].iter().any(|w| c[0].contains(w));
            add(whole(&c), if hour { 1800.0 } else { 30.0 });
        }
        for c in patterns.plain.captures_iter(&text) {
            let count = c.get(1).map_or(1.0, |m| number(m.as_str()));
            let unit = &c[3];
            // "a second whale" and "an s" are no lengths.
            if c.get(1).is_none() && unit_seconds(unit) < 60.0 {
                continue;
            }
            add(whole(&c), count * unit_seconds(unit));
        }
    }
    found.sort_by_key(|(start, _, _)| *start);
    found.last().map(|(_, _, seconds)| seconds.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_every_way_people_say_them() {
        let check = |text: &str, want: Option<u32>| assert_eq!(duration(text), want, "{text}");
        check("Make a 30-second watercolor film", Some(30));
        check("two mins", Some(120));
        check("half a minute", Some(30));
        check("half an hour of rain", Some(1800));
        check("a minute and a half", Some(90));
        check("one and a half minutes", Some(90));
        check("2.5 minutes", Some(150));
        check("1 minute 20 seconds", Some(80));
        check("20-30 seconds", Some(25));
        check("four scenes of ten seconds", Some(40));
        check("half a minute - sorry, forty seconds", Some(40));
        check("a 90s clip", Some(90));
        check("un minuto y medio", Some(90));
        check("30 segundos", Some(30));
        check("三十秒的视频", Some(30));
        check("2分钟", Some(120));
        check("anderthalb Minuten", Some(90));
        check("a second whale", None);
        check("grab them within the first five seconds", None);
        check("a 12-year-old in 1984", None);
        check("16:9", None);
    }
}
