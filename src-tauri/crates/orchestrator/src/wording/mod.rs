//! The words of a message and the word lists they are looked up in.
//!
//! A message is cut into words once; every reader of it works on the same cut. Nothing here decides anything.

mod clauses;
mod lexicon;
mod words;

pub(crate) use clauses::{Clause, clauses};
pub(crate) use lexicon::{Hit, Lexicon};
pub(crate) use words::{Word, Words, fold};

/// The longest part of a message that is analysed, in bytes; what follows says nothing new about what is wanted.
const LONGEST: usize = 6000;

/// The part of a message that is analysed.
pub(crate) fn analysed(text: &str) -> &str {
    head(text, LONGEST)
}

/// The first `count` bytes, or a few less where that would cut a character.
pub(crate) fn head(text: &str, count: usize) -> &str {
    let mut end = text.len().min(count);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
