//! The brief: what the user wants, with what they said kept apart from what was assumed.

use serde::{Deserialize, Serialize};

use crate::{Aspect, Language, Mood, Seed, Style};

/// The shortest film, in seconds.
pub const MIN_DURATION_S: u32 = 6;
/// The longest film, in seconds.
pub const MAX_DURATION_S: u32 = 3600;

/// Where a value of the brief came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// The person said it.
    Said,
    /// A default, shown as such until the person says otherwise.
    Assumed,
}

/// A value of the brief and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Said<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub from: Provenance,
}

impl<T> Said<T> {
    /// A value the person gave.
    pub fn said(value: T) -> Self {
        Self { value, from: Provenance::Said }
    }

    /// A default.
    pub fn assumed(value: T) -> Self {
        Self { value, from: Provenance::Assumed }
    }

    /// True when the person gave it.
    pub fn is_said(&self) -> bool {
        self.from == Provenance::Said
    }
}

/// What is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sound {
    /// A narrator tells the story.
    #[default]
    Narration,
    /// Nobody speaks: captions and music carry the film.
    NoVoice,
}

/// What the user wants. The one input of a film; everything else is derived from it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Brief {
    /// What the film is about, in the person's own words. Never empty.
    pub theme: String,
    /// All that was said of what happens in it, without the request and what other fields hold; empty when the theme is all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub told: String,
    /// The message the brief was made from, whole, for agents that read further.
    pub message: String,
    /// The way of drawing; `None` leaves it to the style determiner.
    pub style: Option<Said<Style>>,
    /// The person's own words for the style; may be empty.
    pub style_words: String,
    /// The feeling.
    pub mood: Said<Mood>,
    /// The person's own words for the mood; may be empty.
    pub mood_words: String,
    /// Who acts, in the person's own words.
    pub characters: Vec<String>,
    /// Scenes that were told as a list, in order; empty when they were not.
    pub scenes: Vec<String>,
    /// How many scenes, when it was said.
    pub scene_count: Option<u32>,
    /// Length in seconds, [`MIN_DURATION_S`]..=[`MAX_DURATION_S`].
    pub duration_s: Said<u32>,
    /// The shape of the picture.
    pub aspect: Said<Aspect>,
    /// The language that is spoken and shown.
    pub language: Said<Language>,
    /// What is heard.
    pub sound: Said<Sound>,
    /// True when captions are burned into the picture.
    pub captions: Said<bool>,
    /// Demands that fit no other field, in the person's own words.
    pub special: Vec<String>,
    /// The chance in this version of the film; "another version" is another seed.
    pub seed: Seed,
}

/// A brief that no film can be made from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BriefError {
    /// There is nothing the film is about.
    #[error("the brief says nothing about what the film is about")]
    NoTheme,
    /// The length is outside what can be made.
    #[error(
        "a film of {0} seconds cannot be made: the length must be between {MIN_DURATION_S} and {MAX_DURATION_S} seconds"
    )]
    Duration(u32),
}

impl Brief {
    /// A brief with a theme and a default for everything else.
    pub fn about(theme: &str) -> Self {
        Self {
            theme: theme.to_owned(),
            told: String::new(),
            message: theme.to_owned(),
            style: None,
            style_words: String::new(),
            mood: Said::assumed(Mood::default()),
            mood_words: String::new(),
            characters: Vec::new(),
            scenes: Vec::new(),
            scene_count: None,
            duration_s: Said::assumed(30),
            aspect: Said::assumed(Aspect::default()),
            language: Said::assumed(Language::default()),
            sound: Said::assumed(Sound::default()),
            captions: Said::assumed(true),
            special: Vec::new(),
            seed: Seed::new(1),
        }
    }

    /// What the film tells, as far as the person told it.
    pub fn story(&self) -> &str {
        if self.told.is_empty() { &self.theme } else { &self.told }
    }

    /// Says what is wrong with the brief, if anything is.
    pub fn check(&self) -> Result<(), BriefError> {
        if self.theme.trim().is_empty() {
            return Err(BriefError::NoTheme);
        }
        if !(MIN_DURATION_S..=MAX_DURATION_S).contains(&self.duration_s.value) {
            return Err(BriefError::Duration(self.duration_s.value));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brief_needs_a_theme_and_a_possible_length() {
        assert_eq!(Brief::about("a whale").check(), Ok(()));
        assert_eq!(Brief::about("  ").check(), Err(BriefError::NoTheme));
        let mut brief = Brief::about("a whale");
        brief.duration_s = Said::said(2);
        assert_eq!(brief.check(), Err(BriefError::Duration(2)));
    }
}
