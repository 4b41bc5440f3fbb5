//! A message cut into clauses: the parts between full stops, commas and dashes.

use std::ops::Range;

/// A clause of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause<'a> {
    /// Its words as they were written, without white space around them.
    pub(crate) text: &'a str,
    /// Where it stands, in bytes.
    pub(crate) range: Range<usize>,
    /// The number of its sentence.
    pub(crate) sentence: usize,
    /// The sign that ends it; `None` at the end of the text.
    pub(crate) end: Option<char>,
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '\n' | '。' | '！' | '？' | ';' | '；' | '…')
}

fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, ',' | ':' | '，' | '、' | '：' | '—' | '(' | ')' | '（' | '）' | '→')
}

/// Abbreviations whose full stop ends nothing.
const ABBREVIATIONS: [&str; 14] =
    ["dr", "mr", "mrs", "ms", "st", "vs", "e.g", "i.e", "no", "approx", "sr", "sra", "z.b", "max"];

/// The clauses of a message, in order; empty ones are left out.
pub(crate) fn clauses(text: &str) -> Vec<Clause<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut sentence = 0;
    let mut previous = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, n)| *n);
        let spaced = next.is_none_or(char::is_whitespace);
        let inside = match c {
            ',' => next.is_some_and(|n| n.is_ascii_digit()) && previous.is_ascii_digit(),
            ':' => next.is_some_and(|n| n.is_ascii_digit()) && previous.is_ascii_digit(),
            '.' => {
                !spaced && !next.is_some_and(|n| matches!(n, '.' | '"' | ')' | '”' | '\''))
                    || abbreviates(&text[start..at])
            }
            _ => false,
        };
        let dash = matches!(c, '-' | '–' | '—') && previous == ' ' && spaced;
        if (ends_clause(c) && !inside) || dash {
            push(&mut found, text, start..at, sentence, Some(c));
            if ends_sentence(c) {
                sentence += 1;
            }
            start = at + c.len_utf8();
        }
        previous = c;
    }
    push(&mut found, text, start..text.len(), sentence, None);
    found
}

fn abbreviates(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default().to_lowercase();
    ABBREVIATIONS.contains(&word.as_str())
}

fn push<'a>(found: &mut Vec<Clause<'a>>, text: &'a str, range: Range<usize>, sentence: usize, end: Option<char>) {
    let raw = &text[range.clone()];
    let trimmed = raw.trim();
    if trimmed.is_empty() {
        return;
    }
    let start = range.start + (raw.len() - raw.trim_start().len());
    found.push(Clause { text: trimmed, range: start..start + trimmed.len(), sentence, end });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_end_at_signs_but_not_inside_numbers_and_names() {
        let check = |text: &str, want: &[&str]| {
            assert_eq!(clauses(text).iter().map(|c| c.text).collect::<Vec<_>>(), want, "{text}");
        };
        check("A fox, 2.5 minutes, 16:9. Dr. Lin waves!", &["A fox", "2.5 minutes", "16:9", "Dr. Lin waves"]);
        check("one - two – three", &["one", "two", "three"]);
        check("一只猫，水彩。", &["一只猫", "水彩"]);
        check(" , . ", &[]);
    }
}
