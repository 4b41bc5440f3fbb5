//! A studio of fakes, and what a run in it made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use agents::{CORES, Crew, FilmFacts, FilmFormat, Grade, Remote, Wishes, film_graph};
use async_trait::async_trait;
use engine::{Engine, Event, Patience, RunId, RunOrder, RunOutcome, RunReport, SystemClock, TaskState};
use models::{
    ChatModel, ChatReply, ChatRequest, Failure, Job, ModelIdentity, ModelsFile, OnText, SpeechModel, SpeechReply,
    SpeechRequest, Usage,
};
use story::{Brief, Language, Said, Script, Size, Storyboard};
use testkit::provider::{Arrays, FakeProvider, instance};
use testkit::{FakeClips, FakeImages, FakeMusic, FakeVoice, MemoryStore};

pub(crate) const FORMAT: FilmFormat = FilmFormat { size: Size { width: 160, height: 90 }, fps: 10 };

pub(crate) struct Studio {
    pub(crate) images: Arc<FakeImages>,
    pub(crate) crew: Crew,
    pub(crate) store: Arc<MemoryStore>,
    engine: Engine,
    runs: AtomicU32,
}

/// What came of a run.
pub(crate) struct Made {
    pub(crate) report: RunReport,
    /// The slots that were made, not found.
    pub(crate) slots: BTreeSet<String>,
}

impl Made {
    /// The collections in which something was made.
    pub(crate) fn collections(&self) -> BTreeSet<String> {
        self.slots.iter().map(|slot| slot.split('/').next().unwrap().to_owned()).collect()
    }

    /// The members of a collection that were made.
    pub(crate) fn of(&self, collection: &str) -> BTreeSet<String> {
        let members = self.slots.iter().filter_map(|slot| slot.split_once('/'));
        members.filter(|(of, _)| *of == collection).map(|(_, member)| member.to_owned()).collect()
    }

    /// A document of the run.
    pub(crate) fn read<T: serde::de::DeserializeOwned>(&self, slot: &str) -> T {
        let found = self.report.results.iter().find(|(s, _)| s.as_str() == slot);
        found.unwrap_or_else(|| panic!("no {slot}: {:?}", self.report.failures)).1.read().expect("it fits")
    }

    pub(crate) fn script(&self) -> Script {
        self.read("script")
    }

    pub(crate) fn boards(&self) -> Vec<Storyboard> {
        self.script().scenes.iter().map(|scene| self.read(&format!("board/{}", scene.id))).collect()
    }

    pub(crate) fn facts(&self) -> FilmFacts {
        facts(&self.report)
    }
}

impl Studio {
    pub(crate) async fn new() -> Self {
        let images = Arc::new(FakeImages::default());
        let crew = Crew {
            chat: None,
            image: images.clone(),
            video: None,
            animator: Arc::new(FakeClips),
            speech: Arc::new(FakeVoice),
            music: Arc::new(FakeMusic),
            ffmpeg: Arc::new(film::Ffmpeg::discover().await.expect("ffmpeg is installed")),
            remote: Remote::default(),
        };
        let engine = Engine::new([(CORES, 2)], Arc::new(SystemClock));
        Self { images, crew, store: Arc::new(MemoryStore::new()), engine, runs: AtomicU32::default() }
    }

    /// A studio whose pictures, clips and voices, and its thinking, come from a provider.
    pub(crate) async fn paid(provider: &FakeProvider) -> Self {
        let mut studio = Self::new().await;
        let file: ModelsFile = provider.models_file().parse().expect("a models file");
        let built = file.build(|_| None).expect("no key is needed");
        studio.crew.chat = built.chat;
        studio.crew.image = built.image.expect("pictures");
        studio.crew.video = built.video;
        studio.crew.speech = built.speech.expect("voices");
        studio.crew.remote = Remote { image: true, speech: true, music: false };
        studio
    }

    /// Makes the film of wishes.
    pub(crate) async fn make(&self, wishes: &Wishes, grade: Grade) -> Made {
        let number = self.runs.fetch_add(1, Ordering::SeqCst);
        let run = RunId(format!("run_{number}"));
        let tasks = film_graph(wishes, FORMAT, grade, &self.crew).expect("the graph is sound");
        let order = RunOrder { patience: Patience::Settle, ..RunOrder::new(run.clone(), tasks) };
        let report = self.engine.start(order, self.store.clone(), Arc::new(|_| {})).wait().await;
        let made = self.store.events_of(&run).into_iter().filter_map(|event| match event {
            Event::Task { slot, state: TaskState::Done { .. }, .. } => Some(slot.to_string()),
            _ => None,
        });
        Made { report, slots: made.collect() }
    }

    /// Makes the film of a brief; gives the report and the collections in which something was made.
    pub(crate) async fn run(&self, brief: &Brief, grade: Grade) -> (RunReport, BTreeSet<String>) {
        let made = self.make(&Wishes::of(brief), grade).await;
        let collections = made.collections();
        (made.report, collections)
    }
}

pub(crate) fn brief() -> Brief {
    Brief { duration_s: Said::said(12), ..Brief::about("an old fisherman who meets a white whale") }
}

pub(crate) fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}

pub(crate) fn facts(report: &RunReport) -> FilmFacts {
    assert_eq!(report.outcome, RunOutcome::Finished, "{:?} {:?}", report.failures, report.fault);
    film_of(report)
}

/// The film of a run that may have failed in part.
pub(crate) fn film_of(report: &RunReport) -> FilmFacts {
    let film = report.results.iter().find(|(slot, _)| slot.as_str() == "film");
    film.unwrap_or_else(|| panic!("no film: {:?}", report.failures)).1.read().expect("its facts")
}

/// Thinks in valid answers, or, as often as it is told, in answers that are of no use.
pub(crate) struct FakeChat {
    pub(crate) seed: u64,
    pub(crate) arrays: Arrays,
    /// How often an answer to each question is still of no use.
    wrong: Mutex<BTreeMap<String, u32>>,
    /// A text; no storyboard that is asked for with it is ever of use.
    pub(crate) hopeless: Mutex<Option<String>>,
    /// Every question, by the name of its schema.
    pub(crate) asked: Mutex<Vec<(String, ChatRequest)>>,
}

impl FakeChat {
    pub(crate) fn new(seed: u64, arrays: Arrays) -> Self {
        Self { seed, arrays, wrong: Mutex::default(), hopeless: Mutex::default(), asked: Mutex::default() }
    }

    /// The next answers to a question are of no use.
    pub(crate) fn mistake(&self, name: &str, times: u32) {
        self.wrong.lock().unwrap().insert(name.to_owned(), times);
    }

    pub(crate) fn questions(&self, name: &str) -> Vec<ChatRequest> {
        self.asked.lock().unwrap().iter().filter(|(of, _)| of == name).map(|(_, request)| request.clone()).collect()
    }

    pub(crate) fn count(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

#[async_trait]
impl ChatModel for FakeChat {
    fn identity(&self) -> ModelIdentity {
        ModelIdentity { provider: "fake".into(), model: "chat".into(), version: self.seed.to_string() }
    }

    async fn ask(&self, request: ChatRequest, _: Option<OnText>, job: Job) -> Result<ChatReply, Failure> {
        job.check()?;
        let schema = request.schema.clone().expect("a schema is asked for");
        self.asked.lock().unwrap().push((schema.name.clone(), request.clone()));
        let hopeless = self.hopeless.lock().unwrap().clone();
        let hopeless = hopeless.is_some_and(|t| schema.name == "storyboard" && request.messages[0].text.contains(&t));
        let mut wrong = self.wrong.lock().unwrap();
        let left = wrong.entry(schema.name.clone()).or_default();
        let text = if *left > 0 || hopeless {
            *left = left.saturating_sub(1);
            "{\"nothing\": \"of use\"}".to_owned()
        } else {
            let seed = format!("{} {}", self.seed, request.messages[0].text);
            instance(&schema.schema, &request.messages[0].text, seed.as_bytes(), self.arrays).to_string()
        };
        Ok(ChatReply { text, usage: Usage::default() })
    }
}

/// Speaks every line but those that hold a word.
pub(crate) struct Hoarse(pub(crate) String);

#[async_trait]
impl SpeechModel for Hoarse {
    fn identity(&self, language: Language) -> Option<ModelIdentity> {
        FakeVoice.identity(language)
    }

    async fn speak(&self, request: SpeechRequest, job: Job) -> Result<SpeechReply, Failure> {
        if request.text.contains(&self.0) {
            return Err(Failure::new(models::FailureKind::Refused, "the voice is gone"));
        }
        FakeVoice.speak(request, job).await
    }
}
