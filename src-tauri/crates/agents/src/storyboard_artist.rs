//! Storyboard artist: scene → shots. One task a scene.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{
    Artifact, Collection, Expand, FailureKind, Inputs, Output, Promise, Quote, TaskContext, TaskError, TaskSpec,
};
use models::ChatModel;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use story::{
    Brief, Cast, Character, Features, Kind, Place, Places, Scene, SceneId, Script, Storyboard, carry_ids, word_likeness,
};

use crate::agent::{Agent, alone, by_rule, carried, carry_document, identity, one, slot, task};
use crate::brains::BoardMind;
use crate::crew::thought_ms;
use crate::graph::Estimate;
use crate::revisions::{board_overlay, draft_of};
use crate::thinking::{quotes, think, version};
use crate::wishes::Wishes;

/// Gives one storyboard task for each scene, and what lays the revisions over it.
pub(crate) struct Boards {
    pub(crate) wishes: Arc<Wishes>,
    pub(crate) chat: Option<Arc<dyn ChatModel>>,
    pub(crate) estimate: Estimate,
}

const WEIGHT_MS: u32 = 20;

impl Expand for Boards {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new(draft_of("board")), Collection::new("board")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let script: Script = inputs.one("script")?.read()?;
        let needs = vec![one(&draft_of("script"))?, one("script")?, one("cast")?, one("places")?];
        let (mut tasks, weight_ms) = (Vec::new(), thought_ms(self.chat.as_ref(), WEIGHT_MS));
        for scene in &script.scenes {
            let agent = StoryboardArtist {
                scene: scene.id.clone(),
                brief: Arc::new(self.wishes.brief.clone()),
                chat: self.chat.clone(),
            };
            let draft = slot(&draft_of("board"), scene.id.as_str())?;
            tasks.push(task(draft, scene.title.clone(), needs.clone(), weight_ms, agent));
            tasks.push(board_overlay(&scene.id, &self.wishes)?);
        }
        Ok(tasks)
    }

    fn promises(&self) -> Vec<Promise> {
        let weight_ms = thought_ms(self.chat.as_ref(), WEIGHT_MS);
        let promise = self.estimate.scenes("storyboard_artist", "board", weight_ms, alone(&["cast", "places"]));
        let model = self.chat.as_ref().map_or(Value::Null, |chat| identity(&chat.identity()));
        vec![Promise { model, quotes: quotes::<BoardMind>(self.chat.as_ref(), "", LONGEST), ..promise }]
    }
}

/// About the longest answer for one scene, in tokens.
const LONGEST: u32 = 2_500;

struct StoryboardArtist {
    scene: SceneId,
    brief: Arc<Brief>,
    chat: Option<Arc<dyn ChatModel>>,
}

/// One scene whole, with the lines as they were drafted, its number in the film as drafted, and who and where belongs to
/// it. How somebody is dressed is for those who draw.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BoardView {
    pub(crate) scene: Scene,
    /// Counted from 0.
    pub(crate) number: usize,
    /// True for the last scene.
    pub(crate) last: bool,
    pub(crate) cast: Cast,
    pub(crate) place: Option<Place>,
    pub(crate) brief: Brief,
}

impl BoardView {
    /// Draws by rules.
    fn draw(&self) -> Storyboard {
        let mut script = Script {
            title: String::new(),
            logline: String::new(),
            kind: Kind::default(),
            ending: String::new(),
            speaking: Vec::new(),
            scenes: Vec::new(),
        };
        // The rules count: only how many scenes come before, and whether one comes after.
        let other = SceneId::try_from("sc_other".to_owned()).unwrap_or_else(|_| self.scene.id.clone());
        let other = Scene { id: other, ..self.scene.clone() };
        script.scenes = vec![other.clone(); self.number];
        script.scenes.push(self.scene.clone());
        if !self.last {
            script.scenes.push(other);
        }
        let mut places = Places::default();
        if let Some(place) = &self.place {
            places.of_scene.insert(self.scene.id.clone(), place.id.clone());
            places.all.push(place.clone());
        }
        builtin::writer::draw_storyboard(&self.scene, &script, &self.cast, &places, &self.brief)
    }
}

#[async_trait]
impl Agent for StoryboardArtist {
    const NAME: &'static str = "storyboard_artist";
    const VERSION: u32 = 2;
    type View = BoardView;

    fn version(&self) -> String {
        self.chat.as_ref().map_or_else(|| Self::VERSION.to_string(), |_| version::<BoardMind>())
    }

    fn is_remote(&self) -> bool {
        self.chat.is_some()
    }

    fn model(&self) -> Value {
        self.chat.as_ref().map_or(Value::Null, |chat| identity(&chat.identity()))
    }

    fn quotes(&self) -> Vec<Quote> {
        quotes::<BoardMind>(self.chat.as_ref(), "", LONGEST)
    }

    fn view(&self, inputs: &Inputs) -> Result<BoardView, TaskError> {
        let missing = || TaskError::new(FailureKind::Invalid, format!("the script has no scene {}", self.scene));
        let script: Script = inputs.one("script")?.read()?;
        let draft: Script = inputs.one(&draft_of("script"))?.read()?;
        let cast: Cast = inputs.one("cast")?.read()?;
        let places: Places = inputs.one("places")?.read()?;
        // A scene that is added, taken out or moved does not change the shots of the others.
        let told = if draft.scene(&self.scene).is_some() { &draft } else { &script };
        let number = told.scenes.iter().position(|s| s.id == self.scene).ok_or_else(missing)?;
        let undressed = |c: &Character| Character { features: Features::default(), ..c.as_drawn() };
        Ok(BoardView {
            scene: script.scene(&self.scene).ok_or_else(missing)?.as_drafted(),
            number,
            last: number + 1 == told.scenes.len(),
            cast: Cast { members: cast.members.iter().map(undressed).collect() },
            place: places.of_scene(&self.scene).cloned(),
            brief: Brief {
                told: self.brief.told.clone(),
                language: self.brief.language.clone(),
                seed: self.brief.seed,
                ..Brief::about(&self.brief.theme)
            },
        })
    }

    async fn make(&self, view: BoardView, context: &TaskContext) -> Result<Output, TaskError> {
        let board = match &self.chat {
            Some(chat) => think::<BoardMind>(chat, &view, context).await?,
            None => by_rule(move || view.draw()).await?,
        };
        Output::document(&board)
    }

    fn carry(&self, last: &Artifact, fresh: Output) -> Output {
        carry_document(last, fresh, |old: &Storyboard, new: &mut Storyboard| {
            let same = |a: &story::Shot, b: &story::Shot| {
                let framed = if a.framing == b.framing && a.subjects == b.subjects { 0.4 } else { 0.0 };
                framed + 0.6 * word_likeness(&a.action, &b.action)
            };
            let found = carry_ids(&old.shots, &new.shots, 0.6, same);
            let ids = |all: &[story::Shot]| all.iter().map(|s| s.id.clone()).collect::<Vec<_>>();
            let ids = carried(&ids(&old.shots), &ids(&new.shots), &found);
            for (shot, id) in new.shots.iter_mut().zip(ids) {
                shot.id = id;
            }
        })
    }
}
