//! What somebody does in a theme, so that it can be told in any tense.

use super::grammar;
use super::lexicon::{self, VerbClass};

/// What somebody does: the verb and the words after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Deed {
    /// The verb in its base form.
    pub(super) verb: String,
    pub(super) class: VerbClass,
    /// What follows the verb, as it was said.
    pub(super) rest: String,
}

impl Deed {
    fn with(&self, verb: String) -> String {
        let rest = conjugate_second(&self.rest, false);
        if rest.is_empty() { verb } else { format!("{verb} {rest}") }
    }
    /// "befriend a white whale".
    pub(super) fn base(&self) -> String {
        self.with(self.verb.clone())
    }
    /// "befriended a white whale".
    pub(super) fn past(&self) -> String {
        let rest = conjugate_second(&self.rest, true);
        let verb = grammar::past(&self.verb);
        if rest.is_empty() { verb } else { format!("{verb} {rest}") }
    }
}

// "finds a map and sails home": the verb after "and" goes with the first one.
fn conjugate_second(rest: &str, past: bool) -> String {
    let mut words: Vec<String> = rest.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    for at in 1..words.len() {
        if words[at - 1] == "and"
            && let Some(verb) = lexicon::verb(&words[at])
            && words[at] == grammar::third(verb.base)
        {
            words[at] = if past { grammar::past(verb.base) } else { verb.base.to_owned() };
        }
    }
    words.join(" ")
}
