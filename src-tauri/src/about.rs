//! What this program is, and whose work is in it.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::licences;

/// A work and the licence it is used under.
#[expect(clippy::struct_field_names, reason = "the name of a licence is its licence")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(crate) struct Licence {
    /// The work.
    pub(crate) name: String,
    /// The licence's name.
    pub(crate) licence: String,
    /// The licence itself, or what the work is here for.
    pub(crate) text: Option<String>,
}

/// The About page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(crate) struct About {
    /// The program's version.
    version: String,
    /// Workprint's own licences first, then everybody else's.
    licences: Vec<Licence>,
}

/// Tells them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn about() -> About {
    About { version: env!("CARGO_PKG_VERSION").to_owned(), licences: licences::all() }
}
