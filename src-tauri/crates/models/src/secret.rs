//! A key to a provider. It leaves in a request's header and nowhere else.

use reqwest::header::{HeaderValue, InvalidHeaderValue};
use serde::{Serialize, Serializer};

/// What is shown in a secret's place.
const SHOWN: &str = "(secret)";

/// A key that no log, error, file or message ever shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a key; white space at its ends, as it comes with a paste, is dropped. `None` when nothing is left.
    pub fn new(key: &str) -> Option<Self> {
        let key = key.trim();
        (!key.is_empty()).then(|| Self(key.to_owned()))
    }

    /// False for a key with characters that cannot stand in a header; no key has them.
    pub fn can_be_sent(&self) -> bool {
        self.bearer().is_ok()
    }

    /// The key as a bearer's header, marked so that nobody prints it.
    pub(crate) fn bearer(&self) -> Result<HeaderValue, InvalidHeaderValue> {
        let mut value = HeaderValue::from_str(&format!("Bearer {}", self.0))?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// A text without the key.
    pub(crate) fn redact(&self, text: &str) -> String {
        text.replace(&self.0, SHOWN)
    }

    /// Bytes without the key.
    pub(crate) fn redact_bytes(&self, bytes: Vec<u8>) -> Vec<u8> {
        let key = self.0.as_bytes();
        let mut clean = Vec::new();
        let mut from = 0;
        while let Some(at) = bytes[from..].windows(key.len()).position(|w| w == key) {
            clean.extend_from_slice(&bytes[from..from + at]);
            clean.extend_from_slice(SHOWN.as_bytes());
            from += at + key.len();
        }
        if from == 0 {
            return bytes;
        }
        clean.extend_from_slice(&bytes[from..]);
        clean
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(SHOWN)
    }
}

impl std::fmt::Display for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(SHOWN)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(SHOWN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_shown_nowhere() {
        let secret = Secret::new(" sk-planted-1234\n").unwrap();
        let shown = format!("{secret} {secret:?} {} {:?}", serde_json::json!({ "key": secret }), secret.bearer());
        assert!(!shown.contains("planted"), "{shown}");
        assert_eq!(secret.bearer().unwrap().as_bytes(), b"Bearer sk-planted-1234");
        assert_eq!(secret.redact("bad key sk-planted-1234!"), "bad key (secret)!");
        assert_eq!(secret.redact_bytes(b"a sk-planted-1234sk-planted-1234 b".to_vec()), b"a (secret)(secret) b");
        assert_eq!(secret.redact_bytes(b"nothing".to_vec()), b"nothing");
        assert_eq!(Secret::new("  "), None);
    }
}
