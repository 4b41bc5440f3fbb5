//! The command line: translates words and exit codes to requests of the app. No logic of its own.
//!
//! Results go to standard output, progress and troubles to standard error. Exit codes: 0 done, 1 failed, 2 wrong use,
//! 3 needs an answer or an approval, 130 cancelled.

mod bench;
mod commands;
mod decide;
mod exit;
mod export;
mod film;
mod follow;
mod money;
mod print;
mod say;
mod waits;
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
    "undo",
    "redo",
    "takes",
    "approve",
    "ledger",
    "export",
    "import",
    "events",
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

/// The command line as clap has it, for its manual page and its completions.
pub fn command() -> clap::Command {
    <Words as clap::CommandFactory>::command()
}

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
            Command::Resume(order) => film::resume(order).await,
            Command::Say(order) => say::say(order).await,
            Command::Plan { message, json, models } => commands::plan(&message, json, models.as_deref()).await,
            Command::Undo(order) => decide::undo(order).await,
            Command::Redo(order) => decide::redo(order).await,
            Command::Takes { project, slot, json } => decide::takes(&project, &slot, json).await,
            Command::Approve { project, slot } => decide::approve(&project, &slot).await,
            Command::Ledger { project, json } => money::ledger(project.as_deref(), json).await,
            Command::Export(order) => export::export(order).await,
            Command::Import { file } => export::import(file).await,
            Command::Events { run } => commands::events(run.as_deref()).await,
            Command::Projects { json } => commands::projects(json).await,
            Command::Doctor { json } => commands::doctor(json).await,
            Command::Sheet(order) => commands::sheet(order).await,
            Command::Understand { models } => commands::understand(models.as_deref()).await,
            Command::Bench { seconds } => bench::bench(seconds).await,
        }
    });
    // A cancelled run may have left a blocking call; the exit code does not wait for it.
    runtime.shutdown_background();
    code.into()
}
