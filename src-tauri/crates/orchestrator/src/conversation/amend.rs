//! "Yes, but not in the first scene", "no, I meant the dog": an open proposal amended, the last change corrected.

use story::{BoardChange, Change as Film, PlacesChange, SceneId, ScriptChange};

use super::turn::{Next, Turn};
use super::words;
use crate::documents::Documents;
use crate::understanding::{Numbers, understand_as};
use crate::{Change, ConversationError, Intent, Proposal};

impl Turn<'_> {
    /// An open proposal with something left out, limited or added; false when the words do none of that.
    pub(super) async fn amend(&mut self, open: Proposal, rest: &str) -> Result<bool, ConversationError> {
        let Some(documents) = self.documents.clone() else {
            self.modify(rest).await?;
            return Ok(true);
        };
        let numbers = self.scenes_in(rest, &documents);
        let bare = words::says(rest, "not") || words::says(rest, "only");
        let mut changes = open.changes.clone();
        let mut troubles = Vec::new();
        match numbers {
            Some(scenes) if bare && !scenes.is_empty() => {
                let only = words::says(rest, "only");
                let keep = |scene: &SceneId| scenes.contains(scene) == only;
                changes = limited(&changes, &documents, keep);
            }
            _ => {
                let within = scenes_of(&changes, &documents);
                let edition = self.desk.edition().cloned().unwrap_or_else(|| open.edition.clone());
                let read = self.read(&edition, rest, None, None, Some(within));
                troubles = read.troubles;
                changes.extend(read.changes);
            }
        }
        self.make(changes, troubles, false).await?;
        Ok(true)
    }

    fn scenes_in(&self, text: &str, documents: &Documents) -> Option<Vec<SceneId>> {
        let details = understand_as(Intent::Modification, text, &self.context).modification?;
        let numbers = details.scene.as_ref().map(Numbers::list)?;
        let scene = |n: &u32| n.checked_sub(1).and_then(|at| documents.scenes().get(at as usize)).map(|s| s.id.clone());
        Some(numbers.iter().filter_map(scene).collect())
    }

    /// The last change with another one meant: somebody else, another scene, or another value.
    pub(super) async fn correct(&mut self, rest: &str) -> Result<bool, ConversationError> {
        // What was made at once is taken back first, and the film with it.
        let before = self.desk.record.focus.before_last.take();
        let before = before.filter(|before| self.desk.editions().all.iter().any(|e| e.number == *before));
        if let Some(before) = before {
            self.desk.go_to(before)?;
            self.documents = self.direction.documents(&self.desk).await?;
        }
        let named = self.documents.as_ref().map(|d| d.named_in(rest).into_iter().cloned().collect::<Vec<_>>());
        let who = named.and_then(|list| list.into_iter().next());
        let scenes = self.documents.clone().and_then(|d| self.scenes_in(rest, &d)).filter(|list| !list.is_empty());
        if who.is_some() || scenes.is_some() {
            self.change_again(who, scenes).await?;
        } else {
            self.modify(rest).await?;
        }
        if before.is_some() && self.next == Next::Nothing {
            self.next = Next::BringBack;
        }
        Ok(true)
    }
}

/// The scenes that changes are about.
fn scenes_of(changes: &[Change], documents: &Documents) -> Vec<SceneId> {
    let mut found: Vec<SceneId> = Vec::new();
    for scene in changes.iter().filter_map(|change| scene_of(change, documents)) {
        if !found.contains(&scene) {
            found.push(scene);
        }
    }
    found
}

/// The one scene that a change is about.
fn scene_of(change: &Change, documents: &Documents) -> Option<SceneId> {
    match change {
        Change::Board { shot, .. } => documents.scene_of_shot(shot).cloned(),
        Change::Retake(slot) => {
            let shot = story::ShotId::try_from(slot.member().to_owned()).ok()?;
            documents.scene_of_shot(&shot).cloned()
        }
        Change::Film(Film::Places(change)) => match change {
            PlacesChange::Time { scene, .. } | PlacesChange::Weather { scene, .. } => scene.clone(),
            PlacesChange::Move { scene, .. }
            | PlacesChange::AddProp { scene, .. }
            | PlacesChange::RemoveProp { scene, .. } => Some(scene.clone()),
        },
        Change::Film(
            Film::Script(
                ScriptChange::SetMood { scene, .. }
                | ScriptChange::RewriteScene { scene, .. }
                | ScriptChange::TitleScene { scene, .. }
                | ScriptChange::RemoveScene { scene }
                | ScriptChange::MoveScene { scene, .. }
                | ScriptChange::AddLine { scene, .. },
            )
            | Film::Board { scene, .. },
        ) => Some(scene.clone()),
        _ => None,
    }
}

/// Changes without those in scenes that are not kept; a change to all scenes becomes one for each that is.
fn limited(changes: &[Change], documents: &Documents, keep: impl Fn(&SceneId) -> bool) -> Vec<Change> {
    let kept: Vec<SceneId> = documents.scenes().iter().map(|s| s.id.clone()).filter(&keep).collect();
    let mut left = Vec::new();
    for change in changes {
        match change {
            Change::Film(Film::Places(PlacesChange::Time { scene: None, time })) => {
                let one = |scene: &SceneId| PlacesChange::Time { scene: Some(scene.clone()), time: *time };
                left.extend(kept.iter().map(|scene| Change::Film(Film::Places(one(scene)))));
            }
            Change::Film(Film::Places(PlacesChange::Weather { scene: None, weather })) => {
                let one = |scene: &SceneId| PlacesChange::Weather { scene: Some(scene.clone()), weather: *weather };
                left.extend(kept.iter().map(|scene| Change::Film(Film::Places(one(scene)))));
            }
            Change::Board { change: BoardChange::Insert { .. }, .. } => left.push(change.clone()),
            other => {
                if scene_of(other, documents).is_none_or(|scene| keep(&scene)) {
                    left.push(other.clone());
                }
            }
        }
    }
    left
}
