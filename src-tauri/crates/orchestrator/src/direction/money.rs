//! Money: caps, and what was spent.

use engine::{Cap, Caps, Micros};
use library::{Estimate, Ledger, ProjectId, UnknownCall};
use serde_json::json;

use super::stops::Answered;
use super::{Desk, Direction};
use crate::{ConversationError, TalkMoney, talk};

/// The setting with the cap of a day, which holds for all projects: millionths of a dollar, or null.
const DAY_CAP: &str = "day_cap";

/// The money of a project.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    /// What was paid, line by line, and what is reserved.
    pub ledger: Ledger,
    /// Calls of which nobody knows whether they were done; what they may have cost is reserved.
    pub unknown: Vec<UnknownCall>,
    /// What counts against the cap of today, in all projects.
    pub today: Micros,
    /// How good the estimates were.
    pub estimates: Vec<Estimate>,
    /// What may be spent.
    pub caps: Caps,
    /// What talking may cost on a day, and what it cost today, in all projects.
    pub talk: TalkMoney,
}

impl Direction {
    /// What a project spent.
    pub async fn money(&self, project: &ProjectId) -> Result<Money, ConversationError> {
        let caps = self.caps(project).await?;
        let library = self.library();
        Ok(Money {
            ledger: library.ledger(project).await?,
            unknown: library.unknown_calls(project).await?,
            today: library.spent_today().await?,
            estimates: library.estimate_report(project).await?,
            caps,
            talk: talk::money(library).await?,
        })
    }

    /// What may be spent.
    pub async fn caps(&self, project: &ProjectId) -> Result<Caps, ConversationError> {
        let desk = self.desk(project).await?;
        self.caps_on(&desk).await
    }

    /// From now on so much may be spent: by a run and in this project, and on a day in all projects. A run that is going
    /// on takes it up.
    pub async fn set_caps(&self, project: &ProjectId, caps: Caps) -> Result<(), ConversationError> {
        let mut desk = self.desk(project).await?;
        self.set_caps_on(&mut desk, caps).await?;
        self.plan_into(&mut desk).await?;
        self.commit(&mut desk).await?;
        self.with_run(project, |run| run.set_caps(caps));
        Ok(())
    }

    /// What may be spent on a day, in all projects.
    pub async fn day_cap(&self) -> Result<Option<Micros>, ConversationError> {
        let day = self.library().setting(DAY_CAP).await?;
        Ok(day.and_then(|value| serde_json::from_value::<Option<Micros>>(value).ok()).flatten())
    }

    /// From now on so much may be spent on a day, in all projects. Runs that are going on take it up.
    pub async fn set_day_cap(&self, cap: Option<Micros>) -> Result<(), ConversationError> {
        self.library().set_setting(DAY_CAP, json!(cap)).await?;
        let going: Vec<ProjectId> = self.runs().keys().cloned().collect();
        for project in going {
            let caps = self.caps(&project).await?;
            self.with_run(&project, |run| run.set_caps(caps));
        }
        Ok(())
    }

    /// The person's answer to a run that stopped at a cap: the cap is so high now, and the run goes on.
    pub async fn raise_cap(&self, project: &ProjectId, cap: Cap, to: Micros) -> Result<Answered, ConversationError> {
        let mut desk = self.desk(project).await?;
        let mut caps = self.caps_on(&desk).await?;
        match cap {
            Cap::Run => caps.run = Some(to),
            Cap::Project => caps.project = Some(to),
            Cap::Day => caps.day = Some(to),
        }
        self.set_caps_on(&mut desk, caps).await?;
        self.plan_into(&mut desk).await?;
        self.commit(&mut desk).await?;
        drop(desk);
        self.with_run(project, |run| run.set_caps(caps));
        self.go_on(project).await
    }

    /// From now on so much may be spent on talking on a day, in all projects.
    pub async fn set_talk_cap(&self, cap: Micros) -> Result<(), ConversationError> {
        talk::set_cap(self.library(), cap).await
    }

    async fn set_caps_on(&self, desk: &mut Desk, caps: Caps) -> Result<(), ConversationError> {
        desk.record.caps = Caps { day: None, ..caps };
        self.library().set_setting(DAY_CAP, json!(caps.day)).await?;
        Ok(())
    }

    pub(crate) async fn caps_on(&self, desk: &Desk) -> Result<Caps, ConversationError> {
        let day = self.day_cap().await?;
        let file = models_caps(desk);
        let own = desk.record.caps;
        Ok(Caps { run: own.run.or(file.run), project: own.project.or(file.project), day: day.or(file.day) })
    }

    /// The lowest of the caps that hold for the next run.
    pub(super) async fn lowest_cap(&self, desk: &Desk) -> Result<Option<Micros>, ConversationError> {
        let caps = self.caps_on(desk).await?;
        Ok([caps.run, caps.project, caps.day].into_iter().flatten().min())
    }
}

/// The caps of the models file that the project has.
fn models_caps(desk: &Desk) -> Caps {
    let Some(file) = &desk.record.models else { return Caps::default() };
    let caps = file.caps;
    Caps { run: caps.run.map(Micros), project: caps.project.map(Micros), day: caps.day.map(Micros) }
}
