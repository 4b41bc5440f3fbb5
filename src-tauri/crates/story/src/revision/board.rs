//! Changes to the storyboard of a scene.

use serde::{Deserialize, Serialize};

use super::{Change, Revisable, Target, put_after, take};
use crate::{
    Angle, CameraMove, Facing, Framing, LineId, Pose, RevisionId, Shot, ShotId, Storyboard, Subject, SubjectOf,
};

/// A change to a scene's shots. "After nothing" is the beginning.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoardChange {
    /// Something else happens.
    Action {
        /// In which shot.
        shot: ShotId,
        /// What, in one sentence.
        action: String,
    },
    /// More or less is seen.
    Frame {
        /// In which shot.
        shot: ShotId,
        /// How much.
        framing: Framing,
    },
    /// The camera looks from another height.
    Angle {
        /// In which shot.
        shot: ShotId,
        /// From where.
        angle: Angle,
    },
    /// The camera moves otherwise.
    Camera {
        /// In which shot.
        shot: ShotId,
        /// How.
        camera: CameraMove,
    },
    /// The shot lasts another time; the other shots keep theirs.
    Retime {
        /// Which shot.
        shot: ShotId,
        /// How long, in milliseconds.
        duration_ms: u32,
    },
    /// Others, or the same ones otherwise, are in the picture.
    Stage {
        /// In which shot.
        shot: ShotId,
        /// Who and what, most important first.
        subjects: Vec<Subject>,
    },
    /// A thing more is in the picture.
    AddProp {
        /// In which shot.
        shot: ShotId,
        /// As one noun.
        prop: String,
    },
    /// A thing less is in the picture.
    RemoveProp {
        /// In which shot.
        shot: ShotId,
        /// As one noun.
        prop: String,
    },
    /// One shot more.
    Insert {
        /// After this one.
        after: Option<ShotId>,
        /// The shot.
        shot: NewShot,
    },
    /// One shot less; what is heard in it is heard in its neighbour. The only shot of a scene goes with the scene alone.
    Remove {
        /// Which.
        shot: ShotId,
    },
    /// A shot at another place of the scene.
    Move {
        /// Which.
        shot: ShotId,
        /// After this one.
        after: Option<ShotId>,
    },
}

/// A shot that is inserted. Its fields are those of [`Shot`]; it is at the place of its scene.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NewShot {
    /// How much is seen.
    pub framing: Framing,
    /// From what height.
    pub angle: Angle,
    /// How the camera moves.
    pub camera: CameraMove,
    /// What happens.
    pub action: String,
    /// Who and what is in the picture.
    pub subjects: Vec<Subject>,
    /// Lines of the scene that are heard in it instead of where they were heard.
    pub lines: Vec<LineId>,
    /// How long, in milliseconds; the other shots keep their length.
    pub duration_ms: u32,
}

impl BoardChange {
    /// The shot that is changed, if it is one that is there.
    fn shot(&self) -> Option<&ShotId> {
        match self {
            Self::Action { shot, .. }
            | Self::Frame { shot, .. }
            | Self::Angle { shot, .. }
            | Self::Camera { shot, .. }
            | Self::Retime { shot, .. }
            | Self::Stage { shot, .. }
            | Self::AddProp { shot, .. }
            | Self::RemoveProp { shot, .. }
            | Self::Remove { shot }
            | Self::Move { shot, .. } => Some(shot),
            Self::Insert { .. } => None,
        }
    }
}

impl Shot {
    fn shows(&self, prop: &str) -> bool {
        self.subjects.iter().any(|s| matches!(&s.of, SubjectOf::Prop(noun) if noun == prop))
    }
}

impl Storyboard {
    fn has(&self, id: &ShotId) -> bool {
        self.shots.iter().any(|s| &s.id == id)
    }

    /// Hears exactly these lines, in this order. A line stays in its shot; one that has no shot, or that would be heard
    /// out of order there, is heard with the line before it, or else with the one after it.
    pub fn hear(&mut self, lines: &[LineId]) {
        let home = |line: &LineId| self.shots.iter().position(|s| s.lines.contains(line));
        let homes: Vec<Option<usize>> = lines.iter().map(home).collect();
        let kept = longest_rise(&homes);
        let mut at = kept.first().and_then(|first| homes[*first]).unwrap_or_default();
        for shot in &mut self.shots {
            shot.lines.clear();
        }
        for (i, line) in lines.iter().enumerate() {
            if kept.contains(&i) {
                at = homes[i].unwrap_or(at);
            }
            if let Some(shot) = self.shots.get_mut(at) {
                shot.lines.push(line.clone());
            }
        }
    }
}

/// The most numbers of a list that never fall from one to the next, by their places in it.
fn longest_rise(list: &[Option<usize>]) -> Vec<usize> {
    let mut best: Vec<Vec<usize>> = Vec::new();
    for (i, number) in list.iter().enumerate() {
        let rise = number.map_or_else(Vec::new, |number| {
            let before = best.iter().filter(|rise| rise.last().is_some_and(|last| list[*last] <= Some(number)));
            let mut rise = before.max_by_key(|rise| rise.len()).cloned().unwrap_or_default();
            rise.push(i);
            rise
        });
        best.push(rise);
    }
    // Of equals the first.
    best.into_iter().rev().max_by_key(Vec::len).unwrap_or_default()
}

impl Revisable for Storyboard {
    fn target(&self, change: &Change) -> Target {
        let change = match change {
            Change::Board { scene, change } if scene == &self.scene => change,
            _ => return Target::Elsewhere,
        };
        let shot = change.shot().and_then(|id| self.shots.iter().find(|s| &s.id == id));
        let anchor = |after: &Option<ShotId>| after.as_ref().is_none_or(|after| self.has(after));
        match change {
            BoardChange::Action { .. } => Target::part(shot.map(|s| &s.action)),
            BoardChange::Remove { .. } => Target::part(shot.filter(|_| self.shots.len() > 1).map(|s| &s.action)),
            BoardChange::Frame { .. } => Target::part(shot.map(|s| s.framing)),
            BoardChange::Angle { .. } => Target::part(shot.map(|s| s.angle)),
            BoardChange::Camera { .. } => Target::part(shot.map(|s| s.camera)),
            BoardChange::Retime { .. } => Target::part(shot.map(|s| s.duration_ms)),
            BoardChange::Stage { .. } => Target::part(shot.map(|s| &s.subjects)),
            BoardChange::AddProp { prop, .. } | BoardChange::RemoveProp { prop, .. } => {
                Target::part(shot.map(|s| s.shows(prop)))
            }
            BoardChange::Insert { after, .. } => Target::present(anchor(after)),
            BoardChange::Move { shot: id, after } => {
                Target::present(shot.is_some() && after.as_ref() != Some(id) && anchor(after))
            }
        }
    }

    fn make(&mut self, by: &RevisionId, change: &Change) {
        let Change::Board { change, .. } = change else { return };
        if let Some(shot) = change.shot().and_then(|id| self.shots.iter_mut().find(|s| &s.id == id)) {
            change_shot(shot, change);
        }
        match change {
            BoardChange::Insert { after, shot } => {
                let place = self.shots.first().map(|s| s.place.clone());
                let place = place.unwrap_or_else(|| super::own_place(&self.scene));
                let mood = self.shots.first().map(|s| s.mood).unwrap_or_default();
                for other in &mut self.shots {
                    other.lines.retain(|line| !shot.lines.contains(line));
                }
                let new = Shot {
                    id: by.shot(),
                    scene: self.scene.clone(),
                    place,
                    framing: shot.framing,
                    angle: shot.angle,
                    camera: shot.camera,
                    action: shot.action.clone(),
                    subjects: shot.subjects.clone(),
                    mood,
                    lines: shot.lines.clone(),
                    duration_ms: shot.duration_ms,
                };
                put_after(&mut self.shots, new, |s| Some(&s.id) == after.as_ref());
            }
            BoardChange::Remove { shot } => {
                let at = self.shots.iter().position(|s| &s.id == shot).unwrap_or_default();
                if let Some(removed) = take(&mut self.shots, |s| &s.id == shot) {
                    if let Some(before) = at.checked_sub(1) {
                        self.shots[before].lines.extend(removed.lines);
                    } else if let Some(next) = self.shots.first_mut() {
                        next.lines.splice(0..0, removed.lines);
                    }
                }
            }
            BoardChange::Move { shot, after } => {
                if let Some(moved) = take(&mut self.shots, |s| &s.id == shot) {
                    put_after(&mut self.shots, moved, |s| Some(&s.id) == after.as_ref());
                }
            }
            _ => {}
        }
    }
}

fn change_shot(shot: &mut Shot, change: &BoardChange) {
    match change {
        BoardChange::Action { action, .. } => shot.action.clone_from(action),
        BoardChange::Frame { framing, .. } => shot.framing = *framing,
        BoardChange::Angle { angle, .. } => shot.angle = *angle,
        BoardChange::Camera { camera, .. } => shot.camera = *camera,
        BoardChange::Retime { duration_ms, .. } => shot.duration_ms = *duration_ms,
        BoardChange::Stage { subjects, .. } => shot.subjects.clone_from(subjects),
        BoardChange::AddProp { prop, .. } if !shot.shows(prop) => shot.subjects.push(Subject {
            of: SubjectOf::Prop(prop.clone()),
            pose: Pose::default(),
            facing: Facing::default(),
            holding: String::new(),
        }),
        BoardChange::RemoveProp { prop, .. } => {
            shot.subjects.retain(|s| !matches!(&s.of, SubjectOf::Prop(noun) if noun == prop));
        }
        _ => {}
    }
}
