//! The words that the command line understands.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand};

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
    },
    /// List the projects.
    Projects {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Go on with a run that was stopped or cut off; the last one when none is named.
    Resume {
        /// The run, or its project.
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
    Understand,
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
    #[arg(long, value_parser = clap::value_parser!(u32).range(12..=60))]
    pub(crate) fps: Option<u32>,
    /// Take the defaults and start.
    #[arg(long)]
    pub(crate) yes: bool,
    /// Write every event as a JSON line to this file.
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
    /// Start the plan that comes of it, and wait for the film.
    #[arg(long)]
    pub(crate) yes: bool,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
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
    }
}
