//! Tasks: the two kinds of node, and what is said of a task before it runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::run::Caller;
use crate::scratch::Scratch;
use crate::{
    Artifact, BlobHash, Call, CallReply, Collection, FailureKind, History, Inputs, Need, Output, Quote, Resource, Slot,
    Store, TaskError,
};

/// Who does a task ("storyboard_artist").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AgentName(pub String);

impl From<&str> for AgentName {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl std::fmt::Display for AgentName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A task that knows all its inputs before it starts and gives one value. Its fields are what it was made for (a shot
/// id); what it reads of its inputs is its view.
#[async_trait]
pub trait Leaf: Send + Sync {
    /// The agent's version: changes when the same view would give another result.
    fn version(&self) -> String;

    /// The model it will call, with its parameters; null when it calls none.
    fn model(&self) -> Value {
        Value::Null
    }

    /// The small struct that the agent really reads, as JSON. Only this is hashed.
    fn view(&self, inputs: &Inputs) -> Result<Value, TaskError>;

    /// Makes the result from the view alone. Blobs are read through the context.
    async fn make(&self, view: Value, context: &TaskContext) -> Result<Output, TaskError>;

    /// True for a review stop: a task that is made only once the person approved of its key. Its `make` gives the
    /// document that says so.
    fn review(&self) -> bool {
        false
    }

    /// True when `make` is pure and takes milliseconds, makes no blobs and no calls: a forecast makes it to see whether a
    /// change goes on behind it.
    fn free(&self) -> bool {
        false
    }

    /// Carries ids over from the result that this slot had before. Called with a fresh result and, when there is
    /// one, the last one.
    fn carry(&self, last: &Artifact, fresh: Output) -> Output {
        let _ = last;
        fresh
    }
}

/// A task that gives more tasks. Cheap, without side effects, never stored.
pub trait Expand: Send + Sync {
    /// The collections that its tasks, and the tasks of expand tasks among them, may add to.
    fn feeds(&self) -> Vec<Collection>;

    /// The tasks.
    fn expand(&self, inputs: &Inputs) -> Result<Vec<TaskSpec>, TaskError>;

    /// What it will probably give, for a plan before the run.
    fn promises(&self) -> Vec<Promise>;
}

/// An estimate of what an expand task will give: so many tasks of one agent.
#[derive(Debug, Clone, PartialEq)]
pub struct Promise {
    /// Who will do them.
    pub agent: AgentName,
    /// The collection they will be in.
    pub collection: Collection,
    /// At least this many.
    pub least: u32,
    /// At most this many.
    pub most: u32,
    /// What each will wait for, beside the expand task's own needs.
    pub needs: Vec<Need>,
    /// How long each takes, in milliseconds.
    pub weight_ms: u32,
    /// The model each will call, as [`Leaf::model`] gives it; null when it calls none.
    pub model: Value,
    /// The calls each will make.
    pub quotes: Vec<Quote>,
}

impl Promise {
    /// How long each takes, in milliseconds, by what was measured.
    pub(crate) fn expected_ms(&self, history: &History) -> u32 {
        history.expected_ms(&self.agent, self.collection.as_str(), || self.model.clone(), self.weight_ms)
    }
}

/// The work of a task.
#[derive(Clone)]
pub enum Work {
    /// Gives one value.
    Leaf(Arc<dyn Leaf>),
    /// Gives more tasks.
    Expand(Arc<dyn Expand>),
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Leaf(_) => "Leaf",
            Self::Expand(_) => "Expand",
        })
    }
}

/// A task before it runs.
#[derive(Debug, Clone)]
pub struct TaskSpec {
    /// Where its result belongs; unique in a run.
    pub slot: Slot,
    /// Who does it.
    pub agent: AgentName,
    /// What it is about, for a person ("Scene 2"); may be empty.
    pub title: String,
    /// What it waits for.
    pub needs: Vec<Need>,
    /// How much of which resource it holds while it runs.
    pub uses: Vec<(Resource, u32)>,
    /// How long it is expected to take, in milliseconds; longer remaining paths start first.
    pub weight_ms: u32,
    /// The calls it will make.
    pub quotes: Vec<Quote>,
    /// What it does.
    pub work: Work,
}

impl TaskSpec {
    /// How long it takes, in milliseconds, by what was measured; `leaf` is its work.
    pub(crate) fn expected_ms(&self, leaf: &dyn Leaf, history: &History) -> u32 {
        history.expected_ms(&self.agent, self.slot.collection_name(), || leaf.model(), self.weight_ms)
    }
}

/// What a running task may do beside making its result.
pub struct TaskContext {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) cancel: CancellationToken,
    pub(crate) progress: Arc<dyn Fn(f32) + Send + Sync>,
    pub(crate) scratch: Scratch,
    pub(crate) caller: Arc<Caller>,
}

impl std::fmt::Debug for TaskContext {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TaskContext").finish_non_exhaustive()
    }
}

impl TaskContext {
    /// A context outside a run, without limits and caps; for tests of single agents.
    pub fn alone(store: Arc<dyn Store>, scratch: PathBuf) -> Self {
        let scratch = Scratch::lent(Arc::clone(&store), scratch);
        let caller = Caller::alone(Arc::clone(&store));
        Self { store, cancel: CancellationToken::new(), progress: Arc::new(|_| {}), scratch, caller }
    }

    /// Stops the task; pass it on to whatever takes long.
    pub fn token(&self) -> &CancellationToken {
        &self.cancel
    }

    /// Says how much is done, 0 to 1.
    pub fn progress(&self, done: f32) {
        (self.progress)(done.clamp(0.0, 1.0));
    }

    /// The progress report as a function of its own, for work that moves to another thread.
    pub fn progress_fn(&self) -> Arc<dyn Fn(f32) + Send + Sync> {
        Arc::clone(&self.progress)
    }

    /// Makes a call: under the provider's limits and the person's caps, written down at each step, tried again where
    /// that is safe. The reply of the same call made before, in this run or an earlier one, is given at once.
    ///
    /// While it waits for the reply the task holds no resource of this machine. It may wait long: for a place in a
    /// limit, for the job, for the person. The error says what happened in words for the person; give it on as it is.
    pub async fn call(&self, call: &dyn Call) -> Result<CallReply, TaskError> {
        self.caller.call(call, self.progress.as_ref()).await
    }

    /// An empty folder for this task alone, removed when it ends. It is made at the first call; when that fails, writing
    /// into it fails too, and the task's failure says why.
    pub fn scratch(&self) -> &Path {
        self.scratch.path()
    }

    /// Where the blob with a hash lies.
    pub fn file(&self, hash: &BlobHash, media: &str) -> PathBuf {
        self.store.path(hash, media)
    }

    /// The bytes of the blob with a hash.
    pub async fn read(&self, hash: &BlobHash, media: &str) -> Result<Vec<u8>, TaskError> {
        let path = self.file(hash, media);
        tokio::fs::read(&path).await.map_err(|e| {
            TaskError::new(FailureKind::Local, format!("a stored file cannot be read: {}: {e}", path.display()))
        })
    }
}
