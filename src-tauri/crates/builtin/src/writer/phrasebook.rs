//! Books of phrases: the beats a film may be told in, with slots for the words of the theme.
//!
//! The form of a book: `== section`, then variants that start with `-- tags | key=value; key=value`, then lines. A
//! variant can be told when all its tags are true and its first line can be filled. `{slot}` takes a word of the theme,
//! `[verb]` a verb in the tense of the film after a plural, `[verb/s]` after a singular; other square brackets stay as
//! they are. Sections of loose phrases have no variants. It only parses and fills; it never chooses.

use std::collections::{BTreeMap, BTreeSet};

use super::grammar;

/// One way to tell a beat.
#[derive(Debug, Default)]
pub(super) struct Variant {
    pub(super) tags: Vec<&'static str>,
    /// What the variant says of its scene (time, weather, place, who, mood).
    pub(super) set: BTreeMap<&'static str, &'static str>,
    pub(super) lines: Vec<&'static str>,
}

/// Sections by name.
#[derive(Debug, Default)]
pub(super) struct Book {
    sections: BTreeMap<&'static str, Vec<Variant>>,
}

impl Book {
    /// Reads books that belong together.
    pub(super) fn parse(texts: &[&'static str]) -> Self {
        let mut book = Self::default();
        for text in texts {
            let mut section = "";
            for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
                if let Some(name) = line.strip_prefix("== ") {
                    section = name;
                    book.sections.entry(section).or_default();
                } else if line == "--" || line.starts_with("-- ") {
                    let (tags, set) = line[2..].split_once('|').unwrap_or((&line[2..], ""));
                    let set = set
                        .split(';')
                        .filter_map(|pair| pair.split_once('='))
                        .map(|(k, v)| (k.trim(), v.trim()))
                        .collect();
                    book.sections.entry(section).or_default().push(Variant {
                        tags: tags.split_whitespace().collect(),
                        set,
                        lines: Vec::new(),
                    });
                } else {
                    let variants = book.sections.entry(section).or_default();
                    if variants.is_empty() {
                        variants.push(Variant::default());
                    }
                    if let Some(last) = variants.last_mut() {
                        last.lines.push(line);
                    }
                }
            }
        }
        book
    }

    /// The variants of a section; none when there is no such section.
    pub(super) fn section(&self, name: &str) -> &[Variant] {
        self.sections.get(name).map_or(&[], Vec::as_slice)
    }

    /// The book's own string for a section's name; empty when there is no such section.
    pub(super) fn name_of(&self, name: &str) -> &'static str {
        self.sections.get_key_value(name).map_or("", |(key, _)| *key)
    }

    /// The loose phrases of a section.
    pub(super) fn phrases(&self, name: &str) -> &[&'static str] {
        self.section(name).first().map_or(&[], |v| v.lines.as_slice())
    }
}

/// The words of a theme that a phrase can ask for.
#[derive(Debug, Default, Clone)]
pub(super) struct Slots {
    pub(super) words: BTreeMap<&'static str, String>,
    /// What is true of the theme.
    pub(super) tags: BTreeSet<String>,
    /// True when the film is told in the past.
    pub(super) past: bool,
}

impl Slots {
    /// Sets a slot; empty words leave it unset.
    pub(super) fn set(&mut self, slot: &'static str, words: impl Into<String>) {
        let words = words.into();
        if words.trim().is_empty() {
            self.words.remove(slot);
        } else {
            self.words.insert(slot, words);
        }
    }

    pub(super) fn get(&self, slot: &str) -> &str {
        self.words.get(slot).map_or("", String::as_str)
    }

    pub(super) fn tag(&mut self, tag: impl Into<String>, is: bool) {
        if is {
            self.tags.insert(tag.into());
        }
    }

    /// The phrase with every slot filled, or `None` when a word is missing.
    pub(super) fn fill(&self, phrase: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = phrase;
        while let Some(at) = rest.find(['{', '[']) {
            out.push_str(&rest[..at]);
            let close = if rest[at..].starts_with('{') { '}' } else { ']' };
            let end = at + rest[at..].find(close)?;
            let inner = &rest[at + 1..end];
            if close == '}' {
                out.push_str(self.words.get(inner)?);
            } else if let Some(verb) = self.verb(inner) {
                out.push_str(&verb);
            } else {
                out.push_str(&rest[at..=end]);
            }
            rest = &rest[end + 1..];
        }
        out.push_str(rest);
        Some(if self.tags.contains("we") { told_by_us(&out) } else { out })
    }

    fn verb(&self, inner: &str) -> Option<String> {
        let (base, singular) = inner.strip_suffix("/s").map_or((inner, false), |b| (b, true));
        if !singular && super::lexicon::verb(base).is_none_or(|v| v.base != base) && inner.contains([' ', '.', ',']) {
            return None;
        }
        Some(match (base, self.past, singular) {
            ("be", true, true) => "was".to_owned(),
            ("be", true, false) => "were".to_owned(),
            ("be", false, false) => "are".to_owned(),
            (_, true, _) => grammar::past(base),
            (_, false, true) => grammar::third(base),
            (_, false, false) => base.to_owned(),
        })
    }
}

/// What the books say of several, told by them.
fn told_by_us(text: &str) -> String {
    let ours = |word: &str| match word {
        "They" => "We",
        "they" => "we",
        "Their" => "Our",
        "their" => "our",
        "them" => "us",
        "themselves" => "ourselves",
        _ => "",
    };
    let told = text.split(' ').map(|word| {
        let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        match ours(bare) {
            "" => word.to_owned(),
            our => format!("{our}{}", &word[bare.len()..]),
        }
    });
    told.collect::<Vec<_>>().join(" ")
}

/// A filled phrase as a sentence: first letters large, one full stop, no double spaces.
pub(super) fn sentence(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.replace(" ,", ",").replace(" .", ".").replace("..", ".");
    let mut out = String::new();
    let mut start = true;
    let mut previous = ' ';
    for c in text.chars() {
        if start && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            start = false;
        } else {
            out.push(c);
            if c.is_alphanumeric() {
                start = false;
            }
        }
        if c == ' ' && matches!(previous, '.' | '!' | '?') {
            start = true;
        }
        previous = c;
    }
    if out.ends_with(".]") || out.ends_with("?]") {
        return out;
    }
    if out.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '"' | '\'' | '’' | '”')) {
        out.push('.');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_filled_or_refused() {
        let mut slots = Slots { past: true, ..Slots::default() };
        slots.set("hero", "the keeper");
        let check = |slots: &Slots, phrase: &str, want: Option<&str>| {
            assert_eq!(slots.fill(phrase).map(|p| sentence(&p)).as_deref(), want);
        };
        check(&slots, "{hero} [climb/s] up. [go] on", Some("The keeper climbed up. Went on."));
        check(&slots, "{other} sings", None);
        check(&slots, "[The answer, in one sentence.]", Some("[The answer, in one sentence.]"));
        slots.past = false;
        check(&slots, "{hero} [climb/s]", Some("The keeper climbs."));
        assert!(slots.fill("{hero").is_none());
    }

    #[test]
    fn every_book_of_the_product_can_be_read() {
        let book = Book::parse(&["== a\n-- x y | time=night; who=both\nline one\nline two\n--\nother\n== b\nloose\n"]);
        assert_eq!(book.section("a").len(), 2);
        assert_eq!(book.section("a")[0].set.get("time"), Some(&"night"));
        assert_eq!(book.phrases("b"), ["loose"]);
        assert!(book.section("c").is_empty());
    }
}
