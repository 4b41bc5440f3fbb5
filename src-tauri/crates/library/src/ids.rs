//! The identities of projects, messages and runs: minted once, in the order of time.

use engine::{CallId, RunId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is not an id of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a {kind} id: it must be {prefix:?} and 32 lower-case hex digits")]
pub struct LibraryIdError {
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
            /// A new id (UUID version 7: later ids sort after earlier ones).
            #[allow(clippy::new_without_default, reason = "a default that differs every time would surprise")]
            pub fn new() -> Self {
                Self(format!(concat!($prefix, "{}"), Uuid::now_v7().simple()))
            }

            /// The id as text; safe as a file name and in a URL.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = LibraryIdError;
            fn try_from(text: String) -> Result<Self, LibraryIdError> {
                let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
                match text.strip_prefix($prefix) {
                    Some(rest) if rest.len() == 32 && rest.bytes().all(hex) => Ok(Self(text)),
                    _ => Err(LibraryIdError { text, kind: $kind, prefix: $prefix }),
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
    };
}

id!(
    /// A project.
    ProjectId, "project", "prj_"
);
id!(
    /// A message of a project's conversation.
    MessageId, "message", "msg_"
);

/// A new id for a run of the engine.
pub fn new_run_id() -> RunId {
    RunId(format!("run_{}", Uuid::now_v7().simple()))
}

/// A new id for a call that is made outside a run.
pub fn new_call_id() -> CallId {
    CallId(format!("call_{}", Uuid::now_v7().simple()))
}
