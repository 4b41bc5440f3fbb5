//! Keys to servers: kept in the system's keychain, for this session, or in a file that the person agreed to. They are
//! named by the address of the server they are for. Nothing in here gives a key as text, and no error holds one.

mod file;
mod system;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use models::{KeyRef, Secret};

pub use system::SystemKeychain;

use crate::wire::KeyPlace;

/// A place on this machine that keeps secrets for programs.
pub trait Keychain: Send + Sync + 'static {
    /// Whether there is one here that works.
    fn is_there(&self) -> bool;
    /// The key for an address.
    fn get(&self, address: &str) -> Result<Option<Secret>, KeychainError>;
    /// Keeps a key for an address.
    fn put(&self, address: &str, key: &str) -> Result<(), KeychainError>;
    /// Forgets the key for an address; one that is not there is no fault.
    fn remove(&self, address: &str) -> Result<(), KeychainError>;
}

/// Why keys cannot be read or kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// This machine has no keychain, or it does not answer.
    #[error("this machine has no keychain that answers")]
    NotThere,
    /// It refuses.
    #[error("the keychain did not open: {0}")]
    Refused(String),
    /// The file with keys cannot be read or written.
    #[error("the file with keys cannot be used: {0}")]
    File(String),
}

impl KeychainError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotThere => {
                "Keep the key for this session, name an environment variable that holds it, or keep it in a file."
            }
            Self::Refused(_) => "Unlock the keychain and try again, or keep the key elsewhere.",
            Self::File(_) => "Look after keys.json in the data folder, or keep the key elsewhere.",
        }
    }
}

/// The keys of this program.
pub(crate) struct Keys {
    keychain: Arc<dyn Keychain>,
    session: Mutex<BTreeMap<String, Secret>>,
    file: PathBuf,
}

impl Keys {
    /// Keys in this keychain, or in a file of this folder.
    pub(crate) fn new(keychain: Arc<dyn Keychain>, home: &Path) -> Self {
        Self { keychain, session: Mutex::default(), file: home.join("keys.json") }
    }

    /// Where the file is, if there is to be one.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Whether the keychain works.
    pub(crate) async fn has_keychain(&self) -> bool {
        let keychain = Arc::clone(&self.keychain);
        tokio::task::spawn_blocking(move || keychain.is_there()).await.unwrap_or_default()
    }

    /// The key that lies at a place; `None` when there is none.
    pub(crate) async fn get(&self, place: &KeyRef) -> Result<Option<Secret>, KeychainError> {
        match place {
            KeyRef::Env(variable) => Ok(std::env::var(variable).ok().as_deref().and_then(Secret::new)),
            KeyRef::Kept(address) => Ok(self.find(address).await?.map(|(_, key)| key)),
        }
    }

    /// Where the key for an address is kept; `None` when it is nowhere.
    pub(crate) async fn place(&self, address: &str) -> Result<Option<KeyPlace>, KeychainError> {
        Ok(self.find(address).await?.map(|(place, _)| place))
    }

    async fn find(&self, address: &str) -> Result<Option<(KeyPlace, Secret)>, KeychainError> {
        if let Some(key) = self.session().get(address).cloned() {
            return Ok(Some((KeyPlace::Session, key)));
        }
        let (keychain, file, address) = (Arc::clone(&self.keychain), self.file.clone(), address.to_owned());
        blocking(move || {
            if let Some(key) = file::read(&file)?.get(&address).and_then(|key| Secret::new(key)) {
                return Ok(Some((KeyPlace::File, key)));
            }
            if !keychain.is_there() {
                return Ok(None);
            }
            Ok(keychain.get(&address)?.map(|key| (KeyPlace::Keychain, key)))
        })
        .await
    }

    /// Keeps a key for an address at a place, and nowhere else.
    pub(crate) async fn keep(&self, address: &str, key: &str, place: KeyPlace) -> Result<(), KeychainError> {
        let session = (place == KeyPlace::Session).then(|| Secret::new(key)).flatten();
        let (keychain, file) = (Arc::clone(&self.keychain), self.file.clone());
        let (at, key) = (address.to_owned(), key.to_owned());
        blocking(move || {
            if place == KeyPlace::Keychain {
                keychain.put(&at, &key)?;
            } else if keychain.is_there() {
                keychain.remove(&at)?;
            }
            file::change(&file, |keys| {
                if place == KeyPlace::File {
                    keys.insert(at, key)
                } else {
                    keys.remove(&at)
                };
            })
        })
        .await?;
        match session {
            Some(key) => self.session().insert(address.to_owned(), key),
            None => self.session().remove(address),
        };
        Ok(())
    }

    /// Forgets the key for an address, wherever it is.
    pub(crate) async fn forget(&self, address: &str) -> Result<(), KeychainError> {
        self.session().remove(address);
        let (keychain, file, at) = (Arc::clone(&self.keychain), self.file.clone(), address.to_owned());
        blocking(move || {
            file::change(&file, |keys| drop(keys.remove(&at)))?;
            if keychain.is_there() { keychain.remove(&at) } else { Ok(()) }
        })
        .await
    }

    fn session(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Secret>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A keychain may ask the person something before it answers.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, KeychainError> + Send + 'static,
) -> Result<T, KeychainError> {
    tokio::task::spawn_blocking(work).await.map_err(|e| KeychainError::Refused(e.to_string()))?
}
