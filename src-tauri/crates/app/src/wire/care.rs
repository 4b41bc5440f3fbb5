//! What the library takes of the disk, and what cleaning up gave back.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Disk space by what it is for, in kilobytes (1000 bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UsageView {
    /// Pictures, sounds, clips and films.
    pub media_kb: u32,
    /// How many of them.
    pub media_count: u32,
    /// The database.
    pub database_kb: u32,
    /// The backups.
    pub backups_kb: u32,
    /// Work in progress.
    pub scratch_kb: u32,
    /// What is free on the disk.
    pub free_kb: u32,
}

/// What cleaning up removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CleanedView {
    /// How many files.
    pub files: u32,
    /// How many kilobytes.
    pub kb: u32,
    /// How many old takes.
    pub takes: u32,
}
