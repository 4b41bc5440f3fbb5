//! What the words of a message do: the classes of the cue list, for rules and classifier alike.

use std::sync::LazyLock;

use serde_json::Value;

use super::rules::{self, Match};
use super::{Context, ContextState};
use crate::wording::{Clause, Hit, Lexicon, Words, analysed, clauses, fold};

static CUES: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(&[include_str!("data/cues.txt"), include_str!("../parameters/data/beings.txt")]));

/// Classes that ask for something to be done.
const ASKING: [&str; 15] = [
    "make",
    "want",
    "change",
    "remove",
    "add",
    "replace",
    "timing",
    "grade",
    "redo",
    "undo",
    "translate",
    "show",
    "judge",
    "export",
    "polite",
];
/// Classes that may stand before the asking word.
const BEFORE: [&str; 8] = ["polite", "greet", "agree", "thanks", "praise", "want", "app", "it"];

/// A message with what its words do.
pub(super) struct Said<'a> {
    pub(super) text: &'a str,
    pub(super) words: Words<'a>,
    pub(super) hits: Vec<Hit<'static>>,
    pub(super) clauses: Vec<Clause<'a>>,
    /// The clause that makes the first request which is not refused.
    pub(super) head: Option<usize>,
    pub(super) state: ContextState,
    /// The rules that match it.
    pub(super) rules: Vec<Match>,
    /// True when it would start a waiting plan.
    pub(super) agrees: bool,
    /// The names of the project's characters that are in the message, by word.
    pub(super) named: Vec<bool>,
}

impl<'a> Said<'a> {
    /// Reads a message in its context.
    pub(super) fn of(text: &'a str, context: &Context) -> Self {
        let text = analysed(text);
        let words = Words::of(text);
        let hits = CUES.find(&words.list);
        let named = named(&words, context);
        let matched = rules::matches(text, context.state);
        let mut said = Self {
            text,
            hits,
            clauses: clauses(text),
            head: None,
            rules: matched.here,
            agrees: matched.agrees,
            state: context.state,
            named,
            words,
        };
        said.head = (0..said.clauses.len()).find(|i| said.asks(*i));
        said
    }

    /// The classes in a clause, in order.
    pub(super) fn classes_in(&self, clause: usize) -> Vec<&'static str> {
        let range = &self.clauses[clause].range;
        self.hits.iter().filter(|h| range.contains(&h.range.start)).map(|h| h.class).collect()
    }

    /// True when a clause begins with a request that it does not refuse.
    fn asks(&self, clause: usize) -> bool {
        let range = &self.clauses[clause].range;
        if self.refuses(clause) {
            return false;
        }
        let list = &self.words.list;
        let first = list.partition_point(|w| w.range.start < range.start);
        let unspaced = list.get(first).is_some_and(|w| w.unspaced);
        let reach = if unspaced { 14 } else { 3 };
        let mut allowed = first + 1;
        for hit in self.hits.iter().filter(|h| range.contains(&h.range.start)) {
            if hit.words.start > allowed + if unspaced { reach } else { 0 } || hit.words.start > first + 10 {
                break;
            }
            if ASKING.contains(&hit.class) && hit.class != "polite" {
                return true;
            }
            if BEFORE.contains(&hit.class) || hit.class == "polite" {
                allowed = hit.words.end + 1;
            }
        }
        false
    }

    /// True when a clause begins by refusing something.
    pub(super) fn refuses(&self, clause: usize) -> bool {
        let range = &self.clauses[clause].range;
        let first = self.words.list.partition_point(|w| w.range.start < range.start);
        self.hits.iter().any(|h| h.class == "refuse" && (first..=first + 1).contains(&h.words.start))
    }
}

/// The names of a project's characters, folded.
pub(super) fn characters(context: &Context) -> Vec<String> {
    let list = context.project.get("characters").and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn named(words: &Words<'_>, context: &Context) -> Vec<bool> {
    let mut named = vec![false; words.list.len()];
    for name in characters(context) {
        for part in Words::of(&fold(&name)).list.iter().filter(|p| p.unspaced || p.norm.len() > 2) {
            for (i, word) in words.list.iter().enumerate() {
                // A possessive is the name still.
                let is = word.norm == part.norm || word.norm.strip_suffix('s') == Some(part.norm.as_str());
                if is && part.norm != "the" {
                    named[i] = true;
                }
            }
        }
    }
    named
}
