//! The film's sound, mixed by the post-processor: spoken lines at their times + score → one track. It knows nothing of
//! pictures, so that it is ready before the last clip is.

use std::collections::BTreeMap;

use async_trait::async_trait;
use engine::{BlobHash, BlobSource, Inputs, Output, TaskContext, TaskError};
use film::{LineSound, MixOrder};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use story::{LineId, Timeline};

use crate::agent::Agent;
use crate::crew::Crew;
use crate::documents::{Mixed, SpokenLine, role};
use crate::post_processor::film_failure;
use crate::timeline::LaidOut;

pub(crate) struct Mix {
    pub(crate) crew: Crew,
}

/// When what is heard. The timeline tells neither captions nor cards: they are not heard.
#[derive(Serialize, Deserialize)]
pub(crate) struct MixView {
    timeline: Timeline,
    voice_tempo_percent: u32,
    voices: BTreeMap<LineId, BlobHash>,
    music: Option<BlobHash>,
}

/// The timeline as far as it is heard.
fn heard(mut timeline: Timeline) -> Timeline {
    for shot in &mut timeline.shots {
        shot.card = None;
        shot.captions.clear();
    }
    for line in &mut timeline.lines {
        line.text.clear();
        line.words.clear();
    }
    timeline
}

#[async_trait]
impl Agent for Mix {
    const NAME: &'static str = "post_processor";
    const VERSION: u32 = 1;
    type View = MixView;

    fn model(&self) -> Value {
        serde_json::json!({ "encoder": self.crew.ffmpeg.identity() })
    }

    fn view(&self, inputs: &Inputs) -> Result<MixView, TaskError> {
        let laid: LaidOut = inputs.one("timeline")?.read()?;
        let mut voices = BTreeMap::new();
        for (_, artifact) in inputs.every("voice") {
            let spoken: SpokenLine = artifact.read()?;
            voices.insert(spoken.line, artifact.blob(role::SOUND)?.hash.clone());
        }
        let music = inputs.find("music").map(|music| music.blob(role::SOUND).map(|blob| blob.hash.clone()));
        Ok(MixView {
            timeline: heard(laid.timeline),
            voice_tempo_percent: laid.voice_tempo_percent,
            voices,
            music: music.transpose()?,
        })
    }

    async fn make(&self, view: MixView, context: &TaskContext) -> Result<Output, TaskError> {
        let out = context.scratch().join("sound.m4a");
        let lines: Vec<LineSound> = (view.voices.iter())
            .map(|(line, hash)| LineSound { line: line.clone(), file: context.file(hash, "audio/wav") })
            .collect();
        let music = view.music.as_ref().map(|hash| context.file(hash, "audio/wav"));
        let order = MixOrder {
            timeline: &view.timeline,
            lines: &lines,
            music: music.as_deref(),
            voice_tempo_percent: view.voice_tempo_percent,
        };
        let report = film::mix(&self.crew.ffmpeg, &order, &out, context.token(), &*context.progress_fn())
            .await
            .map_err(|e| film_failure(&e))?;
        let loudness = Some(report.loudness_lufs).filter(|lufs| lufs.is_finite());
        Ok(Output::document(&Mixed { loudness })?.with(role::SOUND, "audio/mp4", BlobSource::File(out)))
    }
}
