//! From a noun to a picture.
//!
//! Owns the order in which meanings are tried and what is never shown: a place, an idea, a person, or an animal that is
//! not the one that was named. Does not open pictures.

use std::collections::HashMap;
use std::sync::OnceLock;

use story::Facing;

use crate::art::pack::decode;
use crate::art::words::{List, candidates, listed, singulars, table};
use crate::art::{PictureId, own, person};

/// How sure a find is, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exactness {
    /// The picture has this very name, in one of the languages.
    Exact,
    /// The hand-made table of words says so.
    Alias,
    /// The head noun of the phrase was found ("old brass lamp" → lamp).
    Head,
    /// Only a keyword of the picture says so.
    Keyword,
}

/// How a thing is in the world when nobody holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Ground {
    /// On the ground.
    #[default]
    Stands,
    /// On the water, partly in it.
    Floats,
    /// Under the water.
    Swims,
    /// In the air.
    Flies,
    /// From above, on a thread or in the sky.
    Hangs,
}

/// A picture for a noun.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Which picture.
    pub picture: PictureId,
    /// How sure that is.
    pub exactness: Exactness,
    /// Where such a thing is.
    pub ground: Ground,
    /// Which way the drawing looks: mirror it to turn it. `None` when it has no side.
    pub facing: Option<Facing>,
    /// True when it gives light (a lamp, a candle, a fire).
    pub shines: bool,
}

/// The words of one picture.
struct Noun {
    picture: &'static str,
    group: &'static str,
}

struct Nouns {
    all: Vec<Noun>,
    /// A name in any language → the picture.
    by_name: HashMap<&'static str, usize>,
    /// The last word of an English name → the pictures.
    by_end: HashMap<&'static str, Vec<usize>>,
    /// A keyword → the pictures.
    by_keyword: HashMap<&'static str, Vec<usize>>,
}

fn nouns() -> &'static Nouns {
    static TEXT: OnceLock<String> = OnceLock::new();
    static OWN: OnceLock<Vec<(String, String)>> = OnceLock::new();
    static NOUNS: OnceLock<Nouns> = OnceLock::new();
    NOUNS.get_or_init(|| {
        let text = TEXT.get_or_init(|| decode(include_bytes!("../../art/nouns.zst")));
        let mut nouns =
            Nouns { all: Vec::new(), by_name: HashMap::new(), by_end: HashMap::new(), by_keyword: HashMap::new() };
        let own = OWN.get_or_init(|| {
            own::drawings().map(|(name, _)| (format!("{}{name}", own::PREFIX), name.replace('-', " "))).collect()
        });
        for (picture, name) in own {
            nouns.by_name.insert(name, nouns.all.len());
            nouns.all.push(Noun { picture, group: "Own" });
        }
        for line in text.lines() {
            let mut fields = line.split('\t');
            let (Some(picture), Some(group), Some(names), Some(keys)) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let at = nouns.all.len();
            nouns.all.push(Noun { picture, group });
            let (english, other) = names.split_once('|').unwrap_or((names, ""));
            for name in english.split(';').chain(other.split(';')).filter(|n| !n.is_empty()) {
                nouns.by_name.entry(name).or_insert(at);
            }
            let mut ends: Vec<&str> = english.split(';').filter_map(|n| n.rsplit_once(' ')).map(|n| n.1).collect();
            ends.sort_unstable();
            ends.dedup();
            for end in ends {
                nouns.by_end.entry(end).or_default().push(at);
            }
            let mut keys: Vec<&str> = keys.split(['|', ';']).filter(|k| !k.is_empty()).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                nouns.by_keyword.entry(key).or_default().push(at);
            }
        }
        nouns
    })
}

pub(super) fn aliases() -> &'static HashMap<&'static str, &'static str> {
    static ALIASES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    ALIASES.get_or_init(|| table(include_str!("../../art/aliases.txt")))
}

/// The group of a picture, such as `Food & Drink`.
pub(super) fn group_of(id: &PictureId) -> &'static str {
    nouns().all.iter().find(|n| n.picture == id.as_str()).map_or("", |n| n.group)
}

/// The bundled picture of this name; of one that comes in skin tones, the lightest.
pub(super) fn named(name: &str) -> Option<PictureId> {
    PictureId::named(name).or_else(|| PictureId::named(&format!("{name}-light")))
}

/// What one word or phrase means by itself.
enum Meaning {
    Picture(PictureId, Exactness),
    Never,
    Unknown,
}

fn meaning(phrase: &str) -> Meaning {
    let forms = singulars(phrase);
    for form in &forms {
        let form = form.as_str();
        match aliases().get(form) {
            Some(&"!") => return Meaning::Never,
            Some(picture) if !listed(List::Places, form) => {
                if let Some(id) = named(picture) {
                    return Meaning::Picture(id, Exactness::Alias);
                }
            }
            _ => {}
        }
        if listed(List::Places, form) || listed(List::Abstract, form) || person::names_person(form) {
            return Meaning::Never;
        }
        if let Some(noun) = nouns().by_name.get(form).map(|&i| &nouns().all[i])
            && let Some(id) = named(noun.picture)
        {
            return Meaning::Picture(id, Exactness::Exact);
        }
    }
    if forms.iter().any(|f| listed(List::Animals, f)) { Meaning::Never } else { Meaning::Unknown }
}

/// More pictures than this under one keyword: the word is about something else.
const SHARED_BY: usize = 2;

fn by_keyword(phrase: &str) -> Option<PictureId> {
    let usable = |i: &&usize| !nouns().all[**i].group.starts_with("People");
    for form in singulars(phrase) {
        for (table, limit) in [(&nouns().by_end, 1), (&nouns().by_keyword, SHARED_BY)] {
            let Some(hits) = table.get(form.as_str()) else { continue };
            let hits: Vec<&usize> = hits.iter().filter(usable).collect();
            // Of two, the one with the plainer name.
            let best = hits.iter().min_by_key(|i| (nouns().all[***i].picture.len(), ***i));
            if let Some(&&best) = best
                && hits.len() <= limit
            {
                return named(nouns().all[best].picture);
            }
        }
    }
    None
}

/// The picture for a noun or a short noun phrase, in English, Spanish, French, German, Chinese or Japanese.
///
/// `None` for places and weather (they choose a backdrop), for abstract words, for persons (see [`person`](crate::art::person())),
/// for an animal of which there is no true picture, and for a compound of which only the last word is known: a "water bottle"
/// is another thing than a bottle, more often than not.
pub fn find(noun: &str) -> Option<Found> {
    if let Some((unit, of)) = measured(noun) {
        return find(&of).or_else(|| if listed(List::Holders, &unit) { find(&unit) } else { None });
    }
    let candidates = candidates(noun);
    for (at, candidate) in candidates.iter().enumerate() {
        match meaning(candidate) {
            Meaning::Never => return None,
            Meaning::Picture(id, exactness) if at == 0 => return Some(found(id, exactness)),
            Meaning::Picture(id, _) if group_of(&id) == "Animals & Nature" && is_made(noun) => return None,
            Meaning::Picture(id, _) => {
                return is_same_thing(noun, &candidates[0], candidate).then(|| found(id, Exactness::Head));
            }
            Meaning::Unknown => {}
        }
    }
    let known = candidates.iter().find_map(|c| by_keyword(c).map(|id| (c, id)));
    known.filter(|(c, _)| is_same_thing(noun, &candidates[0], c)).map(|(_, id)| found(id, Exactness::Keyword))
}

/// What a phrase says before its end: "old brass" before "lamp".
fn before<'a>(phrase: &'a str, end: &str) -> std::str::SplitWhitespace<'a> {
    phrase.find(end).map_or("", |at| &phrase[..at]).split_whitespace()
}

/// True for a word that says what something is like.
fn describes(word: &str) -> bool {
    listed(List::Describing, word) || crate::art::colour_of(word).is_some()
}

/// True when what a phrase says before its end leaves the thing what it is: "old brass lamp" before "lamp". What hangs on it
/// behind ("map of the island") and whose it is ("the king's crown") do too.
fn is_same_thing(said: &str, phrase: &str, end: &str) -> bool {
    let kept = singulars(end).iter().any(|form| listed(List::Heads, form.rsplit(' ').next().unwrap_or(form)));
    let said = said.to_lowercase().replace('’', "'");
    let owns = |word: &str| person::names_person(word) && said.contains(&format!("{word}'s "));
    kept || before(phrase, end).all(|word| describes(word) || owns(word))
}

/// True for what is made in the likeness of something alive: "toy soldier", "stone lion".
pub(super) fn is_made(noun: &str) -> bool {
    noun.to_lowercase().split_whitespace().rev().skip(1).any(|word| listed(List::Made, word))
}

/// How much there is of what: "slice" and "bread" of "a slice of bread". `None` when the words say nothing of the kind, or are
/// known as a whole.
fn measured(noun: &str) -> Option<(String, String)> {
    let whole = candidates(noun).swap_remove(0);
    let (measure, rest) = whole.split_once(" of ")?;
    let measure = measure.rsplit(' ').next().unwrap_or(measure);
    let is_unit = |form: &String| listed(List::Portions, form) || listed(List::Holders, form);
    let unit = singulars(measure).into_iter().find(is_unit)?;
    matches!(meaning(&whole), Meaning::Unknown).then(|| (unit, rest.to_owned()))
}

/// True when a noun or a short noun phrase names a place or weather: a backdrop, never a thing. A compound does only where
/// what stands before is a place itself or says what it is like: a "forest path" and a "quiet bar", not a "granola bar" nor a
/// "magnetic field".
pub fn names_place(noun: &str) -> bool {
    let candidates = candidates(noun);
    let place = |form: &String| listed(List::Places, form);
    let phrase = candidates[0].as_str();
    candidates.iter().any(|end| {
        singulars(end).iter().any(place)
            && before(phrase, end).all(|word| listed(List::Places, word) || describes(word))
    })
}

fn found(picture: PictureId, exactness: Exactness) -> Found {
    static TRAITS: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let traits = TRAITS.get_or_init(|| table(include_str!("../../art/traits.txt")));
    let group = group_of(&picture);
    let words = traits.get(picture.as_str()).copied().unwrap_or(if group == "Animals & Nature" { "left" } else { "" });
    let (mut ground, mut facing, mut shines) = (Ground::Stands, None, false);
    for word in words.split_whitespace() {
        match word {
            "floats" => ground = Ground::Floats,
            "swims" => ground = Ground::Swims,
            "flies" => ground = Ground::Flies,
            "hangs" => ground = Ground::Hangs,
            "left" => facing = Some(Facing::Left),
            "right" => facing = Some(Facing::Right),
            "shines" => shines = true,
            _ => {}
        }
    }
    Found { picture, exactness, ground, facing, shines }
}
