//! What can go wrong in the cut, in words a person can act on.

use std::path::{Path, PathBuf};

/// A cut that did not come about.
#[derive(Debug, thiserror::Error)]
pub enum FilmError {
    /// There is no ffmpeg that can be started.
    #[error("ffmpeg was not found, and without it no film can be put together ({detail})")]
    NoFfmpeg {
        /// What was tried.
        detail: String,
    },
    /// There is an ffmpeg, but it cannot write a format the film needs.
    #[error("the ffmpeg at {} cannot write {what}", path.display())]
    NoEncoder {
        /// The program.
        path: PathBuf,
        /// H.264 or AAC.
        what: &'static str,
    },
    /// ffmpeg ended with an error.
    #[error("{doing} failed for {}: {detail}", path.display())]
    Failed {
        /// What was being done.
        doing: &'static str,
        /// The file it was about.
        path: PathBuf,
        /// The last lines of what ffmpeg said.
        detail: String,
    },
    /// The disk is full.
    #[error("the disk is full: {doing} could not finish {}", path.display())]
    DiskFull {
        /// What was being done.
        doing: &'static str,
        /// The file that was being written.
        path: PathBuf,
    },
    /// A file could not be read or written.
    #[error("{doing} failed for {}: {source}", path.display())]
    File {
        /// What was being done.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Something has the name already.
    #[error("{} is there already", path.display())]
    Exists {
        /// What is there.
        path: PathBuf,
    },
    /// A file that is not what it should be: no picture in it, a wrong size, frames missing.
    #[error("{} is not usable: {detail}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// Something of ours broke while drawing frames or words.
    #[error("drawing failed: {detail}")]
    Draw {
        /// What broke.
        detail: String,
    },
    /// The call was cancelled.
    #[error("cancelled")]
    Cancelled,
}

impl FilmError {
    /// True when trying the same again may help without anybody doing anything.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Failed { .. } | Self::File { .. })
    }

    /// What a person can do about it; empty when there is nothing to do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoFfmpeg { .. } => how_to_get_ffmpeg(),
            Self::NoEncoder { .. } => "Install a full build of ffmpeg (with libx264 or openh264, and aac).",
            Self::DiskFull { .. } => "Free some space on the disk, then try again: what is done already is kept.",
            Self::Exists { .. } => "Choose another name, or say that it may be replaced.",
            Self::Unusable { .. } => "Make this shot or sound again.",
            Self::Failed { .. } | Self::File { .. } => "Try again; if it stays, look at the log.",
            Self::Draw { .. } | Self::Cancelled => "",
        }
    }

    pub(crate) fn file(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull => Self::DiskFull { doing, path },
            _ => Self::File { doing, path, source },
        }
    }
}

fn how_to_get_ffmpeg() -> &'static str {
    if cfg!(target_os = "macos") {
        "Install it with `brew install ffmpeg`, or set WORKPRINT_FFMPEG to where it is."
    } else if cfg!(windows) {
        "Install it with `winget install Gyan.FFmpeg`, or set WORKPRINT_FFMPEG to where ffmpeg.exe is."
    } else {
        "Install it with your package manager (`sudo apt install ffmpeg`), or set WORKPRINT_FFMPEG to where it is."
    }
}
