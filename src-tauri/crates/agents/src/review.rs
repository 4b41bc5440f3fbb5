//! Review stops: where the film waits for the person before it goes on. A stop shows what was made up to it, by hash: what
//! changed asks again, what did not never does.

use std::collections::BTreeMap;

use async_trait::async_trait;
use engine::{Artifact, Inputs, Need, Output, TaskContext, TaskError, TaskSpec};

use crate::agent::{Agent, all_made, one, slot, task};

/// A stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Script and look: before anybody is cast and any line spoken.
    Outline,
    /// The cast and its portraits: before the storyboard.
    Cast,
    /// The storyboards and the stills: before any clip.
    Storyboard,
    /// The clips: before the cut.
    Shots,
}

impl Stop {
    const ALL: [Self; 4] = [Self::Outline, Self::Cast, Self::Storyboard, Self::Shots];

    fn name(self) -> &'static str {
        match self {
            Self::Outline => "outline",
            Self::Cast => "cast",
            Self::Storyboard => "storyboard",
            Self::Shots => "shots",
        }
    }

    /// What it shows, and is there by then: a clip that is drawn is seen in its segment. What could not be made does not keep
    /// it from showing the rest.
    fn shows(self, drawn: bool) -> Result<Vec<Need>, TaskError> {
        Ok(match self {
            Self::Outline => vec![one("script")?, one("look")?],
            Self::Cast => vec![one("cast")?, all_made("portrait")],
            Self::Storyboard => vec![all_made("board"), all_made("frame")],
            Self::Shots if drawn => vec![all_made("clip"), all_made("segment")],
            Self::Shots => vec![all_made("clip")],
        })
    }

    /// What waits for it.
    pub(crate) fn need(self) -> Result<Need, TaskError> {
        slot("review", self.name()).map(Need::One)
    }
}

/// The stops of a film, whose clips may be drawn.
pub(crate) fn stops(drawn: bool) -> Result<Vec<TaskSpec>, TaskError> {
    let before = [None].into_iter().chain(Stop::ALL.map(Some));
    let stop = |(stop, before): (Stop, Option<Stop>)| {
        // One after the other: a stop whose things wait for an earlier one would show nothing.
        let needs = before.map(Stop::need).into_iter().chain(stop.shows(drawn)?.into_iter().map(Ok));
        Ok(task(slot("review", stop.name())?, "", needs.collect::<Result<_, TaskError>>()?, 0, Review(stop)))
    };
    Stop::ALL.into_iter().zip(before).map(stop).collect()
}

struct Review(Stop);

/// What is shown: each slot by the hash of its document and the hashes of its blobs.
type Shown = BTreeMap<String, Vec<String>>;

fn shown(artifact: &Artifact) -> Vec<String> {
    let document = blake3::hash(engine::canonical(&artifact.value).as_bytes()).to_hex().to_string();
    [document].into_iter().chain(artifact.blobs.iter().map(|b| b.hash.as_str().to_owned())).collect()
}

#[async_trait]
impl Agent for Review {
    const NAME: &'static str = "review";
    const VERSION: u32 = 1;
    const REVIEW: bool = true;
    type View = Shown;

    fn view(&self, inputs: &Inputs) -> Result<Shown, TaskError> {
        let (alone, many): (&[&str], &[&str]) = match self.0 {
            Stop::Outline => (&["script", "look"], &[]),
            Stop::Cast => (&["cast"], &["portrait"]),
            Stop::Storyboard => (&[], &["board", "frame"]),
            Stop::Shots => (&[], &["clip"]),
        };
        // Two stops that have nothing to show are two stops still.
        let mut view = Shown::from([(format!("review/{}", self.0.name()), Vec::new())]);
        for name in alone {
            view.insert((*name).to_owned(), shown(inputs.one(name)?));
        }
        for name in many {
            view.extend(inputs.every(name).map(|(slot, artifact)| (slot.to_string(), shown(artifact))));
        }
        Ok(view)
    }

    async fn make(&self, view: Shown, _: &TaskContext) -> Result<Output, TaskError> {
        Output::document(&view)
    }
}
