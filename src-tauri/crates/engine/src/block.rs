//! Blocks: what a task cannot get past without the person's word. They are facts of the store, not messages: whoever
//! answers one writes down the answer (approved, a higher cap, a call written off) and tells the run to look again.

use serde::{Deserialize, Serialize};

use crate::{CallId, Key, Micros, OverCap, TaskState};

/// What holds a task up until the person decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A review stop: what was made up to here waits for a yes.
    Review {
        /// The stop's key; approved in the store.
        key: Key,
    },
    /// A call would pass a cap.
    OverCap(OverCap),
    /// A paid call was cut off, and nobody knows whether it was done.
    Unknown {
        /// The call; written off in the store.
        call: CallId,
        /// The most it may have cost; `None` when nobody knows.
        may_cost: Option<Micros>,
    },
}

impl From<Block> for TaskState {
    fn from(block: Block) -> Self {
        match block {
            Block::Unknown { call, may_cost } => Self::Unknown { call, may_cost },
            block => Self::NeedsApproval { block },
        }
    }
}
