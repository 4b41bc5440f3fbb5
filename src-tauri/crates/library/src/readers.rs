//! The connections that read: a few, side by side with the writer. Each reading sees one state of the database.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use crate::LibraryError;
use crate::connection;
use crate::error::Fault;

/// How many readings go on at once.
const AT_ONCE: usize = 4;

/// The pool.
#[derive(Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    permits: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Readers {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, permits: Arc::new(Semaphore::new(AT_ONCE)), idle: Arc::default() }
    }

    /// Reads on a thread that may block.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, LibraryError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| LibraryError::Closed)?;
        let (path, idle) = (self.path.clone(), Arc::clone(&self.idle));
        let read = move || {
            let ready = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = match ready {
                Some(connection) => connection,
                None => connection::to_read(&path).map_err(|e| LibraryError::sql(&path, &e))?,
            };
            let result = connection
                .unchecked_transaction()
                .map_err(Fault::Sql)
                .and_then(|transaction| work(&transaction))
                .map_err(|fault| fault.at(&path));
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            // Before the answer: whoever has it may close the library, and the writer's connection must be the last.
            drop((idle, permit));
            result
        };
        tokio::task::spawn_blocking(read).await.map_err(|_| LibraryError::Closed)?
    }
}
