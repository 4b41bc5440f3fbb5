//! What the person decided: pins, verdicts on takes, and editions.

use std::collections::BTreeMap;

use engine::{Key, Slot};

use super::Library;
use crate::{Change, Edition, Editions, Judged, LibraryError, ProjectId, Take, editions, snapshot, takes, verdicts};

impl Library {
    /// Chooses a stored result for a slot.
    pub async fn pin(&self, project: &ProjectId, slot: &Slot, key: &Key) -> Result<(), LibraryError> {
        self.commit(project, vec![Change::Pin { slot: slot.clone(), key: key.clone() }]).await.map(drop)
    }

    /// Chooses nothing for a slot any more.
    pub async fn unpin(&self, project: &ProjectId, slot: &Slot) -> Result<(), LibraryError> {
        self.commit(project, vec![Change::Unpin { slot: slot.clone() }]).await.map(drop)
    }

    /// What the person chose.
    pub async fn pins(&self, project: &ProjectId) -> Result<BTreeMap<Slot, Key>, LibraryError> {
        let project = project.clone();
        self.read(move |c| snapshot::pins(c, &project)).await
    }

    /// Every result that a slot had and that is still kept, each once; what was used last comes first.
    pub async fn takes_of(&self, project: &ProjectId, slot: &Slot) -> Result<Vec<Take>, LibraryError> {
        let (project, slot) = (project.clone(), slot.clone());
        self.read(move |c| takes::of_slot(c, &project, &slot)).await
    }

    /// What the person thinks of takes, by slot.
    pub async fn verdicts(&self, project: &ProjectId) -> Result<Vec<Judged>, LibraryError> {
        let project = project.clone();
        self.read(move |c| verdicts::list(c, &project)).await
    }

    /// All that the maker decided, step by step.
    pub async fn editions(&self, project: &ProjectId) -> Result<Editions, LibraryError> {
        let project = project.clone();
        self.read(move |c| editions::all(c, &project)).await
    }

    /// What is decided now; none before the first edition.
    pub async fn current_edition(&self, project: &ProjectId) -> Result<Option<Edition>, LibraryError> {
        let project = project.clone();
        self.read(move |c| editions::current(c, &project)).await
    }
}
