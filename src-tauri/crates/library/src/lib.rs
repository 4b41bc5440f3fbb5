//! Projects on disk: one SQLite database and the blobs beside it.
//!
//! This room owns the data folder and everything in it: projects with their conversations, documents, runs and
//! streams of events, the results of the engine, the settings, and the backups. It implements the engine's
//! [`engine::Store`]. It must not know what a document or an event says, and must not make or judge anything.
//!
//! | in the folder | what |
//! |---|---|
//! | `library.db` | every row |
//! | `blobs/ab/abcd….png` | pictures, sounds and films by the hash of their bytes |
//! | `scratch/` | work in progress; emptied at every start |
//! | `backups/` | the last five copies of the database |
//! | `lock`, `lock.json` | held by the one process that may write, and who that is |
//! | `library.damaged-….db` | a database that could not be read, until the person decides about it |

mod artifacts;
mod backup;
mod blobs;
mod change;
mod check;
mod connection;
mod error;
mod garbage;
mod home;
mod ids;
mod library;
mod lock;
mod open;
mod projects;
mod readers;
mod rows;
mod schema;
mod snapshot;
mod stamp;
mod store;
mod stream;
mod usage;
mod writer;

pub use artifacts::Take;
pub use backup::{BACKUPS_KEPT, Backup};
pub use blobs::StoredBlob;
pub use change::Change;
pub use error::LibraryError;
pub use garbage::Collected;
pub use ids::{LibraryIdError, MessageId, ProjectId, new_run_id};
pub use library::Library;
pub use lock::Holder;
pub use open::{Opened, Trouble};
pub use projects::{Project, TRASH_DAYS};
pub use snapshot::{Message, Run, Snapshot};
pub use stream::StoredEvent;
pub use usage::Usage;
