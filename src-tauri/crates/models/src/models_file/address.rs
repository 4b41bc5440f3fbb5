//! What may stand for a server's address, a model's name and a variable's name, wherever a person writes them.

use reqwest::Url;

use crate::openai::{is_inside, is_loopback};

/// Why an address cannot be used. It never repeats the address, which may hold a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not an address, or one with more in it than an address.
    #[error("that is no address of a server")]
    NoAddress,
    /// A key would go over the open net for everybody to read.
    #[error("a key must not go over the open net without encryption")]
    InTheClear,
}

impl AddressError {
    /// What to do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::NoAddress => {
                "Give an http or https address up to and with /v1, such as https://api.example.com/v1, without a user, a key or a question mark in it."
            }
            Self::InTheClear => "Use an address that begins with https, or a server without a key.",
        }
    }
}

/// An address as it is stored: up to and with `/v1`, without a slash at its end. An address on the open net that is
/// given a key must be https.
pub fn checked_address(text: &str, with_key: bool) -> Result<String, AddressError> {
    let url = address(text.trim()).ok_or(AddressError::NoAddress)?;
    if with_key && goes_in_the_clear(&url) {
        return Err(AddressError::InTheClear);
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// A name of a model or a server, as it is stored; `None` when it is empty, too long or odd.
pub fn checked_name(text: &str) -> Option<String> {
    name(text.trim())
}

/// The name of an environment variable; `None` for anything else, such as a key that was put into the wrong field.
pub fn checked_variable(text: &str) -> Option<String> {
    variable(text.trim())
}

/// Whether a server runs on this machine, so that nothing leaves it.
pub fn is_on_this_machine(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| is_loopback(&url))
}

/// The host and port of an address; what a server without a name is called.
pub fn place_of(address: &str) -> String {
    Url::parse(address).map_or_else(|_| address.to_owned(), |url| place(&url))
}

pub(super) fn goes_in_the_clear(base: &Url) -> bool {
    base.scheme() == "http" && !is_loopback(base) && !is_inside(base)
}

pub(super) fn name(text: &str) -> Option<String> {
    let fits = !text.is_empty() && text.chars().count() <= 200 && !text.chars().any(char::is_control);
    (fits && text.trim() == text).then(|| text.to_owned())
}

pub(super) fn address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let plain =
        url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    (plain && matches!(url.scheme(), "http" | "https") && url.host_str().is_some()).then_some(url)
}

/// The host and port of an address.
pub(super) fn place(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

pub(super) fn variable(text: &str) -> Option<String> {
    let begins = text.starts_with(|c: char| c.is_ascii_uppercase() || c == '_');
    let fits = text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    (begins && fits && text.len() <= 64).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_one_form_and_a_key_never_goes_in_the_clear() {
        assert_eq!(checked_address(" https://API.example.com/v1/ ", true).as_deref(), Ok("https://api.example.com/v1"));
        assert_eq!(checked_address("http://api.example.com/v1", true), Err(AddressError::InTheClear));
        assert!(checked_address("http://api.example.com/v1", false).is_ok());
        assert!(checked_address("http://192.168.1.7:8000/v1", true).is_ok());
        for odd in ["", "sk-planted-1234", "https://user:pw@h/v1", "https://h/v1?key=x", "ftp://h/v1"] {
            let error = checked_address(odd, false).unwrap_err();
            assert_eq!(error, AddressError::NoAddress, "{odd}");
            assert!(!format!("{error} {error:?} {}", error.hint()).contains("planted"));
        }
        assert_eq!(
            (checked_variable(" OPENAI_API_KEY "), checked_variable("sk-1")),
            (Some("OPENAI_API_KEY".into()), None)
        );
        assert_eq!((checked_name(" gpt "), checked_name("  ")), (Some("gpt".into()), None));
    }
}
