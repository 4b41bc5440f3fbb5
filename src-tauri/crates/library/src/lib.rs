//! Projects on disk: one SQLite database and the blobs beside it.
//!
//! This room owns the data folder and everything in it: projects with their conversations, documents, runs and
//! streams of events, the results of the engine, the calls it paid for and what they cost, what the person decided, the
//! settings, and the backups. It implements the engine's [`engine::Store`] and [`engine::Meter`]. It must not know what a
//! document or an event says, and must not make or judge anything.
//!
//! | in the folder | what |
//! |---|---|
//! | `library.db` | every row |
//! | `blobs/ab/abcd….png` | pictures, sounds, films and kept replies by the hash of their bytes |
//! | `scratch/` | work in progress; emptied at every start |
//! | `backups/` | the last five copies of the database |
//! | `lock`, `lock.json` | held by the one process that may write, and who that is |
//! | `library.damaged-….db` | a database that could not be read, until the person decides about it |

mod approvals;
mod artifacts;
mod backup;
mod blobs;
mod calls;
mod change;
mod check;
mod connection;
mod durations;
mod editions;
mod error;
mod garbage;
mod home;
mod ids;
mod ledger;
mod library;
mod lock;
mod meter;
mod open;
mod project_file;
mod projects;
mod readers;
mod restore;
mod retention;
mod rows;
mod schema;
mod snapshot;
mod stamp;
mod standing;
mod store;
mod stream;
mod takes;
mod usage;
mod verdicts;
mod writer;

pub use backup::{BACKUPS_KEPT, Backup};
pub use blobs::StoredBlob;
pub use calls::UnknownCall;
pub use change::Change;
pub use editions::{Edition, Editions};
pub use error::LibraryError;
pub use garbage::Collected;
pub use ids::{LibraryIdError, MessageId, ProjectId, new_call_id, new_run_id};
pub use ledger::{Estimate, Ledger, LedgerLine, Outlay};
pub use library::Library;
pub use lock::Holder;
pub use open::{Opened, Trouble};
pub use project_file::{Fit, Onward};
pub use projects::{Project, TRASH_DAYS};
pub use retention::Retention;
pub use snapshot::{Message, Run, Snapshot};
pub use standing::Standing;
pub use stream::StoredEvent;
pub use takes::Take;
pub use usage::Usage;
pub use verdicts::{Judged, Verdict};
