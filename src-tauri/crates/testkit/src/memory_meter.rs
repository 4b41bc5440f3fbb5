//! The journal of a project in memory: its calls, what they cost, and what the person said of them.

use std::collections::BTreeSet;
use std::time::Duration;

use async_trait::async_trait;
use engine::{
    CallId, CallIntent, CallRecord, CallReply, CallState, CallUsage, Cap, Key, Lapse, Meter, Micros, OverCap,
    StoreError,
};

use crate::MemoryStore;

#[derive(Debug, Default)]
pub(crate) struct Journal {
    rows: Vec<Row>,
    approved: BTreeSet<Key>,
    /// How long a step takes before and after it is written down.
    slow: Duration,
}

/// A call in the journal.
#[derive(Debug)]
struct Row {
    intent: CallIntent,
    state: CallState,
    reply: Option<CallReply>,
    /// What it cost, once that is known.
    cost: Option<Micros>,
}

impl Row {
    /// What counts against a cap.
    fn counts(&self) -> Micros {
        self.cost.or(self.intent.order.most).unwrap_or_default()
    }

    fn lapse(&mut self, lapse: &Lapse) {
        (self.state, self.cost) = match lapse {
            Lapse::Failed => (CallState::Failed, Some(Micros::ZERO)),
            Lapse::Unknown => (CallState::Unknown, None),
            Lapse::Spoilt(CallUsage { cost, .. }) => (CallState::Settled, Some(*cost)),
        };
    }
}

impl Journal {
    pub(crate) fn settle(&mut self, key: &Key) {
        for row in &mut self.rows {
            if row.intent.key == *key && row.state == CallState::Replied {
                row.state = CallState::Settled;
            }
        }
    }

    fn over_cap(&self, intent: &CallIntent) -> Option<OverCap> {
        let wanted = intent.order.most.unwrap_or_default();
        let all = self.rows.iter().map(Row::counts).sum();
        let of_run = self.rows.iter().filter(|row| row.intent.run == intent.run).map(Row::counts).sum();
        // One store, one day.
        [
            (Cap::Run, intent.caps.run, of_run),
            (Cap::Project, intent.caps.project, all),
            (Cap::Day, intent.caps.day, all),
        ]
        .into_iter()
        .filter_map(|(cap, limit, spent)| Some(OverCap { cap, limit: limit?, spent, wanted }))
        .find(|over| over.spent + over.wanted > over.limit)
    }

    fn row(&mut self, call: &CallId) -> Result<&mut Row, StoreError> {
        self.rows
            .iter_mut()
            .find(|row| row.intent.id == *call)
            .ok_or_else(|| StoreError { message: format!("the journal has no call {call}"), hint: String::new() })
    }
}

impl MemoryStore {
    /// The person approves of what a review stop shows.
    pub fn approve(&self, key: &Key) {
        self.memory().journal.approved.insert(key.clone());
    }

    /// The person says that a call nobody knows of may be sent again.
    pub fn write_off(&self, call: &CallId) {
        if let Ok(row) = self.memory().journal.row(call) {
            row.state = CallState::WrittenOff;
        }
    }

    /// From now on every step of the journal takes so long before it is written down, and so long again after that.
    pub fn slow(&self, time: Duration) {
        self.memory().journal.slow = time;
    }

    async fn take_time(&self) {
        let time = self.memory().journal.slow;
        if !time.is_zero() {
            tokio::time::sleep(time).await;
        }
    }

    /// Every call that was intended, in order, and how it stands.
    pub fn calls(&self) -> Vec<(CallIntent, CallState)> {
        self.memory().journal.rows.iter().map(|row| (row.intent.clone(), row.state.clone())).collect()
    }

    /// What all calls cost, what is reserved or unknown included.
    pub fn spent(&self) -> Micros {
        self.memory().journal.rows.iter().map(Row::counts).sum()
    }
}

#[async_trait]
impl Meter for MemoryStore {
    async fn recall(&self, key: &Key, request: &str) -> Result<Option<CallRecord>, StoreError> {
        let memory = self.call("recall")?;
        let same = |row: &&Row| row.intent.key == *key && row.intent.request == request;
        let Some(row) = memory.journal.rows.iter().rev().find(same) else { return Ok(None) };
        let state = match &row.state {
            CallState::Failed | CallState::Settled | CallState::WrittenOff => return Ok(None),
            // Whoever sent it is gone: a task asks only for calls that it is not making.
            CallState::Intended => CallState::Unknown,
            state => state.clone(),
        };
        Ok(Some(CallRecord { id: row.intent.id.clone(), state, most: row.intent.order.most, at_ms: 0 }))
    }

    async fn intend(&self, intent: CallIntent) -> Result<Result<(), OverCap>, StoreError> {
        self.take_time().await;
        {
            let mut memory = self.call("intend")?;
            if let Some(over) = memory.journal.over_cap(&intent) {
                return Ok(Err(over));
            }
            memory.journal.rows.push(Row { intent, state: CallState::Intended, reply: None, cost: None });
        }
        self.take_time().await;
        Ok(Ok(()))
    }

    async fn handled(&self, call: &CallId, handle: &str) -> Result<(), StoreError> {
        self.take_time().await;
        self.call("handled")?.journal.row(call)?.state = CallState::Handled { handle: handle.to_owned() };
        self.take_time().await;
        Ok(())
    }

    async fn replied(&self, call: &CallId, reply: &CallReply) -> Result<(), StoreError> {
        self.take_time().await;
        {
            let mut memory = self.call("replied")?;
            let row = memory.journal.row(call)?;
            (row.state, row.cost, row.reply) = (CallState::Replied, Some(reply.usage.cost), Some(reply.clone()));
        }
        self.take_time().await;
        Ok(())
    }

    async fn reply(&self, call: &CallId) -> Result<Option<CallReply>, StoreError> {
        let mut memory = self.call("reply")?;
        let row = memory.journal.row(call)?;
        Ok(row.reply.clone().filter(|_| row.state == CallState::Replied))
    }

    async fn lapsed(&self, call: &CallId, lapse: Lapse) -> Result<(), StoreError> {
        self.take_time().await;
        self.call("lapsed")?.journal.row(call)?.lapse(&lapse);
        self.take_time().await;
        Ok(())
    }

    async fn settle(&self, key: &Key) -> Result<(), StoreError> {
        self.call("settle")?.journal.settle(key);
        Ok(())
    }

    async fn approved(&self, key: &Key) -> Result<bool, StoreError> {
        Ok(self.call("approved")?.journal.approved.contains(key))
    }
}
