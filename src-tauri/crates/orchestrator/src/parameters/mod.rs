//! Parameters: what a message says about a film. Only what is said; everything else stays empty.
//!
//! The message is read once ([`reading`]); each field has its reader; the theme is what no other field has used.

mod actors;
mod aspect;
mod duration;
mod labels;
mod mood;
mod numbers;
mod reading;
mod refusals;
mod roles;
mod scenes;
mod special;
mod spoken;
mod style;
mod theme;

use serde::{Deserialize, Serialize};
use story::Language;

pub(crate) use actors::actors;
pub(crate) use aspect::aspect;
pub(crate) use duration::{duration, found_lengths};
pub(crate) use numbers::{NUMBER, Plain};
pub(crate) use reading::{has_being, has_style, language_names_in, languages_in, names_mood};
pub(crate) use refusals::{wants_no_captions, wants_no_voice};
pub(crate) use style::style_of;

use crate::wording::analysed;
use reading::Reading;

/// What was said about a film.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameters {
    /// What it is about, without length, style and format.
    pub theme: Option<String>,
    /// All that is told of what happens, whole; it is the rules' to read, and no field of an answer.
    #[serde(skip)]
    pub told: String,
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
    /// "16:9", "9:16", "1:1", "4:5", "21:9", or another shape as it was said.
    pub aspect_ratio: Option<String>,
    /// Two-letter language of what is spoken.
    pub language: Option<String>,
    /// How many scenes.
    pub scene_count: Option<u32>,
}

/// Reads a message that asks for a film.
pub fn extract(text: &str, language: Language) -> Parameters {
    let reading = Reading::of(analysed(text), language);
    let look = style::look(&reading);
    let scenes = scenes::listed(&reading);
    let feeling = mood::feeling(&reading, &scenes);
    let mut taken: Vec<std::ops::Range<usize>> = reading.lengths.ranges.clone();
    taken.extend(reading.ratio_ranges.iter().cloned());
    taken.extend(look.iter().flat_map(|l| l.ranges.clone()));
    taken.extend(feeling.iter().flat_map(|f| f.ranges.clone()));
    let mut demands = special::demands(&reading, &taken);
    demands.list.retain(|d| !scenes.iter().any(|s| is_of(s, d)));
    taken.extend(demands.ranges.iter().cloned());
    let characters = actors::found_in(&reading, &taken);
    taken.extend(reading.count.iter().map(|c| c.range.clone()));
    let subjects = theme::subjects(&reading, &taken, &scenes);
    Parameters {
        told: theme::told(&reading, &subjects),
        theme: theme::theme(&reading, &taken, &subjects).or_else(|| pictures(text)),
        style: look.map(|l| l.words),
        characters,
        duration: reading.lengths.total,
        mood: feeling.map(|f| f.words),
        special_requirements: demands.list,
        aspect_ratio: reading.ratio.map(str::to_owned),
        language: spoken::language(&reading),
        scene_count: reading.count.as_ref().map(|c| c.number),
        scenes,
    }
}

/// Pictures instead of words are a theme as they stand.
fn pictures(text: &str) -> Option<String> {
    let text = text.trim();
    let silent = !text.is_ascii() && !text.chars().any(char::is_alphanumeric);
    (silent && text.chars().count() <= 60).then(|| text.to_owned())
}

/// True when a demand is nothing but a scene of the list.
fn is_of(scene: &str, demand: &str) -> bool {
    let (scene, demand) = (scene.to_lowercase(), demand.to_lowercase());
    scene.contains(&demand) || (demand.contains(&scene) && demand.chars().count() < scene.chars().count() + 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_read() {
        let text = "Make a 30-second watercolor film about an old lighthouse keeper who befriends a white whale. Gentle, a little melancholy. Narration only.";
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
