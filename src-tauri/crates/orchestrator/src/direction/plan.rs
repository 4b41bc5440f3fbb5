//! Plans: what the film of an edition takes, before anything is started.

use agents::film_graph;
use engine::TaskSpec;
use film::FilmError;
use library::ProjectId;
use story::Brief;

use super::{CrewError, Desk, Direction};
use crate::replies::{Reply, say};
use crate::{ConversationError, Edition, PlanRecord, grade};

/// Text is quoted first.
fn is_text(kind: &str) -> bool {
    kind == "chat"
}

impl Direction {
    /// Plans the current edition anew.
    pub(crate) async fn plan_into(&self, desk: &mut Desk) -> Result<(), ConversationError> {
        let Some(edition) = desk.edition().cloned() else {
            desk.record.plan = None;
            return Ok(());
        };
        // On the heap: a plan looks through the whole graph, and a thread's stack is small.
        let mut plan = Box::pin(self.plan_of(desk, &edition)).await?;
        plan.cap = self.lowest_cap(desk).await?;
        desk.record.plan = Some(plan);
        Ok(())
    }

    /// The plan of an edition. What is missing on this machine becomes the plan's obstacle.
    async fn plan_of(&self, desk: &Desk, edition: &Edition) -> Result<PlanRecord, ConversationError> {
        let (complexity, why) = grade(&said(&edition.brief));
        let mut record = PlanRecord {
            plan: engine::Plan::default(),
            complexity,
            why,
            seconds: (0, 0),
            obstacle: String::new(),
            cached: 0,
            text: Default::default(),
            media: Default::default(),
            cap: None,
            review: edition.review,
        };
        let tasks = match self.graph(desk, edition).await {
            Ok(tasks) => tasks,
            Err(obstacle) => {
                record.obstacle = obstacle;
                return Ok(record);
            }
        };
        let history = self.library().measured().await?;
        record.plan = engine::plan_with(&tasks, &history);
        let (least, most) = record.plan.expected_ms(self.inner.side_by_side);
        record.seconds = (least.div_ceil(1000), most.div_ceil(1000));
        record.text = record.plan.price_of(is_text);
        record.media = record.plan.price_of(|kind| !is_text(kind));
        record.cached = self.made_already(desk, edition, &tasks).await?;
        Ok(record)
    }

    /// The tasks of an edition's film, or what keeps it from being made, in words.
    pub(super) async fn graph(&self, desk: &Desk, edition: &Edition) -> Result<Vec<TaskSpec>, String> {
        let brief = &edition.brief;
        let crew = match self.inner.director.crew(desk.record.models.as_ref()).await {
            Ok(crew) => crew,
            Err(CrewError::Film(FilmError::NoFfmpeg { .. })) => return Err(say(&Reply::NoFfmpeg, desk.language())),
            Err(error) => return Err(format!("{error} {}", error.hint()).trim().to_owned()),
        };
        let (complexity, _) = grade(&said(brief));
        let format = super::runs::kept_format(desk, edition).unwrap_or_else(|| self.inner.format.of(brief));
        film_graph(&edition.wishes(), format, complexity.to_grade(), &crew).map_err(|e| e.to_string())
    }

    /// The models file that a project's films are made with from now on, without keys; `None` for those of the settings.
    pub async fn use_models(
        &self,
        project: &ProjectId,
        models: Option<models::ModelsFile>,
    ) -> Result<(), ConversationError> {
        let mut desk = self.desk(project).await?;
        self.exchange_models(&mut desk, models, false).await
    }

    /// A project's models are these from now on; what its film takes is planned anew.
    async fn exchange_models(
        &self,
        desk: &mut Desk,
        models: Option<models::ModelsFile>,
        follow: bool,
    ) -> Result<(), ConversationError> {
        desk.record.models_follow = follow;
        desk.record.models = models;
        self.plan_into(desk).await?;
        self.commit(desk).await
    }

    /// The models of the settings, for a project that nothing was made in yet and that has no models file of its own. What
    /// was begun with other models goes on with those. The plan is made anew, so that its price is the one that is paid.
    pub async fn follow_models(
        &self,
        project: &ProjectId,
        models: Option<models::ModelsFile>,
    ) -> Result<(), ConversationError> {
        let mut desk = self.desk(project).await?;
        let own = desk.record.models.is_some() && !desk.record.models_follow;
        if own || !desk.snapshot.runs.is_empty() || desk.record.models == models {
            return Ok(());
        }
        let follow = models.is_some();
        self.exchange_models(&mut desk, models, follow).await
    }

    /// The models file that a project's films are made with, without keys; `None` for the built-in models.
    pub async fn models_of(&self, project: &ProjectId) -> Result<Option<models::ModelsFile>, ConversationError> {
        Ok(self.desk(project).await?.record.models.clone())
    }

    /// The models of the settings, for a project whatever was made in it. What others made is kept, and what they would make
    /// anew is planned; nothing is started.
    pub async fn take_models(
        &self,
        project: &ProjectId,
        models: Option<models::ModelsFile>,
    ) -> Result<(), ConversationError> {
        let mut desk = self.desk(project).await?;
        if desk.record.models == models {
            return Ok(());
        }
        // The film that is there comes of none of the editions as they would be made now.
        desk.record.film_of.clear();
        desk.record.film_outdated = desk.record.has_film;
        let follow = models.is_some();
        self.exchange_models(&mut desk, models, follow).await
    }
}

/// Who acts: those who were named on the cast chip, otherwise those whom the theme names.
pub fn cast_of(brief: &Brief) -> Vec<String> {
    if brief.characters.is_empty() { crate::parameters::actors(&brief.theme) } else { brief.characters.clone() }
}

/// What of a brief was said, for grading it.
pub(super) fn said(brief: &Brief) -> crate::Parameters {
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
