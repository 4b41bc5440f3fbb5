//! What the hero of an English theme does, is, or undergoes, read from where the verb stands.
//!
//! Who it is was read before, by `hero`.

use super::being::{Being, is_lead};
use super::clauses::{after_of, clause, without_deeds};
use super::deed::Deed;
use super::grammar;
use super::lexicon::{self, VerbClass};
use super::opening::Opening;
use super::reader::{Reader, is_verb_at};
use super::sequel::told;
use super::theme::Theme;
use super::tokens::is_break;

/// The verb of a theme.
pub(super) struct Doing {
    at: usize,
    /// As it was said.
    word: String,
    base: Option<String>,
    adverb: String,
    /// Something is done; not only is.
    pub(super) is_deed: bool,
    /// It is "is" or one of its forms.
    pub(super) copula: bool,
}

impl Doing {
    /// What stands where the verb of an opening may stand.
    pub(super) fn at(reader: &Reader, opening: &Opening, after_clause: bool) -> Self {
        let (mut at, mut adverb) = (opening.at, String::new());
        if opening.relative && matches!(reader.lower(at).as_str(), "never" | "always" | "only" | "secretly") {
            adverb = reader.lower(at);
            at += 1;
        }
        // "accidentally stops time".
        if reader.is_adverb_at(at) {
            adverb = reader.lower(at);
            at += 1;
        }
        let (word, next) = (reader.lower(at), reader.lower(at + 1));
        let modal = grammar::is_modal(&word) && !next.is_empty() && !is_lead(&next) && !is_break(&next);
        let base = if modal { Some(word.clone()) } else { grammar::base_of(&word) };
        let copula = grammar::is_copula(&word);
        let surely = modal || after_clause || opening.acts;
        let acts = surely || opening.relative && (base.is_some() || matches!(word.as_str(), "is" | "are"));
        let is_deed = at < reader.tokens.len() && (acts || is_verb_at(&reader.tokens, at, 0));
        Self { at, word, base, adverb, is_deed, copula }
    }

    /// Reads what is done, and what follows it, into the theme.
    pub(super) fn read(self, reader: &Reader, opening: &Opening, theme: &mut Theme) {
        let at = self.at;
        theme.described = opening.relative;
        let ours = theme.hero.as_ref().is_some_and(|hero| !hero.name.is_empty())
            && matches!(opening.words[0].to_lowercase().as_str(), "my" | "our");
        if self.copula && opening.relative && ours {
            // Of somebody whom the person knows it is told as it was said.
            let rest = clause(&reader.tokens[at + 1..]);
            theme.deed = Some(Deed { done: Some(self.word.clone()), ..Deed::new(&self.word, VerbClass::Other, rest) });
        } else if self.copula && !opening.relative && is_done_to(&reader.lower(at + 1)) {
            let (rest, following) = told(reader, at + 1, opening.many);
            theme.following = following;
            theme.deed = Some(Deed::undergone(opening.many, rest));
        } else if self.copula && (opening.relative || opening.known) {
            theme.state = without_deeds(clause(&reader.tokens[at + 1..]));
            if theme.state.contains("afraid of") || theme.state.contains("scared of") {
                theme.deed = Some(Deed::new("fear", VerbClass::Fear, after_of(&theme.state)));
            }
        } else if self.is_deed && self.base.is_some() {
            self.read_deed(reader, theme);
        } else if reader.lower(at) == "and" {
            let friend = reader.phrase(at + 1).and_then(|(words, _)| Being::read(&words, "", reader.seed));
            theme.other = friend.filter(|being| being.noun.is_some());
        }
        if theme.other.is_none() && theme.deed.is_none() {
            theme.other = (at..reader.tokens.len()).find_map(|i| {
                let opens = matches!(reader.lower(i).as_str(), "and" | "with" | "meets" | "for");
                opens.then(|| object_of(reader, i + 1)).flatten()
            });
        }
    }

    fn read_deed(self, reader: &Reader, theme: &mut Theme) {
        let (mut at, word) = (self.at, self.word);
        let Some(mut base) = self.base else { return };
        let mut done = grammar::is_past(&word).then(|| word.clone());
        // "has lost her memory": the second verb tells what happened.
        let second = lexicon::verb(&reader.lower(at + 1)).filter(|verb| verb.base != reader.lower(at + 1));
        if let Some(second) = second.filter(|_| base == "have") {
            second.base.clone_into(&mut base);
            done = Some(format!("{word} {}", reader.lower(at + 1)));
            at += 1;
        }
        let mut class = lexicon::verb(&base).map_or(VerbClass::Other, |verb| verb.class);
        let verb_at = at;
        // "makes friends with a bat".
        if base == "make" && reader.lower(at + 1) == "friends" && reader.lower(at + 2) == "with" {
            class = VerbClass::Friend;
            at += 2;
        }
        // "runs for office", "runs a bakery": nobody goes anywhere.
        if base == "run" && matches!(reader.lower(at + 1).as_str(), "for" | "a" | "an" | "the" | "her" | "his") {
            class = VerbClass::Other;
        }
        let plural = theme.hero.as_ref().is_some_and(|hero| hero.plural);
        let (rest, following) = told(reader, verb_at + 1, plural);
        theme.following = following;
        if matches!(base.as_str(), "fear" | "hate") || rest.starts_with("afraid") {
            theme.state = format!("afraid of {rest}");
        }
        theme.deed = Some(Deed { adverb: self.adverb, done, ..Deed::new(&base, class, rest) });
        theme.other = object_of(reader, at + 1);
    }
}

/// "forced", "trapped", "stuck": not how somebody feels.
fn is_done_to(word: &str) -> bool {
    let feels = matches!(word, "scared" | "tired" | "bored" | "excited" | "worried" | "terrified" | "frightened");
    !feels
        && (word.ends_with("ed") && word.len() > 4
            || matches!(
                word,
                "stuck" | "lost" | "sent" | "born" | "mistaken" | "chosen" | "taken" | "given" | "stolen"
            ))
}

/// The first known being after the verb, and only if no clause comes between.
pub(super) fn object_of(reader: &Reader, from: usize) -> Option<Being> {
    let mut at = from;
    while at < reader.tokens.len() {
        let word = reader.lower(at);
        if matches!(word.as_str(), "," | "but" | "because" | "when" | "while" | "until") {
            return None;
        }
        if let Some((words, end)) = reader.phrase(at).filter(|_| !is_break(&word)) {
            let owner = words.iter().any(|word| super::hero::owns(word));
            if !owner && let Some(being) = Being::read(&words, "", reader.seed).filter(|b| b.noun.is_some()) {
                return Some(being);
            }
            at = end;
        } else {
            at += 1;
        }
    }
    None
}
