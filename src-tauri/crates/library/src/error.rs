//! What can go wrong with the library, in words for the person, and which of its causes each low-level error is.

use std::io;
use std::path::{Path, PathBuf};

use engine::{StoreError, TaskError};
use rusqlite::ErrorCode;

use crate::{Holder, ProjectId};

/// A library that could not do what it was asked. The message says what happened and where; [`LibraryError::hint`]
/// says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LibraryError {
    /// Another process may write; this one may not.
    #[error("the library in {} is being used by {by}", home.display())]
    Held {
        /// The data folder.
        home: PathBuf,
        /// Who holds it.
        by: Holder,
    },
    /// A newer version of the program wrote the database. It is left untouched.
    #[error("{} was written by a newer version of Workprint (format {found}; this version knows {known})", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest format that this program knows.
        known: u32,
    },
    /// The database is of an older format, and reading alone cannot bring it up to date.
    #[error("{} was written by an older version of Workprint (format {found}; this version reads {known})", path.display())]
    Older {
        /// The database.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The format that this program reads.
        known: u32,
    },
    /// There is no library in the folder.
    #[error("there is no library in {}", home.display())]
    Missing {
        /// The data folder.
        home: PathBuf,
    },
    /// A database or a backup cannot be read as one.
    #[error("{} is damaged: {why}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        why: String,
    },
    /// The disk or folder can only be read.
    #[error("{} cannot be written: the folder or the disk is read-only", path.display())]
    ReadOnly {
        /// Where.
        path: PathBuf,
    },
    /// The system forbids it.
    #[error("{} cannot be used: this user has no permission", path.display())]
    Denied {
        /// Where.
        path: PathBuf,
    },
    /// A file stands where a folder must be.
    #[error("{} cannot be the data folder: it is a file, or lies below one", path.display())]
    NotAFolder {
        /// Where.
        path: PathBuf,
    },
    /// No room is left.
    #[error("the disk is full: {} could not be written", path.display())]
    Full {
        /// What was being written.
        path: PathBuf,
    },
    /// The disk failed in another way.
    #[error("{} could not be read or written: {why}", path.display())]
    Disk {
        /// Where.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The database failed in another way.
    #[error("the library {} could not answer: {why}", path.display())]
    Database {
        /// The database.
        path: PathBuf,
        /// What SQLite said.
        why: String,
    },
    /// The library was opened for reading only.
    #[error("the library in {} was opened for reading only", home.display())]
    OnlyReading {
        /// The data folder.
        home: PathBuf,
    },
    /// A damaged database was set aside, and what to do about it is not decided yet.
    #[error("nothing may be cleaned up while {} waits for a decision", kept.display())]
    Undecided {
        /// The damaged database.
        kept: PathBuf,
    },
    /// A file that is no project, or a damaged one. Nothing of it was taken.
    #[error("{} is no project that can be opened: {why}", path.display())]
    NotAProject {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A newer version of the program wrote the project file.
    #[error("{} was written by a newer version of Workprint (version {found}; this one reads {known})", path.display())]
    NewerProject {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest version that this program reads.
        known: u32,
    },
    /// There is no room for a project file.
    #[error("{} needs {} MB, and the disk has {} MB free", path.display(), wanted / 1_000_000, free / 1_000_000)]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The bytes it needs.
        wanted: u64,
        /// The bytes that are free.
        free: u64,
    },
    /// The work was stopped by whoever asked for it.
    #[error("stopped")]
    Stopped,
    /// There is no such project, or it was deleted for good.
    #[error("there is no project {0}")]
    NoProject(ProjectId),
    /// The project has no such run.
    #[error("the project {project} has no run {run}")]
    NoRun {
        /// The project.
        project: ProjectId,
        /// The run.
        run: String,
    },
    /// There is no such result.
    #[error("there is no stored result {0}")]
    NoArtifact(String),
    /// A call is not known, or it is over.
    #[error("the call {0} is over or was never made here")]
    NoOpenCall(String),
    /// The project has no such edition.
    #[error("the project {project} has no edition {number}")]
    NoEdition {
        /// The project.
        project: ProjectId,
        /// The number that was asked for.
        number: u32,
    },
    /// A result is known, but a file of it is gone.
    #[error("the result chosen for {slot} lost a file: {} is gone or was cut short", path.display())]
    LostBlob {
        /// What it was chosen for.
        slot: String,
        /// The file.
        path: PathBuf,
    },
    /// A stream is as long as it can be (2³² − 1 events).
    #[error("the history of project {0} is full")]
    StreamFull(ProjectId),
    /// The library was closed while it was asked.
    #[error("the library was closed")]
    Closed,
}

impl LibraryError {
    /// What the person can do about it; empty when nothing.
    pub fn hint(&self) -> String {
        match self {
            Self::Held { .. } => "Close the other one, or wait until it is done.",
            Self::Newer { .. } => "Update Workprint. Nothing was changed.",
            Self::Older { .. } => "Open Workprint once, so that it brings the library up to date.",
            Self::Missing { .. } => "Make a film first, or set WORKPRINT_HOME to the folder that has your projects.",
            Self::Damaged { .. } => "Start Workprint again: it keeps the damaged file and offers the last backup.",
            Self::ReadOnly { .. } | Self::Denied { .. } => {
                "Make the folder writable, or set WORKPRINT_HOME to another folder."
            }
            Self::NotAFolder { .. } => "Set WORKPRINT_HOME to a folder.",
            Self::Full { .. } => "Free some space and try again. Nothing that was finished is lost.",
            Self::OnlyReading { .. } => "Use a command that may write.",
            Self::Undecided { .. } => "Restore a backup, or go on with an empty library.",
            Self::LostBlob { .. } => "Choose another take, or have it made again.",
            Self::NotAProject { .. } => "Ask for the file again; your projects are as they were.",
            Self::NewerProject { .. } => "Update Workprint; your projects are as they were.",
            Self::TooLarge { .. } => "Free some space and try again; your projects are as they were.",
            Self::Disk { .. } => "Check that the disk is connected and healthy.",
            Self::StreamFull(_) => "Duplicate the brief into a new project and go on there.",
            Self::Database { .. }
            | Self::NoProject(_)
            | Self::NoRun { .. }
            | Self::NoArtifact(_)
            | Self::NoOpenCall(_)
            | Self::NoEdition { .. }
            | Self::Stopped
            | Self::Closed => "",
        }
        .to_owned()
    }

    /// The cause of a failed reading or writing of a file or folder.
    pub(crate) fn io(path: &Path, error: &io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::PermissionDenied => Self::Denied { path },
            io::ErrorKind::NotADirectory => Self::NotAFolder { path },
            _ => Self::Disk { path, why: error.to_string() },
        }
    }

    /// The cause of a failed statement.
    pub(crate) fn sql(path: &Path, error: &rusqlite::Error) -> Self {
        /// `SQLITE_IOERR_SHORT_READ`: the file ends before a page that must be there.
        const SHORT_READ: i32 = 522;
        let owned = path.to_owned();
        let why = error.to_string();
        let Some(failure) = error.sqlite_error() else { return Self::Database { path: owned, why } };
        match failure.code {
            ErrorCode::DiskFull => Self::Full { path: owned },
            ErrorCode::ReadOnly => Self::ReadOnly { path: owned },
            ErrorCode::PermissionDenied | ErrorCode::CannotOpen => Self::Denied { path: owned },
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged { path: owned, why },
            ErrorCode::SystemIoFailure if failure.extended_code == SHORT_READ => Self::Damaged { path: owned, why },
            ErrorCode::SystemIoFailure => Self::Disk { path: owned, why },
            _ => Self::Database { path: owned, why },
        }
    }
}

impl From<LibraryError> for StoreError {
    fn from(error: LibraryError) -> Self {
        Self { message: error.to_string(), hint: error.hint() }
    }
}

impl From<LibraryError> for TaskError {
    fn from(error: LibraryError) -> Self {
        let hint = error.hint();
        Self::new(engine::FailureKind::Local, error.to_string()).hint(hint)
    }
}

/// What a statement or the code around it met, before it is known which file it was about.
#[derive(Debug)]
pub(crate) enum Fault {
    Sql(rusqlite::Error),
    Known(LibraryError),
}

impl Fault {
    pub(crate) fn at(self, path: &Path) -> LibraryError {
        match self {
            Self::Sql(error) => LibraryError::sql(path, &error),
            Self::Known(error) => error,
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<LibraryError> for Fault {
    fn from(error: LibraryError) -> Self {
        Self::Known(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_from_a_broken_one() {
        use std::io::Write;
        let path = Path::new("/dev/full");
        let mut file = std::fs::File::options().write(true).open(path).unwrap();
        let error = file.write_all(b"picture").unwrap_err();
        assert_eq!(LibraryError::io(path, &error), LibraryError::Full { path: path.to_owned() });
    }

    #[test]
    fn each_cause_has_its_own_word() {
        let path = Path::new("/films/library.db");
        let io = |kind: io::ErrorKind| LibraryError::io(path, &io::Error::from(kind));
        let sql =
            |code| LibraryError::sql(path, &rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None));
        assert!(matches!(io(io::ErrorKind::ReadOnlyFilesystem), LibraryError::ReadOnly { .. }));
        assert!(matches!(io(io::ErrorKind::PermissionDenied), LibraryError::Denied { .. }));
        assert!(matches!(io(io::ErrorKind::NotADirectory), LibraryError::NotAFolder { .. }));
        assert!(matches!(io(io::ErrorKind::TimedOut), LibraryError::Disk { .. }));
        assert!(matches!(sql(rusqlite::ffi::SQLITE_FULL), LibraryError::Full { .. }));
        assert!(matches!(sql(rusqlite::ffi::SQLITE_READONLY), LibraryError::ReadOnly { .. }));
        assert!(matches!(sql(rusqlite::ffi::SQLITE_CANTOPEN), LibraryError::Denied { .. }));
        assert!(matches!(sql(rusqlite::ffi::SQLITE_CORRUPT), LibraryError::Damaged { .. }));
        assert!(matches!(sql(rusqlite::ffi::SQLITE_NOTADB), LibraryError::Damaged { .. }));
        assert!(matches!(sql(522), LibraryError::Damaged { .. }));
        assert!(matches!(sql(rusqlite::ffi::SQLITE_IOERR), LibraryError::Disk { .. }));
        assert!(matches!(sql(rusqlite::ffi::SQLITE_BUSY), LibraryError::Database { .. }));
        for error in [io(io::ErrorKind::StorageFull), io(io::ErrorKind::PermissionDenied)] {
            assert!(error.to_string().contains("/films/library.db") && !error.hint().is_empty(), "{error}");
        }
    }
}
