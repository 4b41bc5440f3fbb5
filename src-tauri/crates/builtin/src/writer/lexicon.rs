//! The word tables: what nouns are, what people do for a living, what verbs mean, which words are places and colours.
//!
//! It only reads the tables in `data/`; it decides nothing about a story.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use story::{Age, Gender, Nature, PlaceKind};

/// A noun that somebody in a film can be.
#[derive(Debug)]
pub(super) struct Noun {
    /// The word a picture is looked up by.
    pub(super) word: &'static str,
    pub(super) nature: Nature,
    pub(super) gender: Option<Gender>,
    pub(super) age: Age,
    /// Where such a being is at home.
    pub(super) home: Option<PlaceKind>,
    /// What it does for a living; only of people with a profession.
    pub(super) work: Option<Work>,
}

/// What a profession brings with it.
#[derive(Debug)]
pub(super) struct Work {
    /// Where it is done ("the bakery").
    pub(super) place: &'static str,
    /// What is done every day, verb first in its base form ("light the lamp").
    pub(super) habit: &'static str,
    /// The thing it is done with.
    pub(super) tool: &'static str,
    /// The word for the picture, or empty for a plain man or woman.
    pub(super) picture: &'static str,
}

/// What a verb does to a story: decides which arc is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VerbClass {
    Friend,
    Find,
    Lose,
    Learn,
    Seek,
    Fear,
    Make,
    Other,
}

/// A verb with its forms.
#[derive(Debug)]
pub(super) struct Verb {
    pub(super) base: &'static str,
    pub(super) past: Option<&'static str>,
    pub(super) class: VerbClass,
    pub(super) pose: story::Pose,
}

/// A word that means a sort of place.
#[derive(Debug)]
pub(super) struct PlaceWord {
    pub(super) word: &'static str,
    pub(super) kind: PlaceKind,
    /// The thing that stands there, when the word names one.
    pub(super) prop: Option<&'static str>,
}

/// What is said about a sort of place when the person said nothing.
#[derive(Debug)]
pub(super) struct PlaceWords {
    pub(super) preposition: &'static str,
    pub(super) phrase: &'static str,
    pub(super) near: Vec<PlaceKind>,
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect())
}

/// The kind of place with a stored word.
pub(super) fn kind_named(word: &str) -> Option<PlaceKind> {
    PlaceKind::ALL.iter().copied().find(|k| k.as_str() == word)
}

fn cell(row: &[&'static str], at: usize) -> &'static str {
    row.get(at).copied().filter(|c| *c != "-").unwrap_or_default()
}

struct Nouns {
    all: Vec<Noun>,
    by_word: BTreeMap<&'static str, usize>,
    /// Words of languages without spaces, longest first.
    unspaced: Vec<(&'static str, usize)>,
}

static NOUNS: LazyLock<Nouns> = LazyLock::new(|| {
    let mut nouns = Nouns { all: Vec::new(), by_word: BTreeMap::new(), unspaced: Vec::new() };
    for row in rows(include_str!("data/nouns.tsv")) {
        let nature = match cell(&row, 1) {
            "animal" => Nature::Animal,
            "sea_animal" => Nature::SeaAnimal,
            "bird" => Nature::Bird,
            "robot" => Nature::Robot,
            "creature" => Nature::Creature,
            _ => Nature::Human,
        };
        let gender = match cell(&row, 2) {
            "m" => Some(Gender::Male),
            "f" => Some(Gender::Female),
            _ => None,
        };
        let age = match cell(&row, 3) {
            "child" => Age::Child,
            "young" => Age::Young,
            "old" => Age::Old,
            _ => Age::Adult,
        };
        let word = cell(&row, 0);
        nouns.add(Noun { word, nature, gender, age, home: kind_named(cell(&row, 4)), work: None }, cell(&row, 5));
    }
    for row in rows(include_str!("data/professions.tsv")) {
        let word = cell(&row, 0);
        let gender = match word {
            "king" | "prince" | "monk" | "policeman" | "postman" | "mailman" | "fisherman" | "waiter" | "wizard" => {
                Some(Gender::Male)
            }
            "queen" | "princess" | "nun" | "witch" | "waitress" | "fisherwoman" => Some(Gender::Female),
            _ => None,
        };
        let age = if matches!(word, "student" | "prince" | "princess") {
            Age::Young
        } else if word == "pupil" {
            Age::Child
        } else {
            Age::Adult
        };
        let work = Work { place: cell(&row, 2), habit: cell(&row, 4), tool: cell(&row, 5), picture: cell(&row, 1) };
        nouns.add(
            Noun { word, nature: Nature::Human, gender, age, home: kind_named(cell(&row, 3)), work: Some(work) },
            cell(&row, 6),
        );
    }
    nouns.unspaced.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(b.0)));
    nouns
});

impl Nouns {
    fn add(&mut self, noun: Noun, elsewhere: &'static str) {
        let index = self.all.len();
        self.by_word.insert(noun.word, index);
        for word in elsewhere.split_whitespace() {
            if word.chars().next().is_some_and(is_unspaced) {
                self.unspaced.push((word, index));
            } else {
                self.by_word.entry(word).or_insert(index);
            }
        }
        self.all.push(noun);
    }
}

/// True for a character of a script that is written without spaces.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The noun a lower-case word or pair of words means, singular or plural.
pub(super) fn noun(word: &str) -> Option<&'static Noun> {
    let nouns = &*NOUNS;
    let exact = |w: &str| nouns.by_word.get(w).map(|i| &nouns.all[*i]);
    exact(word).or_else(|| super::grammar::singulars(word).iter().find_map(|w| exact(w)))
}

/// The longest noun of an unspaced language inside a text, with the place it starts at.
pub(super) fn nouns_inside(text: &str) -> Vec<(usize, &'static str, &'static Noun)> {
    let nouns = &*NOUNS;
    let mut found: Vec<(usize, &'static str, &'static Noun)> = Vec::new();
    for (word, index) in &nouns.unspaced {
        for (at, _) in text.match_indices(word) {
            if !found.iter().any(|(a, w, _)| at < a + w.len() && *a < at + word.len()) {
                found.push((at, word, &nouns.all[*index]));
            }
        }
    }
    found.sort_by_key(|(at, _, _)| *at);
    found
}

/// The sort of place where a profession is at home, by the words it is called with ("the clock shop").
pub(super) fn home_of_words(place: &str) -> Option<PlaceKind> {
    NOUNS.all.iter().find(|n| n.work.as_ref().is_some_and(|w| w.place.eq_ignore_ascii_case(place))).and_then(|n| n.home)
}

/// True for the thing a profession works with.
pub(super) fn is_tool(thing: &str) -> bool {
    NOUNS.all.iter().any(|n| n.work.as_ref().is_some_and(|w| w.tool == thing))
}

struct Verbs {
    all: Vec<Verb>,
    by_form: BTreeMap<String, usize>,
}

static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    use story::Pose;
    let mut verbs = Verbs { all: Vec::new(), by_form: BTreeMap::new() };
    for row in rows(include_str!("data/verbs.tsv")) {
        let class = match cell(&row, 2) {
            "friend" => VerbClass::Friend,
            "find" => VerbClass::Find,
            "lose" => VerbClass::Lose,
            "learn" => VerbClass::Learn,
            "seek" => VerbClass::Seek,
            "fear" => VerbClass::Fear,
            "make" => VerbClass::Make,
            _ => VerbClass::Other,
        };
        let pose = match cell(&row, 3) {
            "walk" => Pose::Walk,
            "sit" => Pose::Sit,
            "run" => Pose::Run,
            "point" => Pose::Point,
            "hold" => Pose::Hold,
            "sleep" => Pose::Sleep,
            "talk" => Pose::Talk,
            _ => Pose::Stand,
        };
        let past = Some(cell(&row, 1)).filter(|p| !p.is_empty());
        verbs.all.push(Verb { base: cell(&row, 0), past, class, pose });
    }
    // A base is its own verb before it is the past of another: "lay" is not that of "lie".
    for index in 0..verbs.all.len() {
        verbs.by_form.entry(verbs.all[index].base.to_owned()).or_insert(index);
    }
    for index in 0..verbs.all.len() {
        let base = verbs.all[index].base;
        let past = verbs.all[index].past.map_or_else(|| super::grammar::regular_past(base), str::to_owned);
        for form in [base.to_owned(), past, super::grammar::third(base), super::grammar::gerund(base)] {
            verbs.by_form.entry(form).or_insert(index);
        }
    }
    verbs
});

/// The verb that a lower-case word is a form of.
pub(super) fn verb(form: &str) -> Option<&'static Verb> {
    let verbs = &*VERBS;
    verbs.by_form.get(form).map(|i| &verbs.all[*i])
}

struct PlaceTable {
    words: Vec<PlaceWord>,
    kinds: BTreeMap<PlaceKind, PlaceWords>,
}

static PLACES: LazyLock<PlaceTable> = LazyLock::new(|| {
    let mut table = PlaceTable { words: Vec::new(), kinds: BTreeMap::new() };
    for row in rows(include_str!("data/places.tsv")) {
        let Some(kind) = kind_named(cell(&row, 0)) else { continue };
        let near = cell(&row, 3).split(' ').filter_map(kind_named).collect();
        table.kinds.insert(kind, PlaceWords { preposition: cell(&row, 1), phrase: cell(&row, 2), near });
        for entry in cell(&row, 4).split('|').filter(|e| !e.is_empty()) {
            let (word, prop) = entry.split_once('=').map_or((entry, None), |(w, p)| (w, Some(p)));
            table.words.push(PlaceWord { word, kind, prop });
        }
    }
    table
});

/// Every word that means a place, the kinds that are most particular first.
pub(super) fn place_words() -> &'static [PlaceWord] {
    &PLACES.words
}

/// What a kind of place is called.
pub(super) fn place_defaults(kind: PlaceKind) -> &'static PlaceWords {
    static PLAIN: PlaceWords = PlaceWords { preposition: "in", phrase: "the open country", near: Vec::new() };
    PLACES.kinds.get(&kind).unwrap_or(&PLAIN)
}

/// The colour a lower-case word names, as `#rrggbb`.
pub(super) fn colour(word: &str) -> Option<&'static str> {
    static COLOURS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
        let mut colours = BTreeMap::new();
        for row in rows_plain(include_str!("data/colours.tsv")) {
            colours.insert(cell(&row, 0), cell(&row, 1));
            for other in cell(&row, 2).split_whitespace() {
                colours.entry(other).or_insert(cell(&row, 1));
            }
        }
        colours
    });
    COLOURS.get(word).copied()
}

/// The words a style is named by: (style word, words).
pub(super) fn style_words() -> &'static [(&'static str, Vec<&'static str>)] {
    static STYLES: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
        rows(include_str!("data/styles.tsv")).map(|row| (cell(&row, 0), cell(&row, 1).split('|').collect())).collect()
    });
    &STYLES
}

/// What an emoji says in English words ("🐋" is "a whale").
pub(super) fn emoji(c: char) -> Option<&'static str> {
    static EMOJI: LazyLock<BTreeMap<char, &'static str>> = LazyLock::new(|| {
        rows_plain(include_str!("data/emoji.tsv"))
            .filter_map(|row| Some((cell(&row, 0).chars().next()?, cell(&row, 1))))
            .collect()
    });
    EMOJI.get(&c).copied()
}

// Colour values start with '#', so these tables carry no comments.
fn rows_plain(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty()).map(|l| l.split('\t').collect())
}
