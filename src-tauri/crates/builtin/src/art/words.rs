//! Words: singular forms, head nouns, and the tables of words that are kept as text files.
//!
//! Knows the shape of phrases in the languages of the app, not what the words mean.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Words that open a phrase and say nothing about the thing.
const ARTICLES: &[&str] = &[
    "a", "an", "the", "my", "his", "her", "their", "our", "your", "its", "some", "this", "that", "one", "el", "la",
    "los", "las", "un", "una", "unos", "unas", "su", "mi", "le", "les", "une", "son", "sa", "mon", "ma", "der", "die",
    "das", "ein", "eine", "einen", "einem", "einer", "den", "dem", "sein", "seine", "ihr", "ihre", "mein", "meine",
];

/// Words after which a phrase only says more about its head.
const PREPOSITIONS: &[&str] = &[
    "of", "in", "with", "on", "at", "from", "to", "for", "who", "that", "which", "by", "near", "under", "over", "made",
    "de", "del", "du", "des", "con", "avec", "d", "en", "von", "vom", "mit", "aus", "im", "am", "zum", "para", "pour",
];

/// Adjectives that follow their noun.
const TRAILING: &[&str] = &[
    "viejo",
    "vieja",
    "pequeño",
    "pequeña",
    "grande",
    "mágico",
    "mágica",
    "perdido",
    "perdida",
    "solitario",
    "solitaria",
    "antiguo",
    "antigua",
    "roto",
    "rota",
    "triste",
    "feliz",
    "valiente",
    "magique",
    "perdu",
    "perdue",
    "solitaire",
    "ancien",
    "ancienne",
    "cassé",
    "cassée",
    "géant",
    "géante",
    "gigante",
    "volant",
    "volante",
];

/// What a phrase may be looked up as, the most telling first: the whole, then ever shorter ends of its head part, then (for
/// languages whose adjectives follow) its first words.
pub(super) fn candidates(phrase: &str) -> Vec<String> {
    let clean: String = phrase
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '\'' || c == '’' { c } else { ' ' })
        .collect();
    let clean = clean.replace("'s", "").replace("’s", "").replace(['\'', '’'], " ");
    let all: Vec<&str> = clean.split_whitespace().collect();
    let mut first = 0;
    while first + 1 < all.len() && (ARTICLES.contains(&all[first]) || all[first] == "l") {
        first += 1;
    }
    let all = &all[first..];
    let cut = all.iter().skip(1).position(|w| PREPOSITIONS.contains(w)).map_or(all.len(), |at| at + 1);
    let head = &all[..cut];
    let mut out = vec![all.join(" ")];
    let mut push = |text: String| {
        if !text.is_empty() && !out.contains(&text) {
            out.push(text);
        }
    };
    // "perro viejo": what follows says nothing by itself; "ballena blanca" and "red rose" both end in a colour.
    let adjective = head.last().is_some_and(|w| head.len() > 1 && TRAILING.contains(w));
    for start in 0..if adjective { 0 } else { head.len() } {
        push(head[start..].join(" "));
    }
    let trailing = |w: &&&str| TRAILING.contains(w) || super::colour_of(w).is_some();
    let plain = head.len() - head.iter().rev().take_while(trailing).count();
    for start in 0..plain {
        push(head[start..plain].join(" "));
    }
    // Scripts without spaces put the head at the end.
    if let [word] = head
        && word.chars().all(|c| c >= '\u{3040}')
    {
        for (at, _) in word.char_indices().skip(1) {
            push(word[at..].to_owned());
        }
    }
    out
}

/// The word itself and what its singular may be, the likeliest first.
pub(super) fn singulars(phrase: &str) -> Vec<String> {
    let mut out = vec![phrase.to_owned()];
    let (lead, word) = phrase.rsplit_once(' ').map_or(("", phrase), |(l, w)| (l, w));
    let mut push = |w: String| {
        let whole = if lead.is_empty() { w } else { format!("{lead} {w}") };
        if !out.contains(&whole) {
            out.push(whole);
        }
    };
    let irregular = [
        ("men", "man"),
        ("women", "woman"),
        ("children", "child"),
        ("mice", "mouse"),
        ("geese", "goose"),
        ("feet", "foot"),
        ("teeth", "tooth"),
        ("oxen", "ox"),
        ("people", "person"),
        ("dice", "game-die"),
        ("loaves", "loaf"),
        ("yeux", "œil"),
        ("chevaux", "cheval"),
        ("oiseaux", "oiseau"),
    ];
    for (many, one) in irregular {
        if word == many || (word.len() > 5 && word.ends_with(many) && many.ends_with("men")) {
            push(format!("{}{one}", &word[..word.len() - many.len()]));
        }
    }
    if word.len() > 3 && word.is_ascii() {
        if let Some(stem) = word.strip_suffix("ies") {
            push(format!("{stem}y"));
        }
        if let Some(stem) = word.strip_suffix("ves") {
            push(format!("{stem}f"));
            push(format!("{stem}fe"));
        }
        for (suffix, keep) in [("xes", 1), ("ches", 2), ("shes", 2), ("sses", 2), ("oes", 1)] {
            if word.ends_with(suffix) {
                push(word[..word.len() - suffix.len() + keep].to_owned());
            }
        }
    }
    if word.chars().count() > 3 && !word.ends_with("ss") {
        for suffix in ["s", "es", "x", "n", "en", "e"] {
            if let Some(stem) = word.strip_suffix(suffix) {
                push(stem.to_owned());
            }
        }
    }
    out
}

/// A table of the form `words, of, a row = value`; `#` opens a comment. Every word of the row gets the value.
pub(super) fn table(text: &'static str) -> HashMap<&'static str, &'static str> {
    let rows = text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('='));
    let mut out = HashMap::new();
    for (words, value) in rows {
        for word in words.split(',').map(str::trim).filter(|w| !w.is_empty()) {
            out.entry(word).or_insert(value.trim());
        }
    }
    out
}

/// One of the closed lists of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum List {
    Places,
    Abstract,
    Animals,
    Describing,
    Heads,
    Portions,
    Holders,
    Made,
}

/// True when the word (lower case, singular) is in the list.
pub(super) fn listed(list: List, word: &str) -> bool {
    static LISTS: OnceLock<HashMap<List, HashSet<&'static str>>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let mut lists: HashMap<List, HashSet<&str>> = HashMap::new();
        let mut at = List::Places;
        for line in include_str!("../../art/lists.txt").lines().filter(|l| !l.starts_with('#')) {
            match line {
                "[places]" => at = List::Places,
                "[abstract]" => at = List::Abstract,
                "[animals]" => at = List::Animals,
                "[describing]" => at = List::Describing,
                "[heads]" => at = List::Heads,
                "[portions]" => at = List::Portions,
                "[holders]" => at = List::Holders,
                "[made]" => at = List::Made,
                words => lists.entry(at).or_default().extend(words.split_whitespace()),
            }
        }
        lists
    });
    lists.get(&list).is_some_and(|words| words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_go_from_the_whole_to_the_head() {
        let check = |phrase: &str, wanted: &[&str]| assert_eq!(candidates(phrase), wanted, "{phrase}");
        check("the old brass lamp", &["old brass lamp", "brass lamp", "lamp"]);
        check("keeper of the lighthouse", &["keeper of the lighthouse", "keeper"]);
        check("ballena blanca", &["ballena blanca", "blanca", "ballena"]);
        check("l'oiseau", &["oiseau"]);
        check("白鲸", &["白鲸", "鲸"]);
        check("", &[""]);
    }

    #[test]
    fn plurals_have_singulars() {
        let check =
            |many: &str, one: &str| assert!(singulars(many).contains(&one.to_owned()), "{many}: {:?}", singulars(many));
        for (many, one) in [
            ("cats", "cat"),
            ("boxes", "box"),
            ("ponies", "pony"),
            ("wolves", "wolf"),
            ("knives", "knife"),
            ("mice", "mouse"),
            ("old fishermen", "old fisherman"),
            ("flores", "flor"),
            ("blumen", "blume"),
            ("grass", "grass"),
        ] {
            check(many, one);
        }
        assert!(!singulars("glass").contains(&"glas".to_owned()));
    }
}
