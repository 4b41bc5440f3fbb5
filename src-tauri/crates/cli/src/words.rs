//! The words that the command line understands.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand};

use crate::export::ExportWords;

/// Turns an idea into a film, on this machine.
#[derive(Debug, Parser)]
#[command(
    name = "workprint-cli",
    version,
    about,
    after_help = "WORKPRINT_HOME moves all data; WORKPRINT_FFMPEG names another ffmpeg."
)]
pub(crate) struct Words {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a film in a new project; prints where it is.
    Film(FilmWords),
    /// Say something in a project, or in a new one.
    Say(SayWords),
    /// Show the plan and price of a message, making nothing.
    Plan {
        /// What the film should be about.
        message: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Make it with the models of this file.
        #[arg(long, value_name = "FILE.toml")]
        models: Option<PathBuf>,
    },
    /// List the projects.
    Projects {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Go on with a run that was stopped, cut off or waits; the last one when none is named.
    Resume(ResumeWords),
    /// Take the last decision about a film back.
    Undo(HistoryWords),
    /// Make the decision again that was taken back last.
    Redo(HistoryWords),
    /// List the takes of a frame, a clip or another result.
    Takes {
        /// The project.
        project: String,
        /// Where it belongs ("frame/sh_…").
        slot: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Approve of what is there: a take, or a review stop that waits, after which the run goes on.
    Approve {
        /// The project.
        project: String,
        /// Where it belongs ("frame/sh_…", "review/outline").
        slot: String,
    },
    /// Show what was paid for.
    Ledger {
        /// The project; all of them when none is named.
        project: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Save the film, its sound, its subtitles, the script, the storyboard or the whole project as a file; prints where.
    Export(ExportWords),
    /// Open a project file (.workprint) as a new project; prints its id.
    Import {
        /// The file.
        file: PathBuf,
    },
    /// Print the record of a run as JSON lines, the last one when none is named.
    Events {
        /// The run.
        run: Option<String>,
    },
    /// Say what is there and what is missing for making films.
    Doctor {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Draw a contact sheet: one labelled picture for each noun, place or style.
    Sheet(SheetWords),
    /// Understand messages: JSON lines in, JSON lines out.
    Understand {
        /// What the rules are not sure of is read by the chat model of this file.
        #[arg(long, value_name = "FILE.toml")]
        models: Option<PathBuf>,
    },
    /// Make a film of the given length and print how long each stage took.
    #[command(hide = true)]
    Bench {
        /// Seconds of film.
        #[arg(default_value_t = 30)]
        seconds: u32,
    },
}

#[derive(Debug, Args)]
pub(crate) struct FilmWords {
    /// What the film should be about.
    pub(crate) message: String,
    /// Save the film here (subtitles beside it); otherwise it stays in the library.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// The picture size, for example 1280x720.
    #[arg(long, value_parser = size)]
    pub(crate) size: Option<(u32, u32)>,
    /// Frames a second.
    #[arg(long, value_parser = clap::value_parser!(u32).range(8..=60))]
    pub(crate) fps: Option<u32>,
    /// Take the defaults and start.
    #[arg(long)]
    pub(crate) yes: bool,
    /// Make it with the models of this file.
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) models: Option<PathBuf>,
    /// Stop after each stage, to be looked at.
    #[arg(long)]
    pub(crate) review: bool,
    /// Spend no more than so many US dollars in a run.
    #[arg(long, value_name = "DOLLARS", value_parser = dollars)]
    pub(crate) cap: Option<u32>,
    /// Yes to sending calls again of which nobody knows whether they were done; they may cost twice.
    #[arg(long)]
    pub(crate) send_again: bool,
    /// Write the record of the run to this file, as JSON lines.
    #[arg(long)]
    pub(crate) events: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ResumeWords {
    /// The run, or its project.
    pub(crate) run: Option<String>,
    /// Save the film here (subtitles beside it); otherwise it stays in the library.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Yes to sending calls again of which nobody knows whether they were done; they may cost twice.
    #[arg(long)]
    pub(crate) send_again: bool,
    /// From now on, spend no more than so many US dollars where a cap was reached.
    #[arg(long, value_name = "DOLLARS", value_parser = dollars)]
    pub(crate) cap: Option<u32>,
    /// Write the record of the run to this file, as JSON lines.
    #[arg(long)]
    pub(crate) events: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct SayWords {
    /// What to say.
    pub(crate) message: String,
    /// The project; a new one when none is named.
    #[arg(long)]
    pub(crate) project: Option<String>,
    /// Start the plan, or apply the change, that comes of it, and wait for the film.
    #[arg(long)]
    pub(crate) yes: bool,
    /// From now on, make the project's films with the models of this file.
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) models: Option<PathBuf>,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct HistoryWords {
    /// The project; the one that changed last when none is named.
    #[arg(long)]
    pub(crate) project: Option<String>,
}

#[derive(Debug, Args)]
#[group(skip)]
#[command(group = ArgGroup::new("of").required(true).args(["nouns", "places", "styles"]))]
pub(crate) struct SheetWords {
    /// A file with one noun a line.
    #[arg(long)]
    pub(crate) nouns: Option<PathBuf>,
    /// Every place.
    #[arg(long)]
    pub(crate) places: bool,
    /// Every style.
    #[arg(long)]
    pub(crate) styles: bool,
    /// Where to write the PNG.
    #[arg(long)]
    pub(crate) out: PathBuf,
}

/// A size such as 1280x720.
fn size(text: &str) -> Result<(u32, u32), String> {
    let wrong = || format!("{text:?} is not a size: write it like 1280x720, both even, from 144 to 4096");
    let (w, h) = text.split_once(['x', 'X', '×']).ok_or_else(wrong)?;
    let side = |s: &str| {
        s.trim().parse().ok().filter(|n: &u32| (144..=4096).contains(n) && n.is_multiple_of(2)).ok_or_else(wrong)
    };
    Ok((side(w)?, side(h)?))
}

/// US dollars ("2.50"), as millionths.
fn dollars(text: &str) -> Result<u32, String> {
    let wrong = || format!("{text:?} is no sum in dollars: write it like 2.50, from 0 to 4000");
    let sum: f64 = text.trim().trim_start_matches('$').parse().map_err(|_| wrong())?;
    if (0.0..=4000.0).contains(&sum) { Ok((sum * 1e6).round() as u32) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sound_and_sizes_are_checked() {
        use clap::CommandFactory;
        Words::command().debug_assert();
        assert_eq!(size("1280x720"), Ok((1280, 720)));
        for bad in ["1280", "0x0", "1281x720", "99999x2", "axb"] {
            assert!(size(bad).is_err(), "{bad}");
        }
        assert_eq!((dollars("2.50"), dollars("$0.01")), (Ok(2_500_000), Ok(10_000)));
        for bad in ["", "two", "-1", "NaN", "1e9"] {
            assert!(dollars(bad).is_err(), "{bad}");
        }
    }
}
