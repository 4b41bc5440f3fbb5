//! A message read once for all extractors: its words, its clauses, what the word lists know of them, and which clauses
//! say how the film shall be and which say what it is about.

use std::ops::Range;
use std::sync::LazyLock;

use story::Language;

use super::duration::{self, Lengths};
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
            special: SPECIAL.find(&words.list),
            work: WORK.find(&words.list),
            beings: BEINGS.find(&words.list),
            languages: LANGUAGES.find(&words.list),
            words,
        };
        reading.parts = clauses(text).into_iter().map(|clause| reading.part(clause)).collect();
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

    fn part(&self, clause: Clause<'a>) -> Part<'a> {
        let words = self.words_in(&clause.range);
        let total = words.len();
        let mut known = vec![false; total];
        let mut mark = |range: &Range<usize>| {
            for i in range.clone().filter(|i| words.contains(i)) {
                known[i - words.start] = true;
            }
        };
        let measures = self.lengths.ranges.iter().chain(&self.ratio_ranges).chain(self.count.iter().map(|c| &c.range));
        for range in measures {
            mark(&self.words_in(range));
        }
        for hits in [&self.styles, &self.moods, &self.special, &self.work, &self.languages] {
            for hit in hits {
                mark(&hit.words);
            }
        }
        let unknown = known.iter().filter(|k| !**k).count();
        let says = |hits: &[Hit<'_>]| hits.iter().any(|h| words.contains(&h.words.start));
        let unspaced = words.clone().filter(|i| self.words.list[*i].unspaced).count();
        let long = if unspaced * 2 > total { total > 14 } else { total > 8 };
        let begins_with_being =
            self.beings.iter().any(|h| h.words.start >= words.start && h.words.end <= words.end.min(words.start + 4))
                && !says_no(self, words.start);
        let about = words
            .clone()
            .filter_map(|i| self.word(i))
            .any(|w| matches!(w.norm.as_str(), "about" | "sobre" | "uber" | "sur"))
            && (unknown > 0 || says(&self.beings));
        let how = if about {
            false
        } else if total == 0 || unknown == 0 {
            !says(&self.beings) || says(&self.special)
        } else {
            let half = unknown * 2 <= total || (unspaced > 0 && unknown <= 4);
            !long
                && !begins_with_being
                && half
                && (says(&self.special) || (unknown <= 1 && (says(&self.styles) || says(&self.moods))))
        };
        Part { clause, words, role: if how { Role::How } else { Role::What }, unknown }
    }

    /// In "a fox in snow, black background, two minutes" the short clauses after the first one say how as well.
    fn mark_trailing(&mut self) {
        for i in 1..self.parts.len() {
            let part = &self.parts[i];
            let listed = part.clause.sentence;
            let neighbours = self.parts.iter().enumerate().filter(|(j, p)| *j != i && p.clause.sentence == listed);
            let (how, what) =
                neighbours.fold((0, 0), |(h, w), (_, p)| if p.role == Role::How { (h + 1, w) } else { (h, w + 1) });
            let unspaced = part.words.clone().any(|w| self.words.list[w].unspaced);
            let short = part.words.len() <= if unspaced { 6 } else { 3 };
            let acts = self.beings.iter().any(|h| part.words.contains(&h.words.start));
            let has_what_before = self.parts[..i].iter().any(|p| p.role == Role::What);
            if part.role == Role::What && short && !acts && how >= what.max(1) && has_what_before {
                self.parts[i].role = Role::How;
            }
        }
    }
}

/// True when a clause begins by leaving something out.
fn says_no(reading: &Reading<'_>, start: usize) -> bool {
    reading.word(start).is_some_and(|w| {
        matches!(
            w.norm.as_str(),
            "no" | "without"
                | "sin"
                | "sans"
                | "ohne"
                | "keine"
                | "kein"
                | "无"
                | "没"
                | "不"
                | "only"
                | "for"
                | "para"
                | "pour"
                | "fur"
        )
    })
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

/// The languages that words name, as two-letter codes.
pub(crate) fn languages_in(words: &[Word]) -> Vec<String> {
    LANGUAGES.find(words).into_iter().map(|h| h.class.to_owned()).collect()
}
