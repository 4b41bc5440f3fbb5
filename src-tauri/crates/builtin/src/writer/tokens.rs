//! The words of a theme in order, and which of them end a phrase.

use super::grammar;

/// True for a word that is written with a large letter.
pub(super) fn is_large(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// The first part of a text: up to a comma, a colon or a semicolon that parts it; the comma of "4,000" does not.
pub(super) fn head(text: &str) -> &str {
    let parts = |at: usize| text[at + 1..].chars().next().is_none_or(char::is_whitespace);
    let end = text.match_indices([',', ':', ';']).map(|(at, _)| at).find(|at| parts(*at));
    &text[..end.unwrap_or(text.len())]
}

/// A comma or colon as a word of its own, so that it ends a phrase; not that of "4,000" or "3:30".
fn parted(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let figure = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let mut out = String::new();
    for (at, c) in chars.iter().enumerate() {
        if matches!(c, ',' | ':') && !(figure(at.checked_sub(1)) && figure(Some(at + 1))) {
            out.push_str(" , ");
        } else {
            out.push(*c);
        }
    }
    out
}

/// The words of a text; a comma or colon is a word of its own.
pub(super) fn tokens(text: &str) -> Vec<String> {
    // A comma becomes its own token so that it ends a phrase; an apostrophe has one form.
    let mut words: Vec<String> = parted(&text.replace(['’', '‘'], "'"))
        .replace([';', '(', ')', '"', '“', '”', '.', '!', '?'], " ")
        .split_whitespace()
        .flat_map(|word| match word.to_lowercase().as_str() {
            "that's" => vec!["that".to_owned(), "is".to_owned()],
            "who's" => vec!["who".to_owned(), "is".to_owned()],
            _ => vec![word.to_owned()],
        })
        .collect();
    // "a umbrella" is heard where it is spoken.
    for at in 1..words.len() {
        if words[at - 1] == "a" || words[at - 1] == "an" {
            grammar::article(&words[at]).clone_into(&mut words[at - 1]);
        }
    }
    words
}

/// True for a preposition.
pub(super) fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "on"
            | "at"
            | "by"
            | "near"
            | "under"
            | "with"
            | "of"
            | "from"
            | "to"
            | "for"
            | "into"
            | "across"
            | "through"
            | "over"
            | "after"
            | "before"
            | "during"
            | "without"
            | "between"
            | "against"
            | "behind"
            | "inside"
            | "beneath"
            | "above"
            | "around"
            | "towards"
            | "toward"
            | "about"
            | "as"
            | "like"
            | "below"
            | "along"
            | "beside"
            | "upon"
            | "until"
            | "onto"
    )
}

/// True for a word that ends a noun phrase.
pub(super) fn is_break(word: &str) -> bool {
    is_preposition(word)
        || matches!(
            word,
            "," | "who"
                | "that"
                | "which"
                | "whose"
                | "and"
                | "or"
                | "but"
                | "is"
                | "are"
                | "was"
                | "were"
                | "has"
                | "have"
                | "had"
                | "when"
                | "while"
                | "because"
                | "where"
                | "never"
                | "always"
                | "cannot"
                | "can't"
                | "can"
                | "will"
                | "must"
                | "-"
                | "–"
                | "—"
        )
}
