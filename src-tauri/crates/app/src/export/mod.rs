//! Taking something out of a project: what is wanted is gathered from the library, and `film` makes the file.

mod gather;
mod make;
mod parts;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use film::export::Over;
use library::ProjectId;
use tokio_util::sync::CancellationToken;

use crate::App;
use crate::problem::{bad_request, internal, unwritable};
use crate::wire::{ExportFormat, ExportOrder, Problem};

/// Told how far an export is, from 0 to 1.
pub(crate) type Tell = Arc<film::Progress>;

/// The largest picture that is asked for, and the smallest.
const SHORT_SIDES: std::ops::RangeInclusive<u32> = 144..=2160;

/// An export with everything it needs.
pub(crate) struct Export<'a> {
    pub(crate) app: &'a App,
    pub(crate) project: ProjectId,
    pub(crate) order: &'a ExportOrder,
    pub(crate) out: PathBuf,
    pub(crate) over: Over,
    pub(crate) cancel: &'a CancellationToken,
    pub(crate) tell: Tell,
}

/// The ending of the file names of a format; a folder has none.
pub(crate) fn ending(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Mp4 => "mp4",
        ExportFormat::Wav => "wav",
        ExportFormat::Mp3 => "mp3",
        ExportFormat::Srt => "srt",
        ExportFormat::Vtt => "vtt",
        ExportFormat::Fountain => "fountain",
        ExportFormat::Text => "txt",
        ExportFormat::ScriptPdf | ExportFormat::StoryboardPdf => "pdf",
        ExportFormat::Pictures => "",
        ExportFormat::ShotList => "csv",
        ExportFormat::Gif => "gif",
        ExportFormat::Still => "png",
        ExportFormat::Project => "workprint",
    }
}

/// The file name that is proposed for an export of a project with this title.
pub(crate) fn proposed_name(title: &str, order: &ExportOrder) -> String {
    let part = match (order.scene, order.shot) {
        (Some(scene), Some(shot)) => format!(" - shot {scene}-{shot}"),
        (Some(scene), None) => format!(" - scene {scene}"),
        (None, Some(shot)) => format!(" - shot {shot}"),
        (None, None) => String::new(),
    };
    let what = match order.format {
        ExportFormat::ScriptPdf => " - script",
        ExportFormat::StoryboardPdf => " - storyboard",
        ExportFormat::Pictures => " - frames",
        ExportFormat::ShotList => " - shot list",
        ExportFormat::Still => " - still",
        _ => "",
    };
    // The title is cut where it is too long, what is said of it never.
    let title: String = film::export::file_name(title, "").chars().take(80).collect();
    film::export::file_name(&format!("{title}{part}{what}"), ending(order.format))
}

/// Where an export goes: the place that was chosen, with the ending that its kind has. What gets another name than was
/// chosen was not asked about, so it replaces nothing.
pub(crate) fn place(chosen: &Path, format: ExportFormat, over: Over) -> (PathBuf, Over) {
    let ending = ending(format);
    let has_it = chosen.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
    if ending.is_empty() || has_it {
        return (chosen.to_owned(), over);
    }
    let mut name = chosen.as_os_str().to_owned();
    name.push(format!(".{ending}"));
    (PathBuf::from(name), Over::Never)
}

/// Refuses what nobody can mean.
pub(crate) fn check(order: &ExportOrder) -> Result<(), Problem> {
    if order.height.is_some_and(|height| !SHORT_SIDES.contains(&height)) {
        let (least, most) = (SHORT_SIDES.start(), SHORT_SIDES.end());
        return Err(bad_request(
            "A film cannot be saved in that size.",
            &format!("Choose from {least} to {most} pixels."),
        ));
    }
    if order.scene == Some(0) || order.shot == Some(0) {
        return Err(bad_request("Scenes and shots count from 1.", ""));
    }
    Ok(())
}

impl Export<'_> {
    /// Does it; gives where it is.
    pub(crate) async fn run(self) -> Result<PathBuf, Problem> {
        check(self.order)?;
        let out = std::path::absolute(&self.out).map_err(|e| unwritable(&self.out, &e))?;
        if let Some(folder) = out.parent() {
            tokio::fs::create_dir_all(folder).await.map_err(|e| unwritable(folder, &e))?;
        }
        Box::pin(make::make(&Export { out: out.clone(), ..self })).await?;
        Ok(out)
    }
}

/// What does not travel with a project: which models it is made with, and what may be spent. Somebody else's file must
/// not send this person's keys to a server of its choice, nor raise a cap.
pub(crate) fn travel(document: &mut serde_json::Value) {
    if let Some(fields) = document.as_object_mut() {
        fields.remove("models");
        fields.remove("caps");
    }
}

/// Does something that blocks.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|e| internal(e.to_string()))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_it_is_and_a_chosen_one_is_kept() {
        let order = |format| ExportOrder::of(format);
        let check = |order: &ExportOrder, name: &str| assert_eq!(proposed_name("The Keeper: a tale", order), name);
        check(&order(ExportFormat::Mp4), "The Keeper a tale.mp4");
        check(&order(ExportFormat::StoryboardPdf), "The Keeper a tale - storyboard.pdf");
        check(&order(ExportFormat::Pictures), "The Keeper a tale - frames");
        let shot = ExportOrder { scene: Some(2), shot: Some(1), ..order(ExportFormat::Gif) };
        check(&shot, "The Keeper a tale - shot 2-1.gif");
        assert!(proposed_name(&"x".repeat(300), &order(ExportFormat::ShotList)).ends_with("x - shot list.csv"));

        let at = |path: &str| place(Path::new(path), ExportFormat::ScriptPdf, Over::Replace);
        assert_eq!(at("/x/a.PDF"), (PathBuf::from("/x/a.PDF"), Over::Replace));
        assert_eq!(at("/x/v1.2"), (PathBuf::from("/x/v1.2.pdf"), Over::Never), "nobody was asked about that one");
    }
}
