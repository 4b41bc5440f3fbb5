//! What counts calls and money for the engine, and remembers every call before it goes on.

use async_trait::async_trait;

use crate::{CallId, CallIntent, CallRecord, CallReply, CallUsage, Key, OverCap, StoreError};

/// How a call is over without a reply that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lapse {
    /// It failed and cost nothing: what was reserved is free again.
    Failed,
    /// Nobody knows whether it was done: what was reserved counts as spent until somebody knows.
    Unknown,
    /// It was done and was of no use: what it cost is spent.
    Spoilt(CallUsage),
}

/// Journal, ledger and caps of one project. Every method answers when what it wrote is on the disk.
#[async_trait]
pub trait Meter: Send + Sync {
    /// The last call that a task with this key made with this request (the hash of [`CallIntent::request`]), unless
    /// it failed or was settled or written off. A call that was intended in an earlier life of the program, or whose
    /// handle is not known, is [`crate::CallState::Unknown`].
    async fn recall(&self, key: &Key, request: &str) -> Result<Option<CallRecord>, StoreError>;

    /// Writes an intent and reserves the most that the call may cost, in one step; or says which cap that would pass.
    async fn intend(&self, intent: CallIntent) -> Result<Result<(), OverCap>, StoreError>;

    /// A job was given a handle.
    async fn handled(&self, call: &CallId, handle: &str) -> Result<(), StoreError>;

    /// A reply came: its bytes are kept, what it cost goes into the ledger, the rest of what was reserved is free.
    async fn replied(&self, call: &CallId, reply: &CallReply) -> Result<(), StoreError>;

    /// The kept reply of a call in the state [`crate::CallState::Replied`].
    async fn reply(&self, call: &CallId) -> Result<Option<CallReply>, StoreError>;

    /// A call is over without a reply that can be used.
    async fn lapsed(&self, call: &CallId, lapse: Lapse) -> Result<(), StoreError>;

    /// The task with this key needs its kept replies no more: it failed for good, so that another try may ask anew.
    /// ([`crate::Store::keep`] settles them in the same step as the result.)
    async fn settle(&self, key: &Key) -> Result<(), StoreError>;

    /// True when the person approved what a review stop with this key shows.
    async fn approved(&self, key: &Key) -> Result<bool, StoreError>;
}
