//! Character extractor: script → cast.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{Artifact, Inputs, Output, Quote, TaskContext, TaskError};
use models::ChatModel;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use story::{Brief, Cast, Script, carry_ids};

use crate::agent::{Agent, by_rule, carried, carry_document, identity};
use crate::brains::{CharacterMind, called};
use crate::thinking::{quotes, think, version};

pub(crate) struct CharacterExtractor {
    pub(crate) brief: Arc<Brief>,
    pub(crate) chat: Option<Arc<dyn ChatModel>>,
}

/// The scenes as they were drafted, without times, and of the brief who was named. Neither a title nor another wording
/// of a line changes who is in the film.
#[derive(Serialize, Deserialize)]
pub(crate) struct CastView {
    pub(crate) script: Script,
    pub(crate) brief: Brief,
}

#[async_trait]
impl Agent for CharacterExtractor {
    const NAME: &'static str = "character_extractor";
    const VERSION: u32 = 2;
    type View = CastView;

    fn version(&self) -> String {
        self.chat.as_ref().map_or_else(|| Self::VERSION.to_string(), |_| version::<CharacterMind>())
    }

    fn is_remote(&self) -> bool {
        self.chat.is_some()
    }

    fn model(&self) -> Value {
        self.chat.as_ref().map_or(Value::Null, |chat| identity(&chat.identity()))
    }

    fn quotes(&self) -> Vec<Quote> {
        quotes::<CharacterMind>(self.chat.as_ref(), &self.brief.message, 3_000)
    }

    fn view(&self, inputs: &Inputs) -> Result<CastView, TaskError> {
        let mut script = untitled(inputs.one("script")?.read()?);
        for scene in &mut script.scenes {
            scene.duration_ms = 0;
        }
        let brief = Brief {
            told: self.brief.told.clone(),
            message: self.brief.message.clone(),
            characters: self.brief.characters.clone(),
            language: self.brief.language.clone(),
            special: self.brief.special.clone(),
            seed: self.brief.seed,
            ..Brief::about(&self.brief.theme)
        };
        Ok(CastView { script, brief })
    }

    async fn make(&self, view: CastView, context: &TaskContext) -> Result<Output, TaskError> {
        let cast = match &self.chat {
            // Of nobody, nothing needs to be asked.
            Some(_) if called(&view.script).is_empty() => Cast::default(),
            Some(chat) => think::<CharacterMind>(chat, &view, context).await?,
            None => by_rule(move || builtin::writer::extract_cast(&view.script, &view.brief)).await?,
        };
        Output::document(&cast)
    }

    fn carry(&self, last: &Artifact, fresh: Output) -> Output {
        carry_document(last, fresh, |old: &Cast, new: &mut Cast| {
            let same = |a: &story::Character, b: &story::Character| {
                if a.id == b.id {
                    2.0
                } else if a.name.eq_ignore_ascii_case(&b.name) {
                    1.0
                } else if a.noun == b.noun {
                    0.6
                } else {
                    0.0
                }
            };
            let found = carry_ids(&old.members, &new.members, 0.5, same);
            let ids = |all: &[story::Character]| all.iter().map(|c| c.id.clone()).collect::<Vec<_>>();
            let ids = carried(&ids(&old.members), &ids(&new.members), &found);
            for (member, id) in new.members.iter_mut().zip(ids) {
                member.id = id;
            }
        })
    }
}

/// The script as pictures are made from it: the lines as they were drafted, and none of the words that only stand on
/// cards.
pub(crate) fn untitled(mut script: Script) -> Script {
    script.title.clear();
    script.logline.clear();
    script.ending.clear();
    for scene in &mut script.scenes {
        *scene = scene.as_drafted();
    }
    script
}
