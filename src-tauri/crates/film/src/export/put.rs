//! Putting a file where a person wants it: whole or not at all, and never in the place of another one unasked.

use std::io::Write;
use std::path::Path;

use crate::FilmError;
use crate::draft::Draft;

/// What happens to a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Over {
    /// It stays, and the export is refused.
    #[default]
    Never,
    /// The person said that it may be replaced.
    Replace,
}

impl Over {
    /// Refuses a place that is taken, before any work is done for it.
    pub(crate) fn check(self, path: &Path) -> Result<(), FilmError> {
        let taken = path.symlink_metadata().is_ok();
        if taken && self == Self::Never { Err(FilmError::Exists { path: path.to_owned() }) } else { Ok(()) }
    }
}

/// Writes a new file.
pub fn write_new(bytes: &[u8], out: &Path, over: Over) -> Result<(), FilmError> {
    over.check(out)?;
    let draft = Draft::of(out)?;
    let mut file = std::fs::File::create(draft.path()).map_err(FilmError::file("writing", out))?;
    file.write_all(bytes).map_err(FilmError::file("writing", out))?;
    draft.keep_as(over)
}

/// Copies a file to a new place.
pub fn copy_new(from: &Path, out: &Path, over: Over) -> Result<(), FilmError> {
    over.check(out)?;
    let draft = Draft::of(out)?;
    let mut source = std::fs::File::open(from).map_err(FilmError::file("reading", from))?;
    let mut file = std::fs::File::create(draft.path()).map_err(FilmError::file("writing", out))?;
    std::io::copy(&mut source, &mut file).map_err(FilmError::file("writing", out))?;
    draft.keep_as(over)
}
