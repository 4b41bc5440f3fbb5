//! Music: moods over time → score.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{BlobSource, Inputs, Output, TaskContext, TaskError};
use serde_json::Value;
use story::{ScoreSection, ScoreSheet, Script, Storyboard};

use crate::agent::{Agent, identity};
use crate::bridge::job;
use crate::crew::Crew;
use crate::documents::role;
use crate::timeline::LaidOut;
use crate::wishes::Wishes;

pub(crate) struct Music {
    pub(crate) wishes: Arc<Wishes>,
    pub(crate) crew: Crew,
}

#[async_trait]
impl Agent for Music {
    const NAME: &'static str = "music";
    const VERSION: u32 = 1;
    type View = ScoreSheet;

    fn is_remote(&self) -> bool {
        self.crew.remote.music
    }

    fn model(&self) -> Value {
        identity(&self.crew.music.identity())
    }

    /// A new section starts where the first shot of a scene starts.
    fn view(&self, inputs: &Inputs) -> Result<ScoreSheet, TaskError> {
        let script: Script = inputs.one("script")?.read()?;
        let laid: LaidOut = inputs.one("timeline")?.read()?;
        let mut first_shot_of = BTreeMap::new();
        for (_, artifact) in inputs.every("board") {
            let board: Storyboard = artifact.read()?;
            if let Some(first) = board.shots.first() {
                first_shot_of.insert(first.id.clone(), board.scene);
            }
        }
        let sections = laid
            .timeline
            .shots
            .iter()
            .filter_map(|timed| {
                let scene = script.scene(first_shot_of.get(&timed.shot)?)?;
                Some(ScoreSection { start_ms: laid.timeline.ms_at(timed.start_frame), mood: scene.mood })
            })
            .collect();
        let duration_ms = laid.timeline.duration_ms();
        let mood = self.wishes.score().mood.unwrap_or(self.wishes.brief.mood.value);
        Ok(ScoreSheet { mood, duration_ms, sections, seed: self.wishes.seed("music").fork("score") })
    }

    async fn make(&self, view: ScoreSheet, context: &TaskContext) -> Result<Output, TaskError> {
        let out = context.scratch().join("music.wav");
        job(context, |job| self.crew.music.compose(view, job, &out)).await?;
        Ok(Output::default().with(role::SOUND, "audio/wav", BlobSource::File(out)))
    }
}
