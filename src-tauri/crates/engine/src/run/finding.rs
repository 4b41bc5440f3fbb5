//! Whether a result is there already: under its own key, or under that of an older version of its agent. An update of the
//! program makes nothing stale; what it would make better is offered.

use std::sync::Arc;

use crate::{Artifact, Key, KeyForm, Slot, Store, StoreError};

/// A result that needs not be made.
pub(super) struct Found {
    pub(super) artifact: Artifact,
    /// True when an older version of the agent made it from the same inputs.
    pub(super) refreshable: bool,
}

/// Looks for the result of a form, whose key this is, in a slot.
pub(super) async fn find(
    store: &Arc<dyn Store>,
    slot: &Slot,
    form: &KeyForm,
    key: &Key,
) -> Result<Option<Found>, StoreError> {
    if let Some(artifact) = store.find(key).await? {
        return Ok(Some(Found { artifact, refreshable: false }));
    }
    let Some(last) = store.last(slot).await?.filter(|last| last.key != *key) else { return Ok(None) };
    let Some(before) = store.form(&last.key).await? else { return Ok(None) };
    let same = before.version != form.version && KeyForm { version: form.version.clone(), ..before } == *form;
    if !same {
        return Ok(None);
    }
    // Again by its key, because that looks whether its files are still there.
    Ok(store.find(&last.key).await?.map(|artifact| Found { artifact, refreshable: true }))
}
