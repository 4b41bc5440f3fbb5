//! The crew: the built-in models, or those of a models file in their place, once the tools they need are there.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use agents::{Crew, Remote};
use async_trait::async_trait;
use builtin::animator::Animator;
use builtin::composer::Composer;
use builtin::illustrator::Illustrator;
use builtin::voice::Voice;
use engine::{Engine, Provider};
use film::{Ffmpeg, FilmError};
use models::{Built, ModelsFile, ProviderLimits, Secret};
use orchestrator::{CrewError, Director};
use tokio::sync::OnceCell;

/// How many crews are remembered; each is of one models file.
const REMEMBERED: usize = 8;

/// Puts crews together. ffmpeg is looked for until it is found, so that installing it needs no restart.
pub(crate) struct StudioDirector {
    engine: Engine,
    builtin: OnceCell<Crew>,
    built: Mutex<Vec<(ModelsFile, Crew)>>,
}

impl StudioDirector {
    /// A director whose models are limited in this engine.
    pub(crate) fn new(engine: Engine) -> Self {
        Self { engine, builtin: OnceCell::new(), built: Mutex::default() }
    }

    async fn builtin(&self) -> Result<Crew, CrewError> {
        let crew = self.builtin.get_or_try_init(|| async {
            let ffmpeg = Arc::new(Ffmpeg::discover().await?);
            let voice = tokio::task::spawn_blocking(Voice::discover)
                .await
                .map_err(|e| FilmError::Draw { detail: format!("looking for voices broke off: {e}") })?;
            Ok::<_, FilmError>(Crew {
                chat: None,
                image: Arc::new(Illustrator::new()),
                video: Arc::new(Animator::new()),
                speech: Arc::new(voice),
                music: Arc::new(Composer),
                ffmpeg,
                remote: Remote::default(),
            })
        });
        Ok(crew.await?.clone())
    }

    fn limit(&self, limits: &BTreeMap<String, ProviderLimits>) {
        for (provider, limits) in limits {
            let provider = Provider(provider.clone());
            self.engine.limit(&provider, None, engine_limits(limits.all));
            for (kind, limits) in &limits.of_kind {
                self.engine.limit(&provider, Some(kind.as_str()), engine_limits(*limits));
            }
        }
    }
}

fn engine_limits(limits: models::Limits) -> engine::Limits {
    engine::Limits {
        at_once: limits.concurrent,
        per_minute: limits.calls_per_minute,
        tokens_per_minute: limits.tokens_per_minute,
    }
}

/// The built-in crew with the models of a file in the place of its own.
fn with_models(crew: Crew, built: Built) -> Crew {
    Crew {
        remote: Remote {
            image: built.image.is_some(),
            video: built.video.is_some(),
            speech: built.speech.is_some(),
            music: false,
        },
        chat: built.chat.or(crew.chat),
        image: built.image.unwrap_or(crew.image),
        video: built.video.unwrap_or(crew.video),
        speech: built.speech.unwrap_or(crew.speech),
        music: crew.music,
        ffmpeg: crew.ffmpeg,
    }
}

/// The key in an environment variable.
fn key(variable: &str) -> Option<Secret> {
    Secret::new(&std::env::var(variable).ok()?)
}

#[async_trait]
impl Director for StudioDirector {
    async fn crew(&self, models: Option<&ModelsFile>) -> Result<Crew, CrewError> {
        let builtin = self.builtin().await?;
        let Some(file) = models else { return Ok(builtin) };
        let remembered = |built: &Vec<(ModelsFile, Crew)>| {
            built.iter().find(|(known, _)| known == file).map(|(_, crew)| crew.clone())
        };
        if let Some(crew) = remembered(&self.built.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(crew);
        }
        let built = file.build(key).map_err(CrewError::Model)?;
        self.limit(&built.limits);
        let crew = with_models(builtin, built);
        let mut all = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() == REMEMBERED {
            all.remove(0);
        }
        all.push((file.clone(), crew.clone()));
        Ok(crew)
    }
}
