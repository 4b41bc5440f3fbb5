//! Character portraits: character + look → front sheet, then side and back.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{
    BlobSource, Collection, Expand, FailureKind, Inputs, Output, Promise, Quote, TaskContext, TaskError, TaskSpec,
};
use models::{ImageRequest, PortraitView, Purpose};
use serde_json::Value;
use story::{Cast, CastId, Look, Size};

use crate::agent::{Agent, alone, identity, member, one, slot, task};
use crate::crew::{Crew, Grade};
use crate::documents::role;
use crate::pictures::{draw, picture_request, refer_to};
use crate::quotes;
use crate::references::Sheet;
use crate::wishes::Wishes;
use crate::wording::{person_words, portrait_words};

/// The size of a sheet.
pub(crate) const SHEET: Size = Size { width: 512, height: 512 };
const WEIGHT_MS: u32 = 150;

/// Gives the portraits of everybody who is seen.
pub(crate) struct Portraits {
    pub(crate) wishes: Arc<Wishes>,
    pub(crate) crew: Crew,
    pub(crate) grade: Grade,
}

impl Expand for Portraits {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("portrait")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let cast: Cast = inputs.one("cast")?.read()?;
        let (mut tasks, weight_ms) = (Vec::new(), self.crew.picture_ms(WEIGHT_MS));
        for character in cast.members.iter().filter(|c| c.visible) {
            let id = character.id.as_str();
            let agent = |view| CharacterPortrait {
                cast: character.id.clone(),
                view,
                wishes: Arc::clone(&self.wishes),
                crew: self.crew.clone(),
            };
            let needs = vec![one("cast")?, one("look")?];
            tasks.push(task(
                slot("portrait", &format!("{id}-front"))?,
                &character.name,
                needs.clone(),
                weight_ms,
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
                        weight_ms,
                        agent(view),
                    ));
                }
            }
        }
        Ok(tasks)
    }

    fn promises(&self) -> Vec<Promise> {
        let sides = if self.grade >= Grade::Medium { 3 } else { 1 };
        let named = self.wishes.brief.characters.len() as u32;
        vec![Promise {
            agent: "character_portraits".into(),
            collection: Collection::new("portrait"),
            least: named * sides,
            most: if self.crew.chat.is_some() { (named + 2).clamp(4, 8) } else { named.max(2) } * sides,
            needs: alone(&["look"]),
            weight_ms: self.crew.picture_ms(WEIGHT_MS),
            model: identity(&self.crew.image.identity()),
            quotes: quotes::picture(&self.crew, 1),
        }]
    }
}

struct CharacterPortrait {
    cast: CastId,
    view: PortraitView,
    wishes: Arc<Wishes>,
    crew: Crew,
}

impl CharacterPortrait {
    fn slot(&self) -> String {
        let side = match self.view {
            PortraitView::Front => "front",
            PortraitView::Side => "side",
            PortraitView::Back => "back",
        };
        format!("portrait/{}-{side}", self.cast)
    }

    /// The other sides agree with the front, for a model that looks at references.
    fn sheets(&self, who: &str) -> Vec<Sheet> {
        if self.view == PortraitView::Front || self.crew.references() == 0 {
            return Vec::new();
        }
        vec![Sheet { slot: format!("portrait/{}-front", self.cast), role: format!("the same {who} from the front") }]
    }
}

#[async_trait]
impl Agent for CharacterPortrait {
    const NAME: &'static str = "character_portraits";
    const VERSION: u32 = 1;
    type View = ImageRequest;

    fn is_remote(&self) -> bool {
        self.crew.remote.image
    }

    fn model(&self) -> Value {
        identity(&self.crew.image.identity())
    }

    fn quotes(&self) -> Vec<Quote> {
        quotes::picture(&self.crew, usize::from(self.view != PortraitView::Front))
    }

    fn view(&self, inputs: &Inputs) -> Result<ImageRequest, TaskError> {
        let cast: Cast = inputs.one("cast")?.read()?;
        let look: Look = inputs.one("look")?.read()?;
        let character = cast
            .get(&self.cast)
            .ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("the cast has no {}", self.cast)))?
            .as_drawn();
        let prompt = if self.crew.remote.image {
            portrait_words(&character, self.view, &look)
        } else {
            format!("{}, {}, plain background, {:?} view", character.name, character.noun, self.view)
        };
        let sheets = self.sheets(&person_words(&character));
        let purpose = Purpose::Portrait { character, view: self.view };
        let request = picture_request(purpose, prompt, look, SHEET, &self.slot(), &self.wishes, &self.crew);
        refer_to(request, &sheets, inputs)
    }

    async fn make(&self, view: ImageRequest, context: &TaskContext) -> Result<Output, TaskError> {
        let reply = draw(&self.crew, view, context).await?;
        Ok(Output::default().with(role::PICTURE, "image/png", BlobSource::Bytes(reply.png)))
    }
}
