//! Numbers as people write them: digits, and words in the languages that messages come in.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::wording::{Words, fold};

/// `value word word …`, one value a line.
const DATA: &str = include_str!("data/numbers.txt");

const TENS_EN: [(&str, u32); 8] = [
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];
const ONES_EN: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const TENS_DE: [(&str, u32); 8] = [
    ("zwanzig", 20),
    ("dreißig", 30),
    ("dreissig", 30),
    ("vierzig", 40),
    ("fünfzig", 50),
    ("sechzig", 60),
    ("siebzig", 70),
    ("neunzig", 90),
];
const ONES_DE: [&str; 9] = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"];
const TENS_ES: [(&str, u32); 7] = [
    ("treinta", 30),
    ("cuarenta", 40),
    ("cincuenta", 50),
    ("sesenta", 60),
    ("setenta", 70),
    ("ochenta", 80),
    ("noventa", 90),
];
const ONES_ES: [&str; 9] = ["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"];
const TENS_FR: [(&str, u32); 5] =
    [("vingt", 20), ("trente", 30), ("quarante", 40), ("cinquante", 50), ("soixante", 60)];
const ONES_FR: [&str; 9] = ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"];

static VALUES: LazyLock<HashMap<String, f64>> = LazyLock::new(|| {
    let mut values = HashMap::new();
    for line in DATA.lines().filter(|l| !l.starts_with('#')) {
        let mut parts = line.split_whitespace();
        if let Some(value) = parts.next().and_then(|v| v.parse::<f64>().ok()) {
            values.extend(parts.map(|word| (fold(&word.replace(['_', '-'], " ")), value)));
        }
    }
    let mut compound = |word: String, value: u32| {
        values.insert(fold(&word), f64::from(value));
    };
    for (i, ((en, de), (es, fr))) in ONES_EN.iter().zip(ONES_DE).zip(ONES_ES.iter().zip(ONES_FR)).enumerate() {
        let one = i as u32 + 1;
        for (tens, value) in TENS_EN {
            compound(format!("{tens} {en}"), value + one);
        }
        for (tens, value) in TENS_DE {
            compound(format!("{de}und{tens}"), value + one);
        }
        for (tens, value) in TENS_ES {
            compound(format!("{tens} y {es}"), value + one);
        }
        for (tens, value) in TENS_FR {
            compound(format!("{tens} {fr}"), value + one);
            compound(format!("{tens} et {fr}"), value + one);
        }
    }
    values
});

/// A pattern for one number in [`Plain`] text; no group in it.
pub(crate) const NUMBER: &str = r"(?:\d{1,6}(?:[.,]\d{1,2})?)";

/// The value of what [`NUMBER`] matched.
pub(crate) fn value(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").parse().ok()
}

/// A text with its number words as digits, and the way back to the places in the text itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plain {
    /// The text with digits.
    pub(crate) text: String,
    /// Where a number was put in: its place here, and the place of its words.
    swaps: Vec<(Range<usize>, Range<usize>)>,
}

impl Plain {
    /// Puts digits for number words.
    pub(crate) fn of(words: &Words<'_>) -> Self {
        Self::built(words, |plain, range| plain.text.push_str(&words.text[range]))
    }

    /// Puts digits for number words, and bare small letters for all others.
    pub(crate) fn folded(words: &Words<'_>) -> Self {
        Self::built(words, |plain, range| {
            for (at, c) in words.text[range.clone()].char_indices() {
                let start = plain.text.len();
                let said = range.start + at..range.start + at + c.len_utf8();
                plain.text.push_str(&fold(&words.text[said.clone()]));
                if plain.text.len() - start != said.len() {
                    plain.swaps.push((start..plain.text.len(), said));
                }
            }
        })
    }

    fn built(words: &Words<'_>, keep: impl Fn(&mut Self, Range<usize>)) -> Self {
        let mut plain = Self { text: String::with_capacity(words.text.len()), swaps: Vec::new() };
        let (mut at, mut copied) = (0, 0);
        while at < words.list.len() {
            let Some((length, value)) = number_at(words, at) else {
                at += 1;
                continue;
            };
            let said = words.list[at].range.start..words.list[at + length - 1].range.end;
            keep(&mut plain, copied..said.start);
            let start = plain.text.len();
            plain.text.push_str(&value.to_string());
            plain.swaps.push((start..plain.text.len(), said.clone()));
            copied = said.end;
            at += length;
        }
        keep(&mut plain, copied..words.text.len());
        plain
    }

    /// The place in the text itself of a place here.
    pub(crate) fn original(&self, range: &Range<usize>) -> Range<usize> {
        self.place(range.start, false)..self.place(range.end, true)
    }

    fn place(&self, at: usize, end: bool) -> usize {
        let passed = self.swaps.partition_point(|(here, _)| here.end <= at);
        if let Some((_, said)) = self.swaps.get(passed).filter(|(here, _)| here.start < at) {
            return if end { said.end } else { said.start };
        }
        passed.checked_sub(1).map(|i| &self.swaps[i]).map_or(at, |(here, said)| said.end + (at - here.end))
    }
}

/// The number that is written in words at a place, and how many words it takes.
fn number_at(words: &Words<'_>, at: usize) -> Option<(usize, f64)> {
    let rest = &words.list[at..];
    if rest[0].unspaced {
        let count = rest.iter().take_while(|w| w.unspaced && han(&w.norm).is_some()).count();
        let touching = rest[..count].windows(2).take_while(|w| w[0].range.end == w[1].range.start).count();
        let count = if count == 0 { 0 } else { touching + 1 };
        let text: String = rest[..count].iter().map(|w| w.norm.as_str()).collect();
        return (count > 0).then(|| han(&text).map(|n| (count, f64::from(n)))).flatten();
    }
    if rest[0].norm.starts_with(|c: char| c.is_ascii_digit()) {
        let full_width = words.text[rest[0].range.clone()].chars().any(|c| c.is_numeric() && !c.is_ascii());
        return full_width.then(|| rest[0].norm.parse().ok().map(|n| (1, n))).flatten();
    }
    let near = |i: usize| {
        words.text[rest[i - 1].range.end..rest[i].range.start].trim_matches([' ', '-', '\'', '’']).is_empty()
    };
    (1..=4.min(rest.len()))
        .rev()
        .filter(|n| (1..*n).all(near))
        .find_map(|n| VALUES.get(Words::key(&rest[..n]).as_str()).map(|value| (n, *value)))
}

/// A Chinese or Japanese number below a thousand.
fn han(text: &str) -> Option<u32> {
    let (mut total, mut digit) = (0, None);
    for c in text.chars() {
        let (unit, value) = match c {
            '一' => (1, 1),
            '二' | '两' | '兩' => (1, 2),
            '三' => (1, 3),
            '四' => (1, 4),
            '五' => (1, 5),
            '六' => (1, 6),
            '七' => (1, 7),
            '八' => (1, 8),
            '九' => (1, 9),
            '十' => (10, 0),
            '百' => (100, 0),
            _ => return None,
        };
        if unit == 1 {
            digit = Some(value);
        } else {
            total += digit.take().unwrap_or(1) * unit;
        }
    }
    Some(total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_words_become_digits_and_keep_their_places() {
        let check = |text: &str, want: &str| {
            let words = Words::of(text);
            let plain = Plain::of(&words);
            assert_eq!(plain.text, want);
            assert_eq!(plain.original(&(0..plain.text.len())), 0..text.len());
        };
        check("Two mins", "2 mins");
        check("a thirty-second clip", "a 30-second clip");
        check("forty-five or Thirty Five", "45 or 35");
        check("fünfundvierzig", "45");
        check("treinta y cinco", "35");
        check("vingt-cinq secondes", "25 secondes");
        check("三十秒", "30秒");
        check("一百二十", "120");
        check("anderthalb Minuten", "1.5 Minuten");
        check("５０秒", "50秒");
        check("a well-known tune", "a well-known tune");
        let words = Words::of("in five scenes");
        assert_eq!(Plain::of(&words).original(&(3..11)), 3..14);
    }
}
