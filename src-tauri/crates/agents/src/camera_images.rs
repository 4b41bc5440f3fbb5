//! Camera images: shot + cast + place + look → the shot's first frame. Two expand tasks deep: a scene's frames can be
//! drawn as soon as its own storyboard is there.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{
    AgentName, BlobSource, Collection, Expand, FailureKind, Inputs, Output, Promise, TaskContext, TaskError, TaskSpec,
    Work,
};
use models::{ImageModel, ImageRequest, Purpose};
use serde_json::Value;
use story::{Brief, Cast, Character, Look, Places, SceneId, Script, Shot, ShotId, Storyboard, SubjectOf};

use crate::agent::{Agent, alone, every, identity, job, member, model_failure, one, slot, task};
use crate::crew::{Crew, FilmFormat};
use crate::documents::role;
use crate::graph::Estimate;

const WEIGHT_MS: u32 = 600;

/// Gives one expand task for each scene.
pub(crate) struct Frames {
    pub(crate) brief: Arc<Brief>,
    pub(crate) crew: Crew,
    pub(crate) format: FilmFormat,
    pub(crate) estimate: Estimate,
}

impl Expand for Frames {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("frame")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let script: Script = inputs.one("script")?.read()?;
        script
            .scenes
            .iter()
            .map(|scene| {
                let id = scene.id.as_str();
                let frames = FramesOfScene {
                    scene: scene.id.clone(),
                    brief: Arc::clone(&self.brief),
                    model: Arc::clone(&self.crew.image),
                    format: self.format,
                };
                Ok(TaskSpec {
                    slot: slot("frames_of", id)?,
                    agent: AgentName::from(CameraImage::NAME),
                    title: scene.title.clone(),
                    needs: vec![member("board", id)?],
                    uses: Vec::new(),
                    weight_ms: 0,
                    quotes: Vec::new(),
                    work: Work::Expand(Arc::new(frames)),
                })
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        vec![self.estimate.shots("camera_images", "frame", WEIGHT_MS, {
            let mut needs = alone(&["cast", "places", "look"]);
            needs.push(every("board"));
            needs
        })]
    }
}

struct FramesOfScene {
    scene: SceneId,
    brief: Arc<Brief>,
    model: Arc<dyn ImageModel>,
    format: FilmFormat,
}

impl Expand for FramesOfScene {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("frame")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let board: Storyboard = inputs.one(&format!("board/{}", self.scene))?.read()?;
        let needs = vec![member("board", self.scene.as_str())?, one("cast")?, one("places")?, one("look")?];
        board
            .shots
            .iter()
            .map(|shot| {
                let agent = CameraImage {
                    scene: self.scene.clone(),
                    shot: shot.id.clone(),
                    brief: Arc::clone(&self.brief),
                    model: Arc::clone(&self.model),
                    format: self.format,
                };
                Ok(task(slot("frame", shot.id.as_str())?, &shot.action, needs.clone(), WEIGHT_MS, agent))
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        Vec::new()
    }
}

struct CameraImage {
    scene: SceneId,
    shot: ShotId,
    brief: Arc<Brief>,
    model: Arc<dyn ImageModel>,
    format: FilmFormat,
}

/// The shot as a picture needs it: neither what is heard in it nor how long it is.
pub(crate) fn drawn(shot: &Shot) -> Shot {
    Shot { lines: Vec::new(), duration_ms: 0, ..shot.clone() }
}

/// Finds a shot in its scene's storyboard.
pub(crate) fn shot_of(inputs: &Inputs, scene: &SceneId, shot: &ShotId) -> Result<Shot, TaskError> {
    let board: Storyboard = inputs.one(&format!("board/{scene}"))?.read()?;
    board
        .shots
        .into_iter()
        .find(|s| &s.id == shot)
        .ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("the storyboard of {scene} has no shot {shot}")))
}

#[async_trait]
impl Agent for CameraImage {
    const NAME: &'static str = "camera_images";
    const VERSION: u32 = 1;
    type View = ImageRequest;

    fn model(&self) -> Value {
        identity(&self.model.identity())
    }

    fn view(&self, inputs: &Inputs) -> Result<ImageRequest, TaskError> {
        let shot = drawn(&shot_of(inputs, &self.scene, &self.shot)?);
        let all: Cast = inputs.one("cast")?.read()?;
        let places: Places = inputs.one("places")?.read()?;
        let look: Look = inputs.one("look")?.read()?;
        let place = places
            .get(&shot.place)
            .ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("the film has no place {}", shot.place)))?
            .clone();
        let cast: Vec<Character> = shot
            .subjects
            .iter()
            .filter_map(|s| match &s.of {
                SubjectOf::Cast(id) => all.get(id).cloned(),
                SubjectOf::Prop(_) => None,
            })
            .collect();
        let prompt = format!(
            "{} shot, {} angle: {} In {}, {}.",
            shot.framing.as_str().replace('_', " "),
            shot.angle.as_str().replace('_', " "),
            shot.action,
            place.name,
            place.time.as_str()
        );
        Ok(ImageRequest {
            purpose: Purpose::Frame { shot, cast, place },
            prompt,
            look,
            size: self.format.size,
            seed: self.brief.seed,
        })
    }

    async fn make(&self, view: ImageRequest, context: &TaskContext) -> Result<Output, TaskError> {
        let reply = self.model.draw(view, job(context)).await.map_err(model_failure)?;
        let mut output = Output::default().with(role::PICTURE, "image/png", BlobSource::Bytes(reply.png));
        if let Some(companion) = reply.companion {
            output = output.with(role::COMPANION, "application/json", BlobSource::Bytes(companion));
        }
        Ok(output)
    }
}
