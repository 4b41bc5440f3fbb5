//! Scene extractor: script → places, time, light, props.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{Artifact, Inputs, Output, Quote, TaskContext, TaskError};
use models::ChatModel;
use serde_json::Value;
use story::{Places, Script, carry_ids};

use crate::agent::{Agent, by_rule, carried, carry_document, identity};
use crate::brains::PlaceMind;
use crate::character_extractor::untitled;
use crate::thinking::{quotes, think, version};

pub(crate) struct SceneExtractor {
    pub(crate) chat: Option<Arc<dyn ChatModel>>,
}

#[async_trait]
impl Agent for SceneExtractor {
    const NAME: &'static str = "scene_extractor";
    const VERSION: u32 = 1;
    /// The script without its lines and times: where things happen does not hang on what is said.
    type View = Script;

    fn version(&self) -> String {
        self.chat.as_ref().map_or_else(|| Self::VERSION.to_string(), |_| version::<PlaceMind>())
    }

    fn is_remote(&self) -> bool {
        self.chat.is_some()
    }

    fn model(&self) -> Value {
        self.chat.as_ref().map_or(Value::Null, |chat| identity(&chat.identity()))
    }

    fn quotes(&self) -> Vec<Quote> {
        quotes::<PlaceMind>(self.chat.as_ref(), "", 2_000)
    }

    fn view(&self, inputs: &Inputs) -> Result<Script, TaskError> {
        let mut script = untitled(inputs.one("script")?.read()?);
        script.speaking.clear();
        for scene in &mut script.scenes {
            scene.lines.clear();
            scene.duration_ms = 0;
        }
        Ok(script)
    }

    async fn make(&self, view: Script, context: &TaskContext) -> Result<Output, TaskError> {
        let places = match &self.chat {
            Some(_) if view.scenes.is_empty() => Places::default(),
            Some(chat) => think::<PlaceMind>(chat, &view, context).await?,
            None => by_rule(move || builtin::writer::extract_places(&view)).await?,
        };
        Output::document(&places)
    }

    fn carry(&self, last: &Artifact, fresh: Output) -> Output {
        carry_document(last, fresh, |old: &Places, new: &mut Places| {
            let same = |a: &story::Place, b: &story::Place| {
                if a.name != b.name {
                    0.0
                } else if a.time == b.time && a.weather == b.weather {
                    1.0
                } else {
                    0.6
                }
            };
            let found = carry_ids(&old.all, &new.all, 0.5, same);
            let ids = |all: &[story::Place]| all.iter().map(|p| p.id.clone()).collect::<Vec<_>>();
            let minted = ids(&new.all);
            let kept = carried(&ids(&old.all), &minted, &found);
            // At once, for what one place is called now another may have been called before.
            for id in new.of_scene.values_mut() {
                if let Some(place) = minted.iter().position(|m| m == id) {
                    *id = kept[place].clone();
                }
            }
            for (place, id) in new.all.iter_mut().zip(kept) {
                place.id = id;
            }
        })
    }
}
