//! The shape of the picture, as people say it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

struct Shape {
    ratio: &'static str,
    pattern: Regex,
}

static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(16|9|1|4|5|21|3|2[.,]35|2[.,]39|2)\s*(?:[:：x×/比]|\bby\b|\bto\b|\bpor\b|\bzu\b|\bsur\b|対|对)\s*(16|9|1|5|4|3)\b(?:\s*(?:format|ratio|aspect(?: ratio)?|video))?").ok()
});

/// Words for a shape. A bare "portrait", "landscape" or "square" counts where it stands alone between commas or beside
/// a word for the picture: as subjects they are something else.
static WORDS: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    let kind = r"(?:format|mode|orientation|video|film|clip|crop|aspect(?: ratio)?|ratio|version|size|frame|canvas|layout|ad|reel|short|post|cut|movie|spot|animation)";
    let bare = |word: &str| {
        format!(
            r"\b{word}[ -]{kind}\b|\bin {word}\b(?: format| mode)?|(?:^|[,.;:(]\s*)(?:in |as |and |make it )?{word}(?:\s*(?:[,.;:)]|$|please\b|for (?:instagram|insta|tiktok|the feed|my feed|ig|facebook|linkedin|phones?|mobile|reels|youtube)))"
        )
    };
    let table = [
        (
            "21:9",
            r"\bultra[- ]?wide(?:screen| panorama)?\b|\bcinema ?scope\b|\bscope format\b|\bcinémascope\b|\bcinemascop\w*\b|\banamorphic wide\w*|超宽屏|超宽|宽银幕|シネスコ|シネマスコープ".to_owned(),
        ),
        (
            "9:16",
            format!(
                r"\bvert(?:ical|cal|icle|cial)(?:ly|e|es)?\b|\btall (?:video|format)\b|\b(?:1080|720) ?[x×] ?(?:1920|1280)\b(?:[ -](?:format|video|vídeo|film|clip))?|\bupright (?:format|video)\b|\bformato vertical\b|\bformat (?:vertical|portrait)\b|\bhochformat\w*|\bhochkant\w*|\bvertikal\w*|\bphone[- ](?:shaped|format|sized)\b|竖屏|竖版|竖向|竖着|竖的|直屏|縦型|縦長|縦動画|縦向き|縦画面|縦で|縦の|{}",
                bare("portrait")
            ),
        ),
        (
            "1:1",
            format!(
                r"\bcuadrad[oa]s?\b|\bformato cuadrado\b|\b(?:format )?carrée?s?\b|\bquadratisch\w*|\bim quadrat\b|方形|正方形|方图|スクエア|{}",
                bare("square")
            ),
        ),
        (
            "16:9",
            format!(
                r"\b(?:1920|1280|3840) ?[x×] ?(?:1080|720|2160)\b|\bwide ?-?screen\b(?: format)?|\bhorizontal(?:ly|e|es)?\b(?:[ -](?:format|video|vídeo|film|clip))?|\bapaisad[oa]s?\b|\b(?:formato )?panorámic[oa]s?\b|\bformat (?:paysage|panoramique)\b|\ben paysage\b|\bquerformat\w*|\bbreitbild\w*|\bim breitformat\b|\bwide format\b|横屏|横版|横向|宽屏|横型|横長|横向き|横画面|横動画|ワイド画面|ワイドスクリーン|{}",
                bare("landscape")
            ),
        ),
    ];
    table
        .into_iter()
        .filter_map(|(ratio, pattern)| Some(Shape { ratio, pattern: Regex::new(&format!("(?im){pattern}")).ok()? }))
        .collect()
});

static NOT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:farm|garden|forest|wall|cliff|drop|take-?off|climb|landing|integration|panorama|line|stripes?|bar|lift|limit)").ok()
});

/// The aspect ratio that a message names, and where it does.
pub(super) fn aspects(text: &str) -> (Option<&'static str>, Vec<Range<usize>>) {
    let mut found: Vec<(Range<usize>, &'static str)> = Vec::new();
    if let Some(re) = NUMBERS.as_ref() {
        for captures in re.captures_iter(text) {
            let ratio = match (captures[1].replace(',', ".").as_str(), &captures[2]) {
                ("16", "9") => "16:9",
                ("9", "16") => "9:16",
                ("1", "1") => "1:1",
                ("4", "5") => "4:5",
                ("4", "3") => "4:3",
                ("3", "4") => "3:4",
                ("21", "9") | ("2.35" | "2.39", "1") => "21:9",
                _ => continue,
            };
            found.extend(captures.get(0).map(|m| (m.range(), ratio)));
        }
    }
    for shape in WORDS.iter() {
        for word in shape.pattern.find_iter(text) {
            let other = NOT.as_ref().is_some_and(|re| re.is_match(&text[word.end()..]));
            let taken = found.iter().any(|(r, _)| r.start < word.end() && word.start() < r.end);
            if !other && !taken {
                found.push((word.range(), shape.ratio));
            }
        }
    }
    // Numbers are plainer than words; the last one said counts.
    let numbers = found.iter().rfind(|(r, _)| text[r.clone()].contains(|c: char| c.is_ascii_digit()));
    let ratio = numbers.or_else(|| found.iter().max_by_key(|(r, _)| r.start)).map(|(_, ratio)| *ratio);
    (ratio, found.into_iter().map(|(range, _)| range).collect())
}

/// The aspect ratio that a message names.
pub(crate) fn aspect(text: &str) -> Option<&'static str> {
    aspects(text).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_read() {
        let check = |text: &str, want| assert_eq!(aspect(text), want, "{text}");
        check("a fox, 16:9, two mins", Some("16:9"));
        check("vertical please", Some("9:16"));
        check("a portrait video of my cat", Some("9:16"));
        check("for our page: portrait, 28 seconds", Some("9:16"));
        check("square format for instagram", Some("1:1"));
        check("9 by 16", Some("9:16"));
        check("in 21:9", Some("21:9"));
        check("cuadrado, 20 segundos", Some("1:1"));
        check("im Hochformat", Some("9:16"));
        check("format carré", Some("1:1"));
        check("竖屏短视频", Some("9:16"));
        check("横長で", Some("16:9"));
        check("a landscape with trees", None);
        check("a portrait of my grandmother", None);
        check("pigeons on the town square", None);
        check("a vertical farm", None);
        check("at 9:30 in the morning", None);
    }
}
