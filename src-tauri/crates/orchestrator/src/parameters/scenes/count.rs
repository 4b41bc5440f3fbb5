//! How many scenes, parts or episodes a film shall have.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::parameters::numbers::{self, NUMBER, Plain};

pub(super) const PART: &str = r"(?:scenes?|parts?|chapters?|acts?|episodes?|segments?|steps?|sections?|shots?|vignettes?|beats?|tableaux|nights|blocks?|songs|bloques?|blocs?|blöcken?|escenas?|partes?|capítulos?|episodios?|actos?|tomas?|pasos|scènes?|parties|chapitres?|épisodes?|actes?|tableaux|plans|étapes|szenen|teilen?|kapiteln?|folgen?|akten?|episoden|einstellungen|schritten?)";
pub(super) const PART_HAN: &str = r"(?:个?(?:场景|镜头|片段|部分|章节|环节|步骤|画面)|场戏|集|幕|章|段|シーン|場面|カット|パート|章|話|部構成|つの場面|つのシーン|つのパート)";

/// A number of scenes, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) number: u32,
    pub(crate) range: Range<usize>,
}

static COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let n = NUMBER;
    Regex::new(&format!(
        r"(?i)({n})[\s-]*(?:short |quick |different |separate |brief |distinct |small |cortas |petites |kurze[nr]? )?{PART}\b|({n})\s*(?:つの)?{PART_HAN}|\b(trilogy|trilogía|trilogie)\b|({n})[- ]?teilige?[rsn]?\b"
    ))
    .ok()
});
/// How many scenes a message asks for.
pub(in crate::parameters) fn count(plain: &Plain) -> Option<Count> {
    let text = plain.text.as_str();
    let found = COUNT.as_ref()?.captures(text)?;
    let range = found.get(0)?.range();
    let number = match (found.get(1), found.get(2), found.get(3), found.get(4)) {
        (Some(n), ..) | (_, Some(n), ..) | (_, _, _, Some(n)) => numbers::value(n.as_str())?,
        _ => 3.0,
    };
    let word = text[range.clone()].to_lowercase();
    // "a scene on a hill" and "one shot" count nothing; "a three-act play" is counted where it stands.
    let article = number < 2.0;
    let single_shot = word.contains("shot") && number < 2.0;
    (!article && !single_shot && number.fract() == 0.0 && (2.0..=200.0).contains(&number))
        .then(|| Count { number: number as u32, range: plain.original(&range) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_scenes_are_counted() {
        let check = |text: &str, want: Option<u32>| {
            let plain = Plain::of(&crate::wording::Words::of(text));
            assert_eq!(count(&plain).map(|c| c.number), want, "{text}");
        };
        check("the history of the bicycle in five scenes", Some(5));
        check("a 3-part series", Some(3));
        check("tres escenas", Some(3));
        check("四个场景", Some(4));
        check("3つのシーン", Some(3));
        check("a scene on a hill", None);
        check("one continuous shot", None);
    }
}
