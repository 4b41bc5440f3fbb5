//! What went wrong with an update, in words: what happened and what to do.

use tauri_plugin_updater::Error;

use super::fetch::FetchError;

/// What happened, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) why: String,
    pub(super) hint: String,
}

pub(super) fn words(why: &str, hint: &str) -> Words {
    Words { why: why.to_owned(), hint: hint.to_owned() }
}

const ONLINE: &str = "See whether this machine is online, and try again.";
const LATER: &str = "Try again later.";
const NOT_TRUSTED: &str = "It was thrown away, and nothing was installed. Try again; if it happens once more, tell us.";

/// Of a question or an installation.
pub(super) fn of_updater(error: &Error) -> Words {
    match error {
        Error::ReleaseNotFound => words("The list of new versions is not where it should be.", LATER),
        Error::Reqwest(error) if error.is_decode() => words("The list of new versions cannot be read.", LATER),
        Error::Reqwest(_) => words("The server with new versions cannot be reached.", ONLINE),
        Error::Serialization(_) | Error::Semver(_) | Error::UrlParse(_) => {
            words("The list of new versions cannot be read.", LATER)
        }
        Error::TargetNotFound(_) | Error::TargetsNotFound(_) | Error::UnsupportedArch | Error::UnsupportedOs => {
            words("There is a new version, but no package of it for this system.", LATER)
        }
        Error::Network(_) => words("The package cannot be fetched.", LATER),
        Error::SignedVersionMismatch { signed, announced } => {
            words(&format!("The package offered as version {announced} was signed as version {signed}."), NOT_TRUSTED)
        }
        Error::MissingSignedVersion => words("The package does not say which version it was signed as.", NOT_TRUSTED),
        Error::Minisign(_) | Error::Base64(_) | Error::SignatureUtf8(_) => {
            words("The package is not what the makers of Workprint signed.", NOT_TRUSTED)
        }
        Error::Io(error) => of_file(error),
        Error::PreviousAppNotRestored(path) => words(
            &format!("The new version was not installed. The one before is at {}.", path.display()),
            "Put it back there by hand, or install Workprint again. Your projects are as they were.",
        ),
        other => words(&format!("The new version was not installed: {other}"), "This version goes on as it was."),
    }
}

/// Of a download.
pub(super) fn of_fetch(error: &FetchError) -> Words {
    match error {
        FetchError::Insecure => words("The package lies at an address that is not safe.", LATER),
        FetchError::Status(404 | 410) => words("The package is not where it should be.", LATER),
        FetchError::Status(status) => words(&format!("The server did not give the package ({status})."), LATER),
        FetchError::TooLarge => words("The package is larger than any package should be.", NOT_TRUSTED),
        FetchError::Cut(error) if error.is_connect() => words("The server with the package cannot be reached.", ONLINE),
        FetchError::Cut(_) => words(
            "The download was cut off.",
            "See whether this machine is online, and try again: it goes on where it ended.",
        ),
        FetchError::File(error) => of_file(error),
    }
}

fn of_file(error: &std::io::Error) -> Words {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem, StorageFull};
    match error.kind() {
        StorageFull => words("The disk is full.", "Free some space, and try again."),
        PermissionDenied | ReadOnlyFilesystem => words(
            "The folder of the program cannot be written.",
            "Install the new version as you installed this one, or as somebody who may write there.",
        ),
        _ => words(&format!("A file could not be written or read: {error}"), "Try again."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_trusted_is_said_to_be_thrown_away() {
        let mismatch = Error::SignedVersionMismatch { signed: "0.0.9".to_owned(), announced: "0.2.0".to_owned() };
        for error in [mismatch, Error::MissingSignedVersion, Error::SignatureUtf8(String::new())] {
            assert!(of_updater(&error).hint.contains("thrown away"), "{error}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_written_says_what_to_do() {
        let said = of_fetch(&FetchError::File(std::io::ErrorKind::StorageFull.into()));
        assert_eq!(said, words("The disk is full.", "Free some space, and try again."));
        assert_eq!(
            of_updater(&Error::Io(std::io::ErrorKind::PermissionDenied.into())),
            of_file(&std::io::ErrorKind::ReadOnlyFilesystem.into())
        );
    }
}
