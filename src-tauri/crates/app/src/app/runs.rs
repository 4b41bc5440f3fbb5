//! Runs: started, held, stopped, and answered when they wait for the person.

use engine::{CallId, Micros};
use orchestrator::Start;

use super::{App, id, slot};
use crate::view::money;
use crate::wire::{Cap, Problem};

impl App {
    /// Starts the project's plan, or goes on with a run that was stopped, failed or interrupted; gives the run's id.
    pub async fn start(&self, project: &str, request: &str) -> Result<String, Problem> {
        self.start_with(project, request, Start::default()).await
    }

    pub(crate) async fn start_with(&self, project: &str, request: &str, start: Start) -> Result<String, Problem> {
        let work = async { Ok(self.direction().start_with(&id(project)?, start).await?.0) };
        self.inner.once.run(request, work).await
    }

    /// True while a run of the project is going on here.
    pub fn is_running(&self, project: &str) -> bool {
        id(project).is_ok_and(|project| self.direction().run_of(&project).is_some())
    }

    /// Starts again: what was made is kept, and only what failed is made.
    pub async fn retry(&self, project: &str, request: &str) -> Result<(), Problem> {
        self.start(project, request).await.map(drop)
    }

    /// Stops the project's run; what was made is kept.
    #[expect(clippy::unused_async, reason = "every request is asked in the same way")]
    pub async fn cancel(&self, project: &str) -> Result<(), Problem> {
        self.direction().cancel(&id(project)?);
        Ok(())
    }

    /// From now on nothing new starts in the project's run; what is at work ends and is kept.
    #[expect(clippy::unused_async, reason = "every request is asked in the same way")]
    pub async fn pause(&self, project: &str) -> Result<(), Problem> {
        self.direction().pause(&id(project)?);
        Ok(())
    }

    /// The project's run goes on after a pause.
    #[expect(clippy::unused_async, reason = "every request is asked in the same way")]
    pub async fn resume_run(&self, project: &str) -> Result<(), Problem> {
        self.direction().resume(&id(project)?);
        Ok(())
    }

    /// Gives up on what waits for the person: the film is cut with what there is.
    #[expect(clippy::unused_async, reason = "every request is asked in the same way")]
    pub async fn cut_now(&self, project: &str) -> Result<(), Problem> {
        self.direction().cut_now(&id(project)?);
        Ok(())
    }

    /// The person lets a review stop pass.
    pub async fn approve_stop(&self, project: &str, request: &str, stop: &str) -> Result<(), Problem> {
        self.once(request, async { Ok(self.direction().approve_stop(&id(project)?, &slot(stop)?).await?) }).await
    }

    /// The person's yes to a call of which nobody knows whether it was done: it is sent again, and may cost again.
    pub async fn send_again(&self, project: &str, request: &str, call: &str) -> Result<(), Problem> {
        let call = CallId(call.to_owned());
        self.once(request, async { Ok(self.direction().send_again(&id(project)?, &call).await?) }).await
    }

    /// A cap is so high now, in millionths of a US dollar, and the run that stopped at it goes on.
    pub async fn raise_cap(&self, project: &str, request: &str, cap: Cap, micros: u32) -> Result<(), Problem> {
        let to = Micros(micros.into());
        let work = async { Ok(self.direction().raise_cap(&id(project)?, money::cap(cap), to).await?) };
        self.once(request, work).await
    }

    /// The person's yes to every call of a project of which nobody knows whether it was done; gives how many there were.
    /// Nothing is sent before the run goes on.
    pub async fn send_all_again(&self, project: &str) -> Result<u32, Problem> {
        let project = id(project)?;
        let unknown = self.direction().unknown_calls(&project).await?;
        for call in &unknown {
            self.library().write_off(&project, &call.id).await?;
        }
        Ok(unknown.len() as u32)
    }

    /// Review each stage, or go straight through.
    pub async fn set_review(&self, project: &str, request: &str, review: bool) -> Result<(), Problem> {
        self.once(request, async { Ok(self.direction().set_review(&id(project)?, review).await?) }).await
    }
}
