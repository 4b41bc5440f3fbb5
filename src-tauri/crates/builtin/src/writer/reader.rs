//! Reads the words of an English theme one phrase after the other.
//!
//! Owns where a noun phrase ends and where a verb begins; what they mean for the story is `theme`'s.

use story::Seed;

use super::being::{head_noun, is_lead};
use super::grammar;
use super::lexicon;
use super::tokens::{is_break, is_preposition};

/// True where a verb tells what those before it do; the phrase before it begins at `start`.
pub(super) fn is_verb_at(tokens: &[String], at: usize, start: usize) -> bool {
    let word = tokens[at].to_lowercase();
    let somebody = |word: &str| lexicon::noun(word).is_some() || word.ends_with("maker");
    let known_before = (start..at).any(|i| somebody(&tokens[i].to_lowercase()));
    let next = tokens.get(at + 1).map(|t| t.to_lowercase());
    let Some(verb) = lexicon::verb(&word) else {
        // "decorates the tree": a form of the third person that something is done to, of somebody who is known.
        let acts = grammar::base_of(&word).is_some() && !grammar::singulars(&word).iter().any(|w| is_noun(w));
        return at > start && known_before && acts && next.is_some_and(|n| is_lead(&n) && n != "that");
    };
    let far = |n: &str| {
        matches!(
            n,
            "deep" | "high" | "far" | "asleep" | "down" | "up" | "away" | "home" | "out" | "off" | "back" | "together"
        )
    };
    let opens = next.as_deref().is_none_or(|n| is_lead(n) || is_preposition(n) || is_break(n) || n == "to" || far(n));
    // "goes deaf", "gets tired": nothing else is "gets".
    let becomes = matches!(verb.base, "get" | "go" | "become") && word == grammar::third(verb.base);
    if becomes && at > start {
        return true;
    }
    if word == grammar::gerund(verb.base) {
        return at > start && (known_before || opens);
    }
    if word == verb.base {
        // "brothers cross", "children plant trees": only after a plural.
        let before = tokens[at.saturating_sub(1)].to_lowercase();
        let joined = tokens[..at].iter().any(|t| t.eq_ignore_ascii_case("and"));
        let plural = !grammar::singulars(&before).is_empty() || joined;
        // "a boy and his kite fly": a thing may act with somebody.
        let known_before = known_before || joined && is_noun(&before);
        // "jellyfish glow": one or many.
        let one = start > 0 && matches!(tokens[start - 1].to_lowercase().as_str(), "a" | "an" | "one" | "every");
        let either = !one && grammar::is_its_plural(&before);
        return at > start
            && known_before
            && (plural || either)
            && (opens || !is_noun(&word))
            && lexicon::noun(&word).is_none();
    }
    at > start && (known_before || opens)
}

/// True for a word that is known as a being or as a thing that can be drawn.
pub(super) fn is_noun(word: &str) -> bool {
    lexicon::noun(word).is_some() || crate::art::find(word).is_some()
}

/// The words of a theme.
pub(super) struct Reader {
    pub(super) tokens: Vec<String>,
    pub(super) seed: Seed,
}

impl Reader {
    /// A word in small letters; empty behind the last.
    pub(super) fn lower(&self, at: usize) -> String {
        self.tokens.get(at).map(|t| t.to_lowercase()).unwrap_or_default()
    }

    /// "accidentally" before "stops time".
    pub(super) fn is_adverb_at(&self, at: usize) -> bool {
        self.lower(at).ends_with("ly") && lexicon::verb(&self.lower(at + 1)).is_some()
    }

    /// The noun phrase that starts here: its words and where it ends.
    pub(super) fn phrase(&self, start: usize) -> Option<(Vec<String>, usize)> {
        let mut end = start;
        let lead = usize::from(is_lead(&self.lower(start)));
        while end < self.tokens.len() && end - start < 9 {
            let word = self.lower(end);
            if end > start + lead && matches!(word.as_str(), "nobody" | "everybody" | "everyone") {
                break;
            }
            if end > start && is_lead(&word) || end >= start + lead && is_break(&word) {
                break;
            }
            let known = self.tokens.get(start + lead..end).and_then(head_noun).is_some();
            let participle = known && word.ends_with("ed") && is_preposition(&self.lower(end + 1));
            let adverb = self.is_adverb_at(end);
            let negated = word.ends_with("n't") || word == "cannot";
            if end > start + lead
                && (participle || adverb || negated || matches!(word.as_str(), "how" | "why" | "what"))
            {
                break;
            }
            if end > start + lead && is_verb_at(&self.tokens, end, start + lead) {
                break;
            }
            end += 1;
        }
        (end > start + lead).then(|| (self.tokens[start..end].to_vec(), end))
    }
}
