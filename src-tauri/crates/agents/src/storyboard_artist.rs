//! Storyboard artist: scene → shots. One task a scene.

use std::sync::Arc;

use async_trait::async_trait;
use engine::{Artifact, Collection, Expand, FailureKind, Inputs, Output, Promise, TaskContext, TaskError, TaskSpec};
use serde::{Deserialize, Serialize};
use story::{Brief, Cast, Places, SceneId, Script, Storyboard, carry_ids, word_likeness};

use crate::agent::{Agent, alone, carried, carry_document, one, slot, task, think};
use crate::graph::Estimate;

/// Gives one storyboard task for each scene.
pub(crate) struct Boards {
    pub(crate) brief: Arc<Brief>,
    pub(crate) estimate: Estimate,
}

const WEIGHT_MS: u32 = 20;

impl Expand for Boards {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("board")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let script: Script = inputs.one("script")?.read()?;
        let needs = vec![one("script")?, one("cast")?, one("places")?];
        script
            .scenes
            .iter()
            .map(|scene| {
                let agent = StoryboardArtist { scene: scene.id.clone(), brief: Arc::clone(&self.brief) };
                Ok(task(slot("board", scene.id.as_str())?, scene.title.clone(), needs.clone(), WEIGHT_MS, agent))
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        vec![self.estimate.scenes("storyboard_artist", "board", WEIGHT_MS, alone(&["cast", "places"]))]
    }
}

struct StoryboardArtist {
    scene: SceneId,
    brief: Arc<Brief>,
}

/// One scene whole, the others as far as order and length go, and who and where belongs to this one.
#[derive(Serialize, Deserialize)]
struct BoardView {
    script: Script,
    scene: SceneId,
    cast: Cast,
    places: Places,
    brief: Brief,
}

#[async_trait]
impl Agent for StoryboardArtist {
    const NAME: &'static str = "storyboard_artist";
    const VERSION: u32 = 1;
    type View = BoardView;

    fn view(&self, inputs: &Inputs) -> Result<BoardView, TaskError> {
        let mut script: Script = inputs.one("script")?.read()?;
        let cast: Cast = inputs.one("cast")?.read()?;
        let places: Places = inputs.one("places")?.read()?;
        script.title.clear();
        script.logline.clear();
        for scene in script.scenes.iter_mut().filter(|s| s.id != self.scene) {
            scene.lines.clear();
            scene.title.clear();
            scene.summary.clear();
            scene.who.clear();
            scene.props.clear();
        }
        let brief =
            Brief { language: self.brief.language.clone(), seed: self.brief.seed, ..Brief::about(&self.brief.theme) };
        Ok(BoardView { script, scene: self.scene.clone(), cast, places, brief })
    }

    async fn make(&self, view: BoardView, _: &TaskContext) -> Result<Output, TaskError> {
        let board = think(move || {
            view.script.scene(&view.scene).map(|scene| {
                builtin::writer::draw_storyboard(scene, &view.script, &view.cast, &view.places, &view.brief)
            })
        })
        .await?
        .ok_or_else(|| TaskError::new(FailureKind::Invalid, format!("the script has no scene {}", self.scene)))?;
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
