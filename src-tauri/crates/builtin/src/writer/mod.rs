//! The rule brains of the agents that think: style determiner, screenwriter, character and scene extractor, storyboard
//! artist, for when no language model is set up.
//!
//! Pure functions from documents to documents. They must not read a file, a clock or the network; all chance comes from
//! the brief's seed, so the same brief gives the same documents and another seed gives another telling of the same facts.

mod asking;
mod before;
mod being;
mod board;
mod budget;
mod cast;
mod clauses;
mod deed;
mod doing;
mod draft;
mod english;
mod framing;
mod grammar;
mod hero;
mod kind;
pub(crate) mod lamps;
mod languages;
mod lexicon;
mod look;
mod names;
mod opening;
mod outline;
mod phrasebook;
mod places;
mod plot;
mod proper;
mod prose;
mod reader;
mod said_place;
mod script;
mod sequel;
mod setting;
mod spots;
mod staging;
mod telling;
#[cfg(test)]
mod tests;
mod theme;
mod things;
mod titles;
mod tokens;
mod travels;
mod vocabulary;
mod weaving;

pub use board::draw_storyboard;
pub use budget::speech_ms;
pub use cast::extract_cast;
pub use look::determine_look;
pub use places::extract_places;
pub use script::write_script;
pub use setting::{place_in, time_in, weather_in};
