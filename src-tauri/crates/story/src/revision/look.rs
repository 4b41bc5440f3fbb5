//! Changes to how the whole film looks and sounds: the look, who speaks how, the music.

use serde::{Deserialize, Serialize};

use super::{Base, Change, Revisable, Target};
use crate::{Light, Look, Mood, RevisionId, ScoreWish, Speaker, Style, VoiceWish, Voices};

/// A change to the look.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookChange {
    /// Another way of drawing.
    Style {
        /// Which.
        style: Style,
        /// The maker's own words for it; may be empty.
        words: String,
    },
    /// Another light.
    Light(Light),
    /// Another feeling that colours follow.
    Mood(Mood),
    /// Other accent colours, as `#rrggbb`.
    Palette(Vec<String>),
}

/// Another voice for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VoiceChange {
    /// Whose.
    pub speaker: Speaker,
    /// Which.
    pub voice: VoiceWish,
}

/// A change to the music.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScoreChange {
    /// Another feeling; none for the film's own.
    Mood(Option<Mood>),
    /// Music, or none.
    Off(bool),
}

impl Revisable for Look {
    fn target(&self, change: &Change) -> Target {
        let Change::Look(change) = change else { return Target::Elsewhere };
        Target::Is(match change {
            LookChange::Style { .. } => Base::of(&(self.style, &self.words)),
            LookChange::Light(_) => Base::of(&self.light),
            LookChange::Mood(_) => Base::of(&self.mood),
            LookChange::Palette(_) => Base::of(&self.palette),
        })
    }

    fn make(&mut self, _: &RevisionId, change: &Change) {
        let Change::Look(change) = change else { return };
        match change {
            LookChange::Style { style, words } => {
                self.style = *style;
                self.words.clone_from(words);
            }
            LookChange::Light(light) => self.light = *light,
            LookChange::Mood(mood) => self.mood = *mood,
            LookChange::Palette(palette) => self.palette.clone_from(palette),
        }
    }
}

impl Revisable for Voices {
    fn target(&self, change: &Change) -> Target {
        let Change::Voice(change) = change else { return Target::Elsewhere };
        Target::Is(Base::of(&self.of(&change.speaker)))
    }

    fn make(&mut self, _: &RevisionId, change: &Change) {
        let Change::Voice(change) = change else { return };
        self.choose(&change.speaker, change.voice.clone());
    }
}

impl Revisable for ScoreWish {
    fn target(&self, change: &Change) -> Target {
        let Change::Score(change) = change else { return Target::Elsewhere };
        Target::Is(match change {
            ScoreChange::Mood(_) => Base::of(&self.mood),
            ScoreChange::Off(_) => Base::of(&self.off),
        })
    }

    fn make(&mut self, _: &RevisionId, change: &Change) {
        let Change::Score(change) = change else { return };
        match change {
            ScoreChange::Mood(mood) => self.mood = *mood,
            ScoreChange::Off(off) => self.off = *off,
        }
    }
}
