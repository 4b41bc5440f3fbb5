//! Takes away the words that only ask for a film ("make me a short film about ...") and reads pictures as words.
//!
//! What is left is the theme itself; nothing is added to it.

use story::clean_text;

use super::lexicon;

const OPENINGS: &[&str] = &[
    "please",
    "can you",
    "could you",
    "i want",
    "i would like",
    "i'd like",
    "make me",
    "make",
    "create",
    "generate",
    "produce",
    "give me",
    "tell me",
    "a short animated film about",
    "a short film about",
    "a film about",
    "a short video about",
    "a video about",
    "an animated film about",
    "an animation about",
    "a movie about",
    "a story about",
    "the story of",
    "a story of",
    "a tale of",
    "a tale about",
    "a clip about",
    "a journey of",
    "the journey of",
    "an adventure of",
    "the adventures of",
    "a mood piece about",
    "a news film about",
    "a product film for",
    "a product film about",
    "a product video for",
    "film about",
    "video about",
    "story about",
    "movie about",
    "something about",
    "about",
    "a montage of",
    "montage of",
    "a portrait of",
    "portrait of",
    "a documentary about",
    "an explainer about",
    "an explainer on",
    "an ad for",
    "a commercial for",
    "a promo for",
    "a teaser for",
    "once upon a time there was",
    "once upon a time",
    "there is",
    "there was",
];

/// The theme without the words that only ask for a film.
pub(super) fn bare(text: &str) -> (String, Option<u32>) {
    let mut text = clean_text(&emoji_words(text), 6000);
    let mut again = true;
    while again {
        again = false;
        for opening in OPENINGS {
            let cut = text.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening));
            if cut && text[opening.len()..].starts_with([' ', ':', ',']) && text.len() > opening.len() + 1 {
                text = text[opening.len()..].trim_start_matches([' ', ':', ',']).to_owned();
                again = true;
            }
        }
    }
    let mut count = None;
    let words: Vec<&str> = text.split(' ').collect();
    if let [head @ .., a, n, s] = words.as_slice()
        && a.eq_ignore_ascii_case("in")
        && s.trim_end_matches('.').trim_end_matches('s').eq_ignore_ascii_case("scene")
        && !head.is_empty()
        && let Some(said) = super::being::number(&n.to_lowercase())
    {
        count = Some(said as u32);
        text = head.join(" ");
    }
    for closing in [", a how-to", ", a tutorial", ", an explainer"] {
        text.truncate(text.strip_suffix(closing).map_or(text.len(), str::len));
    }
    (text.trim_matches([' ', '"', '“', '”', ',', ';', ':']).trim_end_matches('.').to_owned(), count)
}

// Pictures that say a word are read as that word; others are dropped.
fn emoji_words(text: &str) -> String {
    let mut out = String::new();
    let mut said: Vec<&str> = Vec::new();
    for c in text.chars() {
        if let Some(word) = lexicon::emoji(c) {
            if !said.contains(&word) {
                said.push(word);
            }
        } else if !matches!(c as u32, 0x1f000..=0x1faff | 0x2600..=0x27bf | 0xfe00..=0xfe0f) {
            out.push(c);
        }
    }
    // Words already told in letters need no picture.
    if out.chars().any(char::is_alphanumeric) { out } else { said.join(" and ") }
}
