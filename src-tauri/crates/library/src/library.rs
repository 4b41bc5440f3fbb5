//! The library's face: everything that can be asked of it. Here: projects, conversations, runs, settings and
//! housekeeping; below: the stream, results, choices and money.

mod choices;
mod money;
mod project_files;
mod results;
mod stream;

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use engine::{Clock, Key, RunId, RunOutcome, SystemClock};
use rusqlite::Connection;
use serde_json::Value;
use tokio::sync::{RwLock, broadcast};

use crate::error::Fault;
use crate::home::Home;
use crate::readers::Readers;
use crate::rows::to_json;
use crate::schema::Schema;
use crate::writer::Writer;
use crate::{
    Backup, Change, Collected, LibraryError, Message, MessageId, Opened, Project, ProjectId, Retention, Run, Snapshot,
    StoredEvent, Usage, backup, change, garbage, new_run_id, open, projects, restore, retention, snapshot, usage,
};

/// What all handles of one open library share.
pub(crate) struct Shared {
    pub(crate) home: Home,
    // Before the writer, so that the writer closes the last connection, which tidies up.
    pub(crate) readers: Readers,
    writer: Option<Writer>,
    events: broadcast::Sender<StoredEvent>,
    /// Held by whoever puts blobs in place or looks them up, and by the garbage collection against all of them.
    pub(crate) gate: Arc<RwLock<()>>,
    spared: Mutex<HashSet<Key>>,
    clock: Arc<dyn Clock>,
    schema: Schema,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("home", &self.home).finish_non_exhaustive()
    }
}

impl Shared {
    pub(crate) fn new(
        home: Home,
        readers: Readers,
        writer: Option<Writer>,
        events: broadcast::Sender<StoredEvent>,
        clock: Arc<dyn Clock>,
        schema: Schema,
    ) -> Self {
        Self { home, readers, writer, events, gate: Arc::default(), spared: Mutex::default(), clock, schema }
    }

    pub(crate) fn writer(&self) -> Result<&Writer, LibraryError> {
        self.writer.as_ref().ok_or_else(|| LibraryError::OnlyReading { home: self.home.root().to_owned() })
    }

    /// Keeps a result from the garbage collection while this program runs.
    pub(crate) fn spare(&self, key: &Key) {
        self.spared.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone());
    }
}

/// An open library. Handles are cheap to copy; when the last one (and the last [`engine::Store`] of it) is dropped, what was
/// asked for is finished and the lock is free. All that answers in the future answers when it is on the disk; a
/// dropped future does not undo what was asked.
#[derive(Debug, Clone)]
pub struct Library {
    shared: Arc<Shared>,
}

impl Library {
    pub(crate) fn new(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    /// Opens the library in a folder for reading and writing, and makes it when it is not there. Blocks. A damaged
    /// database is set aside and reported in [`Opened::trouble`]. Errors: [`LibraryError::Held`],
    /// [`LibraryError::Newer`], and what the disk says.
    pub fn open(home: &Path) -> Result<Opened, LibraryError> {
        Self::open_with_clock(home, Arc::new(SystemClock))
    }

    /// [`Library::open`] by another clock.
    pub fn open_with_clock(home: &Path, clock: Arc<dyn Clock>) -> Result<Opened, LibraryError> {
        open::to_write(home, clock, Schema::current())
    }

    /// Opens a library for reading, without the lock. Blocks. Errors: [`LibraryError::Missing`],
    /// [`LibraryError::Older`], [`LibraryError::Newer`], [`LibraryError::Damaged`].
    pub fn open_read_only(home: &Path) -> Result<Self, LibraryError> {
        open::to_read(home, Arc::new(SystemClock), Schema::current())
    }

    /// The data folder.
    pub fn home(&self) -> &Path {
        self.shared.home.root()
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, LibraryError> {
        self.shared.readers.read(work).await
    }

    // Projects.

    /// Makes an empty project. The title is cleaned of what cannot be seen and cut to 200 characters.
    pub async fn create_project(&self, title: &str) -> Result<ProjectId, LibraryError> {
        let (id, title) = (ProjectId::new(), title.to_owned());
        let new = id.clone();
        self.shared.writer()?.write(move |w| projects::create(w, &new, &title)).await?;
        Ok(id)
    }

    /// The projects that are not in the trash; what changed last comes first.
    pub async fn projects(&self) -> Result<Vec<Project>, LibraryError> {
        self.read(|c| projects::list(c, false)).await
    }

    /// The projects in the trash.
    pub async fn trash(&self) -> Result<Vec<Project>, LibraryError> {
        self.read(|c| projects::list(c, true)).await
    }

    /// One project, in the trash or not.
    pub async fn project(&self, id: &ProjectId) -> Result<Project, LibraryError> {
        let id = id.clone();
        self.read(move |c| projects::get(c, &id)?.ok_or_else(|| LibraryError::NoProject(id).into())).await
    }

    /// A project with all that a front end shows of it, in one state.
    pub async fn snapshot(&self, id: &ProjectId) -> Result<Snapshot, LibraryError> {
        let id = id.clone();
        self.read(move |c| snapshot::take(c, &id)?.ok_or_else(|| LibraryError::NoProject(id).into())).await
    }

    /// A copy of a project under another title. It shares results and blobs; runs that did not end are over in it.
    pub async fn duplicate_project(&self, of: &ProjectId, title: &str) -> Result<ProjectId, LibraryError> {
        let (id, of, title) = (ProjectId::new(), of.clone(), title.to_owned());
        let new = id.clone();
        self.shared.writer()?.write(move |w| projects::duplicate(w, &of, &new, &title)).await?;
        Ok(id)
    }

    /// Puts a project into the trash, for [`crate::TRASH_DAYS`] days.
    pub async fn delete_project(&self, id: &ProjectId) -> Result<(), LibraryError> {
        let id = id.clone();
        self.shared.writer()?.write(move |w| projects::set_deleted(w, &id, true)).await
    }

    /// Takes a project out of the trash.
    pub async fn undelete_project(&self, id: &ProjectId) -> Result<(), LibraryError> {
        let id = id.clone();
        self.shared.writer()?.write(move |w| projects::set_deleted(w, &id, false)).await
    }

    /// Makes changes in one transaction, in order: all or none. Gives the numbers of the events among them.
    pub async fn commit(&self, project: &ProjectId, changes: Vec<Change>) -> Result<Vec<u32>, LibraryError> {
        let project = project.clone();
        self.shared.writer()?.write(move |w| change::apply(w, &project, changes)).await
    }

    /// Gives a project another title.
    pub async fn rename_project(&self, id: &ProjectId, title: &str) -> Result<(), LibraryError> {
        self.commit(id, vec![Change::Title(title.to_owned())]).await.map(drop)
    }

    /// Stores a document by name, in place of the one before.
    pub async fn put_document(&self, project: &ProjectId, name: &str, value: Value) -> Result<(), LibraryError> {
        self.commit(project, vec![Change::Document { name: name.to_owned(), value }]).await.map(drop)
    }

    /// A document by name.
    pub async fn document(&self, project: &ProjectId, name: &str) -> Result<Option<Value>, LibraryError> {
        let (project, name) = (project.clone(), name.to_owned());
        self.read(move |c| snapshot::document(c, &project, &name)).await
    }

    /// Adds a message to the conversation.
    pub async fn add_message(&self, project: &ProjectId, role: &str, body: Value) -> Result<MessageId, LibraryError> {
        let id = MessageId::new();
        self.commit(project, vec![Change::Message { id: id.clone(), role: role.to_owned(), body }]).await?;
        Ok(id)
    }

    /// The conversation, in order.
    pub async fn messages(&self, project: &ProjectId) -> Result<Vec<Message>, LibraryError> {
        let project = project.clone();
        self.read(move |c| snapshot::messages(c, &project)).await
    }

    /// The last messages before one of them, or of the whole conversation, at most `limit`, in order.
    pub async fn messages_before(
        &self,
        project: &ProjectId,
        before: Option<&MessageId>,
        limit: u32,
    ) -> Result<Vec<Message>, LibraryError> {
        let (project, before) = (project.clone(), before.cloned());
        self.read(move |c| snapshot::messages_before(c, &project, before.as_ref(), limit)).await
    }

    // Runs.

    /// Notes that a run begins, with what it needs to go on after a kill.
    pub async fn start_run(&self, project: &ProjectId, order: Value) -> Result<RunId, LibraryError> {
        let id = new_run_id();
        self.commit(project, vec![Change::RunStarted { id: id.clone(), order }]).await?;
        Ok(id)
    }

    /// Notes that a run ended; the first end counts.
    pub async fn end_run(&self, project: &ProjectId, run: &RunId, outcome: RunOutcome) -> Result<(), LibraryError> {
        self.commit(project, vec![Change::RunEnded { id: run.clone(), outcome }]).await.map(drop)
    }

    /// The runs of a project, in order of their start.
    pub async fn runs(&self, project: &ProjectId) -> Result<Vec<Run>, LibraryError> {
        let project = project.clone();
        self.read(move |c| snapshot::runs(c, &project)).await
    }

    /// The run of a project that began last.
    pub async fn last_run(&self, project: &ProjectId) -> Result<Option<Run>, LibraryError> {
        let project = project.clone();
        self.read(move |c| snapshot::last_run(c, &project)).await
    }

    /// The runs that have no end, the newest first: those at work now, and those that a kill cut off.
    pub async fn unfinished_runs(&self) -> Result<Vec<Run>, LibraryError> {
        self.read(snapshot::unfinished).await
    }

    // Settings.

    /// A setting by name.
    pub async fn setting(&self, name: &str) -> Result<Option<Value>, LibraryError> {
        let name = name.to_owned();
        self.read(move |c| snapshot::setting(c, &name)).await
    }

    /// Stores a setting.
    pub async fn set_setting(&self, name: &str, value: Value) -> Result<(), LibraryError> {
        let name = name.to_owned();
        let sql = "insert into settings (name, value_json) values (?1, ?2)
                   on conflict do update set value_json = excluded.value_json";
        let put = move |w: &mut crate::writer::Writing<'_>| {
            w.connection.execute(sql, [name, to_json(&value)?])?;
            Ok(())
        };
        self.shared.writer()?.write(put).await
    }

    /// Which takes are kept that nothing uses.
    pub async fn retention(&self) -> Result<Retention, LibraryError> {
        self.read(retention::setting).await
    }

    /// Sets which takes are kept that nothing uses.
    pub async fn set_retention(&self, retention: Retention) -> Result<(), LibraryError> {
        self.set_setting(retention::SETTING, serde_json::json!(retention)).await
    }

    // Housekeeping.

    /// The backups, the newest first. Blocks for a moment.
    pub fn backups(&self) -> Result<Vec<Backup>, LibraryError> {
        backup::list(&self.shared.home)
    }

    /// Puts a backup in place of all rows, after checking it; what was there becomes a backup itself. Afterwards every
    /// front end must take its snapshots again. Settles [`crate::Trouble`].
    pub async fn restore_backup(&self, backup: &Backup) -> Result<(), LibraryError> {
        let _gate = self.shared.gate.write().await;
        let shared = Arc::clone(&self.shared);
        let (path, now_ms) = (backup.path.clone(), self.shared.clock.now_ms());
        let (home, schema) = (shared.home.clone(), shared.schema.clone());
        shared.writer()?.alone(move |c| restore::restore(c, &home, &schema, &path, now_ms)).await
    }

    /// Goes on with the empty library after damage. The damaged database is kept among the backups.
    pub async fn begin_anew(&self) -> Result<(), LibraryError> {
        let home = self.shared.home.clone();
        self.shared.writer()?.alone(move |_| home.settle()).await
    }

    /// Removes takes that are not kept ([`Library::retention`]), results that no take, pin, cover or word of a project
    /// uses, and blobs that no backup uses either. Safe at any time; a kill in the middle leaves nothing half removed.
    /// Errors: [`LibraryError::Undecided`].
    pub async fn collect_garbage(&self) -> Result<Collected, LibraryError> {
        let writer = self.shared.writer()?;
        let gate = Arc::clone(&self.shared.gate).write_owned().await;
        if let Some(kept) = self.shared.home.damaged()? {
            return Err(LibraryError::Undecided { kept });
        }
        let spared = self.shared.spared.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (rows, used) = writer.write(move |w| garbage::rows(w, &spared)).await?;
        let home = self.shared.home.clone();
        let files = tokio::task::spawn_blocking(move || {
            // Held to the end, even when nobody waits for the answer any more.
            let _gate = gate;
            garbage::files(&home, used)
        })
        .await;
        let Collected { files, bytes, .. } = files.map_err(|_| LibraryError::Closed)??;
        Ok(Collected { files, bytes, ..rows })
    }

    /// How much disk the library takes.
    pub async fn usage(&self) -> Result<Usage, LibraryError> {
        let home = self.shared.home.clone();
        tokio::task::spawn_blocking(move || usage::measure(&home)).await.map_err(|_| LibraryError::Closed)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lets the database grow to so many pages and no further, as a full disk would.
    async fn limit(library: &Library, pages: i64) {
        let set = move |c: &mut Connection| {
            c.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
                .map_err(|e| LibraryError::sql(Path::new("library.db"), &e))
        };
        library.shared.writer().unwrap().alone(set).await.unwrap();
    }

    #[tokio::test]
    async fn a_full_disk_loses_nothing_and_the_library_goes_on() {
        let home = tempfile::tempdir().unwrap();
        let library = Library::open(home.path()).unwrap().library;
        let project = library.create_project("Whale").await.unwrap();
        limit(&library, 60).await;
        let big = Value::from("x".repeat(20_000));
        let mut stored = 0;
        let error = 'full: loop {
            let round = futures_of(&library, &project, &big).await;
            stored += round.iter().filter(|result| result.is_ok()).count() as u32;
            for result in round {
                if let Err(error) = result {
                    break 'full error;
                }
            }
            assert!(stored < 1000, "the limit must be felt");
        };
        assert!(matches!(&error, LibraryError::Full { path } if path.ends_with("library.db")), "{error}");
        assert!(!error.hint().is_empty());
        assert_eq!(library.head(&project).await.unwrap(), stored, "what was refused must not be there");
        limit(&library, 100_000).await;
        assert_eq!(library.append(&project, None, big).await, Ok(stored + 1));
        let seqs: Vec<u32> =
            library.events_after(&project, 0, 10_000).await.unwrap().iter().map(|event| event.seq).collect();
        assert_eq!(seqs, (1..=stored + 1).collect::<Vec<_>>());
    }

    /// Four appends at once, so that some share a transaction.
    async fn futures_of(library: &Library, project: &ProjectId, body: &Value) -> Vec<Result<u32, LibraryError>> {
        let append = || library.append(project, None, body.clone());
        let (a, b, c, d) = tokio::join!(append(), append(), append(), append());
        vec![a, b, c, d]
    }

    #[tokio::test]
    async fn one_that_fails_does_not_take_its_neighbours_with_it() {
        let home = tempfile::tempdir().unwrap();
        let library = Library::open(home.path()).unwrap().library;
        let project = library.create_project("Whale").await.unwrap();
        let unknown = ProjectId::new();
        let (good, bad, also) = tokio::join!(
            library.append(&project, None, Value::from(1)),
            library.commit(
                &project,
                vec![
                    Change::Event { run: None, body: Value::from("undone") },
                    Change::RunEnded { id: RunId("run_none".to_owned()), outcome: RunOutcome::Finished },
                ]
            ),
            library.append(&project, None, Value::from(2)),
        );
        assert_eq!((good, also), (Ok(1), Ok(2)));
        assert!(matches!(bad, Err(LibraryError::NoRun { .. })), "{bad:?}");
        assert_eq!(library.append(&unknown, None, Value::Null).await, Err(LibraryError::NoProject(unknown)));
    }
}
