//! Labels: "Tone: dry", "Audience: hikers", "音乐：钢琴" say what the words after them are about.

use std::sync::LazyLock;

use crate::wording::{Lexicon, Word};

static LABELS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&[include_str!("data/labels.txt")]));

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// A demand: "Music", "Audience", "Must have".
    Demand,
    /// The feeling.
    Feeling,
    /// The look.
    Look,
    /// Who acts.
    Cast,
    /// What the film is about.
    Subject,
    /// Length, shape, language.
    Measure,
}

/// The label that the words before a colon are; `None` when they say more than that.
pub(super) fn label(words: &[Word]) -> Option<Label> {
    let hits = LABELS.find(words);
    let first = hits.first().filter(|h| h.words.end == words.len() && h.words.start == 0)?;
    Some(match first.class {
        "demand" => Label::Demand,
        "feeling" => Label::Feeling,
        "look" => Label::Look,
        "cast" => Label::Cast,
        "subject" => Label::Subject,
        _ => Label::Measure,
    })
}
