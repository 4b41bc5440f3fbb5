//! Character portraits: character + look → front sheet, then side and back.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{BlobSource, Collection, Expand, FailureKind, Inputs, Output, Promise, TaskContext, TaskError, TaskSpec};
use models::{ImageModel, ImageRequest, PortraitView, Purpose};
use serde_json::Value;
use story::{Brief, Cast, CastId, Look, Size};

use crate::agent::{Agent, alone, identity, job, member, model_failure, one, slot, task};
use crate::crew::{Crew, Grade};
use crate::documents::role;

/// The size of a sheet.
pub(crate) const SHEET: Size = Size { width: 512, height: 512 };
const WEIGHT_MS: u32 = 150;

/// Gives the portraits of everybody who is seen.
pub(crate) struct Portraits {
    pub(crate) brief: Arc<Brief>,
    pub(crate) crew: Crew,
    pub(crate) grade: Grade,
}

impl Expand for Portraits {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("portrait")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let cast: Cast = inputs.one("cast")?.read()?;
        let mut tasks = Vec::new();
        for character in cast.members.iter().filter(|c| c.visible) {
            let id = character.id.as_str();
            let agent = |view| CharacterPortrait {
                cast: character.id.clone(),
                view,
                brief: Arc::clone(&self.brief),
                model: Arc::clone(&self.crew.image),
            };
            let needs = vec![one("cast")?, one("look")?];
            tasks.push(task(
                slot("portrait", &format!("{id}-front"))?,
                &character.name,
                needs.clone(),
                WEIGHT_MS,
                agent(PortraitView::Front),
            ));
            if self.grade >= Grade::Medium {
                let mut after_front = needs;
                after_front.push(member("portrait", &format!("{id}-front"))?);
                for (side, view) in [("side", PortraitView::Side), ("back", PortraitView::Back)] {
                    tasks.push(task(
                        slot("portrait", &format!("{id}-{side}"))?,
                        &character.name,
                        after_front.clone(),
                        WEIGHT_MS,
                        agent(view),
                    ));
                }
            }
        }
        Ok(tasks)
    }

    fn promises(&self) -> Vec<Promise> {
        let sides = if self.grade >= Grade::Medium { 3 } else { 1 };
        let named = self.brief.characters.len() as u32;
        vec![Promise {
            agent: "character_portraits".into(),
            collection: Collection::new("portrait"),
            least: named * sides,
            most: named.max(2) * sides,
            needs: alone(&["look"]),
            weight_ms: WEIGHT_MS,
            model: Value::Null,
            quotes: Vec::new(),
        }]
    }
}

struct CharacterPortrait {
    cast: CastId,
    view: PortraitView,
    brief: Arc<Brief>,
    model: Arc<dyn ImageModel>,
}

#[async_trait]
impl Agent for CharacterPortrait {
    const NAME: &'static str = "character_portraits";
    const VERSION: u32 = 1;
    type View = ImageRequest;

    fn model(&self) -> Value {
        identity(&self.model.identity())
    }

    fn view(&self, inputs: &Inputs) -> Result<ImageRequest, TaskError> {
        let cast: Cast = inputs.one("cast")?.read()?;
        let look: Look = inputs.one("look")?.read()?;
        let character = cast
            .get(&self.cast)
            .ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("the cast has no {}", self.cast)))?
            .clone();
        let prompt = format!("{}, {}, plain background, {:?} view", character.name, character.noun, self.view);
        Ok(ImageRequest {
            purpose: Purpose::Portrait { character, view: self.view },
            prompt,
            look,
            size: SHEET,
            seed: self.brief.seed,
        })
    }

    async fn make(&self, view: ImageRequest, context: &TaskContext) -> Result<Output, TaskError> {
        let reply = self.model.draw(view, job(context)).await.map_err(model_failure)?;
        Ok(Output::default().with(role::PICTURE, "image/png", BlobSource::Bytes(reply.png)))
    }
}
