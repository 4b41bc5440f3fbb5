//! The command line as a program of its own.

fn main() -> std::process::ExitCode {
    cli::run(std::env::args_os())
}
