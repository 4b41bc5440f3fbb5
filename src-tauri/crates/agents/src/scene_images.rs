//! Scene images: place + look → an empty set sheet, used as a reference.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{BlobSource, Collection, Expand, FailureKind, Inputs, Output, Promise, TaskContext, TaskError, TaskSpec};
use models::{ImageModel, ImageRequest, Purpose};
use serde_json::Value;
use story::{Brief, Look, PlaceId, Places, Size};

use crate::agent::{Agent, alone, identity, job, model_failure, one, slot, task};
use crate::crew::Crew;
use crate::documents::role;
use crate::graph::Estimate;

const WEIGHT_MS: u32 = 300;

/// Gives one set sheet for each place.
pub(crate) struct Sets {
    pub(crate) brief: Arc<Brief>,
    pub(crate) crew: Crew,
    pub(crate) estimate: Estimate,
}

impl Expand for Sets {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("set")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let places: Places = inputs.one("places")?.read()?;
        let needs = vec![one("places")?, one("look")?];
        let size = self.brief.aspect.value.size(360);
        places
            .all
            .iter()
            .map(|place| {
                let agent = SceneImage {
                    place: place.id.clone(),
                    size,
                    brief: Arc::clone(&self.brief),
                    model: Arc::clone(&self.crew.image),
                };
                Ok(task(slot("set", place.id.as_str())?, &place.name, needs.clone(), WEIGHT_MS, agent))
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        vec![self.estimate.scenes("scene_images", "set", WEIGHT_MS, alone(&["look"]))]
    }
}

struct SceneImage {
    place: PlaceId,
    size: Size,
    brief: Arc<Brief>,
    model: Arc<dyn ImageModel>,
}

#[async_trait]
impl Agent for SceneImage {
    const NAME: &'static str = "scene_images";
    const VERSION: u32 = 1;
    type View = ImageRequest;

    fn model(&self) -> Value {
        identity(&self.model.identity())
    }

    fn view(&self, inputs: &Inputs) -> Result<ImageRequest, TaskError> {
        let places: Places = inputs.one("places")?.read()?;
        let look: Look = inputs.one("look")?.read()?;
        let place = places
            .get(&self.place)
            .ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("the film has no place {}", self.place)))?
            .clone();
        let prompt = format!("{}, {}, {}, nobody in it", place.name, place.time.as_str(), place.weather.as_str());
        Ok(ImageRequest {
            purpose: Purpose::SetSheet { place },
            prompt,
            look,
            size: self.size,
            seed: self.brief.seed,
            references: Vec::new(),
            pictures: Vec::new(),
        })
    }

    async fn make(&self, view: ImageRequest, context: &TaskContext) -> Result<Output, TaskError> {
        let reply = self.model.draw(view, job(context)).await.map_err(model_failure)?;
        Ok(Output::default().with(role::PICTURE, "image/png", BlobSource::Bytes(reply.png)))
    }
}
