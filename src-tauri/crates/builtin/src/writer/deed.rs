//! What somebody does in a theme, so that it can be told in any tense.

use super::being::is_lead;
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
    /// "never" or "always", before the verb; empty for most.
    pub(super) adverb: String,
    /// The verb as it was said, where it was done already ("became", "has cleaned").
    pub(super) done: Option<String>,
}

impl Deed {
    pub(super) fn new(verb: &str, class: VerbClass, rest: String) -> Self {
        Self { verb: verb.to_owned(), class, rest, adverb: String::new(), done: None }
    }

    /// What is done to somebody: "is left behind on a train".
    pub(super) fn undergone(many: bool, rest: String) -> Self {
        Self::new(if many { "are" } else { "is" }, VerbClass::Other, rest)
    }

    fn with(&self, verb: &str, rest: &str) -> String {
        [&self.adverb, verb, rest].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// "befriend a white whale".
    pub(super) fn base(&self) -> String {
        self.with(&self.verb, &conjugated(&self.rest, false))
    }
    /// "befriends a white whale", or "befriend" of several.
    pub(super) fn now(&self, plural: bool) -> String {
        let verb = match &self.done {
            Some(said) => said.clone(),
            None if plural || grammar::is_modal(&self.verb) => self.verb.clone(),
            None if matches!(self.verb.as_str(), "is" | "are") => self.verb.clone(),
            None => grammar::third(&self.verb),
        };
        self.with(&verb, &self.rest)
    }
    /// "befriended a white whale".
    pub(super) fn past(&self) -> String {
        self.with(&grammar::past(&self.verb), &conjugated(&self.rest, true))
    }
}

/// "finds a map and sails home": the verb after "and" goes with the first one, and so does one of a clause that hangs on
/// it ("a letter that is late").
fn conjugated(rest: &str, past: bool) -> String {
    let mut words: Vec<String> = rest.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    for at in 1..words.len() {
        let before = words[at - 1].to_lowercase();
        if past && words[at] == "they're" {
            "they were".clone_into(&mut words[at]);
        }
        let adverb = at > 1 && before.ends_with("ly") && words[at - 2] == "and";
        let joined = adverb || matches!(before.as_str(), "and" | "then" | "but");
        let hangs = matches!(before.as_str(), "who" | "that" | "which" | "he" | "she" | "it" | "they")
            || lexicon::noun(&before).is_some() && grammar::singulars(&before).is_empty();
        let each = at > 1
            && matches!(before.as_str(), "neither" | "nobody" | "everyone" | "everybody" | "nothing")
            && matches!(words[at - 2].as_str(), "and" | "but");
        let only = at > 1 && before == "only" && matches!(words[at - 2].as_str(), "who" | "that" | "which");
        // "… and the youngest misses her friends".
        let another = at > 2 && words[at - 3] == "and" && is_lead(&words[at - 2].to_lowercase());
        let clause = past && (another || each || only || hangs && words[..at].iter().any(|w| is_join(w)));
        let is = past && matches!(words[at].as_str(), "is" | "are" | "has" | "isn't" | "aren't");
        if !(joined || clause || is) {
            continue;
        }
        let word = words[at].as_str();
        let irregular = (word == "are" || grammar::is_modal(word)).then(|| grammar::past(word));
        if let Some(irregular) = irregular.filter(|_| past) {
            words[at] = irregular;
        } else if let Some(verb) = lexicon::verb(&words[at]) {
            if words[at] == grammar::third(verb.base) {
                words[at] = if past { grammar::past(verb.base) } else { verb.base.to_owned() };
            }
        } else if matches!(before.as_str(), "who" | "that" | "which")
            && let Some(base) = grammar::base_of(&words[at]).filter(|_| past)
        {
            words[at] = grammar::past(&base);
        }
    }
    words.join(" ")
}

/// True for a word that a clause hangs on.
fn is_join(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "who" | "that" | "which" | "until" | "when" | "while" | "because" | "before" | "after"
    )
}
