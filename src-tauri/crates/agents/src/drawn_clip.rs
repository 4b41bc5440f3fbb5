//! A drawn clip: what it is drawn from and how it moves. Its pictures are drawn wherever they are shown, so that none is
//! encoded twice.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{BlobHash, BlobSource, FailureKind, Inputs, Need, Output, TaskContext, TaskError};
use models::Motion;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use story::{SceneId, Shot, ShotId};

use crate::agent::{Agent, identity, member, one};
use crate::camera_images::shot_of;
use crate::crew::{Crew, FilmFormat};
use crate::documents::role;
use crate::footage::Drawing;
use crate::timeline::LaidOut;
use crate::video_coordinator;
use crate::wishes::Wishes;

/// About what it takes: a file is read.
pub(crate) const WEIGHT_MS: u32 = 10;

pub(crate) struct DrawnClip {
    scene: SceneId,
    shot: ShotId,
    wishes: Arc<Wishes>,
    /// The animator that it is made for.
    by: Value,
    format: FilmFormat,
}

/// The frame and the layers behind it by their hashes, and how it moves.
#[derive(Serialize, Deserialize)]
pub(crate) struct DrawnView {
    frame: BlobHash,
    companion: Option<BlobHash>,
    motion: Motion,
}

impl DrawnClip {
    pub(crate) fn new(shot: &Shot, scene: &SceneId, (wishes, crew): (&Arc<Wishes>, &Crew), format: FilmFormat) -> Self {
        let (wishes, by) = (Arc::clone(wishes), identity(&crew.animator.identity()));
        Self { scene: scene.clone(), shot: shot.id.clone(), wishes, by, format }
    }

    pub(crate) fn needs(&self) -> Result<Vec<Need>, TaskError> {
        Ok(vec![member("frame", self.shot.as_str())?, member("board", self.scene.as_str())?, one("timeline")?])
    }

    /// How many frames the timeline shows of it.
    fn frames_shown(&self, inputs: &Inputs) -> Result<u32, TaskError> {
        let laid: LaidOut = inputs.one("timeline")?.read()?;
        let timed = laid.timeline.shots.iter().find(|t| t.shot == self.shot);
        timed
            .map(|t| t.frames + t.tail_frames)
            .ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("the timeline has no shot {}", self.shot)))
    }
}

#[async_trait]
impl Agent for DrawnClip {
    const NAME: &'static str = video_coordinator::NAME;
    const VERSION: u32 = 2;
    type View = DrawnView;

    fn model(&self) -> Value {
        self.by.clone()
    }

    fn view(&self, inputs: &Inputs) -> Result<DrawnView, TaskError> {
        let frame = inputs.one(&format!("frame/{}", self.shot))?;
        let motion = Motion {
            camera: shot_of(inputs, &self.scene, &self.shot)?.camera,
            take: self.wishes.take(&format!("clip/{}", self.shot)),
            size: self.format.size,
            fps: self.format.fps,
            frames: self.frames_shown(inputs)?,
        };
        Ok(DrawnView {
            frame: frame.blob(role::PICTURE)?.hash.clone(),
            companion: frame.blob(role::COMPANION).ok().map(|blob| blob.hash.clone()),
            motion,
        })
    }

    async fn make(&self, view: DrawnView, context: &TaskContext) -> Result<Output, TaskError> {
        // They are the clip's own too: it can be shown for as long as it is kept, whatever becomes of the frame.
        let picture = context.read(&view.frame, "image/png").await?;
        let drawing = Drawing { by: self.by.clone(), motion: view.motion };
        let output = Output::document(&drawing)?.with(role::PICTURE, "image/png", BlobSource::Bytes(picture));
        Ok(match &view.companion {
            Some(hash) => {
                let layers = context.read(hash, "application/json").await?;
                output.with(role::COMPANION, "application/json", BlobSource::Bytes(layers))
            }
            None => output,
        })
    }
}
