//! Screenwriter: brief → script.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{Artifact, FailureKind, Inputs, Output, TaskContext, TaskError};
use story::{Aspect, Brief, Said, Script, Sound, carry_ids, word_likeness};

use crate::agent::{Agent, carried, carry_document, think};

pub(crate) struct Screenwriter {
    pub(crate) brief: Arc<Brief>,
}

/// The brief without what no script depends on: how it is drawn, shaped and captioned.
fn script_view(brief: &Brief) -> Brief {
    Brief {
        style: None,
        style_words: String::new(),
        aspect: Said::assumed(Aspect::default()),
        sound: Said::assumed(Sound::default()),
        captions: Said::assumed(true),
        ..brief.clone()
    }
}

#[async_trait]
impl Agent for Screenwriter {
    const NAME: &'static str = "screenwriter";
    const VERSION: u32 = 1;
    type View = Brief;

    fn view(&self, _: &Inputs) -> Result<Brief, TaskError> {
        Ok(script_view(&self.brief))
    }

    async fn make(&self, view: Brief, _: &TaskContext) -> Result<Output, TaskError> {
        view.check().map_err(|e| TaskError::new(FailureKind::Invalid, e.to_string()))?;
        let script = think(move || builtin::writer::write_script(&view)).await?;
        Output::document(&script)
    }

    fn carry(&self, last: &Artifact, fresh: Output) -> Output {
        carry_document(last, fresh, carry_script_ids)
    }
}

/// Scenes that tell nearly the same keep their id, and so do lines that say nearly the same.
fn carry_script_ids(old: &Script, new: &mut Script) {
    let told = |scene: &story::Scene| {
        let lines: Vec<_> = scene.lines.iter().map(|l| l.text.as_str()).collect();
        format!("{} {} {}", scene.title, scene.summary, lines.join(" "))
    };
    let found = carry_ids(&old.scenes, &new.scenes, 0.5, |a, b| word_likeness(&told(a), &told(b)));
    let ids = |all: &[story::Scene]| all.iter().map(|s| s.id.clone()).collect::<Vec<_>>();
    let ids = carried(&ids(&old.scenes), &ids(&new.scenes), &found);
    for (scene, id) in new.scenes.iter_mut().zip(ids) {
        scene.id = id;
    }
    let old_lines: Vec<_> = old.lines().cloned().collect();
    let new_lines: Vec<_> = new.lines().cloned().collect();
    let found = carry_ids(&old_lines, &new_lines, 0.6, |a, b| word_likeness(&a.text, &b.text));
    let ids = |all: &[story::Line]| all.iter().map(|l| l.id.clone()).collect::<Vec<_>>();
    let ids = carried(&ids(&old_lines), &ids(&new_lines), &found);
    for (line, id) in new.scenes.iter_mut().flat_map(|s| &mut s.lines).zip(ids) {
        line.id = id;
    }
}
