//! Scene images: place + look → an empty set sheet, used as a reference.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{
    BlobSource, Collection, Expand, FailureKind, Inputs, Output, Promise, Quote, TaskContext, TaskError, TaskSpec,
};
use models::{ImageRequest, Purpose};
use serde_json::Value;
use story::{Look, PlaceId, Places, Size};

use crate::agent::{Agent, alone, identity, one, slot, task};
use crate::crew::Crew;
use crate::documents::role;
use crate::graph::Estimate;
use crate::pictures::{draw, picture_request};
use crate::quotes;
use crate::wishes::Wishes;
use crate::wording::set_words;

const WEIGHT_MS: u32 = 300;

/// Gives one set sheet for each place.
pub(crate) struct Sets {
    pub(crate) wishes: Arc<Wishes>,
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
        let (size, weight_ms) = (self.wishes.brief.aspect.value.size(360), self.crew.picture_ms(WEIGHT_MS));
        places
            .all
            .iter()
            .map(|place| {
                let agent = SceneImage {
                    place: place.id.clone(),
                    size,
                    wishes: Arc::clone(&self.wishes),
                    crew: self.crew.clone(),
                };
                Ok(task(slot("set", place.id.as_str())?, &place.name, needs.clone(), weight_ms, agent))
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        let promise = self.estimate.scenes("scene_images", "set", self.crew.picture_ms(WEIGHT_MS), alone(&["look"]));
        vec![Promise {
            model: identity(&self.crew.image.identity()),
            quotes: quotes::picture(&self.crew, 0),
            ..promise
        }]
    }
}

struct SceneImage {
    place: PlaceId,
    size: Size,
    wishes: Arc<Wishes>,
    crew: Crew,
}

#[async_trait]
impl Agent for SceneImage {
    const NAME: &'static str = "scene_images";
    const VERSION: u32 = 1;
    type View = ImageRequest;

    fn is_remote(&self) -> bool {
        self.crew.remote.image
    }

    fn model(&self) -> Value {
        identity(&self.crew.image.identity())
    }

    fn quotes(&self) -> Vec<Quote> {
        quotes::picture(&self.crew, 0)
    }

    fn view(&self, inputs: &Inputs) -> Result<ImageRequest, TaskError> {
        let places: Places = inputs.one("places")?.read()?;
        let look: Look = inputs.one("look")?.read()?;
        let place = places
            .get(&self.place)
            .ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("the film has no place {}", self.place)))?
            .clone();
        let prompt = if self.crew.remote.image {
            set_words(&place, &look)
        } else {
            format!("{}, {}, {}, nobody in it", place.name, place.time.as_str(), place.weather.as_str())
        };
        let (purpose, slot) = (Purpose::SetSheet { place }, format!("set/{}", self.place));
        Ok(picture_request(purpose, prompt, look, self.size, &slot, &self.wishes, &self.crew))
    }

    async fn make(&self, view: ImageRequest, context: &TaskContext) -> Result<Output, TaskError> {
        let reply = draw(&self.crew, view, context).await?;
        Ok(Output::default().with(role::PICTURE, "image/png", BlobSource::Bytes(reply.png)))
    }
}
