//! A file in the making: it has a temporary name beside its final one and gets that only when it is whole.

use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::FilmError;
use crate::export::Over;

/// A file that vanishes unless it is kept.
pub(crate) struct Draft {
    temporary: TempPath,
    path: PathBuf,
}

impl Draft {
    /// A draft of `path`, in the same folder, with the same ending (ffmpeg chooses formats by it).
    pub(crate) fn of(path: &Path) -> Result<Self, FilmError> {
        let path = std::path::absolute(path).map_err(FilmError::file("writing", path))?;
        let ending = path.extension().map_or_else(String::new, |e| format!(".{}", e.to_string_lossy()));
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".draft-").suffix(&ending);
        // Temporary files are readable by their owner alone; a film gets the rights any new file has.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let temporary = builder.tempfile_in(folder).map_err(FilmError::file("writing", &path))?.into_temp_path();
        Ok(Self { temporary, path })
    }

    /// Where to write.
    pub(crate) fn path(&self) -> &Path {
        &self.temporary
    }

    /// Gives the file its name; only after it is safely on the disk. What had the name is replaced.
    pub(crate) fn keep(self) -> Result<(), FilmError> {
        self.keep_as(Over::Replace)
    }

    /// Gives the file its name, if need be only when nothing has it.
    pub(crate) fn keep_as(self, over: Over) -> Result<(), FilmError> {
        let failed = || FilmError::file("writing", &self.path);
        let file = std::fs::OpenOptions::new().write(true).open(&self.temporary).map_err(failed())?;
        file.sync_all().map_err(failed())?;
        drop(file);
        let named = match over {
            Over::Replace => self.temporary.persist(&self.path),
            Over::Never => self.temporary.persist_noclobber(&self.path).or_else(|refused| {
                // Some file systems (of cameras and sticks) cannot do that in one step.
                let taken = self.path.symlink_metadata().is_ok();
                if taken { Err(refused) } else { refused.path.persist(&self.path) }
            }),
        };
        named.map_err(|e| match e.error.kind() {
            std::io::ErrorKind::AlreadyExists => FilmError::Exists { path: self.path.clone() },
            _ => failed()(e.error),
        })?;
        #[cfg(unix)]
        if let Some(folder) = self.path.parent() {
            std::fs::File::open(folder).and_then(|f| f.sync_all()).map_err(failed())?;
        }
        Ok(())
    }
}
