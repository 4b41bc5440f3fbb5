//! The script: scenes, and in them the lines that are heard.

use serde::{Deserialize, Serialize};

use crate::{CastId, LineId, Mood, SceneId, TimeOfDay, Weather};

/// What sort of film the brief asks for; decides the shape of the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody wants something and changes.
    #[default]
    Tale,
    /// How or why something is so.
    Explainer,
    /// Steps to do something.
    HowTo,
    /// Something to buy or use.
    Product,
    /// One person or being, seen closely.
    Portrait,
    /// From here to there.
    Journey,
    /// Pictures of one subject.
    Montage,
    /// A place and a feeling.
    MoodPiece,
    /// Things in order.
    List,
    /// What happened.
    News,
}

/// Who says a line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The narrator.
    Narrator,
    /// A member of the cast.
    Cast(CastId),
}

/// A line of dialogue or narration, as it is spoken and captioned.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Line {
    /// Identity.
    pub id: LineId,
    /// Who says it.
    pub speaker: Speaker,
    /// What is said; the caption is this, word for word.
    pub text: String,
}

/// A scene: one place, one time, one thing that happens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scene {
    /// Identity.
    pub id: SceneId,
    /// A short title ("The rock, dusk").
    pub title: String,
    /// What happens, in one or two sentences; pictures are drawn from it.
    pub summary: String,
    /// Where, in words ("the lighthouse on the cliff"); the scene extractor makes a place of it.
    pub place: String,
    /// When.
    pub time: TimeOfDay,
    /// The weather.
    pub weather: Weather,
    /// The feeling.
    pub mood: Mood,
    /// Who is seen, in the words of the script ("the keeper"); the character extractor makes the cast of them.
    pub who: Vec<String>,
    /// Things that are seen and matter ("a brass lamp").
    pub props: Vec<String>,
    /// What is heard, in order; may be empty.
    pub lines: Vec<Line>,
    /// The lines as they were before revisions changed them. The storyboard is drawn from these, so that another wording
    /// changes no picture; see [`Scene::as_drafted`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafted: Option<Vec<Line>>,
    /// Share of the film in milliseconds; the scenes add up to the film.
    pub duration_ms: u32,
}

/// The whole script.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Script {
    /// The title of the film.
    pub title: String,
    /// The film in one sentence.
    pub logline: String,
    /// What sort of film it is.
    pub kind: Kind,
    /// The words on the end card ("The end"); may be empty.
    pub ending: String,
    /// Who of the cast speaks, by the words of the script. The cast is made of the script, so the ids are minted here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speaking: Vec<Speaking>,
    /// The scenes in order.
    pub scenes: Vec<Scene>,
}

/// Somebody who speaks in a script.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Speaking {
    /// Who, as [`Speaker::Cast`] has it.
    pub id: CastId,
    /// What the script calls them.
    pub name: String,
}

impl Scene {
    /// The scene with the lines that its pictures are made from.
    #[must_use]
    pub fn as_drafted(&self) -> Self {
        let lines = self.drafted.as_ref().unwrap_or(&self.lines).clone();
        Self { lines, drafted: None, ..self.clone() }
    }
}

impl Script {
    /// Every line in the order it is heard.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.scenes.iter().flat_map(|scene| &scene.lines)
    }

    /// The scene with an id.
    pub fn scene(&self, id: &SceneId) -> Option<&Scene> {
        self.scenes.iter().find(|scene| &scene.id == id)
    }

    /// The length in milliseconds.
    pub fn duration_ms(&self) -> u32 {
        self.scenes.iter().map(|scene| scene.duration_ms).sum()
    }
}
