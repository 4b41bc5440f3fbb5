//! Parameters: what a message says about a film. Only what is said; everything else stays empty.

mod actors;
mod aspect;
mod clauses;
mod duration;
mod numbers;
mod scenes;
mod special;
mod style;
mod theme;

use serde::{Deserialize, Serialize};
use story::Language;

pub(crate) use actors::actors;
pub(crate) use duration::duration;
pub(crate) use special::{wants_no_captions, wants_no_voice};
pub(crate) use style::style_of;

/// What was said about a film.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameters {
    /// What it is about, without length, style and format.
    pub theme: Option<String>,
    /// The look, in the person's words.
    pub style: Option<String>,
    /// Who acts.
    pub characters: Vec<String>,
    /// Scenes told as a list.
    pub scenes: Vec<String>,
    /// Length in seconds.
    pub duration: Option<u32>,
    /// The feeling, in the person's words.
    pub mood: Option<String>,
    /// Demands that fit no other field.
    pub special_requirements: Vec<String>,
    /// "16:9", "9:16", "1:1", "4:5" or "21:9".
    pub aspect_ratio: Option<String>,
    /// Two-letter language of what is spoken.
    pub language: Option<String>,
    /// How many scenes.
    pub scene_count: Option<u32>,
}

/// Reads a message that asks for a film.
pub fn extract(text: &str, language: Language) -> Parameters {
    let clauses = clauses::split(text);
    let scenes = scenes::listed(text);
    let theme = theme::theme(&clauses, text, language);
    Parameters {
        style: style::style(text),
        characters: theme.as_deref().map(actors).unwrap_or_default(),
        duration: duration(text),
        mood: style::mood(&clauses, text),
        special_requirements: special::special(&clauses, text),
        aspect_ratio: aspect::aspect(text).map(str::to_owned),
        language: special::spoken_language(text),
        scene_count: scenes::count(text),
        scenes,
        theme,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_read_whole() {
        let text = "Make a 30-second watercolor film about an old lighthouse keeper who befriends a white whale. \
                    Gentle, a little melancholy. Narration only.";
        let p = extract(text, Language::En);
        assert_eq!(p.theme.as_deref(), Some("an old lighthouse keeper who befriends a white whale"));
        assert_eq!(p.style.as_deref(), Some("watercolor"));
        assert_eq!(p.duration, Some(30));
        assert_eq!(p.mood.as_deref(), Some("gentle, a little melancholy"));
        assert_eq!(p.special_requirements, ["narration only"]);
        assert_eq!(p.characters, ["old lighthouse keeper", "white whale"]);
        assert_eq!(p.aspect_ratio, None);
    }
}
