//! Requests about shots: again, away, in between, elsewhere, closer, longer.

use engine::Slot;
use story::{Angle, BoardChange, CameraMove, Framing, NewShot, Shot, ShotId};

use super::{Reader, Request};
use crate::Change;
use crate::documents::Documents;
use crate::parameters::duration;

impl Reader<'_> {
    /// Reads a request about shots.
    pub(super) fn shot(&mut self, request: &Request<'_>) -> bool {
        let speaks = request.details.shot.is_some() || request.is_about(&["shot", "camera"]);
        if !speaks {
            return false;
        }
        let Some(documents) = self.documents else { return self.not_written() };
        let before = self.read.troubles.len();
        if request.does(&["add"]) && request.is_about(&["shot"]) {
            return self.insert(request, documents);
        }
        let named = self.named_shots(request).or_else(|| self.focus.shot.clone().map(|shot| vec![shot]));
        let Some(shots) = named else { return false };
        if self.read.troubles.len() > before {
            return true;
        }
        let meant: Vec<&Shot> = shots.iter().filter_map(|id| documents.shot(id)).collect();
        let mut done = false;
        for shot in meant {
            done |= self.one(request, shot, documents);
        }
        done
    }

    fn board(&mut self, shot: &ShotId, change: BoardChange) -> bool {
        self.change(Change::Board { shot: shot.clone(), change })
    }

    fn one(&mut self, request: &Request<'_>, shot: &Shot, documents: &Documents) -> bool {
        let id = || shot.id.clone();
        match request.operation.as_str() {
            "remove" if !request.is_about(&["object", "text"]) => {
                return self.board(&shot.id, BoardChange::Remove { shot: id() });
            }
            "regenerate" => {
                return Slot::new(format!("frame/{}", shot.id)).is_ok_and(|slot| self.change(Change::Retake(slot)));
            }
            "duplicate" => {
                let change = BoardChange::Insert { after: Some(id()), shot: copy(shot) };
                return self.board(&shot.id, change);
            }
            "move" => return self.move_shot(request, shot, documents),
            "shorten" | "lengthen" | "speed_up" | "slow_down" => {
                let shorter = request.does(&["shorten", "speed_up"]);
                let exact = duration(request.text).map(|s| s * 1000);
                let wanted = exact.unwrap_or(if shorter { shot.duration_ms * 2 / 3 } else { shot.duration_ms * 3 / 2 });
                let change = BoardChange::Retime { shot: id(), duration_ms: wanted.clamp(800, 30_000) };
                return self.board(&shot.id, change);
            }
            _ => {}
        }
        if let Some(framing) = framing(request) {
            return self.board(&shot.id, BoardChange::Frame { shot: id(), framing });
        }
        if let Some(camera) = camera(request) {
            return self.board(&shot.id, BoardChange::Camera { shot: id(), camera });
        }
        if let Some(angle) = angle(request) {
            return self.board(&shot.id, BoardChange::Angle { shot: id(), angle });
        }
        if let Some(seconds) = duration(request.text) {
            let change = BoardChange::Retime { shot: id(), duration_ms: (seconds * 1000).clamp(800, 30_000) };
            return self.board(&shot.id, change);
        }
        if request.does(&["change", "replace"]) && request.is_about(&["shot"]) {
            let action = request.value().filter(|value| value.split_whitespace().count() > 1);
            if let Some(action) = action {
                return self.board(&shot.id, BoardChange::Action { shot: id(), action });
            }
        }
        false
    }

    fn move_shot(&mut self, request: &Request<'_>, shot: &Shot, documents: &Documents) -> bool {
        let numbers = request.details.shot.as_ref().map(crate::understanding::Numbers::list).unwrap_or_default();
        let id = |n: u32| documents.shot_numbered(n).map(|other| other.id.clone());
        let before = request.has(&["before", "antes", "avant", "vor", "之前", "前"]);
        let after = match numbers.get(1) {
            Some(other) if before => {
                other.checked_sub(1).and_then(id).filter(|id| documents.scene_of_shot(id) == Some(&shot.scene))
            }
            Some(other) => id(*other),
            None if request.has(&["start", "beginning", "front", "first"]) => None,
            None if request.has(&["end", "last"]) => {
                documents.boards.get(&shot.scene).and_then(|board| board.shots.last()).map(|last| last.id.clone())
            }
            None => return false,
        };
        if after.as_ref() == Some(&shot.id) {
            return false;
        }
        self.change(Change::move_shot(shot.id.clone(), after))
    }

    fn insert(&mut self, request: &Request<'_>, documents: &Documents) -> bool {
        let Some(action) = super::scenes::about(request) else { return false };
        let numbers = request.details.shot.as_ref().map(crate::understanding::Numbers::list).unwrap_or_default();
        let number = numbers.first().copied().or_else(|| after_number(request.text));
        let in_scene = self.named_scenes(request).and_then(|list| list.into_iter().next());
        let last_of =
            |scene| documents.boards.get(&scene).and_then(|board| board.shots.last()).map(|shot| shot.id.clone());
        let anchor = number
            .and_then(|n| documents.shot_numbered(n))
            .map(|shot| shot.id.clone())
            .or_else(|| in_scene.and_then(last_of))
            .or_else(|| self.focus.shot.clone())
            .or_else(|| documents.shots().last().map(|(_, shot)| shot.id.clone()));
        let Some(after) = anchor else { return self.not_written() };
        self.focus.shot = Some(after.clone());
        let action = action.split(" after shot ").next().unwrap_or(&action).trim().to_owned();
        let mut change = Change::insert_shot(after, action);
        if let (Change::Board { change: BoardChange::Insert { shot, .. }, .. }, Some(framing)) =
            (&mut change, framing(request))
        {
            shot.framing = framing;
        }
        self.change(change)
    }
}

/// The number in "after shot 3".
fn after_number(text: &str) -> Option<u32> {
    let small = text.to_lowercase();
    let rest = small.split("after shot ").nth(1)?;
    rest.split_whitespace().next().and_then(super::super::heard::number)
}

fn framing(request: &Request<'_>) -> Option<Framing> {
    let table = [
        (Framing::CloseUp, "close_up"),
        (Framing::Establishing, "establishing"),
        (Framing::Wide, "wide"),
        (Framing::Full, "full"),
        (Framing::Medium, "medium"),
        (Framing::OverShoulder, "over_shoulder"),
    ];
    table.iter().find(|(_, class)| request.says(class)).map(|(framing, _)| *framing)
}

fn camera(request: &Request<'_>) -> Option<CameraMove> {
    let table = [
        (CameraMove::PushIn, "push_in"),
        (CameraMove::PullOut, "pull_out"),
        (CameraMove::PanLeft, "pan_left"),
        (CameraMove::PanRight, "pan_right"),
        (CameraMove::TiltUp, "tilt_up"),
        (CameraMove::TiltDown, "tilt_down"),
        (CameraMove::Handheld, "handheld"),
        (CameraMove::Hold, "hold"),
    ];
    if request.does(&["zoom_in"]) {
        return Some(CameraMove::PushIn);
    }
    table.iter().find(|(_, class)| request.says(class)).map(|(camera, _)| *camera)
}

fn angle(request: &Request<'_>) -> Option<Angle> {
    let table = [(Angle::Low, "low"), (Angle::BirdsEye, "birds_eye"), (Angle::High, "high"), (Angle::Eye, "eye")];
    table.iter().find(|(_, class)| request.says(class)).map(|(angle, _)| *angle)
}

/// A shot once more, with nothing heard in it.
fn copy(shot: &Shot) -> NewShot {
    NewShot {
        framing: shot.framing,
        angle: shot.angle,
        camera: shot.camera,
        action: shot.action.clone(),
        subjects: shot.subjects.clone(),
        lines: Vec::new(),
        duration_ms: shot.duration_ms,
    }
}
