//! Identities of the parts of a film: minted once by code, stored in the document, never a list position.

use serde::{Deserialize, Serialize};

use crate::Seed;

/// A text that is not an id of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a {kind} id: it must start with {prefix:?} and go on with letters and digits")]
pub struct IdError {
    text: String,
    kind: &'static str,
    prefix: &'static str,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The id as text; safe as a file name and in a URL.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                match text.strip_prefix($prefix) {
                    Some(rest) if !rest.is_empty() && rest.len() <= 32
                        && rest.bytes().all(|b| b.is_ascii_alphanumeric()) => Ok(Self(text)),
                    _ => Err(IdError { text, kind: $kind, prefix: $prefix }),
                }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Minted for $name {
            fn from_digest(digest: &str) -> Self {
                Self(format!(concat!($prefix, "{}"), digest))
            }
        }
    };
}

/// An id that code can mint from hex digits.
pub(crate) trait Minted {
    fn from_digest(digest: &str) -> Self;
}

id!(
    /// A scene of the script.
    SceneId, "scene", "sc_"
);
id!(
    /// A line of dialogue or narration.
    LineId, "line", "ln_"
);
id!(
    /// A member of the cast.
    CastId, "cast", "ca_"
);
id!(
    /// A place where scenes happen.
    PlaceId, "place", "pl_"
);
id!(
    /// A shot of the storyboard.
    ShotId, "shot", "sh_"
);
id!(
    /// A change that the maker asked for.
    RevisionId, "revision", "rv_"
);

/// Mints ids for one document. The same seed and order of calls give the same ids, so that an agent that runs again
/// on the same view gives the same document; [`crate::carry_ids`] keeps ids when the view changed.
#[derive(Debug)]
pub struct Minter {
    seed: Seed,
    count: u64,
}

impl Minter {
    /// A minter for one document of one film.
    pub fn new(seed: Seed) -> Self {
        Self { seed, count: 0 }
    }

    fn digest(&mut self) -> String {
        self.count += 1;
        format!("{:012x}", self.seed.fork(&format!("id {}", self.count)).value() & 0xffff_ffff_ffff)
    }

    /// A new scene id.
    pub fn scene(&mut self) -> SceneId {
        SceneId::from_digest(&self.digest())
    }
    /// A new line id.
    pub fn line(&mut self) -> LineId {
        LineId::from_digest(&self.digest())
    }
    /// A new cast id.
    pub fn cast(&mut self) -> CastId {
        CastId::from_digest(&self.digest())
    }
    /// A new place id.
    pub fn place(&mut self) -> PlaceId {
        PlaceId::from_digest(&self.digest())
    }
    /// A new shot id.
    pub fn shot(&mut self) -> ShotId {
        ShotId::from_digest(&self.digest())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_from_outside_is_checked() {
        for bad in ["", "sc_", "sh_12", "sc_../x", "sc_a b"] {
            assert!(SceneId::try_from(bad.to_owned()).is_err(), "{bad:?} must be refused");
        }
        assert!(serde_json::from_str::<SceneId>("\"sc_01ab\"").is_ok());
    }

    #[test]
    fn the_same_seed_mints_the_same_ids_and_never_one_twice() {
        let mint = |seed| {
            let mut minter = Minter::new(Seed::new(seed));
            (0..100).map(|_| minter.shot()).collect::<Vec<_>>()
        };
        assert_eq!(mint(7), mint(7));
        assert_ne!(mint(7), mint(8));
        let ids: std::collections::BTreeSet<_> = mint(7).into_iter().collect();
        assert_eq!(ids.len(), 100);
    }
}
