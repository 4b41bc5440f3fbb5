//! The keychain of the system: the Keychain of macOS, Windows' Credential Manager, the Secret Service of Linux desktops.

use std::path::Path;

use keyring::{Entry, Error};
use models::Secret;

use super::{Keychain, KeychainError};
use crate::home::usual_folder;

/// The system's keychain, as far as it is this program's.
#[derive(Debug, Clone)]
pub struct SystemKeychain {
    service: String,
}

impl SystemKeychain {
    /// The keys of the library in a folder. A library in another folder than the usual one has keys of its own, so that
    /// trying something there cannot remove the person's.
    pub fn of(home: &Path) -> Self {
        let usual = home == usual_folder();
        Self { service: if usual { "Workprint".into() } else { format!("Workprint ({})", home.display()) } }
    }

    fn entry(&self, address: &str) -> Result<Entry, KeychainError> {
        Entry::new(&self.service, address).map_err(told)
    }
}

/// The fault in words. Those that hold what was read are told without it.
fn told(error: Error) -> KeychainError {
    match error {
        Error::NoDefaultStore => KeychainError::NotThere,
        Error::PlatformFailure(why) | Error::NoStorageAccess(why) => KeychainError::Refused(why.to_string()),
        Error::TooLong(..) => KeychainError::Refused("the key is too long for it".into()),
        _ => KeychainError::Refused("it answered in a way that Workprint does not understand".into()),
    }
}

impl Keychain for SystemKeychain {
    fn is_there(&self) -> bool {
        Entry::store_status().is_ok()
    }

    fn get(&self, address: &str) -> Result<Option<Secret>, KeychainError> {
        match self.entry(address)?.get_password() {
            Ok(key) => Ok(Secret::new(&key)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(told(error)),
        }
    }

    fn put(&self, address: &str, key: &str) -> Result<(), KeychainError> {
        self.entry(address)?.set_password(key).map_err(told)
    }

    fn remove(&self, address: &str) -> Result<(), KeychainError> {
        match self.entry(address)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(told(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tests run on a bus of their own, where nobody keeps keys; with a keychain on it, it is tried.
    #[tokio::test]
    async fn whatever_this_machine_has_it_answers() {
        const ADDRESS: &str = "https://nobody.example/v1";
        let home = tempfile::tempdir().unwrap();
        let keychain = SystemKeychain::of(home.path());
        assert_ne!(keychain.service, SystemKeychain::of(&usual_folder()).service, "libraries do not share keys");
        let asked = move || {
            if !keychain.is_there() {
                assert_eq!(keychain.get(ADDRESS), Err(KeychainError::NotThere));
                return;
            }
            assert_eq!(keychain.get(ADDRESS), Ok(None));
            keychain.put(ADDRESS, "sk-planted-1234").unwrap();
            assert_eq!(keychain.get(ADDRESS), Ok(Secret::new("sk-planted-1234")));
            keychain.remove(ADDRESS).unwrap();
            keychain.remove(ADDRESS).unwrap();
            assert_eq!(keychain.get(ADDRESS), Ok(None));
        };
        tokio::task::spawn_blocking(asked).await.unwrap();
    }
}
