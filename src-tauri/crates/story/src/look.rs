//! The look of a film: its visual style as data, which every picture and clip is asked with.

use serde::{Deserialize, Serialize};

use crate::Mood;

/// A way of drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// Clean vector illustration with soft light.
    #[default]
    Flat,
    /// Wet edges on paper.
    Watercolor,
    /// Pen and wash.
    Ink,
    /// Black and white, hard light, red kept.
    Noir,
    /// Bright cel shading.
    Anime,
    /// Coarse pixels, few colours.
    Pixel,
    /// Layers of cut paper with shadows.
    PaperCut,
    /// Chalk on a dark board.
    Chalk,
    /// An old brown film.
    Sepia,
    /// Glowing outlines at night.
    Neon,
    /// Soft pastel storybook.
    Storybook,
    /// White lines on blue.
    Blueprint,
}

impl Style {
    /// Every style.
    pub const ALL: [Self; 12] = [
        Self::Flat,
        Self::Watercolor,
        Self::Ink,
        Self::Noir,
        Self::Anime,
        Self::Pixel,
        Self::PaperCut,
        Self::Chalk,
        Self::Sepia,
        Self::Neon,
        Self::Storybook,
        Self::Blueprint,
    ];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Watercolor => "watercolor",
            Self::Ink => "ink",
            Self::Noir => "noir",
            Self::Anime => "anime",
            Self::Pixel => "pixel",
            Self::PaperCut => "paper_cut",
            Self::Chalk => "chalk",
            Self::Sepia => "sepia",
            Self::Neon => "neon",
            Self::Storybook => "storybook",
            Self::Blueprint => "blueprint",
        }
    }
}

/// The quality of the light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Wide, even.
    #[default]
    Soft,
    /// Low sun.
    Golden,
    /// Deep shadows.
    Contrast,
    /// Coloured lamps.
    Glowing,
    /// Overcast.
    Muted,
}

/// How the whole film looks. Given by the style determiner, read by everything that draws.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Look {
    /// The way of drawing.
    pub style: Style,
    /// The person's own words for it ("Studio Ghibli, hand-painted"), for models that read; may be empty.
    pub words: String,
    /// The feeling that colours follow.
    pub mood: Mood,
    /// The light.
    pub light: Light,
    /// Accent colours as `#rrggbb`, strongest first; empty lets the time of day decide.
    pub palette: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_words_are_the_serde_words() {
        for style in Style::ALL {
            assert_eq!(serde_json::to_value(style).unwrap(), style.as_str());
        }
    }
}
