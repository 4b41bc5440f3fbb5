//! Text from people and models: its language, its words, and making it safe to show.

use serde::{Deserialize, Serialize};

/// A language that films are made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// German.
    De,
    /// Japanese.
    Ja,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 6] = [Self::En, Self::Zh, Self::Es, Self::Fr, Self::De, Self::Ja];

    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
            Self::Es => "es",
            Self::Fr => "fr",
            Self::De => "de",
            Self::Ja => "ja",
        }
    }

    /// The language of a two-letter code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(code))
    }

    /// True where words are not parted by spaces.
    pub fn is_unspaced(self) -> bool {
        matches!(self, Self::Zh | Self::Ja)
    }
}

/// Text from outside as it may be shown and stored: control characters and invisible direction marks dropped, runs of
/// white space made one space, ends trimmed, at most `limit` characters.
pub fn clean_text(text: &str, limit: usize) -> String {
    let mut clean = String::new();
    let mut count = 0;
    for c in text.chars() {
        if count == limit {
            break;
        }
        let space = c.is_whitespace();
        let hidden = c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if space {
            if !clean.is_empty() && !clean.ends_with(' ') {
                clean.push(' ');
                count += 1;
            }
        } else if !hidden {
            clean.push(c);
            count += 1;
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// The words of a text: lower case, without punctuation, in order. Apostrophes and hyphens inside a word stay.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’' || c == '-'))
        .map(|w| w.trim_matches(['\'', '’', '-']).to_lowercase())
        .filter(|w| !w.is_empty())
        .collect()
}

/// The text with its first letter made large.
pub fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_text_keeps_what_people_wrote_and_drops_what_hides() {
        let check = |text: &str, want: &str| assert_eq!(clean_text(text, 40), want, "{text:?}");
        check("  a \n\t whale ", "a whale");
        check("a\u{202e}b\u{0}c\u{200f}", "abc");
        check("שלום 🐋", "שלום 🐋");
        check("<script>alert(1)</script>", "<script>alert(1)</script>");
        assert_eq!(clean_text("абвгд", 3), "абв");
    }

    #[test]
    fn words_are_lower_case_and_bare() {
        assert_eq!(words("The keeper's well-worn Lamp!"), ["the", "keeper's", "well-worn", "lamp"]);
    }
}
