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

#[cfg(test)]
mod tests {
    use super::*;
    use story::{
        Angle, CameraMove, Character, Features, Minter, Nature, Place, PlaceKind, Pose, Seed, Subject, TimeOfDay,
        Weather,
    };

    struct Scene {
        cast: Cast,
        places: Places,
        board: Storyboard,
    }

    fn scene() -> Scene {
        let mut ids = Minter::new(Seed::new(4));
        let cast: Vec<Character> = ["keeper", "whale", "voice"]
            .map(|noun| Character {
                id: ids.cast(),
                name: noun.into(),
                drawn_as: None,
                aliases: Vec::new(),
                noun: noun.into(),
                nature: Nature::Human,
                visible: noun != "voice",
                features: Features::default(),
            })
            .into();
        let place = Place {
            id: ids.place(),
            variant_of: None,
            name: "the pier".into(),
            kind: PlaceKind::Harbor,
            time: TimeOfDay::Day,
            weather: Weather::Clear,
            props: Vec::new(),
        };
        let scene = ids.scene();
        let shots = [Framing::Establishing, Framing::Medium, Framing::Insert]
            .map(|framing| Shot {
                id: ids.shot(),
                scene: scene.clone(),
                place: place.id.clone(),
                framing,
                angle: Angle::Eye,
                camera: CameraMove::Hold,
                action: String::new(),
                subjects: Vec::new(),
                mood: story::Mood::default(),
                lines: Vec::new(),
                duration_ms: 3000,
            })
            .into();
        let places = Places { all: vec![place], ..Places::default() };
        Scene { cast: Cast { members: cast }, places, board: Storyboard { scene, shots } }
    }

    fn slots(of: &Scene, shot: usize, subjects: &[(usize, Facing)], grade: Grade, room: usize) -> Vec<String> {
        let subject = |(who, facing): &(usize, Facing)| Subject {
            of: SubjectOf::Cast(of.cast.members[*who].id.clone()),
            pose: Pose::Stand,
            facing: *facing,
            holding: String::new(),
        };
        let shot = Shot { subjects: subjects.iter().map(subject).collect(), ..of.board.shots[shot].clone() };
        let parent = parent(&of.board, &of.board);
        select(&shot, &of.cast, &of.places, parent, grade, room).into_iter().map(|s| s.slot).collect()
    }

    #[test]
    fn everybody_who_is_seen_is_referred_to_from_the_side_they_are_seen_from() {
        let of = scene();
        let [keeper, whale] = [0, 1].map(|n| of.cast.members[n].id.to_string());
        let (set, wide) = (format!("set/{}", of.places.all[0].id), format!("frame/{}", of.board.shots[0].id));
        let check = |shot, subjects: &[(usize, Facing)], grade, room, wanted: &[String]| {
            assert_eq!(slots(&of, shot, subjects, grade, room), wanted);
        };
        let both = [(0, Facing::Away), (1, Facing::Left)];
        let sheets = [format!("portrait/{keeper}-back"), format!("portrait/{whale}-side"), set.clone()];
        check(1, &both, Grade::Medium, 8, &sheets);
        check(1, &both, Grade::Medium, 2, &sheets[..2]);
        let fronts = [format!("portrait/{keeper}-front"), format!("portrait/{whale}-front"), set.clone()];
        check(1, &both, Grade::Simple, 8, &fronts);
        check(1, &[(2, Facing::Camera)], Grade::Medium, 8, std::slice::from_ref(&set));
        check(1, &[(0, Facing::Camera), (0, Facing::Away)], Grade::Medium, 8, &[fronts[0].clone(), set.clone()]);
        check(2, &[], Grade::Medium, 8, &[set.clone(), wide]);
        check(0, &[], Grade::Medium, 8, &[set]);
    }

    #[test]
    fn an_inserted_shot_is_nobodys_parent() {
        let of = scene();
        let mut board = of.board.clone();
        let wider = Shot { id: Minter::new(Seed::new(9)).shot(), ..board.shots[0].clone() };
        board.shots.insert(0, wider);
        assert_eq!(parent(&board, &of.board).map(|s| &s.id), Some(&of.board.shots[0].id));
    }
}
