//! Who speaks how, as far as the maker wished it; the rest follows from who they are.

use serde::{Deserialize, Serialize};

use crate::{Age, Gender, Speaker};

/// A wish for a voice. What is not said stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VoiceWish {
    /// Gender.
    pub gender: Option<Gender>,
    /// Age.
    pub age: Option<Age>,
    /// Speed in percent of natural (100).
    pub pace: Option<u32>,
    /// Another voice of the same sort, by number; 0 is the first.
    pub other: u32,
}

/// The wishes, by speaker.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Voices {
    chosen: Vec<(Speaker, VoiceWish)>,
}

impl Voices {
    /// The wish for a speaker; the default when there is none.
    pub fn of(&self, speaker: &Speaker) -> VoiceWish {
        self.chosen.iter().find(|(of, _)| of == speaker).map(|(_, wish)| wish.clone()).unwrap_or_default()
    }

    /// Sets the wish for a speaker.
    pub fn choose(&mut self, speaker: &Speaker, wish: VoiceWish) {
        self.chosen.retain(|(of, _)| of != speaker);
        if wish != VoiceWish::default() {
            self.chosen.push((speaker.clone(), wish));
            self.chosen.sort_by(|a, b| a.0.cmp(&b.0));
        }
    }
}
