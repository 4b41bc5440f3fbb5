//! Clauses of a theme as they can be said again, and what follows the first deed.

use super::deed::Deed;
use super::grammar;
use super::lexicon;
use super::reader::Reader;
use super::tokens::is_break;

/// What follows the deed.
#[derive(Debug, Clone)]
pub(super) struct Sequel {
    pub(super) deed: Deed,
    /// It goes against what was wanted ("but burns everything").
    pub(super) but: bool,
}

/// What the same hero does next: "and finds an island", ", but burns everything".
pub(super) fn sequel(reader: &Reader, from: usize, plural: bool) -> Option<Sequel> {
    let mut at = from + usize::from(reader.lower(from) == ",");
    let but = reader.lower(at) == "but";
    at += usize::from(matches!(reader.lower(at).as_str(), "and" | "but"));
    at += usize::from(matches!(reader.lower(at).as_str(), "then" | "finally"));
    if at == from {
        return None;
    }
    let word = reader.lower(at);
    let verb = lexicon::verb(&word)?;
    let rest = clause(&reader.tokens[at + 1..]);
    let deed = Deed::new(verb.base, verb.class, rest);
    goes_on(&word, plural).then_some(Sequel { deed, but })
}

/// True for a verb form of the same hero: "builds" after "a boy", "build" after "two boys", "built" after both.
fn goes_on(word: &str, plural: bool) -> bool {
    lexicon::verb(word).is_some_and(|verb| {
        let agrees = if plural { word == verb.base } else { word == grammar::third(verb.base) };
        agrees || word != verb.base && word == grammar::past(verb.base)
    })
}

/// Two deeds too long for one sentence are told one after the other: the first of them.
pub(super) fn first_of_two(rest: String, plural: bool) -> String {
    const SHORT: usize = 7;
    let words: Vec<&str> = rest.split(' ').collect();
    let cut = (1..words.len().saturating_sub(1)).find(|at| words[*at] == "and" && goes_on(words[at + 1], plural));
    match cut {
        Some(at) if words.len() > SHORT => words[..at].join(" "),
        _ => rest,
    }
}

/// The words of a clause as they can be said again: up to a comma or a new clause, and no more than a sentence can have.
pub(super) fn clause(tokens: &[String]) -> String {
    const LONGEST: usize = 14;
    let end = tokens
        .iter()
        .position(|t| matches!(t.to_lowercase().as_str(), "," | "but" | "because" | "when" | "while" | "-" | "–" | "—"))
        .unwrap_or(tokens.len());
    let mut words = &tokens[..end];
    if words.len() > LONGEST {
        let cut =
            words[..LONGEST].iter().rposition(|w| is_break(&w.to_lowercase())).filter(|c| *c >= 2).unwrap_or(LONGEST);
        words = &words[..cut];
    }
    words.join(" ")
}

/// What somebody is afraid of, of "afraid of the dark".
pub(super) fn after_of(state: &str) -> String {
    state.split_once(" of ").map_or_else(|| state.to_owned(), |(_, what)| what.to_owned())
}

/// "afraid of the dark and learns to love the stars": what is done next is no part of what somebody is.
pub(super) fn without_deeds(mut state: String) -> String {
    let acts = |rest: &str| rest.split(' ').next().is_some_and(|word| lexicon::verb(word).is_some());
    let end = state.match_indices(" and ").find(|(at, and)| acts(&state[at + and.len()..])).map(|(at, _)| at);
    state.truncate(end.unwrap_or(state.len()));
    state
}
