//! `film` and `resume`: a run from the terminal. Nobody sits there to answer, so a run ends with what waits for an answer,
//! and says which command gives it.

use std::path::PathBuf;

use app::App;
use app::wire::{ErrorCode, Problem, ProjectView, RunState};

use crate::exit::{Exit, failed};
use crate::follow::Follower;
use crate::words::{FilmWords, ResumeWords};
use crate::{print, waits};

/// How often calls that became unknown are sent again in one go, when the person said so beforehand.
const ROUNDS: u32 = 5;

/// What is wanted of a run.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Where the film is saved.
    pub(crate) out: Option<PathBuf>,
    /// Where its record goes.
    pub(crate) events: Option<PathBuf>,
    /// What is unknown may be sent again.
    pub(crate) send_again: bool,
}

/// Makes a film in a new project.
pub(crate) async fn film(order: FilmWords) -> Exit {
    match make(order).await {
        Ok(exit) => exit,
        Err(problem) => failed(&problem),
    }
}

async fn make(order: FilmWords) -> Result<Exit, Problem> {
    if order.message.trim().is_empty() {
        print::trouble("The message is empty.");
        print::note("  Say what the film should be about.");
        return Ok(Exit::NeedsAnswer);
    }
    let app =
        App::open_with(&app::home_folder(), &app::Options { size: order.size, fps: order.fps, sample: false }).await?;
    let project = app.create_project("").await?;
    let prepared = prepare(&app, &project, &order).await;
    if !matches!(prepared, Ok(true)) {
        // Nothing was agreed on, so nothing is left behind.
        app.delete_project(&project).await?;
        return prepared.map(|_| Exit::NeedsAnswer);
    }
    if !order.yes {
        let view = app.project(&project).await?;
        print::plan(view.brief.as_ref(), view.plan.as_ref());
        print::note("Nothing was started. Add --yes to start, or say more in the project:");
        print::line(&project);
        return Ok(Exit::NeedsAnswer);
    }
    run(&app, &project, &Wanted { out: order.out, events: order.events, send_again: order.send_again }).await
}

/// Says the message and everything that holds for the film; false when an answer is needed first.
async fn prepare(app: &App, project: &str, order: &FilmWords) -> Result<bool, Problem> {
    if let Some(file) = &order.models {
        app.use_models(project, file).await?;
    }
    if let Some(micros) = order.cap {
        app.cap_runs(project, micros).await?;
    }
    let said = app.ask_for_film(project, &order.message).await?;
    if !said.question.is_empty() || said.understanding_asks_nothing() {
        let text = if said.question.is_empty() { said.replies.join("\n") } else { said.question.clone() };
        print::note(&text);
        for choice in &said.choices {
            print::note(&format!("  - {choice}"));
        }
        return Ok(false);
    }
    if order.review {
        app.set_review(project, "", true).await?;
    }
    Ok(true)
}

/// Goes on with a run that was stopped or cut off, or that waits.
pub(crate) async fn resume(order: ResumeWords) -> Exit {
    let go_on = async {
        let app = App::open(&app::home_folder()).await?;
        let Some(view) = unfinished(&app, order.run.as_deref()).await? else {
            return Err(Problem {
                code: ErrorCode::NotFound,
                message: "There is no run to go on with.".to_owned(),
                hint: "See `workprint-cli projects`.".to_owned(),
                retryable: false,
            });
        };
        if let Some(micros) = order.cap {
            raise_caps(&app, &view, micros).await?;
        }
        if order.send_again {
            app.send_all_again(&view.id).await?;
        }
        run(&app, &view.id, &Wanted { out: order.out, events: order.events, send_again: order.send_again }).await
    };
    match go_on.await {
        Ok(exit) => exit,
        Err(problem) => failed(&problem),
    }
}

/// The caps that were reached are so high now; that of a run when none was.
async fn raise_caps(app: &App, view: &ProjectView, micros: u32) -> Result<(), Problem> {
    let mut caps = app.ledger(&view.id).await?.caps;
    let reached = waits::caps(view);
    for cap in &reached {
        match cap {
            app::wire::Cap::Run => caps.run_micros = Some(micros),
            app::wire::Cap::Project => caps.project_micros = Some(micros),
            app::wire::Cap::Day => caps.day_micros = Some(micros),
        }
    }
    if reached.is_empty() {
        caps.run_micros = Some(micros);
    }
    app.set_caps(&view.id, "", caps).await
}

/// The project whose last run did not finish, or whose film shows another state: the named one (by run or project), or the
/// last changed.
async fn unfinished(app: &App, wanted: Option<&str>) -> Result<Option<ProjectView>, Problem> {
    for card in app.projects().await? {
        let view = app.project(&card.id).await?;
        let Some(run) = &view.run else { continue };
        let outdated = view.film.as_ref().is_some_and(|film| film.outdated);
        if run.state == RunState::Finished && !outdated {
            continue;
        }
        if wanted.is_none_or(|w| w == run.id || w == card.id) {
            return Ok(Some(view));
        }
    }
    Ok(None)
}

/// Starts a project's plan and follows it to its end.
pub(crate) async fn run(app: &App, project: &str, wanted: &Wanted) -> Result<Exit, Problem> {
    let follower = Follower::new(app, project, wanted.events.as_deref()).await?;
    app.start(project, "").await?;
    follow(app, follower, wanted).await
}

/// Follows a run that was started to its end, and tells what came of it.
pub(crate) async fn follow(app: &App, mut follower: Follower, wanted: &Wanted) -> Result<Exit, Problem> {
    let project = follower.project().to_owned();
    let mut rounds = 0;
    loop {
        // Nobody sits here to answer, so what waits for an answer ends the run.
        app.cut_now(&project).await?;
        let ended = tokio::select! {
            ended = follower.until_the_end() => ended?,
            _ = tokio::signal::ctrl_c() => {
                print::note("Stopping; what was made is kept.");
                app.cancel(&project).await?;
                RunState::Cancelled
            }
        };
        let view = app.wait_for(&project).await?;
        follower.finish().await?;
        rounds += 1;
        if ended == RunState::Cancelled || !wanted.send_again || rounds > ROUNDS {
            return tell(app, &view, ended, wanted).await;
        }
        if app.send_all_again(&project).await? == 0 {
            return tell(app, &view, ended, wanted).await;
        }
        app.start(&project, "").await?;
    }
}

/// Says what came of a run.
async fn tell(app: &App, view: &ProjectView, ended: RunState, wanted: &Wanted) -> Result<Exit, Problem> {
    let whole = ended != RunState::Cancelled && view.film.as_ref().is_some_and(|film| !film.outdated);
    if whole {
        print::line(&app.film_file(&view.id, wanted.out.as_deref()).await?.display().to_string());
    }
    if ended == RunState::Finished {
        return Ok(Exit::Done);
    }
    if whole {
        for shot in view.shots.iter().filter(|shot| !shot.missing.is_empty()) {
            print::note(&format!("Missing in the film: {}: {}", shot.action, shot.missing));
        }
    }
    if ended != RunState::Cancelled && waits::any(view) {
        waits::tell(view);
        return Ok(Exit::NeedsAnswer);
    }
    if whole {
        print::note("Make what is missing with:");
        print::note(&format!("  workprint-cli resume {}", view.id));
        return Ok(Exit::Failed);
    }
    Err(App::why_unfinished(view))
}
