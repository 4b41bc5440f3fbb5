//! Camera images: shot + cast + place + look → the shot's first frame. Two expand tasks deep: a scene's frames can be
//! drawn as soon as its own storyboard is there. A model that looks at references waits for the sheets of its shot.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{
    AgentName, BlobSource, Collection, Expand, FailureKind, Inputs, Output, Promise, Quote, TaskContext, TaskError,
    TaskSpec, Work,
};
use models::{ImageRequest, Purpose};
use serde_json::Value;
use story::{Cast, Character, Look, Mood, Places, SceneId, Script, Shot, ShotId, Storyboard, SubjectOf};

use crate::agent::{Agent, alone, every, identity, member, member_if_made, one, slot, task};
use crate::crew::{Crew, FilmFormat, Grade};
use crate::documents::role;
use crate::graph::Estimate;
use crate::pictures::{draw, picture_request, refer_to};
use crate::quotes;
use crate::references::{Sheet, parent, select};
use crate::revisions::draft_of;
use crate::wishes::Wishes;
use crate::wording::frame_words;

const WEIGHT_MS: u32 = 600;

/// Gives one expand task for each scene.
pub(crate) struct Frames {
    pub(crate) wishes: Arc<Wishes>,
    pub(crate) crew: Crew,
    pub(crate) format: FilmFormat,
    pub(crate) grade: Grade,
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
                let mut needs = vec![member("board", id)?];
                if self.crew.references() > 0 {
                    needs.extend([member(&draft_of("board"), id)?, one("cast")?, one("places")?]);
                }
                let frames = FramesOfScene {
                    scene: scene.id.clone(),
                    wishes: Arc::clone(&self.wishes),
                    crew: self.crew.clone(),
                    format: self.format,
                    grade: self.grade,
                };
                Ok(TaskSpec {
                    slot: slot("frames_of", id)?,
                    agent: AgentName::from(CameraImage::NAME),
                    title: scene.title.clone(),
                    needs,
                    uses: Vec::new(),
                    weight_ms: 0,
                    quotes: Vec::new(),
                    work: Work::Expand(Arc::new(frames)),
                })
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        let mut needs = alone(&["cast", "places", "look"]);
        needs.push(every("board"));
        let references = self.crew.references();
        if references > 0 {
            needs.extend([every("portrait"), every("set")]);
        }
        let promise = self.estimate.shots("camera_images", "frame", self.crew.picture_ms(WEIGHT_MS), needs);
        vec![Promise {
            model: identity(&self.crew.image.identity()),
            quotes: quotes::picture(&self.crew, references),
            ..promise
        }]
    }
}

struct FramesOfScene {
    scene: SceneId,
    wishes: Arc<Wishes>,
    crew: Crew,
    format: FilmFormat,
    grade: Grade,
}

impl FramesOfScene {
    /// The sheets that each shot must agree with.
    fn sheets(&self, board: &Storyboard, inputs: &Inputs) -> Result<Vec<Vec<Sheet>>, TaskError> {
        let room = self.crew.references();
        if room == 0 {
            return Ok(vec![Vec::new(); board.shots.len()]);
        }
        let draft: Storyboard = inputs.one(&format!("{}/{}", draft_of("board"), self.scene))?.read()?;
        let cast: Cast = inputs.one("cast")?.read()?;
        let places: Places = inputs.one("places")?.read()?;
        let parent = parent(board, &draft);
        Ok(board.shots.iter().map(|shot| select(shot, &cast, &places, parent, self.grade, room)).collect())
    }
}

impl Expand for FramesOfScene {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("frame")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let board: Storyboard = inputs.one(&format!("board/{}", self.scene))?.read()?;
        let sheets = self.sheets(&board, inputs)?;
        board
            .shots
            .iter()
            .zip(sheets)
            .map(|(shot, sheets)| {
                let mut needs = vec![member("board", self.scene.as_str())?, one("cast")?, one("places")?, one("look")?];
                for sheet in &sheets {
                    let (collection, of) = sheet.slot.split_once('/').unwrap_or((&sheet.slot, ""));
                    // A sheet that could not be drawn is no reason to have no frame.
                    needs.push(member_if_made(collection, of)?);
                }
                let agent = CameraImage {
                    scene: self.scene.clone(),
                    shot: shot.id.clone(),
                    sheets,
                    wishes: Arc::clone(&self.wishes),
                    crew: self.crew.clone(),
                    format: self.format,
                };
                Ok(task(slot("frame", shot.id.as_str())?, &shot.action, needs, self.crew.picture_ms(WEIGHT_MS), agent))
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
    sheets: Vec<Sheet>,
    wishes: Arc<Wishes>,
    crew: Crew,
    format: FilmFormat,
}

/// The shot as a picture needs it: neither what is heard in it nor how long it is.
pub(crate) fn drawn(shot: &Shot) -> Shot {
    Shot { lines: Vec::new(), duration_ms: 0, ..shot.clone() }
}

/// The shot as a model that reads is told of it: of faces no word is said, so that another mood pays for no other picture.
pub(crate) fn told(shot: &Shot) -> Shot {
    Shot { mood: Mood::default(), ..drawn(shot) }
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

/// Who of the cast is in a shot, in the order of its subjects, as they are drawn.
pub(crate) fn cast_of(shot: &Shot, cast: &Cast) -> Vec<Character> {
    let member = |subject: &story::Subject| match &subject.of {
        SubjectOf::Cast(id) => cast.get(id).map(Character::as_drawn),
        SubjectOf::Prop(_) => None,
    };
    shot.subjects.iter().filter_map(member).collect()
}

/// A shot that happens nowhere.
pub(crate) fn no_place(shot: &Shot) -> TaskError {
    TaskError::new(FailureKind::Invalid, format!("the film has no place {}", shot.place))
}

#[async_trait]
impl Agent for CameraImage {
    const NAME: &'static str = "camera_images";
    const VERSION: u32 = 1;
    type View = ImageRequest;

    fn is_remote(&self) -> bool {
        self.crew.remote.image
    }

    fn model(&self) -> Value {
        identity(&self.crew.image.identity())
    }

    fn quotes(&self) -> Vec<Quote> {
        quotes::picture(&self.crew, self.sheets.len())
    }

    fn view(&self, inputs: &Inputs) -> Result<ImageRequest, TaskError> {
        let shot = shot_of(inputs, &self.scene, &self.shot)?;
        let shot = if self.crew.remote.image { told(&shot) } else { drawn(&shot) };
        let places: Places = inputs.one("places")?.read()?;
        let look: Look = inputs.one("look")?.read()?;
        let place = places.get(&shot.place).ok_or_else(|| no_place(&shot))?.clone();
        let cast = cast_of(&shot, &inputs.one("cast")?.read()?);
        let prompt = if self.crew.remote.image {
            frame_words(&shot, &cast, &place, &look)
        } else {
            format!(
                "{} shot, {} angle: {} In {}, {}.",
                shot.framing.as_str().replace('_', " "),
                shot.angle.as_str().replace('_', " "),
                shot.action,
                place.name,
                place.time.as_str()
            )
        };
        let purpose = Purpose::Frame { shot, cast, place };
        let slot = format!("frame/{}", self.shot);
        let request = picture_request(purpose, prompt, look, self.format.size, &slot, &self.wishes, &self.crew);
        refer_to(request, &self.sheets, inputs)
    }

    async fn make(&self, view: ImageRequest, context: &TaskContext) -> Result<Output, TaskError> {
        let reply = draw(&self.crew, view, context).await?;
        let mut output = Output::default().with(role::PICTURE, "image/png", BlobSource::Bytes(reply.png));
        if let Some(companion) = reply.companion {
            output = output.with(role::COMPANION, "application/json", BlobSource::Bytes(companion));
        }
        Ok(output)
    }
}
