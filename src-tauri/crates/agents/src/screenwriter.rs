//! Screenwriter: brief → script.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{Artifact, FailureKind, Inputs, Output, Quote, TaskContext, TaskError};
use models::ChatModel;
use serde_json::Value;
use story::{Aspect, Brief, Said, Script, Sound, Speaker, carry_ids, word_likeness};

use crate::agent::{Agent, by_rule, carried, carry_document, identity};
use crate::brains::ScriptMind;
use crate::thinking::{quotes, think, version};

pub(crate) struct Screenwriter {
    pub(crate) brief: Arc<Brief>,
    pub(crate) chat: Option<Arc<dyn ChatModel>>,
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
    const VERSION: u32 = 7;
    type View = Brief;

    fn version(&self) -> String {
        self.chat.as_ref().map_or_else(|| Self::VERSION.to_string(), |_| version::<ScriptMind>())
    }

    fn is_remote(&self) -> bool {
        self.chat.is_some()
    }

    fn model(&self) -> Value {
        self.chat.as_ref().map_or(Value::Null, |chat| identity(&chat.identity()))
    }

    fn quotes(&self) -> Vec<Quote> {
        let seconds = self.brief.duration_s.value;
        quotes::<ScriptMind>(self.chat.as_ref(), &self.brief.message, 2_000 + seconds.min(1_800) * 40)
    }

    fn view(&self, _: &Inputs) -> Result<Brief, TaskError> {
        Ok(script_view(&self.brief))
    }

    async fn make(&self, view: Brief, context: &TaskContext) -> Result<Output, TaskError> {
        view.check().map_err(|e| TaskError::new(FailureKind::Invalid, e.to_string()))?;
        let script = match &self.chat {
            Some(chat) => think::<ScriptMind>(chat, &view, context).await?,
            None => by_rule(move || builtin::writer::write_script(&view)).await?,
        };
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
    carry_speakers(old, new);
    let old_lines: Vec<_> = old.lines().cloned().collect();
    let new_lines: Vec<_> = new.lines().cloned().collect();
    let found = carry_ids(&old_lines, &new_lines, 0.6, |a, b| word_likeness(&a.text, &b.text));
    let ids = |all: &[story::Line]| all.iter().map(|l| l.id.clone()).collect::<Vec<_>>();
    let ids = carried(&ids(&old_lines), &ids(&new_lines), &found);
    for (line, id) in new.scenes.iter_mut().flat_map(|s| &mut s.lines).zip(ids) {
        line.id = id;
    }
}

/// Who is called the same is the same, and speaks under the id that the cast and the maker's revisions know.
fn carry_speakers(old: &Script, new: &mut Script) {
    let mut ids = BTreeMap::new();
    for speaking in &mut new.speaking {
        let same = |known: &&story::Speaking| known.name.to_lowercase() == speaking.name.to_lowercase();
        if let Some(known) = old.speaking.iter().find(same) {
            ids.insert(speaking.id.clone(), known.id.clone());
            speaking.id = known.id.clone();
        }
    }
    for line in new.scenes.iter_mut().flat_map(|s| &mut s.lines) {
        if let Speaker::Cast(id) = &mut line.speaker
            && let Some(known) = ids.get(id)
        {
            *id = known.clone();
        }
    }
}
