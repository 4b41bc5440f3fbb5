//! The one thread that writes. What waits in its queue goes into one transaction (group commit); nobody is answered
//! before it is on the disk, and events are sent out in the order of their numbers.

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use engine::Clock;
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{broadcast, oneshot};

use crate::error::Fault;
use crate::lock::Lock;
use crate::{LibraryError, StoredEvent};

/// How many requests one transaction takes at most; a bound on how long the first of them waits.
const MOST_TOGETHER: usize = 256;

/// What a request may use while its transaction is open.
pub(crate) struct Writing<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) now_ms: u64,
    /// Events to be sent out once they are on the disk.
    pub(crate) events: &'a mut Vec<StoredEvent>,
}

/// How one request went inside the transaction, and how to tell it once the transaction is over.
struct Done {
    error: Option<LibraryError>,
    /// Takes the error that undid the whole transaction, if one did.
    answer: Box<dyn FnOnce(Option<LibraryError>) + Send>,
}

/// Takes the transaction, or the error that keeps it from being one.
type Together = Box<dyn FnOnce(Result<Writing<'_>, LibraryError>) -> Done + Send>;
type Alone = Box<dyn FnOnce(&mut Connection) + Send>;

enum Request {
    Together(Together),
    Alone(Alone),
}

/// The door to the thread. Dropping it waits until everything in the queue is done and the lock is free again.
#[derive(Debug)]
pub(crate) struct Writer {
    queue: Option<mpsc::Sender<Request>>,
    thread: Option<JoinHandle<()>>,
    path: PathBuf,
}

impl Writer {
    /// Starts the thread. It owns the connection and the lock.
    pub(crate) fn start(
        connection: Connection,
        lock: Lock,
        path: PathBuf,
        clock: Arc<dyn Clock>,
        events: broadcast::Sender<StoredEvent>,
    ) -> Result<Self, LibraryError> {
        let (queue, requests) = mpsc::channel();
        let of = path.clone();
        let thread = std::thread::Builder::new()
            .name("library".to_owned())
            .spawn(move || {
                let mut connection = connection;
                work(&mut connection, &requests, &of, &*clock, &events);
                if let Err((_, error)) = connection.close() {
                    tracing::warn!(path = %of.display(), %error, "the library did not close");
                }
                drop(lock);
            })
            .map_err(|e| LibraryError::io(&path, &e))?;
        Ok(Self { queue: Some(queue), thread: Some(thread), path })
    }

    /// Does something inside a transaction, together with whatever else is waiting. When it fails, only it is undone.
    /// Once asked, it is done even if nobody waits for the answer any more.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, LibraryError> {
        let (tell, told) = oneshot::channel();
        let path = self.path.clone();
        self.ask(Request::Together(Box::new(move |writing| {
            let result = writing.and_then(|mut writing| work(&mut writing).map_err(|fault| fault.at(&path)));
            let error = result.as_ref().err().cloned();
            let answer = Box::new(move |undone: Option<LibraryError>| {
                // An error here means that nobody waits any more.
                let _ = tell.send(undone.map_or(result, Err));
            });
            Done { error, answer }
        })))?;
        told.await.map_err(|_| LibraryError::Closed)?
    }

    /// Does something with the connection outside of any transaction, alone.
    pub(crate) async fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, LibraryError> + Send + 'static,
    ) -> Result<T, LibraryError> {
        let (tell, told) = oneshot::channel();
        self.ask(Request::Alone(Box::new(move |connection| {
            let _ = tell.send(work(connection));
        })))?;
        told.await.map_err(|_| LibraryError::Closed)?
    }

    fn ask(&self, request: Request) -> Result<(), LibraryError> {
        self.queue.as_ref().and_then(|queue| queue.send(request).ok()).ok_or(LibraryError::Closed)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!(path = %self.path.display(), "the library's writer died");
        }
    }
}

fn work(
    connection: &mut Connection,
    requests: &mpsc::Receiver<Request>,
    path: &std::path::Path,
    clock: &dyn Clock,
    events: &broadcast::Sender<StoredEvent>,
) {
    let mut next = None;
    while let Some(request) = next.take().or_else(|| requests.recv().ok()) {
        match request {
            Request::Alone(work) => work(connection),
            Request::Together(work) => {
                let mut batch = vec![work];
                while batch.len() < MOST_TOGETHER && next.is_none() {
                    match requests.try_recv() {
                        Ok(Request::Together(work)) => batch.push(work),
                        Ok(alone @ Request::Alone(_)) => next = Some(alone),
                        Err(_) => break,
                    }
                }
                let mut fresh = Vec::new();
                let mut answers = Vec::new();
                let outcome = commit(connection, batch, path, clock.now_ms(), &mut fresh, &mut answers);
                if outcome.is_ok() {
                    for event in fresh {
                        // An error here means that nobody listens.
                        let _ = events.send(event);
                    }
                }
                for answer in answers {
                    answer(outcome.clone().err());
                }
            }
        }
    }
}

type Answer = Box<dyn FnOnce(Option<LibraryError>) + Send>;

fn commit(
    connection: &mut Connection,
    batch: Vec<Together>,
    path: &std::path::Path,
    now_ms: u64,
    events: &mut Vec<StoredEvent>,
    answers: &mut Vec<Answer>,
) -> Result<(), LibraryError> {
    let fault = |e: rusqlite::Error| LibraryError::sql(path, &e);
    let mut undone = None;
    let mut transaction = match connection.transaction_with_behavior(TransactionBehavior::Immediate) {
        Ok(transaction) => Some(transaction),
        Err(error) => {
            undone = Some(fault(error));
            None
        }
    };
    for work in batch {
        let mark = events.len();
        let savepoint = match (&mut transaction, &undone) {
            (Some(transaction), None) => transaction.savepoint().map_err(fault),
            (_, undone) => Err(undone.clone().unwrap_or(LibraryError::Closed)),
        };
        let savepoint = match savepoint {
            Ok(savepoint) => savepoint,
            Err(error) => {
                answers.push(work(Err(error.clone())).answer);
                undone = Some(error);
                continue;
            }
        };
        let done = work(Ok(Writing { connection: &savepoint, now_ms, events: &mut *events }));
        if done.error.is_none() {
            undone = savepoint.commit().map_err(fault).err();
        } else {
            events.truncate(mark);
            // SQLite undoes the whole transaction by itself when, for one, the disk is full.
            if savepoint.is_autocommit() {
                undone.clone_from(&done.error);
            } else {
                undone = savepoint.finish().map_err(fault).err();
            }
        }
        answers.push(done.answer);
    }
    match (transaction, undone) {
        (Some(transaction), None) => transaction.commit().map_err(fault),
        (_, undone) => Err(undone.unwrap_or(LibraryError::Closed)),
    }
}
