//! The language model at the table: what it reads in messages, and what it answers. The desk is free while it thinks.

use serde_json::json;

use super::heard::Heard;
use super::turn::Turn;
use super::{Conversation, Memory};
use crate::direction::Desk;
use crate::replies::Reply;
use crate::talk::{self, Guest, TextSample};
use crate::understanding::{Cue, needs_model, with_model, without_model};
use crate::{Body, Context, ConversationError, Message, Understanding};

impl Conversation {
    /// The chat model that is set up for the project, as it sits at this table.
    pub(super) async fn guest(&self, desk: &Desk) -> Result<Option<Guest>, ConversationError> {
        let Some(chat) = self.direction.chat_model(desk).await else { return Ok(None) };
        Ok(Some(Guest {
            chat,
            store: self.direction.store(&desk.project),
            library: self.direction.library().clone(),
            project: desk.project.clone(),
            caps: self.direction.caps_on(desk).await?,
            patience: self.patience,
        }))
    }

    /// A turn as the model reads its message, where the rules are not sure. The desk is free meanwhile.
    pub(super) async fn read_by<'a>(&'a self, guest: &Guest, turn: Turn<'a>) -> Result<Turn<'a>, ConversationError> {
        let Turn { desk, defaults, text, context, understanding, .. } = turn;
        drop(desk);
        let heard = Heard::of(&text, understanding.cue);
        let open = matches!(heard, Heard::Other | Heard::But(_)) && understanding.cue != Some(Cue::Answer);
        let read = if needs_model(&understanding) && open {
            Some(self.reading(guest, understanding, &text, &context).await)
        } else {
            None
        };
        let desk = self.direction.desk(&guest.project).await?;
        let mut turn = Turn::new(&self.direction, desk, defaults, text).await?;
        if let Some(read) = read {
            turn.understanding = read;
            turn.desk.tell("spent", json!({}));
        }
        Ok(turn)
    }

    /// What the model reads in a message; what the rules made of it when the model does not tell.
    pub(super) async fn reading(
        &self,
        guest: &Guest,
        below: Understanding,
        text: &str,
        context: &Context,
    ) -> Understanding {
        match self.readings.ask(guest, text, context).await {
            Ok(answer) => with_model(below, &answer, text, context),
            Err(failure) => without_model(below, &failure.message),
        }
    }

    /// The model's answer, or the guide's when there is none. The desk is free meanwhile.
    pub(super) async fn answer(
        &self,
        guest: &Guest,
        desk: Box<Desk>,
        guide: String,
    ) -> Result<Vec<Message>, ConversationError> {
        let (memory, stage) = (Memory::of(&desk), desk.stage());
        drop(desk);
        let answered = talk::answer(guest, &memory, stage, &guide, &self.listener).await;
        let mut desk = self.direction.desk(&guest.project).await?;
        let text = answered.unwrap_or_else(|failure| {
            tracing::info!(project = %guest.project, %failure, "the guide answers for the language model");
            format!("{guide}\n\n{}", desk.words(&Reply::ModelSilent { why: failure.message }))
        });
        desk.say(Body::Text { text });
        desk.tell("spent", json!({}));
        self.direction.commit(&mut desk).await?;
        (self.listener)(TextSample { project: guest.project.clone(), text: String::new() });
        Ok(std::mem::take(&mut desk.answered))
    }
}
