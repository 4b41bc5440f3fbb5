//! Results of the engine.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::{Artifact, Blob, BlobHash, History, Key, KeyForm, Slot, Store};

use super::Library;
use crate::store::ProjectStore;
use crate::{LibraryError, ProjectId, StoredBlob, artifacts, blobs, durations, snapshot, takes};

impl Library {
    /// A project as the engine's store.
    pub fn project_store(&self, project: &ProjectId) -> Arc<dyn Store> {
        Arc::new(self.store_of(project))
    }

    fn store_of(&self, project: &ProjectId) -> ProjectStore {
        ProjectStore { shared: Arc::clone(&self.shared), project: project.clone() }
    }

    /// A result by key.
    pub async fn artifact(&self, key: &Key) -> Result<Option<Artifact>, LibraryError> {
        let key = key.clone();
        self.read(move |c| artifacts::load(c, &key)).await
    }

    /// Those results of some keys that there are, in one reading.
    pub async fn artifacts(&self, keys: Vec<Key>) -> Result<BTreeMap<Key, Artifact>, LibraryError> {
        self.read(move |c| artifacts::load_all(c, keys)).await
    }

    /// What decided a result.
    pub async fn key_form(&self, key: &Key) -> Result<Option<KeyForm>, LibraryError> {
        let key = key.clone();
        self.read(move |c| artifacts::form(c, &key)).await
    }

    /// The key of the current result of every slot of a project.
    pub async fn slots(&self, project: &ProjectId) -> Result<BTreeMap<Slot, Key>, LibraryError> {
        let project = project.clone();
        self.read(move |c| snapshot::slots(c, &project)).await
    }

    /// The current results of some slots, of those that have one, in one reading.
    pub async fn results(
        &self,
        project: &ProjectId,
        slots: Vec<Slot>,
    ) -> Result<BTreeMap<Slot, Artifact>, LibraryError> {
        let project = project.clone();
        self.read(move |c| takes::results(c, &project, slots)).await
    }

    /// The current results of the members of a collection, in one reading.
    pub async fn collection(&self, project: &ProjectId, name: &str) -> Result<BTreeMap<Slot, Artifact>, LibraryError> {
        let (project, name) = (project.clone(), name.to_owned());
        self.read(move |c| takes::collection(c, &project, &name)).await
    }

    /// The blob with a role ("picture") of the current result of each member of a collection, without the results'
    /// documents.
    pub async fn collection_blobs(
        &self,
        project: &ProjectId,
        name: &str,
        role: &str,
    ) -> Result<BTreeMap<Slot, Blob>, LibraryError> {
        let (project, name, role) = (project.clone(), name.to_owned(), role.to_owned());
        self.read(move |c| takes::blobs(c, &project, &name, &role)).await
    }

    /// A blob of any result, for reading; none when it is not known or its file is not whole.
    pub async fn blob_by_hash(&self, hash: &BlobHash) -> Result<Option<StoredBlob>, LibraryError> {
        let (home, hash) = (self.shared.home.clone(), hash.clone());
        self.read(move |c| blobs::find(c, &home, &hash)).await
    }

    /// How long the last results took: the median of each kind.
    pub async fn measured(&self) -> Result<History, LibraryError> {
        self.read(durations::medians).await
    }
}
