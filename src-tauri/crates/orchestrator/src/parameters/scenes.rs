//! Scenes told as a list, and how many there shall be.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::numbers::{self, NUMBER, Plain};
use super::reading::{Reading, Role};

const PART: &str = r"(?:scenes?|parts?|chapters?|acts?|episodes?|segments?|steps?|sections?|shots?|vignettes?|beats?|tableaux|nights|blocks?|songs|bloques?|blocs?|blöcken?|escenas?|partes?|capítulos?|episodios?|actos?|tomas?|pasos|scènes?|parties|chapitres?|épisodes?|actes?|tableaux|plans|étapes|szenen|teilen?|kapiteln?|folgen?|akten?|episoden|einstellungen|schritten?)";
const PART_HAN: &str = r"(?:个?(?:场景|镜头|片段|部分|章节|环节|步骤|画面)|场戏|集|幕|章|段|シーン|場面|カット|パート|章|話|部構成|つの場面|つのシーン|つのパート)";

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
static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[\n.;:,。；：，]\s*|\s)(?:(?:scene|part|chapter|step|act|shot|episode|escena|parte|scène|partie|szene|teil|kapitel)\s*\d+\s*[:.)-]?|第[一二三四五六七八九十\d]+(?:幕|集|章|个场景|场景|场|部分|步)[:：，、]?|シーン\s*\d+\s*[:：]?|[①②③④⑤⑥⑦⑧])\s*|(?:^|[\n.;:,。；：]\s*|\s)\d{1,2}\s*[.)]\s+|(?:^|\n)\s*[-•*]\s+").ok()
});
static ORDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[\n.;:,—-]\s*|\band\s+)(?:first(?:ly)?|then|next|after that|afterwards|finally|lastly|at the end|primero|luego|después|por último|finalmente|d'abord|puis|ensuite|enfin|zuerst|dann|danach|zum schluss|schließlich)\b,?\s*|(?:首先|先是|然后|接着|之后|最后|まず|次に|それから|最後に)[，、]?").ok()
});
static ARROW: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\s*(?:→|->|=>|⇒|➜)\s*").ok());
static ANNOUNCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)(?:\b{PART}|{PART_HAN}|\bseasons|\bstages|\bplaces|\blocations|\bfollowing|\bfeatures|\bmoments|\brooms|\bstops|\bsteps|\bestaciones|\bsaisons|\bjahreszeiten|walkthrough|\bshows?(?: the)?)\b?[^:：.\n]*[:：]\s*")).ok()
});

/// How many scenes a message asks for.
pub(super) fn count(plain: &Plain) -> Option<Count> {
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

fn tidy(scene: &str) -> String {
    let scene = scene.trim_matches(|c: char| c.is_whitespace() || ",.;:，。；：、-–—".contains(c));
    let scene = scene.strip_suffix(" and").unwrap_or(scene);
    ["and ", "then ", "und ", "y ", "et ", "finally "]
        .iter()
        .fold(scene, |s, w| s.strip_prefix(w).unwrap_or(s))
        .to_owned()
}

/// The pieces after each mark; what follows a full stop after the last one is not its own.
fn after_marks(text: &str, re: &Regex, fewest: usize) -> Vec<String> {
    let marks: Vec<_> = re.find_iter(text).collect();
    if marks.len() < fewest {
        return Vec::new();
    }
    let ends = marks.iter().skip(1).map(regex::Match::start).chain([text.len()]);
    let list = marks.iter().zip(ends).map(|(mark, end)| {
        let piece = &text[mark.end()..end];
        let stop = piece.find(['.', '\n', '。']).filter(|at| *at > 2).unwrap_or(piece.len());
        tidy(&piece[..stop])
    });
    list.filter(|scene| !scene.is_empty()).collect()
}

/// The scenes that a message lists in order; empty when it lists none.
pub(super) fn listed(reading: &Reading<'_>) -> Vec<String> {
    let text = reading.text;
    for (re, fewest) in [(&*MARK, 2), (&*ARROW, 2), (&*ORDER, 2)] {
        let Some(re) = re else { continue };
        let list = after_marks(text, re, fewest);
        if list.len() < 2 {
            continue;
        }
        if re.as_str() == ARROW.as_ref().map_or("", Regex::as_str) {
            let first =
                re.find(text).map_or("", |m| text[..m.start()].rsplit([':', '.', ',', '：']).next().unwrap_or(""));
            return std::iter::once(tidy(first)).chain(list).filter(|s| !s.is_empty()).collect();
        }
        return list;
    }
    after_announcement(reading)
}

/// "three scenes: dawn, the market, dusk".
fn after_announcement(reading: &Reading<'_>) -> Vec<String> {
    let Some(found) = ANNOUNCED.as_ref().and_then(|re| re.find(reading.text)) else { return Vec::new() };
    let parts: Vec<_> = reading.parts.iter().skip_while(|p| p.clause.range.start < found.end()).collect();
    let Some(sentence) = parts.first().map(|p| p.clause.sentence) else { return Vec::new() };
    let mut list: Vec<String> = Vec::new();
    for part in parts.iter().take_while(|p| p.clause.sentence == sentence) {
        if part.role == Role::How && part.unknown == 0 && list.len() >= 2 {
            break;
        }
        list.extend(split_and(part.clause.text).into_iter().map(tidy).filter(|s| !s.is_empty()));
    }
    let whole = reading.count.as_ref().is_none_or(|c| c.number as usize == list.len());
    if list.len() >= 3 || (list.len() >= 2 && reading.count.is_some() && whole) { list } else { Vec::new() }
}

/// "scan and share" as two, where both sides are short.
fn split_and(text: &str) -> Vec<&str> {
    for and in [" and ", " y ", " et ", " und ", "和", "と"] {
        if let Some((a, b)) = text.split_once(and)
            && a.split(' ').count() <= 3
            && b.split(' ').count() <= 3
            && a.chars().count() <= 24
        {
            return vec![a, b];
        }
    }
    vec![text]
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::Language;

    #[test]
    fn lists_are_scenes_and_numbers_are_counts() {
        let check = |text: &str, want: &[&str]| {
            assert_eq!(listed(&Reading::of(text, Language::En)), want, "{text}");
        };
        check(
            "A film: first a seed falls, then rain comes, finally a tree stands",
            &["a seed falls", "rain comes", "a tree stands"],
        );
        check("Scene 1: a dark room. Scene 2: the lamp is lit.", &["a dark room", "the lamp is lit"]);
        check("three scenes: dawn at sea, the market, dusk", &["dawn at sea", "the market", "dusk"]);
        check("a fox and a hen, then nothing", &[]);
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
