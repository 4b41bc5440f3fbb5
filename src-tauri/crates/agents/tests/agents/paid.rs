//! The crew on models of another machine, over HTTP: what is asked for, and what is never asked for again.

use std::collections::BTreeMap;

use agents::{Grade, Wishes, film_graph};
use engine::Store;
use story::{
    Angle, BoardChange, Brief, CameraMove, Change, Framing, Mood, NewShot, Revision, RevisionId, Said, ScriptChange,
};
use testkit::provider::{Arrays, FakeProvider, Fault, Kind, ProviderOptions};

use crate::studio::{FORMAT, Made, Studio, film_of};

fn brief() -> Brief {
    Brief {
        duration_s: Said::said(16),
        scene_count: Some(2),
        ..Brief::about("an old fisherman who meets a white whale")
    }
}

async fn provider() -> FakeProvider {
    let options = ProviderOptions { arrays: Arrays::Most, ..ProviderOptions::quick() };
    FakeProvider::start(options).await.expect("a port")
}

/// How many calls of each kind were made.
fn calls(provider: &FakeProvider) -> BTreeMap<Kind, usize> {
    let log = provider.log();
    [Kind::Chat, Kind::Image, Kind::Video, Kind::Speech].map(|kind| (kind, log.of(kind).count())).into()
}

/// What was called since.
fn since(provider: &FakeProvider, before: &BTreeMap<Kind, usize>) -> [usize; 4] {
    let now = calls(provider);
    [Kind::Chat, Kind::Image, Kind::Video, Kind::Speech].map(|kind| now[&kind] - before[&kind])
}

fn revision(change: Change, document: &impl story::Revisable) -> Revision {
    Revision::of(RevisionId::try_from("rv_1".to_owned()).unwrap(), change, document).expect("the target is there")
}

fn revised(revision: Revision) -> Wishes {
    Wishes { revisions: vec![revision], ..Wishes::of(&brief()) }
}

async fn film(studio: &Studio) -> Made {
    let made = studio.make(&Wishes::of(&brief()), Grade::Medium).await;
    assert_eq!(made.facts().missing, []);
    made
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_is_made_over_http_and_a_change_repeats_only_what_it_must() {
    let provider = provider().await;
    let studio = Studio::paid(&provider).await;
    let made = film(&studio).await;
    let shots: usize = made.boards().iter().map(|b| b.shots.len()).sum();
    let before = calls(&provider);
    assert_eq!(before[&Kind::Video], shots);
    assert_eq!(before[&Kind::Speech], made.script().lines().count());
    assert!(provider.log().paid_twice().is_empty());

    let script = made.script();
    let line = script.lines().next().expect("a line").clone();
    let say = |text: String| {
        let change = ScriptChange::RewriteLine { line: line.id.clone(), text };
        revised(revision(Change::Script(change), &script))
    };
    let equal = line.text.split(' ').map(|w| "x".repeat(w.len())).collect::<Vec<_>>().join(" ");
    studio.make(&say(equal), Grade::Medium).await.facts();
    assert_eq!(since(&provider, &before), [0, 0, 0, 1], "a line of equal length is spoken, and that is all");

    let before = calls(&provider);
    let long =
        format!("{} and a great deal more than that, as long as breath will last, and then on and on", line.text);
    let longer = studio.make(&say(long), Grade::Medium).await;
    longer.facts();
    let [chat, image, video, speech] = since(&provider, &before);
    assert_eq!((chat, image, speech), (0, 0, 1));
    let own = made.boards().iter().flat_map(|b| b.shots.clone()).find(|s| s.lines.contains(&line.id)).unwrap();
    assert!(video <= 1 && longer.of("clip").iter().all(|shot| shot == own.id.as_str()), "{:?}", longer.of("clip"));

    let before = calls(&provider);
    let board = made.boards()[0].clone();
    let shot = NewShot {
        framing: Framing::Insert,
        angle: Angle::Eye,
        camera: CameraMove::Hold,
        action: "A lantern swings on its hook.".into(),
        subjects: Vec::new(),
        lines: Vec::new(),
        duration_ms: 2000,
    };
    let change = Change::Board {
        scene: board.scene.clone(),
        change: BoardChange::Insert { after: Some(board.shots[0].id.clone()), shot },
    };
    let inserted = studio.make(&revised(revision(change, &board)), Grade::Medium).await;
    inserted.facts();
    assert_eq!(since(&provider, &before), [0, 1, 1, 0], "only the new shot is drawn and moved");
    let kept = inserted.boards()[0].shots.iter().filter(|s| board.shots.iter().any(|b| b.id == s.id)).count();
    assert_eq!(kept, board.shots.len());

    let before = calls(&provider);
    assert!(studio.make(&Wishes::of(&brief()), Grade::Medium).await.slots.is_empty());
    assert_eq!(since(&provider, &before), [0; 4], "undo costs nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_agree_with_the_sheets_of_their_shot() {
    let provider = provider().await;
    let studio = Studio::paid(&provider).await;
    let made = film(&studio).await;
    let cast: story::Cast = made.read("cast");
    for shot in made.boards().iter().flat_map(|b| &b.shots) {
        let slot = format!("frame/{}", shot.id);
        let (_, frame) = made.report.results.iter().find(|(s, _)| s.as_str() == slot).expect("a frame");
        let form = studio.store.form(&frame.key).await.expect("the store answers").expect("its form");
        let seen = form.view["references"].as_array().map_or(0, Vec::len);
        let people: std::collections::BTreeSet<_> = shot
            .subjects
            .iter()
            .filter_map(|s| match &s.of {
                story::SubjectOf::Cast(id) => cast.get(id).filter(|c| c.visible).map(|c| &c.id),
                story::SubjectOf::Prop(_) => None,
            })
            .collect();
        assert!(seen > people.len(), "{seen} references for {} people and a place", people.len());
        let (_, set) = made.report.results.iter().find(|(s, _)| s.as_str() == format!("set/{}", shot.place)).unwrap();
        assert!(form.view.to_string().contains(set.blobs[0].hash.as_str()), "the place's sheet is among them");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_mood_of_a_scene_pays_for_no_picture() {
    let provider = provider().await;
    let mut studio = Studio::paid(&provider).await;
    studio.crew.chat = None;
    let made = film(&studio).await;
    let script = made.script();
    let scene = &script.scenes[0];
    let mood = if scene.mood == Mood::Hopeful { Mood::Joyful } else { Mood::Hopeful };
    let change = ScriptChange::SetMood { scene: scene.id.clone(), mood };
    let before = calls(&provider);
    let again = studio.make(&revised(revision(Change::Script(change), &script)), Grade::Medium).await;
    assert!(again.boards()[0].shots.iter().all(|shot| shot.mood == mood), "the shots know it");
    assert_eq!(since(&provider, &before), [0; 4], "what is paid for does not show it");
    assert!(again.of("frame").is_empty() && again.of("clip").is_empty(), "{:?}", again.slots);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clip_that_ends_in_its_middle_does_not_count() {
    let provider = provider().await;
    let studio = Studio::paid(&provider).await;
    provider.script(Kind::Video, [Fault::Truncated]);
    let made = studio.make(&Wishes::of(&brief()), Grade::Simple).await;
    let (slot, error) = made.report.failures.first().expect("one failure");
    assert_eq!((slot.collection().as_str(), error.kind), ("clip", engine::FailureKind::Spoilt), "{error}");
    assert_eq!(film_of(&made.report).missing.len(), 1);
    let before = calls(&provider);
    studio.make(&Wishes::of(&brief()), Grade::Simple).await.facts();
    assert_eq!(since(&provider, &before), [0, 0, 1, 0], "only that clip is made again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_says_what_will_be_called_and_what_it_may_cost() {
    let provider = provider().await;
    let studio = Studio::paid(&provider).await;
    let tasks = film_graph(&Wishes::of(&brief()), FORMAT, Grade::Medium, &studio.crew).expect("the graph is sound");
    let plan = engine::plan(&tasks);
    let of = |kind: &str| plan.price_of(|k| k == kind);
    for kind in ["chat", "image", "video", "speech"] {
        let (least, most) = of(kind);
        assert!(most.0 > 0 && least <= most, "{kind}: {least} to {most}");
    }
    let made = film(&studio).await;
    let shots: u32 = made.boards().iter().map(|b| b.shots.len() as u32).sum();
    let clips = plan.steps.iter().find(|s| s.agent.0 == "video_coordinator").expect("clips").calls[0].clone();
    assert!(clips.least <= shots && shots <= clips.most, "{shots} clips, planned {} to {}", clips.least, clips.most);
    assert!(tasks.iter().filter(|t| t.agent.0 == "screenwriter").all(|t| t.uses.is_empty()), "who waits holds no core");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_asked_for_once_more_in_gentler_words() {
    let provider = provider().await;
    let studio = Studio::paid(&provider).await;
    provider.script(Kind::Image, [Fault::Refusal]);
    provider.script(Kind::Video, [Fault::Refusal]);
    let made = film(&studio).await;
    let once = calls(&provider);
    let pictures = ["portrait", "set", "frame"].map(|of| made.of(of).len()).iter().sum::<usize>();
    assert_eq!((once[&Kind::Image], once[&Kind::Video]), (pictures + 1, made.of("clip").len() + 1));

    let other = Wishes::of(&Brief { duration_s: Said::said(8), ..Brief::about("a fox and a heron") });
    provider.script(Kind::Video, [Fault::Refusal; 64]);
    let before = calls(&provider);
    let made = studio.make(&other, Grade::Medium).await;
    let shots: usize = made.boards().iter().map(|b| b.shots.len()).sum();
    let refused = made.report.failures.iter().filter(|(_, e)| e.kind == engine::FailureKind::Refused).count();
    assert_eq!((refused, since(&provider, &before)[2]), (shots, 2 * shots), "twice, and not a third time");
    assert_eq!(film_of(&made.report).missing.len(), shots, "the film is cut without it");
}
