//! Clauses of a theme: where they end, who acts in them, and how they can be said again.

use super::being::{Being, is_lead};
use super::deed::Deed;
use super::grammar;
use super::lexicon;
use super::reader::{Reader, is_noun};
use super::sequel::Subject;
use super::tokens::is_break;

/// The deed whose verb stands at `at`, of words that end before `end`.
pub(super) fn deed_until(reader: &Reader, at: usize, end: usize) -> Deed {
    deed_of(&reader.lower(at), clause(&reader.tokens[at + 1..end]))
}

/// The deed of a verb as it was said.
pub(super) fn deed_of(form: &str, rest: String) -> Deed {
    let whole = matches!(form, "is" | "are") || grammar::is_modal(form);
    match lexicon::verb(form).filter(|_| !whole) {
        // "raised six kids" was done already, and is told so in any tense.
        Some(verb) => {
            Deed { done: grammar::is_past(form).then(|| form.to_owned()), ..Deed::new(verb.base, verb.class, rest) }
        }
        None => Deed::new(form, lexicon::VerbClass::Other, rest),
    }
}

/// Somebody else who does something, and where the verb is that says what; "so that it can fly" says why, not who.
pub(super) fn subject(reader: &Reader, at: usize) -> Option<(Subject, usize)> {
    if reader.lower(at) == "that" {
        return None;
    }
    let bare = matches!(
        reader.lower(at).as_str(),
        "he" | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "nobody"
            | "everybody"
            | "everyone"
            | "somebody"
            | "someone"
            | "nothing"
    );
    // "and together they guide the ships home".
    if reader.lower(at) == "together" && reader.lower(at + 1) == "they" {
        let (who, verb_at) = subject(reader, at + 1)?;
        return Some((Subject { words: "together they".to_owned(), ..who }, verb_at));
    }
    let of_them = ["one", "of", "them"].iter().enumerate().all(|(i, word)| reader.lower(at + i) == *word);
    let (words, end) = match (bare, of_them) {
        (true, _) if reader.lower(at + 1) == "else" => (vec![reader.lower(at), "else".to_owned()], at + 2),
        (true, _) => (vec![reader.lower(at)], at + 1),
        (_, true) => (reader.tokens[at..at + 3].to_vec(), at + 3),
        _ => reader.phrase(at)?,
    };
    let form = reader.lower(end);
    let many = !of_them
        && words.last().is_some_and(|word| {
            matches!(word.as_str(), "they" | "we") || !grammar::singulars(&word.to_lowercase()).is_empty()
        });
    let acts =
        matches!(form.as_str(), "is" | "are" | "has" | "have") || grammar::is_modal(&form) || goes_on(&form, many);
    let being = Being::read(&words, "", reader.seed).filter(|being| !bare && !of_them && being.is_somebody());
    let led = words.first().is_some_and(|word| is_lead(&word.to_lowercase()));
    let owned = words.first().is_some_and(|word| super::hero::owns(word));
    let named = super::hero::begins_with_name(&words);
    // "or spring will never come".
    let plain = words.len() == 1 && grammar::is_modal(&form);
    let stands = acts && (bare || led || owned || named || plain || being.is_some());
    let words = if words[0] == "i" { "I".to_owned() } else { words.join(" ") };
    stands.then_some((Subject { words, being, many }, end))
}

/// Verbs whose third person is as often the plural of a noun ("long walks in the rain").
const MAY_BE_NOUNS: [&str; 45] = [
    "plan", "land", "smell", "measure", "report", "walk", "dream", "look", "play", "show", "dance", "swim", "run",
    "drive", "ride", "sail", "hike", "fight", "kiss", "hug", "smile", "laugh", "cry", "sleep", "talk", "rest", "turn",
    "break", "fall", "call", "love", "hope", "watch", "work", "visit", "change", "light", "help", "start", "stop",
    "move", "race", "guide", "paint", "plant",
];

/// Where the verb of the sentence stands behind a clause that hangs on its subject and whose own verb is at `from`: "joins"
/// in "a dragon who is afraid of fire joins the fire brigade". `None` when there is none.
pub(super) fn verb_behind_clause(reader: &Reader, from: usize, plural: bool) -> Option<usize> {
    // What is believed is a clause of its own: "who thinks the moon follows him".
    const TELLS: [&str; 7] = ["think", "know", "believe", "wish", "hope", "say", "imagine"];
    if lexicon::verb(&reader.lower(from)).is_some_and(|verb| TELLS.contains(&verb.base)) {
        return None;
    }
    let ends = |at: &usize| matches!(reader.lower(*at).as_str(), "," | "but" | "because" | "when" | "while");
    let end = (from + 2..reader.tokens.len()).find(ends).unwrap_or(reader.tokens.len());
    (from + 2..end.saturating_sub(1)).find(|at| is_finite(reader, *at, plural) && is_parted(reader, from, *at, plural))
}

/// A verb that a sentence can have as its own: "has" is one only in "has to".
fn is_finite(reader: &Reader, at: usize, plural: bool) -> bool {
    match reader.lower(at).as_str() {
        "has" => reader.lower(at + 1) == "to",
        "have" => plural && reader.lower(at + 1) == "to",
        "must" | "cannot" => true,
        word => grammar::agrees(word, plural),
    }
}

/// True for a verb at `at` that neither belongs to what stands before it nor is a noun there; the clause's own is at `from`.
fn is_parted(reader: &Reader, from: usize, at: usize, plural: bool) -> bool {
    const JOINS: [&str; 19] = [
        "and",
        "or",
        "then",
        "to",
        "not",
        "who",
        "that",
        "which",
        "it",
        "he",
        "she",
        "they",
        "nobody",
        "everyone",
        "everybody",
        "someone",
        "never",
        "always",
        "still",
    ];
    const PRONOUNS: [&str; 9] =
        ["anything", "everything", "nothing", "something", "anyone", "himself", "herself", "itself", "anymore"];
    let (own, before, word) = (reader.lower(from), reader.lower(at - 1), reader.lower(at));
    if JOINS.contains(&before.as_str())
        || is_lead(&before)
        || is_finite(reader, at - 1, plural)
        || grammar::is_modal(&before)
    {
        return false;
    }
    // "on the night her brother's boat is due": what is whose in a clause of its own.
    if at > 1 && reader.lower(at - 2).ends_with("'s") {
        return false;
    }
    // "the cold moves" is behind a noun; "long walks in the rain" are none of it.
    lexicon::verb(&word).is_some_and(|verb| !MAY_BE_NOUNS.contains(&verb.base))
        || grammar::is_copula(&own)
        || grammar::is_modal(&own)
        || (from + 1..at).any(|i| is_lead(&reader.lower(i)))
        || PRONOUNS.contains(&before.as_str())
        || is_noun(&before)
        || lexicon::verb(&before).is_some()
}

/// True for a verb form of the same hero: "builds" after "a boy", "build" after "two boys", "built" after both.
pub(super) fn goes_on(word: &str, plural: bool) -> bool {
    grammar::agrees(word, plural) || grammar::is_past(word)
}

/// What is done, up to where somebody else does something; of two deeds too long for one sentence the first.
pub(super) fn first_of_two(reader: &Reader, from: usize, plural: bool) -> String {
    const SHORT: usize = 7;
    let rest = clause(&reader.tokens[from..]);
    let words: Vec<&str> = rest.split(' ').collect();
    let parted = |at: &usize| {
        let joins = matches!(words[*at], "and" | "until" | "so" | "or" | "after");
        let then = usize::from(words.get(at + 1).is_some_and(|word| *word == "then"));
        joins && subject(reader, from + at + 1 + then).is_some()
            || words[*at] == "and" && words.len() > SHORT && {
                let after = usize::from(matches!(words[at + 1], "then" | "finally"));
                words.get(at + 1 + after).is_some_and(|word| goes_on(word, plural))
            }
    };
    match (0..words.len().saturating_sub(1)).find(parted) {
        Some(at) => words[..at].join(" "),
        None => rest,
    }
}

/// The words of a clause as they can be said again: up to a comma or a new clause, and no more than a sentence can have.
pub(super) fn clause(tokens: &[String]) -> String {
    const LONGEST: usize = 22;
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
