//! How far a project is.

use serde::{Deserialize, Serialize};

/// How far a project is, as it is stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nothing is decided.
    #[default]
    Empty,
    /// A plan waits to be started.
    Planned,
    /// A run is on.
    Making,
    /// The last run made no film.
    Unfinished,
    /// There is a film.
    Film,
}

impl Stage {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Planned => "planned",
            Self::Making => "making",
            Self::Unfinished => "unfinished",
            Self::Film => "film",
        }
    }

    /// The stage that a stored word names; one that nobody knows is empty.
    pub fn of(word: &str) -> Self {
        [Self::Planned, Self::Making, Self::Unfinished, Self::Film]
            .into_iter()
            .find(|stage| stage.as_str() == word)
            .unwrap_or_default()
    }
}
