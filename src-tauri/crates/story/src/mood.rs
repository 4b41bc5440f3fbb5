//! How a film feels.

use serde::{Deserialize, Serialize};

/// The feeling of a film or a scene: colours, music and voice follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// Kind and quiet.
    #[default]
    Gentle,
    /// Longing, loss remembered.
    Melancholy,
    /// Bright, light-hearted.
    Joyful,
    /// Large, brave.
    Epic,
    /// Something is about to happen.
    Tense,
    /// Not everything is said.
    Mysterious,
    /// Comic.
    Playful,
    /// Still, restful.
    Calm,
    /// Fast, driving.
    Energetic,
    /// Frightening.
    Dark,
    /// Hope at the end of it.
    Hopeful,
}

impl Mood {
    /// Every mood.
    pub const ALL: [Self; 11] = [
        Self::Gentle,
        Self::Melancholy,
        Self::Joyful,
        Self::Epic,
        Self::Tense,
        Self::Mysterious,
        Self::Playful,
        Self::Calm,
        Self::Energetic,
        Self::Dark,
        Self::Hopeful,
    ];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gentle => "gentle",
            Self::Melancholy => "melancholy",
            Self::Joyful => "joyful",
            Self::Epic => "epic",
            Self::Tense => "tense",
            Self::Mysterious => "mysterious",
            Self::Playful => "playful",
            Self::Calm => "calm",
            Self::Energetic => "energetic",
            Self::Dark => "dark",
            Self::Hopeful => "hopeful",
        }
    }

    /// The mood that a person's own words name, by the last word that names one ("gentle, a little melancholy" is
    /// melancholy with a gentle touch; the later word is the colour). `None` when no word is known.
    pub fn from_words(text: &str) -> Option<Self> {
        crate::words(text).into_iter().rev().find_map(|word| {
            Some(match word.as_str() {
                "gentle" | "tender" | "warm" | "soft" | "cozy" | "cosy" | "heartwarming" | "sweet" | "romantic" => {
                    Self::Gentle
                }
                "melancholy" | "melancholic" | "sad" | "wistful" | "nostalgic" | "bittersweet" | "lonely"
                | "moving" => Self::Melancholy,
                "joyful" | "happy" | "cheerful" | "bright" | "upbeat" | "festive" | "fun" => Self::Joyful,
                "epic" | "heroic" | "grand" | "majestic" | "dramatic" | "triumphant" => Self::Epic,
                "tense" | "suspenseful" | "thrilling" | "urgent" | "anxious" => Self::Tense,
                "mysterious" | "eerie" | "enigmatic" | "dreamy" | "surreal" | "magical" | "mystical" => {
                    Self::Mysterious
                }
                "playful" | "funny" | "comic" | "silly" | "whimsical" | "humorous" | "quirky" => Self::Playful,
                "calm" | "peaceful" | "serene" | "relaxing" | "quiet" | "meditative" | "soothing" => Self::Calm,
                "energetic" | "fast" | "dynamic" | "lively" | "exciting" | "punchy" => Self::Energetic,
                "dark" | "scary" | "creepy" | "grim" | "horror" | "gloomy" | "gritty" => Self::Dark,
                "hopeful" | "inspiring" | "uplifting" | "optimistic" | "inspirational" => Self::Hopeful,
                _ => return None,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_moods() {
        assert_eq!(Mood::from_words("Gentle, a little melancholy."), Some(Mood::Melancholy));
        assert_eq!(Mood::from_words("something FUNNY"), Some(Mood::Playful));
        assert_eq!(Mood::from_words("a red door"), None);
        for mood in Mood::ALL {
            assert_eq!(serde_json::to_value(mood).unwrap(), mood.as_str());
        }
    }
}
