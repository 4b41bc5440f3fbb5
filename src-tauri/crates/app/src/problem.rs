//! What goes wrong below, in the words of the edge.

use engine::{FailureKind, TaskError};
use film::FilmError;
use library::{LibraryError, LibraryIdError};
use orchestrator::{ConversationError, CrewError};

use crate::wire::{ErrorCode, Problem};

/// A request that is wrong in itself.
pub(crate) fn bad_request(message: impl Into<String>, hint: &str) -> Problem {
    Problem { code: ErrorCode::BadRequest, message: message.into(), hint: hint.to_owned(), retryable: false }
}

/// What was named is not there.
pub(crate) fn not_found(message: impl Into<String>) -> Problem {
    Problem { code: ErrorCode::NotFound, message: message.into(), hint: String::new(), retryable: false }
}

/// The state does not allow it.
pub(crate) fn not_now(message: impl Into<String>, hint: &str) -> Problem {
    Problem { code: ErrorCode::NotNow, message: message.into(), hint: hint.to_owned(), retryable: false }
}

/// A fault in the program.
pub(crate) fn internal(message: impl Into<String>) -> Problem {
    Problem {
        code: ErrorCode::Internal,
        message: message.into(),
        hint: "This is a fault in Workprint. Nothing that was made is lost; the log says more.".to_owned(),
        retryable: true,
    }
}

/// A file that could not be written where the person wanted it.
pub(crate) fn unwritable(path: &std::path::Path, error: &std::io::Error) -> Problem {
    let (code, hint) = match error.kind() {
        std::io::ErrorKind::StorageFull => (ErrorCode::DiskFull, "Free some space, or choose another folder."),
        _ => (ErrorCode::Storage, "Choose another folder."),
    };
    Problem {
        code,
        message: format!("{} cannot be written: {error}", path.display()),
        hint: hint.to_owned(),
        retryable: true,
    }
}

impl From<LibraryError> for Problem {
    fn from(error: LibraryError) -> Self {
        let code = match &error {
            LibraryError::Held { .. } => ErrorCode::LibraryHeld,
            LibraryError::Newer { .. } | LibraryError::Older { .. } => ErrorCode::LibraryNewer,
            LibraryError::Full { .. } | LibraryError::TooLarge { .. } => ErrorCode::DiskFull,
            LibraryError::NotAProject { .. } | LibraryError::NewerProject { .. } => ErrorCode::BadFile,
            LibraryError::Stopped => ErrorCode::Cancelled,
            LibraryError::NoProject(_)
            | LibraryError::NoRun { .. }
            | LibraryError::NoArtifact(_)
            | LibraryError::NoOpenCall(_)
            | LibraryError::NoEdition { .. } => ErrorCode::NotFound,
            _ => ErrorCode::Storage,
        };
        let retryable = matches!(code, ErrorCode::LibraryHeld | ErrorCode::Storage | ErrorCode::DiskFull);
        Self { code, message: story::sentence_case(&error.to_string()), hint: error.hint(), retryable }
    }
}

impl From<LibraryIdError> for Problem {
    fn from(error: LibraryIdError) -> Self {
        not_found(story::sentence_case(&error.to_string()))
    }
}

impl From<FilmError> for Problem {
    fn from(error: FilmError) -> Self {
        if let FilmError::File { path, source, .. } = &error
            && matches!(source.kind(), std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem)
        {
            return unwritable(path, source);
        }
        let code = match &error {
            FilmError::NoFfmpeg { .. } | FilmError::NoEncoder { .. } => ErrorCode::NoFfmpeg,
            FilmError::DiskFull { .. } => ErrorCode::DiskFull,
            FilmError::Cancelled => ErrorCode::Cancelled,
            FilmError::Exists { .. } => ErrorCode::NotNow,
            _ => ErrorCode::TaskFailed,
        };
        Self {
            code,
            message: story::sentence_case(&error.to_string()),
            hint: error.hint().to_owned(),
            retryable: error.is_retryable(),
        }
    }
}

impl From<CrewError> for Problem {
    fn from(error: CrewError) -> Self {
        match error {
            CrewError::Film(error) => error.into(),
            CrewError::Model(failure) => from_model(failure),
        }
    }
}

/// A model, or its server, that cannot be used.
pub(crate) fn from_model(failure: models::Failure) -> Problem {
    Problem {
        code: ErrorCode::NotNow,
        message: story::sentence_case(&failure.message),
        hint: failure.hint,
        retryable: true,
    }
}

/// A failed task.
pub(crate) fn from_task(error: &TaskError) -> Problem {
    let code = if error.kind == FailureKind::Cancelled { ErrorCode::Cancelled } else { ErrorCode::TaskFailed };
    Problem {
        code,
        message: story::sentence_case(&error.message),
        hint: error.hint.clone(),
        retryable: error.kind.is_retryable(),
    }
}

impl From<ConversationError> for Problem {
    fn from(error: ConversationError) -> Self {
        let message = story::sentence_case(&error.to_string());
        match error {
            ConversationError::Library(e) => e.into(),
            ConversationError::Crew(e) => e.into(),
            ConversationError::Graph(e) => from_task(&e),
            ConversationError::Empty => bad_request(message, "Say what the film should be about."),
            ConversationError::TooLong(_) => bad_request(
                message,
                "Send the part that matters most; nothing was sent, and your text is still in the box.",
            ),
            ConversationError::BadValue { .. } | ConversationError::Brief(_) => {
                bad_request(message, "Choose one of the offered values, or say it another way.")
            }
            ConversationError::NothingToStart => not_now(message, "Say what the film should be about."),
            ConversationError::NoProposal
            | ConversationError::NoEdition(_)
            | ConversationError::NoTake { .. }
            | ConversationError::NothingWaits(_) => not_now(message, "Look at the project again: it has changed."),
            ConversationError::Document(_) => internal(message),
        }
    }
}
