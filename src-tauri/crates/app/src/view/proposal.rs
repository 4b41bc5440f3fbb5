//! A change as it would be, as it is shown.

use std::collections::BTreeMap;

use engine::{Artifact, Key};
use library::{Library, LibraryError};
use orchestrator::{Cost, FieldChange, ItemKind, ItemState, Proposal, ProposalId, ProposalState as Stored};

use super::{look, micros};
use crate::wire::{BriefChangeView, CostView, ImpactItem, ImpactKind, ImpactState, ProposalState, ProposalView};

/// The results that a proposal shows.
pub(crate) fn shows(proposal: &Proposal) -> impl Iterator<Item = Key> {
    proposal.items.iter().filter_map(|item| item.present.clone())
}

/// A proposal with how things look now.
pub(crate) async fn read(library: &Library, proposal: &Proposal) -> Result<ProposalView, LibraryError> {
    let present = library.artifacts(shows(proposal).collect()).await?;
    Ok(proposal_view(proposal, &present))
}

/// A proposal; `present` has the results that are there now.
pub(crate) fn proposal_view(proposal: &Proposal, present: &BTreeMap<Key, Artifact>) -> ProposalView {
    let item = |item: &orchestrator::ImpactItem| ImpactItem {
        slot: item.slot.to_string(),
        title: item.title.clone(),
        agent: item.agent.to_string(),
        kind: kind(item.kind),
        state: match item.state {
            ItemState::Stale => ImpactState::Stale,
            ItemState::Maybe => ImpactState::Maybe,
            ItemState::New => ImpactState::New,
        },
        why: item.why.clone(),
        calls: item.calls,
        most_micros: micros(item.most),
        // A sound has no look, and a film in so small a place would be decoded whole.
        thumb: item
            .present
            .as_ref()
            .and_then(|key| present.get(key))
            .and_then(look)
            .filter(|shown| shown.media.starts_with("image/")),
        approved: item.locked,
        can_keep: item.can_keep(),
    };
    let field = |change: &FieldChange| BriefChangeView {
        field: change.field.clone(),
        before: change.before.clone(),
        after: change.after.clone(),
    };
    ProposalView {
        id: proposal.id.to_string(),
        words: proposal.words.clone(),
        items: proposal.items.iter().map(item).collect(),
        least: cost(&proposal.least),
        most: cost(&proposal.most),
        conflicts: proposal.conflicts.clone(),
        brief: proposal.brief.iter().map(field).collect(),
    }
}

fn kind(kind: ItemKind) -> ImpactKind {
    match kind {
        ItemKind::Text => ImpactKind::Text,
        ItemKind::Voice => ImpactKind::Voice,
        ItemKind::Picture => ImpactKind::Picture,
        ItemKind::Clip => ImpactKind::Clip,
        ItemKind::Music => ImpactKind::Music,
        ItemKind::Cut => ImpactKind::Cut,
    }
}

fn cost(cost: &Cost) -> CostView {
    CostView { tasks: cost.tasks, calls: cost.calls, micros: micros(cost.price), seconds: cost.seconds }
}

/// How a proposal stands, as it is told.
pub(crate) fn told(state: Stored) -> ProposalState {
    match state {
        Stored::Open => ProposalState::Open,
        Stored::Applied => ProposalState::Applied,
        Stored::Dismissed => ProposalState::Dismissed,
    }
}

/// How a proposal stands by the project's record.
pub(crate) fn stands(id: &ProposalId, open: Option<&ProposalId>, applied: &[ProposalId]) -> ProposalState {
    if open == Some(id) {
        ProposalState::Open
    } else if applied.contains(id) {
        ProposalState::Applied
    } else {
        ProposalState::Dismissed
    }
}
