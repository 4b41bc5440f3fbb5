//! Money: what was paid for, and how much may be.

use std::collections::BTreeMap;

use super::{App, id};
use crate::view::money;
use crate::wire::{CapsView, LedgerView, Problem};

impl App {
    /// The account of a project.
    pub async fn ledger(&self, project: &str) -> Result<LedgerView, Problem> {
        let spent = self.direction().money(&id(project)?).await?;
        let run = self.project(project).await?.run;
        let tasks = run.into_iter().flat_map(|run| run.tasks);
        let titles: BTreeMap<String, String> = tasks.map(|task| (task.slot, task.title)).collect();
        Ok(money::ledger_view(&spent, &titles))
    }

    /// From now on a run of the project may spend so much, in millionths of a US dollar.
    pub async fn cap_runs(&self, project: &str, micros: u32) -> Result<(), Problem> {
        let project = id(project)?;
        let caps = self.direction().caps(&project).await?;
        let run = Some(engine::Micros(micros.into()));
        Ok(self.direction().set_caps(&project, engine::Caps { run, ..caps }).await?)
    }

    /// From now on a language model that talks may cost so much a day, in all projects.
    pub async fn set_talk_cap(&self, micros: u32) -> Result<(), Problem> {
        Ok(self.direction().set_talk_cap(engine::Micros(micros.into())).await?)
    }

    /// From now on so much may be spent; a run that is going on takes it up.
    pub async fn set_caps(&self, project: &str, request: &str, caps: CapsView) -> Result<(), Problem> {
        let work = async { Ok(self.direction().set_caps(&id(project)?, money::caps(caps)).await?) };
        self.once(request, work).await
    }
}
