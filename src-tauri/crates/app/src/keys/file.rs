//! The file with keys, for whoever agreed to it: only its owner can read it, and it goes with its last key.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use super::KeychainError;

type Kept = BTreeMap<String, String>;

fn told(error: &std::io::Error) -> KeychainError {
    KeychainError::File(error.to_string())
}

/// The keys, by address; none when there is no file.
pub(super) fn read(path: &Path) -> Result<Kept, KeychainError> {
    match std::fs::read(path) {
        // What the parser would say may hold a piece of a key.
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| KeychainError::File("it is damaged".into())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Kept::new()),
        Err(error) => Err(told(&error)),
    }
}

/// Writes the keys as they are after a change: whole or not at all.
pub(super) fn change(path: &Path, change: impl FnOnce(&mut Kept)) -> Result<(), KeychainError> {
    let before = read(path)?;
    let mut keys = before.clone();
    change(&mut keys);
    if keys == before {
        return Ok(());
    }
    if keys.is_empty() {
        return std::fs::remove_file(path).map_err(|error| told(&error));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    // A temporary file is its owner's alone, and so is what it becomes.
    let mut beside = tempfile::NamedTempFile::new_in(folder).map_err(|error| told(&error))?;
    let text = serde_json::to_vec(&keys).map_err(|e| KeychainError::File(e.to_string()))?;
    beside.write_all(&text).map_err(|error| told(&error))?;
    beside.as_file().sync_all().map_err(|error| told(&error))?;
    beside.persist(path).map_err(|error| told(&error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_its_owners_alone_and_goes_with_its_last_key() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("keys.json");
        change(&path, |keys| drop(keys.insert("https://a/v1".into(), "sk-1".into()))).unwrap();
        change(&path, |keys| drop(keys.insert("https://b/v1".into(), "sk-2".into()))).unwrap();
        assert_eq!(read(&path).unwrap().len(), 2);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        change(&path, |keys| drop(keys.remove("https://a/v1"))).unwrap();
        assert_eq!(read(&path).unwrap().keys().collect::<Vec<_>>(), ["https://b/v1"]);
        change(&path, BTreeMap::clear).unwrap();
        assert!(!path.exists() && read(&path).unwrap().is_empty());
    }

    #[test]
    fn a_damaged_file_is_told_of_without_its_words() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("keys.json");
        std::fs::write(&path, "{\"https://a/v1\": sk-planted}").unwrap();
        let error = change(&path, BTreeMap::clear).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("planted"), "{error}");
        assert!(path.exists(), "nothing is thrown away");
    }
}
