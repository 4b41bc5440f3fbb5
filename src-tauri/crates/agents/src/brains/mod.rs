//! The brains of the agents that think with a language model: what each is asked, and how its answer is read.

mod character_extractor;
mod durations;
mod scene_extractor;
mod screenwriter;
mod storyboard_artist;
mod style_determiner;
#[cfg(test)]
mod tests;

pub(crate) use character_extractor::{CharacterMind, called};
pub(crate) use scene_extractor::PlaceMind;
pub(crate) use screenwriter::ScriptMind;
pub(crate) use storyboard_artist::BoardMind;
pub(crate) use style_determiner::LookMind;

use story::clean_text;

/// A short text from a model, in one line.
fn short(text: &str) -> String {
    clean_text(text, 200)
}

/// A longer text from a model.
fn long(text: &str) -> String {
    clean_text(text, 600)
}

/// Short texts without empty ones and doubles.
fn shorts(texts: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts.iter().map(|t| short(t)).filter(|t| !t.is_empty()) {
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept
}

/// The form of a colour, or of none.
const COLOUR: &str = "^(#[0-9a-f]{6})?$";

/// A colour as it is stored; an error for anything but nothing or `#rrggbb`.
fn colour(text: &str) -> Result<String, String> {
    let text = text.trim().to_lowercase();
    let hex = text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
    if text.is_empty() || hex.is_some() { Ok(text) } else { Err(format!("{text:?} is not a colour like #a0b0c0")) }
}
