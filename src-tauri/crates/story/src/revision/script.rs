//! Changes to the script.

use serde::{Deserialize, Serialize};

use super::{Base, Change, Revisable, Target, put_after, take};
use crate::{Line, LineId, Mood, RevisionId, Scene, SceneId, Script, Speaker, TimeOfDay, Weather};

/// A change to the script. "After nothing" is the beginning.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScriptChange {
    /// Another title.
    Title(String),
    /// Other words on the end card; none for no card.
    Ending(String),
    /// A line says something else.
    RewriteLine {
        /// Which.
        line: LineId,
        /// What it says.
        text: String,
    },
    /// Somebody else says a line.
    SpeakLine {
        /// Which.
        line: LineId,
        /// Who.
        speaker: Speaker,
    },
    /// One line more.
    AddLine {
        /// In this scene.
        scene: SceneId,
        /// After this one.
        after: Option<LineId>,
        /// The line.
        line: NewLine,
    },
    /// One line less.
    RemoveLine {
        /// Which.
        line: LineId,
    },
    /// A line is heard at another place of its scene.
    MoveLine {
        /// Which.
        line: LineId,
        /// After this one.
        after: Option<LineId>,
    },
    /// Something else happens in a scene.
    RewriteScene {
        /// Which.
        scene: SceneId,
        /// What happens.
        summary: String,
    },
    /// A scene has another title.
    TitleScene {
        /// Which.
        scene: SceneId,
        /// Its title.
        title: String,
    },
    /// A scene feels otherwise.
    SetMood {
        /// Which.
        scene: SceneId,
        /// How.
        mood: Mood,
    },
    /// One scene more.
    AddScene {
        /// After this one.
        after: Option<SceneId>,
        /// The scene.
        scene: NewScene,
    },
    /// One scene less.
    RemoveScene {
        /// Which.
        scene: SceneId,
    },
    /// A scene at another place of the film.
    MoveScene {
        /// Which.
        scene: SceneId,
        /// After this one.
        after: Option<SceneId>,
    },
}

/// A line that is added.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NewLine {
    /// Who says it.
    pub speaker: Speaker,
    /// What is said.
    pub text: String,
}

/// A scene that is added. Its fields are those of [`Scene`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NewScene {
    /// A short title.
    pub title: String,
    /// What happens.
    pub summary: String,
    /// Where, in words.
    pub place: String,
    /// When.
    pub time: TimeOfDay,
    /// The weather.
    pub weather: Weather,
    /// The feeling.
    pub mood: Mood,
    /// Who is seen.
    pub who: Vec<String>,
    /// Things that matter.
    pub props: Vec<String>,
    /// What is heard.
    pub lines: Vec<NewLine>,
    /// How long, in milliseconds.
    pub duration_ms: u32,
}

impl NewLine {
    fn minted(&self, id: LineId) -> Line {
        Line { id, speaker: self.speaker.clone(), text: self.text.clone() }
    }
}

impl NewScene {
    fn minted(&self, by: &RevisionId) -> Scene {
        Scene {
            id: by.scene(),
            title: self.title.clone(),
            summary: self.summary.clone(),
            place: self.place.clone(),
            time: self.time,
            weather: self.weather,
            mood: self.mood,
            who: self.who.clone(),
            props: self.props.clone(),
            lines: self.lines.iter().enumerate().map(|(i, line)| line.minted(by.line(i))).collect(),
            drafted: None,
            duration_ms: self.duration_ms,
        }
    }
}

impl Script {
    fn line(&self, id: &LineId) -> Option<&Line> {
        self.lines().find(|line| &line.id == id)
    }

    fn scene_mut(&mut self, id: &SceneId) -> Option<&mut Scene> {
        self.scenes.iter_mut().find(|scene| &scene.id == id)
    }

    fn scene_with(&self, line: &LineId) -> Option<&Scene> {
        self.scenes.iter().find(|scene| scene.hears(line))
    }

    /// The lines of the scene with a line, remembered as they were drafted.
    fn lines_with(&mut self, line: &LineId) -> Option<&mut Vec<Line>> {
        self.scenes.iter_mut().find(|scene| scene.hears(line)).map(Scene::revised_lines)
    }
}

impl Scene {
    fn hears(&self, line: &LineId) -> bool {
        self.lines.iter().any(|l| &l.id == line)
    }

    fn revised_lines(&mut self) -> &mut Vec<Line> {
        if self.drafted.is_none() {
            self.drafted = Some(self.lines.clone());
        }
        &mut self.lines
    }
}

impl Revisable for Script {
    fn target(&self, change: &Change) -> Target {
        let Change::Script(change) = change else { return Target::Elsewhere };
        let scene = |id: &SceneId| self.scene(id);
        match change {
            ScriptChange::Title(_) => Target::Is(Base::of(&self.title)),
            ScriptChange::Ending(_) => Target::Is(Base::of(&self.ending)),
            ScriptChange::RewriteLine { line, .. } | ScriptChange::RemoveLine { line } => {
                Target::part(self.line(line).map(|l| &l.text))
            }
            ScriptChange::SpeakLine { line, .. } => Target::part(self.line(line).map(|l| &l.speaker)),
            ScriptChange::AddLine { scene: id, after, .. } => {
                let hears = |s: &Scene| after.as_ref().is_none_or(|line| s.hears(line));
                Target::present(scene(id).is_some_and(hears))
            }
            ScriptChange::MoveLine { line, after } => {
                let both = |s: &Scene| after.as_ref().is_none_or(|a| a != line && s.hears(a));
                Target::present(self.scene_with(line).is_some_and(both))
            }
            ScriptChange::RewriteScene { scene: id, .. } | ScriptChange::RemoveScene { scene: id } => {
                Target::part(scene(id).map(|s| &s.summary))
            }
            ScriptChange::TitleScene { scene: id, .. } => Target::part(scene(id).map(|s| &s.title)),
            ScriptChange::SetMood { scene: id, .. } => Target::part(scene(id).map(|s| s.mood)),
            ScriptChange::AddScene { after, .. } => {
                Target::present(after.as_ref().is_none_or(|after| scene(after).is_some()))
            }
            ScriptChange::MoveScene { scene: id, after } => {
                let other = after.as_ref().is_none_or(|after| after != id && scene(after).is_some());
                Target::present(scene(id).is_some() && other)
            }
        }
    }

    fn make(&mut self, by: &RevisionId, change: &Change) {
        let Change::Script(change) = change else { return };
        match change {
            ScriptChange::Title(text) => self.title.clone_from(text),
            ScriptChange::Ending(text) => self.ending.clone_from(text),
            ScriptChange::RewriteLine { line, text } => {
                for spoken in self.lines_with(line).into_iter().flatten().filter(|l| &l.id == line) {
                    spoken.text.clone_from(text);
                }
            }
            ScriptChange::SpeakLine { line, speaker } => {
                for spoken in self.lines_with(line).into_iter().flatten().filter(|l| &l.id == line) {
                    spoken.speaker.clone_from(speaker);
                }
            }
            ScriptChange::AddLine { scene, after, line } => {
                if let Some(scene) = self.scene_mut(scene) {
                    let line = line.minted(by.line(0));
                    put_after(scene.revised_lines(), line, |l| Some(&l.id) == after.as_ref());
                }
            }
            ScriptChange::RemoveLine { line } => {
                if let Some(lines) = self.lines_with(line) {
                    take(lines, |l| &l.id == line);
                }
            }
            ScriptChange::MoveLine { line, after } => {
                if let Some(lines) = self.lines_with(line)
                    && let Some(moved) = take(lines, |l| &l.id == line)
                {
                    put_after(lines, moved, |l| Some(&l.id) == after.as_ref());
                }
            }
            ScriptChange::RewriteScene { scene, summary } => {
                if let Some(scene) = self.scene_mut(scene) {
                    scene.summary.clone_from(summary);
                }
            }
            ScriptChange::TitleScene { scene, title } => {
                if let Some(scene) = self.scene_mut(scene) {
                    scene.title.clone_from(title);
                }
            }
            ScriptChange::SetMood { scene, mood } => {
                if let Some(scene) = self.scene_mut(scene) {
                    scene.mood = *mood;
                }
            }
            ScriptChange::AddScene { after, scene } => {
                put_after(&mut self.scenes, scene.minted(by), |s| Some(&s.id) == after.as_ref());
            }
            ScriptChange::RemoveScene { scene } => {
                take(&mut self.scenes, |s| &s.id == scene);
            }
            ScriptChange::MoveScene { scene, after } => {
                if let Some(moved) = take(&mut self.scenes, |s| &s.id == scene) {
                    put_after(&mut self.scenes, moved, |s| Some(&s.id) == after.as_ref());
                }
            }
        }
    }
}
