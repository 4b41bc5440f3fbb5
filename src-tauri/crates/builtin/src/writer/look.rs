//! The style determiner: how a film looks, from what was said or, when nothing was, from theme, mood and kind.
//!
//! What the person said always wins; it never asks what can be drawn.

use story::{Brief, Kind, Light, Look, Mood, Style, TimeOfDay, words};

use super::lexicon::{self, is_unspaced};
use super::setting::time_in;
use super::{kind, theme};

/// Determines the look of a brief.
pub fn determine_look(brief: &Brief) -> Look {
    let text = format!("{} {} {}", brief.theme, brief.message, brief.mood_words);
    let style = brief
        .style
        .as_ref()
        .filter(|s| s.is_said())
        .map(|s| s.value)
        .or_else(|| style_named(&brief.style_words))
        .or_else(|| style_named(&brief.special.join(" ")))
        .or_else(|| brief.style.as_ref().map(|s| s.value))
        .unwrap_or_else(|| choose(brief));
    Look {
        style,
        words: brief.style_words.clone(),
        mood: brief.mood.value,
        light: light(brief, &text, style),
        palette: palette(brief),
    }
}

// The longest name counts, so that "paper cut" is not "paper" and "film noir" not "film".
fn style_named(text: &str) -> Option<Style> {
    if text.trim().is_empty() {
        return None;
    }
    let spaced = format!(" {} ", words(text).join(" "));
    let lower = text.to_lowercase();
    let mut best: Option<(usize, Style)> = None;
    for (name, list) in lexicon::style_words() {
        let Some(style) = Style::ALL.into_iter().find(|s| s.as_str() == *name) else { continue };
        for word in list {
            let hit = if word.chars().next().is_some_and(is_unspaced) {
                lower.contains(word)
            } else {
                spaced.contains(&format!(" {word} "))
            };
            if hit && best.is_none_or(|(len, _)| word.len() > len) {
                best = Some((word.len(), style));
            }
        }
    }
    best.map(|(_, style)| style)
}

fn choose(brief: &Brief) -> Style {
    let theme = theme::read(brief);
    let text = format!(" {} ", words(&theme.text).join(" "));
    let has = |list: &[&str]| list.iter().any(|w| text.contains(&format!(" {w} ")));
    let cinematic = words(&brief.style_words).iter().any(|w| w == "cinematic");
    let fitting: &[Style] = if has(&["detective", "murder", "crime", "gangster", "spy", "heist"]) {
        &[Style::Noir, Style::Ink]
    } else if has(&["robot", "cyborg", "cyberpunk", "hacker", "android", "neon", "synth"])
        && brief.mood.value != Mood::Gentle
    {
        &[Style::Neon, Style::Anime, Style::Flat]
    } else if has(&["arcade", "game", "gamer", "videogame", "pixel"]) {
        &[Style::Pixel]
    } else if has(&["1890", "1900", "1910", "1920", "1930", "old photograph", "history", "grandfather's", "once"]) {
        &[Style::Sepia, Style::Ink, Style::PaperCut]
    } else {
        by_kind(brief, kind::classify(brief, &theme))
    };
    if cinematic && !matches!(brief.mood.value, Mood::Dark | Mood::Tense) {
        return Style::Flat;
    }
    let night_city = has(&["tokyo", "city", "neon"]) && time_in(&brief.theme) == Some(TimeOfDay::Night);
    let fitting = if night_city { &[Style::Neon, Style::Anime, Style::Noir][..] } else { fitting };
    brief.seed.fork("look").rng().pick(fitting).copied().unwrap_or_default()
}

fn by_kind(brief: &Brief, kind: Kind) -> &'static [Style] {
    match (kind, brief.mood.value) {
        (Kind::HowTo, _) => &[Style::Flat, Style::Storybook, Style::PaperCut],
        (Kind::Explainer, Mood::Playful | Mood::Joyful) => &[Style::PaperCut, Style::Flat, Style::Storybook],
        (Kind::Explainer, _) => &[Style::Chalk, Style::Flat, Style::Blueprint, Style::PaperCut],
        (Kind::Product | Kind::News | Kind::List, _) => &[Style::Flat, Style::PaperCut],
        (_, Mood::Melancholy | Mood::Hopeful) => &[Style::Watercolor, Style::Ink, Style::Storybook],
        (_, Mood::Gentle | Mood::Calm) => &[Style::Watercolor, Style::Storybook, Style::PaperCut],
        (_, Mood::Dark | Mood::Tense) => &[Style::Noir, Style::Ink],
        (_, Mood::Mysterious) => &[Style::Ink, Style::Watercolor, Style::PaperCut],
        (_, Mood::Epic | Mood::Energetic) => &[Style::Anime, Style::Flat, Style::Ink],
        (_, Mood::Joyful | Mood::Playful) => &[Style::Storybook, Style::Flat, Style::PaperCut, Style::Anime],
    }
}

fn light(brief: &Brief, text: &str, style: Style) -> Light {
    let words = words(&format!("{} {text}", brief.style_words));
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    if has(&["golden", "sunset", "sunlit", "warm-lit", "sunny"]) {
        Light::Golden
    } else if has(&["neon", "glowing", "glow", "cyberpunk", "lanterns", "fireflies"]) || style == Style::Neon {
        Light::Glowing
    } else if has(&["noir", "contrast", "shadows", "shadowy", "chiaroscuro", "dramatic"]) || style == Style::Noir {
        Light::Contrast
    } else if has(&["overcast", "muted", "grey", "gray", "misty", "foggy", "pale", "faded"]) {
        Light::Muted
    } else {
        match brief.mood.value {
            Mood::Joyful | Mood::Hopeful | Mood::Epic => Light::Golden,
            Mood::Tense | Mood::Dark => Light::Contrast,
            Mood::Melancholy | Mood::Mysterious => Light::Muted,
            Mood::Energetic => Light::Glowing,
            Mood::Gentle | Mood::Playful | Mood::Calm => Light::Soft,
        }
    }
}

// Colours of the style's own words come first; at most three.
fn palette(brief: &Brief) -> Vec<String> {
    let mut palette: Vec<String> = Vec::new();
    let said = format!("{} {} {}", brief.style_words, brief.special.join(" "), brief.theme);
    for word in words(&said) {
        if let Some(colour) = lexicon::colour(&word).filter(|c| palette.len() < 3 && !palette.iter().any(|p| p == c)) {
            palette.push(colour.to_owned());
        }
    }
    // "black and white" is a way of drawing, not two accents.
    if said.to_lowercase().contains("black and white") {
        palette.retain(|c| c != "#2b2d33" && c != "#f4f6f8");
    }
    palette
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::{Said, Seed};

    #[test]
    fn what_was_said_wins() {
        let check = |words: &str, want: Style| {
            let mut brief = Brief::about("an old lighthouse keeper who befriends a white whale");
            brief.style_words = words.to_owned();
            assert_eq!(determine_look(&brief).style, want, "{words}");
        };
        check("like Studio Ghibli, hand-painted", Style::Anime);
        check("a woodcut", Style::Ink);
        check("8-bit", Style::Pixel);
        check("film noir, black and white", Style::Noir);
        check("hand-drawn", Style::Ink);
        check("layered paper", Style::PaperCut);
        check("水彩", Style::Watercolor);
        let mut brief = Brief::about("a film noir detective");
        brief.style = Some(Said::said(Style::Chalk));
        assert_eq!(determine_look(&brief).style, Style::Chalk);
    }

    #[test]
    fn without_a_word_the_look_fits_and_varies() {
        let styles: std::collections::BTreeSet<&str> = (0..20)
            .map(|seed| {
                let mut brief = Brief::about("a hedgehog who is afraid of the dark");
                brief.seed = Seed::new(seed);
                determine_look(&brief).style.as_str()
            })
            .collect();
        assert!(styles.len() > 1, "{styles:?}");
        let mut brief = Brief::about("a detective in the rain");
        brief.style_words = "teal and orange, deep red, with a golden touch".to_owned();
        let look = determine_look(&brief);
        assert_eq!(look.palette.len(), 3);
        assert_eq!(look.light, Light::Golden);
    }
}
