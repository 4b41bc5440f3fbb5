//! A message read once for all extractors: its words, its clauses, what the word lists know of them, and which clauses
//! say how the film shall be and which say what it is about.

use std::ops::Range;
use std::sync::LazyLock;

use story::Language;

use super::duration::{self, Lengths};
use super::labels::Label;
use super::numbers::Plain;
use super::{aspect, scenes};
use crate::wording::{Clause, Hit, Lexicon, Word, Words, clauses};

pub(super) static STYLES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&[include_str!("data/styles.txt")]));
static MOODS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&[include_str!("data/moods.txt")]));
static SPECIAL: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&[include_str!("data/special.txt")]));
static WORK: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&[include_str!("data/work.txt")]));
static BEINGS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&[include_str!("data/beings.txt")]));
static LANGUAGES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&[include_str!("data/languages.txt")]));

/// What a clause is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It says how: length, look, feeling, shape, sound.
    How,
    /// It says what happens, or asks for the film.
    What,
}

/// A clause with its words and its role.
#[derive(Debug, Clone)]
pub(super) struct Part<'a> {
    pub(super) clause: Clause<'a>,
    /// Its words, by their numbers.
    pub(super) words: Range<usize>,
    pub(super) role: Role,
    /// Words that no word list knows.
    pub(super) unknown: usize,
    /// True for a label: "Tone:".
    pub(super) is_label: bool,
    /// The label that stands before it in its sentence.
    pub(super) label: Option<Label>,
}

/// A message and what is known of its words.
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) language: Language,
    pub(super) words: Words<'a>,
    pub(super) parts: Vec<Part<'a>>,
    pub(super) lengths: Lengths,
    pub(super) ratio: Option<&'static str>,
    pub(super) ratio_ranges: Vec<Range<usize>>,
    pub(super) count: Option<scenes::Count>,
    pub(super) styles: Vec<Hit<'static>>,
    pub(super) moods: Vec<Hit<'static>>,
    pub(super) special: Vec<Hit<'static>>,
    pub(super) work: Vec<Hit<'static>>,
    pub(super) beings: Vec<Hit<'static>>,
    pub(super) languages: Vec<Hit<'static>>,
}

impl<'a> Reading<'a> {
    /// Reads a message.
    pub(super) fn of(text: &'a str, language: Language) -> Self {
        let words = Words::of(text);
        let plain = Plain::of(&words);
        let count = scenes::count(&plain);
        let (ratio, ratio_ranges) = aspect::aspects(text);
        let mut reading = Self {
            text,
            language,
            parts: Vec::new(),
            lengths: duration::lengths(&plain, count.as_ref().map(|c| c.number)),
            ratio,
            ratio_ranges,
            count,
            styles: STYLES.find(&words.list),
            moods: MOODS.find(&words.list),
            special: demands_in(&words.list),
            work: WORK.find(&words.list),
            beings: BEINGS.find(&words.list),
            languages: LANGUAGES.find(&words.list),
            words,
        };
        reading.parts = clauses(text).into_iter().map(|clause| reading.part(clause)).collect();
        reading.mark_labels();
        reading.mark_trailing();
        reading
    }

    /// The numbers of the words in a range of bytes.
    pub(super) fn words_in(&self, range: &Range<usize>) -> Range<usize> {
        let list = &self.words.list;
        let start = list.partition_point(|w| w.range.start < range.start);
        start..list.partition_point(|w| w.range.start < range.end)
    }

    /// A word by its number.
    pub(super) fn word(&self, number: usize) -> Option<&Word> {
        self.words.list.get(number)
    }

    /// The part that holds a word.
    pub(super) fn part_of(&self, word: usize) -> Option<&Part<'a>> {
        self.parts.iter().find(|p| p.words.contains(&word))
    }

    /// True when a word begins a phrase of a class of the list of kinds of work and fillers.
    pub(super) fn is(&self, word: usize, class: &str) -> bool {
        self.work.iter().any(|h| h.class == class && h.words.contains(&word))
    }
}

/// The demands that words make, German compounds ("Männerstimme") with them.
fn demands_in(words: &[Word]) -> Vec<Hit<'static>> {
    const ENDS: [&str; 8] =
        ["stimme", "stimmen", "musik", "untertitel", "sprecher", "sprecherin", "aufnahmen", "farben"];
    let mut hits = SPECIAL.find(words);
    let known = |i: usize| hits.iter().any(|h| h.words.contains(&i));
    let compounds: Vec<Hit<'static>> = words
        .iter()
        .enumerate()
        .filter(|(i, w)| ENDS.iter().any(|e| w.norm.ends_with(e) && w.norm.len() > e.len()) && !known(*i))
        .map(|(i, w)| Hit { class: "sound", words: i..i + 1, range: w.range.clone() })
        .collect();
    hits.extend(compounds);
    hits.sort_by_key(|h| h.words.start);
    hits
}

/// True when a word is in a class of the list of kinds of work and fillers.
pub(super) fn work_has(class: &str, word: &str) -> bool {
    WORK.has(class, word)
}

/// True when words name a feeling and nothing else.
pub(super) fn mood_words(words: &[Word]) -> bool {
    let hits = MOODS.find(words);
    !hits.is_empty()
        && words.iter().enumerate().all(|(i, w)| {
            hits.iter().any(|h| h.words.contains(&i)) || WORK.has("fill", &w.norm) || WORK.has("feel", &w.norm)
        })
}

/// What the list of kinds of work and fillers knows of words.
pub(super) fn work_hits(words: &[Word]) -> Vec<Hit<'static>> {
    WORK.find(words)
}

impl Reading<'_> {
    /// True for a clause that asks for the film: it holds a word for it.
    pub(super) fn is_request(&self, part: &Part<'_>) -> bool {
        self.work.iter().any(|h| h.class == "work" && part.words.contains(&h.words.start))
    }
}

/// The first being that words name.
pub(crate) fn has_being(words: &[Word]) -> Option<Hit<'static>> {
    BEINGS.find(words).into_iter().next()
}

/// The first look that words name.
pub(crate) fn has_style(words: &[Word]) -> Option<Hit<'static>> {
    STYLES.find(words).into_iter().next()
}

/// The first feeling that words name.
pub(crate) fn names_mood(words: &[Word]) -> Option<Hit<'static>> {
    MOODS.find(words).into_iter().next()
}

/// Where words name languages.
pub(crate) fn language_names_in(words: &[Word]) -> Vec<Range<usize>> {
    LANGUAGES.find(words).into_iter().map(|h| h.range).collect()
}

/// The languages that words name, as two-letter codes.
pub(crate) fn languages_in(words: &[Word]) -> Vec<String> {
    LANGUAGES.find(words).into_iter().map(|h| h.class.to_owned()).collect()
}
