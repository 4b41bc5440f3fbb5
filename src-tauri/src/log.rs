//! The log: one file a day in the data folder, fourteen of them kept. What people write and what films are made of is
//! never logged; ids, states and durations are.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// How many days are kept.
const DAYS: usize = 14;

/// Starts to log; what is not yet written when the guard is dropped, is then. `None` when the folder cannot be
/// written: the program runs on without a log, and the library will say what is wrong.
pub(crate) fn start(home: &Path) -> Option<WorkerGuard> {
    let folder = home.join("logs");
    std::fs::create_dir_all(&folder).ok()?;
    let daily =
        RollingFileAppender::builder().rotation(Rotation::DAILY).filename_prefix("workprint").filename_suffix("log");
    let (writer, guard) = tracing_appender::non_blocking(daily.max_log_files(DAYS).build(folder).ok()?);
    let filter = EnvFilter::try_from_env("WORKPRINT_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_env_filter(filter).try_init().ok()?;
    std::panic::set_hook(Box::new(|panic| {
        // The place alone: a message may hold somebody's words.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a fault in the program");
    }));
    Some(guard)
}
