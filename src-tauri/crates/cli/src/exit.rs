//! Exit codes.

use std::process::ExitCode;

use app::wire::{ErrorCode, Problem};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done,
    /// Failed.
    Failed,
    /// Called with wrong words or values.
    WrongUse,
    /// Needs an answer or an approval.
    NeedsAnswer,
    /// Stopped by the person.
    Cancelled,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::WrongUse => 2,
            Exit::NeedsAnswer => 3,
            Exit::Cancelled => 130,
        })
    }
}

/// Tells a problem and gives its exit code.
pub(crate) fn failed(problem: &Problem) -> Exit {
    crate::print::problem(problem);
    match problem.code {
        ErrorCode::BadRequest => Exit::WrongUse,
        ErrorCode::Cancelled => Exit::Cancelled,
        _ => Exit::Failed,
    }
}
