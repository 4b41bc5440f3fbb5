//! What exactly is made again for each kind of revision.

use std::collections::BTreeSet;

use agents::{Grade, Wishes};
use story::{
    BoardChange, Brief, Cast, CastChange, Change, Clash, Conflict, Framing, Line, LookChange, Mood, NewLine, NewShot,
    PlacesChange, Revisable, Revision, RevisionId, Said, ScoreChange, ScriptChange, Seed, Shot, ShotId, Speaker,
    Storyboard, TimeOfDay, Trait, VoiceChange, VoiceWish, Voices, Weather,
};

use crate::studio::{Made, Studio, brief, set};

fn id(n: usize) -> RevisionId {
    RevisionId::try_from(format!("rv_{n}")).unwrap()
}

fn on(document: &impl Revisable, change: Change) -> Revision {
    Revision::of(id(1), change, document).expect("the target is there")
}

fn wishes(revisions: &[Revision]) -> Wishes {
    Wishes { revisions: revisions.to_vec(), ..Wishes::of(&brief()) }
}

/// A film whose scenes have several shots each.
fn roomy() -> Brief {
    Brief { duration_s: Said::said(40), scene_count: Some(2), ..brief() }
}

/// A line in other words, as many.
fn reworded(line: &Line) -> String {
    line.text.split(' ').map(|_| "word").collect::<Vec<_>>().join(" ")
}

fn ids(board: &Storyboard) -> Vec<ShotId> {
    board.shots.iter().map(|s| s.id.clone()).collect()
}

fn shots(made: &Made) -> Vec<Shot> {
    made.boards().into_iter().flat_map(|b| b.shots).collect()
}

/// Makes the film, revises it, makes it again; checks that taking the revision back makes nothing.
async fn revise(change: impl FnOnce(&Made) -> Revision) -> (Made, Made) {
    revise_film(&brief(), change).await
}

async fn revise_film(brief: &Brief, change: impl FnOnce(&Made) -> Revision) -> (Made, Made) {
    let studio = Studio::new().await;
    let with = |revisions: Vec<Revision>| Wishes { revisions, ..Wishes::of(brief) };
    let before = studio.make(&with(Vec::new()), Grade::Simple).await;
    before.facts();
    let revision = change(&before);
    let after = studio.make(&with(vec![revision.clone()]), Grade::Simple).await;
    after.facts();
    assert_eq!(after.read::<Vec<Conflict>>("conflicts"), [], "{revision:?}");
    let undone = studio.make(&with(Vec::new()), Grade::Simple).await;
    assert_eq!((undone.slots.clone(), undone.facts()), (BTreeSet::new(), before.facts()), "undo makes nothing");
    (before, after)
}

fn script_change(made: &Made, change: ScriptChange) -> Revision {
    on(&made.script(), Change::Script(change))
}

fn board_change(made: &Made, scene: usize, change: BoardChange) -> Revision {
    let board = &made.boards()[scene];
    on(board, Change::Board { scene: board.scene.clone(), change })
}

#[tokio::test(flavor = "multi_thread")]
async fn another_wording_of_a_line_touches_voice_captions_and_mix_alone() {
    let (before, after) = revise(|made| {
        let line = made.script().scenes[0].lines[0].clone();
        script_change(made, ScriptChange::RewriteLine { line: line.id.clone(), text: reworded(&line) })
    })
    .await;
    let line = before.script().scenes[0].lines[0].id.clone();
    let shot = shots(&before).into_iter().find(|s| s.lines.contains(&line)).unwrap().id;
    let wanted = ["conflicts", "film", "script", "timeline", &format!("segment/{shot}"), &format!("voice/{line}")];
    assert_eq!(after.slots, set(&wanted));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inserted_shot_changes_no_id_and_no_other_shot() {
    let (before, after) = revise_film(&roomy(), |made| {
        let first = made.boards()[0].shots[0].clone();
        let shot = NewShot {
            framing: Framing::Insert,
            angle: first.angle,
            camera: first.camera,
            action: "A lantern swings on its hook.".into(),
            subjects: Vec::new(),
            lines: Vec::new(),
            duration_ms: 2000,
        };
        board_change(made, 0, BoardChange::Insert { after: Some(first.id), shot })
    })
    .await;
    let new = id(1).shot();
    let mut expected = ids(&before.boards()[0]);
    expected.insert(1, new.clone());
    assert_eq!(ids(&after.boards()[0]), expected);
    for made in ["frame", "clip"] {
        assert_eq!(after.of(made), set(&[new.as_str()]), "only the new shot's {made}");
    }
    let (was, is) = (before.facts().timeline, after.facts().timeline);
    assert_eq!(is.frames(), was.frames() + 20, "the film is longer by the shot");
    for shot in &was.shots {
        let same = is.shots.iter().find(|s| s.shot == shot.shot).unwrap();
        assert_eq!(same.frames, shot.frames, "no other shot is timed anew");
    }
    assert!(after.of("voice").is_empty() && !after.slots.contains("script"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shot_that_is_taken_out_leaves_the_others_as_they_are() {
    let (before, after) = revise_film(&roomy(), |made| {
        let shot = made.boards()[0].shots.last().unwrap().id.clone();
        board_change(made, 0, BoardChange::Remove { shot })
    })
    .await;
    assert!(after.of("frame").is_empty() && after.of("voice").is_empty());
    assert_eq!(shots(&after).len() + 1, shots(&before).len());
    let heard = |made: &Made| shots(made).into_iter().flat_map(|s| s.lines).collect::<Vec<_>>();
    assert_eq!(heard(&after), heard(&before), "no line is lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shot_of_another_length_moves_no_other() {
    let (before, after) = revise(|made| {
        let shot = &made.boards()[0].shots[0];
        let change = BoardChange::Retime { shot: shot.id.clone(), duration_ms: shot.duration_ms + 3000 };
        board_change(made, 0, change)
    })
    .await;
    let timed = before.boards()[0].shots[0].id.clone();
    assert!(after.of("frame").is_empty(), "a length is no picture");
    assert_eq!(after.of("clip"), set(&[timed.as_str()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reframed_shot_is_drawn_and_moved_again_alone() {
    let (before, after) = revise(|made| {
        let shot = made.boards()[0].shots[0].id.clone();
        board_change(made, 0, BoardChange::Frame { shot, framing: Framing::CloseUp })
    })
    .await;
    let shot = before.boards()[0].shots[0].id.to_string();
    assert_eq!((after.of("frame"), after.of("clip")), (set(&[&shot]), set(&[&shot])));
    assert!(!after.slots.contains("timeline"), "what is seen moves nothing: {:?}", after.slots);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_name_makes_nothing_anew() {
    let (_, after) = revise(|made| {
        let cast: Cast = made.read("cast");
        let change = CastChange::Rename { cast: cast.members[0].id.clone(), name: "Anna".into() };
        on(&cast, Change::Cast(change))
    })
    .await;
    assert_eq!(after.slots, set(&["cast", "conflicts"]));
    assert_eq!(after.read::<Cast>("cast").members[0].name, "Anna");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_clothes_are_drawn_where_they_are_worn() {
    let (before, after) = revise(|made| {
        let cast: Cast = made.read("cast");
        let change =
            CastChange::Appear { cast: cast.members[0].id.clone(), with: Trait::Clothes("a red oilskin".into()) };
        on(&cast, Change::Cast(change))
    })
    .await;
    let cast: Cast = before.read("cast");
    let who = &cast.members[0].id;
    let worn = |s: &Shot| s.subjects.iter().any(|s| s.of == story::SubjectOf::Cast(who.clone()));
    let wanted: BTreeSet<String> = shots(&before).iter().filter(|s| worn(s)).map(|s| s.id.to_string()).collect();
    assert_eq!(after.of("frame"), wanted);
    assert_eq!(after.of("portrait"), set(&[&format!("{who}-front")]));
    assert!(after.of("board_draft").is_empty(), "a storyboard knows no clothes");
}

#[tokio::test(flavor = "multi_thread")]
async fn night_falls_in_one_scene_alone() {
    let (before, after) = revise(|made| {
        let places: story::Places = made.read("places");
        let scene = made.script().scenes[0].id.clone();
        let now = places.of_scene(&scene).unwrap().time;
        let time = if now == TimeOfDay::Night { TimeOfDay::Day } else { TimeOfDay::Night };
        on(&places, Change::Places(PlacesChange::Time { scene: Some(scene), time }))
    })
    .await;
    let (first, second) = (&before.boards()[0], &before.boards()[1]);
    assert_eq!(after.of("frame"), ids(first).iter().map(ToString::to_string).collect());
    assert_eq!(ids(&after.boards()[0]), ids(first), "the shots stay themselves");
    assert_eq!(&after.boards()[1], second);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_added_is_spoken_and_nothing_is_drawn() {
    let (before, after) = revise(|made| {
        let scene = &made.script().scenes[0];
        let line = NewLine { speaker: Speaker::Narrator, text: "And the sea listened.".into() };
        let after = Some(scene.lines[0].id.clone());
        script_change(made, ScriptChange::AddLine { scene: scene.id.clone(), after, line })
    })
    .await;
    assert_eq!(after.of("voice"), set(&[id(1).line(0).as_str()]));
    assert!(after.of("frame").is_empty() && after.of("board_draft").is_empty());
    let board = &after.boards()[0];
    let with = board.shots.iter().find(|s| s.lines.contains(&id(1).line(0))).expect("it is heard");
    assert!(with.lines.contains(&before.script().scenes[0].lines[0].id), "with the line before it");
}

#[tokio::test(flavor = "multi_thread")]
async fn sound_is_changed_without_a_picture() {
    let voice = VoiceChange { speaker: Speaker::Narrator, voice: VoiceWish { other: 1, ..VoiceWish::default() } };
    for (change, makes) in [
        (Change::Score(ScoreChange::Off(true)), set(&["conflicts", "sound", "film"])),
        // The fake plays every mood alike, so the wave stops at the music.
        (Change::Score(ScoreChange::Mood(Some(Mood::Epic))), set(&["conflicts", "music"])),
    ] {
        let (_, after) = revise(|_| on(&story::ScoreWish::default(), change.clone())).await;
        assert_eq!(after.slots, makes, "{change:?}");
        assert_eq!(after.facts().missing, [], "no music that nobody wanted is not missing");
    }
    let (before, after) = revise(|_| on(&Voices::default(), Change::Voice(voice))).await;
    assert_eq!(after.of("voice").len(), before.script().lines().count());
    assert!(after.of("frame").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_title_is_a_card_and_another_look_is_in_every_picture() {
    let (before, after) = revise(|made| script_change(made, ScriptChange::Title("The Lamp".into()))).await;
    let first = before.facts().timeline.shots[0].shot.to_string();
    let wanted = ["conflicts", "film", "script", "timeline", &format!("segment/{first}")];
    assert_eq!(after.slots, set(&wanted));
    let (before, after) = revise(|made| {
        let look: story::Look = made.read("look");
        on(&look, Change::Look(LookChange::Palette(vec!["#102030".into()])))
    })
    .await;
    assert_eq!(after.of("frame").len(), shots(&before).len());
    assert!(after.of("voice").is_empty() && !after.slots.contains("script"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retake_makes_one_picture_and_what_is_made_of_it() {
    let studio = Studio::new().await;
    let first = studio.make(&wishes(&[]), Grade::Simple).await;
    let shot = first.boards()[0].shots[0].id.to_string();
    let mut again = wishes(&[]);
    again.seeds.insert(format!("frame/{shot}"), 1);
    let made = studio.make(&again, Grade::Simple).await;
    assert_eq!((made.of("frame"), made.of("clip")), (set(&[&shot]), set(&[&shot])));
    assert!(!made.slots.contains("script") && !made.slots.contains("timeline"));
    assert_eq!(studio.make(&wishes(&[]), Grade::Simple).await.slots, set(&[]), "the first take is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_revision_was_made_against_may_change_and_is_then_a_conflict() {
    let studio = Studio::new().await;
    let first = studio.make(&wishes(&[]), Grade::Simple).await;
    let line = first.script().scenes[0].lines[0].clone();
    let gone = first.boards()[1].clone();
    let mut revisions = vec![
        script_change(&first, ScriptChange::RewriteLine { line: line.id, text: "Something of mine.".into() }),
        script_change(&first, ScriptChange::Ending("Fin".into())),
        board_change(&first, 1, BoardChange::Retime { shot: gone.shots[0].id.clone(), duration_ms: 5000 }),
    ];
    for (n, revision) in revisions.iter_mut().enumerate() {
        revision.id = id(n);
    }
    let other = Brief { seed: Seed::new(77), scene_count: Some(1), ..brief() };
    let made = studio.make(&Wishes { revisions, ..Wishes::of(&other) }, Grade::Simple).await;
    made.facts();
    let conflicts: Vec<Conflict> = made.read("conflicts");
    let of = |n: usize| conflicts.iter().find(|c| c.revision == id(n)).map(|c| c.clash);
    assert!(of(0).is_some(), "the line says something else or is gone: {conflicts:?}");
    assert_eq!(of(2), Some(Clash::Gone), "{conflicts:?}");
    if of(1).is_none() {
        assert_eq!(made.script().ending, "Fin", "the rest is laid over");
    }
    let weather = PlacesChange::Weather { scene: None, weather: Weather::Snow };
    let places: story::Places = made.read("places");
    let snow = on(&places, Change::Places(weather));
    let made = studio.make(&Wishes { revisions: vec![snow], ..Wishes::of(&other) }, Grade::Simple).await;
    assert!(made.read::<story::Places>("places").all.iter().all(|p| p.weather == Weather::Snow));
}
