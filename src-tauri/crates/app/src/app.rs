//! The one object a front end holds.

mod care;
mod changes;
mod exports;
mod films;
mod models;
mod money;
mod projects;
mod runs;
mod settings;
mod takes;
mod trials;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use engine::{BlobHash, Engine, Slot, SystemClock};
use library::{Library, Opened, ProjectId};
use orchestrator::{Conversation, Direction, Format};
use story::Size;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

use crate::crew::StudioDirector;
use crate::keys::{Keychain, Keys, SystemKeychain};
use crate::once::Once;
use crate::problem::{internal, not_found};
use crate::relay::relay;
use crate::sample;
use crate::wire::{Problem, ProjectEvent, RunSample, TextSample};

pub use models::LOCAL_PORTS;

/// Frames a second of every film.
const FPS: u32 = 30;
/// The shorter side of the picture, in pixels, unless `WORKPRINT_SHORT_SIDE` says otherwise.
const SHORT_SIDE: u32 = 720;
/// How many events a slow front end may be behind before it has to take a snapshot.
const EVENTS_BEHIND: usize = 4096;

/// A stored file that a front end may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its media type.
    pub media: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// The whole program behind a front end. Cheap to clone. Every method returns soon: what takes long goes on inside
/// and is heard of through [`App::events`]. `request` is an id that the caller makes; the same request twice is done
/// once.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    library: Library,
    direction: Direction,
    conversation: Conversation,
    trouble: Mutex<Option<library::Trouble>>,
    once: Once,
    exports: exports::Exports,
    models: models::Models,
    relay: Mutex<Option<JoinHandle<()>>>,
    events: broadcast::Sender<Arc<ProjectEvent>>,
    samples: broadcast::Sender<RunSample>,
    texts: broadcast::Sender<TextSample>,
}

/// The relay holds the library open; without anybody to relay to, it must not.
impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(relay) = self.relay.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            relay.abort();
        }
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("home", &self.inner.library.home()).finish_non_exhaustive()
    }
}

/// How many local tasks can go on at once: one a core.
pub(crate) fn cores() -> u32 {
    std::thread::available_parallelism().map_or(2, |n| n.get() as u32)
}

/// What a call may ask for beyond the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Width and height in pixels, both even; the film then has this size whatever shape its brief names.
    pub size: Option<(u32, u32)>,
    /// Frames a second.
    pub fps: Option<u32>,
    /// Begin a new library with the sample project.
    pub sample: bool,
}

impl Options {
    fn format(self) -> Format {
        let set = std::env::var("WORKPRINT_SHORT_SIDE").ok().and_then(|s| s.parse().ok());
        let short_side = set.filter(|s| (144..=2160).contains(s)).unwrap_or(SHORT_SIDE);
        Format {
            short_side,
            fps: self.fps.unwrap_or(FPS),
            size: self.size.map(|(width, height)| Size { width, height }),
        }
    }
}

fn id(project: &str) -> Result<ProjectId, Problem> {
    Ok(ProjectId::try_from(project.to_owned())?)
}

fn slot(name: &str) -> Result<Slot, Problem> {
    Slot::new(name).map_err(|_| not_found(format!("There is nothing called {name}.")))
}

impl App {
    /// Opens the library under `home` and puts everything together. Errors say who holds the library, or what is
    /// wrong with the folder.
    pub async fn open(home: &Path) -> Result<Self, Problem> {
        Self::open_with(home, &Options::default()).await
    }

    /// [`App::open`] with wishes for the films that are made.
    pub async fn open_with(home: &Path, options: &Options) -> Result<Self, Problem> {
        Self::open_with_keychain(home, options, Arc::new(SystemKeychain::of(home))).await
    }

    /// [`App::open_with`] where keys are kept elsewhere than in the system's keychain.
    pub async fn open_with_keychain(
        home: &Path,
        options: &Options,
        keychain: Arc<dyn Keychain>,
    ) -> Result<Self, Problem> {
        let folder = home.to_owned();
        let opened = tokio::task::spawn_blocking(move || Library::open(&folder))
            .await
            .map_err(|e| internal(e.to_string()))??;
        // An empty library in the place of a damaged one is not a new one.
        let sample = options.sample && opened.trouble.is_none();
        let app = Self::over(opened, *options, keychain);
        if sample && let Err(problem) = sample::offer(&app.inner.library).await {
            tracing::warn!(?problem, "the sample project could not be made");
        }
        Ok(app)
    }

    /// Opens the library for reading alone, without holding it.
    pub async fn open_read_only(home: &Path) -> Result<Self, Problem> {
        let folder = home.to_owned();
        let library = tokio::task::spawn_blocking(move || Library::open_read_only(&folder))
            .await
            .map_err(|e| internal(e.to_string()))??;
        let keychain = Arc::new(SystemKeychain::of(home));
        Ok(Self::over(Opened { library, trouble: None }, Options::default(), keychain))
    }

    fn over(opened: Opened, options: Options, keychain: Arc<dyn Keychain>) -> Self {
        let library = opened.library;
        let (events, _) = broadcast::channel(EVENTS_BEHIND);
        let (samples, _) = broadcast::channel(EVENTS_BEHIND);
        let (texts, _) = broadcast::channel(EVENTS_BEHIND);
        let engine = Engine::new([(agents::CORES, cores())], Arc::new(SystemClock));
        let tell = samples.clone();
        let watcher: orchestrator::Watcher = Arc::new(move |project, sample| {
            let percent = (sample.done * 100.0).round() as u32;
            let sample =
                RunSample { project: project.to_string(), run: sample.run.0, slot: sample.slot.to_string(), percent };
            // Nobody listening is no fault.
            let _ = tell.send(sample);
        });
        let keys = Arc::new(Keys::new(keychain, library.home()));
        let director = Arc::new(StudioDirector::new(engine.clone(), Arc::clone(&keys)));
        let direction = Direction::new(library.clone(), engine, director, watcher, cores(), options.format());
        let relay =
            Mutex::new(Some(tokio::spawn(relay(library.clone(), library.subscribe(), events.clone(), cores()))));
        let tell = texts.clone();
        let listener: orchestrator::Listener = Arc::new(move |sample: orchestrator::TextSample| {
            // Nobody listening is no fault.
            let _ = tell.send(TextSample { project: sample.project.to_string(), text: sample.text });
        });
        let conversation = Conversation::new(direction.clone()).with_listener(listener);
        let trouble = Mutex::new(opened.trouble);
        Self {
            inner: Arc::new(Inner {
                library,
                direction,
                conversation,
                trouble,
                once: Once::default(),
                exports: exports::Exports::new(EVENTS_BEHIND),
                models: models::Models::new(keys, EVENTS_BEHIND),
                relay,
                events,
                samples,
                texts,
            }),
        }
    }

    /// Does what a request asks for once, however often it comes.
    async fn once<T>(&self, request: &str, work: impl Future<Output = Result<T, Problem>>) -> Result<(), Problem> {
        let work = async {
            work.await?;
            Ok(String::new())
        };
        self.inner.once.run(request, work).await.map(drop)
    }

    pub(crate) fn library(&self) -> &Library {
        &self.inner.library
    }

    pub(crate) fn conversation(&self) -> &Conversation {
        &self.inner.conversation
    }

    pub(crate) fn direction(&self) -> &Direction {
        &self.inner.direction
    }

    /// State changes of all projects, in order per project.
    pub fn events(&self) -> broadcast::Receiver<Arc<ProjectEvent>> {
        self.inner.events.subscribe()
    }

    /// Progress of running tasks.
    pub fn samples(&self) -> broadcast::Receiver<RunSample> {
        self.inner.samples.subscribe()
    }

    /// A language model's answers while they come.
    pub fn texts(&self) -> broadcast::Receiver<TextSample> {
        self.inner.texts.subscribe()
    }

    /// How many runs are going on.
    pub fn running(&self) -> watch::Receiver<usize> {
        self.inner.direction.running()
    }

    /// A stored file by its id.
    pub async fn media(&self, id: &str) -> Option<MediaFile> {
        let hash = BlobHash::try_from(id.to_owned()).ok()?;
        let blob = self.inner.library.blob_by_hash(&hash).await.ok()??;
        Some(MediaFile { path: blob.path, media: blob.media, bytes: blob.bytes })
    }

    /// The data folder.
    pub fn home_path(&self) -> &Path {
        self.inner.library.home()
    }

    /// Ends: running tasks are stopped, what was made is kept, everything is on disk when this returns.
    pub async fn close(&self) {
        self.inner.exports.end();
        self.inner.direction.close().await;
        let relay = self.inner.relay.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(relay) = relay {
            relay.abort();
            // Cancelled is how it ends.
            let _ = relay.await;
        }
    }
}
