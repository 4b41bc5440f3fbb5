//! The crew through its public face: whole graphs with a studio of fakes, and what a change makes again.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use agents::{CORES, Crew, FilmFacts, FilmFormat, Grade, film_graph};
use engine::{Engine, Event, RunId, RunOrder, RunOutcome, RunReport, SystemClock, TaskState};
use story::{Aspect, Brief, Language, Said, Size, Sound, Style};
use testkit::{FakeClips, FakeImages, FakeMusic, FakeVoice, MemoryStore};

const FORMAT: FilmFormat = FilmFormat { size: Size { width: 160, height: 90 }, fps: 10 };

struct Studio {
    images: Arc<FakeImages>,
    crew: Crew,
    store: Arc<MemoryStore>,
    engine: Engine,
    runs: AtomicU32,
}

impl Studio {
    async fn new() -> Self {
        let images = Arc::new(FakeImages::default());
        let crew = Crew {
            image: images.clone(),
            video: Arc::new(FakeClips),
            speech: Arc::new(FakeVoice),
            music: Arc::new(FakeMusic),
            ffmpeg: Arc::new(film::Ffmpeg::discover().await.expect("ffmpeg is installed")),
        };
        let engine = Engine::new([(CORES, 2)], Arc::new(SystemClock));
        Self { images, crew, store: Arc::new(MemoryStore::new()), engine, runs: AtomicU32::default() }
    }

    /// Runs the graph of a brief; gives the report and the collections in which something was made.
    async fn run(&self, brief: &Brief, grade: Grade) -> (RunReport, BTreeSet<String>) {
        let number = self.runs.fetch_add(1, Ordering::SeqCst);
        let run = RunId(format!("run_{number}"));
        let tasks = film_graph(brief, FORMAT, grade, &self.crew).expect("the graph is sound");
        let handle = self.engine.start(RunOrder::new(run.clone(), tasks), self.store.clone(), Arc::new(|_| {}));
        let report = handle.wait().await;
        let made = self
            .store
            .events_of(&run)
            .into_iter()
            .filter_map(|event| match event {
                Event::Task { slot, state: TaskState::Done { .. }, .. } => Some(slot.collection().as_str().to_owned()),
                _ => None,
            })
            .collect();
        (report, made)
    }
}

fn brief() -> Brief {
    Brief { duration_s: Said::said(12), ..Brief::about("an old fisherman who meets a white whale") }
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}

fn facts(report: &RunReport) -> FilmFacts {
    assert_eq!(report.outcome, RunOutcome::Finished, "{:?} {:?}", report.failures, report.fault);
    let (_, film) = report.results.iter().find(|(slot, _)| slot.as_str() == "film").expect("a film");
    film.read().expect("its facts")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brief_becomes_a_film_and_a_second_run_makes_nothing() {
    let studio = Studio::new().await;
    let (report, made) = studio.run(&brief(), Grade::Medium).await;
    let film = facts(&report);
    assert!(film.voiced && (-17.0..=-15.0).contains(&film.loudness), "{} LUFS", film.loudness);
    assert!((11_400..=12_600).contains(&film.timeline.duration_ms()));
    let wanted = [
        "board", "cast", "clip", "film", "frame", "look", "music", "places", "portrait", "script", "segment", "set",
        "timeline", "voice",
    ];
    assert_eq!(made, set(&wanted));
    let (again, made) = studio.run(&brief(), Grade::Medium).await;
    assert_eq!((made, again.made), (set(&[]), 0));
    assert_eq!(facts(&again), film);
}

/// Makes a film, changes the brief, makes it again: only these collections may have anything new.
async fn check(change: impl FnOnce(&mut Brief), makes: &[&str]) {
    let studio = Studio::new().await;
    let mut brief = brief();
    facts(&studio.run(&brief, Grade::Simple).await.0);
    change(&mut brief);
    let (report, made) = studio.run(&brief, Grade::Simple).await;
    facts(&report);
    assert_eq!(made, set(makes));
}

#[tokio::test(flavor = "multi_thread")]
async fn captions_off_touches_the_conform_alone() {
    check(|b| b.captions = Said::said(false), &["film", "segment"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_style_touches_no_word() {
    check(
        |b| b.style = Some(Said::said(Style::Noir)),
        &["clip", "film", "frame", "look", "portrait", "segment", "set"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_shape_leaves_script_and_cast_alone() {
    // The format is the caller's; only the set sheets follow the brief's shape by themselves.
    check(|b| b.aspect = Said::said(Aspect::Tall), &["set"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_voice_the_captions_carry_the_film() {
    let studio = Studio::new().await;
    for silent in [
        Brief { sound: Said::said(Sound::NoVoice), ..brief() },
        Brief { language: Said::said(Language::Ja), ..brief() },
    ] {
        let (report, made) = studio.run(&silent, Grade::Simple).await;
        let film = facts(&report);
        assert!(!film.voiced && !made.contains("voice"));
        assert!(film.timeline.shots.iter().any(|s| !s.captions.is_empty()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_picture_is_a_local_failure_and_the_rest_goes_on() {
    let studio = Studio::new().await;
    studio.images.refuse(Some("nobody in it"));
    let (report, _) = studio.run(&brief(), Grade::Simple).await;
    assert_eq!(report.outcome, RunOutcome::Failed);
    assert!(
        report
            .failures
            .iter()
            .all(|(slot, e)| slot.collection().as_str() == "set" && e.kind == engine::FailureKind::Refused)
    );
    assert!(report.results.keys().any(|slot| slot.as_str() == "film"), "a set sheet is no reason to have no film");
    studio.images.refuse(None);
    let before = studio.images.drawn();
    facts(&studio.run(&brief(), Grade::Simple).await.0);
    assert_eq!(studio.images.drawn() - before, report.failures.len() as u32, "only what failed is drawn again");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_names_the_crew_in_order() {
    let studio = Studio::new().await;
    let plan = engine::plan(&film_graph(&brief(), FORMAT, Grade::Medium, &studio.crew).expect("the graph is sound"));
    let names: Vec<_> = plan.steps.iter().map(|s| s.agent.0.as_str()).collect();
    for agent in [
        "style_determiner",
        "screenwriter",
        "character_extractor",
        "character_portraits",
        "scene_extractor",
        "scene_images",
        "storyboard_artist",
        "camera_images",
        "video_coordinator",
        "voice",
        "music",
        "post_processor",
    ] {
        assert!(names.contains(&agent), "{agent} is not in {names:?}");
    }
    assert_eq!(names.last(), Some(&"post_processor"));
}
