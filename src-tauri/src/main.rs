//! The program: its window, or the command line when it is called with the command line's words.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    let words = std::env::args().nth(1).is_some_and(|word| cli::COMMANDS.contains(&word.as_str()));
    if words { cli::run(std::env::args_os()) } else { workprint_shell::run() }
}
