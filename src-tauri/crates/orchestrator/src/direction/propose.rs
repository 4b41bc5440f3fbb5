//! Proposals: a change is worked out, shown with what it takes, and applied or dismissed.

use engine::{Micros, RunId, Slot};
use library::ProjectId;
use story::Seed;

use super::resolve::{Resolved, resolve};
use super::{Desk, Direction, Start};
use crate::documents::Documents;
use crate::replies::Reply;
use crate::{Change, Choices, ConversationError, Edition, Pin, Proposal, ProposalId, ProposalState};

/// What became of a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Decided {
    /// It is decided.
    Made {
        /// The edition that counts now.
        number: u32,
        /// The run that makes it, when one was started.
        run: Option<RunId>,
    },
    /// It is shown, and waits for a word.
    Shown(Box<Proposal>),
}

/// What became of a proposal that was to be applied.
pub type Applied = Decided;

impl Direction {
    /// Works out changes to what is decided now and shows them with what they make again. Nothing is decided.
    pub async fn propose(&self, project: &ProjectId, changes: Vec<Change>) -> Result<Proposal, ConversationError> {
        let mut desk = self.desk(project).await?;
        let proposal = self.work_out(&desk, &changes).await?;
        Self::show(&mut desk, proposal.clone())?;
        self.commit(&mut desk).await?;
        Ok(proposal)
    }

    /// Shows a proposal with the words that fit it.
    pub(crate) fn show(desk: &mut Desk, proposal: Proposal) -> Result<(), ConversationError> {
        let text = desk.words(&Reply::Proposed {
            what: proposal.words.clone(),
            items: proposal.items.iter().filter(|item| !item.locked).count() as u32,
            price: (proposal.least.price, proposal.most.price),
            seconds: proposal.most.seconds,
            locked: proposal.items.iter().filter(|item| item.locked).count() as u32,
            conflicts: proposal.conflicts.clone(),
        });
        desk.show(text, proposal)
    }

    /// Applies the proposal that waits. When something else was decided since it was shown, it is worked out and shown
    /// again instead.
    pub async fn apply(
        &self,
        project: &ProjectId,
        proposal: &ProposalId,
        choices: &Choices,
        start: bool,
    ) -> Result<Applied, ConversationError> {
        let mut desk = self.desk(project).await?;
        let open = desk.open_proposal().filter(|open| open.id == *proposal).ok_or(ConversationError::NoProposal)?;
        if let Some(again) = Box::pin(self.apply_on(&mut desk, open, choices)).await? {
            self.commit(&mut desk).await?;
            return Ok(Decided::Shown(Box::new(again)));
        }
        self.commit(&mut desk).await?;
        let number = desk.number().unwrap_or_default();
        drop(desk);
        let run = if start { Some(self.restart(project, Start::default()).await?) } else { None };
        Ok(Decided::Made { number, run })
    }

    /// Applies a proposal on a desk, or shows it again when its base is not what is decided now.
    pub(crate) async fn apply_on(
        &self,
        desk: &mut Desk,
        proposal: Proposal,
        choices: &Choices,
    ) -> Result<Option<Proposal>, ConversationError> {
        if proposal.base != desk.number() {
            let again = self.work_out(desk, &proposal.changes).await?;
            Self::show(desk, again.clone())?;
            return Ok(Some(again));
        }
        let edition = chosen(&proposal, choices);
        desk.close_proposal(ProposalState::Applied);
        desk.decide_in_words(edition, proposal.words)?;
        self.plan_into(desk).await?;
        Ok(None)
    }

    /// The proposal that waits is dropped.
    pub async fn dismiss(&self, project: &ProjectId, proposal: &ProposalId) -> Result<(), ConversationError> {
        let mut desk = self.desk(project).await?;
        if desk.record.proposal.as_ref() == Some(proposal) {
            desk.close_proposal(ProposalState::Dismissed);
            self.commit(&mut desk).await?;
        }
        Ok(())
    }

    /// The proposal that waits for a word.
    pub async fn open_proposal(&self, project: &ProjectId) -> Result<Option<Proposal>, ConversationError> {
        Ok(self.desk(project).await?.open_proposal())
    }

    /// Makes changes at once when they cost no money and meet no lock, and starts making them; shows them otherwise.
    pub async fn change(&self, project: &ProjectId, changes: Vec<Change>) -> Result<Decided, ConversationError> {
        let mut desk = self.desk(project).await?;
        let proposal = self.work_out(&desk, &changes).await?;
        let blocked = proposal.items.iter().any(|item| item.locked) || !proposal.conflicts.is_empty();
        if blocked || proposal.most.calls > 0 || proposal.most.price > Micros::ZERO {
            Self::show(&mut desk, proposal.clone())?;
            self.commit(&mut desk).await?;
            return Ok(Decided::Shown(Box::new(proposal)));
        }
        let number = desk.decide_in_words(proposal.edition, proposal.words)?;
        self.plan_into(&mut desk).await?;
        self.commit(&mut desk).await?;
        drop(desk);
        Ok(Decided::Made { number, run: Some(self.restart(project, Start::default()).await?) })
    }

    /// The film's documents as they are with what is decided now; `None` while nothing is written.
    pub(crate) async fn documents(&self, desk: &Desk) -> Result<Option<Documents>, ConversationError> {
        let Some(edition) = desk.edition() else { return Ok(None) };
        Ok(Documents::of(self.library(), &desk.project, &edition.revisions).await?)
    }

    /// What changes would make of what is decided now.
    pub(crate) async fn work_out(&self, desk: &Desk, changes: &[Change]) -> Result<Proposal, ConversationError> {
        let base = desk.edition().ok_or(ConversationError::NothingToStart)?;
        let documents = self.documents(desk).await?;
        let Resolved { edition, words, refused, brief, documents } = resolve(desk, base, documents, changes);
        edition.brief.check()?;
        let impact = self.impact(desk, base, &edition, &documents).await?;
        let mut conflicts: Vec<String> =
            refused.into_iter().map(|what| desk.words(&Reply::FindsNothing { what })).collect();
        conflicts.extend(impact.conflicts);
        let id =
            ProposalId(format!("pp_{:08x}", Seed::new(desk.snapshot.project.head).fork("proposal").value() as u32));
        Ok(Proposal {
            id,
            words: words.join(", "),
            base: desk.number(),
            changes: changes.to_vec(),
            edition,
            items: impact.items,
            least: impact.least,
            most: impact.most,
            conflicts,
            brief,
        })
    }

    /// Starts what is decided; a run that makes something else is left first.
    pub(crate) async fn restart(&self, project: &ProjectId, start: Start) -> Result<RunId, ConversationError> {
        self.leave(project).await;
        self.start_with(project, start).await
    }
}

/// The edition of a proposal with what the person said of its items.
fn chosen(proposal: &Proposal, choices: &Choices) -> Edition {
    let mut edition = proposal.edition.clone();
    for slot in &choices.release {
        edition.pins.remove(slot);
    }
    let present = |slot: &Slot| proposal.items.iter().find(|item| item.slot == *slot && item.can_keep());
    for item in choices.keep.iter().filter_map(present) {
        if let Some(key) = &item.present {
            edition.pins.entry(item.slot.clone()).or_insert_with(|| Pin { key: key.clone(), approved: false });
        }
    }
    edition
}
