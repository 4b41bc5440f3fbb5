//! The command line: translates words and exit codes to requests of the app. No logic of its own.
//!
//! Results go to standard output, progress and troubles to standard error. Exit codes: 0 done, 1 failed, 2 wrong use,
//! 3 needs an answer or an approval, 130 cancelled.

mod bench;
mod commands;
mod exit;
mod film;
mod follow;
mod print;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use exit::Exit;
use words::{Command, Words};

/// The words that make a call one of the command line's; without one the program opens its window.
pub const COMMANDS: &[&str] = &[
    "film",
    "say",
    "plan",
    "projects",
    "resume",
    "doctor",
    "sheet",
    "understand",
    "bench",
    "help",
    "--help",
    "-h",
    "--version",
    "-V",
];

/// Runs the command line.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words = match Words::try_parse_from(args) {
        Ok(words) => words,
        Err(error) => {
            // Help and version are not wrong use; clap knows where each of them is printed.
            let wrong = error.use_stderr();
            let _ = error.print();
            return if wrong { Exit::WrongUse.into() } else { Exit::Done.into() };
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            print::trouble(&format!("The program could not start: {error}"));
            return Exit::Failed.into();
        }
    };
    let code = runtime.block_on(async {
        match words.command {
            Command::Film(order) => film::film(order).await,
            Command::Resume { run } => film::resume(run).await,
            Command::Say(order) => commands::say(order).await,
            Command::Plan { message, json } => commands::plan(&message, json).await,
            Command::Projects { json } => commands::projects(json).await,
            Command::Doctor { json } => commands::doctor(json).await,
            Command::Sheet(order) => commands::sheet(order).await,
            Command::Understand => commands::understand(),
            Command::Bench { seconds } => bench::bench(seconds).await,
        }
    });
    // A cancelled run may have left a blocking call; the exit code does not wait for it.
    runtime.shutdown_background();
    code.into()
}
