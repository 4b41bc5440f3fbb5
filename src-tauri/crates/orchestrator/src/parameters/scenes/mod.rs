//! Scenes told as a list: by numbers, by words of order, by arrows, or after a colon.

mod count;
mod lists;

use std::sync::LazyLock;

use regex::Regex;

pub(super) use count::{Count, count};

use super::reading::{Reading, Role};

static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[\n.;:,。；：，]\s*|\s)(?:\(\d\)|(?:scene|part|chapter|step|act|shot|episode|day|escena|parte|scène|partie|szene|teil|kapitel)\s*(?:\d+|one|two|three|four|five|six|uno|dos|tres|un|deux|trois|eins|zwei|drei)\b\s*[,:.)-]?|第[一二三四五六七八九十\d]+(?:幕|集|章|个场景|场景|场|部分|步)[:：，、]?|シーン\s*\d+\s*[:：]?|[①②③④⑤⑥⑦⑧])\s*|(?:^|[\n.;:,。；：]\s*|\s)\d{1,2}\s*[.)]\s+|(?:^|\n)\s*[-•*]\s+").ok()
});
static ORDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let opens = r"(?:it (?:should |must )?)?(?:starts?|opens?|opening|begins?) (?:on|with|in|at)|(?:and )?(?:moves?|cuts?|pans?|switch(?:es)?) to|(?:and )?(?:ends?|ending|finish(?:es)?|closes?|closing) (?:on|with|at|in)";
    let order = "first(?:ly)?|then|next|after that|afterwards|finally|lastly|at the end|primero|luego|después|por último|al final|finalmente|d'abord|puis|ensuite|enfin|à la fin|zuerst|dann|danach|am ende|zum schluss|schließlich";
    Regex::new(&format!(
        r"(?i)(?:^|[\n.;:,—-]\s*|\band\s+)(?:(?:and|y|et|und) )?(?:{opens}|{order})\b,?\s*|(?:首先|先是|然后|接着|之后|最后|まず|次に|それから|最後に)[，、]?"
    ))
    .ok()
});
static ARROW: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\s*(?:→|->|=>|⇒|➜)\s*").ok());
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
        let stop = piece.find(['.', ';', '\n', '。', '；']).filter(|at| *at > 2).unwrap_or(piece.len());
        tidy(&piece[..stop])
    });
    list.filter(|scene| !scene.is_empty()).collect()
}

/// "he looks in the garden, then in the wood, finally under his bed": what comes before "then" is the first scene.
fn before_order(reading: &Reading<'_>, re: &Regex) -> Option<String> {
    static BEGINS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)^\W*(?:and )?(?:then|next|after|luego|después|puis|ensuite|dann|danach|然后|接着|次に|それから)",
        )
        .ok()
    });
    let order = ORDER.as_ref().is_some_and(|o| o.as_str() == re.as_str());
    let first = re.find(reading.text).filter(|m| order && BEGINS.as_ref().is_some_and(|b| b.is_match(m.as_str())))?;
    let part = reading.parts.iter().rfind(|p| p.clause.range.start < first.start())?;
    let words = reading.words_in(&(part.clause.range.start..first.start().max(part.clause.range.start)));
    (part.role == Role::What && (2..=12).contains(&words.len()) && part.clause.end != Some('.'))
        .then(|| tidy(&reading.text[part.clause.range.start..first.start()]))
        .filter(|s| !s.is_empty())
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
        return before_order(reading, re).into_iter().chain(list).collect();
    }
    lists::listed(reading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::Language;

    #[test]
    fn lists_are_scenes() {
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
        check(
            "Ad for a cafe. Start on the street sign, then hands watering a fern, then latte art, end on the logo.",
            &["the street sign", "hands watering a fern", "latte art", "the logo"],
        );
        check("A tour of a loft - entrance, kitchen, roof terrace. Elegant.", &["entrance", "kitchen", "roof terrace"]);
        check("外婆教我包饺子：和面、擀皮、包馅、下锅。纪录片风格", &["和面", "擀皮", "包馅", "下锅"]);
        check("温泉旅館の紹介。朝の風呂、昼の庭、夜の宴会の3シーン。1分", &["朝の風呂", "昼の庭", "夜の宴会"]);
        check("Look: noir, gritty, handheld. Length: 20 seconds", &[]);
        check("spring, summer, autumn, winter in one garden", &["spring", "summer", "autumn", "winter"]);
    }
}
