//! Style determiner: brief → look.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{Inputs, Output, TaskContext, TaskError};
use story::{Aspect, Brief, Said, Sound};

use crate::agent::{Agent, think};

pub(crate) struct StyleDeterminer {
    pub(crate) brief: Arc<Brief>,
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
    const VERSION: u32 = 1;
    type View = Brief;

    fn view(&self, _: &Inputs) -> Result<Brief, TaskError> {
        Ok(look_view(&self.brief))
    }

    async fn make(&self, view: Brief, _: &TaskContext) -> Result<Output, TaskError> {
        let look = think(move || builtin::writer::determine_look(&view)).await?;
        Output::document(&look)
    }
}
