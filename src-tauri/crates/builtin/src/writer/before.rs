//! What a theme tells before the deed: of the hero ("who hates the cold", "whose bees have vanished"), or of what came first
//! ("when the power goes out, …").
//!
//! Reads and words it; where in the film it is said is `english`'s.

use super::being::{Being, is_lead};
use super::clauses::{deed_until, goes_on};
use super::deed::Deed;
use super::grammar;
use super::reader::{Reader, is_noun};
use super::tokens::is_preposition;

/// What is told of the hero.
#[derive(Debug, Clone)]
pub(super) struct Before {
    /// Whose deed it is, when it is not the hero's own: "whose bees" in "whose bees have vanished", "where nobody" in "where
    /// nobody can sleep".
    pub(super) of: String,
    pub(super) deed: Deed,
}

impl Before {
    /// What the hero does, is or undergoes itself.
    pub(super) fn own(deed: Deed) -> Self {
        Self { of: String::new(), deed }
    }

    /// What is told of something else, by a clause whose first word stands at `at`, whose verb stands at `verb_at` and which
    /// ends before `end`.
    pub(super) fn of(reader: &Reader, at: usize, verb_at: usize, end: usize) -> Self {
        Self { of: reader.tokens[at..verb_at].join(" "), deed: deed_until(reader, verb_at, end) }
    }

    /// The clause, of somebody: "who hated the cold", "whose bees had vanished".
    pub(super) fn clause(&self, hero: &Being) -> String {
        let of = if self.of.is_empty() { hero.who() } else { &self.of };
        format!("{of} {}", self.deed.past())
    }
}

/// Where the verb of a clause stands whose subject begins at `from`.
pub(super) fn verb_of(reader: &Reader, from: usize) -> Option<usize> {
    (from + 1..(from + 7).min(reader.tokens.len())).find(|at| {
        let word = reader.lower(*at);
        let joined = is_lead(&reader.lower(at - 1)) || is_preposition(&reader.lower(at - 1));
        let acts = grammar::is_copula(&word)
            || matches!(word.as_str(), "has" | "have" | "had")
            || grammar::is_modal(&word)
            || goes_on(&word, false)
            || goes_on(&word, true) && !is_noun(&word);
        acts && !joined
    })
}

/// What came first, as a sentence, and where the words behind it begin: "When the power goes out, …" as "the power went out".
pub(super) fn first_event(reader: &Reader) -> Option<(String, usize)> {
    if !matches!(reader.lower(0).as_str(), "when" | "after" | "once") {
        return None;
    }
    let comma = reader.tokens.iter().position(|token| token == ",").filter(|at| *at > 2)?;
    let verb_at = verb_of(reader, 1).filter(|at| *at < comma)?;
    let behind = comma + 1 < reader.tokens.len();
    let who = reader.tokens[1..verb_at].join(" ");
    behind.then(|| (format!("{who} {}", deed_until(reader, verb_at, comma).past()), comma + 1))
}
