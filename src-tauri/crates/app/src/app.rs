//! The one object a front end holds.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use engine::{BlobHash, Engine, SystemClock};
use library::{Backup, Change, Library, Opened, ProjectId};
use orchestrator::{BriefChange, Conversation, Defaults, Direction, FormInput, Format};
use story::{Language, Size};
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

use crate::crew::BuiltinDirector;
use crate::once::Once;
use crate::problem::{bad_request, internal, not_found};
use crate::relay::relay;
use crate::view::project;
use crate::wire::{
    BriefEdit, BriefForm, ChipField, DoctorReport, HomeView, Problem, ProjectCard, ProjectEvent, ProjectView,
    RunSample, Settings, Trouble, UnfinishedRun,
};
use crate::{doctor, sample, save};

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
    relay: Mutex<Option<JoinHandle<()>>>,
    events: broadcast::Sender<Arc<ProjectEvent>>,
    samples: broadcast::Sender<RunSample>,
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
fn cores() -> u32 {
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

impl App {
    /// Opens the library under `home` and puts everything together. Errors say who holds the library, or what is
    /// wrong with the folder.
    pub async fn open(home: &Path) -> Result<Self, Problem> {
        Self::open_with(home, &Options::default()).await
    }

    /// [`App::open`] with wishes for the films that are made.
    pub async fn open_with(home: &Path, options: &Options) -> Result<Self, Problem> {
        let folder = home.to_owned();
        let opened = tokio::task::spawn_blocking(move || Library::open(&folder))
            .await
            .map_err(|e| internal(e.to_string()))??;
        // An empty library in the place of a damaged one is not a new one.
        let sample = options.sample && opened.trouble.is_none();
        let app = Self::over(opened, *options);
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
        Ok(Self::over(Opened { library, trouble: None }, Options::default()))
    }

    fn over(opened: Opened, options: Options) -> Self {
        let library = opened.library;
        let (events, _) = broadcast::channel(EVENTS_BEHIND);
        let (samples, _) = broadcast::channel(EVENTS_BEHIND);
        let engine = Engine::new([(agents::CORES, cores())], Arc::new(SystemClock));
        let tell = samples.clone();
        let watcher: orchestrator::Watcher = Arc::new(move |project, sample| {
            let percent = (sample.done * 100.0).round() as u32;
            let sample =
                RunSample { project: project.to_string(), run: sample.run.0, slot: sample.slot.to_string(), percent };
            // Nobody listening is no fault.
            let _ = tell.send(sample);
        });
        let director = Arc::new(BuiltinDirector::default());
        let direction = Direction::new(library.clone(), engine, director, watcher, cores(), options.format());
        let relay = Mutex::new(Some(tokio::spawn(relay(library.clone(), library.subscribe(), events.clone()))));
        let conversation = Conversation::new(direction.clone());
        let trouble = Mutex::new(opened.trouble);
        Self {
            inner: Arc::new(Inner {
                library,
                direction,
                conversation,
                trouble,
                once: Once::default(),
                relay,
                events,
                samples,
            }),
        }
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

    /// How many runs are going on.
    pub fn running(&self) -> watch::Receiver<usize> {
        self.inner.direction.running()
    }

    /// The home screen.
    pub async fn home(&self) -> Result<HomeView, Problem> {
        let library = &self.inner.library;
        let projects = library.projects().await?;
        let alive = |p: &ProjectId| self.inner.direction.run_of(p).is_some();
        let mut unfinished: Vec<UnfinishedRun> = Vec::new();
        for run in library.unfinished_runs().await?.into_iter().filter(|run| !alive(&run.project)) {
            let project = run.project.to_string();
            if !unfinished.iter().any(|u| u.project == project) {
                let title = projects.iter().find(|p| p.id == run.project).map(|p| p.title.clone()).unwrap_or_default();
                unfinished.push(UnfinishedRun { run: run.id.0, project, title });
            }
        }
        let obstacle = self.inner.direction.obstacle().await;
        let missing = obstacle.into_iter().map(|e| format!("{} {}", story::sentence_case(&e.to_string()), e.hint()));
        Ok(HomeView {
            projects: self.cards(&projects).await?,
            unfinished,
            trouble: self.inner.trouble.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(trouble_view),
            missing: missing.collect(),
        })
    }

    /// The projects, as the home screen has them.
    pub async fn projects(&self) -> Result<Vec<ProjectCard>, Problem> {
        self.cards(&self.inner.library.projects().await?).await
    }

    async fn cards(&self, projects: &[library::Project]) -> Result<Vec<ProjectCard>, Problem> {
        let sample = sample::of(&self.inner.library).await?;
        let card = |p: &library::Project| {
            let alive = self.inner.direction.run_of(&p.id).is_some();
            ProjectCard { sample: sample.as_ref() == Some(&p.id), ..project::card(p, alive) }
        };
        Ok(projects.iter().map(card).collect())
    }

    /// A project as a whole.
    pub async fn project(&self, project: &str) -> Result<ProjectView, Problem> {
        let id = id(project)?;
        let alive = self.inner.direction.run_of(&id).is_some();
        Ok(project::project_view(&self.inner.library, &id, alive).await?)
    }

    /// Makes an empty project; gives its id.
    pub async fn create_project(&self, request: &str) -> Result<String, Problem> {
        self.inner.once.run(request, async { Ok(self.inner.library.create_project("").await?.to_string()) }).await
    }

    /// Renames a project.
    pub async fn rename_project(&self, project: &str, title: &str) -> Result<(), Problem> {
        let clean = story::clean_text(title, 200);
        if clean.is_empty() {
            return Err(bad_request("A project needs a name.", "Type a name, or press Escape to keep the old one."));
        }
        let id = id(project)?;
        let before = self.inner.library.project(&id).await?;
        let told = serde_json::json!({ "type": "project", "title": clean, "stage": before.stage });
        let changes = vec![
            Change::Title(clean),
            Change::Document { name: "titled".into(), value: true.into() },
            Change::Event { run: None, body: told },
        ];
        self.inner.library.commit(&id, changes).await?;
        Ok(())
    }

    /// Copies a project; gives the copy's id.
    pub async fn duplicate_project(&self, project: &str, request: &str) -> Result<String, Problem> {
        self.inner
            .once
            .run(request, async {
                let of = id(project)?;
                let title = format!("{} (copy)", self.inner.library.project(&of).await?.title);
                Ok(self.inner.library.duplicate_project(&of, &title).await?.to_string())
            })
            .await
    }

    /// Puts a project into the trash; its run is stopped.
    pub async fn delete_project(&self, project: &str) -> Result<(), Problem> {
        let id = id(project)?;
        self.inner.direction.cancel(&id);
        self.inner.direction.settled(&id).await;
        Ok(self.inner.library.delete_project(&id).await?)
    }

    /// Takes a project out of the trash.
    pub async fn undelete_project(&self, project: &str) -> Result<(), Problem> {
        Ok(self.inner.library.undelete_project(&id(project)?).await?)
    }

    /// The person says something.
    pub async fn send_message(&self, project: &str, request: &str, text: &str) -> Result<(), Problem> {
        let work = async {
            let defaults = self.defaults().await?;
            self.inner.conversation.process_message(&id(project)?, text, &defaults).await?;
            Ok(String::new())
        };
        self.inner.once.run(request, work).await.map(drop)
    }

    /// The person changes a chip of the brief.
    pub async fn edit_brief(&self, project: &str, request: &str, edit: BriefEdit) -> Result<(), Problem> {
        let work = async {
            self.inner.conversation.edit_brief(&id(project)?, &brief_change(edit)).await?;
            Ok(String::new())
        };
        self.inner.once.run(request, work).await.map(drop)
    }

    /// The person fills the Idea2Video form.
    pub async fn submit_form(&self, project: &str, request: &str, form: BriefForm) -> Result<(), Problem> {
        let form = FormInput {
            idea: form.idea,
            style: form.style,
            seconds: form.seconds,
            ratio: form.ratio,
            mood: form.mood,
            voice: form.voice,
        };
        let work = async {
            self.inner.conversation.submit_form(&id(project)?, &form, &self.defaults().await?).await?;
            Ok(String::new())
        };
        self.inner.once.run(request, work).await.map(drop)
    }

    /// Starts the project's plan, or goes on with a run that was stopped, failed or interrupted; gives the run's id.
    pub async fn start(&self, project: &str, request: &str) -> Result<String, Problem> {
        self.inner.once.run(request, async { Ok(self.inner.direction.start(&id(project)?).await?.0) }).await
    }

    /// Stops the project's run; what was made is kept.
    #[expect(clippy::unused_async, reason = "every request is asked in the same way")]
    pub async fn cancel(&self, project: &str) -> Result<(), Problem> {
        self.inner.direction.cancel(&id(project)?);
        Ok(())
    }

    /// Makes a brief with another seed from the present one and starts it; gives the run's id.
    pub async fn another_version(&self, project: &str, request: &str) -> Result<String, Problem> {
        self.inner
            .once
            .run(request, async { Ok(self.inner.conversation.another_version(&id(project)?).await?.0) })
            .await
    }

    /// Copies the film, and its subtitles beside it, to a path of the person's choice; gives the film's path.
    pub async fn save_film(&self, project: &str, to: &Path) -> Result<PathBuf, Problem> {
        let view = self.project(project).await?;
        let film = view.film.ok_or_else(|| not_found("The project has no film yet."))?;
        let out = save::film_path(to);
        let mut files = Vec::new();
        for (media, extension) in [(&film.video, "mp4"), (&film.srt, "srt"), (&film.vtt, "vtt")] {
            let file = self.media(&media.id).await.ok_or_else(|| {
                not_found("The film's file is gone from the library. Make it again: what it was made from is kept.")
            })?;
            files.push((file.path, out.with_extension(extension)));
        }
        // The film itself comes last: when it is there, all is there.
        files.rotate_left(1);
        tokio::task::spawn_blocking(move || save::copy_whole(&files)).await.map_err(|e| internal(e.to_string()))??;
        Ok(out)
    }

    /// What new films start from.
    pub async fn settings(&self) -> Result<Settings, Problem> {
        let stored = self.inner.library.setting("settings").await?;
        Ok(stored.and_then(|v| serde_json::from_value(v).ok()).unwrap_or_default())
    }

    /// Changes what new films start from.
    pub async fn set_settings(&self, settings: Settings) -> Result<(), Problem> {
        let range = story::MIN_DURATION_S..=story::MAX_DURATION_S;
        if !range.contains(&settings.seconds) {
            return Err(bad_request(
                format!("A film of {} seconds cannot be made.", settings.seconds),
                &format!("Choose a length from {} to {} seconds.", range.start(), range.end()),
            ));
        }
        settings.ratio.parse::<story::Aspect>().map_err(|e| bad_request(story::sentence_case(&e.to_string()), ""))?;
        if !settings.language.is_empty() && Language::from_code(&settings.language).is_none() {
            return Err(bad_request(
                format!("{:?} is no language that films are made in.", settings.language),
                "Choose one of the list.",
            ));
        }
        let value = serde_json::to_value(&settings).map_err(|e| internal(e.to_string()))?;
        Ok(self.inner.library.set_setting("settings", value).await?)
    }

    pub(crate) async fn defaults(&self) -> Result<Defaults, Problem> {
        let settings = self.settings().await?;
        Ok(Defaults {
            seconds: settings.seconds,
            aspect: settings.ratio.parse().unwrap_or_default(),
            language: Language::from_code(&settings.language),
            captions: settings.captions,
        })
    }

    /// Looks at everything films need.
    pub async fn doctor(&self) -> Result<DoctorReport, Problem> {
        Ok(doctor::examine(self.inner.library.home()).await)
    }

    /// Looks at everything films need, without a library.
    pub async fn doctor_at(home: &Path) -> DoctorReport {
        doctor::examine(home).await
    }

    /// Puts a backup of the library in the place of an empty or damaged one; an empty name goes on without one.
    pub async fn restore_backup(&self, backup: &str) -> Result<(), Problem> {
        if backup.is_empty() {
            self.inner.library.begin_anew().await?;
        } else {
            let all = self.inner.library.backups()?;
            let found: Option<Backup> = all.into_iter().find(|b| b.path.display().to_string() == backup);
            self.inner
                .library
                .restore_backup(&found.ok_or_else(|| not_found(format!("There is no backup {backup}.")))?)
                .await?;
        }
        self.inner.trouble.lock().unwrap_or_else(PoisonError::into_inner).take();
        Ok(())
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
        self.inner.direction.close().await;
        let relay = self.inner.relay.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(relay) = relay {
            relay.abort();
            // Cancelled is how it ends.
            let _ = relay.await;
        }
    }
}

fn trouble_view(trouble: &library::Trouble) -> Trouble {
    Trouble {
        message: "The library could not be read: its database is damaged. The damaged file is kept, and Workprint has started with an empty library.".to_owned(),
        kept: trouble.kept.display().to_string(),
        backup: trouble.backup.as_ref().map(|b| b.path.display().to_string()).unwrap_or_default(),
        backup_made: trouble.backup.as_ref().map(|b| b.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()).unwrap_or_default(),
    }
}

fn brief_change(edit: BriefEdit) -> BriefChange {
    let value = edit.value;
    match edit.field {
        ChipField::Theme => BriefChange::Theme(value),
        ChipField::Style => BriefChange::Style(value),
        ChipField::Mood => BriefChange::Mood(value),
        ChipField::Length => BriefChange::Length(value),
        ChipField::Ratio => BriefChange::Ratio(value),
        ChipField::Cast => BriefChange::Cast(value),
        ChipField::Language => BriefChange::Language(value),
        ChipField::Sound => BriefChange::Sound(value),
        ChipField::Captions => BriefChange::Captions(value),
        ChipField::Special => BriefChange::Special(value),
    }
}
