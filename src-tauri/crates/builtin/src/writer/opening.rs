//! How an English theme begins: the words for who it is about, what hangs on them, and where their verb may stand.
//!
//! Passes over what tells of somebody ("with a red hat", "on Mars", "who hates the cold"); what is done is `doing`'s.

use super::before::{Before, verb_of};
use super::being::{Being, before_name, head_noun};
use super::clauses::{deed_until, goes_on, verb_behind_clause};
use super::deed::Deed;
use super::grammar;
use super::reader::{Reader, is_noun, is_verb_at};
use super::said_place::place_said;
use super::theme::Theme;
use super::tokens::is_preposition;

/// The words for who a theme is about, and what was passed on the way to the verb.
pub(super) struct Opening {
    pub(super) words: Vec<String>,
    /// What hangs on the noun ("with a red hat").
    pub(super) after: String,
    /// Where the verb stands, if there is one.
    pub(super) at: usize,
    /// Its noun is known.
    pub(super) known: bool,
    /// Several are told of.
    pub(super) many: bool,
    /// "who", "that" or "which" stands before the verb.
    pub(super) relative: bool,
    /// What stands at the verb's place is one, whatever else it may be.
    pub(super) acts: bool,
}

impl Opening {
    /// Of words that end before `at`.
    pub(super) fn new(reader: &Reader, words: Vec<String>, at: usize) -> Self {
        let read = Being::read(&words, "", reader.seed);
        let known = head_noun(&words).is_some()
            || head_noun(before_name(&words)).is_some()
            || read.is_some_and(|being| being.noun.is_some());
        let many = Being::read(&words, "", reader.seed).is_some_and(|being| being.plural);
        Self { words, after: String::new(), at, known, many, relative: false, acts: false }
    }

    /// Passes over all that stands before the verb. What is told of somebody there goes to the theme.
    pub(super) fn pass(&mut self, reader: &Reader, theme: &mut Theme) {
        self.pass_attributes(reader);
        self.pass_place(reader, theme);
        self.pass_apposition(reader, theme);
        self.pass_who(reader);
        self.pass_clause(reader, theme);
        if theme.before.is_some() && reader.lower(self.at) == "," {
            self.pass_who(reader);
        }
    }

    /// "with a red hat", "of the north".
    fn pass_attributes(&mut self, reader: &Reader) {
        while matches!(reader.lower(self.at).as_str(), "with" | "of" | "from" | "named" | "called") {
            let Some((_, end)) = reader.phrase(self.at + 1) else { break };
            if !self.after.is_empty() {
                self.after.push(' ');
            }
            self.after.push_str(&reader.tokens[self.at..end].join(" "));
            self.at = end;
        }
    }

    /// "a gardener on Mars grows a flower": where somebody is stands before what is done there.
    fn pass_place(&mut self, reader: &Reader, theme: &mut Theme) {
        if matches!(reader.lower(self.at).as_str(), "in" | "on" | "at" | "near" | "under" | "by" | "behind" | "inside")
            && let Some((_, end)) = reader.phrase(self.at + 1)
            && end < reader.tokens.len()
            && (is_verb_at(&reader.tokens, end, 0) || is_who(&reader.lower(end)))
        {
            self.at = end;
        }
        // "three astronauts on Mars lose contact": the same of a verb that may be a noun by its form.
        if self.known && is_preposition(&reader.lower(self.at)) {
            let is_verb = |at: &usize| goes_on(&reader.lower(*at), self.many) && !is_noun(&reader.lower(*at));
            if let Some(verb_at) = (self.at + 2..self.at + 5).find(is_verb) {
                theme.place = place_said(&reader.tokens[..verb_at]);
                (self.at, self.acts) = (verb_at, true);
            }
        }
    }

    /// "my uncle Joe, a fisherman who never learned to swim": what somebody is besides; "two sisters, Nell and Prue, build":
    /// what they are called.
    fn pass_apposition(&mut self, reader: &Reader, theme: &mut Theme) {
        if !self.known || reader.lower(self.at) != "," {
            return;
        }
        if let Some((said, end)) = reader.phrase(self.at + 1)
            && reader.lower(end) == "who"
            && (head_noun(&said).is_some() || matches!(reader.lower(self.at + 1).as_str(), "a" | "an" | "the"))
        {
            theme.is = said.join(" ");
            self.at = end;
        }
        let close = (self.at + 2..reader.tokens.len().min(self.at + 8)).find(|at| reader.lower(*at) == ",");
        let Some(close) = close else { return };
        let large = |word: &String| word == "and" || super::tokens::is_large(word);
        let names = &reader.tokens[self.at + 1..close];
        if names.iter().all(large) && acts_or_tells(reader, close + 1) {
            theme.names = names.join(" ");
            self.at = close + 1;
        }
    }

    /// "who", ", who" and "and who".
    fn pass_who(&mut self, reader: &Reader) {
        let joined = matches!(reader.lower(self.at).as_str(), "," | "and") && is_who(&reader.lower(self.at + 1));
        self.at += usize::from(joined);
        self.relative = is_who(&reader.lower(self.at));
        self.at += usize::from(self.relative);
    }

    /// "a penguin who hates the cold moves to the desert": the clause tells who it is, the verb behind it what is done; "an
    /// umbrella left behind on a train wants to go home" has no "who is".
    fn pass_clause(&mut self, reader: &Reader, theme: &mut Theme) {
        // "the tuba player nobody invited" has no "whom".
        let bare = matches!(reader.lower(self.at).as_str(), "nobody" | "everybody" | "everyone");
        if (bare || matches!(reader.lower(self.at).as_str(), "whose" | "where"))
            && let Some(own) = verb_of(reader, self.at + usize::from(!bare))
        {
            let comma = || (own..reader.tokens.len()).find(|at| reader.lower(*at) == ",");
            let end = verb_behind_clause(reader, own, self.many).or_else(comma).unwrap_or(reader.tokens.len());
            theme.before = Some(Before::of(reader, self.at, own, end));
            self.at = end;
            return;
        }
        // "an astronaut stranded on the moon makes friends".
        if self.undergoes(reader) {
            let behind = reader.phrase(self.at + 2).map_or(self.at, |(_, end)| end);
            if behind < reader.tokens.len() && is_verb_at(&reader.tokens, behind, 0) {
                theme.before = Some(Before::own(self.undergone(reader, behind)));
                self.at = behind;
                return;
            }
        }
        // A past that is the same as its participle.
        let left = !self.relative && grammar::is_past(&reader.lower(self.at));
        if (self.relative || left)
            && let Some(verb_at) = verb_behind_clause(reader, self.at, self.many)
        {
            let undergone = left.then(|| self.undergone(reader, verb_at));
            theme.before = Some(Before::own(undergone.unwrap_or_else(|| deed_until(reader, self.at, verb_at))));
            (self.at, self.relative) = (verb_at, false);
        }
    }

    /// "stranded on the moon", "raised by sheep": what was done to somebody stands where the verb would.
    pub(super) fn undergoes(&self, reader: &Reader) -> bool {
        let done = reader.lower(self.at).ends_with("ed") && is_preposition(&reader.lower(self.at + 1));
        self.known && !self.relative && done
    }

    /// What was done to somebody, told before the verb at `end`: "was left behind on a train".
    fn undergone(&self, reader: &Reader, end: usize) -> Deed {
        Deed::undergone(self.many, reader.tokens[self.at..end].join(" "))
    }
}

/// True where a verb stands, or a clause that tells of somebody.
fn acts_or_tells(reader: &Reader, at: usize) -> bool {
    at < reader.tokens.len()
        && (is_who(&reader.lower(at)) || grammar::is_modal(&reader.lower(at)) || is_verb_at(&reader.tokens, at, 0))
}

fn is_who(word: &str) -> bool {
    matches!(word, "who" | "that" | "which")
}
