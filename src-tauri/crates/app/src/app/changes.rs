//! Changes: asked for, shown with their impact, applied or dismissed; undo, redo and going back.

use engine::Slot;
use orchestrator::{Change, Choices, ConversationError, ProposalId};
use serde::de::DeserializeOwned;
use serde_json::Value;
use story::{BoardChange, CameraMove, CastId, Framing, LineId, ShotId};

use super::{App, id, slot};
use crate::problem::{bad_request, not_found, not_now};
use crate::wire::{ChangeRequest, Problem};

impl App {
    /// Asks what a change would touch; the answer comes as a proposal.
    pub async fn propose_change(&self, project: &str, request: &str, change: ChangeRequest) -> Result<(), Problem> {
        let work = async { Ok(self.direction().propose(&id(project)?, wanted(change)?).await?) };
        self.once(request, work).await
    }

    /// Applies the proposal that waits: `keep` are slots that stay as they are, `release` approved ones that are made
    /// again. With `start` it is made at once.
    pub async fn apply_proposal(
        &self,
        project: &str,
        request: &str,
        proposal: &str,
        (keep, release): (&[String], &[String]),
        start: bool,
    ) -> Result<(), Problem> {
        let slots = |names: &[String]| names.iter().map(|name| slot(name)).collect::<Result<Vec<Slot>, _>>();
        let work = async {
            let choices = Choices { keep: slots(keep)?, release: slots(release)? };
            let proposal = ProposalId(proposal.to_owned());
            Ok(self.direction().apply(&id(project)?, &proposal, &choices, start).await?)
        };
        self.once(request, work).await
    }

    /// Drops the proposal that waits.
    pub async fn dismiss_proposal(&self, project: &str, request: &str, proposal: &str) -> Result<(), Problem> {
        let proposal = ProposalId(proposal.to_owned());
        self.once(request, async { Ok(self.direction().dismiss(&id(project)?, &proposal).await?) }).await
    }

    /// Takes the last decision back.
    pub async fn undo(&self, project: &str, request: &str) -> Result<(), Problem> {
        let nothing = || not_now("There is nothing to take back.", "");
        self.once(request, async { self.direction().undo(&id(project)?).await?.ok_or_else(nothing) }).await
    }

    /// Makes the decision again that was taken back last.
    pub async fn redo(&self, project: &str, request: &str) -> Result<(), Problem> {
        let nothing = || not_now("There is nothing to do again.", "");
        self.once(request, async { self.direction().redo(&id(project)?).await?.ok_or_else(nothing) }).await
    }

    /// Goes to any step of the history; nothing is lost by it.
    pub async fn go_to_edition(&self, project: &str, request: &str, number: u32) -> Result<(), Problem> {
        let work = async {
            self.direction().go_to(&id(project)?, number).await.map_err(|error| match error {
                ConversationError::NoEdition(_) => not_found(format!("The history has no step {number}.")),
                other => other.into(),
            })
        };
        self.once(request, work).await
    }
}

/// A word of the storyboard ("close_up").
fn word<T: DeserializeOwned>(word: String, what: &str) -> Result<T, Problem> {
    let unknown = bad_request(format!("{word:?} is no {what}."), "Choose one of the list.");
    serde_json::from_value(Value::String(word)).map_err(|_| unknown)
}

fn named<T: TryFrom<String>>(name: String, what: &str) -> Result<T, Problem> {
    let unknown = not_found(format!("There is no {what} {name:?}."));
    T::try_from(name).map_err(|_| unknown)
}

/// What a front end asks for, as changes to the film.
fn wanted(request: ChangeRequest) -> Result<Vec<Change>, Problem> {
    let shot_of = |shot: String| named::<ShotId>(shot, "shot");
    Ok(match request {
        ChangeRequest::Line { line, text } => vec![Change::line(named::<LineId>(line, "line")?, text)],
        ChangeRequest::Retake { slot: name } => vec![Change::Retake(slot(&name)?)],
        ChangeRequest::RemoveShot { shot } => vec![Change::remove_shot(shot_of(shot)?)],
        ChangeRequest::InsertShot { after, action } => vec![Change::insert_shot(shot_of(after)?, action)],
        ChangeRequest::MoveShot { shot, after } => {
            let after = if after.is_empty() { None } else { Some(shot_of(after)?) };
            vec![Change::move_shot(shot_of(shot)?, after)]
        }
        ChangeRequest::Shot { shot, action, framing, camera, duration_ms } => {
            let shot = shot_of(shot)?;
            let framing = framing.map(|name| word::<Framing>(name, "framing")).transpose()?;
            let camera = camera.map(|name| word::<CameraMove>(name, "camera move")).transpose()?;
            let changes = [
                action.map(|action| BoardChange::Action { shot: shot.clone(), action }),
                framing.map(|framing| BoardChange::Frame { shot: shot.clone(), framing }),
                camera.map(|camera| BoardChange::Camera { shot: shot.clone(), camera }),
                duration_ms.map(|duration_ms| BoardChange::Retime { shot: shot.clone(), duration_ms }),
            ];
            let board = |change| Change::Board { shot: shot.clone(), change };
            changes.into_iter().flatten().map(board).collect()
        }
        ChangeRequest::RenameCharacter { cast, name } => {
            vec![Change::rename(named::<CastId>(cast, "character")?, name)]
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_of_a_shot_is_changed() {
        let shot = || "sh_00000001".to_owned();
        let request = |framing: Option<&str>| ChangeRequest::Shot {
            shot: shot(),
            action: None,
            framing: framing.map(str::to_owned),
            camera: None,
            duration_ms: Some(2000),
        };
        assert_eq!(wanted(request(None)).unwrap().len(), 1);
        assert_eq!(wanted(request(Some("close_up"))).unwrap().len(), 2);
        assert!(wanted(request(Some("huge"))).unwrap_err().message.contains("huge"));
    }
}
