//! Music: a score for a film.

use std::path::Path;

use async_trait::async_trait;
use story::ScoreSheet;

use crate::{Failure, Job, ModelIdentity, Price};

/// An order for a score.
pub type MusicRequest = ScoreSheet;

/// Composes.
#[async_trait]
pub trait MusicModel: Send + Sync {
    /// Which model this is.
    fn identity(&self) -> ModelIdentity;
    /// What its calls cost.
    fn price(&self) -> Price {
        Price::Free
    }
    /// Composes and plays a score of exactly the length asked for into a new file: an hour of sound is more than belongs
    /// into memory. Writes WAV, stereo, 16 bits, 48 kHz, without clipping, at about -18 LUFS.
    async fn compose(&self, request: MusicRequest, job: Job, out: &Path) -> Result<(), Failure>;
}
