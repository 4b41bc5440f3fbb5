//! A conversation's calls: written down before they go out, under the caps and a time limit, and booked. Each is sent
//! once; nothing waits for the person, and nothing is asked for twice.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use engine::{
    CallId, CallIntent, CallOrder, CallState, CallUsage, Caps, Key, Lapse, Micros, Provider, RunId, Slot, Store,
    StoreError,
};
use library::{Library, ProjectId};
use models::{CallError, CallReply, Calls, Delivery, Failure, FailureKind, RemoteCall, Sent, Usage};
use tokio::sync::Mutex;

use super::TALK;

/// One conversation at a time looks at the day's account and takes from it, in all projects.
static TILL: Mutex<()> = Mutex::const_new(());

pub(super) struct Metered {
    pub(super) store: Arc<dyn Store>,
    pub(super) library: Library,
    pub(super) project: ProjectId,
    pub(super) agent: &'static str,
    pub(super) slot: Slot,
    pub(super) key: Key,
    pub(super) caps: Caps,
    pub(super) patience: Duration,
}

fn unwritten(error: &StoreError) -> Failure {
    Failure::new(FailureKind::Local, error.message.clone()).hint(error.hint.clone())
}

fn order_of(order: models::CallOrder, patience: Duration) -> CallOrder {
    CallOrder {
        provider: Provider(order.provider),
        model: order.model,
        kind: order.kind.as_str().to_owned(),
        request: order.request,
        most: order.most_micros.map(Micros),
        tokens: order.tokens,
        deadline_ms: u64::try_from(patience.as_millis()).unwrap_or(u64::MAX),
    }
}

fn usage_of(usage: Usage) -> CallUsage {
    CallUsage { units: usage.units, cost: Micros(usage.micros) }
}

#[async_trait]
impl Calls for Metered {
    async fn call(&self, call: &dyn RemoteCall) -> Result<CallReply, Failure> {
        let order = call.order();
        let patience = self.patience.min(order.deadline);
        let order = order_of(order, patience);
        let request = blake3::hash(order.request.as_bytes()).to_hex().to_string();
        if let Some(known) = self.known(&request).await? {
            return Ok(known);
        }
        let id = self.intend(request, order.clone()).await?;
        let sent = tokio::time::timeout(patience, call.send()).await;
        match sent {
            Ok(Ok(Sent::Reply(reply))) => {
                let kept = engine::CallReply {
                    body: reply.body.clone(),
                    media: reply.media.clone(),
                    usage: usage_of(reply.usage.clone()),
                };
                self.store.replied(&id, &kept).await.map_err(|e| unwritten(&e))?;
                Ok(reply)
            }
            Ok(Ok(Sent::Handle(handle))) => {
                call.cancel(&handle).await;
                self.lapse(&id, Lapse::Unknown).await?;
                Err(Failure::new(FailureKind::Invalid, format!("{} answers with a job", order.provider)))
            }
            Ok(Err(CallError { failure, delivery, .. })) => {
                let lapse = match delivery {
                    Delivery::NotTaken | Delivery::Vanished => Lapse::Failed,
                    Delivery::Unknown => Lapse::Unknown,
                    Delivery::Spoilt(usage) => Lapse::Spoilt(usage_of(usage)),
                };
                self.lapse(&id, lapse).await?;
                Err(failure)
            }
            Err(_) => {
                self.lapse(&id, Lapse::Unknown).await?;
                Err(Failure::new(FailureKind::Transport, format!("{} gave no answer in {patience:?}", order.provider)))
            }
        }
    }
}

impl Metered {
    /// The reply to the same question, when it was asked before.
    async fn known(&self, request: &str) -> Result<Option<CallReply>, Failure> {
        let Some(record) = self.store.recall(&self.key, request).await.map_err(|e| unwritten(&e))? else {
            return Ok(None);
        };
        if record.state == CallState::Replied {
            let kept = self.store.reply(&record.id).await.map_err(|e| unwritten(&e))?;
            return Ok(kept.map(|reply| {
                let usage = Usage { units: reply.usage.units, micros: reply.usage.cost.0 };
                CallReply { body: reply.body, media: reply.media, usage }
            }));
        }
        // The program ended while it was asked: what that may have cost counts as spent, and the person asks again.
        self.write_off(&record.id).await;
        Ok(None)
    }

    /// Writes the call down and reserves the most that it may cost.
    async fn intend(&self, request: String, order: CallOrder) -> Result<CallId, Failure> {
        let _alone = TILL.lock().await;
        let money = super::money(&self.library).await.map_err(|e| Failure::new(FailureKind::Local, e.to_string()))?;
        let wanted = order.most.unwrap_or_default();
        if wanted > Micros::ZERO && money.today + wanted > money.cap {
            let what = format!("talking would cost more than {} today", money.cap);
            return Err(Failure::new(FailureKind::Quota, what));
        }
        let id = library::new_call_id();
        let intent = CallIntent {
            id: id.clone(),
            run: RunId(TALK.to_owned()),
            slot: self.slot.clone(),
            agent: self.agent.to_owned(),
            key: self.key.clone(),
            request,
            order,
            caps: Caps { run: None, ..self.caps },
        };
        match self.store.intend(intent).await.map_err(|e| unwritten(&e))? {
            Ok(()) => Ok(id),
            Err(over) => Err(Failure::new(FailureKind::Quota, format!("the cap of {} would be passed", over.limit))),
        }
    }

    /// The call is over without an answer. One of which nobody knows counts as spent, for nobody waits for it.
    async fn lapse(&self, id: &CallId, lapse: Lapse) -> Result<(), Failure> {
        let unknown = lapse == Lapse::Unknown;
        self.store.lapsed(id, lapse).await.map_err(|e| unwritten(&e))?;
        if unknown {
            self.write_off(id).await;
        }
        Ok(())
    }

    async fn write_off(&self, id: &CallId) {
        if let Err(error) = self.library.write_off(&self.project, id).await {
            tracing::warn!(%error, call = %id, "a call of a conversation could not be written off");
        }
    }
}
