//! Settings that matter to films, what this machine has, and backups.

use std::path::Path;
use std::sync::PoisonError;

use library::Backup;
use orchestrator::Defaults;
use story::Language;

use super::App;
use crate::doctor;
use crate::problem::{bad_request, internal, not_found};
use crate::wire::{DoctorReport, Problem, Settings};

impl App {
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
}
