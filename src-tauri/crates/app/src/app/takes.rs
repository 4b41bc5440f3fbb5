//! Takes: looked at, chosen, approved of, rejected, made anew.

use std::collections::BTreeMap;

use engine::{Artifact, Key};
use library::Take;

use super::{App, id, slot};
use crate::problem::not_found;
use crate::view::takes::take_views;
use crate::wire::{Problem, TakeView};

impl App {
    /// The takes of a slot, the last used first.
    pub async fn takes(&self, project: &str, of: &str) -> Result<Vec<TakeView>, Problem> {
        let takes = self.direction().takes(&id(project)?, &slot(of)?).await?;
        let keys = takes.iter().map(|take: &Take| take.key.clone()).collect();
        let results: BTreeMap<Key, Artifact> = self.library().artifacts(keys).await?;
        Ok(take_views(&takes, &results))
    }

    /// The key of one of a slot's takes.
    async fn take(&self, project: &str, of: &str, key: &str) -> Result<Key, Problem> {
        let takes = self.direction().takes(&id(project)?, &slot(of)?).await?;
        let found = takes.into_iter().find(|take| take.key.as_str() == key);
        found.map(|take| take.key).ok_or_else(|| not_found(format!("{of} has no such take.")))
    }

    /// This take and no other.
    pub async fn choose_take(&self, project: &str, request: &str, of: &str, key: &str) -> Result<(), Problem> {
        let work = async {
            let key = self.take(project, of, key).await?;
            Ok(self.direction().choose_take(&id(project)?, &slot(of)?, &key).await?)
        };
        self.once(request, work).await
    }

    /// This take is good: no change touches it until it is released.
    pub async fn approve_take(&self, project: &str, request: &str, of: &str, key: &str) -> Result<(), Problem> {
        let work = async {
            let key = self.take(project, of, key).await?;
            Ok(self.direction().approve_take(&id(project)?, &slot(of)?, &key).await?)
        };
        self.once(request, work).await
    }

    /// This take will not do; the reason stays with it.
    pub async fn reject_take(
        &self,
        project: &str,
        request: &str,
        of: &str,
        key: &str,
        reason: &str,
    ) -> Result<(), Problem> {
        let work = async {
            let key = self.take(project, of, key).await?;
            Ok(self.direction().reject_take(&id(project)?, &slot(of)?, &key, reason).await?)
        };
        self.once(request, work).await
    }

    /// Another take: made at once when it costs nothing, otherwise shown as a proposal first.
    pub async fn new_take(&self, project: &str, request: &str, of: &str) -> Result<(), Problem> {
        self.once(request, async { Ok(self.direction().new_take(&id(project)?, &slot(of)?).await?) }).await
    }

    /// Nothing is chosen for a slot any more, and an approval is taken back.
    pub async fn release_take(&self, project: &str, request: &str, of: &str) -> Result<(), Problem> {
        self.once(request, async { Ok(self.direction().release_take(&id(project)?, &slot(of)?).await?) }).await
    }
}
