//! The crew of the built-in studio, put together once the tools it needs are there.

use std::sync::Arc;

use agents::{Crew, Remote};
use async_trait::async_trait;
use builtin::animator::Animator;
use builtin::composer::Composer;
use builtin::illustrator::Illustrator;
use builtin::voice::Voice;
use film::{Ffmpeg, FilmError};
use models::ModelsFile;
use orchestrator::{CrewError, Director};
use tokio::sync::OnceCell;

/// Puts the built-in crew together. ffmpeg is looked for until it is found, so that installing it needs no restart.
#[derive(Default)]
pub(crate) struct BuiltinDirector {
    crew: OnceCell<Crew>,
}

#[async_trait]
impl Director for BuiltinDirector {
    async fn crew(&self, _models: Option<&ModelsFile>) -> Result<Crew, CrewError> {
        let crew = self
            .crew
            .get_or_try_init(|| async {
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
            })
            .await?;
        Ok(crew.clone())
    }
}
