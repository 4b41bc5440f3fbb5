//! What was decided, as it is shown.

use library::Editions;
use orchestrator::{History, HistoryStep};

use super::seconds;
use crate::wire::{EditionView, HistoryView};

/// How many steps are shown.
const SHOWN: usize = 50;

/// The history of a project.
pub(crate) fn history_view(editions: &Editions) -> HistoryView {
    let history = History::from(editions);
    let old = history.steps.len().saturating_sub(SHOWN);
    let step = |step: HistoryStep| EditionView {
        number: step.number,
        words: step.words,
        at_s: seconds(step.at_ms),
        current: step.current,
    };
    HistoryView {
        can_undo: history.undo.is_some(),
        can_redo: history.redo.is_some(),
        undo_words: history.undo.unwrap_or_default(),
        redo_words: history.redo.unwrap_or_default(),
        editions: history.steps.into_iter().skip(old).map(step).collect(),
    }
}
