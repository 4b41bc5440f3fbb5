//! Footage: what the clip of a shot is shown from – a video file, or a frame that is drawn in motion.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::{Artifact, BlobHash};
use film::{Draw, FrameOrder, Probe};
use models::{Animator, Motion};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::documents::role;

/// The document of a clip that is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Drawing {
    /// The animator that it was made for.
    pub(crate) by: Value,
    /// How the frame moves.
    pub(crate) motion: Motion,
}

/// The clip of a shot, by hashes; as it stands in the view of a segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Footage {
    /// A video file.
    Filmed(BlobHash),
    /// A frame, the layers behind it if it has some, and how it moves.
    Drawn {
        /// The frame, PNG.
        frame: BlobHash,
        /// The layers, JSON.
        companion: Option<BlobHash>,
        /// The animator that the clip was made for.
        by: Value,
        /// How the frame moves.
        motion: Motion,
    },
}

impl Footage {
    /// That of a clip; `None` when the result is not one.
    pub fn of(clip: &Artifact) -> Option<Self> {
        if let Ok(file) = clip.blob(role::VIDEO) {
            return Some(Self::Filmed(file.hash.clone()));
        }
        let Drawing { by, motion } = clip.read().ok()?;
        let frame = clip.blob(role::PICTURE).ok()?.hash.clone();
        Some(Self::Drawn { frame, companion: clip.blob(role::COMPANION).ok().map(|b| b.hash.clone()), by, motion })
    }

    /// The blobs that it is read from.
    pub fn blobs(&self) -> Vec<&BlobHash> {
        match self {
            Self::Filmed(file) => vec![file],
            Self::Drawn { frame, companion, .. } => [frame].into_iter().chain(companion).collect(),
        }
    }

    /// How the cut reads it. `seen` is what is in the file, where that is known; `path` tells where the blob with a hash
    /// and a media type lies. Whatever is missing there is an error when it is read.
    pub fn open(
        &self,
        seen: Option<Probe>,
        animator: &Arc<dyn Animator>,
        path: impl Fn(&BlobHash, &str) -> PathBuf,
    ) -> film::Footage {
        match self {
            Self::Filmed(file) => film::Footage::File { path: path(file, "video/mp4"), seen },
            Self::Drawn { frame, companion, motion, .. } => {
                let frame = path(frame, "image/png");
                let layers = companion.as_ref().map(|hash| path(hash, "application/json"));
                let (animator, motion) = (Arc::clone(animator), *motion);
                film::Footage::Frames(FrameOrder {
                    size: motion.size,
                    fps: motion.fps,
                    frames: motion.frames,
                    open: Arc::new(move || draws(&*animator, &frame, layers.as_deref(), motion)),
                })
            }
        }
    }
}

fn draws(animator: &dyn Animator, frame: &Path, layers: Option<&Path>, motion: Motion) -> Result<Arc<Draw>, String> {
    let read = |path: &Path| std::fs::read(path).map_err(|e| format!("{} cannot be read: {e}", path.display()));
    let (frame, layers) = (read(frame)?, layers.map(read).transpose()?);
    let source = animator.animate(&frame, layers.as_deref(), motion).map_err(|failure| failure.to_string())?;
    Ok(Arc::new(move |index, out| source.draw(index, out)))
}
