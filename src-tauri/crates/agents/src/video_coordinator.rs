//! Video coordinator: a shot's frame + its motion → its clip, filmed by a video model or drawn from the frame. Two expand
//! tasks deep: a scene's clips can be made as soon as its own frames are there.
//!
//! A clip that is drawn here is as long as the timeline says, to the frame. One that another machine makes is ordered by
//! the storyboard, in the lengths that its model makes, and cut to the timeline later: what is said in other shots, and
//! how long, never makes it be paid for again.

use std::sync::Arc;

use engine::{AgentName, Collection, Expand, Inputs, Promise, TaskError, TaskSpec, Work};
use story::{SceneId, Script, Shot, Storyboard};

use crate::agent::{alone, every, identity, member, slot, task};
use crate::crew::{Crew, FilmFormat, elsewhere};
use crate::drawn_clip::{self, DrawnClip};
use crate::filmed_clip::{self, FilmedClip};
use crate::graph::Estimate;
use crate::wishes::Wishes;

/// The agent's name in plans and events.
pub(crate) const NAME: &str = "video_coordinator";

/// Gives one expand task for each scene: the clips of a scene can be made as soon as its own frames are there.
pub(crate) struct Clips {
    pub(crate) wishes: Arc<Wishes>,
    pub(crate) crew: Crew,
    pub(crate) format: FilmFormat,
    pub(crate) estimate: Estimate,
}

impl Expand for Clips {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("clip")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let script: Script = inputs.one("script")?.read()?;
        script
            .scenes
            .iter()
            .map(|scene| {
                let id = scene.id.as_str();
                let clips = ClipsOfScene {
                    scene: scene.id.clone(),
                    wishes: Arc::clone(&self.wishes),
                    crew: self.crew.clone(),
                    format: self.format,
                };
                Ok(TaskSpec {
                    slot: slot("clips_of", id)?,
                    agent: AgentName::from(NAME),
                    title: scene.title.clone(),
                    needs: vec![member("board", id)?],
                    uses: Vec::new(),
                    weight_ms: 0,
                    quotes: Vec::new(),
                    work: Work::Expand(Arc::new(clips)),
                })
            })
            .collect()
    }

    fn promises(&self) -> Vec<Promise> {
        let mut needs = alone(&["cast", "places", "look"]);
        needs.push(every("frame"));
        let promise = |weight, needs| self.estimate.shots(NAME, "clip", weight, needs);
        vec![if let Some(model) = &self.crew.video {
            Promise {
                model: identity(&model.identity()),
                quotes: filmed_clip::usual_quotes(model.as_ref()),
                ..promise(elsewhere::CLIP, needs)
            }
        } else {
            needs.extend(alone(&["timeline"]));
            Promise { model: identity(&self.crew.animator.identity()), ..promise(drawn_clip::WEIGHT_MS, needs) }
        }]
    }
}

struct ClipsOfScene {
    scene: SceneId,
    wishes: Arc<Wishes>,
    crew: Crew,
    format: FilmFormat,
}

impl Expand for ClipsOfScene {
    fn feeds(&self) -> Vec<Collection> {
        vec![Collection::new("clip")]
    }

    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError> {
        let board: Storyboard = inputs.one(&format!("board/{}", self.scene))?.read()?;
        let spec = |shot: &Shot| {
            let (name, who) = (slot("clip", shot.id.as_str())?, (&self.wishes, &self.crew));
            if let Some(model) = &self.crew.video {
                let clip = FilmedClip::new(model, shot, &self.scene, who, self.format);
                return Ok(task(name, &*shot.action, clip.needs()?, elsewhere::CLIP, clip));
            }
            let clip = DrawnClip::new(shot, &self.scene, who, self.format);
            Ok(task(name, &*shot.action, clip.needs()?, drawn_clip::WEIGHT_MS, clip))
        };
        board.shots.iter().map(spec).collect()
    }

    fn promises(&self) -> Vec<Promise> {
        Vec::new()
    }
}
