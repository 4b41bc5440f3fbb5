//! Reads who an English theme is about: the hero, what they do, with whom, and what they are.
//!
//! Fills what of a theme it finds and leaves the rest as it is; where and when are read elsewhere.

use story::{PlaceKind, TimeOfDay};

use super::being::{Being, Lead, head_noun, is_lead};
use super::clauses::clause;
use super::deed::Deed;
use super::doing::{Doing, object_of};
use super::grammar;
use super::lexicon;
use super::opening::Opening;
use super::reader::{Reader, is_verb_at};
use super::said_place::PlaceSaid;
use super::sequel::{following, told};
use super::setting::places_in;
use super::theme::Theme;
use super::vocabulary::inner;

/// Reads the hero and what they do.
pub(super) fn read_hero(reader: &Reader, theme: &mut Theme) {
    if read_own_deed(reader, theme) {
        return;
    }
    let Some((words, at)) = reader.phrase(0) else { return };
    let owner_at = words.iter().position(|word| owns(word));
    // "grandpa's old truck won't start": what is owned does something itself.
    let owned_acts = owner_at.is_some() && acts_at(reader, at);
    if let Some(owner_at) = owner_at.filter(|at| !owned_acts && head_noun(&words[at + 1..]).is_none()) {
        return read_owner(reader, &words[..=owner_at], theme);
    }
    let mut opening = Opening::new(reader, words, at);
    if let Some((named, is, end)) = named_next(reader, &opening) {
        theme.hero = Some(named);
        theme.is = is;
        if matches!(reader.lower(end).as_str(), "who" | "that") {
            opening = Opening::new(reader, opening.words, end);
            opening.pass(reader, theme);
            Doing::at(reader, &opening, theme.before.is_some()).read(reader, &opening, theme);
        }
        return;
    }
    if read_several(reader, theme, &opening) {
        return;
    }
    opening.pass(reader, theme);
    if opening.undergoes(reader) && reader.lower(opening.at + 1) == "by" {
        theme.hero = Being::read(&opening.words, &opening.after, reader.seed);
        theme.state = clause(&reader.tokens[opening.at..]);
        return;
    }
    let doing = Doing::at(reader, &opening, theme.before.is_some());
    // A clause of its own tells of somebody, whatever it may be: "a village where nobody can sleep".
    let tells =
        doing.is_deed && (theme.event.is_some() || theme.before.as_ref().is_some_and(|before| !before.of.is_empty()));
    if !is_somebody(reader, &opening, &doing, owned_acts, tells) {
        return;
    }
    theme.hero = Being::read(&opening.words, &opening.after, reader.seed);
    if !opening.known && acts_in_sky(reader, &opening.words, opening.at) {
        set_in_sky(theme, &in_small_letters(opening.words.last()));
    }
    if reader.lower(opening.at) == "and" && read_pair(reader, theme, opening.at) {
        return;
    }
    read_gender(&reader.tokens[at..], theme);
    let at = opening.at;
    doing.read(reader, &opening, theme);
    // "a keeper whose lamp goes out, so she burns the chairs": what follows a clause when there is no deed.
    if theme.deed.is_none() && theme.before.is_some() && theme.following.sequels.is_empty() {
        theme.following = following(reader, at, opening.many);
    }
}

/// "my grandmother's garden": the owner is seen, the garden is the subject; "the baker's apprentice" is somebody else.
fn read_owner(reader: &Reader, words: &[String], theme: &mut Theme) {
    let mut owner = words.to_vec();
    if let Some(last) = owner.last_mut() {
        *last = last.trim_end_matches("'s").to_owned();
    }
    // Somebody's place is shown as theirs; somebody's year or cake is what it is.
    let is_place = !places_in(&reader.tokens.join(" ")).is_empty();
    if let Some(being) = Being::read(&owner, "", reader.seed).filter(|being| being.is_somebody() && is_place) {
        theme.hero = Some(being);
        theme.owned = true;
    }
}

/// "Amara, a young doctor": the name of who is told of next.
fn named_next(reader: &Reader, opening: &Opening) -> Option<(Being, String, usize)> {
    if opening.words.len() > 3 {
        return None;
    }
    let name = opening.words.join(" ");
    let named = !opening.known && begins_with_name(&opening.words);
    let led = {
        let next = reader.lower(opening.at + 1);
        matches!(next.as_str(), "a" | "an" | "the" | "my" | "our") || lexicon::noun(&next).is_some()
    };
    if !named || !led || reader.lower(opening.at) != "," {
        return None;
    }
    let (told, end) = reader.phrase(opening.at + 1)?;
    let being = Being::read(&told, "", reader.seed)
        .filter(|being| being.noun.is_some() || being.nature == story::Nature::Human)?;
    let hangs = matches!(reader.lower(end).as_str(), "who" | "that");
    let stop = if hangs {
        end
    } else {
        (end..reader.tokens.len()).find(|at| reader.lower(*at) == ",").unwrap_or(reader.tokens.len())
    };
    let is = reader.tokens[opening.at + 1..stop].join(" ");
    Some((Being { lead: Lead::A, ..being }.named(&name), is, end))
}

/// True for words that stand for somebody, and not for a place or a subject.
fn is_somebody(reader: &Reader, opening: &Opening, doing: &Doing, owned_acts: bool, tells: bool) -> bool {
    let Opening { words, at, known, relative, .. } = opening;
    let large = |word: &String| super::tokens::is_large(word);
    let told_of = tells && (is_lead(&words[0].to_lowercase()) || words.iter().any(large));
    // "the last typewriter repairman in Kolkata": a person by the form of the word, and no place.
    let human = is_lead(&words[0].to_lowercase())
        && Being::read(words, "", reader.seed).is_some_and(|being| being.nature == story::Nature::Human)
        && places_in(words.last().map_or("", String::as_str)).is_empty();
    if *known || told_of || human {
        return true;
    }
    let name = begins_with_name(words);
    let with_friend =
        name && matches!(reader.lower(*at).as_str(), "and" | "with") && object_of(reader, at + 1).is_some();
    let led = is_lead(&words[0].to_lowercase()) || owned_acts;
    let acts = doing.is_deed && !doing.copula && (name || led);
    let is = *relative && doing.copula && led;
    // "a lighthouse that is afraid of ships": what stands somewhere is no place itself.
    let place = || places_in(&words.join(" ")).iter().any(|found| found.prop.is_none());
    (with_friend || acts || is) && (owned_acts || acts_in_sky(reader, words, *at) || !place())
}

/// "a detective who has lost her memory" is a woman, unless it is not her own.
fn read_gender(said: &[String], theme: &mut Theme) {
    let open = |hero: &&mut Being| !hero.plural && hero.name.is_empty() && hero.noun.is_none_or(|n| n.gender.is_none());
    if let Some(hero) = theme.hero.as_mut().filter(open) {
        let said = said.iter().find_map(|word| match word.to_lowercase().as_str() {
            "her" | "she" | "herself" => Some(story::Gender::Female),
            "his" | "he" | "himself" => Some(story::Gender::Male),
            "its" | "itself" => Some(story::Gender::Neutral),
            _ => None,
        });
        hero.gender = said.unwrap_or(hero.gender);
        // "a chess prodigy … her father": nobody says "her" of a thing.
        if hero.noun.is_none() && matches!(said, Some(story::Gender::Female | story::Gender::Male)) {
            hero.nature = story::Nature::Human;
        }
    }
}

/// True where a verb stands.
fn acts_at(reader: &Reader, at: usize) -> bool {
    at < reader.tokens.len() && (is_verb_at(&reader.tokens, at, 0) || grammar::is_modal(&reader.lower(at)))
}

/// "we drive to the sea", "I met a bear".
fn read_own_deed(reader: &Reader, theme: &mut Theme) -> bool {
    let many = reader.lower(0) == "we";
    let Some(verb) = lexicon::verb(&reader.lower(1)).filter(|_| many || reader.lower(0) == "i") else { return false };
    theme.hero = Some(Being::telling(many));
    theme.travels |= verb.class == lexicon::VerbClass::Seek;
    read_deed_of(verb, reader, 2, theme);
    true
}

/// What several do, of a verb whose words begin at `from`.
fn read_deed_of(verb: &lexicon::Verb, reader: &Reader, from: usize, theme: &mut Theme) {
    let (rest, following) = told(reader, from, true);
    theme.following = following;
    theme.deed = Some(Deed::new(verb.base, verb.class, rest));
    theme.other = object_of(reader, from);
}

/// The moon, the sun, the stars and the clouds are persons where they do something.
fn acts_in_sky(reader: &Reader, words: &[String], at: usize) -> bool {
    let name = in_small_letters(words.last());
    words.len() <= 3
        && acts_at(reader, at)
        && (is_of_night(&name) || matches!(name.as_str(), "sun" | "cloud" | "clouds"))
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

/// "Rosa Parks": a name and nothing that is done.
pub(super) fn named_alone(reader: &Reader) -> Option<Being> {
    let (words, _) = reader.phrase(0).filter(|(words, _)| begins_with_name(words) && words.len() <= 3)?;
    Being::read(&words, "", reader.seed)
}

/// "three facts about octopuses": who the facts are about.
pub(super) fn told_about(reader: &Reader) -> Option<Being> {
    let at = (0..reader.tokens.len()).find(|at| reader.lower(*at) == "about")?;
    let (words, _) = reader.phrase(at + 1)?;
    Being::read(&words, "", reader.seed).filter(|being| being.noun.is_some())
}

/// "An old clockmaker, his apprentice Tomas and a talking magpie repair the clock": three or more who act together.
fn read_several(reader: &Reader, theme: &mut Theme, opening: &Opening) -> bool {
    let being = |words: &[String]| Being::read(words, "", reader.seed).filter(Being::is_somebody);
    let mut all: Vec<Being> = being(&opening.words).into_iter().collect();
    let (mut at, mut last) = (opening.at, false);
    while !last && matches!(reader.lower(at).as_str(), "," | "and") && !all.is_empty() {
        last = reader.lower(at) == "and" || reader.lower(at + 1) == "and";
        at += 1 + usize::from(reader.lower(at) == "," && reader.lower(at + 1) == "and");
        let Some((words, end)) = reader.phrase(at) else { return false };
        let Some(next) = being(&words) else { return false };
        all.push(next);
        at = end;
    }
    let behind = at;
    at += usize::from(matches!(reader.lower(at).as_str(), "who" | "that"));
    let form = reader.lower(at);
    if all.len() < 3 || !last || !(grammar::is_modal(&form) || grammar::agrees(&form, true)) {
        return false;
    }
    let said = reader.tokens[..behind].join(" ").replace(" ,", ",");
    theme.hero = Some(Being { long: inner(&said), ..Being::all(&all) });
    let (rest, following) = told(reader, at + 1, true);
    theme.following = following;
    let verb = lexicon::verb(&form).filter(|_| !grammar::is_modal(&form));
    theme.deed = Some(Deed::new(&form, verb.map_or(lexicon::VerbClass::Other, |verb| verb.class), rest));
    theme.other = object_of(reader, at + 1);
    true
}

/// "Anna and her dog look for the end of the rainbow": two who act together.
fn read_pair(reader: &Reader, theme: &mut Theme, at: usize) -> bool {
    let Some((mut words, mut end)) = reader.phrase(at + 1) else { return false };
    // "her worst rival share the oven": a verb that may be a noun too ends the phrase of a second one.
    let plain = |i: &usize| grammar::agrees(&reader.lower(*i), true) && lexicon::noun(&reader.lower(*i)).is_none();
    if let Some(verb_at) = (at + 3..end).find(plain) {
        words.truncate(verb_at - at - 1);
        end = verb_at;
    }
    let relative = usize::from(matches!(reader.lower(end).as_str(), "who" | "that"));
    let form = reader.lower(end + relative);
    let Some(verb) = lexicon::verb(&form) else { return false };
    // A kite can act with somebody; an idea cannot.
    // "her worst rival" is somebody, whatever else is known of it.
    let drawn = |being: &Being| {
        being.is_somebody() || being.lead == Lead::Own || crate::art::find(&being.short.to_lowercase()).is_some()
    };
    let Some(friend) = Being::read(&words, "", reader.seed).filter(drawn) else { return false };
    theme.hero = theme.hero.as_ref().map(|hero| hero.together(&friend));
    read_deed_of(verb, reader, end + relative + 1, theme);
    true
}

/// "grandmother's".
pub(super) fn owns(word: &str) -> bool {
    word.ends_with("'s")
}

/// True for words that begin with a name.
pub(super) fn begins_with_name(words: &[String]) -> bool {
    super::tokens::is_large(&words[0]) && !is_lead(&words[0].to_lowercase())
}
