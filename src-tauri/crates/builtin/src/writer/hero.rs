//! Reads who an English theme is about: the hero, what they do, with whom, and what they are.
//!
//! Fills what of a theme it finds and leaves the rest as it is; where and when are read elsewhere.

use story::{PlaceKind, TimeOfDay};

use super::being::{Being, head_noun, is_lead};
use super::clauses::{after_of, clause, deed_until, goes_on, told, verb_behind_clause, without_deeds};
use super::deed::Deed;
use super::grammar;
use super::lexicon::{self, VerbClass};
use super::reader::{Reader, is_noun, is_verb_at};
use super::said_place::{PlaceSaid, place_said};
use super::setting::places_in;
use super::theme::Theme;
use super::tokens::{is_break, is_preposition};

/// Reads the hero and what they do.
pub(super) fn read_hero(reader: &Reader, theme: &mut Theme) {
    if matches!(reader.lower(0).as_str(), "we" | "i") && lexicon::verb(&reader.lower(1)).is_some() {
        return read_own_deed(reader, theme);
    }
    let Some((words, mut at)) = reader.phrase(0) else { return };
    let said_from = at;
    // "my grandmother's garden": the owner is seen, the garden is the subject; "the baker's apprentice" is somebody else.
    let owner_at = words.iter().position(|word| owns(word));
    let thing_acts =
        at < reader.tokens.len() && (grammar::is_modal(&reader.lower(at)) || is_verb_at(&reader.tokens, at, 0));
    if let Some(owner_at) = owner_at.filter(|at| !thing_acts && head_noun(&words[at + 1..]).is_none()) {
        let mut owner: Vec<String> = words[..=owner_at].to_vec();
        if let Some(last) = owner.last_mut() {
            *last = last.trim_end_matches("'s").trim_end_matches("’s").to_owned();
        }
        if let Some(being) = Being::read(&owner, "", reader.seed).filter(Being::is_somebody) {
            theme.hero = Some(being);
            theme.owned = true;
        }
        return;
    }
    let called = words.iter().rev().take_while(|word| word.chars().next().is_some_and(char::is_uppercase)).count();
    let known = head_noun(&words).is_some() || head_noun(&words[..words.len() - called]).is_some();
    // "Amara, a young doctor": the name of who is told of next.
    let named = !known && words.len() == 1 && words[0].chars().next().is_some_and(char::is_uppercase);
    if named && reader.lower(at) == "," && matches!(reader.lower(at + 1).as_str(), "a" | "an" | "the" | "my" | "our") {
        let told = reader.phrase(at + 1).filter(|(words, _)| head_noun(words).is_some());
        if let Some(being) = told.and_then(|(words, _)| Being::read(&words, "", reader.seed)) {
            theme.hero = Some(being.named(&words[0]));
            return;
        }
    }
    // What follows the noun before the verb ("with a red hat", "of the north").
    let mut after = String::new();
    while matches!(reader.lower(at).as_str(), "with" | "of" | "from" | "named" | "called") {
        let start = at;
        let Some((_, end)) = reader.phrase(at + 1) else { break };
        if !after.is_empty() {
            after.push(' ');
        }
        after.push_str(&reader.tokens[start..end].join(" "));
        at = end;
    }
    // "a gardener on Mars grows a flower": where somebody is stands before what is done there.
    if matches!(reader.lower(at).as_str(), "in" | "on" | "at" | "near" | "under" | "by" | "behind" | "inside")
        && let Some((_, end)) = reader.phrase(at + 1)
        && end < reader.tokens.len()
        && (is_verb_at(&reader.tokens, end, 0) || matches!(reader.lower(end).as_str(), "who" | "that" | "which"))
    {
        at = end;
    }
    // "three astronauts on Mars lose contact": the same of a verb that may be a noun by its form.
    let many = Being::read(&words, &after, reader.seed).is_some_and(|being| being.plural);
    let mut acts = false;
    if known && is_preposition(&reader.lower(at)) {
        let verb_at = (at + 2..at + 5).find(|i| goes_on(&reader.lower(*i), many) && !is_noun(&reader.lower(*i)));
        if let Some(verb_at) = verb_at {
            theme.place = place_said(&reader.tokens[..verb_at]);
            (at, acts) = (verb_at, true);
        }
    }
    // "my uncle Joe, a fisherman who never learned to swim": what somebody is besides.
    if known
        && reader.lower(at) == ","
        && let Some((_, end)) = reader.phrase(at + 1).filter(|(said, _)| head_noun(said).is_some())
        && reader.lower(end) == "who"
    {
        at = end;
    }
    if matches!(reader.lower(at).as_str(), "," | "and")
        && matches!(reader.lower(at + 1).as_str(), "who" | "that" | "which")
    {
        at += 1;
    }
    let relative = matches!(reader.lower(at).as_str(), "who" | "that" | "which");
    if relative {
        at += 1;
    }
    // "an astronaut stranded on the moon makes friends": how somebody is, before what is done.
    let done = reader.lower(at);
    if known && !relative && done.ends_with("ed") && is_preposition(&reader.lower(at + 1)) {
        let behind = reader.phrase(at + 2).map_or(at, |(_, end)| end);
        if behind < reader.tokens.len() && is_verb_at(&reader.tokens, behind, 0) {
            at = behind;
        } else if reader.lower(at + 1) == "by" {
            theme.hero = Being::read(&words, &after, reader.seed);
            theme.state = clause(&reader.tokens[at..]);
            return;
        }
    }
    // "a penguin who hates the cold moves to the desert": the clause tells who it is, the verb behind it what is done; "an
    // umbrella left behind on a train wants to go home" has no "who is".
    let left = !relative && is_participle(&done);
    if (relative || left)
        && let Some(verb_at) = verb_behind_clause(reader, at, many)
    {
        theme.before = Some(if left {
            Deed::new(if many { "are" } else { "is" }, VerbClass::Other, reader.tokens[at..verb_at].join(" "))
        } else {
            deed_until(reader, at, verb_at)
        });
        at = verb_at;
    }
    let relative = relative && theme.before.is_none();
    let mut adverb = String::new();
    if relative && matches!(reader.lower(at).as_str(), "never" | "always" | "only" | "secretly") {
        adverb = reader.lower(at);
        at += 1;
    }
    let word = reader.lower(at);
    let next = reader.lower(at + 1);
    let modal = grammar::is_modal(&word) && !next.is_empty() && !is_lead(&next) && !is_break(&next);
    let verb_base = if modal { Some(word.clone()) } else { grammar::base_of(&word) };
    let is_deed = at < reader.tokens.len()
        && (modal
            || theme.before.is_some()
            || acts
            || is_verb_at(&reader.tokens, at, 0)
            || relative && (verb_base.is_some() || word == "is" || word == "are"));
    let copula = matches!(word.as_str(), "is" | "are" | "was" | "were");
    let name = !known && begins_with_name(&words);
    let with_friend =
        name && matches!(reader.lower(at).as_str(), "and" | "with") && object_of(reader, at + 1).is_some();
    let led = is_lead(&words[0].to_lowercase()) || owner_at.is_some();
    if !(known || with_friend || (is_deed && !copula && (name || led)) || relative && copula && led) {
        return;
    }
    // "a lighthouse that is afraid of ships": what stands somewhere is no place itself.
    let in_sky = !known && acts_in_sky(reader, &words, at);
    let owned_acts = owner_at.is_some() && thing_acts;
    let somebody = known || in_sky || owned_acts;
    let place_name = !somebody && places_in(&words.join(" ")).iter().any(|found| !relative || found.prop.is_none());
    if place_name {
        return;
    }
    theme.hero = Being::read(&words, &after, reader.seed);
    if in_sky {
        set_in_sky(theme, &in_small_letters(words.last()));
    }
    if reader.lower(at) == "and" && read_pair(reader, theme, at) {
        return;
    }
    // "a detective who has lost her memory" is a woman, unless it is not her own.
    if let Some(hero) =
        theme.hero.as_mut().filter(|h| !h.plural && h.name.is_empty() && h.noun.is_none_or(|n| n.gender.is_none()))
    {
        let said =
            reader.tokens[said_from.min(reader.tokens.len())..].iter().find_map(|t| match t.to_lowercase().as_str() {
                "her" | "she" | "herself" => Some(story::Gender::Female),
                "his" | "he" | "himself" => Some(story::Gender::Male),
                "its" | "itself" => Some(story::Gender::Neutral),
                _ => None,
            });
        hero.gender = said.unwrap_or(hero.gender);
    }
    let undergoes = copula && !relative && is_done_to(&reader.lower(at + 1));
    let ours = theme.hero.as_ref().is_some_and(|hero| !hero.name.is_empty())
        && matches!(words[0].to_lowercase().as_str(), "my" | "our");
    if relative && copula && ours {
        let rest = clause(&reader.tokens[at + 1..]);
        theme.deed = Some(Deed { done: Some(word.clone()), ..Deed::new(&word, VerbClass::Other, rest) });
    } else if undergoes {
        let (rest, sequel) = told(reader, at + 1, many);
        theme.sequel = sequel;
        theme.deed = Some(Deed::new(if many { "are" } else { "is" }, VerbClass::Other, rest));
    } else if copula && (relative || known) {
        theme.state = without_deeds(clause(&reader.tokens[at + 1..]));
        if theme.state.contains("afraid of") || theme.state.contains("scared of") {
            theme.deed = Some(Deed::new("fear", VerbClass::Fear, after_of(&theme.state)));
        }
    } else if is_deed && let Some(mut base) = verb_base {
        let past = lexicon::verb(&word).is_some_and(|verb| word != verb.base && word == grammar::past(verb.base));
        let mut done = past.then(|| word.clone());
        // "has lost her memory": the second verb tells what happened.
        if base == "have"
            && let Some(second) = lexicon::verb(&reader.lower(at + 1)).filter(|v| v.base != reader.lower(at + 1))
        {
            second.base.clone_into(&mut base);
            done = Some(format!("{word} {}", reader.lower(at + 1)));
            at += 1;
        }
        let class = lexicon::verb(&base).map_or(VerbClass::Other, |v| v.class);
        let plural = theme.hero.as_ref().is_some_and(|hero| hero.plural);
        let (rest, sequel) = told(reader, at + 1, plural);
        theme.sequel = sequel;
        if matches!(base.as_str(), "fear" | "hate") || rest.starts_with("afraid") {
            theme.state = format!("afraid of {rest}");
        }
        theme.deed = Some(Deed { adverb, done, ..Deed::new(&base, class, rest) });
        theme.other = object_of(reader, at + 1);
    } else if reader.lower(at) == "and" {
        theme.other =
            reader.phrase(at + 1).and_then(|(w, _)| Being::read(&w, "", reader.seed)).filter(|b| b.noun.is_some());
    }
    if theme.other.is_none() && theme.deed.is_none() {
        theme.other = (at..reader.tokens.len()).find_map(|i| {
            let opens = matches!(reader.lower(i).as_str(), "and" | "with" | "meets" | "for");
            opens.then(|| object_of(reader, i + 1)).flatten()
        });
    }
    // "an old lighthouse keeper in love": nothing more to read.
}

/// "we drive to the sea", "I met a bear".
fn read_own_deed(reader: &Reader, theme: &mut Theme) {
    let Some(verb) = lexicon::verb(&reader.lower(1)) else { return };
    let (rest, sequel) = told(reader, 2, true);
    theme.hero = Some(Being::telling(reader.lower(0) == "we"));
    theme.sequel = sequel;
    theme.deed = Some(Deed::new(verb.base, verb.class, rest));
    theme.other = object_of(reader, 2);
}

/// "forced", "trapped", "stuck": not how somebody feels.
fn is_done_to(word: &str) -> bool {
    let feels = matches!(word, "scared" | "tired" | "bored" | "excited" | "worried" | "terrified" | "frightened");
    !feels && (word.ends_with("ed") && word.len() > 4 || matches!(word, "stuck" | "lost" | "sent" | "born"))
}

/// "left behind", "stranded": what was done to somebody. A past that is the same as its participle.
fn is_participle(word: &str) -> bool {
    lexicon::verb(word).is_some_and(|verb| word != verb.base && word == grammar::past(verb.base))
}

/// The moon, the sun, the stars and the clouds are persons where they do something.
fn acts_in_sky(reader: &Reader, words: &[String], at: usize) -> bool {
    let acts = at < reader.tokens.len() && (is_verb_at(&reader.tokens, at, 0) || grammar::is_modal(&reader.lower(at)));
    let name = in_small_letters(words.last());
    words.len() <= 3 && acts && (is_of_night(&name) || matches!(name.as_str(), "sun" | "cloud" | "clouds"))
}

/// Who acts in the sky is seen there, and at night if it belongs to the night, unless the theme says otherwise.
fn set_in_sky(theme: &mut Theme, name: &str) {
    let elsewhere = theme.place.as_ref().is_some_and(|place| !place.words.to_lowercase().contains(name));
    if !elsewhere {
        let (preposition, words) = ("in".to_owned(), "the sky".to_owned());
        theme.place = Some(PlaceSaid { preposition, words, kind: PlaceKind::Sky });
    }
    if is_of_night(name) {
        theme.time = theme.time.or(Some(TimeOfDay::Night));
    }
}

fn is_of_night(name: &str) -> bool {
    matches!(name, "moon" | "star" | "stars" | "comet")
}

fn in_small_letters(word: Option<&String>) -> String {
    word.map(|word| word.to_lowercase()).unwrap_or_default()
}

/// "three facts about octopuses": who the facts are about.
pub(super) fn told_about(reader: &Reader) -> Option<Being> {
    let at = (0..reader.tokens.len()).find(|at| reader.lower(*at) == "about")?;
    let (words, _) = reader.phrase(at + 1)?;
    Being::read(&words, "", reader.seed).filter(|being| being.noun.is_some())
}

// "Anna and her dog look for the end of the rainbow": two who act together.
fn read_pair(reader: &Reader, theme: &mut Theme, at: usize) -> bool {
    let Some((words, end)) = reader.phrase(at + 1) else { return false };
    let relative = usize::from(matches!(reader.lower(end).as_str(), "who" | "that"));
    let Some(verb) = lexicon::verb(&reader.lower(end + relative)) else { return false };
    // A kite can act with somebody; an idea cannot.
    let drawn = |being: &Being| being.is_somebody() || crate::art::find(&being.short.to_lowercase()).is_some();
    let Some(friend) = Being::read(&words, "", reader.seed).filter(drawn) else { return false };
    let from = end + relative + 1;
    let (rest, sequel) = told(reader, from, true);
    theme.sequel = sequel;
    theme.hero = theme.hero.as_ref().map(|hero| hero.together(&friend));
    theme.deed = Some(Deed::new(verb.base, verb.class, rest));
    theme.other = object_of(reader, from);
    true
}

// The first known being after the verb, and only if no clause comes between.
fn object_of(reader: &Reader, from: usize) -> Option<Being> {
    let mut at = from;
    while at < reader.tokens.len() {
        let word = reader.lower(at);
        if matches!(word.as_str(), "," | "but" | "because" | "when" | "while" | "until") {
            return None;
        }
        if let Some((words, end)) = reader.phrase(at).filter(|_| !is_break(&word)) {
            let owner = words.iter().any(|word| owns(word));
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

/// "grandmother's".
fn owns(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s")
}

/// True for words that begin with a name.
pub(super) fn begins_with_name(words: &[String]) -> bool {
    words[0].chars().next().is_some_and(char::is_uppercase) && !is_lead(&words[0].to_lowercase())
}
