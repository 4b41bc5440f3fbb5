//! Reference image selector: a shot → the right sheets, by id. Pure: which pictures a frame must agree with follows from
//! who is in it, how they stand, and where it is.

use std::collections::BTreeSet;

use story::{Cast, Facing, Framing, Places, Shot, Storyboard, SubjectOf};

use crate::crew::Grade;

/// A picture that a frame must agree with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// The slot of the picture.
    pub(crate) slot: String,
    /// What it shows, in words.
    pub(crate) role: String,
}

/// The references of a shot, most important first, at most `room`: the people in it, each from the side it is seen
/// from; then the place; then, for a shot inside another one's view, that one's frame.
pub(crate) fn select(
    shot: &Shot,
    cast: &Cast,
    places: &Places,
    parent: Option<&Shot>,
    grade: Grade,
    room: usize,
) -> Vec<Sheet> {
    let mut seen = BTreeSet::new();
    let mut sheets = Vec::new();
    for subject in &shot.subjects {
        let SubjectOf::Cast(id) = &subject.of else { continue };
        let Some(character) = cast.get(id).filter(|c| c.visible) else { continue };
        if !seen.insert(id) {
            continue;
        }
        // Only the front is drawn of everybody in simple films.
        let side = match subject.facing {
            _ if grade < Grade::Medium => "front",
            Facing::Camera => "front",
            Facing::Left | Facing::Right => "side",
            Facing::Away => "back",
        };
        sheets.push(Sheet {
            slot: format!("portrait/{id}-{side}"),
            role: format!("character sheet of {}, {side}", crate::wording::person_words(&character.as_drawn())),
        });
    }
    if let Some(place) = places.get(&shot.place) {
        sheets.push(Sheet { slot: format!("set/{}", place.id), role: format!("the place: {}", place.name) });
    }
    if let Some(parent) = parent.filter(|p| p.id != shot.id && is_inside(shot.framing)) {
        sheets.push(Sheet { slot: format!("frame/{}", parent.id), role: "the same scene in a wider view".to_owned() });
    }
    sheets.truncate(room);
    sheets
}

fn is_inside(framing: Framing) -> bool {
    matches!(framing, Framing::Insert | Framing::OverShoulder)
}

/// The shot that others of its scene are seen inside of: the first wide one that was drafted. (An inserted one would
/// change the pictures of the others.)
pub(crate) fn parent<'a>(board: &'a Storyboard, draft: &Storyboard) -> Option<&'a Shot> {
    let drafted = |shot: &&Shot| draft.shots.iter().any(|d| d.id == shot.id);
    let wide = |shot: &&Shot| matches!(shot.framing, Framing::Establishing | Framing::Wide | Framing::Full);
    board.shots.iter().filter(drafted).find(wide)
}
