//! One project as the engine's [`Meter`]: the journal of its calls, the ledger and the caps. Every step is one
//! transaction of the one writer, so two intents can never take the same money.

use async_trait::async_trait;
use engine::{
    BlobSource, CallId, CallIntent, CallRecord, CallReply, CallState, Key, Lapse, Meter, NewBlob, OverCap, StoreError,
};

use crate::blobs::is_whole;
use crate::calls::{self, KeptReply};
use crate::error::Fault;
use crate::store::{ProjectStore, place_all};
use crate::writer::Writing;
use crate::{LibraryError, ProjectId, approvals};

impl ProjectStore {
    async fn step<T: Send + 'static>(
        &self,
        step: impl FnOnce(&mut Writing<'_>, &ProjectId) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, StoreError> {
        let project = self.project.clone();
        Ok(self.shared.writer()?.write(move |writing| step(writing, &project)).await?)
    }
}

#[async_trait]
impl Meter for ProjectStore {
    async fn recall(&self, key: &Key, request: &str) -> Result<Option<CallRecord>, StoreError> {
        let (project, key, request) = (self.project.clone(), key.clone(), request.to_owned());
        let open = self.shared.readers.read(move |c| calls::open(c, &project, &key, &request)).await?;
        let Some((mut record, kept)) = open else { return Ok(None) };
        let lost = match record.state {
            // A task asks only for calls that it is not making: whoever sent this one is gone.
            CallState::Intended => true,
            CallState::Replied => !kept.is_some_and(|kept| is_whole(&self.reply_path(&kept), kept.bytes)),
            _ => false,
        };
        if lost {
            let call = record.id.clone();
            self.step(move |w, project| calls::lose(w, project, &call)).await?;
            record.state = CallState::Unknown;
        }
        Ok(Some(record))
    }

    async fn intend(&self, intent: CallIntent) -> Result<Result<(), OverCap>, StoreError> {
        self.step(move |w, project| calls::intend(w, project, &intent)).await
    }

    async fn handled(&self, call: &CallId, handle: &str) -> Result<(), StoreError> {
        let (call, handle) = (call.clone(), handle.to_owned());
        self.step(move |w, project| calls::handled(w, project, &call, &handle)).await
    }

    async fn replied(&self, call: &CallId, reply: &CallReply) -> Result<(), StoreError> {
        // No garbage collection between the file and its row.
        let _gate = self.shared.gate.read().await;
        self.shared.writer()?;
        let body = BlobSource::Bytes(reply.body.clone());
        let blob = NewBlob { role: "reply".to_owned(), media: reply.media.clone(), source: body };
        let placed = place_all(self.shared.home.clone(), vec![blob]).await?;
        let kept = placed.into_iter().next().map(|b| KeptReply { hash: b.hash, bytes: b.bytes, media: b.media });
        let kept = kept.ok_or(LibraryError::Closed)?;
        let (call, usage) = (call.clone(), reply.usage.clone());
        self.step(move |w, project| calls::replied(w, project, &call, &kept, &usage)).await
    }

    async fn reply(&self, call: &CallId) -> Result<Option<CallReply>, StoreError> {
        let _gate = self.shared.gate.read().await;
        let (project, home, call) = (self.project.clone(), self.shared.home.clone(), call.clone());
        let read = self.shared.readers.read(move |connection| {
            let Some((kept, usage)) = calls::reply(connection, &project, &call)? else { return Ok(None) };
            let path = home.blob(&kept.hash, &kept.media);
            let body = std::fs::read(&path).map_err(|e| LibraryError::io(&path, &e))?;
            Ok(Some(CallReply { body, media: kept.media, usage }))
        });
        Ok(read.await?)
    }

    async fn lapsed(&self, call: &CallId, lapse: Lapse) -> Result<(), StoreError> {
        let call = call.clone();
        self.step(move |w, project| calls::lapsed(w, project, &call, &lapse)).await
    }

    async fn settle(&self, key: &Key) -> Result<(), StoreError> {
        let key = key.clone();
        self.step(move |w, project| calls::settle(w, project, &key)).await
    }

    async fn approved(&self, key: &Key) -> Result<bool, StoreError> {
        let (project, key) = (self.project.clone(), key.clone());
        Ok(self.shared.readers.read(move |c| approvals::holds(c, &project, &key)).await?)
    }
}

impl ProjectStore {
    fn reply_path(&self, kept: &KeptReply) -> std::path::PathBuf {
        self.shared.home.blob(&kept.hash, &kept.media)
    }
}
