//! Word lists: phrases of one or more words, each in one or more classes.

use std::collections::HashMap;
use std::ops::Range;

use super::{Word, Words, fold};

/// Phrases by class, read from a data file of lines `class: phrase, phrase, …`; `#` starts a comment line.
#[derive(Debug)]
pub(crate) struct Lexicon {
    classes: Vec<String>,
    phrases: HashMap<String, Vec<u16>>,
    longest: usize,
}

/// A phrase found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit<'a> {
    /// Its class.
    pub(crate) class: &'a str,
    /// The words it spans, by their numbers.
    pub(crate) words: Range<usize>,
    /// Where it stands, in bytes.
    pub(crate) range: Range<usize>,
}

impl Lexicon {
    /// Reads word lists.
    pub(crate) fn read(files: &[&str]) -> Self {
        let mut lexicon = Self { classes: Vec::new(), phrases: HashMap::new(), longest: 1 };
        for line in files.iter().flat_map(|f| f.lines()).filter(|l| !l.starts_with('#')) {
            let Some((class, phrases)) = line.split_once(':') else { continue };
            let class = class.trim();
            let number = lexicon.classes.iter().position(|c| c == class).unwrap_or_else(|| {
                lexicon.classes.push(class.to_owned());
                lexicon.classes.len() - 1
            }) as u16;
            for phrase in phrases.split(',') {
                let folded = fold(phrase);
                let words = Words::of(&folded).list;
                if words.is_empty() {
                    continue;
                }
                lexicon.longest = lexicon.longest.max(words.len());
                let classes = lexicon.phrases.entry(Words::key(&words)).or_default();
                if !classes.contains(&number) {
                    classes.push(number);
                }
            }
        }
        lexicon
    }

    /// The classes of a phrase.
    fn classes_of(&self, key: &str) -> &[u16] {
        self.phrases.get(key).map_or(&[], Vec::as_slice)
    }

    /// True when a single word is in a class.
    pub(crate) fn has(&self, class: &str, word: &str) -> bool {
        self.classes_of(word).iter().any(|c| self.classes[*c as usize] == class)
    }

    /// The longest phrases in a text, from left to right; one in two classes is given twice.
    pub(crate) fn find<'a>(&'a self, words: &[Word]) -> Vec<Hit<'a>> {
        let mut hits = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let (length, classes) = self.longest_at(&words[at..]);
            for class in classes {
                hits.push(Hit {
                    class: &self.classes[*class as usize],
                    words: at..at + length,
                    range: words[at].range.start..words[at + length - 1].range.end,
                });
            }
            at += length.max(1);
        }
        hits
    }

    fn longest_at(&self, words: &[Word]) -> (usize, &[u16]) {
        let mut key = String::new();
        let mut best: (usize, &[u16]) = (0, &[]);
        for (i, word) in words.iter().take(self.longest).enumerate() {
            if i > 0 && !(word.unspaced && words[i - 1].unspaced) {
                key.push(' ');
            }
            key.push_str(&word.norm);
            let mut classes = self.classes_of(&key);
            // A plural is in the list when its singular is.
            if classes.is_empty() && !word.unspaced && key.len() > 3 && key.ends_with('s') {
                classes = self.classes_of(&key[..key.len() - 1]);
                if classes.is_empty() && key.ends_with("es") {
                    classes = self.classes_of(&key[..key.len() - 2]);
                }
            }
            if !classes.is_empty() {
                best = (i + 1, classes);
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_is_found_with_its_class() {
        let lexicon = Lexicon::read(&["# looks\npaint: watercolor, oil painting\nfilm: noir, film noir\nhan: 水彩"]);
        let check = |text: &str, want: &[&str]| {
            let words = Words::of(text);
            let found: Vec<&str> = lexicon.find(&words.list).iter().map(|h| &text[h.range.clone()]).collect();
            assert_eq!(found, want, "{text}");
        };
        check("A Film-Noir in watercolors", &["Film-Noir", "watercolors"]);
        check("oil on canvas", &[]);
        check("水彩风格", &["水彩"]);
        assert!(lexicon.has("paint", "watercolor") && !lexicon.has("film", "watercolor"));
    }
}
