//! The lock on the data folder: one process may write. It falls with the process, however that ends.

use std::fs::{self, File, TryLockError};
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::LibraryError;
use crate::home::Home;
use crate::stamp::stamp;

/// The process that may write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Its process number; 0 when it is not known.
    pub pid: u32,
    /// Its program.
    pub program: String,
    /// Since when, in milliseconds since 1970.
    pub since_ms: u64,
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.pid == 0 {
            return f.write_str("another program");
        }
        let at = stamp(self.since_ms);
        let (day, time) = (&at[..8], &at[9..13]);
        write!(
            f,
            "{} (process {}, since {}-{}-{} {}:{} UTC)",
            self.program,
            self.pid,
            &day[..4],
            &day[4..6],
            &day[6..],
            &time[..2],
            &time[2..]
        )
    }
}

/// A process that is killed just as it starts another leaves the lock with that one, until it has become its own program.
const PATIENCE: Duration = Duration::from_millis(400);

/// The lock, held until this is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
    holder: PathBuf,
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub(crate) fn take(home: &Home, now_ms: u64) -> Result<Self, LibraryError> {
        let path = home.lock();
        let fault = |e: &std::io::Error| LibraryError::io(&path, e);
        let file =
            File::options().create(true).read(true).write(true).truncate(false).open(&path).map_err(|e| fault(&e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if falls(&file).map_err(|e| fault(&e))? => {}
            Err(TryLockError::WouldBlock) => {
                return Err(LibraryError::Held { home: home.root().to_owned(), by: holder(home) });
            }
            Err(TryLockError::Error(e)) => return Err(fault(&e)),
        }
        let program = std::env::current_exe().ok();
        let program = program.as_deref().and_then(std::path::Path::file_name).map(|n| n.to_string_lossy().into_owned());
        let by = Holder { pid: std::process::id(), program: program.unwrap_or_default(), since_ms: now_ms };
        // Beside the lock and not in it: Windows lets nobody read a locked file.
        let path = home.holder();
        let text = serde_json::to_vec(&by).unwrap_or_default();
        let fresh = path.with_extension("json.new");
        fs::write(&fresh, text).and_then(|()| fs::rename(&fresh, &path)).map_err(|e| LibraryError::io(&path, &e))?;
        Ok(Self { _file: file, holder: path })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While the lock is still held, so that it is never the next holder's.
        if let Err(error) = fs::remove_file(&self.holder) {
            tracing::debug!(path = %self.holder.display(), %error, "the holder's note stays");
        }
    }
}

/// Takes the lock if it falls within a moment. Otherwise the thread that waits lets go of it whenever it gets it: the file
/// is closed by then everywhere else.
fn falls(file: &File) -> std::io::Result<bool> {
    let (waiting, (tell, told)) = (file.try_clone()?, mpsc::channel());
    std::thread::spawn(move || tell.send(waiting.lock()));
    Ok(matches!(told.recv_timeout(PATIENCE), Ok(Ok(()))))
}

fn holder(home: &Home) -> Holder {
    let note = fs::read(home.holder()).ok().and_then(|text| serde_json::from_slice(&text).ok());
    note.unwrap_or_else(|| Holder { pid: 0, program: String::new(), since_ms: 0 })
}
