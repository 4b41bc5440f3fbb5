//! A library in a temporary folder, and a studio of fakes that makes films for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use agents::{CORES, Crew, Remote};
use async_trait::async_trait;
use engine::{Engine, Event, RunId, SystemClock, TaskState};
use library::{Library, ProjectId};
use models::{ChatModel, ModelsFile};
use orchestrator::{
    Change, Conversation, CrewError, Defaults, Direction, Director, Edition, Format, Held, ProjectRecord, Proposal,
    edition_of,
};
use story::{Script, Size, Storyboard};
use testkit::provider::{Arrays, FakeProvider, ProviderOptions};
use testkit::{FakeClips, FakeImages, FakeMusic, FakeVoice};

/// The crew that a test works with.
struct Fakes(Crew);

#[async_trait]
impl Director for Fakes {
    async fn crew(&self, models: Option<&ModelsFile>) -> Result<Crew, CrewError> {
        let mut crew = self.0.clone();
        if let Some(file) = models {
            let built = file.build(|_| None).map_err(CrewError::Model)?;
            crew.image = built.image.unwrap_or(crew.image);
            crew.video = built.video;
            crew.speech = built.speech.unwrap_or(crew.speech);
            crew.remote = Remote { image: true, speech: true, music: false };
        }
        Ok(crew)
    }

    async fn chat(&self, models: Option<&ModelsFile>) -> Option<Arc<dyn ChatModel>> {
        models?.build(|_| None).ok()?.chat
    }
}

pub(crate) struct Studio {
    pub(crate) images: Arc<FakeImages>,
    pub(crate) direction: Direction,
    pub(crate) conversation: Conversation,
    home: tempfile::TempDir,
}

async fn crew(images: &Arc<FakeImages>) -> Crew {
    Crew {
        chat: None,
        image: images.clone(),
        video: None,
        animator: Arc::new(FakeClips),
        speech: Arc::new(FakeVoice),
        music: Arc::new(FakeMusic),
        ffmpeg: Arc::new(film::Ffmpeg::discover().await.expect("ffmpeg is installed")),
        remote: Remote::default(),
    }
}

fn directed(library: Library, crew: Crew) -> Direction {
    let engine = Engine::new([(CORES, 6)], Arc::new(SystemClock));
    let format = Format { short_side: 144, fps: 8, size: Some(Size { width: 96, height: 54 }) };
    Direction::new(library, engine, Arc::new(Fakes(crew)), Arc::new(|_, _| {}), 2, format)
}

/// Its conversation, where it does not count how busy this machine is.
fn talking(direction: &Direction) -> Conversation {
    Conversation::new(direction.clone()).making_at_once(u32::MAX)
}

/// A provider that does everything for money, and quickly.
pub(crate) async fn provider() -> FakeProvider {
    let options = ProviderOptions { arrays: Arrays::Most, ..ProviderOptions::quick() };
    FakeProvider::start(options).await.expect("a port")
}

/// Its models file, without the model that thinks.
pub(crate) fn models_of(provider: &FakeProvider) -> ModelsFile {
    let mut file: ModelsFile = provider.models_file().parse().expect("a models file");
    file.chat = None;
    file
}

impl Studio {
    pub(crate) async fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let library = Library::open(home.path()).unwrap().library;
        let images = Arc::new(FakeImages::default());
        let direction = directed(library, crew(&images).await);
        Self { images, conversation: talking(&direction), direction, home }
    }

    /// The same library in another life of the program.
    pub(crate) async fn restarted(self) -> Self {
        let Self { images, direction, conversation, home } = self;
        direction.close().await;
        drop((direction, conversation));
        let library = loop {
            match Library::open(home.path()) {
                Ok(opened) => break opened.library,
                // Whoever wrote the end of a run still holds it.
                Err(library::LibraryError::Held { .. }) => tokio::task::yield_now().await,
                Err(error) => panic!("{error}"),
            }
        };
        let direction = directed(library, crew(&images).await);
        Self { images, conversation: talking(&direction), direction, home }
    }

    pub(crate) fn library(&self) -> &Library {
        self.direction.library()
    }

    pub(crate) async fn project(&self) -> ProjectId {
        self.library().create_project("").await.unwrap()
    }

    pub(crate) async fn say(&self, project: &ProjectId, text: &str) -> Held {
        self.conversation.process_message(project, text, &Defaults::default()).await.unwrap()
    }

    /// A project with a finished film.
    pub(crate) async fn film(&self, about: &str) -> ProjectId {
        let project = self.project().await;
        self.say(&project, about).await;
        self.direction.start(&project).await.unwrap();
        self.direction.settled(&project).await;
        let record = self.record(&project).await;
        assert!(record.has_film, "{:?}", self.last_words(&project).await);
        project
    }

    pub(crate) async fn record(&self, project: &ProjectId) -> ProjectRecord {
        let value = self.library().document(project, "record").await.unwrap().expect("a record");
        serde_json::from_value(value).unwrap()
    }

    pub(crate) async fn edition(&self, project: &ProjectId) -> Option<Edition> {
        let snapshot = self.library().snapshot(project).await.unwrap();
        edition_of(self.library(), &snapshot).await.unwrap()
    }

    pub(crate) async fn open(&self, project: &ProjectId) -> Option<Proposal> {
        self.direction.open_proposal(project).await.unwrap()
    }

    /// What was said last, as it is stored.
    pub(crate) async fn last_words(&self, project: &ProjectId) -> String {
        let messages = self.library().messages(project).await.unwrap();
        messages.last().map(|message| message.body.to_string()).unwrap_or_default()
    }

    async fn read<T: serde::de::DeserializeOwned + Default>(&self, project: &ProjectId, slot: &str) -> T {
        let key = self.library().slots(project).await.unwrap().into_iter().find(|(s, _)| s.as_str() == slot);
        let Some((_, key)) = key else { return T::default() };
        self.library().artifact(&key).await.unwrap().expect("it is stored").read().unwrap()
    }

    pub(crate) async fn script(&self, project: &ProjectId) -> Script {
        self.read::<Option<Script>>(project, "script").await.expect("a script")
    }

    pub(crate) async fn boards(&self, project: &ProjectId) -> Vec<Storyboard> {
        let mut boards = Vec::new();
        for scene in self.script(project).await.scenes {
            boards.extend(self.read::<Option<Storyboard>>(project, &format!("board/{}", scene.id)).await);
        }
        boards
    }

    /// The slots that a run made, and those that it found made.
    pub(crate) async fn made(&self, project: &ProjectId, run: &RunId) -> (BTreeSet<String>, BTreeSet<String>) {
        let mut states: BTreeMap<String, bool> = BTreeMap::new();
        for stored in self.library().run_events(project, run).await.unwrap() {
            if let Ok(Event::Task { slot, state, .. }) = serde_json::from_value((*stored.body).clone()) {
                match state {
                    TaskState::Done { .. } => states.insert(slot.to_string(), true),
                    TaskState::Cached { .. } => states.insert(slot.to_string(), false),
                    _ => None,
                };
            }
        }
        let (made, found): (Vec<_>, Vec<_>) = states.into_iter().partition(|(_, made)| *made);
        (made.into_iter().map(|(s, _)| s).collect(), found.into_iter().map(|(s, _)| s).collect())
    }

    /// Proposes changes and applies them; gives the proposal and the slots that the run made.
    pub(crate) async fn change(&self, project: &ProjectId, changes: Vec<Change>) -> (Proposal, BTreeSet<String>) {
        let proposal = self.direction.propose(project, changes).await.unwrap();
        let applied =
            self.direction.apply(project, &proposal.id, &orchestrator::Choices::default(), true).await.unwrap();
        let orchestrator::Decided::Made { run: Some(run), .. } = applied else { panic!("{applied:?}") };
        self.direction.settled(project).await;
        (proposal, self.made(project, &run).await.0)
    }
}
