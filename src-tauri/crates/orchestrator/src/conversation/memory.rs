//! What is remembered of a long conversation: what was decided, and the last turns. Decisions are editions, so nothing
//! that was decided is lost when old turns are left out.

use serde::{Deserialize, Serialize};

use crate::direction::Desk;
use crate::{Author, Body, Edition};

/// How many turns a language model is shown.
const TURNS: usize = 12;
/// How many decisions; older ones are in what is decided now.
const DECISIONS: usize = 30;
/// The longest a turn is shown, in characters.
const LONGEST: usize = 600;

/// A conversation as a language model should know it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// What is decided now.
    pub edition: Option<Edition>,
    /// What was decided, in words, oldest first.
    pub decisions: Vec<String>,
    /// How many turns were left out.
    pub left_out: u32,
    /// The last turns, in words.
    pub turns: Vec<(Author, String)>,
}

impl Memory {
    pub(crate) fn of(desk: &Desk) -> Self {
        let said = desk.snapshot.messages.iter().filter_map(|message| {
            let body: Body = serde_json::from_value(message.body.clone()).ok()?;
            let author = if message.role == Author::You.as_str() { Author::You } else { Author::Workprint };
            Some((author, story::clean_text(body.text()?, LONGEST)))
        });
        let turns: Vec<_> = said.collect();
        let from = turns.len().saturating_sub(TURNS);
        let words: Vec<_> = desk.line_of_editions().into_iter().map(|edition| edition.words.clone()).collect();
        let first = words.len().saturating_sub(DECISIONS);
        Self {
            edition: desk.edition().cloned(),
            decisions: words[first..].to_vec(),
            left_out: from as u32,
            turns: turns[from..].to_vec(),
        }
    }
}
