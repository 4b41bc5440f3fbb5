//! Takes: the versions of a frame, a clip, a voice: chosen, approved of, rejected, made anew.

use engine::{Key, Slot};
use library::{Change, ProjectId, Take, Verdict};
use serde_json::json;

use super::{Decided, Desk, Direction, Start};
use crate::replies::{Reply, Thing};
use crate::{Change as Wanted, ConversationError, Pin};

impl Direction {
    /// The takes of a slot, the last used first.
    pub async fn takes(&self, project: &ProjectId, slot: &Slot) -> Result<Vec<Take>, ConversationError> {
        Ok(self.library().takes_of(project, slot).await?)
    }

    /// This take and no other. The film is cut anew with it when that costs nothing; otherwise the person starts it.
    pub async fn choose_take(&self, project: &ProjectId, slot: &Slot, key: &Key) -> Result<Decided, ConversationError> {
        self.pin_take(project, slot, key, false).await
    }

    /// This take is good: no change touches it until it is released.
    pub async fn approve_take(
        &self,
        project: &ProjectId,
        slot: &Slot,
        key: &Key,
    ) -> Result<Decided, ConversationError> {
        self.pin_take(project, slot, key, true).await
    }

    async fn pin_take(
        &self,
        project: &ProjectId,
        slot: &Slot,
        key: &Key,
        approved: bool,
    ) -> Result<Decided, ConversationError> {
        let mut desk = self.desk(project).await?;
        self.must_be_take(&desk, slot, key).await?;
        let mut edition = desk.edition().cloned().ok_or(ConversationError::NothingToStart)?;
        edition.pins.insert(slot.clone(), Pin { key: key.clone(), approved });
        let thing = self.thing(&desk, slot).await?;
        let what = if approved { Reply::TakeApproved { thing } } else { Reply::TakeChosen { thing } };
        let same = desk.snapshot.slots.get(slot) == Some(key);
        let number = if same { desk.decide_the_same(edition, &what)? } else { desk.decide(edition, &what)? };
        if approved {
            let (slot, key) = (slot.clone(), key.clone());
            desk.write([Change::Verdict { slot, key, verdict: Verdict::Approved, reason: String::new() }]);
        }
        desk.tell("takes", json!({ "slot": slot }));
        self.plan_into(&mut desk).await?;
        self.commit(&mut desk).await?;
        let run = if same { None } else { self.follow(desk).await? };
        Ok(Decided::Made { number, run })
    }

    /// This take will not do; the reason stays with it. If it was chosen it is not any more.
    pub async fn reject_take(
        &self,
        project: &ProjectId,
        slot: &Slot,
        key: &Key,
        reason: &str,
    ) -> Result<(), ConversationError> {
        let mut desk = self.desk(project).await?;
        self.must_be_take(&desk, slot, key).await?;
        let reason = story::clean_text(reason, 500);
        desk.write([Change::Verdict { slot: slot.clone(), key: key.clone(), verdict: Verdict::Rejected, reason }]);
        desk.tell("takes", json!({ "slot": slot }));
        if let Some(mut edition) = desk.edition().cloned()
            && edition.pins.get(slot).is_some_and(|pin| pin.key == *key)
        {
            edition.pins.remove(slot);
            let thing = self.thing(&desk, slot).await?;
            desk.decide_the_same(edition, &Reply::TakeReleased { thing })?;
            self.plan_into(&mut desk).await?;
        }
        self.commit(&mut desk).await
    }

    /// Nothing is chosen for a slot any more, and an approval is taken back.
    pub async fn release_take(&self, project: &ProjectId, slot: &Slot) -> Result<(), ConversationError> {
        let mut desk = self.desk(project).await?;
        let Some(mut edition) = desk.edition().cloned() else { return Ok(()) };
        let Some(pin) = edition.pins.remove(slot) else { return Ok(()) };
        let thing = self.thing(&desk, slot).await?;
        desk.decide(edition, &Reply::TakeReleased { thing })?;
        desk.write([Change::VerdictWithdrawn { slot: slot.clone(), key: pin.key }]);
        desk.tell("takes", json!({ "slot": slot }));
        self.plan_into(&mut desk).await?;
        self.commit(&mut desk).await
    }

    /// Another take, by another chance. It is made at once when it costs nothing; otherwise it is shown first.
    pub async fn new_take(&self, project: &ProjectId, slot: &Slot) -> Result<Decided, ConversationError> {
        self.change(project, vec![Wanted::Retake(slot.clone())]).await
    }

    async fn must_be_take(&self, desk: &Desk, slot: &Slot, key: &Key) -> Result<(), ConversationError> {
        let takes = self.library().takes_of(&desk.project, slot).await?;
        if takes.iter().any(|take| take.key == *key) {
            return Ok(());
        }
        Err(ConversationError::NoTake { slot: slot.to_string() })
    }

    /// What is in a slot, for a person.
    async fn thing(&self, desk: &Desk, slot: &Slot) -> Result<Thing, ConversationError> {
        let documents = self.documents(desk).await?.unwrap_or_default();
        Ok(crate::describe::thing_in(slot, &documents))
    }

    /// Makes the film that is decided, when nothing of it costs money and a film was there before.
    pub(super) async fn follow(&self, desk: Box<Desk>) -> Result<Option<engine::RunId>, ConversationError> {
        let project = desk.project.clone();
        let wanted = desk.record.has_film && desk.record.film_outdated && self.is_free(&desk).await?;
        drop(desk);
        if !wanted {
            return Ok(None);
        }
        self.restart(&project, Start::default()).await.map(Some)
    }
}
