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
use models::{Built, ChatModel, Failure, FailureKind, KeyRef, ModelsFile, ProviderLimits, Secret};
use orchestrator::{CrewError, Director};
use tokio::sync::OnceCell;

use crate::keys::Keys;

/// How many models files are remembered, with their models.
const REMEMBERED: usize = 8;

/// Puts crews together. ffmpeg is looked for until it is found, so that installing it needs no restart.
pub(crate) struct StudioDirector {
    engine: Engine,
    keys: Arc<Keys>,
    builtin: OnceCell<Crew>,
    built: Mutex<Vec<(ModelsFile, KeyRing, Built)>>,
}

/// The keys that a models file needs, as far as they are there.
type KeyRing = BTreeMap<KeyRef, Secret>;

impl StudioDirector {
    /// A director whose models are limited in this engine, and whose keys lie there.
    pub(crate) fn new(engine: Engine, keys: Arc<Keys>) -> Self {
        Self { engine, keys, builtin: OnceCell::new(), built: Mutex::default() }
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
                video: None,
                animator: Arc::new(Animator::new()),
                speech: Arc::new(voice),
                music: Arc::new(Composer),
                ffmpeg,
                remote: Remote::default(),
            })
        });
        Ok(crew.await?.clone())
    }

    async fn ring(&self, file: &ModelsFile) -> Result<KeyRing, CrewError> {
        let mut ring = KeyRing::new();
        for place in file.models().into_values().filter_map(|table| table.key.as_ref()) {
            if ring.contains_key(place) {
                continue;
            }
            let key = self.keys.get(place).await.map_err(|locked| {
                CrewError::Model(Failure::new(FailureKind::Auth, locked.to_string()).hint(locked.hint()))
            })?;
            if let Some(key) = key {
                ring.insert(place.clone(), key);
            }
        }
        Ok(ring)
    }

    /// The models of a file, ready to be called with the keys as they are now.
    async fn built(&self, file: &ModelsFile) -> Result<Built, CrewError> {
        let ring = self.ring(file).await?;
        let mut all = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((.., built)) = all.iter().find(|(known, with, _)| known == file && *with == ring) {
            return Ok(built.clone());
        }
        // With another key it is not called any more.
        all.retain(|(known, ..)| known != file);
        let built = file.build(|place| ring.get(place).cloned()).map_err(CrewError::Model)?;
        self.limit(&built.limits);
        if all.len() == REMEMBERED {
            all.remove(0);
        }
        all.push((file.clone(), ring, built.clone()));
        Ok(built)
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
        remote: Remote { image: built.image.is_some(), speech: built.speech.is_some(), music: false },
        chat: built.chat.or(crew.chat),
        image: built.image.unwrap_or(crew.image),
        video: built.video,
        animator: crew.animator,
        speech: built.speech.unwrap_or(crew.speech),
        music: crew.music,
        ffmpeg: crew.ffmpeg,
    }
}

#[async_trait]
impl Director for StudioDirector {
    async fn crew(&self, models: Option<&ModelsFile>) -> Result<Crew, CrewError> {
        let builtin = self.builtin().await?;
        match models {
            None => Ok(builtin),
            Some(file) => Ok(with_models(builtin, self.built(file).await?)),
        }
    }

    async fn chat(&self, models: Option<&ModelsFile>) -> Option<Arc<dyn ChatModel>> {
        self.built(models?).await.ok()?.chat
    }
}
