//! The things that a text names and that can be drawn: what is told of must be seen.
//!
//! Knows which words are things by asking the art library. Beings are the cast, and not found here.

use super::being::{gathers, is_lead};
use super::lexicon;
use crate::art::{self, Exactness, Ground};

/// Words that nearly always mean something else than the thing of that name.
const OTHERWISE: &[&str] = &[
    "well",
    "top",
    "goal",
    "goals",
    "target",
    "match",
    "range",
    "spring",
    "iron",
    "fan",
    "ray",
    "bolt",
    "nail",
    "screw",
    "drill",
    "card",
    "cards",
    "dish",
    "wall",
    "film",
    "camera",
    "picture",
    "frame",
    "light",
    "lights",
    "photo",
    "image",
    "paper",
    "style",
    "chalk",
    "glass",
    "ink",
    "note",
    "notes",
    "button",
    "post",
    "ad",
    "promo",
    "cut",
    "stage",
    "news",
    "pixel",
    "neon",
    "watercolor",
    "kind",
    "water",
    "party",
    "gold",
    "crystal",
    "portal",
    "wave",
    "waves",
    "branch",
    "camper",
    "campers",
];

/// At most so many things of one text.
const MOST: usize = 3;

/// The things that a text names, in the order it names them, as the words that find their pictures.
pub(super) fn named_in(text: &str) -> Vec<String> {
    let words = story::words(text);
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() && found.len() < MOST {
        let said = &words[at];
        if gathers(said) && words.get(at + 1).is_some_and(|next| next == "of") {
            at += 2;
            continue;
        }
        let pair = words.get(at + 1).map(|next| format!("{said} {next}")).filter(|p| is_pair(p));
        let step = if pair.is_some() { 2 } else { 1 };
        let opened =
            at.checked_sub(1).is_some_and(|before| is_lead(&words[before]) || art::colour_of(&words[before]).is_some());
        let single = || (is_thing(said) && (opened || lexicon::verb(said).is_none())).then(|| said.clone());
        if let Some(thing) = pair.or_else(single).filter(|t| !found.contains(t)) {
            found.push(thing);
        }
        at += step;
    }
    found
}

/// True for two words that have a picture together which neither of them means.
pub(super) fn is_pair(pair: &str) -> bool {
    let Some((first, last)) = pair.split_once(' ') else { return false };
    if is_lead(first) || art::colour_of(first).is_some() {
        return false;
    }
    let picture = |words: &str| surely(words).map(|f| f.picture);
    picture(pair).is_some_and(|both| picture(last).is_none_or(|one| one != both)) && lexicon::noun(last).is_none()
}

fn is_thing(word: &str) -> bool {
    !OTHERWISE.contains(&word)
        && lexicon::noun(word).is_none()
        && art::colour_of(word).is_none()
        && surely(word).is_some_and(|f| f.ground != Ground::Hangs)
}

fn surely(words: &str) -> Option<art::Found> {
    art::find(words).filter(|f| matches!(f.exactness, Exactness::Exact | Exactness::Alias))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_found_and_nothing_else() {
        let check = |text: &str, wanted: &[&str]| assert_eq!(named_in(text), wanted, "{text}");
        check("a blue teapot", &["teapot"]);
        check("how do bees make honey", &["honey"]);
        check("how to make pancakes", &["pancakes"]);
        check("a detective looks for a stolen violin in the rainy city", &["violin"]);
        check("the grandfather clock in the hall", &["grandfather clock"]);
        check("a journey of an axolotl and a seahorse to a sunken pirate ship", &["pirate ship"]);
        check("she feels well and watches the sea", &[]);
        check("", &[]);
    }
}
