//! What a change makes again, and what that costs.

use engine::{History, TaskSpec};

use super::{Desk, Direction};
use crate::documents::Documents;
use crate::{ConversationError, Cost, Edition, ImpactItem};

/// What a change makes again.
#[derive(Debug, Default)]
pub(super) struct Impact {
    pub(super) items: Vec<ImpactItem>,
    pub(super) least: Cost,
    pub(super) most: Cost,
    pub(super) conflicts: Vec<String>,
}

impl Direction {
    /// What an edition makes that the one before it did not.
    pub(super) async fn impact(
        &self,
        _desk: &Desk,
        _base: &Edition,
        _edition: &Edition,
        _documents: &Documents,
    ) -> Result<Impact, ConversationError> {
        Ok(Impact::default())
    }

    pub(super) async fn made_already(
        &self,
        _desk: &Desk,
        _edition: &Edition,
        _tasks: &[TaskSpec],
        _history: &History,
    ) -> Result<u32, ConversationError> {
        Ok(0)
    }

    /// True when all of what is decided is made already.
    pub(super) async fn is_made(&self, _desk: &Desk) -> Result<bool, ConversationError> {
        Ok(true)
    }

    /// True when nothing of what is decided costs money.
    pub(super) async fn is_free(&self, _desk: &Desk) -> Result<bool, ConversationError> {
        Ok(true)
    }
}
