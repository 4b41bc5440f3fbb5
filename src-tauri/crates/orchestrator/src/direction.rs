//! Plans and runs: from a brief to a started run, and from its end to what the project remembers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use agents::{Crew, FilmFacts, FilmFormat, Grade, film_graph};
use async_trait::async_trait;
use engine::{Engine, Plan, RunHandle, RunId, RunOrder, RunOutcome, RunReport, Sample, Store};
use film::FilmError;
use library::{Change, Library, MessageId, ProjectId, Snapshot, new_run_id};
use story::{Brief, Language, Size};
use tokio::sync::watch;

use crate::conversation::{event, message_changes};
use crate::replies::{Reply, say};
use crate::{Body, ConversationError, Message, PlanRecord, RunRecord, grade};

/// Who puts the crew together: the models that are set up and the tools of this machine, as they are now.
#[async_trait]
pub trait Director: Send + Sync {
    /// The crew, or what is missing for one.
    async fn crew(&self) -> Result<Crew, FilmError>;
}

/// The format that films are made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// The shorter side of the picture, in pixels.
    pub short_side: u32,
    /// Frames a second.
    pub fps: u32,
    /// A size that counts instead of the brief's shape.
    pub size: Option<Size>,
}

impl Format {
    /// The format of the film of a brief.
    fn of(self, brief: &Brief) -> FilmFormat {
        FilmFormat { size: self.size.unwrap_or_else(|| brief.aspect.value.size(self.short_side)), fps: self.fps }
    }
}

/// Told of the progress of running tasks.
pub type Watcher = Arc<dyn Fn(&ProjectId, Sample) + Send + Sync>;

/// Plans and starts runs. Cheap to clone.
#[derive(Clone)]
pub struct Direction {
    inner: Arc<Inner>,
}

struct Inner {
    library: Library,
    engine: Engine,
    director: Arc<dyn Director>,
    watcher: Watcher,
    side_by_side: u32,
    format: Format,
    stores: Mutex<BTreeMap<ProjectId, Arc<dyn Store>>>,
    runs: Mutex<BTreeMap<ProjectId, RunHandle>>,
    starting: tokio::sync::Mutex<()>,
    running: watch::Sender<usize>,
}

impl Direction {
    /// Directs over a library. `side_by_side` is how many local tasks can go on at once, `format` what
    /// films are made in.
    pub fn new(
        library: Library,
        engine: Engine,
        director: Arc<dyn Director>,
        watcher: Watcher,
        side_by_side: u32,
        format: Format,
    ) -> Self {
        let inner = Inner {
            library,
            engine,
            director,
            watcher,
            side_by_side,
            format,
            stores: Mutex::default(),
            runs: Mutex::default(),
            starting: tokio::sync::Mutex::default(),
            running: watch::channel(0).0,
        };
        Self { inner: Arc::new(inner) }
    }

    /// The library.
    pub fn library(&self) -> &Library {
        &self.inner.library
    }

    /// How many runs are going on.
    pub fn running(&self) -> watch::Receiver<usize> {
        self.inner.running.subscribe()
    }

    /// The run of a project that is going on.
    pub fn run_of(&self, project: &ProjectId) -> Option<RunId> {
        self.runs().get(project).map(|handle| handle.id().clone())
    }

    fn runs(&self) -> std::sync::MutexGuard<'_, BTreeMap<ProjectId, RunHandle>> {
        self.inner.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The store of a project, always the same one.
    fn store(&self, project: &ProjectId) -> Arc<dyn Store> {
        let mut stores = self.inner.stores.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(stores.entry(project.clone()).or_insert_with(|| self.inner.library.project_store(project)))
    }

    /// What keeps films from being made here; `None` when nothing does.
    pub async fn obstacle(&self) -> Option<FilmError> {
        self.inner.director.crew().await.err()
    }

    /// Plans the film of a brief. What is missing on this machine becomes the plan's obstacle.
    pub async fn plan(&self, brief: &Brief) -> PlanRecord {
        let (complexity, why) = grade(&said(brief));
        let format = self.inner.format.of(brief);
        let graph = match self.inner.director.crew().await {
            Ok(crew) => film_graph(brief, format, complexity.to_grade(), &crew).map_err(|e| e.to_string()),
            Err(FilmError::NoFfmpeg { .. }) => Err(say(&Reply::NoFfmpeg, brief.language.value)),
            Err(error) => Err(format!("{error} {}", error.hint())),
        };
        match graph {
            Ok(tasks) => {
                let plan = engine::plan(&tasks);
                let (least, most) = plan.expected_ms(self.inner.side_by_side);
                PlanRecord {
                    plan,
                    complexity,
                    why,
                    seconds: (least.div_ceil(1000), most.div_ceil(1000)),
                    obstacle: String::new(),
                }
            }
            Err(obstacle) => PlanRecord { plan: Plan::default(), complexity, why, seconds: (0, 0), obstacle },
        }
    }

    /// Starts the project's plan; a run that is going on is given instead of a second one.
    pub async fn start(&self, project: &ProjectId) -> Result<RunId, ConversationError> {
        // One start at a time, so that two requests at once cannot start two runs.
        let _starting = self.inner.starting.lock().await;
        if let Some(run) = self.run_of(project) {
            return Ok(run);
        }
        let snapshot = self.inner.library.snapshot(project).await?;
        let record = crate::conversation::record_of(&snapshot)?;
        let brief = record.brief.clone().ok_or(ConversationError::NothingToStart)?;
        brief.check()?;
        let crew = self.inner.director.crew().await?;
        let order = RunRecord {
            grade: record.plan.as_ref().map_or(Grade::Simple, |p| p.complexity.to_grade()),
            format: unfinished_format(&snapshot, &brief).unwrap_or_else(|| self.inner.format.of(&brief)),
            brief,
        };
        let tasks = film_graph(&order.brief, order.format, order.grade, &crew).map_err(ConversationError::Graph)?;

        let run = new_run_id();
        let mut changes: Vec<Change> = snapshot
            .runs
            .iter()
            .filter(|r| r.outcome.is_none())
            .map(|r| Change::RunEnded { id: r.id.clone(), outcome: RunOutcome::Cancelled })
            .collect();
        changes.push(Change::RunStarted {
            id: run.clone(),
            order: serde_json::to_value(&order).map_err(|e| ConversationError::unstorable(&e))?,
        });
        changes.push(Change::Stage("making".into()));
        changes.push(event(
            None,
            "project",
            &serde_json::json!({ "title": snapshot.project.title, "stage": "making" }),
        ));
        changes.extend(message_changes(&MessageId::new(), &Message::reply(Body::Run { run: run.clone() }))?);

        self.inner.library.commit(project, changes).await?;
        let (watcher, watched) = (Arc::clone(&self.inner.watcher), project.clone());
        let samples = Arc::new(move |sample| watcher(&watched, sample));
        let handle = self.inner.engine.start(RunOrder::new(run.clone(), tasks), self.store(project), samples);
        self.runs().insert(project.clone(), handle.clone());
        self.inner.running.send_modify(|n| *n += 1);
        tracing::info!(%project, %run, "a run started");
        let (direction, project, language) = (self.clone(), project.clone(), order.brief.language.value);
        let ordered = order.brief;
        tokio::spawn(async move {
            let report = handle.wait().await;
            if let Err(error) = direction.finish(&project, handle.id(), &report, &ordered, language).await {
                tracing::error!(%project, %error, "the end of a run could not be written");
            }
            direction.forget(&project);
        });
        Ok(run)
    }

    fn forget(&self, project: &ProjectId) {
        if self.runs().remove(project).is_some() {
            self.inner.running.send_modify(|n| *n = n.saturating_sub(1));
        }
    }

    /// Stops the project's run; what was made is kept.
    pub fn cancel(&self, project: &ProjectId) {
        if let Some(handle) = self.runs().get(project) {
            handle.cancel();
        }
    }

    /// Stops every run and waits until their ends are written.
    pub async fn close(&self) {
        let handles: Vec<_> = self.runs().values().cloned().collect();
        for handle in &handles {
            handle.cancel();
        }
        let mut running = self.running();
        // The sender lives as long as `self`.
        let _ = running.wait_for(|n| *n == 0).await;
    }

    /// Waits until the project has no run that is going on.
    pub async fn settled(&self, project: &ProjectId) {
        let mut running = self.running();
        while self.run_of(project).is_some() {
            if running.changed().await.is_err() {
                return;
            }
        }
    }

    async fn finish(
        &self,
        project: &ProjectId,
        run: &RunId,
        report: &RunReport,
        made_from: &Brief,
        language: Language,
    ) -> Result<(), ConversationError> {
        let snapshot = self.inner.library.snapshot(project).await?;
        let mut record = crate::conversation::record_of(&snapshot)?;
        let film = report.results.iter().find(|(slot, _)| slot.as_str() == "film").map(|(_, artifact)| artifact);
        let facts = film.and_then(|f| f.read::<FilmFacts>().ok());
        let mut changes = vec![Change::RunEnded { id: run.clone(), outcome: report.outcome }];
        let mut title = snapshot.project.title.clone();
        let stage;
        match (report.outcome, film, facts) {
            (RunOutcome::Finished, Some(film), Some(facts)) => {
                stage = "film";
                if title.is_empty() || !snapshot.documents.contains_key("titled") {
                    title.clone_from(&facts.title);
                    changes.push(Change::Title(title.clone()));
                }
                if let Some(poster) = film.blobs.iter().find(|b| b.role == "poster") {
                    changes.push(Change::Cover(Some(poster.clone())));
                }
                let duration_ms = facts.timeline.duration_ms();
                changes.push(Change::Duration(Some(u64::from(duration_ms))));
                record.has_film = true;
                record.film_outdated = record.brief.as_ref() != Some(made_from);
                let seconds = (duration_ms + 500) / 1000;
                let text = say(&Reply::FilmReady { title: title.clone(), seconds }, language);
                changes.extend(message_changes(
                    &MessageId::new(),
                    &Message::reply(Body::Film { text, key: film.key.clone() }),
                )?);
            }
            (RunOutcome::Cancelled, ..) => stage = if record.has_film { "film" } else { "unfinished" },
            _ => {
                stage = "unfinished";
                let first = report.fault.clone().or_else(|| report.failures.first().map(|(_, e)| e.clone()));
                if let Some(error) = first {
                    let text = say(&Reply::RunFailed, language);
                    changes.extend(message_changes(&MessageId::new(), &Message::reply(Body::Trouble { text, error }))?);
                }
            }
        }
        changes.push(Change::Stage(stage.into()));
        changes.push(event(None, "project", &serde_json::json!({ "title": title, "stage": stage })));
        changes.extend(crate::conversation::record_changes(&record)?);
        self.inner.library.commit(project, changes).await?;
        tracing::info!(%project, %run, made = report.made, reused = report.reused, outcome = ?report.outcome, "a run ended");
        Ok(())
    }
}

/// Who acts: those who were named on the cast chip, otherwise those whom the theme names.
pub fn cast_of(brief: &Brief) -> Vec<String> {
    if brief.characters.is_empty() { crate::parameters::actors(&brief.theme) } else { brief.characters.clone() }
}

/// The format of a run of this brief that did not finish: to go on with it is to keep what it made.
fn unfinished_format(snapshot: &Snapshot, brief: &Brief) -> Option<FilmFormat> {
    let last = snapshot.runs.last().filter(|run| run.outcome != Some(RunOutcome::Finished))?;
    let order: RunRecord = serde_json::from_value(last.order.clone()).ok()?;
    (order.brief == *brief).then_some(order.format)
}

/// What of a brief was said, for grading it.
fn said(brief: &Brief) -> crate::Parameters {
    crate::Parameters {
        theme: Some(brief.theme.clone()),
        characters: cast_of(brief),
        scenes: brief.scenes.clone(),
        scene_count: brief.scene_count,
        duration: brief.duration_s.is_said().then_some(brief.duration_s.value),
        special_requirements: brief.special.clone(),
        ..crate::Parameters::default()
    }
}
