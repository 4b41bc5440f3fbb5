//! The shape of the picture, as people say it.

use std::sync::LazyLock;

use regex::Regex;

static RATIO: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(16|9|1|4|21)\s*[:x/]\s*(9|16|1|5)\b").ok());

/// The aspect ratio that a message names.
pub(super) fn aspect(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    if let Some(found) =
        RATIO.as_ref().and_then(|re| re.captures_iter(&lower).last().map(|c| (c[1].to_owned(), c[2].to_owned())))
    {
        let ratio = match (found.0.as_str(), found.1.as_str()) {
            ("16", "9") => Some("16:9"),
            ("9", "16") => Some("9:16"),
            ("1", "1") => Some("1:1"),
            ("4", "5") => Some("4:5"),
            ("21", "9") => Some("21:9"),
            _ => None,
        };
        if ratio.is_some() {
            return ratio;
        }
    }
    let says = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    if says(&[
        "vertical",
        "portrait format",
        "portrait mode",
        "portrait orientation",
        "in portrait",
        "hochformat",
        "竖屏",
        "竖版",
        "縦型",
        "縦長",
        "upright",
    ]) {
        Some("9:16")
    } else if says(&[
        "square format",
        "square video",
        "square film",
        "in square",
        "a square",
        "cuadrado",
        "carré",
        "quadratisch",
        "方形",
        "正方形",
    ]) {
        Some("1:1")
    } else if says(&[
        "widescreen",
        "landscape format",
        "landscape mode",
        "landscape orientation",
        "in landscape",
        "horizontal",
        "querformat",
        "横屏",
        "横版",
        "横長",
        "paysage",
    ]) {
        Some("16:9")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_read() {
        let check = |text: &str, want| assert_eq!(aspect(text), want, "{text}");
        check("a fox, 16:9, two mins", Some("16:9"));
        check("vertical please", Some("9:16"));
        check("square format for instagram", Some("1:1"));
        check("a landscape with trees", None);
        check("at 9:30 in the morning", None);
    }
}
