//! Segments, conformed by the post-processor: clips → parts of the film with captions and fades, ready to be joined.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{
    BlobHash, BlobSource, Collection, Expand, FailureKind, Inputs, Output, Promise, TaskContext, TaskError, TaskSpec,
};
use film::Segment;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use story::{Brief, ShotId};

use crate::agent::{Agent, alone, every, member, one, slot, task};
use crate::crew::Crew;
use crate::documents::role;
use crate::graph::Estimate;
use crate::post_processor::film_failure;
use crate::timeline::LaidOut;

/// About what a segment takes per second of film, on one core.
const WEIGHT_PER_S: u32 = 450;

/// Gives one segment task for each shot of the timeline.
pub(crate) struct Segments {
    pub(crate) brief: Arc<Brief>,
    pub(crate) crew: Crew,
    pub(crate) estimate: Estimate,
}

impl Expand for Segments {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("segment")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let laid: LaidOut = inputs.one("timeline")?.read()?;
        let shots = &laid.timeline.shots;
        shots
            .iter()
            .enumerate()
            .map(|(i, timed)| {
                let mut needs = vec![one("timeline")?, member("clip", timed.shot.as_str())?];
                let before = (timed.fade_in_frames > 0 && i > 0).then(|| shots[i - 1].shot.clone());
                if let Some(before) = &before {
                    needs.push(member("clip", before.as_str())?);
                }
                let agent = Conform {
                    shot: timed.shot.clone(),
                    before,
                    captions: self.brief.captions.value,
                    crew: self.crew.clone(),
                };
                let weight = WEIGHT_PER_S * timed.frames / laid.timeline.fps.max(1);
                Ok(task(slot("segment", timed.shot.as_str())?, "", needs, weight, agent))
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        let mut needs = alone(&["timeline"]);
        needs.push(every("clip"));
        vec![self.estimate.shots("post_processor", "segment", WEIGHT_PER_S * 4, needs)]
    }
}

struct Conform {
    shot: ShotId,
    before: Option<ShotId>,
    captions: bool,
    crew: Crew,
}

/// The clips by their hashes, and what is done to them; nothing of where the shot lies in the film.
#[derive(Serialize, Deserialize)]
struct ConformView {
    clip: BlobHash,
    before: Option<BlobHash>,
    segment: Segment,
}

#[async_trait]
impl Agent for Conform {
    const NAME: &'static str = "post_processor";
    const VERSION: u32 = 1;
    type View = ConformView;

    fn model(&self) -> Value {
        serde_json::json!({ "encoder": self.crew.ffmpeg.identity() })
    }

    fn view(&self, inputs: &Inputs) -> Result<ConformView, TaskError> {
        let laid: LaidOut = inputs.one("timeline")?.read()?;
        let index = laid.timeline.shots.iter().position(|t| t.shot == self.shot);
        let mut segment = index
            .and_then(|i| Segment::of(&laid.timeline, i))
            .ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("the timeline has no shot {}", self.shot)))?;
        if !self.captions {
            segment.captions.clear();
        }
        let clip_of =
            |shot: &ShotId| Ok::<_, TaskError>(inputs.one(&format!("clip/{shot}"))?.blob(role::VIDEO)?.hash.clone());
        Ok(ConformView { clip: clip_of(&self.shot)?, before: self.before.as_ref().map(clip_of).transpose()?, segment })
    }

    async fn make(&self, view: ConformView, context: &TaskContext) -> Result<Output, TaskError> {
        let clip = context.file(&view.clip, "video/mp4");
        let before = view.before.as_ref().map(|hash| context.file(hash, "video/mp4"));
        let out = context.scratch().join("segment.mp4");
        film::conform_shot(
            &self.crew.ffmpeg,
            &view.segment,
            &clip,
            before.as_deref(),
            &out,
            context.token(),
            &*context.progress_fn(),
        )
        .await
        .map_err(|e| film_failure(&e))?;
        Ok(Output::default().with(role::VIDEO, "video/mp4", BlobSource::File(out)))
    }
}
