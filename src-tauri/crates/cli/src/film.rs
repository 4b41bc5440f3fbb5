//! `film` and `resume`: a run from the terminal.

use std::path::Path;

use app::App;
use app::wire::{ErrorCode, Problem, RunState};

use crate::exit::{Exit, failed};
use crate::follow::Follower;
use crate::print;
use crate::words::FilmWords;

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
    let said = app.say(None, &order.message).await?;
    if !said.question.is_empty() || said.understanding_asks_nothing() {
        let text = if said.question.is_empty() { said.replies.join("\n") } else { said.question.clone() };
        print::note(&text);
        for choice in &said.choices {
            print::note(&format!("  - {choice}"));
        }
        app.delete_project(&said.project).await?;
        return Ok(Exit::NeedsAnswer);
    }
    if !order.yes {
        let view = app.project(&said.project).await?;
        print::plan(view.brief.as_ref(), view.plan.as_ref());
        print::note("Nothing was started. Add --yes to start, or say more in the project:");
        print::line(&said.project);
        return Ok(Exit::NeedsAnswer);
    }
    run(&app, &said.project, order.out.as_deref(), order.events.as_deref()).await
}

/// Goes on with a run that was stopped or cut off.
pub(crate) async fn resume(run_id: Option<String>) -> Exit {
    let go_on = async {
        let app = App::open(&app::home_folder()).await?;
        match unfinished(&app, run_id.as_deref()).await? {
            Some(project) => run(&app, &project, None, None).await,
            None => Err(Problem {
                code: ErrorCode::NotFound,
                message: "There is no run to go on with.".to_owned(),
                hint: "See `workprint-cli projects`.".to_owned(),
                retryable: false,
            }),
        }
    };
    match go_on.await {
        Ok(exit) => exit,
        Err(problem) => failed(&problem),
    }
}

/// The project whose last run did not finish: the named one (by run or project), or the last changed.
async fn unfinished(app: &App, wanted: Option<&str>) -> Result<Option<String>, Problem> {
    for card in app.projects().await? {
        let view = app.project(&card.id).await?;
        let Some(run) = view.run.filter(|r| r.state != RunState::Finished) else { continue };
        if wanted.is_none_or(|w| w == run.id || w == card.id) {
            return Ok(Some(card.id));
        }
    }
    Ok(None)
}

/// Starts a project's plan and follows it to its end.
pub(crate) async fn run(app: &App, project: &str, out: Option<&Path>, events: Option<&Path>) -> Result<Exit, Problem> {
    let unwritable = |e: std::io::Error| Problem {
        code: ErrorCode::Storage,
        message: format!("The events cannot be written: {e}"),
        hint: "Choose another file for --events.".to_owned(),
        retryable: false,
    };
    let mut follower = Follower::new(project, app.events(), events).map_err(unwritable)?;
    app.start(project, "").await?;
    let ended = tokio::select! {
        ended = follower.until_the_end() => ended.map_err(unwritable)?,
        _ = tokio::signal::ctrl_c() => {
            print::note("Stopping; what was made is kept.");
            app.cancel(project).await?;
            RunState::Cancelled
        }
    };
    let view = app.wait_for(project).await?;
    if ended == RunState::Finished {
        print::line(&app.film_file(project, out).await?.display().to_string());
        return Ok(Exit::Done);
    }
    Err(App::why_unfinished(&view))
}
