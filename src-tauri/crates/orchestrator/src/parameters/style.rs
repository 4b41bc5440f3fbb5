//! The look and the feeling, in the person's words, and what they mean for the built-in studio.

use std::sync::LazyLock;

use regex::Regex;
use story::{Mood, Style, words};

/// Words that name a look, with the style they are drawn in. Longer ones first where one holds another.
const STYLES: &[(&str, Style)] = &[
    ("studio ghibli", Style::Anime),
    ("ghibli", Style::Anime),
    ("anime", Style::Anime),
    ("manga", Style::Anime),
    ("cel-shaded", Style::Anime),
    ("cel shaded", Style::Anime),
    ("watercolour", Style::Watercolor),
    ("watercolor", Style::Watercolor),
    ("acuarela", Style::Watercolor),
    ("aquarelle", Style::Watercolor),
    ("aquarell", Style::Watercolor),
    ("水彩", Style::Watercolor),
    ("gouache", Style::Watercolor),
    ("hand-painted", Style::Watercolor),
    ("oil painting", Style::Watercolor),
    ("painterly", Style::Watercolor),
    ("impressionist", Style::Watercolor),
    ("film noir", Style::Noir),
    ("noir", Style::Noir),
    ("black and white", Style::Noir),
    ("black-and-white", Style::Noir),
    ("monochrome", Style::Noir),
    ("blanco y negro", Style::Noir),
    ("noir et blanc", Style::Noir),
    ("schwarz-weiß", Style::Noir),
    ("黑白", Style::Noir),
    ("pixel art", Style::Pixel),
    ("pixel-art", Style::Pixel),
    ("8-bit", Style::Pixel),
    ("8 bit", Style::Pixel),
    ("16-bit", Style::Pixel),
    ("pixelated", Style::Pixel),
    ("像素", Style::Pixel),
    ("paper cut-out", Style::PaperCut),
    ("paper cutout", Style::PaperCut),
    ("paper-cut", Style::PaperCut),
    ("papercut", Style::PaperCut),
    ("paper cut", Style::PaperCut),
    ("origami", Style::PaperCut),
    ("collage", Style::PaperCut),
    ("剪纸", Style::PaperCut),
    ("claymation", Style::PaperCut),
    ("stop-motion", Style::PaperCut),
    ("stop motion", Style::PaperCut),
    ("chalkboard", Style::Chalk),
    ("chalk", Style::Chalk),
    ("blackboard", Style::Chalk),
    ("charcoal", Style::Chalk),
    ("sepia", Style::Sepia),
    ("silent film", Style::Sepia),
    ("old photograph", Style::Sepia),
    ("vintage", Style::Sepia),
    ("retro", Style::Sepia),
    ("1920s style", Style::Sepia),
    ("cyberpunk", Style::Neon),
    ("neon", Style::Neon),
    ("synthwave", Style::Neon),
    ("vaporwave", Style::Neon),
    ("赛博朋克", Style::Neon),
    ("blueprint", Style::Blueprint),
    ("technical drawing", Style::Blueprint),
    ("woodcut", Style::Ink),
    ("linocut", Style::Ink),
    ("ink wash", Style::Ink),
    ("ink drawing", Style::Ink),
    ("pen and ink", Style::Ink),
    ("ink", Style::Ink),
    ("line art", Style::Ink),
    ("pencil", Style::Ink),
    ("sketch", Style::Ink),
    ("hand-drawn", Style::Ink),
    ("hand drawn", Style::Ink),
    ("comic book", Style::Ink),
    ("comic", Style::Ink),
    ("水墨", Style::Ink),
    ("graphic novel", Style::Noir),
    ("storybook", Style::Storybook),
    ("picture book", Style::Storybook),
    ("children's book", Style::Storybook),
    ("pastel", Style::Storybook),
    ("fairy-tale style", Style::Storybook),
    ("pixar", Style::Storybook),
    ("disney", Style::Storybook),
    ("绘本", Style::Storybook),
    ("flat design", Style::Flat),
    ("flat", Style::Flat),
    ("vector", Style::Flat),
    ("cartoon", Style::Flat),
    ("minimalist", Style::Flat),
    ("motion graphics", Style::Flat),
    ("卡通", Style::Flat),
    ("animación", Style::Flat),
    ("animated", Style::Flat),
    ("animation", Style::Flat),
    ("cinematic", Style::Flat),
    ("realistic", Style::Flat),
    ("photorealistic", Style::Flat),
    ("documentary", Style::Flat),
];

static STYLE_PHRASE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\bin (?:the )?(?:style|manner) of (?:an? |the )?([^,.;]+)|\b([\w' -]{3,40}?)[ -]style\b").ok()
});

fn found_in(text: &str) -> Vec<(&'static str, Style)> {
    let lower = text.to_lowercase();
    let whole = |word: &str| {
        lower.match_indices(word).any(|(at, _)| {
            let before = lower[..at].chars().next_back();
            let after = lower[at + word.len()..].chars().next();
            let free = |c: Option<char>| word.is_ascii().then_some(c).flatten().is_none_or(|c| !c.is_alphanumeric());
            free(before) && free(after)
        })
    };
    let mut found: Vec<_> = STYLES.iter().copied().filter(|(word, _)| whole(word)).collect();
    let all = found.clone();
    found.retain(|(word, _)| !all.iter().any(|(other, _)| other.len() > word.len() && other.contains(word)));
    found
}

/// The look that a message names, in its own words.
pub(super) fn style(text: &str) -> Option<String> {
    if let Some(phrase) = STYLE_PHRASE.as_ref().and_then(|re| re.captures(text)) {
        if let Some(manner) = phrase.get(1) {
            return Some(manner.as_str().trim().to_owned());
        }
        if let Some(before) = phrase.get(2) {
            // "make a fox film in woodcut style": the look is what stands right before "style".
            let tail = before.as_str().rsplit([',', '.']).next().unwrap_or_default();
            let tail = tail.rsplit(" in ").next().unwrap_or(tail).trim();
            let known = found_in(tail);
            if let Some((word, _)) = known.first() {
                return Some((*word).to_owned());
            }
            if !tail.is_empty() && tail.split(' ').count() <= 4 {
                return Some(tail.trim_start_matches("a ").trim_start_matches("the ").to_owned());
            }
        }
    }
    let found = found_in(text);
    (!found.is_empty()).then(|| found.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", "))
}

/// The style of the built-in studio that words mean.
pub(crate) fn style_of(text: &str) -> Option<Style> {
    let slug = text.trim().to_lowercase().replace([' ', '-'], "_");
    Style::ALL.into_iter().find(|s| s.as_str() == slug).or_else(|| found_in(text).first().map(|(_, style)| *style))
}

/// True for words that name a look.
pub(super) fn is_style(text: &str) -> bool {
    !found_in(text).is_empty()
}

/// The feeling that a message names: the clauses that say nothing else.
pub(super) fn mood(clauses: &[String], text: &str) -> Option<String> {
    let own: Vec<String> = clauses
        .iter()
        .filter(|c| Mood::from_words(c).is_some() && words(c).len() <= 5 && !is_style(c))
        .map(|c| c.to_lowercase())
        .collect();
    if !own.is_empty() {
        return Some(own.join(", "));
    }
    // "a funny film about…": the adjective before the kind of work.
    static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b([\p{L}]+)(?:,? (?:and )?([\p{L}]+))? (?:[\w-]+ )?(?:film|video|movie|clip|short|story|tale|ad|trailer|mood|tone|feel)\b").ok()
    });
    let found = BEFORE.as_ref()?.captures(text)?;
    let named: Vec<&str> = [found.get(1), found.get(2)]
        .into_iter()
        .flatten()
        .map(|m| m.as_str())
        .filter(|w| Mood::from_words(w).is_some())
        .collect();
    (!named.is_empty()).then(|| named.join(", ").to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_read_in_the_persons_words() {
        let check = |text: &str, want: Option<&str>| assert_eq!(style(text).as_deref(), want, "{text}");
        check("a 30-second watercolor film about a whale", Some("watercolor"));
        check("a person in a forest clearing, Studio Ghibli style, 16:9", Some("studio ghibli"));
        check("in the manner of a woodcut", Some("woodcut"));
        check("a man riding a cat in cartoon style", Some("cartoon"));
        check("about drinking tea", None);
        assert_eq!(style_of("Studio Ghibli"), Some(Style::Anime));
        assert_eq!(style_of("paper_cut"), Some(Style::PaperCut));
        assert_eq!(style_of("something else"), None);
    }
}
