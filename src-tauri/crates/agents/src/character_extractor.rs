//! Character extractor: script → cast.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{Artifact, Inputs, Output, TaskContext, TaskError};
use serde::{Deserialize, Serialize};
use story::{Brief, Cast, Script, carry_ids};

use crate::agent::{Agent, carried, carry_document, think};

pub(crate) struct CharacterExtractor {
    pub(crate) brief: Arc<Brief>,
}

/// The script without times, and of the brief who was named.
#[derive(Serialize, Deserialize)]
pub(crate) struct CastView {
    script: Script,
    brief: Brief,
}

#[async_trait]
impl Agent for CharacterExtractor {
    const NAME: &'static str = "character_extractor";
    const VERSION: u32 = 1;
    type View = CastView;

    fn view(&self, inputs: &Inputs) -> Result<CastView, TaskError> {
        let mut script: Script = inputs.one("script")?.read()?;
        for scene in &mut script.scenes {
            scene.duration_ms = 0;
        }
        let brief = Brief {
            message: self.brief.message.clone(),
            characters: self.brief.characters.clone(),
            language: self.brief.language.clone(),
            special: self.brief.special.clone(),
            seed: self.brief.seed,
            ..Brief::about(&self.brief.theme)
        };
        Ok(CastView { script, brief })
    }

    async fn make(&self, view: CastView, _: &TaskContext) -> Result<Output, TaskError> {
        let cast = think(move || builtin::writer::extract_cast(&view.script, &view.brief)).await?;
        Output::document(&cast)
    }

    fn carry(&self, last: &Artifact, fresh: Output) -> Output {
        carry_document(last, fresh, |old: &Cast, new: &mut Cast| {
            let same = |a: &story::Character, b: &story::Character| {
                if a.name.eq_ignore_ascii_case(&b.name) {
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
