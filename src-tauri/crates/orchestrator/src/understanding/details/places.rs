//! Which scenes and shots a message names, by number, by order or by their place from the end.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::parameters::{NUMBER, Plain};
use crate::understanding::Context;
use crate::wording::Words;

/// The scenes and shots of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) scenes: Vec<u32>,
    pub(super) shots: Vec<u32>,
    /// Where they stand, in bytes of the message.
    pub(super) ranges: Vec<Range<usize>>,
}

const SCENE: &str = r"(?:scenes?|clips?|segments?|sections?|escenas?|scenes|szenen?|场景|场|幕|段|シーン|場面)";
const SHOT: &str = r"(?:shots?|frames?|planos?|tomas?|plans?|einstellung(?:en)?|镜头|分镜|カット|ショット)";
const AND: &str = r"(?:\s*(?:,|，|、|&|\band\b|\by\b|\bet\b|\bund\b|\be\b|和|与|と|or)\s*(?:and\s+|in\s+)?)";
const TO: &str =
    r"(?:\s*(?:-|–|—|~|〜|\bto\b|\bthrough\b|\bthru\b|\ba\b|\bal\b|\bhasta\b|\bbis\b|\bjusqu'a\b|到|至|から)\s*)";

/// What may stand before a number.
const HASH: &str = r"(?:numbers?\s*|numero\s*|nummer\s*|no\.?\s*|nr\.?\s*|n°\s*|#\s*)?";

struct Patterns {
    scenes: Regex,
    shots: Regex,
    between: Regex,
    numbered_after: Regex,
    ordered: Regex,
    /// "最初のシーン".
    very_first: Regex,
    first_few: Regex,
    last_few: Regex,
    from_end: Regex,
    last: Regex,
    list: Regex,
}

/// Order words, folded; the place they stand for.
const ORDER: [(&str, u32); 60] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("opening", 1),
    ("primera", 1),
    ("primer", 1),
    ("segunda", 2),
    ("segundo", 2),
    ("tercera", 3),
    ("tercer", 3),
    ("cuarta", 4),
    ("cuarto", 4),
    ("quinta", 5),
    ("quinto", 5),
    ("sexta", 6),
    ("sexto", 6),
    ("septima", 7),
    ("octava", 8),
    ("novena", 9),
    ("decima", 10),
    ("premiere", 1),
    ("premier", 1),
    ("deuxieme", 2),
    ("seconde", 2),
    ("troisieme", 3),
    ("quatrieme", 4),
    ("cinquieme", 5),
    ("sixieme", 6),
    ("septieme", 7),
    ("huitieme", 8),
    ("neuvieme", 9),
    ("dixieme", 10),
    ("erste", 1),
    ("ersten", 1),
    ("erster", 1),
    ("zweite", 2),
    ("zweiten", 2),
    ("dritte", 3),
    ("dritten", 3),
    ("vierte", 4),
    ("vierten", 4),
    ("funfte", 5),
    ("funften", 5),
    ("sechste", 6),
    ("sechsten", 6),
    ("siebte", 7),
    ("siebten", 7),
    ("achte", 8),
    ("achten", 8),
    ("neunte", 9),
    ("zehnte", 10),
];

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let n = NUMBER;
    let re = |pattern: String| Regex::new(&format!("(?i){pattern}")).ok();
    let order = ORDER.iter().map(|(w, _)| *w).collect::<Vec<_>>().join("|");
    let either = format!("(?:({SCENE})|({SHOT}))");
    Some(Patterns {
        scenes: re(format!(r"{SCENE}\s*{HASH}({n}(?:(?:{AND}|{TO})(?:{SCENE}\s*)?#?{n})*)"))?,
        shots: re(format!(r"{SHOT}\s*{HASH}({n}(?:(?:{AND}|{TO})(?:{SHOT}\s*)?#?{n})*)"))?,
        between: re(format!(
            r"\b(?:between|entre|zwischen)\s+(?:las?\s+|les\s+|den\s+|der\s+)?({n})\s*(?:and|y|et|und)\s*(?:las?\s+|der\s+)?({n})\b"
        ))?,
        numbered_after: re(format!(
            r"(?:第\s*({n}(?:(?:{AND}|{TO})(?:第)?{n})*)\s*(?:个|個|の)?\s*(?:({SCENE})|({SHOT}))|({n})\s*(?:番目の|つ目の)(?:({SCENE})|({SHOT})))"
        ))?,
        very_first: re("(?:最初|冒頭)の(?:シーン|場面|(カット))".to_owned())?,
        ordered: re(format!(
            r"\b({order}|{n}(?:st|nd|rd|th|\.|ª|a|º|e|eme))((?:{AND}(?:the |la |die )?(?:{order}|{n}(?:st|nd|rd|th|\.|ª|º|e|eme)))*)\s+(?:{either}\b|(one|1)\b)"
        ))?,
        first_few: re(format!(
            r"\b(?:first|primer[ao]s|premier(?:e)?s|ersten)\s+({n}|beiden|both|couple(?: of)?|few)\s+{either}|\b(?:deux|trois|dos|tres|{n})\s+(?:premier(?:e)?s|primer[ao]s)\s+{either}|\b(?:l[ao]s|les)\s+({n})\s+(?:primer[ao]s|premieres?|premiers)\s+{either}|前({n})(?:个)?(?:(场景|场|幕|段)|(镜头))|最初の({n})つの(?:(シーン|場面)|(カット))"
        ))?,
        last_few: re(format!(
            r"\b(?:last|final|ultim[ao]s|dernier(?:e)?s|letzten)\s+({n}|beiden|both|couple(?: of)?)\s+{either}|最后({n})(?:个)?(?:(场景|场|幕|段)|(镜头))|最後の({n})つの(?:(シーン|場面)|(カット))"
        ))?,
        from_end: re(format!(
            r"\b(?:second[ -]to[ -]last|next[ -]to[ -]last|second[ -]last|penultimate|penultim[ao]|avant[- ]derni(?:ere|er)|vorletzten?|1 before the last)\b(?:\s+{either}|\s+(one|1))?|倒数第2(?:个)?(?:(场景|场|幕|段)|(镜头))|最後から2番目の(?:(シーン|場面)|(カット))"
        ))?,
        last: re(format!(
            r"\b(?:last|final|closing|ultim[ao]|dernier(?:e)?|letzten?r?)\s+(?:{either}\b|(one|1)\b)|最后(?:的)?(?:1)?(?:个)?(?:(场景|场|幕|段)|(镜头))|最後の(?:(シーン|場面)|(カット))"
        ))?,
        list: re(format!(r"({n})(?:{TO}({n}))?"))?,
    })
});

/// The scenes and shots that a message names.
pub(super) fn places(text: &str, context: &Context) -> Places {
    let mut places = Places::default();
    let Some(patterns) = PATTERNS.as_ref() else { return places };
    let words = Words::of(text);
    let plain = Plain::folded(&words);
    let folded = plain.text.as_str();
    let total = context.project.get("scenes").and_then(serde_json::Value::as_u64).map(|n| n as u32);
    let add = |range: Range<usize>, shot: bool, numbers: Vec<u32>, places: &mut Places| {
        let range = plain.original(&range);
        if places.ranges.iter().any(|r| r.start < range.end && range.start < r.end) {
            return;
        }
        let list = if shot { &mut places.shots } else { &mut places.scenes };
        for number in numbers.into_iter().filter(|n| (1..=500).contains(n)) {
            if !list.contains(&number) {
                list.push(number);
            }
        }
        places.ranges.push(range);
    };
    let whole = |c: &regex::Captures<'_>| c.get(0).map_or(0..0, |m| m.range());
    for c in patterns.from_end.captures_iter(folded) {
        let shot = c.get(2).or_else(|| c.get(5)).or_else(|| c.get(7)).is_some();
        let number = total.filter(|n| *n > 1 && !shot).map(|n| n - 1);
        add(whole(&c), shot, number.into_iter().collect(), &mut places);
    }
    for (pattern, shot) in [(&patterns.scenes, false), (&patterns.shots, true)] {
        for c in pattern.captures_iter(folded) {
            // "three shots of 5 seconds" counts seconds.
            let after = folded[whole(&c).end..].trim_start();
            if !after.starts_with("sec") && !after.starts_with("min") {
                add(whole(&c), shot, listed(patterns, &c[1]), &mut places);
            }
        }
    }
    for c in patterns.between.captures_iter(folded) {
        add(whole(&c), false, listed(patterns, &format!("{} {}", &c[1], &c[2])), &mut places);
    }
    for c in patterns.numbered_after.captures_iter(folded) {
        let said = c.get(1).or_else(|| c.get(4)).map_or("", |m| m.as_str());
        add(whole(&c), c.get(3).or_else(|| c.get(6)).is_some(), listed(patterns, &said.replace('第', "")), &mut places);
    }
    for c in patterns.first_few.captures_iter(folded) {
        let count = few(&c);
        let shot = c.iter().skip(1).flatten().any(|m| is_shot(m.as_str()));
        add(whole(&c), shot, (1..=count).collect(), &mut places);
    }
    for c in patterns.last_few.captures_iter(folded) {
        let count = few(&c);
        let shot = c.iter().skip(1).flatten().any(|m| is_shot(m.as_str()));
        let numbers = total.filter(|n| !shot && *n >= count).map(|n| (n + 1 - count..=n).collect());
        add(whole(&c), shot, numbers.unwrap_or_default(), &mut places);
    }
    for c in patterns.ordered.captures_iter(folded) {
        let mut numbers: Vec<u32> = order_of(&c[1]).into_iter().collect();
        numbers.extend(c[2].split([' ', ',']).filter_map(order_of));
        add(whole(&c), c.get(4).is_some(), numbers, &mut places);
    }
    for c in patterns.very_first.captures_iter(folded) {
        add(whole(&c), c.get(1).is_some(), vec![1], &mut places);
    }
    for c in patterns.last.captures_iter(folded) {
        let shot = c.get(2).or_else(|| c.get(5)).or_else(|| c.get(7)).is_some();
        add(whole(&c), shot, total.filter(|_| !shot).into_iter().collect(), &mut places);
    }
    places
}

fn is_shot(word: &str) -> bool {
    ["shot", "frame", "plan", "toma", "einstellung", "镜头", "分镜", "カット", "ショット"]
        .iter()
        .any(|s| word.starts_with(s))
}

/// The number in "the first two scenes".
fn few(captures: &regex::Captures<'_>) -> u32 {
    captures
        .iter()
        .skip(1)
        .flatten()
        .find_map(|m| m.as_str().parse().ok())
        .or_else(|| captures[0].split_whitespace().find_map(|w| w.parse().ok()))
        .unwrap_or(2)
}

fn order_of(word: &str) -> Option<u32> {
    let word = word.trim();
    ORDER.iter().find(|(w, _)| *w == word).map(|(_, n)| *n).or_else(|| {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    })
}

/// "1, 4 and 6", "2 to 4".
fn listed(patterns: &Patterns, said: &str) -> Vec<u32> {
    let mut numbers = Vec::new();
    for c in patterns.list.captures_iter(said) {
        let Some(first) = c[1].parse::<u32>().ok() else { continue };
        match c.get(2).and_then(|m| m.as_str().parse::<u32>().ok()) {
            Some(last) if last > first && last - first < 60 => numbers.extend(first..=last),
            Some(last) => numbers.extend([first, last]),
            None => numbers.push(first),
        }
    }
    numbers
}
