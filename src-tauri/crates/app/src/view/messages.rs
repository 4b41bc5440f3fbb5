//! The conversation as it is shown.

use engine::Artifact;
use orchestrator::{Author as Stored, Body};

use super::documents::film_view;
use crate::problem::from_task;
use crate::wire::{Author, Choice, MessageBody, MessageView};

/// A message, with the film it speaks of where there is one.
pub(crate) fn message_view(id: &str, author: Stored, at_s: u32, body: Body, film: Option<&Artifact>) -> MessageView {
    let author = match author {
        Stored::You => Author::You,
        Stored::Workprint => Author::Workprint,
    };
    let body = match body {
        Body::Text { text } => MessageBody::Text { text },
        Body::Question { text, choices, .. } => MessageBody::Question {
            text,
            choices: choices.into_iter().map(|a| Choice { label: a.label, says: a.says }).collect(),
        },
        Body::Brief { text, .. } => MessageBody::Brief { text },
        Body::Proposal { text, .. } | Body::Left { text, .. } => MessageBody::Text { text },
        Body::Run { run } => MessageBody::Run { run: run.0 },
        Body::Film { text, .. } => match film.and_then(|f| film_view(f, false)) {
            Some(film) => MessageBody::Film { text, film: Box::new(film) },
            None => MessageBody::Text { text },
        },
        Body::Trouble { text, error } => {
            let mut problem = from_task(&error);
            problem.message = format!("{text} {}", problem.message);
            MessageBody::Problem { problem }
        }
    };
    MessageView { id: id.to_owned(), author, at_s, body }
}

/// The author that a stored role names.
pub(crate) fn author(role: &str) -> Stored {
    if role == Stored::You.as_str() { Stored::You } else { Stored::Workprint }
}
