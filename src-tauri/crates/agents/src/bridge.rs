//! Between the calls of models and those of the engine: a model's job sends nothing by itself, its calls go out through
//! the task, which is where limits, caps and the journal are.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use engine::{FailureKind, Micros, Provider, TaskContext, TaskError};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use models::{Calls, Failure, Job, RemoteCall};
use tokio::sync::{mpsc, oneshot};

/// Runs a model's job in a task. The error is the task's own where it was a call of the job that failed.
pub(crate) async fn job<T, F>(context: &TaskContext, work: impl FnOnce(Job) -> F) -> Result<T, TaskError>
where
    F: Future<Output = Result<T, Failure>>,
{
    let (calls, mut asked) = mpsc::unbounded_channel();
    let last = Arc::new(Mutex::new(None));
    let bridge = Arc::new(Bridge { calls, last: Arc::clone(&last) });
    let progress = context.progress_fn();
    let work = work(Job::with_calls(context.token().clone(), move |done| progress(done), bridge));
    tokio::pin!(work);
    let mut going = FuturesUnordered::new();
    let done = loop {
        tokio::select! {
            done = &mut work => break done,
            Some(ask) = asked.recv() => going.push(serve(context, ask)),
            Some(()) = going.next(), if !going.is_empty() => {}
        }
    };
    done.map_err(|failure| {
        let last = last.lock().unwrap_or_else(PoisonError::into_inner).take();
        last.filter(|error: &TaskError| error.message == failure.message).unwrap_or_else(|| model_failure(failure))
    })
}

/// What a job's call asks of the task: the request itself stays with the job, which does the steps.
struct Ask {
    order: models::CallOrder,
    steps: mpsc::UnboundedSender<Step>,
    done: oneshot::Sender<Result<engine::CallReply, TaskError>>,
}

enum Step {
    Send(oneshot::Sender<Result<models::Sent, models::CallError>>),
    Poll(String, oneshot::Sender<Result<models::Polled, models::CallError>>),
    Cancel(String, oneshot::Sender<()>),
}

async fn serve(context: &TaskContext, ask: Ask) {
    let call = Steps { order: ask.order, steps: ask.steps };
    let reply = context.call(&call).await;
    // Nobody listens when the job gave up.
    let _ = ask.done.send(reply);
}

struct Bridge {
    calls: mpsc::UnboundedSender<Ask>,
    /// The last call that failed, as the engine put it.
    last: Arc<Mutex<Option<TaskError>>>,
}

#[async_trait]
impl Calls for Bridge {
    async fn call(&self, call: &dyn RemoteCall) -> Result<models::CallReply, Failure> {
        let (steps, mut wanted) = mpsc::unbounded_channel();
        let (done, mut reply) = oneshot::channel();
        let over = || Failure::cancelled();
        self.calls.send(Ask { order: call.order(), steps, done }).map_err(|_| over())?;
        let reply = loop {
            tokio::select! {
                reply = &mut reply => break reply.map_err(|_| over())?,
                Some(step) = wanted.recv() => do_step(call, step).await,
            }
        };
        reply.map(reply_back).map_err(|error| {
            let failure = failure_back(&error);
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            failure
        })
    }
}

/// Does a step, unless whoever wanted it does not wait any more.
async fn do_step(call: &dyn RemoteCall, step: Step) {
    async fn answer<T>(mut to: oneshot::Sender<T>, step: impl Future<Output = T>) {
        let done = tokio::select! {
            done = step => Some(done),
            () = to.closed() => None,
        };
        if let Some(done) = done {
            let _ = to.send(done);
        }
    }
    match step {
        Step::Send(to) => answer(to, call.send()).await,
        Step::Poll(handle, to) => answer(to, call.poll(&handle)).await,
        Step::Cancel(handle, to) => answer(to, call.cancel(&handle)).await,
    }
}

/// A job's call as the engine knows calls.
struct Steps {
    order: models::CallOrder,
    steps: mpsc::UnboundedSender<Step>,
}

impl Steps {
    async fn step<T>(&self, step: impl FnOnce(oneshot::Sender<T>) -> Step) -> Option<T> {
        let (to, answer) = oneshot::channel();
        self.steps.send(step(to)).ok()?;
        answer.await.ok()
    }
}

#[async_trait]
impl engine::Call for Steps {
    fn order(&self) -> engine::CallOrder {
        let order = &self.order;
        engine::CallOrder {
            provider: Provider(order.provider.clone()),
            model: order.model.clone(),
            kind: order.kind.as_str().to_owned(),
            request: order.request.clone(),
            most: order.most_micros.map(Micros),
            tokens: order.tokens,
            deadline_ms: u64::try_from(order.deadline.as_millis()).unwrap_or(u64::MAX),
        }
    }

    async fn send(&self) -> Result<engine::Sent, engine::CallError> {
        match self.step(Step::Send).await {
            Some(Ok(models::Sent::Reply(reply))) => Ok(engine::Sent::Reply(reply_on(reply))),
            Some(Ok(models::Sent::Handle(handle))) => Ok(engine::Sent::Handle(handle)),
            Some(Err(error)) => Err(call_error(error)),
            None => Err(stopped()),
        }
    }

    async fn poll(&self, handle: &str) -> Result<engine::Polled, engine::CallError> {
        match self.step(|to| Step::Poll(handle.to_owned(), to)).await {
            Some(Ok(models::Polled::Pending { progress, after })) => Ok(engine::Polled::Pending { progress, after }),
            Some(Ok(models::Polled::Done(reply))) => Ok(engine::Polled::Done(reply_on(reply))),
            Some(Err(error)) => Err(call_error(error)),
            None => Err(stopped()),
        }
    }

    async fn cancel(&self, handle: &str) {
        self.step(|to| Step::Cancel(handle.to_owned(), to)).await;
    }
}

/// The job gave up in the middle of a step, so nobody knows what became of it.
fn stopped() -> engine::CallError {
    let error = TaskError::new(FailureKind::Cancelled, "stopped");
    engine::CallError { error, delivery: engine::Delivery::Unknown, retry_after: None::<Duration> }
}

fn usage_on(usage: models::Usage) -> engine::CallUsage {
    engine::CallUsage { units: usage.units, cost: Micros(usage.micros) }
}

fn reply_on(reply: models::CallReply) -> engine::CallReply {
    engine::CallReply { body: reply.body, media: reply.media, usage: usage_on(reply.usage) }
}

fn reply_back(reply: engine::CallReply) -> models::CallReply {
    let usage = models::Usage { units: reply.usage.units, micros: reply.usage.cost.0 };
    models::CallReply { body: reply.body, media: reply.media, usage }
}

fn call_error(error: models::CallError) -> engine::CallError {
    let delivery = match error.delivery {
        models::Delivery::NotTaken => engine::Delivery::NotTaken,
        models::Delivery::Unknown => engine::Delivery::Unknown,
        models::Delivery::Spoilt(usage) => engine::Delivery::Spoilt(usage_on(usage)),
        models::Delivery::Vanished => engine::Delivery::Vanished,
    };
    engine::CallError { error: model_failure(error.failure), delivery, retry_after: error.retry_after }
}

/// A model's failure as a task's.
pub(crate) fn model_failure(failure: Failure) -> TaskError {
    let kind = match failure.kind {
        models::FailureKind::Transport => FailureKind::Transport,
        models::FailureKind::RateLimited => FailureKind::RateLimited,
        models::FailureKind::Refused => FailureKind::Refused,
        models::FailureKind::Auth => FailureKind::Auth,
        models::FailureKind::Quota => FailureKind::Quota,
        models::FailureKind::Invalid => FailureKind::Invalid,
        models::FailureKind::Local => FailureKind::Local,
        models::FailureKind::Cancelled => FailureKind::Cancelled,
    };
    TaskError::new(kind, failure.message).hint(failure.hint)
}

fn failure_back(error: &TaskError) -> Failure {
    let kind = match error.kind {
        FailureKind::Transport => models::FailureKind::Transport,
        FailureKind::RateLimited => models::FailureKind::RateLimited,
        FailureKind::Refused => models::FailureKind::Refused,
        FailureKind::Auth => models::FailureKind::Auth,
        FailureKind::Quota => models::FailureKind::Quota,
        FailureKind::Invalid | FailureKind::Spoilt => models::FailureKind::Invalid,
        FailureKind::Local => models::FailureKind::Local,
        FailureKind::Cancelled => models::FailureKind::Cancelled,
    };
    Failure::new(kind, error.message.clone()).hint(error.hint.clone())
}
