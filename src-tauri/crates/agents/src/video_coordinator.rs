//! Video coordinator: a shot's frame + its motion → its clip, by a video model or by animating the frame.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use engine::{
    BlobHash, BlobSource, Collection, Expand, FailureKind, Inputs, Output, Promise, TaskContext, TaskError, TaskSpec,
};
use film::FrameOrder;
use models::{ClipReply, ClipRequest};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use story::{Brief, Look, Place, Places, SceneId, Seed, Shot, ShotId, Size, Storyboard};

use crate::agent::{Agent, alone, every, identity, job, member, model_failure, one, slot, task};
use crate::camera_images::{drawn, shot_of};
use crate::crew::Crew;
use crate::documents::role;
use crate::graph::Estimate;
use crate::post_processor::film_failure;
use crate::timeline::LaidOut;

/// Gives one clip task for each shot of the timeline.
pub(crate) struct Clips {
    pub(crate) brief: Arc<Brief>,
    pub(crate) crew: Crew,
    pub(crate) estimate: Estimate,
}

/// About what a clip takes per second of film, on one core.
const WEIGHT_PER_S: u32 = 500;

impl Expand for Clips {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("clip")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let laid: LaidOut = inputs.one("timeline")?.read()?;
        let mut shots: BTreeMap<ShotId, (SceneId, String)> = BTreeMap::new();
        for (_, artifact) in inputs.every("board") {
            let board: Storyboard = artifact.read()?;
            shots.extend(board.shots.into_iter().map(|s| (s.id, (board.scene.clone(), s.action))));
        }
        laid.timeline
            .shots
            .iter()
            .map(|timed| {
                let (scene, action) = shots.get(&timed.shot).ok_or_else(|| {
                    TaskError::new(FailureKind::Invalid, format!("no storyboard has the shot {}", timed.shot))
                })?;
                let needs = vec![
                    member("frame", timed.shot.as_str())?,
                    member("board", scene.as_str())?,
                    one("timeline")?,
                    one("places")?,
                    one("look")?,
                ];
                let agent = Clip {
                    scene: scene.clone(),
                    shot: timed.shot.clone(),
                    brief: Arc::clone(&self.brief),
                    crew: self.crew.clone(),
                };
                let weight = WEIGHT_PER_S * timed.frames / laid.timeline.fps.max(1);
                Ok(task(slot("clip", timed.shot.as_str())?, action.clone(), needs, weight, agent))
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        let mut needs = alone(&["places", "look", "timeline"]);
        needs.push(every("frame"));
        vec![self.estimate.shots("video_coordinator", "clip", WEIGHT_PER_S * 4, needs)]
    }
}

struct Clip {
    scene: SceneId,
    shot: ShotId,
    brief: Arc<Brief>,
    crew: Crew,
}

/// The frame by its hash, the shot as far as it moves, and how long.
#[derive(Serialize, Deserialize)]
struct ClipView {
    frame: BlobHash,
    companion: Option<BlobHash>,
    shot: Shot,
    place: Place,
    look: Look,
    size: Size,
    fps: u32,
    frames: u32,
    seed: Seed,
}

#[async_trait]
impl Agent for Clip {
    const NAME: &'static str = "video_coordinator";
    const VERSION: u32 = 1;
    type View = ClipView;

    fn model(&self) -> Value {
        serde_json::json!({ "video": identity(&self.crew.video.identity()), "encoder": self.crew.ffmpeg.identity() })
    }

    fn view(&self, inputs: &Inputs) -> Result<ClipView, TaskError> {
        let frame = inputs.one(&format!("frame/{}", self.shot))?;
        let shot = drawn(&shot_of(inputs, &self.scene, &self.shot)?);
        let places: Places = inputs.one("places")?.read()?;
        let laid: LaidOut = inputs.one("timeline")?.read()?;
        let missing = |what: String| TaskError::new(FailureKind::Invalid, what);
        let place =
            places.get(&shot.place).ok_or_else(|| missing(format!("the film has no place {}", shot.place)))?.clone();
        let timed = laid
            .timeline
            .shots
            .iter()
            .find(|t| t.shot == self.shot)
            .ok_or_else(|| missing(format!("the timeline has no shot {}", self.shot)))?;
        Ok(ClipView {
            frame: frame.blob(role::PICTURE)?.hash.clone(),
            companion: frame.blob(role::COMPANION).ok().map(|b| b.hash.clone()),
            shot,
            place,
            look: inputs.one("look")?.read()?,
            size: laid.timeline.size,
            fps: laid.timeline.fps,
            frames: timed.frames + timed.tail_frames,
            seed: self.brief.seed,
        })
    }

    async fn make(&self, view: ClipView, context: &TaskContext) -> Result<Output, TaskError> {
        let frame = context.read(&view.frame, "image/png").await?;
        let companion = match &view.companion {
            Some(hash) => Some(context.read(hash, "application/json").await?),
            None => None,
        };
        let request = ClipRequest {
            frame,
            companion,
            prompt: format!("{} Camera: {}.", view.shot.action, view.shot.camera.as_str().replace('_', " ")),
            shot: view.shot,
            place: view.place,
            look: view.look,
            size: view.size,
            fps: view.fps,
            frames: view.frames,
            seed: view.seed,
        };
        let out = context.scratch().join("clip.mp4");
        match self.crew.video.animate(request, job(context)).await.map_err(model_failure)? {
            ClipReply::File(bytes) => {
                tokio::fs::write(&out, bytes).await.map_err(|e| {
                    TaskError::new(FailureKind::Local, format!("{} cannot be written: {e}", out.display()))
                })?;
            }
            ClipReply::Frames(source) => {
                let order = FrameOrder {
                    size: source.size(),
                    fps: view.fps,
                    frames: source.frames(),
                    draw: Arc::new(move |index, out| source.draw(index, out)),
                };
                film::encode_frames(&self.crew.ffmpeg, &order, &out, context.token(), &*context.progress_fn())
                    .await
                    .map_err(|e| film_failure(&e))?;
            }
        }
        Ok(Output::default().with(role::VIDEO, "video/mp4", BlobSource::File(out)))
    }
}
