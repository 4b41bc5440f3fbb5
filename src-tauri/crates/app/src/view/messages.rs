//! The conversation as it is shown.

use std::collections::BTreeMap;

use engine::{Artifact, Key};
use orchestrator::{Author as Stored, Body, ProjectRecord, TakeOut, TakenAs};

use super::documents::film_view;
use super::proposal::{proposal_view, stands};
use crate::problem::from_task;
use crate::wire::{Author, Choice, ExportCaptions, ExportFormat, ExportOrder, MessageBody, MessageView};

/// A message. `results` has what it speaks of (a film, what a change touches), `record` how proposals stand.
pub(crate) fn message_view(
    id: &str,
    author: Stored,
    at_s: u32,
    body: Body,
    results: &BTreeMap<Key, Artifact>,
    record: &ProjectRecord,
) -> MessageView {
    let author = author_view(author);
    let body = match body {
        Body::Text { text } | Body::Left { text, .. } => MessageBody::Text { text },
        Body::Question { text, choices, .. } => MessageBody::Question {
            text,
            choices: choices.into_iter().map(|a| Choice { label: a.label, says: a.says }).collect(),
        },
        Body::Brief { text, .. } => MessageBody::Brief { text },
        Body::Run { run } => MessageBody::Run { run: run.0 },
        Body::Film { text, key } => match results.get(&key).and_then(|film| film_view(film, false)) {
            Some(film) => MessageBody::Film { text, film: Box::new(film) },
            None => MessageBody::Text { text },
        },
        Body::Proposal { text, proposal } => MessageBody::Proposal {
            text,
            state: stands(&proposal.id, record.proposal.as_ref(), &record.applied),
            proposal: Box::new(proposal_view(&proposal, results)),
        },
        Body::Export { text, taken } => MessageBody::Export { text, order: order_of(&taken) },
        Body::Trouble { text, error } => {
            let mut problem = from_task(&error);
            problem.message = format!("{text} {}", problem.message);
            MessageBody::Problem { problem }
        }
    };
    MessageView { id: id.to_owned(), author, at_s, body }
}

/// What the conversation offers to save, as a front end asks for it.
fn order_of(taken: &TakeOut) -> ExportOrder {
    let format = match taken.taken_as {
        TakenAs::Mp4 => ExportFormat::Mp4,
        TakenAs::Wav => ExportFormat::Wav,
        TakenAs::Mp3 => ExportFormat::Mp3,
        TakenAs::Srt => ExportFormat::Srt,
        TakenAs::Vtt => ExportFormat::Vtt,
        TakenAs::Fountain => ExportFormat::Fountain,
        TakenAs::Text => ExportFormat::Text,
        TakenAs::ScriptPdf => ExportFormat::ScriptPdf,
        TakenAs::StoryboardPdf => ExportFormat::StoryboardPdf,
        TakenAs::Pictures => ExportFormat::Pictures,
        TakenAs::ShotList => ExportFormat::ShotList,
        TakenAs::Gif => ExportFormat::Gif,
        TakenAs::Still => ExportFormat::Still,
        TakenAs::Project => ExportFormat::Project,
    };
    ExportOrder {
        height: taken.height,
        scene: taken.scene,
        shot: taken.shot,
        captions: if taken.no_captions { ExportCaptions::Off } else { ExportCaptions::AsMade },
        ..ExportOrder::of(format)
    }
}

/// Who wrote it.
pub(crate) fn author_view(author: Stored) -> Author {
    match author {
        Stored::You => Author::You,
        Stored::Workprint => Author::Workprint,
    }
}

/// The author that a stored role names.
pub(crate) fn author(role: &str) -> Stored {
    if role == Stored::You.as_str() { Stored::You } else { Stored::Workprint }
}
