//! Care of the library: what it takes of the disk, cleaning up, and a report for whoever looks for a fault.

use super::App;
use crate::report;
use crate::wire::{CleanedView, Problem, UsageView};

fn kb(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(1000)).unwrap_or(u32::MAX)
}

impl App {
    /// How much disk the library takes.
    pub async fn usage(&self) -> Result<UsageView, Problem> {
        let usage = self.library().usage().await?;
        Ok(UsageView {
            media_kb: kb(usage.blobs),
            media_count: u32::try_from(usage.blob_count).unwrap_or(u32::MAX),
            database_kb: kb(usage.database),
            backups_kb: kb(usage.backups),
            scratch_kb: kb(usage.scratch),
            free_kb: kb(fs4::available_space(self.home_path()).unwrap_or_default()),
        })
    }

    /// Removes what nothing uses any more. Films, drafts, chosen and approved takes, the last takes of every shot and all that
    /// a backup needs stay; films that are being made are not disturbed.
    pub async fn clean_up(&self) -> Result<CleanedView, Problem> {
        let cleaned = self.library().collect_garbage().await?;
        let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(CleanedView { files: count(cleaned.files), kb: kb(cleaned.bytes), takes: count(cleaned.takes) })
    }

    /// What can be told somebody who looks for a fault, as text that the person reads first: versions, what this machine
    /// has, how much there is, and the end of the log. No title, no word that was written, no key.
    pub async fn problem_report(&self) -> Result<String, Problem> {
        let (doctor, usage) = (self.doctor().await?, self.usage().await?);
        let projects = self.library().projects().await?.len();
        let home = self.home_path().to_owned();
        crate::export::blocking(move || Ok(report::text(&home, &doctor, usage, projects))).await
    }
}
