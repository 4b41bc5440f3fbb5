//! What holds for every revision of every document.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::{
    Angle, Cast, Character, Features, Framing, Line, Look, Minter, Mood, Nature, Place, PlaceKind, Places, Scene,
    Script, Seed, Shot, Speaker, Storyboard, Style, Subject, SubjectOf, TimeOfDay, VoiceWish, Voices, Weather,
};

/// A small film: two scenes at one place, two people, three shots and lines a scene.
struct Film {
    script: Script,
    cast: Cast,
    places: Places,
    boards: Vec<Storyboard>,
    look: Look,
}

fn film() -> Film {
    let mut ids = Minter::new(Seed::new(3));
    let place = Place {
        id: ids.place(),
        variant_of: None,
        name: "the pier".into(),
        kind: PlaceKind::Harbor,
        time: TimeOfDay::Day,
        weather: Weather::Clear,
        props: vec!["boat".into()],
    };
    let cast: Vec<Character> = ["The keeper", "The whale"]
        .map(|name| Character {
            id: ids.cast(),
            name: name.into(),
            drawn_as: None,
            aliases: Vec::new(),
            noun: name[4..].into(),
            nature: Nature::Human,
            visible: true,
            features: Features::default(),
        })
        .into();
    let scenes: Vec<Scene> = (0..2)
        .map(|n| Scene {
            id: ids.scene(),
            title: format!("Scene {n}"),
            summary: format!("What happens in {n}"),
            place: "the pier".into(),
            time: TimeOfDay::Day,
            weather: Weather::Clear,
            mood: Mood::Gentle,
            who: vec!["the keeper".into()],
            props: Vec::new(),
            lines: (0..3)
                .map(|l| Line { id: ids.line(), speaker: Speaker::Narrator, text: format!("line {l} of {n}") })
                .collect(),
            drafted: None,
            duration_ms: 9000,
        })
        .collect();
    let boards = scenes
        .iter()
        .map(|scene| Storyboard {
            scene: scene.id.clone(),
            shots: scene
                .lines
                .iter()
                .map(|line| Shot {
                    id: ids.shot(),
                    scene: scene.id.clone(),
                    place: place.id.clone(),
                    framing: Framing::Wide,
                    angle: Angle::Eye,
                    camera: crate::CameraMove::Hold,
                    action: format!("what {} tells", line.text),
                    mood: Mood::default(),
                    subjects: vec![Subject {
                        of: SubjectOf::Cast(cast[0].id.clone()),
                        pose: crate::Pose::Stand,
                        facing: crate::Facing::Right,
                        holding: String::new(),
                    }],
                    lines: vec![line.id.clone()],
                    duration_ms: 3000,
                })
                .collect(),
        })
        .collect();
    let of_scene = scenes.iter().map(|s| (s.id.clone(), place.id.clone())).collect();
    Film {
        script: Script {
            title: "The Lamp".into(),
            logline: String::new(),
            kind: crate::Kind::Tale,
            ending: "The end".into(),
            speaking: Vec::new(),
            scenes,
        },
        cast: Cast { members: cast },
        places: Places { all: vec![place], of_scene },
        boards,
        look: Look::default(),
    }
}

fn id(n: usize) -> RevisionId {
    RevisionId::try_from(format!("rv_{n}")).unwrap()
}

/// Every sort of change, each to another part, so that they are independent of each other.
fn changes(film: &Film) -> Vec<Change> {
    let (one, two) = (&film.script.scenes[0], &film.script.scenes[1]);
    let line = |scene: &Scene, n: usize| scene.lines[n].id.clone();
    let shot = |b: usize, n: usize| film.boards[b].shots[n].id.clone();
    let who = |n: usize| film.cast.members[n].id.clone();
    let new_line = NewLine { speaker: Speaker::Cast(who(0)), text: "A new line.".into() };
    let board = |b: usize, change| Change::Board { scene: film.boards[b].scene.clone(), change };
    let new_shot = NewShot {
        framing: Framing::Insert,
        angle: Angle::High,
        camera: crate::CameraMove::PushIn,
        action: "a lamp".into(),
        subjects: Vec::new(),
        lines: Vec::new(),
        duration_ms: 2000,
    };
    let new_scene = NewScene {
        title: "The storm".into(),
        summary: "A storm comes".into(),
        place: "the sea".into(),
        time: TimeOfDay::Night,
        weather: Weather::Storm,
        mood: Mood::Tense,
        who: Vec::new(),
        props: Vec::new(),
        lines: vec![new_line.clone(), new_line.clone()],
        duration_ms: 5000,
    };
    vec![
        Change::Script(ScriptChange::Title("Another".into())),
        Change::Script(ScriptChange::Ending(String::new())),
        Change::Script(ScriptChange::RewriteLine { line: line(one, 0), text: "Rewritten.".into() }),
        Change::Script(ScriptChange::SpeakLine { line: line(one, 1), speaker: Speaker::Cast(who(1)) }),
        Change::Script(ScriptChange::AddLine { scene: one.id.clone(), after: Some(line(one, 1)), line: new_line }),
        Change::Script(ScriptChange::RemoveLine { line: line(one, 2) }),
        Change::Script(ScriptChange::MoveLine { line: line(two, 2), after: None }),
        Change::Script(ScriptChange::RewriteScene { scene: one.id.clone(), summary: "Something else.".into() }),
        Change::Script(ScriptChange::TitleScene { scene: one.id.clone(), title: "Night".into() }),
        Change::Script(ScriptChange::SetMood { scene: one.id.clone(), mood: Mood::Dark }),
        Change::Script(ScriptChange::AddScene { after: Some(one.id.clone()), scene: new_scene }),
        Change::Cast(CastChange::Rename { cast: who(0), name: "Anna".into() }),
        Change::Cast(CastChange::Appear { cast: who(0), with: Trait::Clothes("a red coat".into()) }),
        Change::Cast(CastChange::Appear { cast: who(0), with: Trait::Age(crate::Age::Old) }),
        Change::Cast(CastChange::Replace {
            cast: who(1),
            with: NewCharacter {
                name: "The fox".into(),
                noun: "fox".into(),
                nature: Nature::Animal,
                features: Features::default(),
            },
        }),
        Change::Places(PlacesChange::Time { scene: Some(one.id.clone()), time: TimeOfDay::Night }),
        Change::Places(PlacesChange::Weather { scene: Some(one.id.clone()), weather: Weather::Rain }),
        Change::Places(PlacesChange::Weather { scene: Some(two.id.clone()), weather: Weather::Snow }),
        Change::Places(PlacesChange::AddProp { scene: two.id.clone(), prop: "lamp".into() }),
        board(0, BoardChange::Action { shot: shot(0, 0), action: "She waves.".into() }),
        board(0, BoardChange::Frame { shot: shot(0, 0), framing: Framing::CloseUp }),
        board(0, BoardChange::Angle { shot: shot(0, 0), angle: Angle::Low }),
        board(0, BoardChange::Camera { shot: shot(0, 0), camera: crate::CameraMove::PanLeft }),
        board(0, BoardChange::Retime { shot: shot(0, 0), duration_ms: 5000 }),
        board(0, BoardChange::AddProp { shot: shot(0, 1), prop: "lantern".into() }),
        board(0, BoardChange::Insert { after: Some(shot(0, 1)), shot: new_shot }),
        board(1, BoardChange::Remove { shot: shot(1, 1) }),
        board(1, BoardChange::Stage { shot: shot(1, 2), subjects: Vec::new() }),
        Change::Look(LookChange::Style { style: Style::Noir, words: "noir".into() }),
        Change::Look(LookChange::Palette(vec!["#ff0000".into()])),
        Change::Voice(VoiceChange {
            speaker: Speaker::Narrator,
            voice: VoiceWish { other: 1, ..VoiceWish::default() },
        }),
        Change::Score(ScoreChange::Off(true)),
    ]
}

/// Every document of a film, as it is stored.
fn stored(documents: &(Script, Cast, Places, Look, Vec<Storyboard>, Voices, crate::ScoreWish)) -> Value {
    serde_json::to_value(documents).unwrap()
}

fn revised(film: &Film, revisions: &[Revision]) -> (Value, Vec<Conflict>) {
    let (script, mut conflicts) = apply(&film.script, revisions);
    let (cast, more) = apply(&film.cast, revisions);
    conflicts.extend(more);
    let (places, more) = apply(&film.places, revisions);
    conflicts.extend(more);
    let (look, more) = apply(&film.look, revisions);
    conflicts.extend(more);
    let mut boards = Vec::new();
    for board in &film.boards {
        let (board, more) = apply(board, revisions);
        boards.push(board);
        conflicts.extend(more);
    }
    let (voices, more) = apply(&Voices::default(), revisions);
    conflicts.extend(more);
    let (score, more) = apply(&crate::ScoreWish::default(), revisions);
    conflicts.extend(more);
    (stored(&(script, cast, places, look, boards, voices, score)), conflicts)
}

fn revise(film: &Film, n: usize, change: &Change) -> Revision {
    let id = id(n);
    let made = [
        Revision::of(id.clone(), change.clone(), &film.script),
        Revision::of(id.clone(), change.clone(), &film.cast),
        Revision::of(id.clone(), change.clone(), &film.places),
        Revision::of(id.clone(), change.clone(), &film.look),
        Revision::of(id.clone(), change.clone(), &film.boards[0]),
        Revision::of(id.clone(), change.clone(), &film.boards[1]),
        Revision::of(id.clone(), change.clone(), &Voices::default()),
        Revision::of(id, change.clone(), &crate::ScoreWish::default()),
    ];
    let mut made: Vec<_> = made.into_iter().flatten().collect();
    assert_eq!(made.len(), 1, "{change:?} is about one document");
    made.remove(0)
}

fn revisions(film: &Film) -> Vec<Revision> {
    changes(film).iter().enumerate().map(|(n, change)| revise(film, n, change)).collect()
}

#[test]
fn every_change_changes_something_and_undoes_by_being_taken_away() {
    let film = film();
    let (before, _) = revised(&film, &[]);
    let all = revisions(&film);
    let (together, conflicts) = revised(&film, &all);
    assert_eq!(conflicts, []);
    for (n, revision) in all.iter().enumerate() {
        let (after, conflicts) = revised(&film, std::slice::from_ref(revision));
        assert_eq!(conflicts, [], "{revision:?}");
        assert_ne!(after, before, "{revision:?} changes nothing");
        let rest: Vec<_> = all.iter().enumerate().filter(|(i, _)| *i != n).map(|(_, r)| r.clone()).collect();
        assert_ne!(revised(&film, &rest).0, together, "{revision:?} is missed");
        let text = serde_json::to_string(revision).unwrap();
        assert_eq!(&serde_json::from_str::<Revision>(&text).unwrap(), revision);
    }
}

/// The parts of a document that differ, by their paths; list items are known by their id.
fn differences(path: &str, a: &Value, b: &Value, found: &mut Vec<String>) {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|k| !a.contains_key(*k))) {
                let at = format!("{path}.{key}");
                differences(&at, a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.iter().chain(b).any(|item| item.get("id").is_some()) => {
            let of = |items: &[Value], id: &Value| items.iter().find(|i| &i["id"] == id).cloned();
            let ids = a.iter().chain(b).map(|item| item["id"].clone());
            for id in ids.collect::<Vec<_>>() {
                let at = format!("{path}[{id}]");
                let (a, b) = (of(a, &id).unwrap_or_default(), of(b, &id).unwrap_or_default());
                if a.is_null() == b.is_null() {
                    differences(&at, &a, &b, found);
                } else {
                    found.push(at);
                }
            }
        }
        _ if a != b => found.push(path.to_owned()),
        _ => {}
    }
}

#[test]
fn a_revision_touches_only_its_target() {
    let film = film();
    let (one, shots) = (&film.script.scenes[0], &film.boards[0].shots);
    let check = |change: &Change, wanted: &[String]| {
        let revision = revise(&film, 7, change);
        let (after, _) = revised(&film, std::slice::from_ref(&revision));
        let mut found = Vec::new();
        let (before, _) = revised(&film, &[]);
        for (n, part) in ["script", "cast", "places", "look"].iter().enumerate() {
            differences(part, &before[n], &after[n], &mut found);
        }
        for n in 0..2 {
            differences(&format!("board{n}"), &before[4][n], &after[4][n], &mut found);
        }
        found.sort();
        found.dedup();
        assert_eq!(found, wanted, "{revision:?}");
    };
    let scene = &one.id;
    check(
        &Change::Script(ScriptChange::RewriteLine { line: one.lines[0].id.clone(), text: "New.".into() }),
        &[
            format!("script.scenes[\"{scene}\"].drafted"),
            format!("script.scenes[\"{scene}\"].lines[\"{}\"].text", one.lines[0].id),
        ],
    );
    let board = |change| Change::Board { scene: scene.clone(), change };
    check(
        &board(BoardChange::Retime { shot: shots[1].id.clone(), duration_ms: 1500 }),
        &[format!("board0.shots[\"{}\"].duration_ms", shots[1].id)],
    );
    let keeper = &film.cast.members[0].id;
    check(
        &Change::Cast(CastChange::Appear { cast: keeper.clone(), with: Trait::Hair("white".into()) }),
        &[format!("cast.members[\"{keeper}\"].features.hair")],
    );
    check(&Change::Look(LookChange::Light(crate::Light::Golden)), &["look.light".to_owned()]);
}

#[test]
fn what_is_gone_or_has_changed_is_a_conflict_and_the_rest_is_laid_over() {
    let mut film = film();
    let all = revisions(&film);
    film.script.scenes[0].lines[0].text = "The agent wrote something else.".into();
    film.boards[1].shots.remove(1);
    film.look.style = Style::Ink;
    let (after, conflicts) = revised(&film, &all);
    let clashes: Vec<_> = conflicts.iter().map(|c| (c.revision.as_str(), c.clash)).collect();
    assert_eq!(clashes, [("rv_2", Clash::Changed), ("rv_28", Clash::Changed), ("rv_26", Clash::Gone)]);
    assert_eq!(after[0]["title"], "Another", "the rest is laid over");
    assert_eq!(after[0]["scenes"][0]["lines"][0]["text"], "The agent wrote something else.");
}

#[test]
fn what_is_added_keeps_its_ids_and_moves_no_other() {
    let film = film();
    let scene = &film.script.scenes[0];
    let add = |n: usize, after: usize| {
        let line = NewLine { speaker: Speaker::Narrator, text: format!("line {n}") };
        let after = Some(scene.lines[after].id.clone());
        revise(&film, n, &Change::Script(ScriptChange::AddLine { scene: scene.id.clone(), after, line }))
    };
    let (one, _) = apply(&film.script, &[add(1, 0)]);
    let (both, _) = apply(&film.script, &[add(2, 2), add(1, 0)]);
    let ids = |script: &Script| script.lines().map(|l| l.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&one)[1], id(1).line(0));
    assert_eq!(ids(&both)[1], id(1).line(0), "the same whatever else is added");
    assert!(ids(&film.script).iter().all(|id| ids(&both).contains(id)));
    assert_eq!(both.scenes[0].as_drafted(), film.script.scenes[0], "pictures are made from the draft");
}

#[test]
fn the_only_shot_of_a_scene_is_not_taken_out() {
    let film = film();
    let mut board = film.boards[0].clone();
    board.shots.truncate(1);
    let change = BoardChange::Remove { shot: board.shots[0].id.clone() };
    let change = Change::Board { scene: board.scene.clone(), change };
    assert_eq!(Revision::of(id(1), change, &board), None);
}

#[test]
fn every_line_is_heard_in_one_shot_and_in_order() {
    let film = film();
    let lines: Vec<_> = film.script.scenes[0].lines.iter().map(|l| l.id.clone()).collect();
    let [a, b, c] = [&lines[0], &lines[1], &lines[2]].map(Clone::clone);
    let new = id(5).line(0);
    let check = |order: &[&LineId], wanted: [&[&LineId]; 3]| {
        let mut board = film.boards[0].clone();
        let order: Vec<_> = order.iter().map(|l| (*l).clone()).collect();
        board.hear(&order);
        let heard: Vec<Vec<&LineId>> = board.shots.iter().map(|s| s.lines.iter().collect()).collect();
        assert_eq!(heard, wanted.map(<[&LineId]>::to_vec));
    };
    check(&[&a, &b, &c], [&[&a], &[&b], &[&c]]);
    check(&[&a, &new, &b, &c], [&[&a, &new], &[&b], &[&c]]);
    check(&[&new, &a, &b, &c], [&[&new, &a], &[&b], &[&c]]);
    check(&[&c, &a, &b], [&[&c, &a], &[&b], &[]]);
    check(&[&b, &c], [&[], &[&b], &[&c]]);
    check(&[], [&[], &[], &[]]);
}

#[test]
fn a_character_that_is_renamed_is_drawn_as_before_and_still_found() {
    let film = film();
    let who = film.cast.members[0].id.clone();
    let rename = |n, cast: &Cast, name: &str| {
        Revision::of(id(n), Change::Cast(CastChange::Rename { cast: who.clone(), name: name.into() }), cast).unwrap()
    };
    let first = rename(1, &film.cast, "Anna");
    let (once, _) = apply(&film.cast, std::slice::from_ref(&first));
    let second = rename(2, &once, "Berta");
    let (twice, conflicts) = apply(&film.cast, &[first, second.clone()]);
    assert_eq!(conflicts, []);
    assert_eq!(twice.members[0].name, "Berta");
    assert_eq!(twice.members[0].as_drawn(), film.cast.members[0]);
    assert_eq!(twice.named("the keeper"), twice.named("Berta"));
    let (_, conflicts) = apply(&film.cast, &[second]);
    assert_eq!(conflicts[0].clash, Clash::Changed, "made against a name that is not there without the first");
}

proptest! {
    /// Any choice of independent revisions gives the same film in any order.
    #[test]
    fn the_order_of_independent_revisions_does_not_matter(
        order in Just((0..32usize).collect::<Vec<_>>()).prop_shuffle(),
        chosen in prop::collection::vec(any::<bool>(), 32),
    ) {
        let film = film();
        let all = revisions(&film);
        prop_assert_eq!(all.len(), order.len());
        let pick = |order: &[usize]| -> Vec<Revision> {
            order.iter().filter(|n| chosen[**n]).map(|n| all[*n].clone()).collect()
        };
        let straight: Vec<usize> = (0..order.len()).collect();
        let (a, none) = revised(&film, &pick(&straight));
        let (b, also_none) = revised(&film, &pick(&order));
        prop_assert_eq!((none, also_none), (vec![], vec![]));
        prop_assert_eq!(a, b);
    }
}
