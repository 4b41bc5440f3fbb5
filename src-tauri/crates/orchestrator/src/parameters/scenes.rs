//! Scenes told as a list, and how many there shall be.

use std::sync::LazyLock;

use regex::Regex;

use super::numbers::with_digits;

static COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(\d{1,3})[ -]*(?:short |quick |different )?(?:scenes?|parts?|chapters?|acts?|episodes?|escenas|scènes|szenen|kapitel)\b|(\d{1,3})\s*(?:个)?(?:场景|场戏|シーン|幕)").ok()
});
static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[\n.;:,]\s*)(?:(?:scene|part|chapter|step|act)\s*\d+\s*[:.)-]?|\d{1,2}\s*[.):]\s|[-•*]\s|(?:first|then|next|after that|finally|lastly)\b,?)").ok()
});

/// How many scenes a message asks for.
pub(super) fn count(text: &str) -> Option<u32> {
    let text = with_digits(text);
    let found = COUNT.as_ref()?.captures(&text)?;
    found.get(1).or_else(|| found.get(2))?.as_str().parse().ok().filter(|n| (1..=200).contains(n))
}

/// The scenes that a message lists in order; empty when it lists none.
pub(super) fn listed(text: &str) -> Vec<String> {
    let Some(re) = MARK.as_ref() else { return Vec::new() };
    let marks: Vec<_> = re.find_iter(text).collect();
    if marks.len() < 2 {
        return Vec::new();
    }
    let ends = marks.iter().skip(1).map(regex::Match::start).chain([text.len()]);
    marks
        .iter()
        .zip(ends)
        .map(|(mark, end)| {
            text[mark.end()..end].trim_matches(|c: char| c.is_whitespace() || ",.;:".contains(c)).to_owned()
        })
        .filter(|scene| scene.split_whitespace().count() >= 2)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_scenes_and_numbers_are_counts() {
        assert_eq!(
            listed("A film: first a seed falls, then rain comes, finally a tree stands"),
            ["a seed falls", "rain comes", "a tree stands"]
        );
        assert_eq!(listed("Scene 1: a dark room. Scene 2: the lamp is lit."), ["a dark room", "the lamp is lit"]);
        assert!(listed("a fox and a hen, then nothing").is_empty());
        assert_eq!(count("the history of the bicycle in five scenes"), Some(5));
        assert_eq!(count("a scene on a hill"), None);
    }
}
