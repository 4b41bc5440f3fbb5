//! Talking about a film, and the film itself.

use std::path::{Path, PathBuf};

use orchestrator::{BriefChange, FormInput};

use super::{App, id};
use crate::problem::{internal, not_found};
use crate::save;
use crate::wire::{BriefEdit, BriefForm, ChipField, Problem};

impl App {
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
