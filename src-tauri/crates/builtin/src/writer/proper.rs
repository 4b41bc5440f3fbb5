//! Names as they are written: of people, places, peoples and days, where somebody typed all of a theme small.
//!
//! A text with a large letter inside is left as it is: who types large letters types those that are meant.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Names by their small letters.
static NAMES: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    for line in include_str!("data/en/proper.txt").lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(" = ") {
            Some((small, written)) => {
                names.insert(small, written.to_owned());
            }
            None => names.extend(line.split(' ').map(|name| (name, story::sentence_case(name)))),
        }
    }
    names
});

/// The longest name, in words.
const LONGEST: usize = 3;

/// The text with its names written large, if it has no large letter of its own.
pub(super) fn written(text: &str) -> String {
    if text.chars().skip(1).any(char::is_uppercase) {
        return text.to_owned();
    }
    let words: Vec<&str> = text.split(' ').collect();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = (1..=LONGEST.min(words.len() - at)).rev().find_map(|take| {
            let said = words[at..at + take].join(" ");
            let bare = said.trim_end_matches([',', '.', ':', ';', '!', '?']).trim_end_matches("'s");
            let name = NAMES.get(bare).cloned().or_else(|| named(bare))?;
            Some((take, format!("{name}{}", &said[bare.len()..])))
        });
        let (take, word) = found.unwrap_or_else(|| (1, words[at].to_owned()));
        out.push(word);
        at += take;
    }
    out.join(" ")
}

/// A given name. Those that are plain words as well are left alone.
fn named(word: &str) -> Option<String> {
    const PLAIN: &str = "rose ruby ivy grace lily iris jack max mia may alice tara wei ming bill bob frank mark luke harry hazel willow daisy \
                         celeste luz pilar mai linh lea ana ali sun art";
    (super::names::gender(word).is_some() && !PLAIN.split_whitespace().any(|plain| plain == word))
        .then(|| story::sentence_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_typed_small_are_written_large() {
        let check = |text: &str, wanted: &str| assert_eq!(written(text), wanted, "{text:?}");
        check("a road trip from chicago to santa monica", "a road trip from Chicago to Santa Monica");
        check("my trip to japan with sam, on friday", "my trip to Japan with Sam, on Friday");
        check("tokyo's rain", "Tokyo's rain");
        check("a rose for grace", "a rose for grace");
        check("Empty pool in october", "Empty pool in October");
        check("A night in paris with Anna", "A night in paris with Anna");
    }
}
