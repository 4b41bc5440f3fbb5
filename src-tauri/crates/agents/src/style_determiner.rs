//! Style determiner: brief → look.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{Inputs, Output, Quote, TaskContext, TaskError};
use models::ChatModel;
use serde_json::Value;
use story::{Aspect, Brief, Said, Sound};

use crate::agent::{Agent, by_rule, identity};
use crate::brains::LookMind;
use crate::thinking::{quotes, think, version};

pub(crate) struct StyleDeterminer {
    pub(crate) brief: Arc<Brief>,
    pub(crate) chat: Option<Arc<dyn ChatModel>>,
}

/// The brief without what no look depends on: length, shape, language, sound and captions.
fn look_view(brief: &Brief) -> Brief {
    Brief {
        duration_s: Said::assumed(30),
        aspect: Said::assumed(Aspect::default()),
        sound: Said::assumed(Sound::default()),
        captions: Said::assumed(true),
        scenes: Vec::new(),
        scene_count: None,
        ..brief.clone()
    }
}

#[async_trait]
impl Agent for StyleDeterminer {
    const NAME: &'static str = "style_determiner";
    const VERSION: u32 = 2;
    type View = Brief;

    fn version(&self) -> String {
        self.chat.as_ref().map_or_else(|| Self::VERSION.to_string(), |_| version::<LookMind>())
    }

    fn is_remote(&self) -> bool {
        self.chat.is_some()
    }

    fn model(&self) -> Value {
        self.chat.as_ref().map_or(Value::Null, |chat| identity(&chat.identity()))
    }

    fn quotes(&self) -> Vec<Quote> {
        quotes::<LookMind>(self.chat.as_ref(), &self.brief.message, 1_000)
    }

    fn view(&self, _: &Inputs) -> Result<Brief, TaskError> {
        Ok(look_view(&self.brief))
    }

    async fn make(&self, view: Brief, context: &TaskContext) -> Result<Output, TaskError> {
        let look = match &self.chat {
            Some(chat) => think::<LookMind>(chat, &view, context).await?,
            None => by_rule(move || builtin::writer::determine_look(&view)).await?,
        };
        Output::document(&look)
    }
}
