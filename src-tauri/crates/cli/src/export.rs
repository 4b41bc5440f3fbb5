//! Taking something out of a project, and bringing a project in.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use app::App;
use app::wire::{ExportCaptions, ExportFormat, ExportOrder};
use clap::{Args, ValueEnum};
use tokio_util::sync::CancellationToken;

use crate::commands::ended;
use crate::exit::Exit;
use crate::print;

/// What something is taken out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The film, a scene or a shot of it
    Mp4,
    /// Its sound, uncompressed
    Wav,
    /// Its sound
    Mp3,
    /// Subtitles, SubRip
    Srt,
    /// Subtitles, WebVTT
    Vtt,
    /// The script for screenwriting programs
    Fountain,
    /// The script as plain text
    #[value(alias = "text")]
    Txt,
    /// The script on pages
    #[value(name = "script-pdf", alias = "pdf")]
    ScriptPdf,
    /// The storyboard on pages
    #[value(name = "storyboard-pdf", alias = "storyboard")]
    StoryboardPdf,
    /// The drawn frames, as a folder of PNG files
    #[value(alias = "frames")]
    Png,
    /// The shot list
    #[value(alias = "shot-list")]
    Csv,
    /// A moving picture
    Gif,
    /// One picture
    Still,
    /// The whole project, to be opened elsewhere
    #[value(alias = "project")]
    Workprint,
}

/// What becomes of the captions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Captions {
    /// In the picture
    Burned,
    /// A track that players can switch on
    Track,
    /// None
    Off,
}

#[derive(Debug, Args)]
pub(crate) struct ExportWords {
    /// The project.
    project: String,
    /// What to save it as.
    #[arg(long = "as", value_name = "FORMAT")]
    format: Format,
    /// Where to; the ending is added when it is missing. Otherwise here, under the project's name.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// One scene alone, from 1.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    scene: Option<u32>,
    /// One shot alone: its number in the scene or, without a scene, in the film.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    shot: Option<u32>,
    /// The moment of a still, in seconds.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    at: Option<u32>,
    /// The picture size: 720p, 1080p or the shorter side in pixels.
    #[arg(long, value_parser = height)]
    size: Option<u32>,
    /// What becomes of the captions; as the film has them otherwise.
    #[arg(long)]
    captions: Option<Captions>,
    /// Without captions.
    #[arg(long, conflicts_with = "captions")]
    no_captions: bool,
    /// Of a project: leave out earlier takes, decisions and runs.
    #[arg(long)]
    no_history: bool,
    /// Replace what is there.
    #[arg(long)]
    force: bool,
}

impl ExportWords {
    fn order(&self) -> ExportOrder {
        let format = match self.format {
            Format::Mp4 => ExportFormat::Mp4,
            Format::Wav => ExportFormat::Wav,
            Format::Mp3 => ExportFormat::Mp3,
            Format::Srt => ExportFormat::Srt,
            Format::Vtt => ExportFormat::Vtt,
            Format::Fountain => ExportFormat::Fountain,
            Format::Txt => ExportFormat::Text,
            Format::ScriptPdf => ExportFormat::ScriptPdf,
            Format::StoryboardPdf => ExportFormat::StoryboardPdf,
            Format::Png => ExportFormat::Pictures,
            Format::Csv => ExportFormat::ShotList,
            Format::Gif => ExportFormat::Gif,
            Format::Still => ExportFormat::Still,
            Format::Workprint => ExportFormat::Project,
        };
        let captions = match self.captions {
            _ if self.no_captions => ExportCaptions::Off,
            None => ExportCaptions::AsMade,
            Some(Captions::Burned) => ExportCaptions::Burned,
            Some(Captions::Track) => ExportCaptions::Track,
            Some(Captions::Off) => ExportCaptions::Off,
        };
        ExportOrder {
            format,
            height: self.size,
            captions,
            scene: self.scene,
            shot: self.shot,
            at_ms: self.at,
            history: !self.no_history,
        }
    }
}

/// A picture size as people say it.
fn height(text: &str) -> Result<u32, String> {
    let wrong = || format!("{text:?} is no size: write 720p, 1080p, or a number from 144 to 2160");
    let number = text.trim().trim_end_matches(['p', 'P']).parse().map_err(|_| wrong())?;
    if (144..=2160).contains(&number) { Ok(number) } else { Err(wrong()) }
}

/// Seconds as milliseconds.
fn seconds(text: &str) -> Result<u32, String> {
    let wrong = || format!("{text:?} is no time: write seconds, like 12.5");
    let number: f64 = text.trim().parse().map_err(|_| wrong())?;
    if (0.0..=100_000.0).contains(&number) { Ok((number * 1000.0).round() as u32) } else { Err(wrong()) }
}

pub(crate) async fn export(words: ExportWords) -> Exit {
    ended(
        async {
            let order = words.order();
            // Reading is enough, so that it works beside an open window.
            let app = App::open_read_only(&app::home_folder()).await?;
            let out = match &words.out {
                Some(out) => out.clone(),
                None => PathBuf::from(app.export_name(&words.project, &order).await?),
            };
            let cancel = CancellationToken::new();
            let told = AtomicU32::new(0);
            let tell = Arc::new(move |done: f32| {
                let tenth = (done * 10.0) as u32;
                if told.fetch_max(tenth, Ordering::SeqCst) < tenth {
                    print::note(&format!("{}%", tenth * 10));
                }
            });
            let work = app.export(&words.project, &order, (&out, words.force), &cancel, tell);
            let mut work = Box::pin(work);
            let saved = tokio::select! {
                saved = &mut work => saved?,
                _ = tokio::signal::ctrl_c() => {
                    cancel.cancel();
                    work.await?
                }
            };
            print::line(&saved.display().to_string());
            Ok(Exit::Done)
        }
        .await,
    )
}

pub(crate) async fn import(file: PathBuf) -> Exit {
    ended(
        async {
            let app = App::open(&app::home_folder()).await?;
            let project = app.import_project("", &file).await?;
            print::line(&project);
            app.close().await;
            Ok(Exit::Done)
        }
        .await,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_read_as_they_are_said() {
        assert_eq!((height("720p"), height("1080P"), height("480")), (Ok(720), Ok(1080), Ok(480)));
        assert_eq!((seconds("12.5"), seconds("0")), (Ok(12_500), Ok(0)));
        assert!(height("big").is_err() && height("4").is_err() && seconds("-1").is_err() && seconds("NaN").is_err());
    }
}
