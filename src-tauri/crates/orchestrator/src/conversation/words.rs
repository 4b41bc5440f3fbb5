//! The words that do something in a conversation, by what they do; see `data/words.txt`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static LISTS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("data/words.txt").lines().filter(|line| !line.starts_with('#'));
    let lists = lines.filter_map(|line| line.split_once(": "));
    lists.map(|(class, words)| (class, words.split(", ").collect())).collect()
});

/// The words of a class.
pub(super) fn list(class: &str) -> &'static [&'static str] {
    debug_assert!(LISTS.contains_key(class), "there is no list of words {class:?}");
    LISTS.get(class).map_or(&[], Vec::as_slice)
}

/// True when a text says a word of a class.
pub(super) fn says(text: &str, class: &str) -> bool {
    has(text, &spaced(text), list(class))
}

/// True when a text begins with a word of a class.
pub(super) fn begins(text: &str, class: &str) -> bool {
    let (small, spaced) = (text.trim_start().to_lowercase(), spaced(text));
    list(class).iter().any(|word| {
        if word.chars().next().is_some_and(|c| c > '\u{2e80}') {
            small.starts_with(word)
        } else {
            spaced.starts_with(&format!(" {word} "))
        }
    })
}

/// True when a text has words, and none but those of a class.
pub(super) fn only(text: &str, class: &str) -> bool {
    if story::words(text).is_empty() {
        return false;
    }
    let list = list(class);
    let left =
        story::words(text).into_iter().filter(|word| !list.contains(&word.as_str())).collect::<Vec<_>>().join(" ");
    let unspaced = list.iter().filter(|word| word.chars().next().is_some_and(|c| c > '\u{2e80}'));
    let mut longest: Vec<_> = unspaced.collect();
    longest.sort_by_key(|word| std::cmp::Reverse(word.len()));
    longest.into_iter().fold(left, |left, word| left.replace(*word, "")).trim().is_empty()
}

/// The words of a text, lower case, with a space around each.
pub(super) fn spaced(text: &str) -> String {
    format!(" {} ", story::words(text).join(" "))
}

/// True when one of the words or phrases is in a text; in scripts without spaces, anywhere.
pub(super) fn has(text: &str, spaced: &str, list: &[&str]) -> bool {
    list.iter().any(|word| {
        if word.chars().next().is_some_and(|c| c > '\u{2e80}') {
            text.contains(word)
        } else {
            spaced.contains(&format!(" {word} "))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_list_and_words_are_found_in_every_script() {
        let lines = include_str!("data/words.txt").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(LISTS.len(), lines, "a line is no list, or a class stands twice");
        assert!(only("Mach einen neuen", "vague") && only("新しい動画を作って", "vague") && only("新", "vague"));
        assert!(!only("🐋🌊", "vague") && !only("a new whale", "vague") && !only("一只怕黑的刺猬", "vague"));
        assert!(says("Make it OLDER.", "older") && says("年纪大一点", "older") && !says("a folder", "older"));
    }
}
